"""The value spec of tuples."""

import typing
from collections.abc import Callable, Sequence

from pyglove.typing.field.error import extension_error, value_error
from pyglove.typing.field.field import Field
from pyglove.typing.field.json_form import JSONItems
from pyglove.typing.field.key_spec import TupleKey
from pyglove.typing.field.path import path_for_callback
from pyglove.typing.field.spec_work import SPEC_WORK, spend
from pyglove.typing.field.value_spec import ChildTransform, ValueSpec
from pyglove.typing.introspection.forward_ref import ForwardRef
from pyglove.typing.introspection.generic import Generic
from pyglove.typing.spec.base import ValueSpecBase
from pyglove.typing.spec.list_spec import size_bounds
from pyglove.utils import MISSING_VALUE, PyGloveValueError
from pyglove.utils.call_form import CallItems
from pyglove.utils.serialization.json_type import published_as


@published_as("pyglove.typing.Tuple")
class Tuple(Generic, ValueSpecBase):
    """Tuples, with a spec for each item or one spec for all items.

    Args:
      element_values: The spec or the type annotation of all items, or a list with
        one for each item.
      default: The default value.
      min_size: The least number of items with one spec, or None.
      max_size: The greatest number of items with one spec, or None.
      size: The exact number of items with one spec, or None.
      transform: A function that is applied to values before they are checked.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Tuple[int, str], pgt.Tuple[int, ...], pgt.Tuple(int, size=2)
      (Tuple([Int(), Str()]), Tuple(Int()), Tuple([Int(), Int()]))
    """

    _native = True

    def __init__(
        self,
        element_values: typing.Any | Sequence[typing.Any],
        default: typing.Any = MISSING_VALUE,
        min_size: int | None = None,
        max_size: int | None = None,
        size: int | None = None,
        transform: Callable[[typing.Any], tuple[typing.Any, ...]] | None = None,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        if isinstance(element_values, (list, tuple)):
            if not element_values:
                raise PyGloveValueError(
                    "Expected at least one value spec as `element_values` of a Tuple, "
                    f"got {element_values!r}."
                )
            if not (min_size is max_size is size is None):
                raise PyGloveValueError(
                    "Expected either a list of value specs or a size for a Tuple, got "
                    f"both: {element_values!r} and (size={size}, min_size={min_size}, "
                    f"max_size={max_size})."
                )
            specs = [_spec(value) for value in element_values]
        else:
            spec = _spec(element_values)
            min_size, max_size = size_bounds(min_size, max_size, size)
            if max_size is None or min_size != max_size:
                self._elements = [
                    Field(TupleKey(), spec, "Field of variable-length tuple element")
                ]
                self._min_size, self._max_size = min_size or 0, max_size
                super().__init__(tuple, default, transform, is_noneable, frozen)
                return
            if SPEC_WORK.open_count:
                spend(max_size)
            specs = [spec] * max_size
        self._elements = [
            Field(TupleKey(i), spec, f"Field of tuple element at {i}")
            for i, spec in enumerate(specs)
        ]
        self._min_size = self._max_size = len(specs)
        super().__init__(tuple, default, transform, is_noneable, frozen)

    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Returns the default if there are no arguments, or else creates a tuple."""
        return self._call_type(tuple, args, kwargs)

    @property
    def fixed_length(self) -> bool:
        """Whether there is a spec for each item."""
        return self._min_size == self._max_size

    @property
    def min_size(self) -> int:
        """The least number of items."""
        return self._min_size

    @property
    def max_size(self) -> int | None:
        """The greatest number of items, or None."""
        return self._max_size

    @property
    def elements(self) -> list[Field]:
        """The field of each item, or the one field of all items."""
        return self._elements

    @property
    def forward_refs(self) -> set[ForwardRef]:
        """The forward references that this spec uses."""
        return set().union(*(e.value.forward_refs for e in self._elements))

    def clone(self) -> "Tuple":
        """Returns a copy that can be modified independently."""
        spec = super().clone()
        spec._elements = [element.clone() for element in self._elements]
        return spec

    def __len__(self) -> int:
        """Returns the number of items if there is a spec for each, else 0."""
        return len(self._elements) if self.fixed_length else 0

    def __bool__(self) -> bool:
        return True

    def _apply(
        self,
        value: tuple[typing.Any, ...],
        allow_partial: bool,
        child_transform: ChildTransform | None,
        root_path: typing.Any,
    ) -> tuple[typing.Any, ...]:
        self._check_size(value, root_path)
        fixed = self.fixed_length
        items = []
        for i, item in enumerate(value):
            element = self._elements[i if fixed else 0]
            path = path_for_callback(root_path, i, child_transform)
            new = element.value.apply(item, allow_partial, child_transform, path)
            if child_transform is not None:
                new = child_transform(path, element, new)
            items.append(new)
        make_named = getattr(value, "_make", None)
        return tuple(items) if make_named is None else make_named(items)

    def _check_size(self, value: tuple[typing.Any, ...], path: typing.Any) -> None:
        size = len(value)
        if self.fixed_length:
            if size != self._min_size:
                raise value_error(
                    f"Expected a tuple of {self._min_size} items for {self!r}, got "
                    f"{size}: {value!r}.",
                    path,
                )
        elif size < self._min_size:
            raise value_error(
                f"Expected a tuple of {self._min_size} or more items, got {size}: "
                f"{value!r}.",
                path,
            )
        elif self._max_size is not None and size > self._max_size:
            raise value_error(
                f"Expected a tuple of {self._max_size} or fewer items, got {size}: "
                f"{value!r}.",
                path,
            )

    def _extend(self, base: "Tuple") -> None:
        if base.fixed_length:
            if not self.fixed_length:
                raise extension_error(self, base, "its number of items may vary")
            if len(self) != len(base):
                raise extension_error(
                    self, base, f"it has {len(self)} items, and the base {len(base)}"
                )
        else:
            self._extend_bounds(base)
        for i, element in enumerate(self._elements):
            base_element = base._elements[i if base.fixed_length else 0]
            element.value.extend(base_element.value)

    def _extend_bounds(self, base: "Tuple") -> None:
        if not self.fixed_length and self._min_size == 0:
            self._min_size = base._min_size
        if self._min_size < base._min_size:
            raise extension_error(
                self, base, f"it accepts fewer than {base._min_size} items"
            )
        if base._max_size is not None:
            if self._max_size is None:
                self._max_size = base._max_size
            elif self._max_size > base._max_size:
                raise extension_error(
                    self, base, f"it accepts more than {base._max_size} items"
                )

    def _is_compatible(self, other: "Tuple") -> bool:
        if self.fixed_length:
            return len(self) == len(other) and all(
                mine.value.is_compatible(theirs.value)
                for mine, theirs in zip(self._elements, other._elements, strict=True)
            )
        if self._min_size > other._min_size:
            return False
        if self._max_size is not None and (
            other._max_size is None or other._max_size > self._max_size
        ):
            return False
        element = self._elements[0].value
        return all(element.is_compatible(theirs.value) for theirs in other._elements)

    def _annotate(self) -> typing.Any:
        annotations = tuple(
            typing.Any if e.annotation is MISSING_VALUE else e.annotation
            for e in self._elements
        )
        if not self.fixed_length:
            annotations += (...,)
        return typing.Tuple[annotations]  # noqa: UP006 - the published form.

    def _eq(self, other: "Tuple") -> bool:
        return (
            self._elements == other._elements
            and self._min_size == other._min_size
            and self._max_size == other._max_size
        )

    def __hash__(self) -> int:
        return hash((Tuple, self._is_noneable, self._frozen, *self._elements))

    def _format_items(self) -> CallItems:
        specs = [e.value for e in self._elements]
        if self.fixed_length:
            sizes = []
        else:
            sizes = [
                ("min_size", self._min_size, 0),
                ("max_size", self._max_size, None),
            ]
        return [
            ("", specs if self.fixed_length else specs[0], None),
            ("default", self._default, MISSING_VALUE),
            *sizes,
            ("noneable", self._is_noneable, False),
            ("frozen", self._frozen, False),
        ]

    def _json_items(self) -> JSONItems:
        common = super()._json_items()
        specs = [e.value for e in self._elements]
        fixed = self.fixed_length
        return {
            "element_values": (specs if fixed else specs[0], None),
            "default": common["default"],
            "min_size": (None if fixed else self._min_size, None),
            "max_size": (None if fixed else self._max_size, None),
            "transform": (self._transform, None),
            "is_noneable": common["is_noneable"],
            "frozen": common["frozen"],
        }

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> "Tuple":
        """`Tuple[item1, item2]` or `Tuple[item, ...]`."""
        if len(type_args) == 2 and type_args[1] is ...:
            return cls(type_args[0])
        return cls(list(type_args))


def _spec(value: typing.Any) -> ValueSpec:
    if isinstance(value, ValueSpec):
        return value
    return ValueSpec.from_annotation(value, auto_typing=True)
