"""What constraints are about, how they are shown, and what is refused."""

import random

import pytest

import pyglove as pg
from pyglove import geno
from tests.geno import helper


def pair(*constraints, **options):
    """Two decisions from 0 to 2 with constraints."""
    points = [
        geno.intv(0, 2, location="x", name="first"),
        geno.intv(0, 2, location="y"),
    ]
    return geno.ConstrainedSpace(points, constraints=list(constraints), **options)


def feasible(spec):
    return [dna.to_numbers() for dna in spec.iter_dna()]


# ---- Which decisions ---------------------------------------------------------


@pytest.mark.parametrize("on", [["x", "y"], ["first", "y"], [""], ""])
def test_decisions_are_told_by_name_id_or_place(on):
    spec = pair(geno.Increasing(on, strictly=True))
    assert feasible(spec) == [[0, 1], [0, 2], [1, 2]]


def test_the_order_is_the_one_that_was_given():
    assert feasible(pair(geno.Increasing(["y", "x"], strictly=True))) == [
        [1, 0],
        [2, 0],
        [2, 1],
    ]


def test_all_decisions_are_meant_by_default():
    assert feasible(pair(geno.Total(at_least=4))) == [[2, 2]]


def test_a_place_stands_for_all_decisions_in_it():
    points = [
        geno.intv(0, 1, location="a.x"),
        geno.intv(0, 1, location="a.y[0]"),
        geno.intv(0, 1, location="ab"),
    ]
    spec = geno.ConstrainedSpace(points, constraints=[geno.Total("a", at_most=0)])
    assert feasible(spec) == [[0, 0, 0], [0, 0, 1]]


def conditional(*constraints):
    """`n` is decided within both candidates of `c`; one of them decides `k` as well."""
    candidates = [
        geno.space([geno.intv(0, 2, location="n")]),
        geno.space([geno.intv(0, 2, location="n"), geno.intv(0, 1, location="k")]),
        geno.constant(),
    ]
    points = [geno.oneof(candidates, location="c"), geno.intv(0, 2, location="m")]
    return geno.ConstrainedSpace(points, constraints=list(constraints))


def test_a_place_within_candidates_is_that_of_the_chosen_one():
    spec = conditional(geno.Increasing(["c.n", "m"]))
    for numbers in feasible(spec):
        assert numbers[0] == 2 or numbers[1] <= numbers[-1]
    assert len(feasible(spec)) == 6 + 6 * 2 + 3


def test_a_function_gets_the_value_of_the_chosen_candidate():
    seen = []

    def same(n, m):
        seen.append((n, m))
        return n == m

    spec = conditional(geno.Predicate(same, ["c.n", "m"]))
    assert len(feasible(spec)) == 3 + 3 * 2 + 3
    assert all(isinstance(n, int) and isinstance(m, int) for n, m in seen)


def test_an_id_within_a_candidate():
    spec = conditional(geno.Total(["c[=1/3].k", "m"], at_most=0))
    # Where `k` is not active, the constraint is about `m` alone.
    assert {tuple(numbers) for numbers in feasible(spec)} == {
        *[(0, n, 0) for n in range(3)],
        *[(1, n, 0, 0) for n in range(3)],
        (2, 0),
    }


def test_a_function_is_not_asked_unless_all_decisions_are_active():
    spec = conditional(geno.Predicate(lambda k, m: False, ["c[=1/3].k", "m"]))
    assert {numbers[0] for numbers in feasible(spec)} == {0, 2}


def test_a_function_gets_a_list_for_an_item_of_several_decisions():
    points = [
        geno.manyof(2, helper.constants(3), location="m"),
        geno.intv(0, 3, location="s"),
    ]
    constraint = geno.Predicate(lambda m, s: sum(m) == s, ["m", "s"])
    spec = geno.ConstrainedSpace(points, constraints=[constraint])
    assert feasible(spec) == [
        [x, y, x + y] for x in range(3) for y in range(3) if x != y
    ]


def test_values_of_choices_are_their_literal_values():
    texts = geno.oneof(helper.constants(3), ["'a'", "None", "f(1)"], location="t")
    seen = set()
    spec = geno.ConstrainedSpace(
        [texts], constraints=[geno.Predicate(lambda t: not seen.add(t), "t")]
    )
    assert feasible(spec) == [[0], [1], [2]]
    assert seen == {"a", None, "f(1)"}


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        (geno.Increasing(["x", "z"]), r"Increasing\(\['x', 'z'\]\) to name a decision"),
        (geno.Distinct("z", name="apart"), "constraint 'apart' to name a decision"),
        (geno.Increasing("x[0]"), "Decisions: 'first', 'y'"),
        (geno.Increasing(["x", "first"]), "'x' twice"),
        (geno.Increasing(["x", ""]), "twice"),
    ],
)
def test_items_that_name_no_decision_are_refused(constraint, message):
    with pytest.raises(ValueError, match=message):
        pair(constraint)


