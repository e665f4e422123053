"""Default factory: a default that a function creates for each object."""

from collections.abc import Callable
from typing import Any


class DefaultFactory:
    """The default of a field that a function creates for each object.

    Args:
      factory: The function, which takes no arguments.
    """

    __slots__ = ("factory",)

    def __init__(self, factory: Callable[[], Any]):
        self.factory = factory

    def __call__(self) -> Any:
        """Returns a new default."""
        return self.factory()

    def __deepcopy__(self, memo: dict[int, Any]) -> "DefaultFactory":
        return self

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, DefaultFactory) and self.factory is other.factory

    def __hash__(self) -> int:
        return hash((DefaultFactory, self.factory))

    def __repr__(self) -> str:
        return "<factory>"


__all__ = ["DefaultFactory"]
