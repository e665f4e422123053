"""Constrained programs: predicates at the root, inside, and on candidates."""

import json
import random
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import pyglove as pg
from pyglove import geno
from tests.hyper.helper import Layer, Net

# ---- Laws --------------------------------------------------------------------


def numbers_in(value):
    """The sum of the numbers in a program."""
    if isinstance(value, dict):
        return sum(numbers_in(v) for v in value.values())
    if isinstance(value, list):
        return sum(map(numbers_in, value))
    return value if isinstance(value, int) else 0


# A piece under a rule names it, so that it is seen in programs which rule applies.
RULES = {
    "even": lambda piece: numbers_in(piece) % 2 == 0,
    "small": lambda piece: numbers_in(piece) < 4,
    "ascending": lambda piece: numbers_in(piece.a) <= numbers_in(piece.b),
    "never": lambda piece: False,
}


def follows_rules(program):
    if isinstance(program, dict):
        rule = program.get("rule")
        if rule is not None and not RULES[rule](program):
            return False
        return all(map(follows_rules, program.values()))
    return not isinstance(program, list) or all(map(follows_rules, program))


@st.composite
def pieces(draw, depth=2):
    """A program with constraints, and the same without."""
    kind = draw(st.integers(0, 4 if depth else 1))
    if kind == 0:
        return draw(st.integers(0, 2)), None
    if kind == 1:
        low, size = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        return pg.intv(low, low + size), None
    if kind == 2:
        candidates = draw(st.lists(pieces(depth - 1), min_size=1, max_size=3))
        return each(candidates, lambda items: pg.oneof(items))
    if kind == 3:
        candidates = draw(st.lists(pieces(depth - 1), min_size=2, max_size=2))
        distinct = draw(st.booleans())
        return each(candidates, lambda items: pg.manyof(2, items, distinct))
    children = [draw(pieces(depth - 1)), draw(pieces(depth - 1))]
    rule = draw(st.sampled_from([None, *RULES]))
    made, plain = each(children, lambda items: pg.Dict(a=items[0], b=items[1]))
    if rule is None:
        return made, plain
    plain.rebind(rule=rule)
    made.rebind(rule=rule)
    return pg.constrain(made, RULES[rule], max_tries=5000), plain


def each(pairs, make):
    """Makes a program out of those with constraints, and one out of the others."""
    first = make([pg.clone(x, deep=True) for x, _ in pairs])
    return first, make([pg.clone(x if y is None else y, deep=True) for x, y in pairs])


@st.composite
def spaces(draw):
    """A space with constraints, the same without, and its feasible programs."""
    made, plain = each([draw(pieces()), draw(pieces())], pg.List)
    spec = pg.dna_spec(plain)
    assume(1 < spec.space_size < 300)
    programs = [x for x in pg.iter(plain) if follows_rules(x)]
    return made, plain, programs


LAWS = settings(max_examples=60)


@LAWS
@given(spaces())
def test_iterating_is_iterating_over_feasible_programs(space):
    made, _, programs = space
    if programs:
        assert list(pg.iter(made)) == programs
        assert all(x in programs for x in pg.random_sample(made, 5, seed=1))
    else:
        with pytest.raises(pg.geno.InfeasibleSpaceError):
            next(pg.iter(made))


@LAWS
@given(spaces(), st.randoms(use_true_random=False))
def test_decoding_and_encoding_refuse_what_is_infeasible(space, rng):
    made, plain, programs = space
    template, unconstrained = pg.template(made), pg.template(plain)
    dna = unconstrained.dna_spec().random_dna(rng)
    program = unconstrained.decode(dna)
    if follows_rules(program):
        assert template.decode(dna) == program
        assert template.decode(template.encode(program)) == program
        assert program in programs
    else:
        with pytest.raises(pg.geno.ConstraintError):
            template.decode(dna)
        with pytest.raises(ValueError):
            template.encode(program)
        assert template.try_encode(program) == (False, None)


