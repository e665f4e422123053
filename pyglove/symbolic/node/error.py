"""Errors of symbolic programming."""

from pyglove import utils


class WritePermissionError(utils.PyGloveError):
    """Raised if a value may not be modified, or not in this way."""
