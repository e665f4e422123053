"""List: a list whose items are part of a symbolic tree."""

import operator
from collections.abc import Callable, Iterable
from typing import Any, SupportsIndex

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compiled.element_plan import LIST_PLANS
from pyglove.symbolic.compiled.object_runtime import is_writable
from pyglove.symbolic.container.list_node import ListNode, T
from pyglove.symbolic.form import formatting, persistence, pickling
from pyglove.symbolic.node import foreign_value
from pyglove.symbolic.node.change import Change, FieldUpdate, notify
from pyglove.symbolic.node.error import WritePermissionError
from pyglove.symbolic.node.insertion import inserted
from pyglove.symbolic.node.node import (
    ATOMS,
    CONVERTERS,
    CUSTOM,
    PARTIAL,
    SEALED,
    KeyPath,
    Node,
    default_hook,
    disown,
    node_path,
    seal_tree,
)
from pyglove.symbolic.node.plain_form import (
    NotPlain,
    list_json,
    list_json_text,
    list_line,
    list_lines,
)
from pyglove.symbolic.protocol.symbolic import list_type
from pyglove.symbolic.tree import comparison
from pyglove.symbolic.tree.binding import check_value, own, release
from pyglove.symbolic.tree.rebinding import is_same, is_sealed, rebind
from pyglove.symbolic.tree.resolving import is_written
from pyglove.symbolic.tree.wrapper_state import deep_copy
from pyglove.utils.descent import Steps, descend_after, stepwise
from pyglove.utils.formatting import Text, format_part, join_texts
from pyglove.utils.serialization.json_conversion import write_part
from pyglove.utils.serialization.json_type import published_as

MISSING_VALUE = utils.MISSING_VALUE