@LAWS
@given(spaces(), st.data())
def test_where_leaves_constraints_to_the_loop_that_makes_the_last_decision(space, data):
    made, plain, _ = space
    flags = data.draw(st.lists(st.booleans(), min_size=20, max_size=20))
    assert in_two_loops(made, flags).keys() == {
        text
        for text, program in in_two_loops(plain, flags).items()
        if follows_rules(program)
    }


def in_two_loops(space, flags):
    """Programs by their text, made by one loop for some decisions within another."""
    every = []
    pg.template(space, where=lambda x: every.append(x) or True)
    outside = [x for x, is_outside in zip(every, flags, strict=False) if is_outside]
    return {
        repr(program): program
        for outer in feasible(space, lambda x: any(x is y for y in outside))
        for program in feasible(outer, None)
    }


def feasible(space, where):
    """The programs of a space, none if it is infeasible; itself if nothing is open."""
    if pg.template(space, where).is_constant:
        return [space]
    try:
        return list(pg.iter(space, where=where))
    except pg.geno.InfeasibleSpaceError:
        return []


# ---- Where constraints stand -------------------------------------------------


def test_a_constraint_inside_of_a_typed_field():
    layers = pg.constrain(
        [Layer(pg.oneof([1, 2, 3])) for _ in range(2)],
        lambda layers: layers[0].units < layers[1].units,
    )
    space = Net(layers=layers, rate=pg.oneof([0.1, 0.2]))
    found = list(pg.iter(space))
    assert [[x.units for x in net.layers] for net in found[::2]] == [
        [1, 2],
        [1, 3],
        [2, 3],
    ]
    assert all(type(net.layers) is pg.List for net in found)
    assert found[0].layers.value_spec is not None
    with pytest.raises(TypeError):
        Net(layers=pg.constrain(pg.Dict(x=1), lambda x: True))


def test_a_constraint_on_a_candidate_applies_where_it_is_chosen():
    small = pg.constrain(
        Layer(pg.oneof([1, 2]), inner=pg.oneof([1, 2])),
        lambda layer: layer.units * layer.inner < 3,
    )
    programs = list(pg.iter(pg.manyof(2, [small, 0], distinct=False)))
    assert len(programs) == (3 + 1) ** 2
    spec = pg.dna_spec(pg.oneof([small, 0]))
    assert {spec.random_dna(random.Random(i)).value for i in range(9)} == {0, 1}


def test_constraints_add_up():
    space = pg.constrain([pg.oneof(range(4)), pg.oneof(range(4))], geno.Distinct())
    space = pg.constrain(space, geno.Increasing(), lambda x: sum(x) == 3)
    assert list(pg.iter(space)) == [[0, 3], [1, 2]]


def test_decisions_are_told_relative_to_the_piece():
    piece = pg.constrain(
        pg.Dict(x=pg.oneof([1, 2], name="x"), y=pg.oneof([1, 2])),
        geno.Distinct(["x", "y"]),
        lambda p: p.x < p.y,
    )
    space = pg.Dict(z=pg.oneof([5, 6]), deep=pg.List([piece]))
    assert [p.deep[0] for p in pg.iter(space)] == [pg.Dict(x=1, y=2)] * 2
    text = str(pg.dna_spec(space))
    assert "Distinct(['x', 'y'], location='deep[0]')" in text


def test_a_function_of_decisions_gets_candidates():
    layer = Layer(1)
    space = pg.Dict(
        a=pg.oneof([layer, None, (1, 2)]),
        b=pg.constrain(pg.List([pg.manyof(2, [len, {"k": 1}, 3])]), geno.Distinct()),
        c=pg.floatv(0.0, 1.0),
    )
    seen = []

    def note(*values):
        seen.append(values)
        return True

    on = ["a", "b[0]", "b[0][1]", "c"]
    space = pg.constrain(space, note, on=on[:2] + on[3:])
    pg.template(space).decode(pg.DNA([0, [2, 0], 0.5]))
    pg.template(space).decode(pg.DNA([2, [1, 2], 0.5]))
    assert seen[0] == (layer, [3, len], 0.5)
    assert seen[-1] == ((1, 2), [{"k": 1}, 3], 0.5)


