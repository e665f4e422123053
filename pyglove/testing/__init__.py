"""Testing: checks that search algorithms of one's own do what all have to do."""

from pyglove.testing.conformance_error import ConformanceError
from pyglove.testing.generator_check import check_generator
from pyglove.testing.pytest_mark import parametrize_generators
from pyglove.testing.sample_space import SPACES

__all__ = [
    "check_generator",
    "parametrize_generators",
    "ConformanceError",
    "SPACES",
]


def __dir__() -> list[str]:
    return sorted(__all__)
