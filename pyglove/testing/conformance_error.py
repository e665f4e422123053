"""The error that says how an algorithm does not conform."""

from pyglove import utils


class ConformanceError(utils.PyGloveError, AssertionError):
    """A search algorithm that does not do what all have to do."""
