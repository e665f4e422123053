"""Functions that lower modules call and higher modules supply.

`ValueSpec.from_annotation` belongs to the interface of value specs, yet it has to
know every value spec there is. Instead of importing upwards, the lower module calls
through a name declared here, and the higher one binds its function to that name.
"""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
C = TypeVar("C", bound=type[Any])


class LateBound:
    """A function that is supplied after it is declared.

    Args:
      name: What it does, for the error if nobody supplied it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._fn: Callable[..., Any] | None = None

    def bind(self, fn: F) -> F:
        """Supplies the function; usable as a decorator."""
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
    """A class attribute whose value is a class that a higher module supplies."""

    def __init__(self) -> None:
        self._cls: type[Any] | None = None

    def bind(self, cls: C) -> C:
        """Supplies the class; usable as a decorator."""
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
