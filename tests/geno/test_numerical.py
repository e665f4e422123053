import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from pyglove import geno

SCALES = st.sampled_from([None, "linear", "log", "rlog"])


def test_text():
    point = geno.floatv(1e-3, 1.0, "log", "h", "a", "z")
    assert repr(point) == (
        "Float(id='a', name='z', min_value=0.001, max_value=1.0, "
        "scale='log', hints='h')"
    )
    assert repr(geno.intv(1, 9, 2)) == "Int(id='', min_value=1, max_value=9, step=2)"


@pytest.mark.parametrize(
    "make",
    [
        lambda: geno.floatv(1.0, 0.0),
        lambda: geno.floatv(0.0, 1.0, "log"),
        lambda: geno.floatv(-1.0, 1.0, "rlog"),
        lambda: geno.floatv(0.0, 1.0, "other"),
        lambda: geno.intv(1, 0),
        lambda: geno.intv(0, 1, 0),
        lambda: geno.intv(0, 9, 1, "log"),
    ],
)
def test_impossible_ranges(make):
    with pytest.raises(ValueError):
        make()


@pytest.mark.parametrize("make", [geno.floatv, geno.intv])
def test_bounds_are_numbers(make):
    with pytest.raises(TypeError):
        make("a", 1)


def test_ints_become_floats_in_a_float_range():
    point = geno.floatv(0, 1)
    assert (point.min_value, point.max_value) == (0.0, 1.0)
    assert isinstance(point.min_value, float)


@given(st.floats(0.01, 10), st.floats(0.01, 10), SCALES, st.floats(0, 1))
def test_units_of_floats(low, width, scale, unit):
    point = geno.floatv(low, low + width, scale)
    value = point.from_unit(unit)
    assert point.min_value <= value <= point.max_value
    assert math.isclose(point.to_unit(value), unit, abs_tol=1e-6)


@given(st.integers(1, 50), st.integers(0, 60), st.integers(1, 7), SCALES)
def test_units_of_ints(low, width, step, scale):
    point = geno.intv(low, low + width, step, scale)
    values = [d.value for d in point.iter_dna()]
    assert values == list(range(low, low + width + 1, step))
    assert [point.from_unit(point.to_unit(v)) for v in values] == values
    assert point.from_unit(0.0) == values[0] and point.from_unit(1.0) == values[-1]


@pytest.mark.parametrize(
    ("scale", "middle"), [(None, 0.5), ("log", 0.01), ("rlog", 0.9901)]
)
def test_random_floats_follow_the_scale(scale, middle):
    point = geno.floatv(1e-4, 1.0, scale)
    rng = random.Random(1)
    values = sorted(point.random_dna(rng).value for _ in range(2001))
    assert math.isclose(values[1000], middle, rel_tol=0.3)


def test_random_ints_follow_the_scale():
    rng = random.Random(1)
    linear, log = geno.intv(1, 1024), geno.intv(1, 1024, scale="log")
    assert 400 < sorted(linear.random_dna(rng).value for _ in range(501))[250] < 620
    assert 20 < sorted(log.random_dna(rng).value for _ in range(501))[250] < 50


def test_floats_have_no_successor():
    point = geno.floatv(0.0, 1.0)
    assert point.first_dna() == pg.DNA(0.0)
    with pytest.raises(NotImplementedError):
        point.next_dna(point.first_dna())


@pytest.mark.parametrize("value", [1, "a", -0.1, 1.1, None, True])
def test_unfit_floats(value):
    with pytest.raises(ValueError):
        geno.floatv(0.0, 1.0).validate(pg.DNA(value))


@pytest.mark.parametrize("value", [1, 11, -2, 2.0, "2", None])
def test_unfit_ints(value):
    with pytest.raises(ValueError):
        geno.intv(0, 10, 2).validate(pg.DNA(value))


def test_values_of_the_wrong_type_are_type_errors_too():
    with pytest.raises(TypeError, match="Float"):
        geno.floatv(0.0, 1.0).validate(pg.DNA("a"))


def test_ints_to_json():
    point = geno.intv(1, 9, 2, "log", location="a")
    assert pg.eq(pg.from_json(point.to_json()), point)
    assert point.space_size == 5 and point.is_numerical and not point.is_categorical
