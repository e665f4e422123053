"""The value spec of lists."""

import typing
from collections.abc import Callable

from pyglove import utils
from pyglove.typing.field import late
from pyglove.typing.field.error import value_error
from pyglove.typing.field.field import Field
from pyglove.typing.field.json_form import JSONItems
from pyglove.typing.field.key_spec import ListKey
from pyglove.typing.field.path import path_for_callback
from pyglove.typing.field.value_spec import ChildTransform, ValueSpec
from pyglove.typing.introspection.forward_ref import ForwardRef
from pyglove.typing.introspection.generic import Generic
from pyglove.typing.spec.base import ValueSpecBase
from pyglove.utils import (
    MISSING_VALUE,
    MaybePartial,
    PyGloveTypeError,
    PyGloveValueError,
)
from pyglove.utils.call_form import CallItems
from pyglove.utils.serialization.json_type import published_as


def size_bounds(
    min_size: int | None, max_size: int | None, size: int | None
) -> tuple[int | None, int | None]:
    """Returns the bounds that `size`, or `min_size` and `max_size`, define.

    Raises:
      TypeError: A size is not an `int`.
      ValueError: The arguments contradict each other.
    """
    min_size, max_size, size = map(utils.python_scalar, (min_size, max_size, size))
    for bound in (min_size, max_size, size):
        if bound is not None and not isinstance(bound, int):
            raise PyGloveTypeError(
                f"Expected an int as a number of items, got {bound!r}."
            )
    if size is not None:
        if min_size is not None or max_size is not None:
            raise PyGloveValueError(
                "Expected either an exact size or bounds of it, got both: "
                f"size={size}, min_size={min_size}, max_size={max_size}."
            )
        min_size = max_size = size
    if min_size is not None and min_size < 0:
        raise PyGloveValueError(
            f"Expected a least number of items of 0 or more, got {min_size}."
        )
    if max_size is not None and max_size < (min_size or 0):
        raise PyGloveValueError(
            "Expected a greatest number of items that is not below 0 or the least one, "
            f"got min_size={min_size}, max_size={max_size}."
        )
    return min_size, max_size


@late.list_type.bind
@published_as("pyglove.typing.List")
class List(Generic, ValueSpecBase):
    """Lists with one spec for all items.

    Args:
      element_value: The spec or the type annotation of the items.
      default: The default value.
      min_size: The least number of items, or None.
      max_size: The greatest number of items, or None.
      size: The exact number of items, or None.
      transform: A function that is applied to values before they are checked.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.List(pgt.Int(), max_size=3)
      List(Int(), max_size=3)
      >>> pgt.List[float].apply([1])
      [1.0]
    """

    _native = True

    def __init__(
        self,
        element_value: typing.Any,
        default: typing.Any = MISSING_VALUE,
        min_size: int | None = None,
        max_size: int | None = None,
        size: int | None = None,
        transform: Callable[[typing.Any], list[typing.Any]] | None = None,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        if not isinstance(element_value, ValueSpec):
            element_value = ValueSpec.from_annotation(element_value, auto_typing=True)
        min_size, max_size = size_bounds(min_size, max_size, size)
        self._element = Field(
            ListKey(min_size or 0, max_size), element_value, "Field of list element"
        )
        super().__init__(list, default, transform, is_noneable, frozen)

    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Returns the default if there are no arguments, or else creates a list."""
        return self._call_type(list, args, kwargs)

    @property
    def element(self) -> Field:
        """The field of the items."""
        return self._element

    @property
    def forward_refs(self) -> set[ForwardRef]:
        """The forward references that this spec uses."""
        return self._element.value.forward_refs

    @property
    def min_size(self) -> int:
        """The least number of items."""
        return typing.cast(ListKey, self._element.key).min_value

    @property
    def max_size(self) -> int | None:
        """The greatest number of items, or None."""
        return typing.cast(ListKey, self._element.key).max_value

    def _apply(
        self,
        value: list[typing.Any],
        allow_partial: bool,
        child_transform: ChildTransform | None,
        root_path: typing.Any,
    ) -> list[typing.Any]:
        element = self._element
        spec = element.value
        unchanged: tuple[type[typing.Any], ...] = ()
        if child_transform is None:
            if spec.accepts_any:
                return value
            if not spec.inline_condition("x"):
                unchanged = tuple(
                    t for t in spec.exact_types if not issubclass(t, MaybePartial)
                )
        for i, item in enumerate(value):
            if type(item) in unchanged:
                continue
            path = path_for_callback(root_path, i, child_transform)
            new = spec.apply(item, allow_partial, child_transform, path)
            if child_transform is not None:
                new = child_transform(path, element, new)
            if new is not item:
                value[i] = new
        return value

    def clone(self) -> "List":
        """Returns a copy that can be modified independently."""
        spec = super().clone()
        spec._element = self._element.clone()
        return spec

    def _validate(self, path: typing.Any, value: list[typing.Any]) -> None:
        min_size, max_size = self.min_size, self.max_size
        if len(value) < min_size:
            raise value_error(
                f"Expected a list of {min_size} or more items, got {len(value)}: "
                f"{value!r}.",
                path,
            )
        if max_size is not None and len(value) > max_size:
            raise value_error(
                f"Expected a list of {max_size} or fewer items, got {len(value)}: "
                f"{value!r}.",
                path,
            )

    def _extend(self, base: "List") -> None:
        self._element.key.extend(base._element.key)
        self._element.value.extend(base._element.value)

    def _is_compatible(self, other: "List") -> bool:
        if self.max_size is not None and (
            other.max_size is None or other.max_size > self.max_size
        ):
            return False
        return self._element.value.is_compatible(other._element.value)

    def _annotate(self) -> typing.Any:
        element = self._element.value.annotation
        alias: typing.Any = typing.List  # noqa: UP006 - the published form.
        return alias[typing.Any if element is MISSING_VALUE else element]

    def _eq(self, other: "List") -> bool:
        return self._element == other._element

    def __hash__(self) -> int:
        return hash((List, self._is_noneable, self._frozen, self._element))

    def _format_items(self) -> CallItems:
        return [
            ("", self._element.value, None),
            ("min_size", self.min_size, 0),
            ("max_size", self.max_size, None),
            ("default", self._default, MISSING_VALUE),
            ("noneable", self._is_noneable, False),
            ("frozen", self._frozen, False),
        ]

    def _json_items(self) -> JSONItems:
        common = super()._json_items()
        return {
            "element_value": (self._element.value, None),
            "default": common["default"],
            "min_size": (self.min_size, None),
            "max_size": (self.max_size, None),
            "transform": (self._transform, None),
            "is_noneable": common["is_noneable"],
            "frozen": common["frozen"],
        }

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> "List":
        """`List[item]`."""
        if len(type_args) != 1:
            raise PyGloveTypeError(
                f"Expected one type of items, as in `List[int]`, got {type_args!r}."
            )
        return cls(type_args[0])