def test_candidates_within_candidates():
    inner = pg.constrain(pg.Dict(k=pg.oneof("pq")), lambda k: k == "q", on="k")
    space = pg.Dict(c=pg.oneof([inner, pg.Dict(k=pg.oneof(["p", "q"]))]))
    space = pg.constrain(space, lambda k: k in "pq", on="c.k")
    assert [p.c.k for p in pg.iter(space)] == ["q", "p", "q"]


def test_derived_values_are_there_when_a_program_is_checked():
    space = pg.Dict(
        x=pg.oneof([1, 2]),
        piece=pg.constrain(
            pg.Dict(y=pg.oneof([1, 2]), z=pg.hyper.reference("y")),
            lambda piece: piece.z == 2,
        ),
    )
    (first, second) = pg.iter(space)
    assert first == pg.Dict(x=1, piece=pg.Dict(y=2, z=2))
    template = pg.template(space)
    assert template.decode(template.encode(second)) == second
    with pytest.raises(ValueError, match=r"path=piece\.z"):
        template.encode(pg.Dict(x=1, piece=pg.Dict(y=2, z=1)))


def test_values_derived_from_outside_are_left_open_in_a_piece():
    piece = pg.Dict(y=pg.oneof([1, 2]), z=pg.hyper.reference("x"))
    space = pg.Dict(
        x=pg.oneof([1, 2]), piece=pg.constrain(piece, lambda piece: piece.y == 1)
    )
    assert [(p.x, p.piece.z) for p in pg.iter(space)] == [(1, 1), (2, 2)]


def test_constants_may_have_constraints():
    fine = pg.constrain(pg.Dict(x=1), lambda p: p.x == 1)
    bad = pg.constrain(pg.Dict(x=2), lambda p: p.x == 1, name="is one")
    assert list(pg.iter(pg.oneof([bad, fine]))) == [pg.Dict(x=1)]
    space = pg.Dict(a=bad, b=pg.oneof([1, 2]))
    with pytest.raises(pg.geno.InfeasibleSpaceError, match="'is one'"):
        next(pg.iter(space))
    with pytest.raises(pg.geno.InfeasibleSpaceError, match="'is one'"):
        next(pg.random_sample(space))


def test_what_a_candidate_is_called_does_not_show_its_constraints():
    plain = pg.oneof([Layer(pg.oneof([1, 2])), 0])
    made = pg.oneof([pg.constrain(Layer(pg.oneof([1, 2])), lambda x: True), 0])
    assert pg.dna_spec(made)[0].literal_values == pg.dna_spec(plain)[0].literal_values


def test_a_program_that_only_another_candidate_allows():
    layer = Layer(pg.oneof([1, 2]))
    small = pg.constrain(layer, lambda x: x.units < 2)
    template = pg.template(pg.oneof([small, layer]))
    assert template.encode(Layer(2)) == pg.DNA((1, 1))
    assert template.encode(Layer(1)) == pg.DNA((0, 0))


def test_programs_may_be_changed_after_they_were_constrained():
    space = pg.constrain(pg.Dict(x=pg.oneof([1, 2, 3])), lambda p: p.x > 1, name="p")
    template = pg.template(space)
    assert template.dna_spec().first_dna().value == 1
    space.rebind({"value.x.candidates[1]": 0})
    assert template.dna_spec().first_dna().value == 2
    space.rebind({"constraints[0]": geno.Total("x", at_most=0)})
    assert template.dna_spec().first_dna().value == 1


