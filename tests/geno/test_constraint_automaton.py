"""Draws that meet constraints: each feasible DNA as likely as among rejected draws."""

import collections

import pytest

import pyglove as pg
from pyglove import geno
from tests.geno import helper

DRAWS = 4000


def chances(spec):
    """How likely each DNA of a space without constraints is, by its numbers."""
    counts = collections.Counter()
    for dna in geno.space([e.clone() for e in spec.elements]).iter_dna():
        counts[tuple(dna.to_numbers())] = weight(spec, dna)
    return counts


def weight(spec, dna):
    """The product of the chances of the decisions of a DNA."""
    result = 1.0
    for point in dna.to_dict(key_type="dna_spec"):
        if point.is_categorical:
            result /= len(point.candidates)
        else:
            result /= len(range(point.min_value, point.max_value + 1, point.step))
    return result


def shares(spec, draws=DRAWS):
    """How often each DNA is drawn."""
    algorithm = geno.Random(seed=1)
    algorithm.setup(spec)
    drawn = [tuple(algorithm.propose().to_numbers()) for _ in range(draws)]
    return {k: n / draws for k, n in collections.Counter(drawn).items()}


def several():
    """Decisions of unequal chances: what a candidate opens counts, too."""
    return [
        geno.oneof(
            [
                geno.constant(),
                geno.space([geno.oneof(helper.constants(3), location="deep")]),
                geno.constant(),
            ],
            location="x",
        ),
        geno.manyof(2, helper.constants(3), distinct=False, location="m"),
        geno.intv(1, 3, location="n"),
    ]


CONSTRAINTS = {
    "total": [geno.Total(["x", "n"], at_most=3)],
    "distinct": [geno.Distinct(["m[0]", "n"])],
    "increasing": [geno.Increasing(["x", "m[0]", "m[1]"])],
    "forbidden": [geno.Forbidden({"x": 1, "n": 2})],
    "inside": [geno.Increasing(["x[=1/3].deep", "n"])],
    "two": [geno.Total(["x", "n"], at_least=2), geno.Distinct(["m[0]", "m[1]"])],
    "joined": [geno.Distinct(["x", "n"]), geno.Decreasing(["n", "m[0]"])],
}


def space_of(name):
    return geno.ConstrainedSpace(
        several(), constraints=[c.clone() for c in CONSTRAINTS[name]]
    )


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_draws_are_those_that_are_left_of_free_ones(name):
    spec = space_of(name)
    feasible = {tuple(dna.to_numbers()) for dna in spec.iter_dna()}
    expected = {k: w for k, w in chances(spec).items() if k in feasible}
    assert 0 < len(expected) < len(chances(spec))
    total, drawn = sum(expected.values()), shares(spec)
    assert drawn.keys() <= expected.keys()
    for numbers, chance in expected.items():
        assert drawn.get(numbers, 0.0) == pytest.approx(chance / total, abs=0.03)


def test_a_rare_part_of_a_space_is_found_at_once():
    # One in 10 ** 20: trying would take for ever.
    spec = geno.ConstrainedSpace(
        [geno.intv(0, 9, location=f"x{i}") for i in range(20)],
        constraints=[geno.Total([f"x{i}" for i in range(20)], at_most=0)],
    )
    algorithm = geno.Random(seed=1)
    algorithm.setup(spec)
    assert algorithm.propose().to_numbers() == [0] * 20


def test_a_space_without_a_feasible_dna_says_so():
    space = pg.constrain(
        [pg.oneof([1, 2]), pg.oneof([1, 2]), pg.oneof([1, 2])],
        geno.Increasing(strictly=True),
    )
    with pytest.raises(ValueError, match="Increasing"):
        next(pg.random_sample(space, seed=1))


def test_more_combinations_than_can_be_counted_are_tried():
    # Each decision has more states than are kept, so that draws are tried instead.
    spec = geno.ConstrainedSpace(
        [geno.intv(0, 9_000, location=f"x{i}") for i in range(3)],
        constraints=[geno.Total([f"x{i}" for i in range(3)], at_most=13_500)],
    )
    algorithm = geno.Random(seed=1)
    algorithm.setup(spec)
    drawn = [algorithm.propose().to_numbers() for _ in range(300)]
    assert all(sum(numbers) <= 13_500 for numbers in drawn)
    # Half of the cube is left, and looks the same from each side.
    means = [sum(column) / 300 for column in zip(*drawn, strict=True)]
    assert means == pytest.approx([sum(means) / 3] * 3, rel=0.1)
