"""Gaussian process: the posterior of rewards, given evaluated rows.

The model has a mean of zero, a Matern 5/2 kernel with a weight (an inverse squared
length) for each block of a feature map, and noise. Weights and noise are those of
greatest posterior density, found by a few steps along the gradient. See Rasmussen and
Williams, "Gaussian Processes for Machine Learning" (2006), algorithm 2.1 and section
5.4.1. The variance of the signal has an inverse gamma prior and is integrated out
while the weights are fitted.
"""

import math

import numpy as np

from pyglove.bayesian.feature_map import FeatureMap, squared_distances
from pyglove.bayesian.row_encoding import Floats

_SQRT5 = math.sqrt(5.0)
# Below this size, LAPACK is faster than to halve the matrix.
_SMALL = 48
# Shape and scale of the prior of the signal's variance, the mean of which is near 1.
_PRIOR = 3.0
# Bounds of the logarithm of a weight, and of the noise.
_WEIGHT_RANGE = (-9.0, 6.0)
_NOISE_RANGE = (-13.0, 1.0)
# Prior of the logarithm of a weight: its standard deviation, and how much greater the
# mean is for blocks of numbers, along which distances are small.
_WEIGHT_SD = 1.25
_NUMBER_SHIFT = 1.4
# This number of differing categories is one length scale apart a priori.
_NEAR = 6.0
# Prior of the logarithm of the noise.
_NOISE_MEAN = -4.5
_NOISE_SD = 1.5


def matern52(squares: Floats) -> Floats:
    """Returns the Matern 5/2 correlation at squared distances.

    Args:
      squares: Squared distances, in units of the length scale.
    """
    r = np.sqrt(squares)
    r *= _SQRT5
    out = np.exp(-r)
    out *= 1.0 + r + r * r / 3.0
    return out


def matern52_slope(squares: Floats) -> Floats:
    """Returns the derivative of `matern52`.

    Args:
      squares: Squared distances, in units of the length scale.
    """
    r = np.sqrt(squares)
    r *= _SQRT5
    out = np.exp(-r)
    out *= (-5.0 / 6.0) * (1.0 + r)
    return out


def invert_lower(matrix: Floats) -> Floats:
    """Returns the inverse of a lower triangular matrix.

    Args:
      matrix: [n, n]
    """
    n = len(matrix)
    if n <= _SMALL:
        return np.tril(np.asarray(np.linalg.inv(matrix), np.float64))
    half = n // 2
    top = invert_lower(matrix[:half, :half])
    bottom = invert_lower(matrix[half:, half:])
    out = np.zeros_like(matrix)
    out[:half, :half] = top
    out[half:, half:] = bottom
    out[half:, :half] = -bottom @ (matrix[half:, :half] @ top)
    return out


def _cholesky(matrix: Floats) -> Floats:
    """Returns the Cholesky factor of a matrix, with more noise if that is needed."""
    jitter = 1e-8
    while True:
        try:
            factor: Floats = np.asarray(np.linalg.cholesky(matrix), np.float64)
            return factor
        except np.linalg.LinAlgError:
            matrix = matrix + jitter * np.eye(len(matrix))
            jitter *= 10.0