def test_a_constrained_program_by_itself():
    space: Any = pg.constrain([pg.oneof([1, 2]), pg.oneof([1, 2])], geno.Distinct())
    assert space.decode(pg.DNA([0, 1])) == [1, 2]
    assert space.encode([2, 1]) == pg.DNA([1, 0])
    assert len(list(space.dna_spec("a.b").iter_dna())) == 2
    assert not pg.is_deterministic(space)


# ---- Loops -------------------------------------------------------------------


def pair():
    return pg.Dict(x=pg.oneof([1, 2, 3], name="x"), y=pg.oneof([1, 2, 3], name="y"))


def test_infeasible_programs_are_no_trials():
    space = pg.constrain(pair(), lambda p: p.x + p.y == 4)
    ids = [
        (feedback.id, p.x, p.y, feedback(1.0))
        for p, feedback in pg.sample(space, geno.Sweeping(), name="no-trials")
    ]
    assert ids == [(1, 1, 3, None), (2, 2, 2, None), (3, 3, 1, None)]
    assert len(pg.poll_result("no-trials").trials) == 3


def test_an_algorithm_goes_on_with_the_same_space():
    space = pg.constrain(pair(), lambda p: p.x < p.y)
    algorithm = geno.Sweeping()
    assert next(pg.iter(space, 1, algorithm)) == pg.Dict(x=1, y=2)
    assert next(pg.iter(space, 1, algorithm)) == pg.Dict(x=1, y=3)
    other = pg.constrain(pair(), lambda p: p.x > p.y)
    with pytest.raises(ValueError, match="not set up, or for the space"):
        next(pg.iter(other, 1, algorithm))


def test_materialize_refuses_infeasible_decisions():
    space = pg.constrain(pair(), lambda p: p.x < p.y, name="less")
    assert pg.materialize(space, {"x": 0, "y": 2}) == pg.Dict(x=1, y=3)
    with pytest.raises(ValueError, match=r"'less'.*\{'x': 3, 'y': 1\}"):
        pg.materialize(space, {"x": 2, "y": 0})


def test_a_predicate_is_asked_once_for_each_proposal():
    asked = []

    def note(p):
        asked.append(p)
        return True

    space = pg.constrain(pair(), note)
    for _, feedback in pg.sample(space, geno.Random(seed=1), 5):
        feedback(1.0)
    assert len(asked) == 5


def test_constraints_on_ints_and_on_what_cannot_be_counted():
    inner = pg.constrain(
        pg.Dict(a=pg.intv(0, 3), b=pg.intv(0, 3)), geno.Increasing(strictly=True)
    )
    space = pg.constrain(
        pg.Dict(inner=inner, c=pg.floatv(0.0, 3.0)), lambda p: p.c < p.inner.a
    )
    drawn = list(pg.random_sample(space, num_examples=60, seed=1))
    assert all(p.c < p.inner.a < p.inner.b for p in drawn)
    assert {(p.inner.a, p.inner.b) for p in drawn} == {(1, 2), (1, 3), (2, 3)}


@pytest.mark.parametrize(
    ("scale", "low_share", "high_share"),
    [
        (None, 0.125, 0.125),
        ("linear", 0.125, 0.125),
        # Logarithms of 9 and 64/57 to the base of 65, about.
        ("log", 0.5, 0.03),
        ("rlog", 0.03, 0.5),
    ],
)
def test_a_constraint_leaves_ints_on_their_scale(scale, low_share, high_share):
    space = pg.constrain(
        pg.Dict(x=pg.intv(1, 64, scale=scale), y=pg.intv(1, 3, scale=scale)),
        geno.Distinct(),
    )
    drawn = [p.x for p in pg.random_sample(space, num_examples=600, seed=1)]
    assert sum(x <= 8 for x in drawn) / 600 == pytest.approx(low_share, abs=0.08)
    assert sum(x > 56 for x in drawn) / 600 == pytest.approx(high_share, abs=0.08)


