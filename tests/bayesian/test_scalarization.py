import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pyglove.bayesian import scalarization
from pyglove.tuning import pareto_front

POINTS = st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=1, max_size=12).map(
    lambda points: np.array(points, float)
)


@given(POINTS, st.integers(0, 1000))
def test_the_best_by_any_weights_is_in_the_front(points, seed):
    weights = scalarization.random_weights(3, np.random.default_rng(seed))
    best = scalarization.chebyshev(points, weights).argmax()
    assert best in pareto_front(points.tolist())


def test_each_part_of_a_front_that_is_not_convex_is_best_for_some_weights():
    points = np.array([[1.0, 0.0], [0.4, 0.4], [0.0, 1.0]])
    weights = [np.array(w) for w in ((0.9, 0.1), (0.5, 0.5), (0.1, 0.9))]
    best = [int(scalarization.chebyshev(points, w).argmax()) for w in weights]
    assert best == [0, 1, 2]


def test_rewards_may_be_no_numbers():
    rewards = [(1.0, float("nan")), (float("inf"), 2.0), (0.0, 1.0)]
    found = scalarization.scalarize(rewards, np.array([0.5, 0.5]))
    assert np.isfinite(found).all()
    assert found.argmax() == 1
