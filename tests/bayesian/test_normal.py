import math
from statistics import NormalDist

import numpy as np
import pytest

from pyglove.bayesian import normal


@pytest.mark.parametrize("x", [0.0, 0.3, 1.0, 3.0, 8.0, 20.0])
def test_tail_ratio_is_that_of_the_error_function(x):
    expected = (
        math.erfc(x / math.sqrt(2)) * math.sqrt(math.pi / 2) * math.exp(x * x / 2)
    )
    assert normal.tail_ratio(np.array([x]))[0] == pytest.approx(expected, rel=3e-7)


@pytest.mark.parametrize("p", [1e-12, 1e-4, 0.02, 0.3, 0.5, 0.7, 0.98, 1 - 1e-6])
def test_quantile_is_the_inverse_of_the_distribution(p):
    expected = NormalDist().inv_cdf(p)
    assert normal.quantile(np.array([p]))[0] == pytest.approx(expected, abs=1e-7)
