"""The value spec of any value."""

import typing
from collections.abc import Callable

from pyglove.typing.field.json_form import JSONItems
from pyglove.typing.field.value_spec import ValueSpec
from pyglove.typing.spec.base import ValueSpecBase
from pyglove.utils import MISSING_VALUE, PyGloveTypeError
from pyglove.utils.call_form import CallItems
from pyglove.utils.serialization.json_type import published_as


@published_as("pyglove.typing.Any")
class Any(ValueSpecBase):
    """Any value, None included.

    Args:
      default: The default value.
      annotation: The type annotation that this spec stands for.
      transform: A function that is applied to values.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Any(1, annotation=int)
      Any(default=1, annotation=<class 'int'>)
    """

    _is_any = True

    def __init__(
        self,
        default: typing.Any = MISSING_VALUE,
        annotation: typing.Any = MISSING_VALUE,
        transform: Callable[[typing.Any], typing.Any] | None = None,
        frozen: bool = False,
    ) -> None:
        self._annotation = annotation
        super().__init__(object, default, transform, is_noneable=True, frozen=frozen)

    @property
    def accepts_any(self) -> bool:  # type: ignore[override]
        """Whether all values are accepted unchanged, except for missing ones."""
        return self._transform is None and not self._frozen and self._native

    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Raises a TypeError: the spec has no type to call."""
        raise PyGloveTypeError(
            f"Expected a value spec of a single type to call, got {self!r}."
        )

    def _checked_type(self) -> None:
        return None

    def _can_extend(self, base: ValueSpec) -> bool:
        return isinstance(base, Any)

    def is_compatible(self, other: ValueSpec) -> bool:
        """Always true."""
        return True

    def annotate(self, annotation: typing.Any) -> "Any":
        """Sets the type annotation.

        Args:
          annotation: The annotation that this spec stands for.

        Returns:
          This spec.
        """
        self._annotation = annotation
        return self

    @property
    def annotation(self) -> typing.Any:
        """The type annotation that this spec stands for, or `MISSING_VALUE`."""
        return self._annotation

    def _annotate(self) -> typing.Any:
        return self._annotation

    def _eq(self, other: "Any") -> bool:
        return bool(self._annotation == other._annotation)

    def _format_items(self) -> CallItems:
        return [
            ("default", self._default, MISSING_VALUE),
            ("frozen", self._frozen, False),
            ("annotation", self._annotation, MISSING_VALUE),
        ]

    def _json_items(self) -> JSONItems:
        return {
            "default": (self._default, MISSING_VALUE),
            "annotation": (self._annotation, MISSING_VALUE),
            "transform": (self._transform, None),
            "frozen": (self._frozen, False),
        }