class GaussianProcess:
    """A Gaussian process over the rows of a space.

    Args:
      feature_map: Makes features of rows.

    Attributes:
      parameters: [num_weights + 1] Logarithms of the weights, and of the noise relative
        to the signal.
    """

    def __init__(self, feature_map: FeatureMap):
        self._feature_map = feature_map
        self._prior_means, self._prior_sds = _prior(feature_map)
        self.parameters: Floats = self._prior_means.copy()
        self._features: Floats = np.empty((0, feature_map.width))
        self._inverse: Floats = np.empty((0, 0))
        self._alpha: Floats = np.empty(0)
        self._signal = 1.0

    def __len__(self) -> int:
        return len(self._features)

    # ---- Parameters -----------------------------------------------------------

    def fit(self, features: Floats, targets: Floats, num_steps: int) -> None:
        """Improves the parameters.

        Args:
          features: [rows, features]
          targets: [rows] Standardized rewards.
          num_steps: Number of gradient steps; each costs a Cholesky factor.
        """
        squares = self._feature_map.squared_distances(features)
        parameters = self.parameters.copy()
        sizes = np.full(len(parameters), 0.3)
        best, best_loss = parameters, math.inf
        last = np.zeros(len(parameters))
        for _ in range(num_steps):
            loss, slope = self.loss(squares, targets, parameters)
            if loss < best_loss:
                best, best_loss = parameters, loss
            # Resilient steps (Riedmiller and Braun, 1993): only signs count.
            agrees = np.sign(slope) * np.sign(last)
            sizes *= np.where(agrees > 0, 1.3, np.where(agrees < 0, 0.5, 1.0))
            sizes = np.clip(sizes, 0.01, 1.5)
            parameters = parameters - sizes * np.sign(slope)
            parameters[:-1] = np.clip(parameters[:-1], *_WEIGHT_RANGE)
            parameters[-1] = np.clip(parameters[-1], *_NOISE_RANGE)
            last = slope
        self.parameters = best

    def loss(
        self, squares: Floats, targets: Floats, parameters: Floats
    ) -> tuple[float, Floats]:
        """Returns the negative logarithm of the posterior density, and its gradient.

        Args:
          squares: [num_weights, rows, rows] Squared distances by weight.
          targets: [rows] Standardized rewards.
          parameters: [num_weights + 1]
        """
        n = len(targets)
        weights, noise = np.exp(parameters[:-1]), math.exp(parameters[-1])
        flat = squares.reshape(len(weights), n * n)
        distances = (weights @ flat).reshape(n, n)
        matrix = matern52(distances)
        matrix.ravel()[:: n + 1] += noise
        factor = _cholesky(matrix)
        inverse_factor = invert_lower(factor)
        inverse = inverse_factor.T @ inverse_factor
        alpha = inverse @ targets
        fit = float(targets @ alpha) / 2.0 + _PRIOR
        z = (parameters - self._prior_means) / self._prior_sds
        loss = (n / 2.0 + _PRIOR) * math.log(fit)
        loss += float(np.log(factor.diagonal()).sum()) + float(z @ z) / 2.0
        # The derivative of the loss by each element of the matrix.
        slope = inverse - np.outer(alpha, alpha) * ((n / 2.0 + _PRIOR) / fit)
        slope /= 2.0
        gradient = z / self._prior_sds
        gradient[-1] += float(slope.trace()) * noise
        slope *= matern52_slope(distances)
        gradient[:-1] += (flat @ slope.ravel()) * weights
        return loss, gradient

    # ---- Data -----------------------------------------------------------------

    def condition(self, features: Floats) -> None:
        """Takes rows as data; `explain` tells their rewards.

        Args:
          features: [rows, features]
        """
        self._scale = self._feature_map.scale(np.exp(self.parameters[:-1]))
        self._noise = math.exp(self.parameters[-1])
        self._features = features * self._scale
        matrix = matern52(squared_distances(self._features, self._features))
        matrix.ravel()[:: len(matrix) + 1] = 1.0 + self._noise
        self._inverse = invert_lower(_cholesky(matrix))

    def extend(self, features: Floats) -> None:
        """Takes one more row as data.

        Args:
          features: [1, features]
        """
        scaled = features * self._scale
        column = matern52(squared_distances(self._features, scaled))[:, 0]
        projected = self._inverse @ column
        rest = 1.0 + self._noise - float(projected @ projected)
        root = math.sqrt(max(rest, 1e-10))
        n = len(self._features)
        inverse = np.zeros((n + 1, n + 1))
        inverse[:n, :n] = self._inverse
        inverse[n, :n] = (projected @ self._inverse) / -root
        inverse[n, n] = 1.0 / root
        self._inverse = inverse
        self._features = np.concatenate([self._features, scaled])

    def copy(self) -> "GaussianProcess":
        """Returns a process of the same data and parameters."""
        other = object.__new__(GaussianProcess)
        # Arrays are replaced when they change, never written to.
        other.__dict__.update(self.__dict__)
        return other

    def explain(self, targets: Floats) -> Floats:
        """Takes the rewards of the data.

        Args:
          targets: [rows] Standardized rewards.

        Returns:
          [rows] Posterior means of the rows, without noise.
        """
        self._alpha = self._inverse.T @ (self._inverse @ targets)
        fit = float(targets @ self._alpha) / 2.0 + _PRIOR
        self._signal = fit / (len(targets) / 2.0 + _PRIOR)
        return targets - self._noise * self._alpha

    def predict(self, features: Floats) -> tuple[Floats, Floats]:
        """Returns the posterior of rows.

        Args:
          features: [rows, features]

        Returns:
          The means, and the standard deviations, without noise.
        """
        cross = matern52(squared_distances(features * self._scale, self._features))
        means: Floats = cross @ self._alpha
        projected = cross @ self._inverse.T
        variances = 1.0 - np.einsum("ij,ij->i", projected, projected)
        np.maximum(variances, 1e-10, out=variances)
        deviations: Floats = np.sqrt(variances * self._signal)
        return means, deviations


def _prior(feature_map: FeatureMap) -> tuple[Floats, Floats]:
    """Returns the means and standard deviations of the parameters.

    The more decisions there are, the less each counts, so that the sum of their
    squared distances stays the same. See Hvarfner et al., "Vanilla Bayesian
    Optimization Performs Great in High Dimensions" (2024), section 4.
    """
    own = [block for block in feature_map.blocks if block.kind[0] != "tally"]
    base = math.log(_NEAR / max(len(own), 1))
    means = np.full(feature_map.num_weights + 1, base)
    for block, index in zip(feature_map.blocks, feature_map.weight_of, strict=True):
        if block.kind[0] in ("number", "ordinal"):
            means[index] = base + _NUMBER_SHIFT
    means[-1] = _NOISE_MEAN
    sds = np.full(len(means), _WEIGHT_SD)
    sds[-1] = _NOISE_SD
    return means, sds
