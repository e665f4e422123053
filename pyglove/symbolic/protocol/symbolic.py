"""Symbolic: the common protocol of objects, lists and dicts."""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.form import persistence
from pyglove.symbolic.form.html_form import HtmlForm
from pyglove.symbolic.node.change import FieldUpdate
from pyglove.symbolic.node.node import (
    CUSTOM,
    PARTIAL,
    SEALED,
    SPECIAL,
    Inferential,
    KeyPath,
    default_hook,
    node_path,
)
from pyglove.symbolic.node.own_method import formatter
from pyglove.symbolic.node.plain_form import PlainForm, shown
from pyglove.symbolic.tree import comparison, rebinding, traversal
from pyglove.symbolic.tree.completeness import (
    is_deterministic,
    is_partial,
    is_pure_symbolic,
    missing_values,
    nondefault_values,
)
from pyglove.symbolic.tree.origin import OriginAware
from pyglove.symbolic.tree.topology import TopologyAware
from pyglove.symbolic.tree.wrapper_state import deep_copy
from pyglove.typing.internal import LateClass
from pyglove.utils.descent import stepwise
from pyglove.utils.formatting import format_part
from pyglove.utils.serialization.json_conversion import write_part
from pyglove.utils.serialization.json_type import published_as

MISSING_VALUE = utils.MISSING_VALUE
RAISE_IF_NOT_FOUND = (MISSING_VALUE,)

SelfT = TypeVar("SelfT", bound="Symbolic")

# The three kinds of symbolic values, supplied by the modules that define them.
object_type, list_type, dict_type = LateClass(), LateClass(), LateClass()


