import pytest

import pyglove as pg


def test_choices_are_swept():
    space = pg.Dict(x=pg.oneof([1, 2, 3]), y=pg.manyof(2, ["a", "b", "c"]))
    grid = list(pg.iter(space, algorithm=pg.bayesian.Grid()))
    assert grid == list(pg.iter(space, algorithm=pg.geno.Sweeping()))


def test_ranges_are_taken_from_end_to_end():
    values = list(pg.iter(pg.floatv(-1.0, 1.0), algorithm=pg.bayesian.Grid(5)))
    assert values == [-1.0, -0.5, 0.0, 0.5, 1.0]
    values = list(pg.iter(pg.floatv(1.0, 100.0, "log"), algorithm=pg.bayesian.Grid(3)))
    assert values == pytest.approx([1.0, 10.0, 100.0])
    assert list(pg.iter(pg.floatv(0.0, 1.0), algorithm=pg.bayesian.Grid(1))) == [0.5]


def test_ints_are_all_taken_or_evenly():
    values = list(pg.iter(pg.intv(1, 4), algorithm=pg.bayesian.Grid(5)))
    assert values == [1, 2, 3, 4]
    values = list(pg.iter(pg.intv(0, 100), algorithm=pg.bayesian.Grid(3)))
    assert values == [0, 50, 100]


def test_what_a_candidate_opens_is_part_of_the_grid():
    space = pg.oneof([pg.floatv(0.0, 1.0), pg.Dict(y=pg.intv(0, 1)), "none"])
    values = list(pg.iter(space, algorithm=pg.bayesian.Grid(2)))
    assert values == [0.0, 1.0, pg.Dict(y=0), pg.Dict(y=1), "none"]


def test_resolution_is_checked():
    with pytest.raises(ValueError, match="at least 1, got 0"):
        pg.bayesian.Grid(resolution=0)
