"""The search loop."""

import itertools
import math
import subprocess
import sys
import textwrap

import pytest

import pyglove as pg
from pyglove import bayesian, evolution, geno, tuning
from tests.tuning import helper


def test_loop_hands_out_what_the_algorithm_proposes():
    algorithm = helper.Counter()
    seen = []
    for dna, feedback in tuning.sample(helper.spec(5), algorithm, 3):
        assert dna is feedback.dna
        seen.append((feedback.id, dna.value))
        feedback(dna.value * 2.0)
    assert seen == [(1, 0), (2, 1), (3, 2)]
    assert algorithm.told == [(0, 0.0), (1, 2.0), (2, 4.0)]


def test_loop_ends_when_the_algorithm_does():
    name = helper.new_name()
    loop = tuning.sample(helper.spec(3), helper.Counter(), 10, name=name)
    for _, feedback in loop:
        feedback(1.0)
    assert len(tuning.poll_result(name).trials) == 3


def test_examples_are_programs():
    space = pg.Dict(x=pg.oneof(["a", "b"]), y=[pg.oneof([1, 2]), 3])
    examples = []
    for example, feedback in pg.sample(space, geno.Sweeping()):
        examples.append(example)
        feedback(1.0)
    assert examples == [{"x": x, "y": [y, 3]} for x in ("a", "b") for y in (1, 2)]
    assert isinstance(examples[0], pg.Dict)


def test_plain_containers_are_spaces():
    loop = pg.sample({"x": [pg.oneof([1, 2])]}, geno.Sweeping())
    found = []
    for example, feedback in loop:
        found.append(example)
        feedback(1.0)
    assert found == [{"x": [1]}, {"x": [2]}]


def test_template_is_a_space():
    template = pg.template(pg.Dict(x=pg.oneof([1, 2])))
    found = []
    for example, feedback in pg.sample(template, geno.Sweeping()):
        found.append(example.x)
        feedback(1.0)
    assert found == [1, 2]


def test_function_with_placeholders_is_a_space():
    def program():
        return pg.oneof([1, 2]) + pg.oneof([10, 20])

    found = []
    for example, feedback in pg.sample(pg.hyper.trace(program), geno.Sweeping()):
        with example():
            found.append(program())
        feedback(1.0)
    assert found == [11, 21, 12, 22]


def test_where_splits_a_space_among_nested_loops():
    space = pg.Dict(x=pg.oneof([1, 2], name="x"), y=pg.oneof([3, 4], name="y"))
    found = []
    outer = pg.sample(space, geno.Sweeping(), where=lambda v: v.name == "x")
    for half, outer_feedback in outer:
        best = 0
        for example, feedback in pg.sample(half, geno.Sweeping()):
            found.append((example.x, example.y))
            feedback(float(example.y))
            best = max(best, example.y)
        outer_feedback(float(best))
    assert found == [(1, 3), (1, 4), (2, 3), (2, 4)]


def factorized(seed):
    """Searches operations in an outer loop and, for each, edges in an inner one."""
    space = pg.Dict(
        ops=pg.List([pg.oneof(["conv", "pool"], hints="op") for _ in range(3)]),
        edges=pg.List([pg.oneof([0, 1], hints="edge") for _ in range(4)]),
    )

    def reward(cell):
        convolutions = sum(op == "conv" for op in cell.ops)
        return float(convolutions * sum(cell.edges) - 2 * cell.edges[0])

    found = []
    outer = tuning.sample(
        space,
        evolution.regularized_evolution(
            population_size=3, tournament_size=2, seed=seed
        ),
        num_examples=6,
        where=lambda placeholder: placeholder.hints == "op",
    )
    for partial, outer_feedback in outer:
        # What is left to be decided is a space of its own.
        assert len(pg.dna_spec(partial).decision_points) == 4
        name = helper.new_name()
        inner = tuning.sample(
            partial, bayesian.GP(seed=seed, num_startup=4), num_examples=12, name=name
        )
        for cell, feedback in inner:
            assert cell.ops == partial.ops
            found.append((*cell.ops, *cell.edges))
            feedback(reward(cell))
        best = tuning.poll_result(name).best_trial
        outer_feedback(best.final_measurement.reward, metadata={"edges": best.dna})
    return found


