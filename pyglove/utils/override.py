"""`override` for type checkers, without what `typing_extensions` costs to import."""

from typing import TYPE_CHECKING, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    from typing_extensions import override as override
else:

    def override(method: T) -> T:
        """Marks a method that overrides one of a base class."""
        return method
