"""Dict: a dict whose values are part of a symbolic tree."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compiled.element_plan import DICT_PLANS
from pyglove.symbolic.compiled.object_runtime import is_writable
from pyglove.symbolic.container.dict_node import DictNode, K, V
from pyglove.symbolic.form import formatting, persistence, pickling
from pyglove.symbolic.node import flag, foreign_value
from pyglove.symbolic.node.change import Change, FieldUpdate, has_listener, notify
from pyglove.symbolic.node.error import WritePermissionError
from pyglove.symbolic.node.node import (
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
    dict_json,
    dict_json_text,
    dict_line,
    dict_lines,
)
from pyglove.symbolic.protocol.symbolic import Symbolic, dict_type
from pyglove.symbolic.tree import comparison
from pyglove.symbolic.tree.rebinding import is_reset, is_same, is_sealed
from pyglove.symbolic.tree.wrapper_state import deep_copy
from pyglove.utils.descent import stepwise
from pyglove.utils.formatting import format_part
from pyglove.utils.serialization.json_conversion import write_part
from pyglove.utils.serialization.json_type import published_as

MISSING_VALUE = utils.MISSING_VALUE
_NO_DEFAULT = (MISSING_VALUE,)
_set = object.__setattr__
# What may forbid an assignment.
_GUARDED = SEALED | CUSTOM
_SEALED, _WRITABLE = flag.SEALED, flag.WRITABLE_ACCESSORS


@published_as("pyglove.core.symbolic.dict.Dict")
@dict_type.bind
class Dict(DictNode[K, V]):
    """A dict that is a node of a symbolic tree.

    It is a `dict` whose items can also be read and written as attributes. Plain lists
    and dicts among its values become `pg.List` and `pg.Dict`. With a value spec, keys
    and values are checked.
    """

    def __init__(
        self: "Dict[Any, Any]",
        dict_obj: Iterable[tuple[Any, Any]] | Mapping[Any, Any] | None = None,
        *,
        value_spec: pg_typing.Dict | None = None,
        onchange_callback: Callable[[dict[KeyPath, FieldUpdate]], None] | None = None,
        **kwargs: Any,
    ):
        """Creates a dict.

        Args:
          dict_obj: A mapping, or pairs of key and value.
          value_spec: The value spec of the dict; None to accept anything.
          onchange_callback: Called with the updates after each change of this dict or
            a part of it.
          **kwargs: Further items, and the options `allow_partial`,
            `accessor_writable`, `sealed` and `root_path` (see `pg.List`).

        Raises:
          KeyError: if a key is not accepted.
          TypeError: if the type of a value is not accepted.
          ValueError: if a value is not accepted, or missing.
        """
        dict.__init__(self)
        sealed, writable = False, True
        if kwargs:
            if kwargs.pop("allow_partial", False):
                _set(self, "_sym_flags", PARTIAL)
            writable = kwargs.pop("accessor_writable", True)
            sealed = kwargs.pop("sealed", False)
            root_path = kwargs.pop("root_path", None)
            if root_path:
                _set(self, "_sym_root_path", KeyPath.from_value(root_path))
        if value_spec is not None:
            if not isinstance(value_spec, pg_typing.Dict):
                raise utils.PyGloveTypeError(
                    f"Expected a `pg.typing.Dict` as `value_spec`, got {value_spec!r}."
                )
            _set(self, "_sym_plan", DICT_PLANS.get(value_spec))
        items: Any = kwargs
        if dict_obj is not None:
            if isinstance(dict_obj, Dict):
                items = dict(dict_obj.sym_items())
            else:
                items = dict(dict_obj)
            items.update(kwargs)
        self._sym_fill(items)
        if self._sym_mirrored is not None:
            self._sym_refresh_mirror(*items)
        if onchange_callback is not None:
            _set(self, "_sym_callback", onchange_callback)
            _set(self, "_sym_listens", True)
            _set(self, "_sym_flags", self._sym_flags | CUSTOM)
        if not writable:
            DictNode.set_accessor_writable(self, False)
        if sealed:
            seal_tree(self, True)

    @classmethod
    def partial(
        cls,
        dict_obj: Any = None,
        value_spec: pg_typing.Dict | None = None,
        *,
        onchange_callback: Callable[..., None] | None = None,
        **kwargs: Any,
    ) -> "Dict":
        """Creates a dict in which required values may be missing.

        Args:
          dict_obj: A mapping, or pairs of key and value.
          value_spec: The value spec of the dict.
          onchange_callback: Called with the updates after each change.
          **kwargs: Further items and options.
        """
        return cls(
            dict_obj,
            value_spec=value_spec,
            onchange_callback=onchange_callback,
            **{**kwargs, "allow_partial": True},
        )

    # ---- Access --------------------------------------------------------------

    def __getattr__(self, name: Any) -> Any:
        if dict.__contains__(self, name):
            if type(self).__getitem__ is dict.__getitem__:
                self._sym_mirror(name)
            return self[name]
        raise utils.PyGloveAttributeError(
            f"Expected a key or an attribute of {type(self).__name__!r}, got {name!r}."
        )

    def get(self, key: Any, default: Any = None) -> Any:
        """Returns the value of an item, or a default if there is no such item."""
        return dict.get(self, key, default)

    def __setattr__(self, name: str, value: Any) -> None:
        if name[:5] == "_sym_":
            _set(self, name, value)
        else:
            self[name] = value

    def __delattr__(self, name: str) -> None:
        del self[name]

    def _check_mutable(self, is_assignment: bool = False) -> None:
        """Raises an error if this dict must not be modified."""
        if is_sealed(self):
            raise WritePermissionError(
                utils.message_on_path(
                    "Expected a dict that may be modified, got a sealed one. Call "
                    "`seal(False)` first.",
                    node_path(self),
                )
            )
        if is_assignment and not is_writable(self):
            raise WritePermissionError(
                utils.message_on_path(
                    "Expected a dict whose items may be assigned, got one with "
                    "`accessor_writable=False`. Use `rebind`.",
                    node_path(self),
                )
            )

    def __setitem__(self, key: Any, value: Any) -> None:
        if self._sym_flags & _GUARDED or _SEALED.open_count or _WRITABLE.open_count:
            self._check_mutable(is_assignment=True)
        old, new = self._sym_assign(key, value)
        if (old is not new or value is MISSING_VALUE) and has_listener(self):
            if is_reset(value, new) or not is_same(old, new):
                notify((Change(self, key, old, new),))

    def __delitem__(self, key: Any) -> None:
        self._check_mutable(is_assignment=True)
        if not dict.__contains__(self, key):
            raise utils.PyGloveKeyError(
                utils.message_on_path(
                    f"Expected a key of the dict, got {key!r}.", node_path(self)
                )
            )
        self._remove(key)

    def _remove(self, key: Any) -> Any:
        """Removes an item, or resets it to its default; returns the old value."""
        old = dict.__getitem__(self, key)
        field = self.sym_attr_field(key)
        if field is None or not field.key.is_const:
            dict.__delitem__(self, key)
            self._sym_refresh_mirror(key)
            disown(self, old)
            notify((Change(self, key, old, MISSING_VALUE),))
        else:
            old, new = self._sym_assign(key, MISSING_VALUE)
            notify((Change(self, key, old, new),))
        return old

    def pop(self, key: Any, default: Any = _NO_DEFAULT) -> Any:
        """Removes an item and returns its value.

        Args:
          key: Key of the item.
          default: What to return if there is no such item.

        Raises:
          KeyError: if there is no such item, and no default.
        """
        if not dict.__contains__(self, key):
            if default is not _NO_DEFAULT:
                return default
            raise utils.PyGloveKeyError(
                utils.message_on_path(
                    f"Expected a key of the dict, got {key!r}.", node_path(self)
                )
            )
        self._check_mutable()
        value = self[key]
        self._remove(key)
        return value

    def popitem(self) -> tuple[Any, Any]:
        """Removes and returns the last item, without a notification."""
        self._check_mutable()
        if self._sym_plan.schema is not None:
            raise utils.PyGloveValueError(
                "Expected a dict without a value spec for `popitem`, got one with a "
                "value spec. Use `pop` with a key."
            )
        key, value = dict.popitem(self)
        self._sym_refresh_mirror(key)
        disown(self, value)
        return key, value

    def clear(self) -> None:
        """Removes all items, or resets them to defaults, without a notification."""
        self._check_mutable()
        old = dict(dict.items(self))
        self._sym_refill({}, (self._sym_plan, self._sym_flags, old))

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """Returns the value of an item, which is added if it is absent.

        Args:
          key: Key of the item.
          default: Value of the item if it is added.
        """
        value = self.sym_getattr(key, MISSING_VALUE)
        if isinstance(value, utils.MissingValue):
            self[key] = default
            value = self.sym_getattr(key, default)
        return value

    def update(self, other: Any = None, **kwargs: Any) -> None:
        """Adds or replaces items, without a notification.

        Args:
          other: A mapping, or pairs of key and value. A key that is the path of a
            place inside an item denotes that place.
          **kwargs: Further items.
        """
        updates: dict[Any, Any] = dict(other) if other is not None else {}
        updates.update(kwargs)
        if updates:
            keyed = {self._sym_place(k): v for k, v in updates.items()}
            self.sym_rebind(keyed, raise_on_no_change=False, skip_notification=True)

    def _sym_place(self, key: Any) -> Any:
        """Returns the path that a key of an update denotes."""
        if not isinstance(key, str):
            return key
        if not key.isidentifier() and not dict.__contains__(self, key):
            try:
                path = KeyPath.parse(key)
            except ValueError:
                return KeyPath(key)
            if len(path) > 1 and isinstance(self.sym_getattr(path.keys[0], None), Node):
                return path
        return KeyPath(key)

    def __ior__(self, other: Any) -> "Dict":  # type: ignore[misc]
        self.update(other)
        return self

    def copy(self) -> "Dict":
        """Returns a copy; symbolic values are copied, others shared."""
        return self.sym_clone()

    def __dir__(self) -> list[str]:
        keys: Any = dict.keys(self)
        return [*{*super().__dir__(), *(k for k in keys if isinstance(k, str))}]

    # ---- Comparison and form -------------------------------------------------

    @default_hook
    def sym_hash(self) -> int:
        """Returns a hash that agrees with `sym_eq`."""
        return comparison.hash_of_dict(self)

    def _sym_pairs(self) -> Any:
        return list(dict.items(self))

    def _sym_json(self) -> Any:
        if type(self) is not Dict:
            raise NotPlain
        return dict_json(self)

    def _sym_json_text(self) -> str:
        if type(self) is not Dict:
            raise NotPlain
        return dict_json_text(self)

    def _sym_lines(self, indent: int) -> str:
        if type(self) is not Dict or not self._sym_plan.shows_all:
            return super()._sym_lines(indent)
        return dict_lines(self, indent)

    def _sym_line(self, indent: int) -> str:
        if type(self) is not Dict or not self._sym_plan.shows_all:
            return super()._sym_line(indent)
        return dict_line(self, indent)

    def __eq__(self, other: Any) -> bool:
        try:
            if not foreign_value.hold_arrays(dict.values(self)):
                return dict.__eq__(self, other)
        except RecursionError:
            pass
        return comparison.eq(self, other)

    def __ne__(self, other: Any) -> bool:
        try:
            if not foreign_value.hold_arrays(dict.values(self)):
                return dict.__ne__(self, other)
        except RecursionError:
            pass
        return not comparison.eq(self, other)

    def __hash__(self) -> int:  # type: ignore[override]
        return self.sym_hash()

    def __copy__(self) -> "Dict":
        return self.sym_clone()

    def __deepcopy__(self, memo: dict[int, Any]) -> "Dict":
        copied: Dict = deep_copy(self, memo)
        return copied

    def _sym_pickled_state(self) -> Any:
        return pickling.container_state(self, dict(dict.items(self)))

    __reduce_ex__ = pickling.reducer(pickling.fill_container)

    @default_hook
    @stepwise(write_part)
    def sym_jsonify(
        self,
        hide_frozen: bool = True,
        hide_default_values: bool = False,
        exclude_keys: Any = None,
        use_inferred: bool = False,
        omit_symbolic_marker: bool = True,
        **kwargs: Any,
    ) -> Any:
        """Returns this dict as a value that `json` can write.

        Args:
          hide_frozen: Whether fields with a fixed value are left out.
          hide_default_values: Whether values equal to the default are left out.
          exclude_keys: Keys to leave out.
          use_inferred: Whether references are resolved first.
          omit_symbolic_marker: Whether to omit the marker that distinguishes a
            symbolic dict from a plain one.
          **kwargs: Further options, passed on to the values.
        """
        return (
            yield from formatting.dict_json_step(
                self,
                hide_frozen=hide_frozen,
                hide_default_values=hide_default_values,
                exclude_keys=exclude_keys,
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
        value_spec: pg_typing.Dict | None = None,
        allow_partial: bool = False,
        root_path: KeyPath | None = None,
        **kwargs: Any,
    ) -> "Dict":
        """Returns the dict that `json_value` represents; see `sym_jsonify`.

        Args:
          json_value: A dict of JSON values.
          value_spec: The value spec of the dict.
          allow_partial: Whether required values may be missing.
          root_path: The path of the dict.
          **kwargs: Options of `pg.from_json`.
        """
        items = {k: persistence.decode(v, **kwargs) for k, v in json_value.items()}
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
        hide_frozen: bool = True,
        hide_default_values: bool = False,
        hide_missing_values: bool = False,
        include_keys: set[str] | None = None,
        exclude_keys: set[str] | None = None,
        use_inferred: bool = False,
        cls_name: str | None = None,
        bracket_type: Any = utils.BracketType.CURLY,
        key_as_attribute: bool = True,
        extra_blankline_for_field_docstr: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Formats this dict; see `pg.format` and `pg.List.format`."""
        return (
            yield from formatting.dict_text_step(
                self,
                compact,
                verbose,
                root_indent,
                python_format=python_format,
                hide_frozen=hide_frozen,
                hide_default_values=hide_default_values,
                hide_missing_values=hide_missing_values,
                include_keys=include_keys,
                exclude_keys=exclude_keys,
                use_inferred=use_inferred,
                cls_name=cls_name,
                bracket_type=bracket_type,
                key_as_attribute=key_as_attribute,
                extra_blankline_for_field_docstr=extra_blankline_for_field_docstr,
                **kwargs,
            )
        )

    def __repr__(self) -> str:
        return Symbolic.__repr__(self)


CONVERTERS[dict] = Dict._sym_convert