def test_factorized_search():
    found = factorized(seed=1)
    assert len(found) == 6 * 12
    # Neither loop tries anything twice.
    assert len(set(found)) == len(found)
    assert ("conv",) * 3 + (0, 1, 1, 1) in found
    assert factorized(seed=1) == found


def test_trial_without_feedback_is_handed_out_again():
    loop = tuning.sample(helper.spec(5), helper.Counter(), 2)
    _, first = next(loop)
    _, again = next(loop)
    assert (first.id, again.id) == (1, 1)
    assert first.dna is again.dna
    again(1.0)
    assert next(loop)[1].id == 2


def test_trial_of_a_loop_that_broke_off_is_handed_out_again():
    name, algorithm = helper.new_name(), helper.Counter()
    with pytest.raises(ZeroDivisionError):
        for _, feedback in tuning.sample(helper.spec(5), algorithm, name=name):
            feedback(1.0 / (2 - feedback.id))
    ids = []
    for _, feedback in tuning.sample(helper.spec(5), algorithm, name=name):
        ids.append(feedback.id)
        feedback(1.0)
    assert ids == [2, 3, 4, 5]


class Knowing(helper.Counter):
    """Knows the reward of every second proposal."""

    every: int = 2
    reward: pg.typing.Any() = 0.5

    def _propose(self):
        dna = super()._propose()
        if self.num_proposals % self.every == self.every - 1:
            dna.set_metadata("reward", self.reward)
        return dna


class KnowingMulti(Knowing):
    @property
    def multi_objective(self):
        return True


def search(algorithm, num_examples=6, report=1.0, **kwargs):
    """Runs a search; returns the examples that the loop has seen, and the trials."""
    name, seen = helper.new_name(), []
    loop = tuning.sample(helper.spec(20), algorithm, num_examples, name=name, **kwargs)
    for dna, feedback in loop:
        seen.append(dna.value)
        feedback(report)
    return seen, tuning.poll_result(name).trials


def test_known_reward_needs_no_evaluation():
    algorithm = Knowing()
    seen, trials = search(algorithm)
    assert seen == [0, 2, 4]
    assert [reward for _, reward in algorithm.told] == [1.0, 0.5] * 3
    assert [trial.id for trial in trials] == [1, 2, 3, 4, 5, 6]
    assert {trial.status for trial in trials} == {"COMPLETED"}
    known = trials[1]
    assert known.final_measurement.reward == 0.5
    assert known.get_reward_for_feedback() == 0.5
    assert known.metadata == {"client_evaluation_skipped": True}
    assert trials[0].metadata == {}


def test_search_in_which_all_is_known_ends():
    for count, expected in ((None, 20), (4, 4)):
        algorithm = Knowing(every=1)
        seen, trials = search(algorithm, count)
        assert (seen, len(trials), len(algorithm.told)) == ([], expected, expected)


@pytest.mark.parametrize(
    ("algorithm", "metrics", "told"),
    [
        (Knowing(reward=2), ["reward"], 2.0),
        (Knowing(reward=(0.5,)), ["reward"], 0.5),
        (Knowing(reward=[0.5]), ["reward"], 0.5),
        (Knowing(reward=(0.5,)), ["a"], 0.5),
        (Knowing(reward=0.5), ["a"], 0.5),
        (KnowingMulti(reward=(1.0, 2.0)), ["a", "b"], (1.0, 2.0)),
        (KnowingMulti(reward=(1.0, 2.0)), ["reward", "b"], (1.0, 2.0)),
        (Knowing(reward=None), ["reward"], 1.0),
    ],
)
def test_forms_of_known_rewards(algorithm, metrics, told):
    report = [1.0] * len(metrics)
    search(algorithm, 2, report, metrics_to_optimize=metrics)
    assert algorithm.told[1] == (1, told)


