import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove.bayesian import gaussian_process
from pyglove.bayesian.encoding import Encoding, squared_distances
from pyglove.bayesian.gaussian_process import GaussianProcess
from pyglove.bayesian.layout import Layout
from tests.bayesian.helper import SPACES


def data(name, count, seed=1):
    layout = Layout(SPACES[name]())
    encoding = Encoding(layout)
    rng = np.random.default_rng(seed)
    rows = layout.from_units(rng.random((count, len(layout))))
    features = encoding(rows)
    targets = features @ rng.standard_normal(encoding.width)
    return encoding, features, (targets - targets.mean()) / targets.std()


def test_the_kernel_is_matern_five_halves():
    r = np.array([0.0, 0.4, 2.0])
    expected = (1 + np.sqrt(5) * r + 5 * r**2 / 3) * np.exp(-np.sqrt(5) * r)
    np.testing.assert_allclose(gaussian_process.matern52(r**2), expected)


@given(st.floats(0.01, 30.0))
def test_the_slope_is_that_of_the_kernel(square):
    step = 1e-5
    around = gaussian_process.matern52(np.array([square - step, square + step]))
    found = gaussian_process.matern52_slope(np.array([square]))[0]
    assert found == pytest.approx((around[1] - around[0]) / (2 * step), rel=1e-4)


@pytest.mark.parametrize("n", [1, 30, 49, 133])
def test_triangular_matrices_are_inverted(n):
    matrix = np.tril(np.random.default_rng(n).random((n, n))) + np.eye(n)
    inverse = gaussian_process.invert_lower(matrix)
    np.testing.assert_allclose(inverse @ matrix, np.eye(n), atol=1e-9)
    assert np.array_equal(inverse, np.tril(inverse))


@pytest.mark.parametrize("name", sorted(SPACES))
def test_the_gradient_is_that_of_the_loss(name):
    encoding, features, targets = data(name, 12)
    process = GaussianProcess(encoding)
    squares = encoding.squared_distances(features)
    rng = np.random.default_rng(2)
    parameters = process.parameters + 0.3 * rng.standard_normal(
        encoding.num_weights + 1
    )
    _, gradient = process.loss(squares, targets, parameters)
    for i in range(len(parameters)):
        step = np.zeros(len(parameters))
        step[i] = 1e-5
        above, _ = process.loss(squares, targets, parameters + step)
        below, _ = process.loss(squares, targets, parameters - step)
        assert gradient[i] == pytest.approx((above - below) / 2e-5, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("name", sorted(SPACES))
def test_predictions_are_those_of_the_definition(name):
    encoding, features, targets = data(name, 20)
    process = GaussianProcess(encoding)
    process.condition(features[:10])
    for i in range(10, 15):
        process.extend(features[i : i + 1])
    process.explain(targets[:15])
    means, deviations = process.predict(features[15:])

    weights, noise = np.exp(process.parameters[:-1]), np.exp(process.parameters[-1])
    scaled = features * encoding.scale(weights)
    kernel = gaussian_process.matern52(squared_distances(scaled, scaled))
    known = kernel[:15, :15] + noise * np.eye(15)
    cross = kernel[15:, :15]
    np.testing.assert_allclose(
        means, cross @ np.linalg.solve(known, targets[:15]), atol=1e-6
    )
    rest = kernel[15:, 15:] - cross @ np.linalg.solve(known, cross.T)
    fit = targets[:15] @ np.linalg.solve(known, targets[:15]) / 2 + 3.0
    signal = fit / (15 / 2 + 3.0)
    np.testing.assert_allclose(deviations**2, rest.diagonal() * signal, atol=1e-6)


def test_fitting_finds_what_matters():
    layout = Layout(SPACES["flat"]())
    encoding = Encoding(layout)
    rows = layout.from_units(np.random.default_rng(1).random((60, len(layout))))
    features = encoding(rows)
    targets = rows[:, 0] - rows[:, 0].mean()
    process = GaussianProcess(encoding)
    before, _ = process.loss(
        encoding.squared_distances(features), targets, process.parameters
    )
    process.fit(features, targets / targets.std(), 20)
    after, _ = process.loss(
        encoding.squared_distances(features), targets, process.parameters
    )
    assert after < before
    weights = dict(
        zip(
            [block.start for block in encoding.blocks],
            process.parameters[encoding.weight_of],
            strict=True,
        )
    )
    first, *others = [
        weights[b.start] for b in encoding.blocks if b.kind[0] == "category"
    ]
    assert first > max(others) + 1.0


def test_equal_rows_are_no_problem():
    encoding, features, _ = data("flat", 6)
    process = GaussianProcess(encoding)
    process.parameters[-1] = -40.0
    process.condition(np.repeat(features[:1], 6, axis=0))
    process.extend(features[:1])
    process.explain(np.zeros(7))
    means, deviations = process.predict(features)
    assert np.isfinite(means).all()
    assert np.isfinite(deviations).all()
