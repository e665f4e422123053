import pytest

import pyglove as pg


def space():
    return pg.Dict(a=pg.oneof([1, 2]), b=pg.oneof(["x", "y"]))


class Learner(pg.DNAGenerator):
    def _setup(self):
        self.rewards = []

    def _propose(self):
        return pg.DNA([1, 0], spec=self.dna_spec)

    def _feedback(self, dna, reward):
        self.rewards.append(reward)


def test_all_programs():
    assert [(p.a, p.b) for p in pg.iter(space())] == [
        (1, "x"),
        (1, "y"),
        (2, "x"),
        (2, "y"),
    ]
    assert len(list(pg.iter(space(), 3))) == 3 and list(pg.iter(space(), 0)) == []


def test_where():
    programs = list(pg.iter(space(), where=lambda x: 1 in x.candidates))
    assert [p.a for p in programs] == [1, 2]
    assert all(isinstance(p.b, pg.hyper.OneOf) for p in programs)


def test_algorithms_go_on():
    algorithm = pg.geno.Random(seed=1)
    first, second = (list(pg.iter(space(), 4, algorithm)) for _ in range(2))
    assert algorithm.num_proposals == 8
    assert first + second == list(pg.iter(space(), 8, pg.geno.Random(seed=1)))
    with pytest.raises(ValueError, match="not set up, or for the space"):
        next(pg.iter(pg.oneof([1, 2]), 1, algorithm))


def test_feedback():
    learner = Learner()
    for program, feedback in pg.iter(space(), 2, learner):
        assert program.a == 2 and feedback.dna == pg.DNA([1, 0])
        feedback(1.0)
    assert learner.rewards == [1.0, 1.0]
    with pytest.raises(ValueError):
        feedback((1.0, 2.0))
    programs = pg.iter(space(), 1, pg.geno.Random(1), force_feedback=True)
    assert len(next(programs)) == 2


@pytest.mark.parametrize("value", [1, pg.Dict(a=1), len])
def test_nothing_to_decide(value):
    with pytest.raises(ValueError, match="constant"):
        next(pg.iter(value))


def test_algorithm_is_an_algorithm():
    with pytest.raises(TypeError):
        next(pg.iter(space(), 1, algorithm=1))


def test_random_sample():
    samples = list(pg.random_sample(space(), 5, seed=1))
    assert samples == list(pg.random_sample(space(), 5, seed=1))
    endless = pg.random_sample(space(), seed=1)
    assert [next(endless) for _ in range(5)] == samples
    with pytest.raises(TypeError):
        next(pg.random_sample(space(), 1, seed="a"))


def test_traced_functions():
    def total():
        return pg.oneof([1, 3]) + pg.oneof([0, 10])

    def run(scope):
        with scope():
            return total()

    traced = pg.hyper.trace(total)
    assert [run(scope) for scope in pg.iter(traced)] == [1, 11, 3, 13]
    assert [run(scope) for scope in pg.iter(traced, 2)] == [1, 11]
    assert run(next(pg.random_sample(traced, seed=1))) in (1, 3, 11, 13)
    seen = []
    for scope, feedback in pg.iter(traced, 3, Learner()):
        seen.append(run(scope))
        feedback(float(seen[-1]))
    assert seen == [3, 3, 3]


def test_traced_functions_that_decide_nothing():
    (scope,) = pg.iter(pg.hyper.trace(lambda: 1))
    with scope() as value:
        assert value is None


def test_number_of_examples():
    for wrong in ("5", 5.0, [5]):
        with pytest.raises(TypeError, match="num_examples"):
            next(pg.iter(space(), wrong))
        with pytest.raises(TypeError, match="num_examples"):
            next(pg.random_sample(space(), wrong))
    np = pytest.importorskip("numpy")
    assert len(list(pg.iter(space(), np.int64(3)))) == 3