@pytest.mark.parametrize(
    ("algorithm", "metrics", "error"),
    [
        (Knowing(reward=(0.5, 1.0)), ["reward"], ValueError),
        (Knowing(reward=()), ["reward"], ValueError),
        (Knowing(reward="0.5"), ["reward"], ValueError),
        (Knowing(reward={}), ["reward"], TypeError),
        (Knowing(reward=10**400), ["reward"], OverflowError),
        (KnowingMulti(reward=(1.0,)), ["a", "b"], ValueError),
        (KnowingMulti(reward=(1.0, 2.0, 3.0)), ["a", "b"], ValueError),
        (KnowingMulti(reward=1.0), ["a", "b"], ValueError),
    ],
)
def test_known_reward_that_does_not_fit(algorithm, metrics, error):
    name = helper.new_name()
    loop = tuning.sample(
        helper.spec(5), algorithm, name=name, metrics_to_optimize=metrics
    )
    next(loop)[1]([1.0] * len(metrics))
    with pytest.raises(error):
        next(loop)
    pending = tuning.poll_result(name).trials[1]
    assert (pending.status, list(pending.measurements)) == ("PENDING", [])
    assert len(algorithm.told) == 1


def test_known_rewards_in_groups():
    for groups in ((None, None), ("g", "g"), ("g", "h")):
        algorithm, name = Knowing(), helper.new_name()
        loops = [
            tuning.sample(helper.spec(9), algorithm, 8, name=name, group=group)
            for group in groups
        ]
        seen = []
        for loop in loops * 3:
            for _, feedback in itertools.islice(loop, 1):
                seen.append(feedback.id)
                with feedback.ignore_race_condition():
                    feedback(1.0)
        assert seen == [1, 3, 5, 7]


def test_known_rewards_and_early_stopping():
    class Asked(tuning.EarlyStoppingPolicy):
        def should_stop_early(self, trial):
            asked.append(trial.id)
            return False

    asked, name = [], helper.new_name()
    for _, feedback in tuning.sample(
        helper.spec(9), Knowing(), 4, early_stopping_policy=Asked(), name=name
    ):
        feedback.add_measurement(1.0)
        feedback.should_stop_early()
        feedback.done()
    assert asked == [1, 3]


def test_search_with_known_rewards_is_recovered():
    _, trials = search(Knowing())
    other = Knowing()
    other.setup(helper.spec(20))
    other.recover([(trial.dna, trial.get_reward_for_feedback()) for trial in trials])
    assert other.told == [(i, 0.5 if i % 2 else 1.0) for i in range(6)]
    assert (other.num_proposals, other.num_feedbacks) == (6, 6)


class Alternating(helper.Counter):
    """Proposes 1, 0, 1, 0, ..."""

    def _propose(self):
        return pg.DNA(1 - self.num_proposals % 2, spec=self.dna_spec)


def test_deduping_spares_evaluations():
    algorithm = geno.Deduping(
        Alternating(), auto_reward_fn=lambda known: max(known), max_proposal_attempts=3
    )
    seen, trials = search(algorithm, report=2.0)
    assert seen == [1, 0]
    assert len(trials) == 6
    assert algorithm.generator.told == [(1, 2.0), (0, 2.0)] * 3


def test_evolution_with_children_that_were_evaluated():
    algorithm = evolution.Evolution(
        evolution.Identity()[-1]
        >> evolution.mutators.Uniform(seed=1)
        >> (lambda children: [evolution.set_fitness(dna, 0.25) for dna in children]),
        population_init=(geno.Sweeping(), 3),
    )
    seen, trials = search(algorithm, num_examples=8)
    assert seen == [0, 1, 2]
    rewards = [trial.final_measurement.reward for trial in trials]
    assert rewards == [1.0] * 3 + [0.25] * 5


