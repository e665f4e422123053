"""Errors of symbolic programming."""

from pyglove import utils


class WritePermissionError(utils.PyGloveError):
    """Raised when something is modified that may not be, or not in this way."""