# ---- Functions ---------------------------------------------------------------


@pytest.mark.parametrize("answer", [None, 1, 0, "yes", [True]])
def test_functions_answer_true_or_false(answer):
    spec = pair(geno.Predicate(lambda x, y: answer, ["x", "y"], name="odd"))
    with pytest.raises(pg.geno.PredicateError, match="'odd' to return True or False"):
        spec.first_dna()


def test_functions_may_answer_as_numpy_does():
    numpy = pytest.importorskip("numpy")
    constraint = geno.Predicate(lambda x, y: numpy.float64(x) > y, ["x", "y"])
    assert feasible(pair(constraint)) == [[1, 0], [2, 0], [2, 1]]


@pytest.mark.parametrize("use", [lambda s: s.first_dna(), lambda s: s.random_dna()])
def test_a_function_that_raises_is_told_with_the_decisions(use):
    spec = pair(geno.Predicate(lambda x, y: x // 0, ["x", "y"], name="bad"))
    message = (
        r"'bad' to return True or False, got an error, ZeroDivisionError: "
        r".*decisions=\{'first': .*, 'y': .*\}"
    )
    with pytest.raises(RuntimeError, match=message) as info:
        use(spec)
    assert isinstance(info.value.__cause__, ZeroDivisionError)
    assert isinstance(info.value, pg.PyGloveError)


def test_a_function_is_callable():
    with pytest.raises(TypeError, match="function as predicate, got 1"):
        geno.Predicate(1, "x")


def test_a_function_of_the_program_needs_one():
    spec = pair(geno.Predicate(lambda program: True, name="p"))
    with pytest.raises(ValueError, match=r"'p' to say which decisions.*pg.constrain"):
        spec.first_dna()


# ---- Tries -------------------------------------------------------------------


def test_an_infeasible_space_is_told_at_once_where_all_can_be_counted():
    spec = pair(geno.Total(at_least=5, name="high"), geno.Distinct(name="apart"))
    for use in (spec.random_dna, spec.first_dna):
        with pytest.raises(pg.geno.InfeasibleSpaceError, match=r"none meets.*'high'"):
            use()


def test_the_constraint_violated_most_is_told_first():
    spec = geno.ConstrainedSpace(
        [geno.floatv(0.0, 1.0, location="x")],
        constraints=[
            geno.Predicate(lambda x: x > 0.9, "x", name="high", max_tries=200),
            geno.Predicate(lambda x: x < 0.2, "x", name="low", max_tries=50),
        ],
    )
    message = (
        r"within 200 tries, found none. Violated, most often first: "
        r"'high' \(1\d\d times\), 'low' \(\d+ times\)"
    )
    with pytest.raises(pg.geno.InfeasibleSpaceError, match=message):
        spec.random_dna(random.Random(1))


def test_a_sweep_gives_up_as_well():
    spec = geno.ConstrainedSpace(
        [geno.intv(0, 10**9, location="x")],
        constraints=[geno.Predicate(lambda x: x == 5, "x", name="p", max_tries=2)],
    )
    dna = spec.first_dna()
    assert dna.value == 5
    with pytest.raises(pg.geno.InfeasibleSpaceError, match="within 200 tries"):
        spec.next_dna(dna)


def test_joined_decisions_are_drawn_without_trying():
    points = [geno.intv(0, 9, location=f"w[{i}]") for i in range(10)]
    constraint = geno.Increasing("w", max_tries=1)
    spec = geno.ConstrainedSpace(points, constraints=[constraint])
    rng = random.Random(1)
    for _ in range(20):
        numbers = spec.random_dna(rng).to_numbers()
        assert numbers == sorted(numbers)


def test_decisions_that_are_not_joined_are_drawn_apart():
    # Each is met once in 30 times; both together would take more tries than allowed.
    points = [geno.floatv(0.0, 1.0, location=f"x[{i}]") for i in range(2)]
    constraints = [
        geno.Predicate(lambda x: x < 1 / 30, f"x[{i}]", max_tries=400) for i in range(2)
    ]
    spec = geno.ConstrainedSpace(points, constraints=constraints)
    rng = random.Random(1)
    for _ in range(5):
        assert max(spec.random_dna(rng).to_numbers()) < 1 / 30


def test_more_combinations_than_can_be_counted_are_drawn_and_checked():
    points = [geno.intv(0, 9_999, location=f"x[{i}]") for i in range(2)]
    spec = geno.ConstrainedSpace(points, constraints=[geno.Increasing("x")])
    x, y = spec.random_dna(random.Random(1)).to_numbers()
    assert x <= y


def test_large_spaces_of_joined_decisions():
    points = [geno.intv(0, 1, location=f"e[{i}]") for i in range(300)]
    spec = geno.ConstrainedSpace(points, constraints=[geno.Total("e", 3, 3)])
    assert sum(spec.random_dna(random.Random(1)).to_numbers()) == 3


# ---- Candidates with constraints of their own --------------------------------


def candidate(name, *constraints):
    return geno.ConstrainedSpace(
        [geno.floatv(0.0, 1.0, location=name)], constraints=list(constraints)
    )


def test_a_candidate_without_feasible_programs_is_never_chosen():
    never = geno.Predicate(lambda x: False, "x", name="never", max_tries=20)
    spec = geno.space([geno.oneof([candidate("x", never), geno.constant()])])
    assert [spec.random_dna(random.Random(i)).value for i in range(20)] == [1] * 20


def test_draws_do_not_depend_on_what_was_drawn_before():
    never = geno.Predicate(lambda x: False, "x", max_tries=20)
    high = geno.Predicate(lambda x: x > 0.5, "x")

    def make():
        candidates = [candidate("x", never), candidate("x", high), geno.constant()]
        return geno.space([geno.manyof(3, candidates, distinct=False)])

    used, new = make(), make()
    for _ in range(5):
        used.random_dna(random.Random(0))
    assert used.random_dna(random.Random(3)) == new.random_dna(random.Random(3))


def test_choices_without_feasible_candidates():
    never = geno.Predicate(lambda x: False, "x", name="never", max_tries=20)
    spec = geno.space([geno.oneof([candidate("x", never)])])
    with pytest.raises(pg.geno.InfeasibleSpaceError, match=r"'never' \(20 times\)"):
        spec.random_dna(random.Random(1))


def test_how_likely_a_candidate_is_does_not_depend_on_its_constraints():
    rare = geno.Predicate(lambda x: x < 0.1, "x")
    spec = geno.space([geno.oneof([candidate("x", rare), geno.constant()])])
    rng = random.Random(1)
    count = sum(spec.random_dna(rng).value == 0 for _ in range(400))
    assert 150 < count < 250


def test_custom_decisions_start_from_the_dna_before():
    def count_up(rng, previous):
        return pg.DNA("0" if previous is None else str(int(previous.value) + 1))

    point = geno.custom(random_dna_fn=count_up, location="c")
    constraint = geno.Predicate(lambda c: int(c) < 2, "c", name="few", max_tries=3)
    spec = geno.ConstrainedSpace([point], constraints=[constraint])
    dna = spec.random_dna(random.Random(1))
    dna = spec.random_dna(random.Random(1), previous_dna=dna)
    assert dna.value == "1"
    with pytest.raises(pg.geno.InfeasibleSpaceError, match="'few'"):
        spec.random_dna(random.Random(1), previous_dna=dna)


# ---- Algorithms --------------------------------------------------------------


class Counter(pg.DNAGenerator):
    """Proposes 0, 1, 2 and so on."""

    end: int = 100

    def _setup(self):
        self.count = 0
        self.rewarded = []

    def _propose(self):
        if self.count == self.end:
            raise StopIteration
        self.count += 1
        return pg.DNA(self.count - 1, spec=self.dna_spec)

    def _feedback(self, dna, reward):
        self.rewarded.append(dna.value)


def counter_space(fn, **options):
    constraint = geno.Predicate(fn, "x", name="p", **options)
    return geno.ConstrainedSpace(
        [geno.intv(0, 99, location="x")], constraints=[constraint]
    )


def test_infeasible_proposals_of_any_algorithm_are_passed_over():
    generator = Counter(20)
    generator.setup(counter_space(lambda x: x % 7 == 0))
    proposed = list(generator)
    assert [dna.value for dna, _ in proposed] == [0, 7, 14]
    for _, feedback in proposed:
        feedback(1.0)
    assert generator.rewarded == [0, 7, 14]
    assert generator.num_proposals == 3


def test_an_algorithm_that_proposes_unbound_dna():
    @geno.dna_generator
    def unbound(spec):
        for i in range(5):
            yield pg.DNA(i)

    generator = unbound()
    generator.setup(counter_space(lambda x: x > 2))
    assert [dna.value for dna in generator] == [3, 4]


def test_an_algorithm_that_finds_nothing_feasible():
    generator = Counter()
    generator.setup(counter_space(lambda x: x > 50, max_tries=10))
    with pytest.raises(pg.geno.InfeasibleSpaceError, match=r"10 tries.*'p' \(10 times"):
        generator.propose()


def test_an_algorithm_that_ends_before_anything_feasible():
    generator = Counter(10)
    generator.setup(counter_space(lambda x: x > 50))
    with pytest.raises(pg.geno.InfeasibleSpaceError, match=r"'p' \(10 times\)"):
        generator.propose()


@pytest.mark.parametrize("proposal", [None, 1])
def test_an_algorithm_that_proposes_anything_else(proposal):
    @geno.dna_generator
    def wrong(spec):
        yield proposal

    generator = wrong()
    generator.setup(counter_space(lambda x: True))
    with pytest.raises(TypeError, match="Expected a DNA"):
        generator.propose()


def test_deduping_counts_feasible_proposals():
    generator = geno.Deduping(geno.Random(seed=1))
    generator.setup(counter_space(lambda x: x < 4))
    assert sorted(dna.value for dna in generator) == [0, 1, 2, 3]


# ---- DNA ---------------------------------------------------------------------


def test_a_dna_may_be_bound_though_it_is_infeasible():
    spec = pair(geno.Increasing())
    dna = pg.DNA([2, 0], spec=spec)
    assert not spec.is_feasible(dna)
    assert [c.label for c in spec.violated_constraints(dna)] == ["Increasing()"]
    message = r"violates Increasing\(\).*'x': 2, 'y': 0"
    with pytest.raises(pg.geno.ConstraintError, match=message):
        spec.validate(dna)
    assert dna.next_dna().to_numbers() == [2, 2]


def test_what_is_known_of_a_dna_ends_when_it_changes():
    spec = pair(geno.Increasing())
    generator = geno.Random(seed=1)
    generator.setup(spec)
    dna = generator.propose()
    assert dna.clone()._met_conditions is spec.conditions
    dna.children[0].rebind(value=2)
    dna.rebind({"children[1].value": 0})
    assert not spec.is_feasible(dna)
    assert dna._met_conditions is None


def test_the_only_element_of_a_space_shares_its_constraints():
    point = geno.manyof(2, helper.constants(3), location="m")
    spec = geno.ConstrainedSpace([point], constraints=[geno.Increasing("m")])
    dna = spec.first_dna()
    assert dna.spec is spec.elements[0]
    assert [d.to_numbers() for d in dna.iter_dna()] == [[0, 2], [1, 2]]
    assert not dna.spec.is_feasible(pg.DNA([1, 0]))


def test_constraints_may_be_changed():
    spec = pair(geno.Increasing())
    assert len(feasible(spec)) == 6
    spec.rebind(constraints=[geno.Distinct()])
    assert len(feasible(spec)) == 6 and spec.is_feasible(pg.DNA([2, 0]))
    spec.rebind({"constraints[0]": geno.Total(at_most=0)})
    assert feasible(spec) == [[0, 0]]


# ---- Text and equality -------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "text"),
    [
        (geno.Increasing("w"), "Increasing('w')"),
        (geno.Decreasing(["a", "b"], True), "Decreasing(['a', 'b'], strictly=True)"),
        (geno.Distinct(), "Distinct()"),
        (geno.Total("e", at_most=9, name="few"), "Total('e', at_most=9, name='few')"),
        (geno.Forbidden({"a": 1, "b": "x"}), "Forbidden({'a': 1, 'b': 'x'})"),
        (geno.Predicate(len, ["a"]), "Predicate(len, on='a')"),
        (
            geno.Predicate(None, name="p", max_tries=5),
            "Predicate(not checked, as its function was not saved, name='p', "
            "max_tries=5)",
        ),
    ],
)
def test_text(constraint, text):
    assert str(constraint) == repr(constraint) == text
    assert constraint.label == (repr(constraint.name) if constraint.name else text)


def test_constraints_are_compared_by_what_they_say():
    fn = len
    assert pg.eq(geno.Predicate(fn, "a"), geno.Predicate(fn, "a"))
    assert pg.ne(geno.Predicate(fn, "a"), geno.Predicate(max, "a"))
    assert pg.eq(pair(geno.Distinct()), pair(geno.Distinct()))
    assert pg.ne(pair(geno.Distinct()), pair(geno.Increasing()))
    assert pg.ne(pair(geno.Distinct()), geno.space(list(pair().clone().elements)))
