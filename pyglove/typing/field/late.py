"""Functions that lower modules call and higher modules implement.

`ValueSpec.from_annotation` is a part of the interface of value specs, but depends on
all value specs. To avoid an upward import, the lower module calls a function that is
declared here, and the higher module binds the implementation.
"""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
C = TypeVar("C", bound=type[Any])


class LateBound:
    """A function whose implementation is bound later.

    Args:
      name: The name of the function, for error messages.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._fn: Callable[..., Any] | None = None

    def bind(self, fn: F) -> F:
        """Binds the implementation; usable as a decorator."""
        self._fn = fn
        return fn

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Calls the function."""
        if self._fn is None:
            raise NotImplementedError(
                f"Expected a function bound to {self._name!r}, got none. Import "
                "`pyglove.typing`, which binds it."
            )
        return self._fn(*args, **kwargs)


class LateClass:
    """A class attribute whose value is a class that a higher module binds."""

    def __init__(self) -> None:
        self._cls: type[Any] | None = None

    def bind(self, cls: C) -> C:
        """Binds the class; usable as a decorator."""
        self._cls = cls
        return cls

    def __get__(self, instance: Any, owner: type[Any]) -> Any:
        return self._cls


value_spec_from_annotation = LateBound("value_spec_from_annotation")
field_from_annotation = LateBound("field_from_annotation")
union = LateBound("union")
to_json_schema = LateBound("to_json_schema")
value_spec_from_json_schema = LateBound("value_spec_from_json_schema")
schema_from_json_schema = LateBound("schema_from_json_schema")


list_type = LateClass()
dict_type = LateClass()
object_type = LateClass()