def test_nested_loops_get_the_constraints_on_what_is_left():
    space = pg.constrain(
        pg.Dict(x=pg.oneof([1, 2], name="x"), z=pair().y), lambda p: p.x == p.z
    )
    template = pg.template(space, where=lambda h: h.name == "x")
    outer = template.decode(pg.DNA(1))
    assert isinstance(outer, pg.hyper.Constrained)
    assert list(pg.iter(outer)) == [pg.Dict(x=2, z=2)]
    assert template.encode(outer) == pg.DNA(1)
    with pytest.raises(ValueError, match=r"not open to choice, got 2.*path=z"):
        template.encode(pg.Dict(x=2, z=2))
    # Nothing is decided here.
    other = pg.Dict(a=pg.oneof([1, 2], name="a"), b=space)
    outer = next(pg.iter(other, where=lambda h: h.name == "a"))
    assert list(pg.iter(outer)) == [
        pg.Dict(a=1, b=pg.Dict(x=1, z=1)),
        pg.Dict(a=1, b=pg.Dict(x=2, z=2)),
    ]


def test_where_keeps_the_decisions_of_a_constraint_together():
    space = pg.constrain(pair(), geno.Distinct(["x", "y"], name="apart"))
    message = r"'apart' together, .* got only \['x'\] decided here"
    with pytest.raises(ValueError, match=message):
        pg.template(space, where=lambda h: h.name == "x")
    # A constraint on what is decided here is met here.
    space = pg.constrain(pair(), geno.Total("x", at_least=3), lambda p: p.x != p.y)
    (outer,) = pg.iter(space, where=lambda h: h.name == "x")
    assert [p.y for p in pg.iter(outer)] == [1, 2]


def test_what_can_no_longer_be_active_is_left_out_of_nested_loops():
    space = pg.Dict(
        c=pg.oneof([pg.Dict(n=pg.intv(0, 1)), 0], name="c"), m=pg.intv(0, 1)
    )
    space = pg.constrain(
        space,
        geno.Increasing(["c.n", "m"], strictly=True),
        geno.Forbidden({"c.n": 0, "m": 0}),
        geno.Predicate(lambda n, m: n < m, ["c.n", "m"]),
    )
    outers = list(pg.iter(space, where=lambda h: h.name == "c"))
    assert list(pg.iter(outers[0])) == [pg.Dict(c=pg.Dict(n=0), m=1)]
    assert [p.m for p in pg.iter(outers[1])] == [0, 1]
    assert [str(c) for c in outers[1].constraints] == ["Increasing('m', strictly=True)"]


def test_constraints_on_candidates_of_an_open_choice_are_left_open():
    never = pg.constrain(pg.Dict(k=0), lambda p: False)
    small = pg.constrain(
        pg.Dict(k=pg.intv(0, 2, name="k"), m=pg.intv(0, 1)), lambda p: p.k + p.m < 2
    )
    space = pg.Dict(c=pg.oneof([never, small, 5], name="c"))
    (all_left,) = [pg.template(space, where=lambda h: False).value]
    assert len(list(pg.iter(all_left))) == 3 + 1
    outers = list(pg.iter(space, where=lambda h: h.name == "k"))
    assert [len(list(pg.iter(outer))) for outer in outers] == [2 + 1, 1 + 1, 1]
    space = pg.oneof([pg.constrain(pg.Dict(k=pg.intv(0, 2)), geno.Total("k", 1)), 5])
    with pytest.raises(ValueError, match="with the choices that lead to them"):
        pg.template(space, where=lambda h: isinstance(h, pg.hyper.Int))


def test_traced_functions():
    def program():
        return pg.oneof([1, 2, 3], name="a"), pg.oneof([1, 2, 3], name="b")

    context = pg.hyper.trace(
        program, constraints=[geno.Increasing(["a", "b"], True), lambda d: d.a > 1]
    )
    found = []
    for example, feedback in pg.sample(context, geno.Sweeping()):
        with example():
            found.append(program())
        feedback(1.0)
    assert found == [(2, 3)]
    with pytest.raises(pg.geno.ConstraintError, match="Increasing"):
        context.apply([2, 1]).__enter__()
    with pytest.raises(ValueError, match=r"pg\.hyper\.trace"):
        pg.hyper.trace(lambda: pg.constrain(1, lambda x: True))


