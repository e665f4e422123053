"""Ranges at the limits of what numbers can be, in all algorithms."""

import math

import pytest

import pyglove as pg
from pyglove import geno
from pyglove.geno.decision import scale
from pyglove.geno.decision.value_decision import IntDecision

pytest.importorskip("numpy")

RANGES = {
    "big": pg.floatv(0.0, 1.7e308),
    "log": pg.floatv(1e-300, 1.7e308, "log"),
    "rlog": pg.floatv(1e-300, 1.7e308, "rlog"),
    "tiny": pg.floatv(0.0, 5e-324),
    "denormal": pg.floatv(5e-324, 1.0, "log"),
    "one float": pg.floatv(1.0, 1.0),
    "one int": pg.intv(3, 3),
    "64 bits": pg.intv(0, 2**63),
    "far": pg.intv(10**30, 10**30 + 3),
    "30 digits": pg.intv(-(10**30), 10**30),
    "30 digits, log": pg.intv(1, 10**30, scale="log"),
    "30 digits, rlog": pg.intv(1, 10**30, scale="rlog"),
    "30 digits, steps": pg.intv(0, 10**30, step=10**29),
    "400 digits": pg.intv(-(10**400), 10**400),
    "400 digits, log": pg.intv(1, 10**400, scale="log"),
    "400 digits, rlog": pg.intv(1, 10**400, scale="rlog"),
    "400 digits, steps": pg.intv(0, 10**400, step=10**399),
}
ALGORITHMS = {
    "random": lambda: geno.Random(seed=1),
    "quasi-random": lambda: pg.bayesian.QuasiRandom(seed=1),
    "grid": lambda: pg.bayesian.Grid(resolution=3),
    "evolution": lambda: pg.evolution.regularized_evolution(
        population_size=5, tournament_size=2, seed=1
    ),
    "crossover": lambda: pg.evolution.Evolution(
        pg.evolution.selectors.Random(2, seed=1)
        >> pg.evolution.recombinators.Average()
        >> pg.evolution.mutators.Uniform(seed=1),
        population_init=(geno.Random(seed=1), 4),
    ),
    "GP": lambda: pg.bayesian.GP(seed=1),
    "TPE": lambda: pg.bayesian.TPE(seed=1),
    "auto": lambda: pg.auto(seed=1),
    "PPO": lambda: pg.reinforce.PPO(seed=1, batch_size=4),
    "REINFORCE": lambda: pg.reinforce.REINFORCE(seed=1, batch_size=4),
}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("name", RANGES)
def test_algorithms(name, algorithm):
    placeholder = RANGES[name].clone()
    space = pg.Dict(x=placeholder, y=pg.oneof([1, 2]))
    search = ALGORITHMS[algorithm]()
    for example, feedback in pg.iter(space, 14, search, force_feedback=True):
        assert placeholder.is_in_range(example.x)
        assert type(example.x) is type(placeholder.min_value)
        feedback(float(example.y))
    other = ALGORITHMS[algorithm]()
    other.setup(pg.dna_spec(space))
    other.set_state(search.get_state())


@pytest.mark.parametrize(
    "bounds",
    [
        (0.0, math.nan),
        (math.nan, 1.0),
        (0.0, math.inf),
        (-math.inf, 0.0),
        (-1.7e308, 1.7e308),
    ],
)
def test_ranges_that_are_not_finite(bounds):
    for make in (pg.floatv, geno.floatv):
        with pytest.raises(ValueError, match="finite width"):
            make(*bounds)


@pytest.mark.parametrize("kind", [None, "log", "rlog"])
@pytest.mark.parametrize("digits", [10, 30, 400])
def test_units_of_ints(digits, kind):
    decision = IntDecision(1, 10**digits, 1, kind)
    assert decision.is_wide == (digits > 10)
    low, high = decision.at_unit(0.0), decision.at_unit(1.0)
    assert 1 <= low <= high <= decision.high
    assert (
        10 * (high - low) > 9 * 10**digits if kind is None else 10 * high > 10**digits
    )
    last = -1.0
    for unit in (0.0, 0.1, 0.25, 0.5, 0.75, 1.0):
        value = decision.at_unit(unit)
        assert math.isclose(decision.to_unit(value), unit, abs_tol=0.1)
        assert decision.to_unit(value) >= last
        last = decision.to_unit(value)


@pytest.mark.parametrize("kind", [None, "log", "rlog"])
def test_wide_ranges_are_as_others(kind):
    for unit in (0.0, 0.3, 0.5, 0.9, 1.0):
        wide = scale.wide_from_unit(unit, 2, 10**6, kind)
        assert abs(wide - scale.from_unit(unit, 2, 10**6, kind)) <= 1.001
        other = scale.wide_to_unit(2 * wide, 2, 10**6, kind)
        assert math.isclose(other, scale.to_unit(wide, 2, 10**6, kind), abs_tol=1e-12)