def test_parents_that_are_proposed_again_are_evaluated_again():
    algorithm = evolution.Evolution(
        evolution.selectors.Last(1), population_init=(geno.Random(seed=1), 2)
    )
    seen, _ = search(algorithm)
    assert len(seen) == 6


def test_backends_of_others_get_known_rewards_too():
    class Service(tuning.InMemoryBackend):
        """A backend like others."""

    tuning.add_backend("knows")(Service)
    name, algorithm = helper.new_name(), Knowing()
    loop = tuning.sample(helper.spec(9), algorithm, 4, name=name, backend="knows")
    seen = []
    for dna, feedback in loop:
        seen.append(dna.value)
        feedback(1.0)
    assert seen == [0, 2]


# ---- Studies by name ---------------------------------------------------------------


def test_studies_are_listed_and_deleted():
    names = [helper.new_name() for _ in range(2)]
    loops = [tuning.sample(helper.spec(), geno.Random(), name=name) for name in names]
    _, feedback = next(loops[0])
    next(loops[1])
    listed = tuning.list_studies()
    assert [name for name in listed if name in names] == names
    tuning.delete(names[0])
    assert names[0] not in tuning.list_studies()
    with pytest.raises(ValueError, match="Expected the name of a study"):
        tuning.poll_result(names[0])
    # What was handed out can be reported on, but the loop has come to its end.
    feedback(1.0)
    assert list(loops[0]) == []
    assert next(tuning.sample(helper.spec(), geno.Random(), name=names[0]))[1].id == 1


def test_unknown_study_is_not_deleted():
    name = f"{helper.new_name()}-of-its-own"
    next(tuning.sample(helper.spec(), geno.Random(), name=name))
    with pytest.raises(ValueError, match=f"Did you mean `{name}`"):
        tuning.delete(f"{name}s")
    with pytest.raises(ValueError, match="name of a backend"):
        tuning.delete(name, backend="nowhere")
    assert name in tuning.list_studies()


def test_backends_need_not_delete():
    class Service(tuning.Backend):
        """Can do what it has to."""

        poll_result = next = None

    tuning.add_backend("keeps")(Service)
    with pytest.raises(NotImplementedError, match="can delete studies, got Service"):
        tuning.delete("x", backend="keeps")
    with pytest.raises(NotImplementedError, match="can list studies, got Service"):
        tuning.list_studies(backend="keeps")


# ---- The number of examples --------------------------------------------------------


@pytest.mark.parametrize(
    ("num_examples", "expected"),
    [(2, 2), (2.0, 2), (True, 1), (0, 0), (-1, 0), (math.inf, 3), (None, 3)],
)
def test_number_of_examples(num_examples, expected):
    loop = tuning.sample(helper.spec(3), helper.Counter(), num_examples)
    assert len([feedback(1.0) for _, feedback in loop]) == expected


def test_number_of_examples_of_numpy():
    numpy = pytest.importorskip("numpy")
    loop = tuning.sample(helper.spec(3), helper.Counter(), numpy.int64(2))
    assert len([feedback(1.0) for _, feedback in loop]) == 2


@pytest.mark.parametrize(
    ("num_examples", "error"),
    [("5", TypeError), ([5], TypeError), (2.5, ValueError), (math.nan, ValueError)],
)
def test_bad_number_of_examples(num_examples, error):
    name = helper.new_name()
    with pytest.raises(error, match="`num_examples` to be"):
        next(tuning.sample(helper.spec(), geno.Random(), num_examples, name=name))
    assert name not in tuning.list_studies()


def test_first_loop_decides_the_number_of_examples():
    name = helper.new_name()

    def ids(num_examples):
        loop = tuning.sample(helper.spec(5), helper.Counter(), num_examples, name=name)
        found = []
        for _, feedback in loop:
            found.append(feedback.id)
            feedback(1.0)
        return found

    assert ids(2) == [1, 2]
    for num_examples in (4, None):
        with pytest.warns(RuntimeWarning, match="has all of its trials"):
            assert ids(num_examples) == []