# ---- Saving ------------------------------------------------------------------


def is_even(p):
    return (p.x + p.y) % 2 == 0


def test_spaces_are_saved_with_functions_that_have_a_name():
    space = pg.constrain(pair(), is_even, name="even")
    loaded = pg.from_json_str(pg.to_json_str(space))
    assert pg.eq(loaded, space)
    assert len(list(pg.iter(loaded))) == 5


@pytest.mark.filterwarnings("ignore:Function .* is saved with its code")
def test_spaces_with_other_functions_are_loaded_only_from_a_trusted_source():
    with pytest.warns(UserWarning, match="is saved with its code"):
        text = pg.to_json_str(pg.constrain(pair(), lambda p: p.x < p.y))
    with pytest.raises(TypeError, match="carries its own code"):
        pg.from_json_str(text)
    assert len(list(pg.iter(pg.from_json_str(text, trusted=True)))) == 3


def test_a_description_is_of_use_where_the_classes_are_not():
    layers = [Layer(pg.oneof([1, 2, 3])) for _ in range(2)]
    space = pg.constrain(
        Net(layers=layers),
        geno.Increasing([f"layers[{i}].units" for i in range(2)], strictly=True),
        lambda net: True,
    )
    code = (
        "import sys, json, pyglove as pg\n"
        "spec = pg.from_json_str(sys.stdin.read())\n"
        "print(json.dumps([dna.to_numbers() for dna in spec.iter_dna()]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=pg.to_json_str(pg.dna_spec(space)),
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert json.loads(done.stdout) == [[0, 1], [0, 2], [1, 2]]


# ---- Bad input ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "options", "error", "message"),
    [
        ((), {}, ValueError, "at least one constraint"),
        ((1,), {}, TypeError, "a function or a `pg.geno.Constraint`.*got 1"),
        ((geno.Distinct(),), {"name": "x"}, ValueError, "exactly one function.*got 0"),
        ((len, max), {"on": "x"}, ValueError, "exactly one function.*got 2"),
        ((len,), {"max_tries": 0}, ValueError, "max_tries"),
    ],
)
def test_what_is_no_constraint_is_refused(args, options, error, message):
    with pytest.raises(error, match=message):
        pg.constrain(pair(), *args, **options)


@pytest.mark.parametrize(
    "use",
    [
        pg.dna_spec,
        lambda space: next(pg.iter(space)),
        lambda space: next(pg.random_sample(space)),
    ],
)
def test_a_constraint_that_names_no_decision(use):
    space = pg.Dict(z=pg.constrain(pair(), lambda z: True, on="z", name="p"))
    with pytest.raises(ValueError, match=r"'p' to name a decision.*got 'z'.*'x', 'y'"):
        use(space)


def test_a_predicate_that_raises_is_told_with_the_decisions():
    space = pg.constrain(pair(), lambda p: p.nothing, name="broken")
    message = (
        r"'broken' to return .* an error, .*Attribute.*decisions=\{'x': 1, 'y': 1\}"
    )
    with pytest.raises(pg.geno.PredicateError, match=message):
        next(pg.iter(space))


def test_an_infeasible_space_is_told():
    space = pg.constrain(pair(), lambda p: False, name="never", max_tries=50)
    with pytest.raises(pg.geno.InfeasibleSpaceError, match=r"'never' \(50 times\)"):
        next(pg.random_sample(space))
    with pytest.raises(pg.geno.InfeasibleSpaceError, match=r"none meets.*'never'"):
        next(pg.iter(space))
    search = pg.evolution.regularized_evolution(seed=1)
    with pytest.raises(pg.geno.InfeasibleSpaceError, match="'never'"):
        next(pg.sample(space, search))