@published_as("pyglove.core.symbolic.list.List")
@list_type.bind
class List(ListNode[T]):
    """A list that is a node of a symbolic tree.

    It is a `list`. Plain lists and dicts among its items become `pg.List` and
    `pg.Dict`. With a value spec, items are checked.
    """

    def __init__(
        self,
        items: Iterable[T] | None = None,
        *,
        value_spec: pg_typing.List | None = None,
        onchange_callback: Callable[[dict[KeyPath, FieldUpdate]], None] | None = None,
        allow_partial: bool = False,
        accessor_writable: bool = True,
        sealed: bool = False,
        root_path: KeyPath | str | None = None,
    ):
        """Creates a list.

        Args:
          items: The initial items.
          value_spec: The value spec of the list; None to accept anything.
          onchange_callback: Called with the updates after each change of this list or
            a part of it.
          allow_partial: Whether required values may be missing in items.
          accessor_writable: Whether items may be assigned.
          sealed: Whether modification is forbidden.
          root_path: The path of the list, if it is not part of a larger tree.

        Raises:
          TypeError: if the type of an item is not accepted.
          ValueError: if an item or the number of items is not accepted.
        """
        list.__init__(self)
        if value_spec is not None:
            if not isinstance(value_spec, pg_typing.List):
                raise utils.PyGloveTypeError(
                    f"Expected a `pg.typing.List` as `value_spec`, got {value_spec!r}."
                )
            self._sym_plan = LIST_PLANS.get(value_spec)
        if allow_partial:
            self._sym_flags |= PARTIAL
        if root_path:
            self._sym_root_path = KeyPath.from_value(root_path)
        if items is not None or self._sym_plan.is_sized:
            self._sym_fill(() if items is None else items)
        if onchange_callback is not None:
            self._sym_callback = onchange_callback
            self._sym_listens = True
            self._sym_flags |= CUSTOM
        if not accessor_writable:
            ListNode.set_accessor_writable(self, False)
        if sealed:
            seal_tree(self, True)

    @classmethod
    def partial(
        cls,
        items: Iterable[T] | None = None,
        *,
        value_spec: pg_typing.List | None = None,
        onchange_callback: Callable[..., None] | None = None,
        **kwargs: Any,
    ) -> "List[T]":
        """Creates a list in which required values may be missing.

        Args:
          items: The items.
          value_spec: The value spec of the list.
          onchange_callback: Called with the updates after each change.
          **kwargs: Further arguments of the constructor.
        """
        return cls(
            items,
            value_spec=value_spec,
            onchange_callback=onchange_callback,
            allow_partial=True,
            **kwargs,
        )

    @property
    def max_size(self) -> int | None:
        """The maximum length of this list, or None."""
        return self._sym_plan.max_size

    # ---- Modification --------------------------------------------------------

    def _check_mutable(self, is_assignment: bool = False) -> None:
        """Raises an error if this list must not be modified."""
        if is_sealed(self):
            raise WritePermissionError(
                utils.message_on_path(
                    "Expected a list that may be modified, got a sealed one. Call "
                    "`seal(False)` first.",
                    node_path(self),
                )
            )
        if is_assignment and not is_writable(self):
            raise WritePermissionError(
                utils.message_on_path(
                    "Expected a list whose items may be assigned, got one with "
                    "`accessor_writable=False`. Use `rebind`.",
                    node_path(self),
                )
            )

    def append(self, value: T) -> None:
        """Appends an item."""
        if (
            self._sym_flags & SEALED
            or type(value) not in self._sym_plan.atoms
            or self._sym_plan.max_size is not None
            or self._sym_parent is not None
            or self._sym_listens
        ):
            self.insert(len(self), inserted(value))
            return
        list.append(self, value)

    def insert(self, index: SupportsIndex, value: T) -> None:
        """Inserts an item before `index`."""
        self._check_mutable()
        size, i = len(self), _as_index(index)
        if value is MISSING_VALUE:
            return
        i = min(i, size) if i >= 0 else max(i + size, 0)
        stored = self._insert(i, value)
        notify((Change(self, i, MISSING_VALUE, stored),))

    def extend(self, other: Iterable[T]) -> None:
        """Appends all items of `other`."""
        self._check_mutable()
        items = other.sym_values() if isinstance(other, ListNode) else other
        self._splice(len(self), len(self), list(items))

    def __iadd__(self, other: Iterable[T]) -> "List[T]":  # type: ignore[override,misc]
        self.extend(other)
        return self

    def _splice(self, start: int, stop: int, values: list[Any]) -> None:
        """Replaces the items from `start` to `stop`; an error changes nothing."""
        is_plain = self._sym_plan.atoms.issuperset(map(type, values))
        if not is_plain:
            values = [v for v in map(inserted, values) if v is not MISSING_VALUE]
        size = len(self) - (stop - start) + len(values)
        self._check_size(size)
        if not is_plain:
            values = self._check_all(start, values)
        old = list.__getitem__(self, slice(start, stop))
        for i, value in enumerate(old):
            if type(value) in ATOMS or (i < len(values) and values[i] is value):
                continue
            disown(self, value)
        if not is_plain:
            values = [own(self, start + i, v) for i, v in enumerate(values)]
        list.__setitem__(self, slice(start, stop), values)
        if start + len(values) < len(self) and len(old) != len(values):
            self._renumber(start + len(values))
        changes = []
        for i in range(max(len(old), len(values))):
            before = old[i] if i < len(old) else MISSING_VALUE
            after = values[i] if i < len(values) else MISSING_VALUE
            if before is not after:
                changes.append(Change(self, start + i, before, after))
        if changes:
            notify(changes)

    def _check_all(self, start: int, values: list[Any]) -> list[Any]:
        """Checks and converts values for the indices from `start` on."""
        element = self._sym_plan.element
        checked: list[Any] = []
        try:
            for i, value in enumerate(values, start):
                checked.append(check_value(self, i, element, value))
        except BaseException:
            for value, taken in zip(values, checked, strict=False):
                if taken is not value and isinstance(taken, Node):
                    release(taken, [value])
            raise
        return checked

    def __setitem__(self, index: Any, value: Any) -> None:
        if isinstance(index, slice):
            self._check_mutable(is_assignment=True)
            self._set_slice(index, list(value))
            return
        if not isinstance(index, int):
            raise utils.PyGloveTypeError(
                f"Expected an int or a slice as an index, got {index!r}."
            )
        self._check_mutable(is_assignment=True)
        if not -len(self) <= index < len(self):
            raise utils.PyGloveIndexError(
                f"Expected an index of one of {len(self)} items, got {index}."
            )
        index %= len(self)
        if value is MISSING_VALUE:
            self._delete(index)
            return
        old, new = self._sym_assign(index, value)
        if old is not new and not is_same(old, new):
            notify((Change(self, index, old, new),))

    def _set_slice(self, index: slice, values: list[Any]) -> None:
        start, stop, step = index.indices(len(self))
        if step == 1:
            self._splice(start, max(start, stop), values)
            return
        positions = range(start, stop, step)
        if len(positions) != len(values):
            raise utils.PyGloveValueError(
                f"Expected {len(positions)} values for the slice {index!r}, got "
                f"{len(values)}."
            )
        updates = dict(zip(positions, values, strict=True))
        rebind(self, updates, {}, raise_on_no_change=False)

    def __delitem__(self, index: Any) -> None:
        self._check_mutable(is_assignment=True)
        if isinstance(index, slice):
            positions = range(*index.indices(len(self)))
            if positions.step == 1:
                self._splice(positions.start, positions.start + len(positions), [])
                return
            self._check_size(len(self) - len(positions))
            for i in sorted(positions, reverse=True):
                self._delete(i)
            return
        index = _as_index(index)
        if not -len(self) <= index < len(self):
            raise utils.PyGloveIndexError(
                f"Expected an index of one of {len(self)} items, got {index}."
            )
        self._delete(index % len(self))

    def _delete(self, index: int) -> None:
        """Removes the item at a valid, non-negative index."""
        if self._sym_plan.min_size:
            self._check_size(len(self) - 1)
        old = list.pop(self, index)
        if type(old) not in ATOMS:
            disown(self, old)
        if index < len(self):
            self._renumber(index)
        notify((Change(self, index, old, MISSING_VALUE),))

    def pop(self, index: SupportsIndex = -1) -> T:
        """Removes and returns an item."""
        i = _as_index(index)
        if not -len(self) <= i < len(self):
            raise utils.PyGloveIndexError(
                f"Expected an index of one of {len(self)} items, got {i}."
            )
        self._check_mutable()
        value = self[i]
        self._delete(i % len(self))
        return value

    def remove(self, value: T) -> None:
        """Removes the first item that equals `value`."""
        for i, item in enumerate(list.__iter__(self)):
            if is_written(item, value):
                self._check_mutable(is_assignment=True)
                self._delete(i)
                return
        raise utils.PyGloveValueError(f"Expected an item of the list, got {value!r}.")

    def clear(self) -> None:
        """Removes all items, without a notification."""
        self._check_mutable()
        self._check_size(0)
        old = list(list.__iter__(self))
        list.clear(self)
        for value in old:
            disown(self, value)

    def sort(self, *, key: Any = None, reverse: bool = False) -> None:
        """Sorts the items in place, without a notification."""
        self._check_mutable()
        before = list(list.__iter__(self))
        try:
            list.sort(self, key=key, reverse=reverse)
        except BaseException:
            list.__setitem__(self, slice(None), before)
            raise
        finally:
            self._renumber(0)

    def reverse(self) -> None:
        """Reverses the items in place, without a notification."""
        self._check_mutable()
        list.reverse(self)
        self._renumber(0)

    def copy(self) -> "List[T]":
        """Returns a copy; symbolic items are copied, others shared."""
        return self.sym_clone()

    def __add__(self, other: Any) -> "List[T]":  # type: ignore[override]
        new = self.sym_clone()
        new.extend(other)
        return new

    def __imul__(self, n: SupportsIndex) -> "List[T]":
        self._check_mutable()
        count = _as_index(n)
        if count < 1:
            self._splice(0, len(self), [])
        else:
            self._splice(len(self), len(self), [*self.sym_values()] * (count - 1))
        return self

    def __mul__(self, n: SupportsIndex) -> "List[T]":
        values: list[Any] = [*self.sym_values()] * n
        return List(values, value_spec=self._sym_plan.spec)

    __rmul__ = __mul__

    # ---- Comparison and form -------------------------------------------------

    @default_hook
    def sym_hash(self) -> int:
        """Returns a hash that agrees with `sym_eq`."""
        return comparison.hash_of_list(
            list.__iter__(self), comparison.has_references(self)
        )

    def _sym_pairs(self) -> Any:
        return [*enumerate(list.__iter__(self))]

    def _sym_json(self) -> Any:
        if type(self) is not List:
            raise NotPlain
        return list_json(self)

    def _sym_json_text(self) -> str:
        if type(self) is not List:
            raise NotPlain
        return list_json_text(self)

    def _sym_lines(self, indent: int) -> str:
        if type(self) is not List:
            return super()._sym_lines(indent)
        return list_lines(self, indent)

    def _sym_line(self, indent: int) -> str:
        if type(self) is not List:
            return super()._sym_line(indent)
        return list_line(self, indent)

    def __repr__(self) -> str:
        try:
            return list.__repr__(self)
        except RecursionError as error:
            return str(descend_after(error, _repr_step, self))

    def __eq__(self, other: Any) -> bool:
        try:
            if not foreign_value.hold_arrays(list.__iter__(self)):
                return list.__eq__(self, other)
        except RecursionError:
            pass
        return comparison.eq(self, other)

    def __ne__(self, other: Any) -> bool:
        try:
            if not foreign_value.hold_arrays(list.__iter__(self)):
                return list.__ne__(self, other)
        except RecursionError:
            pass
        return not comparison.eq(self, other)

    def __hash__(self) -> int:  # type: ignore[override]
        return self.sym_hash()

    def __copy__(self) -> "List[T]":
        return self.sym_clone()

    def __deepcopy__(self, memo: dict[int, Any]) -> "List[T]":
        copied: List[T] = deep_copy(self, memo)
        return copied

    def _sym_pickled_state(self) -> Any:
        return pickling.container_state(self, list(list.__iter__(self)))

    __reduce_ex__ = pickling.reducer(pickling.fill_container)

    @default_hook
    @stepwise(write_part)
    def sym_jsonify(
        self,
        use_inferred: bool = False,
        omit_symbolic_marker: bool = True,
        **kwargs: Any,
    ) -> Any:
        """Returns this list as a value that `json` can write.

        Args:
          use_inferred: Whether references are resolved first.
          omit_symbolic_marker: Whether to omit the marker that distinguishes a
            symbolic list from a plain one.
          **kwargs: Further options, passed on to the items.
        """
        return (
            yield from formatting.list_json_step(
                self,
                use_inferred=use_inferred,
                omit_symbolic_marker=omit_symbolic_marker,
                **kwargs,
            )
        )

    @classmethod
    def from_json(
        cls,
        json_value: Any,
        *,
        value_spec: pg_typing.List | None = None,
        allow_partial: bool = False,
        root_path: KeyPath | None = None,
        **kwargs: Any,
    ) -> "List[Any]":
        """Returns the list that `json_value` represents; see `sym_jsonify`.

        Args:
          json_value: A list of JSON values.
          value_spec: The value spec of the list.
          allow_partial: Whether required values may be missing.
          root_path: The path of the list.
          **kwargs: Options of `pg.from_json`.
        """
        if not isinstance(json_value, list):
            raise utils.PyGloveTypeError(
                f"Expected a list in JSON, got {json_value!r:.200}."
            )
        items = [persistence.decode(v, **kwargs) for v in json_value]
        return cls(
            items,
            value_spec=value_spec,
            allow_partial=allow_partial,
            root_path=root_path,
        )

    @default_hook
    @stepwise(format_part, str)
    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        *,
        python_format: bool = False,
        use_inferred: bool = False,
        cls_name: str | None = None,
        bracket_type: Any = utils.BracketType.SQUARE,
        **kwargs: Any,
    ) -> Any:
        """Formats this list; see `pg.format`.

        Args:
          compact: Whether to write a single line.
          verbose: Whether to write details.
          root_indent: Indentation level of the surrounding text.
          python_format: Whether to write Python code.
          use_inferred: Whether references are resolved first.
          cls_name: Text before the opening bracket.
          bracket_type: The kind of brackets.
          **kwargs: Further options, passed on to the items.
        """
        return (
            yield from formatting.list_text_step(
                self,
                compact,
                verbose,
                root_indent,
                python_format=python_format,
                use_inferred=use_inferred,
                cls_name=cls_name,
                bracket_type=bracket_type,
                **kwargs,
            )
        )


def _repr_step(items: Any) -> Steps:
    """Does the work of `repr` for lists in lists, as a step of `utils.descent`."""
    texts = []
    for item in list.__iter__(items):
        method: Any = type(item).__repr__
        is_list = method is List.__repr__
        texts.append((yield (item,)) if is_list else repr(item))
    return Text("[", join_texts(", ", texts), "]")


def _as_index(value: Any) -> int:
    """Returns the int that an index stands for.

    Raises:
      TypeError: if `value` is not an integer.
    """
    try:
        return operator.index(value)
    except TypeError:
        raise utils.PyGloveTypeError(
            f"Expected an int as an index, got {value!r}."
        ) from None


CONVERTERS[list] = List._sym_convert
