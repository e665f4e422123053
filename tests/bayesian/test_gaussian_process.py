import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove.bayesian import gaussian_process
from pyglove.bayesian.feature_map import FeatureMap, squared_distances
from pyglove.bayesian.gaussian_process import GaussianProcess
from pyglove.bayesian.row_encoding import RowEncoding
from tests.bayesian.helper import SPACES


def data(name, count, seed=1):
    encoding = RowEncoding(SPACES[name]())
    feature_map = FeatureMap(encoding)
    rng = np.random.default_rng(seed)
    rows = encoding.from_units(rng.random((count, len(encoding))))
    features = feature_map(rows)
    targets = features @ rng.standard_normal(feature_map.width)
    return feature_map, features, (targets - targets.mean()) / targets.std()


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
    feature_map, features, targets = data(name, 12)
    process = GaussianProcess(feature_map)
    squares = feature_map.squared_distances(features)
    rng = np.random.default_rng(2)
    parameters = process.parameters + 0.3 * rng.standard_normal(
        feature_map.num_weights + 1
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
    feature_map, features, targets = data(name, 20)
    process = GaussianProcess(feature_map)
    process.condition(features[:10])
    for i in range(10, 15):
        process.extend(features[i : i + 1])
    process.explain(targets[:15])
    means, deviations = process.predict(features[15:])

    weights, noise = np.exp(process.parameters[:-1]), np.exp(process.parameters[-1])
    scaled = features * feature_map.scale(weights)
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
    encoding = RowEncoding(SPACES["flat"]())
    feature_map = FeatureMap(encoding)
    rows = encoding.from_units(np.random.default_rng(1).random((60, len(encoding))))
    features = feature_map(rows)
    targets = rows[:, 0] - rows[:, 0].mean()
    process = GaussianProcess(feature_map)
    before, _ = process.loss(
        feature_map.squared_distances(features), targets, process.parameters
    )
    process.fit(features, targets / targets.std(), 20)
    after, _ = process.loss(
        feature_map.squared_distances(features), targets, process.parameters
    )
    assert after < before
    weights = dict(
        zip(
            [block.start for block in feature_map.blocks],
            process.parameters[feature_map.weight_of],
            strict=True,
        )
    )
    first, *others = [
        weights[b.start] for b in feature_map.blocks if b.kind[0] == "category"
    ]
    assert first > max(others) + 1.0


def test_equal_rows_are_no_problem():
    feature_map, features, _ = data("flat", 6)
    process = GaussianProcess(feature_map)
    process.parameters[-1] = -40.0
    process.condition(np.repeat(features[:1], 6, axis=0))
    process.extend(features[:1])
    process.explain(np.zeros(7))
    means, deviations = process.predict(features)
    assert np.isfinite(means).all()
    assert np.isfinite(deviations).all()
