"""The rows of the table, a module for each group, in the table's order."""

from operations import object, callable, tree, container, large, program, space, trial  # noqa: F401, I001
from operations import service, start, view  # noqa: F401
from registry import OPERATIONS

__all__ = ["OPERATIONS"]
