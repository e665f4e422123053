import pytest

import pyglove as pg
from pyglove import geno


def outline(value, **kwargs):
    return geno.outline(pg.dna_spec(value), **kwargs).splitlines()


def test_sizes_names_and_ranges():
    space = pg.Dict(
        a=pg.oneof([1, "x", None], name="kind"),
        b=pg.manyof(2, [1, 2, 3], sorted=True),
        c=pg.manyof(2, [1, 2, 3], distinct=False),
        d=pg.intv(0, 10, 5),
    )
    assert outline(space) == [
        "4 decisions; 243 programs",
        "a 'kind': one of 1, 'x', None",
        "b: 2 of 1, 2, 3 (distinct, sorted)",
        "c: 2 of 1, 2, 3 (with repetition)",
        "d: int from 0 to 10 in steps of 5",
    ]
    assert outline([pg.floatv(0.5, 1.0, "log", name="r"), pg.intv(1, 2)]) == [
        "2 decisions; infinitely many programs",
        "[0] 'r': float from 0.5 to 1.0 (log)",
        "[1]: int from 1 to 2",
    ]


def test_nesting():
    space = pg.Dict(
        x=pg.oneof([0, pg.Dict(y=pg.manyof(2, [pg.intv(1, 2), 5]), z=pg.oneof([1]))])
    )
    assert outline(space) == [
        "5 decisions, 4 of them conditional; 5 programs",
        "x: one of 2",
        "  0 0",
        "  1 " + str(pg.dna_spec(space).elements[0].literal_values[1]),
        "    y: 2 of 2 (distinct)",
        "      0 Int(min_value=1, max_value=2)",
        "        int from 1 to 2",
        "      1 5",
        "    z: one of 1",
    ]


def test_neighbours_that_are_alike_share_a_line():
    same = [pg.oneof([1, 2]) for _ in range(3)]
    assert outline(pg.Dict(a=same, b=pg.oneof([1, 2])))[1:] == [
        "a[0] to a[2]: one of 1, 2",
        "b: one of 1, 2",
    ]
    mixed = [pg.oneof([1, 2]), pg.oneof([1, 3]), pg.oneof([1, 3], name="n")]
    assert [line.split(":")[0] for line in outline(mixed)[1:]] == [
        "[0]",
        "[1]",
        "[2] 'n'",
    ]
    layers = [pg.Dict(u=pg.oneof([1, 2]), v=pg.oneof([1, 2])) for _ in range(2)]
    assert [line.split(":")[0] for line in outline(layers)[1:]] == [
        "[0].u",
        "[0].v",
        "[1].u",
        "[1].v",
    ]


def test_many_candidates():
    assert outline(pg.oneof(range(100)), max_candidates=3) == [
        "1 decision; 100 programs",
        "one of 0, 1, 2, ... (100)",
    ]
    long = [*range(5), pg.oneof([7, 8])]
    assert [line.strip() for line in outline(pg.oneof(long), max_candidates=2)[1:]] == [
        "one of 6",
        "0 0",
        "1 1",
        "5 OneOf(candidates=[0: 7, 1: 8])",
        "one of 7, 8",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "0 decisions; 1 program"),
        ([pg.oneof(range(1000)) for _ in range(6)], "about 10^18 programs"),
        ([pg.oneof([1, 2, 3]) for _ in range(1_000)], "about 10^477 programs"),
    ],
)
def test_sizes(value, text):
    assert text in outline(value)[0]


def test_other_specs():
    points = pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]), y=pg.floatv(0.0, 1.0))).elements
    assert geno.outline(points[0]).splitlines() == [
        "1 decision; 2 programs",
        "x: one of 1, 2",
    ]
    space = geno.space([geno.custom("Text", location="t"), geno.custom(location="u")])
    assert geno.outline(space).splitlines()[1:] == ["t: custom Text", "u: custom"]
    space = geno.oneof([geno.constant()] * 2)
    assert geno.outline(space).splitlines()[1:] == ["one of 0/2, 1/2"]
