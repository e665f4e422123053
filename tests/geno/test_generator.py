import functools

import pytest

import pyglove as pg
from pyglove import geno
from tests.geno import helper


def spec(size=3):
    return geno.oneof(helper.constants(size))


class Recorder(pg.DNAGenerator):
    """Proposes 0 and notes what it is told."""

    def _setup(self):
        self.seen = []

    def _propose(self):
        return pg.DNA(0, spec=self.dna_spec)

    def _feedback(self, dna, reward):
        self.seen.append(reward)


class Replayer(Recorder):
    def _replay(self, trial_id, dna, reward):
        self.seen.append((trial_id, dna.value, reward))


class MultiObjective(Recorder):
    @property
    def multi_objective(self):
        return True


def set_up(generator, size=3):
    generator.setup(spec(size))
    return generator


def test_counts():
    generator = set_up(Recorder())
    assert generator.needs_feedback and not generator.multi_objective
    dna = generator.propose()
    generator.feedback(dna, 1.0)
    assert (generator.num_proposals, generator.num_feedbacks) == (1, 1)
    generator.setup(spec())
    assert (generator.num_proposals, generator.num_feedbacks) == (0, 0)
    assert generator.seen == []


@pytest.mark.parametrize("reward", [1, 1.5, (1.5,), float("nan"), True])
def test_rewards(reward):
    generator = set_up(Recorder())
    generator.feedback(generator.propose(), reward)
    assert len(generator.seen) == 1 and not isinstance(generator.seen[0], tuple)
    generator = set_up(MultiObjective())
    generator.feedback(generator.propose(), reward)
    assert isinstance(generator.seen[0], tuple)


def test_numbers_of_objectives():
    generator = set_up(MultiObjective())
    generator.feedback(generator.propose(), (1.0, 2.0))
    assert generator.seen == [(1.0, 2.0)]
    with pytest.raises(ValueError, match="single number as reward"):
        set_up(Recorder()).feedback(pg.DNA(0), (1.0, 2.0))


@pytest.mark.parametrize("reward", ["x", None, object(), ("x",)])
def test_rewards_are_numbers(reward):
    generator = set_up(Recorder())
    with pytest.raises(TypeError, match="number"):
        generator.feedback(pg.DNA(0), reward)
    assert generator.num_feedbacks == 0 and generator.seen == []


def test_recover():
    history = [(pg.DNA(0), 1.0), (pg.DNA(1), None), (pg.DNA(2), 3.0)]
    generator = set_up(Recorder())
    generator.recover(history)
    assert generator.seen == [1.0, 3.0]
    assert (generator.num_proposals, generator.num_feedbacks) == (3, 2)
    replayer = set_up(Replayer())
    replayer.recover(history)
    assert replayer.seen == [(0, 0, 1.0), (1, 1, None), (2, 2, 3.0)]


def test_iteration():
    proposals = list(set_up(geno.Sweeping()))
    assert [dna.value for dna in proposals] == [0, 1, 2]
    generator = set_up(Recorder())
    dna, feedback = next(iter(generator))
    feedback(2.0)
    assert dna.value == 0 and generator.seen == [2.0]


@pytest.mark.parametrize("make", [Recorder, geno.Sweeping, lambda: geno.Random(1)])
def test_setup_comes_first(make):
    generator = make()
    assert generator.dna_spec is None and generator.num_proposals == 0
    with pytest.raises(ValueError, match="setup"):
        generator.propose()
    with pytest.raises(ValueError, match="setup"):
        generator.feedback(pg.DNA(0), 1.0)
    with pytest.raises(ValueError, match="DNASpec"):
        generator.setup(1)


def test_dna_generator():
    @geno.dna_generator
    def pair(dna_spec):
        yield dna_spec.first_dna()
        yield pg.DNA(2, spec=dna_spec)

    generator = set_up(pair())
    assert isinstance(generator, pg.DNAGenerator) and not generator.needs_feedback
    assert [dna.value for dna in generator] == [0, 2]
    with pytest.raises(StopIteration):
        generator.propose()
    with pytest.raises(TypeError):
        pair(1)


def test_an_algorithm_has_to_propose():
    class Idle(pg.DNAGenerator):
        pass

    generator = Idle()
    generator.setup(spec())
    with pytest.raises(NotImplementedError, match="Idle"):
        generator.propose()


def test_only_functions_make_algorithms():
    def several(count, spec):
        for i in range(count):
            yield pg.DNA(i, spec=spec)

    algorithm = geno.dna_generator(functools.partial(several, 2))()
    algorithm.setup(spec())
    assert [dna.value for dna in algorithm] == [0, 1]
    with pytest.raises(TypeError, match="function"):
        geno.dna_generator(1)


def test_algorithms_that_never_look_at_the_space():
    algorithm = Recorder()
    algorithm.setup(None)
    assert algorithm.dna_spec is None
    dna = algorithm.propose()
    algorithm.feedback(dna, 1.0)
    assert (algorithm.num_proposals, algorithm.num_feedbacks) == (1, 1)
    deduping = geno.Deduping(Recorder(), max_duplicates=2)
    deduping.setup(None)
    assert deduping.propose() == dna
    deduping.feedback(dna, 1.0)
    for wrong in (1, pg.oneof([1, 2]), "x"):
        with pytest.raises(ValueError, match="DNASpec"):
            Recorder().setup(wrong)
    for algorithm in (geno.Random(), pg.evolution.regularized_evolution()):
        with pytest.raises(ValueError, match="DNASpec"):
            algorithm.setup(None)
        with pytest.raises(ValueError, match="to be set up for a space"):
            algorithm.propose()


def test_functions_that_have_failed():
    @geno.dna_generator
    def one_and_out(space):
        yield pg.DNA(0, spec=space)
        raise KeyError("gone")

    algorithm = one_and_out()
    algorithm.setup(spec())
    algorithm.propose()
    with pytest.raises(KeyError):
        algorithm.propose()
    for _ in range(2):
        with pytest.raises(ValueError, match=r"without errors, .*gone"):
            algorithm.propose()
    algorithm.setup(spec())
    assert algorithm.propose() == pg.DNA(0)

    @geno.dna_generator
    def one(space):
        yield pg.DNA(0, spec=space)

    algorithm = one()
    algorithm.setup(spec())
    algorithm.propose()
    for _ in range(2):
        with pytest.raises(StopIteration):
            algorithm.propose()


def test_text_of_an_algorithm_is_short():
    assert repr(geno.Random(seed=1)) == "Random(seed=1)"
    assert str(geno.Random(seed=1)) == "Random(\n  seed = 1\n)"
    for algorithm in (
        pg.evolution.regularized_evolution(seed=7),
        pg.evolution.nsga2(),
        pg.evolution.neat(),
        pg.reinforce.PPO(batch_size=20),
    ):
        assert str(algorithm) == repr(algorithm) or str(algorithm).count("\n") <= 8
        assert len(repr(algorithm)) < 420
        assert algorithm.format(compact=True) != repr(algorithm)
    assert repr(pg.reinforce.PPO(batch_size=20)) == "PPO(batch_size=20)"
    with pg.repr_format(compact=True):
        assert len(repr(pg.evolution.nsga2())) > 420