@pytest.mark.parametrize("num_examples", [0, -1])
def test_no_examples(num_examples):
    assert list(tuning.sample(helper.spec(), geno.Random(), num_examples)) == []


def test_end_loop_ends_it_for_all():
    name = helper.new_name()
    loops = [
        tuning.sample(helper.spec(5), helper.Counter(), name=name, group=group)
        for group in (1, 2)
    ]
    (_, first), (_, second) = (next(loop) for loop in loops)
    first.end_loop()
    second(1.0)
    assert [list(loop) for loop in loops] == [[], []]
    result = tuning.poll_result(name)
    assert not result.is_active
    assert [trial.status for trial in result.trials] == ["PENDING", "COMPLETED"]


def test_nothing_happens_before_the_first_example():
    tuning.sample(1, 2, 3)


@pytest.mark.parametrize(
    ("kwargs", "error", "message"),
    [
        ({"space": pg.Dict(x=1)}, ValueError, "'space' is a constant value"),
        ({"algorithm": 1}, TypeError, "search algorithm"),
        ({"algorithm": geno.Random}, TypeError, "search algorithm"),
        ({"backend": "nowhere"}, ValueError, "name of a backend"),
        ({"metrics_to_optimize": ["a", "b"]}, ValueError, "one objective"),
    ],
)
def test_bad_arguments(kwargs, error, message):
    arguments = {"space": helper.spec(), "algorithm": geno.Random(1), **kwargs}
    with pytest.raises(error, match=message):
        next(tuning.sample(**arguments))


def test_algorithm_of_another_space():
    algorithm = geno.Random(seed=1)
    next(tuning.sample(helper.spec(2), algorithm))
    next(tuning.sample(helper.spec(2), algorithm))
    with pytest.raises(ValueError, match="set up for the same space"):
        next(tuning.sample(helper.spec(3), algorithm))


def test_unknown_study():
    with pytest.raises(ValueError, match="name of a study"):
        tuning.poll_result("never-created")


def test_unnamed_loops_have_nothing_in_common():
    for _ in range(2):
        _, feedback = next(tuning.sample(helper.spec(5), helper.Counter()))
        assert feedback.id == 1


SAME_RUN = textwrap.dedent(
    """
    from pyglove import evolution, geno, tuning
    from tests.tuning import helper
    for algorithm in (
        geno.Random(seed=1),
        evolution.regularized_evolution(population_size=8, tournament_size=3, seed=1),
        evolution.hill_climb(batch_size=2, seed=1),
        evolution.neat(population_size=8, seed=1),
    ):
        for dna, feedback in tuning.sample(helper.spec(5, 6, 7), algorithm, 60):
            print(dna.to_numbers())
            feedback(float(sum(dna.to_numbers())))
    """
)


def test_same_seed_same_run_in_another_process(request):
    outputs = []
    for hash_seed in ("1", "2"):
        process = subprocess.run(
            [sys.executable, "-c", SAME_RUN],
            capture_output=True,
            text=True,
            check=True,
            cwd=request.config.rootpath,
            env={"PYTHONPATH": ".", "PYTHONHASHSEED": hash_seed},
        )
        outputs.append(process.stdout)
    assert outputs[0] == outputs[1]
    assert len(outputs[0].splitlines()) == 240


def test_algorithm_starts_anew_on_another_study():
    algorithm = evolution.regularized_evolution(
        population_size=4, tournament_size=2, seed=1
    )
    runs = []
    for _ in range(2):
        algorithm.setup(helper.spec(5, 6))
        run = []
        for dna, feedback in tuning.sample(algorithm.dna_spec, algorithm, 20):
            run.append(dna.to_numbers())
            feedback(float(sum(dna.to_numbers())))
        runs.append(run)
    assert runs[0] == runs[1]
