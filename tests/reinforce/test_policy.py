"""Policies: laws that hold for both forms."""

import math

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st

from pyglove import geno
from tests.geno import helper as geno_helper
from tests.reinforce import helper

both_forms = pytest.mark.parametrize("form", helper.POLICIES)
forms = st.sampled_from(sorted(helper.POLICIES))


# ---- Laws --------------------------------------------------------------------------


@hypothesis.given(geno_helper.spaces(), forms, st.integers(0, 100))
def test_samples_fit_the_space(spec, form, seed):
    policy = helper.shaken(helper.POLICIES[form](spec), seed)
    for numbers in policy.sample(np.random.default_rng(seed), 4):
        assert spec.decisions.accept(numbers) == numbers
        assert all(type(number) in (int, float) for number in numbers)


@hypothesis.given(geno_helper.finite_spaces(), forms, st.integers(0, 100))
def test_probabilities_sum_to_one(spec, form, seed):
    policy = helper.shaken(helper.POLICIES[form](spec), seed)
    rows = geno_helper.enumerate_numbers(spec)
    log_probs = policy.evaluate(policy.encoding.encode(rows)).log_probs
    assert math.isclose(np.exp(log_probs.sum(axis=1)).sum(), 1.0, rel_tol=1e-9)


@hypothesis.given(geno_helper.spaces(), forms, st.integers(0, 100))
def test_what_is_said_of_a_dna_does_not_depend_on_others(spec, form, seed):
    policy = helper.shaken(helper.POLICIES[form](spec), seed, 0.5)
    rows = policy.sample(np.random.default_rng(seed), 5)
    together = policy.evaluate(policy.encoding.encode(rows))
    for i, numbers in enumerate(rows):
        alone = policy.evaluate(policy.encoding.encode([numbers]))
        np.testing.assert_allclose(together.log_probs[i], alone.log_probs[0], atol=1e-8)
        np.testing.assert_allclose(together.entropies[i], alone.entropies[0], atol=1e-8)


@hypothesis.given(geno_helper.spaces(), forms, st.integers(0, 100))
def test_slots_that_are_not_active_say_nothing(spec, form, seed):
    policy = helper.shaken(helper.POLICIES[form](spec), seed)
    batch = helper.draw(policy, 5, seed)
    evaluation = policy.evaluate(batch)
    assert not evaluation.log_probs[~batch.active].any()
    assert not evaluation.entropies[~batch.active].any()
    # Whatever is asked of them.
    d_log_probs, d_entropies = np.random.default_rng(1).normal(
        size=(2, *batch.active.shape)
    )
    gradients = [
        policy.gradient(batch, evaluation, d_log_probs * mask, d_entropies * mask)
        for mask in (1.0, batch.active)
    ]
    np.testing.assert_array_equal(*gradients)


# ---- Gradients ---------------------------------------------------------------------


@both_forms
@pytest.mark.parametrize("space", [helper.mixed_space, helper.kinds_space])
@pytest.mark.parametrize("part", ["log_probs", "entropies", "values"])
def test_gradient(form, space, part):
    policy = helper.shaken(helper.POLICIES[form](space()), scale=0.5)
    batch = helper.draw(policy, 4)
    evaluation = policy.evaluate(batch)
    if getattr(evaluation, part) is None:
        assert form == "independent" and part == "values"
        return
    weights = np.random.default_rng(1).normal(size=batch.active.shape)
    none = np.zeros_like(weights)
    asked = [weights if part == p else none for p in ("log_probs", "entropies")]
    values = weights if part == "values" else None
    gradient = policy.gradient(batch, evaluation, *asked, values)
    helper.assert_gradient(
        gradient,
        lambda: float((weights * getattr(policy.evaluate(batch), part)).sum()),
        policy.parameters.vector,
    )


# ---- What they start with, and what they can learn ---------------------------------


@both_forms
def test_start_is_uniform(form):
    spec = helper.kinds_space()
    policy = helper.POLICIES[form](spec)
    batch = helper.draw(policy, 10)
    log_probs = policy.evaluate(batch).log_probs.sum(axis=1)
    # Densities of the float are relative to a unit of its scale.
    sizes = [3, 2, 3 * 3, 6, 12, 6, 6, 5]
    np.testing.assert_allclose(log_probs, -math.log(math.prod(sizes)), rtol=1e-6)


@both_forms
def test_sorted_choices_start_uniform(form):
    for is_distinct, count in ((True, 10), (False, 35)):
        candidates = geno_helper.constants(5)
        spec = geno.manyof(3, candidates, distinct=is_distinct, sorted=True)
        policy = helper.POLICIES[form](spec)
        rows = geno_helper.enumerate_numbers(spec)
        assert len(rows) == count
        log_probs = policy.evaluate(policy.encoding.encode(rows)).log_probs.sum(axis=1)
        np.testing.assert_allclose(log_probs, -math.log(count))


def frequencies(policy, rows, count=20_000):
    """How often each row is drawn."""
    drawn = policy.sample(np.random.default_rng(1), count)
    counts = dict.fromkeys(rows, 0)
    for numbers in drawn:
        counts[numbers] += 1
    return np.array([counts[row] / count for row in rows])


@both_forms
@pytest.mark.parametrize(
    "spec",
    [
        geno.space([helper.choice(2), helper.choice(3)]),
        geno.manyof(2, geno_helper.constants(3)),
        geno.manyof(2, geno_helper.constants(4), sorted=True),
        geno.manyof(2, geno_helper.constants(3), distinct=False, sorted=True),
        geno.oneof([geno.space([helper.choice(2)]), geno.constant()]),
        geno.space([geno.intv(1, 4), helper.choice(2)]),
    ],
    ids=["choices", "arrangement", "set", "multiset", "conditional", "int"],
)
def test_samples_have_the_probabilities(form, spec):
    policy = helper.shaken(helper.POLICIES[form](spec), 3)
    rows = geno_helper.enumerate_numbers(spec)
    log_probs = policy.evaluate(policy.encoding.encode(rows)).log_probs.sum(axis=1)
    np.testing.assert_allclose(frequencies(policy, rows), np.exp(log_probs), atol=0.015)


def test_recurrent_decisions_depend_on_those_before():
    spec = geno.space([helper.choice(2), helper.choice(2)])
    batches = [[(0, 0), (1, 0)], [(0, 1), (1, 1)]]
    for form, depends in (("independent", False), ("recurrent", True)):
        policy = helper.shaken(helper.POLICIES[form](spec), 1)
        for rows in batches:
            second = policy.evaluate(policy.encoding.encode(rows)).log_probs[:, 1]
            assert (abs(second[0] - second[1]) > 1e-3) == depends


# ---- Large spaces ------------------------------------------------------------------


def test_large_sets_and_arrangements():
    candidates = geno_helper.constants(300)
    spec = geno.space(
        [geno.manyof(150, candidates, sorted=True), geno.manyof(300, candidates)]
    )
    for form in helper.POLICIES:
        policy = helper.POLICIES[form](spec)
        rows = policy.sample(np.random.default_rng(1), 2)
        for numbers in rows:
            assert spec.decisions.accept(numbers) == numbers
        log_probs = policy.evaluate(policy.encoding.encode(rows)).log_probs.sum(axis=1)
        expected = -math.log(math.comb(300, 150)) - math.lgamma(301)
        np.testing.assert_allclose(log_probs, expected)
