"""Spaces and DNA for tests of evolution."""

import random

from pyglove import geno


def choice(size=2, location="", name=None):
    """A choice among constants."""
    return geno.oneof(
        [geno.constant() for _ in range(size)], location=location, name=name
    )


def flat_space(*sizes):
    """Choices among so many constants each."""
    return geno.space([choice(size, f"x{i}", f"x{i}") for i, size in enumerate(sizes)])


def mixed_space():
    """A space with every kind of decision, some of them conditional."""
    constant = geno.constant
    inner = geno.space(
        [choice(3, "u"), geno.floatv(0.0, 1.0, location="f")],
    )
    return geno.space(
        [
            geno.oneof([inner, constant(), geno.space([choice(2)])], location="a"),
            geno.manyof(
                2, [geno.space([choice(4)]), constant(), constant()], location="b"
            ),
            geno.manyof(3, [constant() for _ in range(3)], location="p"),
            geno.manyof(2, [constant() for _ in range(4)], sorted=True, location="s"),
            geno.manyof(
                2,
                [constant() for _ in range(3)],
                distinct=False,
                sorted=True,
                location="d",
            ),
            geno.intv(2, 10, step=2, location="i"),
            geno.floatv(-1.0, 1.0, location="z"),
            choice(2, "c"),
        ]
    )


def random_dna(spec, count, seed=0):
    """Random DNA of a space."""
    rng = random.Random(seed)
    return [geno.random_dna(spec, rng) for _ in range(count)]


def dna_of(spec, *numbers):
    """A DNA of a space."""
    return geno.DNA.from_numbers(list(numbers), spec)


def numbers(dna_list):
    """The numbers of several DNA."""
    return [dna.to_numbers() for dna in dna_list]
