"""Callable objects, and markers of overridden methods."""

from abc import ABCMeta, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from pyglove.utils.error import PyGloveTypeError

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

if TYPE_CHECKING:
    from typing_extensions import override as override
else:
    # Importing `typing_extensions` only for this would be slow.
    def override(method: T) -> T:
        """Marks a method that overrides one of a base class, for type checkers."""
        return method


class Functor(metaclass=ABCMeta):
    """Interface of objects that can be called."""

    __slots__ = ()

    @abstractmethod
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Calls the functor."""


def explicit_method_override(method: F) -> F:
    """Marks a method that deliberately overrides a method that the library generates.

    Args:
      method: The method.

    Returns:
      The method.

    Example:
      >>> import pyglove.utils as utils
      >>> class A:
      ...     @utils.explicit_method_override
      ...     def __init__(self):
      ...         pass
      >>> utils.ensure_explicit_method_override(A.__init__)
    """
    setattr(method, "__explicit_override__", True)  # noqa: B010 - not in its type.
    return method


def ensure_explicit_method_override(
    method: Callable[..., Any], error_message: str | None = None
) -> None:
    """Raises an error unless a method is marked by `explicit_method_override`.

    Args:
      method: The method.
      error_message: The error message, if not the default one.

    Raises:
      TypeError: The method is not marked.
    """
    if getattr(method, "__explicit_override__", False):
        return
    raise PyGloveTypeError(
        error_message
        or f"Expected {method!r}, which overrides a method that the library takes care "
        "of, to be decorated by `@pg.explicit_method_override`, got it undecorated."
    )