@published_as("pyglove.core.symbolic.base.Symbolic")
class Symbolic(
    TopologyAware,
    OriginAware,
    PlainForm,
    utils.Formattable,
    utils.JSONConvertible,
    utils.MaybePartial,
    HtmlForm,
):
    """Base of `pg.Object`, `pg.List` and `pg.Dict`.

    A symbolic value is a node of a tree that other programs can inspect, query,
    compare, copy, save and modify. Methods of the protocol begin with `sym_`, so that
    they do not collide with the fields and methods of users.
    """

    ObjectType = object_type
    ListType = list_type
    DictType = dict_type

    # For objects: symbolic values that a read resolves, and values of fields that the
    # schema does not name, by key. They are declared here because type checkers take
    # annotations in `Object` for fields.
    _sym_raw: dict[str, Any] | None = None
    _sym_extra: dict[str, Any] | None = None
    _sym_key: Any = None

    if TYPE_CHECKING:
        # Users name this class as the base of a class that `pg.symbolize` decorates, so
        # that type checkers know the members of objects.
        @property
        def sym_init_args(self) -> Any:
            """The fields as a dict."""

        def format(self, *args: Any, **kwargs: Any) -> str:
            """Formats this value; see `pg.format`."""
            return ""

    # ---- State ---------------------------------------------------------------

    @property
    def sym_sealed(self) -> bool:
        """Whether this value is sealed against modification."""
        return bool(self._sym_flags & SEALED)

    @property
    def is_sealed(self) -> bool:
        """Whether this value is sealed against modification."""
        return self.sym_sealed

    def sym_seal(self: SelfT, is_seal: bool = True) -> SelfT:
        """Seals or unseals this value, but not the values below it; see `seal`.

        Args:
          is_seal: Whether to forbid (True) or permit modification.

        Returns:
          This value.
        """
        if is_seal:
            self._sym_flags |= SEALED
        else:
            self._sym_flags &= ~SEALED
        return self

    def seal(self: SelfT, sealed: bool = True) -> SelfT:
        """Seals or unseals this value and the values below it.

        Args:
          sealed: Whether to forbid (True) or permit modification. A value that is in
            this state already is skipped, along with the values below it.

        Returns:
          This value.
        """
        todo: list[Any] = [self]
        while todo:
            value = todo.pop()
            if isinstance(value, Symbolic) and value.sym_sealed != sealed:
                value.sym_seal(sealed)
                todo.extend(item for _, item in value.sym_items())
        return self

    @property
    def allow_partial(self) -> bool:
        """Whether required values of this value may be missing."""
        return bool(self._sym_flags & PARTIAL)

    @property
    def accessor_writable(self) -> bool:
        """Whether children of this value may be set by attribute or item."""
        return self._sym_writable

    def set_accessor_writable(self: SelfT, writable: bool = True) -> SelfT:
        """Permits or forbids setting children of this value by attribute or item.

        Args:
          writable: Whether it is permitted. Nodes below are not affected.

        Returns:
          This value.
        """
        self._sym_writable = writable
        if isinstance(self, (list, dict)):
            self._sym_flags |= CUSTOM
        return self

    @property
    def sym_partial(self) -> bool:
        """Whether a required value is missing in this tree."""
        return bool(self._sym_flags & SPECIAL) and is_partial(self)

    @property
    def is_partial(self) -> bool:
        """Whether a required value is missing in this tree."""
        return self.sym_partial

    @property
    def sym_puresymbolic(self) -> bool:
        """Whether this tree contains a placeholder, so that it is not a program."""
        return bool(self._sym_flags & SPECIAL) and is_pure_symbolic(self)

    @property
    def is_pure_symbolic(self) -> bool:
        """Whether this tree contains a placeholder, so that it is not a program."""
        return self.sym_puresymbolic

    @property
    def sym_abstract(self) -> bool:
        """Whether this tree is partial or contains a placeholder."""
        return self.sym_partial or self.sym_puresymbolic

    @property
    def is_abstract(self) -> bool:
        """Whether this tree is partial or contains a placeholder."""
        return self.sym_abstract

    @property
    def is_deterministic(self) -> bool:
        """Whether this tree contains no `pg.symbolic.NonDeterministic` value."""
        return is_deterministic(self)

    def sym_missing(self, flatten: bool = True) -> dict[Any, Any]:
        """Returns the missing values of this tree.

        Args:
          flatten: Whether to return a flat dict with paths as keys, or nested dicts.
        """
        missing = self._sym_missing()
        return utils.flatten(missing) if flatten and missing else missing

    def missing_values(self, flatten: bool = True) -> dict[Any, Any]:
        """Returns the missing values of this tree; see `sym_missing`."""
        return self.sym_missing(flatten)

    def sym_nondefault(self, flatten: bool = True) -> dict[Any, Any]:
        """Returns the values of this tree that differ from the defaults.

        Args:
          flatten: Whether to return a flat dict with paths as keys, or nested dicts.
        """
        values = self._sym_nondefault()
        return utils.flatten(values) if flatten and values else values

    def non_default_values(self, flatten: bool = True) -> dict[Any, Any]:
        """Returns the values that differ from the defaults; see `sym_nondefault`."""
        return self.sym_nondefault(flatten)

    # ---- Access ---------------------------------------------------------------

    def sym_contains(
        self, value: Any = None, type: type | tuple[type, ...] | None = None
    ) -> bool:
        """Returns whether this tree contains a value, or one of a type.

        Args:
          value: The value to search for if `type` is None.
          type: A class, or a tuple of classes.
        """
        return traversal.contains(self, value, type)

    def sym_attr_field(self, key: Any) -> pg_typing.Field | None:
        """Returns the field for `key`, or None if any value is accepted."""
        raise NotImplementedError

    @property
    def sym_field(self) -> pg_typing.Field | None:
        """The field of the parent that holds this node, if any."""
        if self._sym_parent is None:
            return None
        return self._sym_parent.sym_attr_field(self._sym_key)

    def sym_hasattr(self, key: Any) -> bool:
        """Returns whether there is a symbolic value at `key`."""
        try:
            self._sym_rawget(key)
        except (KeyError, IndexError, TypeError):
            return False
        return True

    @default_hook
    def sym_getattr(self, key: Any, default: Any = RAISE_IF_NOT_FOUND) -> Any:
        """Returns the symbolic value at `key`, references not resolved.

        Args:
          key: Key of a child.
          default: The result if there is no such child.

        Raises:
          AttributeError: if there is no such child, and no default.
        """
        try:
            return self._sym_getattr(key)
        except (KeyError, IndexError, TypeError):
            if default is not RAISE_IF_NOT_FOUND and default != RAISE_IF_NOT_FOUND:
                return default
            raise utils.PyGloveAttributeError(
                utils.message_on_path(
                    f"Expected the key of a child of {type(self).__name__}, got "
                    f"{key!r}.",
                    node_path(self),
                )
            ) from None

    @default_hook
    def sym_inferred(
        self, key: Any, default: Any = RAISE_IF_NOT_FOUND, **kwargs: Any
    ) -> Any:
        """Returns the value that a read of `key` returns, with references resolved.

        Args:
          key: Key of a child.
          default: The result if there is no such child, or no value for it.
          **kwargs: Passed to `infer` of a reference.

        Raises:
          AttributeError: if there is no value, and no default.
        """
        has_default = default is not RAISE_IF_NOT_FOUND and (
            default != RAISE_IF_NOT_FOUND
        )
        try:
            return self._sym_inferred(key, **kwargs)
        except AttributeError:
            if has_default:
                return default
            raise

    def sym_inferrable(self, key: Any, **kwargs: Any) -> bool:
        """Returns whether a read of `key` returns a value.

        Args:
          key: Key of a child.
          **kwargs: Passed to `infer` of a reference.
        """
        try:
            value = self.sym_inferred(key, MISSING_VALUE, **kwargs)
        except Exception:  # A user-defined `infer` may raise anything.
            return False
        return not isinstance(value, utils.MissingValue)

    def sym_has(self, path: Any) -> bool:
        """Returns whether there is a value at a path below this node."""
        return KeyPath.from_value(path).exists(self)

    def sym_get(
        self, path: Any, default: Any = RAISE_IF_NOT_FOUND, use_inferred: bool = False
    ) -> Any:
        """Returns the value at a path below this node.

        Args:
          path: A `KeyPath`, or its string form.
          default: The result if there is no such value.
          use_inferred: Whether references are resolved.

        Raises:
          KeyError: if there is no such value, and no default.
        """
        path = KeyPath.from_value(path)
        if default is RAISE_IF_NOT_FOUND or default == RAISE_IF_NOT_FOUND:
            return path.query(self, use_inferred=use_inferred)
        return path.get(self, default, use_inferred=use_inferred)

    def sym_values(self) -> Iterator[Any]:
        """Iterates over the symbolic values of the children."""
        return (v for _, v in self.sym_items())

    # ---- Modification --------------------------------------------------------

    def rebind(
        self: SelfT,
        path_value_pairs: Any = None,
        *,
        raise_on_no_change: bool = True,
        notify_parents: bool = True,
        skip_notification: bool | None = None,
        **kwargs: Any,
    ) -> SelfT:
        """Modifies this tree in one step: either all changes are made, or none.

        Args:
          path_value_pairs: A dict of paths to new values, or a function that is
            called with (path, value) or (path, value, parent) for each part of
            the tree and returns the new value. `pg.MISSING_VALUE` resets a field to
            its default and removes a list item or dict key; `pg.Insertion` inserts
            into a list.
          raise_on_no_change: Whether it is an error if there is nothing to modify.
          notify_parents: Whether `_on_change` of ancestors of this node is called.
          skip_notification: True calls no `_on_change` at all, False calls it even
            in a `pg.notify_on_change(False)` block.
          **kwargs: New values, by key of this node.

        Returns:
          This value.

        Raises:
          KeyError: if a path does not lead to a place that can be modified.
          TypeError: if the type of a value is not accepted.
          ValueError: if a value is not accepted, or there is nothing to modify.
          WritePermissionError: if a part to be modified is sealed.

        Example:
          >>> d = pg.Dict(x=1, y=pg.Dict(z=2))
          >>> d.rebind({'y.z': 3}, x=0)
          {x=0, y={z=3}}
        """
        rebinding.rebind(
            self,
            path_value_pairs,
            kwargs,
            raise_on_no_change,
            notify_parents,
            skip_notification,
        )
        return self

    def sym_rebind(
        self: SelfT,
        path_value_pairs: Any = None,
        *,
        raise_on_no_change: bool = True,
        notify_parents: bool = True,
        skip_notification: bool | None = None,
        **kwargs: Any,
    ) -> SelfT:
        """Modifies this tree in one step; see `rebind`."""
        rebinding.rebind(
            self,
            path_value_pairs,
            kwargs,
            raise_on_no_change,
            notify_parents,
            skip_notification,
        )
        return self

    # ---- Copy ----------------------------------------------------------------

    def clone(
        self: SelfT,
        deep: bool = False,
        memo: dict[int, Any] | None = None,
        override: dict[Any, Any] | None = None,
    ) -> SelfT:
        """Returns a copy of this tree.

        Args:
          deep: Whether values that are not symbolic are copied as well. Symbolic
            values are always copied.
          memo: Memo of `copy.deepcopy`.
          override: Paths and values to rebind in the copy.

        Returns:
          The copy, which has no parent.
        """
        new = self._sym_clone_node(deep, {} if memo is None else memo, None, None)
        if override:
            rebinding.rebind(new, override, {}, raise_on_no_change=False)
        return new

    def sym_clone(
        self: SelfT,
        deep: bool = False,
        memo: dict[int, Any] | None = None,
        override: dict[Any, Any] | None = None,
    ) -> SelfT:
        """Returns a copy of this tree; see `clone`."""
        new = self._sym_clone_node(deep, {} if memo is None else memo, None, None)
        if override:
            rebinding.rebind(new, override, {}, raise_on_no_change=False)
        return new

    def __copy__(self: SelfT) -> SelfT:
        return self.sym_clone()

    def __deepcopy__(self: SelfT, memo: dict[int, Any]) -> SelfT:
        copied: SelfT = deep_copy(self, memo)
        return copied

    # ---- Comparison ----------------------------------------------------------

    def sym_eq(self, other: Any) -> bool:
        """Returns whether `other` has the same class and content."""
        raise NotImplementedError

    def sym_ne(self, other: Any) -> bool:
        """Returns whether `other` differs in class or content."""
        return not comparison.eq(self, other)

    @default_hook
    def sym_lt(self, other: Any) -> bool:
        """Returns whether this value comes before `other` in the order of `pg.lt`."""
        return comparison.lt(self, other)

    def sym_gt(self, other: Any) -> bool:
        """Returns whether this value comes after `other` in the order of `pg.lt`."""
        return comparison.lt(other, self)

    def sym_hash(self) -> int:
        """Returns a hash that agrees with `sym_eq`."""
        raise NotImplementedError

    # ---- Form ----------------------------------------------------------------

    def __str__(self) -> str:
        return shown(self, self._sym_lines, super().__str__)

    def __repr__(self) -> str:
        return shown(self, self._sym_line, super().__repr__)

    def sym_jsonify(self, *, hide_default_values: bool = False, **kwargs: Any) -> Any:
        """Returns this tree as a value that `json` can write.

        Args:
          hide_default_values: Whether values equal to the default are left out.
          **kwargs: Further options of the class.
        """
        raise NotImplementedError

    @stepwise(format_part, str)
    def _sym_format(self, **options: Any) -> Any:
        """Formats this tree as a part of another value."""
        write = formatter(type(self))
        step = getattr(write, "step", None)
        if step is None:
            return write(self, **options)
        return (yield from step(self, **options))

    @default_hook
    @stepwise(write_part)
    def _sym_to_json(self, *, context: Any = None, **kwargs: Any) -> Any:
        """Returns this tree as a JSON value that is a part of another one."""
        step = getattr(self.sym_jsonify, "step", None)
        if step is None:
            return self.sym_jsonify(context=context, **kwargs)
        return (yield from step(self, context=context, **kwargs))

    @default_hook
    def to_json(self, *, context: Any = None, **kwargs: Any) -> Any:
        """Returns this tree as a value that `json` can write; see `pg.to_json`."""
        if context is None:
            return persistence.to_json(self, **kwargs)
        return self.sym_jsonify(context=context, **kwargs)

    def to_json_str(self, json_indent: int | None = None, **kwargs: Any) -> str:
        """Returns this tree as JSON text.

        Args:
          json_indent: Spaces per level; None for one line.
          **kwargs: Options of `to_json`.
        """
        return persistence.to_json_str(self, json_indent=json_indent, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Saves this value; see `pg.save`."""
        return persistence.save(self, *args, **kwargs)

    @classmethod
    def load(cls: type[SelfT], *args: Any, **kwargs: Any) -> SelfT:
        """Loads a value of this class; see `pg.load`.

        Raises:
          TypeError: if the loaded value is not of this class.
        """
        value = persistence.load(*args, **kwargs)
        if not isinstance(value, cls):
            raise utils.PyGloveTypeError(
                f"Expected to load an object of {cls.__name__}, got {value!r}."
            )
        return value

    def inspect(
        self,
        path_regex: str | None = None,
        where: Callable[..., bool] | None = None,
        custom_selector: Callable[..., bool] | None = None,
        file: Any = None,
        **kwargs: Any,
    ) -> None:
        """Prints this tree, or the parts of it that `pg.query` would select.

        Args:
          path_regex: See `pg.query`.
          where: See `pg.query`.
          custom_selector: See `pg.query`.
          file: A writable text file; standard output if None.
          **kwargs: Options of `format`.
        """
        if path_regex is None and where is None and custom_selector is None:
            selected: Any = self
        else:
            selected = traversal.query(self, path_regex, where, False, custom_selector)
        text = utils.format(selected, **{"compact": False, "verbose": False, **kwargs})
        (file or sys.stdout).write(text + "\n")

    # ---- Hooks ---------------------------------------------------------------

    @default_hook
    def _sym_getattr(self, key: Any) -> Any:
        """Returns the symbolic value at `key`. Subclasses may override it."""
        return self._sym_rawget(key)

    @default_hook
    def _sym_inferred(self, key: Any, **kwargs: Any) -> Any:
        """Returns the result of a read of `key`. Subclasses may override it."""
        value = self.sym_getattr(key)
        return value.infer(**kwargs) if isinstance(value, Inferential) else value

    @default_hook
    def _sym_rebind(self, path_value_pairs: dict[KeyPath, Any]) -> list[FieldUpdate]:
        """Modifies places in this tree. Subclasses may override it.

        Args:
          path_value_pairs: The new values by path.

        Returns:
          The modifications.
        """
        return rebinding.assign_all(self, path_value_pairs)

    @default_hook
    def _sym_clone(self, deep: bool, memo: Any = None) -> Any:
        """Returns a copy of this tree. Subclasses may override it.

        Args:
          deep: Whether values that are not symbolic are copied as well.
          memo: Memo of `copy.deepcopy`.
        """
        raise NotImplementedError

    @default_hook
    def _sym_missing(self) -> dict[Any, Any]:
        """Returns missing values by key, nested. Subclasses may override it."""
        return missing_values(self)

    @default_hook
    def _sym_nondefault(self) -> dict[Any, Any]:
        """Returns values that are not defaults by key, nested."""
        return nondefault_values(self)


__all__ = ["Symbolic"]
