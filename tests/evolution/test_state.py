"""States of evolution."""

import json
import math
import random

import pytest

import pyglove as pg
from pyglove import evolution, geno
from pyglove.evolution.state import StateReader, StateWriter
from tests.evolution import helper

selectors, mutators = evolution.selectors, evolution.mutators
SPEC = helper.mixed_space()


class Shift(evolution.Mutator):
    """Keeps a generator under a name of its own."""

    def _on_bound(self):
        super()._on_bound()
        self.source = random.Random(5)

    def mutate(self, dna):
        return dna.spec.random_dna(self.source)


def through_text(value):
    return json.loads(json.dumps(value, allow_nan=False))


def reward_of(dna):
    return float(sum(v for v in dna.to_numbers()))


def set_up(make):
    algorithm = make()
    algorithm.setup(SPEC)
    return algorithm


def go_on(algorithm, count):
    found = []
    for _ in range(count):
        dna = algorithm.propose()
        found.append((dna.to_numbers(), dict(dna.metadata)))
        algorithm.feedback(dna, reward_of(dna))
    return found


def varied():
    """Scalars and operations of all sorts that hold generators of random numbers."""
    chance = pg.scalars.Uniform(0.2, 0.9, seed=3)
    count = pg.scalars.StepWise([(9, 2), (99, pg.scalars.Uniform(1, 3, seed=4))])
    return evolution.Evolution(
        selectors.Random(4, seed=1)
        >> selectors.Top(1)
        >> mutators.Uniform(seed=2).with_prob(chance, seed=6)
        >> Shift().with_prob(0.5, seed=random.Random(9)) * count,
        population_init=(geno.Random(seed=1), 6),
        population_update=selectors.Last(8).as_global_state("elites")
        + evolution.GlobalStateGetter("elites"),
    )


def crossed():
    recombinators = evolution.recombinators
    return evolution.Evolution(
        selectors.Sample(2, lambda x: [1.0] * len(x), seed=1)
        >> recombinators.Uniform(seed=2, where=evolution.where.Any(3, seed=4))
        >> mutators.Swap(seed=3),
        population_init=(geno.Random(seed=1), 6),
        population_update=selectors.Top(8),
    )


ALGORITHMS = {
    "varied": varied,
    "crossed": crossed,
    "neat": lambda: evolution.neat(population_size=4, seed=1),
    "deduping": lambda: geno.Deduping(
        evolution.hill_climb(batch_size=3, seed=1), auto_reward_fn=sum
    ),
}


@pytest.mark.parametrize("name", ALGORITHMS)
@pytest.mark.parametrize("count", [0, 5, 23, 40])
def test_resumed_search_goes_on_as_the_first_one(name, count):
    first, resumed = set_up(ALGORITHMS[name]), set_up(ALGORITHMS[name])
    go_on(first, count)
    state = through_text(first.get_state())
    expected = go_on(first, 40)
    resumed.set_state(state)
    assert go_on(resumed, 40) == expected
    assert through_text(resumed.get_state()) == through_text(first.get_state())


def test_the_same_dna_stays_the_same():
    first, resumed = set_up(varied), set_up(varied)
    go_on(first, 20)
    resumed.set_state(through_text(first.get_state()))
    pairs = zip(resumed.population, resumed.global_state.elites, strict=True)
    assert all(x is y for x, y in pairs)
    assert resumed.population == first.population
    assert resumed.num_generations == first.num_generations


def test_children_that_are_not_proposed_so_far():
    first, resumed = (
        set_up(lambda: evolution.hill_climb(batch_size=5, seed=1)) for _ in range(2)
    )
    go_on(first, 3)
    state = through_text(first.get_state())
    assert len(state["state"]["children"]) == 3
    resumed.set_state(state)
    assert go_on(resumed, 10) == go_on(first, 10)


def test_open_trials_keep_what_is_noted_on_them():
    for make in (ALGORITHMS["neat"], varied):
        first, resumed = set_up(make), set_up(make)
        go_on(first, 12)
        open_dna = [first.propose() for _ in range(3)]
        resumed.set_state(through_text(first.get_state()))
        for dna in open_dna:
            copy = geno.DNA.parse(through_text(pg.to_json(dna)), SPEC)
            first.feedback(dna, 1.0)
            resumed.feedback(copy, 1.0)
        assert go_on(resumed, 30) == go_on(first, 30)


def test_initial_population_without_a_state():
    class Silent(pg.DNAGenerator):
        def _propose(self):
            return self.dna_spec.first_dna()

    def make():
        return evolution.Evolution(
            mutators.Uniform(seed=1), population_init=(Silent(), 2)
        )

    first, resumed = set_up(make), set_up(make)
    with pytest.raises(NotImplementedError, match="Silent"):
        first.get_state()
    go_on(first, 4)  # It is not asked any more.
    resumed.set_state(through_text(first.get_state()))
    assert go_on(resumed, 5) == go_on(first, 5)


def test_state_of_other_operations():
    state = set_up(varied)
    with pytest.raises(ValueError, match="random operations"):
        set_up(lambda: evolution.hill_climb(seed=1)).set_state(state.get_state())


def test_state_of_another_space():
    first = set_up(varied)
    go_on(first, 4)
    other = varied()
    other.setup(helper.flat_space(2, 2))
    with pytest.raises(ValueError):
        other.set_state(first.get_state())


# ---- Values ------------------------------------------------------------------------


class Setting(pg.Object):
    x: int


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        0.1,
        "nan",
        math.inf,
        [1, (2.5, "x"), {"a": [None], 3: ()}],
        geno.AttributeDict(x=1),
        Setting(1),
    ],
    ids=repr,
)
def test_values(value):
    writer = StateWriter()
    written = through_text(writer.write([value]))
    (read,) = StateReader(through_text(writer.pool), SPEC).read(written)
    assert type(read) is type(value)
    assert pg.eq(read, value)


def test_references():
    dna = helper.random_dna(SPEC, 1)[0]
    dna.set_metadata("x", math.nan)
    dna.set_metadata("y", Setting(2), cloneable=True)
    writer = StateWriter()
    written = through_text(writer.write([dna, (dna, {"k": dna})]))
    assert len(writer.pool) == 1
    first, (second, third) = StateReader(through_text(writer.pool), SPEC).read(written)
    assert first is second is third["k"]
    assert first == dna and math.isnan(first.metadata.x)
    assert list(first.clone().metadata) == ["y"]


def test_what_cannot_be_saved():
    with pytest.raises(ValueError, match="read back"):
        StateWriter().write({"x": object()})
