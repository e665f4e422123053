"""Spaces and algorithms for tests of search loops."""

import itertools

import pyglove as pg
from pyglove import geno

_NAMES = itertools.count()


def spec(*sizes):
    """A space of choices among so many constants each."""
    return geno.space(
        [
            geno.oneof([geno.constant() for _ in range(size)], location=f"x{i}")
            for i, size in enumerate(sizes or (3, 4))
        ]
    )


def new_name():
    """A name that no other study has."""
    return f"study-{next(_NAMES)}"


class Counter(pg.geno.DNAGenerator):
    """Proposes 0, 1, 2, ... as long as there are candidates; notes all feedback."""

    tag: str = ""

    def _setup(self):
        self.told = []
        self._next = -1

    def _propose(self):
        self._next += 1
        if self._next >= len(self.dna_spec.elements[0].candidates):
            raise StopIteration
        return pg.geno.DNA(self._next, spec=self.dna_spec)

    def _feedback(self, dna, reward):
        self.told.append((dna.value, reward))


class MultiCounter(Counter):
    """The same for several objectives."""

    @property
    def multi_objective(self):
        return True
