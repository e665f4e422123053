"""Kinds of operations, as users subclass them."""

import pytest

from pyglove import evolution, geno
from tests.evolution import helper

DNA = helper.random_dna(helper.flat_space(3, 3), 3)


def test_selector():
    class Every(evolution.Selector):
        def select(self, inputs, step):
            return inputs[::step]

    assert Every()([1, 2, 3], step=2) == [1, 3]
    with pytest.raises(TypeError, match="abstract"):
        evolution.Selector()


def test_mutator():
    class Same(evolution.Mutator):
        def mutate(self, dna, global_state, step):
            global_state.seen = step
            return dna

    state = geno.AttributeDict()
    assert Same()(DNA, state, 4) == DNA
    assert state.seen == 4


def test_mutator_with_several_children():
    class Twins(evolution.Mutator):
        def mutate(self, dna):
            return [dna, dna]

    assert len(Twins()(DNA)) == 6


def test_mutator_of_lists():
    class Crowd(evolution.Mutator):
        def mutate_list(self, dna_list):
            return dna_list[:1]

    assert Crowd()(DNA) == DNA[:1]


def test_mutator_that_returns_no_dna():
    class Bad(evolution.Mutator):
        def mutate(self, dna):
            return 3

    with pytest.raises(TypeError, match="output"):
        Bad()(DNA)


def test_mutator_without_method():
    with pytest.raises(NotImplementedError):
        evolution.Mutator()(DNA)


def test_recombinator():
    class Heir(evolution.Recombinator):
        NUM_PARENTS = 2

        def recombine(self, parents, step):
            return parents[step : step + 1]

    assert Heir()(DNA[:2], step=1) == DNA[1:2]
    for parents in (DNA, DNA[:1]):
        with pytest.raises(ValueError, match="Expected 2 parents for Heir"):
            Heir()(parents)


def test_recombinator_has_to_return_a_list():
    class Bad(evolution.Recombinator):
        def recombine(self, parents):
            return parents[0]

    with pytest.raises(TypeError, match="output"):
        Bad()(DNA)
    with pytest.raises(TypeError, match="abstract"):
        evolution.Recombinator()


@pytest.mark.parametrize(
    "op", [evolution.mutators.Uniform(), evolution.recombinators.Uniform()]
)
def test_element_types(op):
    assert op.input_element_type is geno.DNA
    assert op.output_element_type is geno.DNA
