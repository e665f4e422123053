"""The search loop."""

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
        ({"space": pg.Dict(x=1)}, ValueError, "is a constant value"),
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
