"""Dict: a dict whose values are part of a symbolic tree."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, SupportsIndex

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic import comparison, formatting
from pyglove.symbolic.binding import bind_value, check_value, own, release
from pyglove.symbolic.change import Change, FieldUpdate, notify
from pyglove.symbolic.element_plan import DICT_PLANS, DictPlan
from pyglove.symbolic.error import WritePermissionError
from pyglove.symbolic.node import (
    ATOMS,
    CONVERTERS,
    CUSTOM,
    INHERITED,
    PARTIAL,
    KeyPath,
    Node,
    disown,
    node_path,
    raise_flags,
)
from pyglove.symbolic.object_runtime import clone_value, is_writable, place_clone
from pyglove.symbolic.rebinding import is_sealed
from pyglove.symbolic.resolving import plain_class, resolving_class
from pyglove.symbolic.symbolic import Symbolic

MISSING_VALUE = utils.MISSING_VALUE
_ANY = DICT_PLANS.any
_NO_DEFAULT = (MISSING_VALUE,)
_set = object.__setattr__


class Dict(dict[Any, Any], Symbolic, pg_typing.CustomTyping):
    """A dict that is a node of a symbolic tree.

    It is a `dict` in every respect; besides, its items can be read and written as
    attributes. Plain lists and dicts among its values become `pg.List` and
    `pg.Dict`; with a value spec, keys and values are checked.
    """

    accepts_lazy_path = True

    _sym_parent = None
    _sym_key = None
    _sym_flags = 0
    _sym_plan: DictPlan = DICT_PLANS.any
    _sym_callback: Callable[[dict[KeyPath, FieldUpdate]], None] | None = None

    def __init__(
        self,
        dict_obj: Iterable[tuple[Any, Any]] | Mapping[Any, Any] | None = None,
        *,
        value_spec: pg_typing.Dict | None = None,
        onchange_callback: Callable[[dict[KeyPath, FieldUpdate]], None] | None = None,
        **kwargs: Any,
    ):
        """Creates a dict.

        Args:
          dict_obj: A mapping, or pairs of key and value.
          value_spec: What the dict accepts; None for anything.
          onchange_callback: Called with the updates after each change below.
          **kwargs: More items, besides the options `allow_partial`,
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
            _set(self, "_sym_plan", DICT_PLANS.get(value_spec))
        items: Any = kwargs
        if dict_obj is not None:
            if isinstance(dict_obj, Dict):
                items = dict(dict_obj.sym_items())
            else:
                items = dict(dict_obj)
            items.update(kwargs)
        self._sym_fill(items)
        if onchange_callback is not None:
            _set(self, "_sym_callback", onchange_callback)
            _set(self, "_sym_listens", True)
            _set(self, "_sym_flags", self._sym_flags | CUSTOM)
        if not writable:
            self.set_accessor_writable(False)
        if sealed:
            self.sym_seal()

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
          value_spec: What the dict accepts.
          onchange_callback: Called with the updates after each change.
          **kwargs: More items and options.
        """
        return cls(
            dict_obj,
            value_spec=value_spec,
            onchange_callback=onchange_callback,
            **{**kwargs, "allow_partial": True},
        )

    @staticmethod
    def _sym_make(items: Mapping[Any, Any], value_spec: Any = None) -> "Dict":
        """Creates a dict without checks."""
        new: Dict = Dict.__new__(Dict)
        if value_spec is not None:
            _set(new, "_sym_plan", DICT_PLANS.get(value_spec))
        dict.update(new, items)
        if not ATOMS.issuperset(map(type, items.values())):
            for key, value in items.items():
                if type(value) not in ATOMS:
                    dict.__setitem__(new, key, own(new, key, value))
        return new

    @classmethod
    def _sym_convert(
        cls, items: dict[Any, Any], value_spec: Any, parent: Node | None, key: Any
    ) -> "Dict":
        """Makes a node of a plain dict, to stand at `key` of `parent`."""
        new: Dict = cls.__new__(cls)
        state = new.__dict__
        if parent is not None:
            state["_sym_parent"] = parent
            state["_sym_key"] = key
            if parent._sym_flags & PARTIAL:
                state["_sym_flags"] = PARTIAL
        if value_spec is not None:
            state["_sym_plan"] = DICT_PLANS.get(value_spec)
        new._sym_fill(items)
        return new

    def _sym_fill(self, items: Mapping[Any, Any]) -> None:
        """Takes the first items of this dict."""
        plan = self._sym_plan
        if plan.schema is not None:
            self._fill_by_schema(items)
            return
        if ATOMS.issuperset(map(type, items.values())):
            dict.update(self, items)
            return
        put = dict.__setitem__
        try:
            for key, value in items.items():
                if type(value) not in ATOMS:
                    if value is MISSING_VALUE:
                        continue
                    value = bind_value(self, key, None, value)
                put(self, key, value)
        except BaseException:
            release(self)
            raise

    def _fill_by_schema(self, items: Mapping[Any, Any]) -> None:
        """Takes the first items in the order of the schema, and all defaults."""
        schema = self._sym_plan.schema
        assert schema is not None
        matched, unmatched = schema.resolve(items.keys())
        if unmatched:
            raise KeyError(
                utils.message_on_path(
                    f"Keys {unmatched!r} are not allowed in Schema.", node_path(self)
                )
            )
        put = dict.__setitem__
        try:
            for key_spec, keys in matched.items():
                spec = schema[key_spec].value
                if key_spec.is_const and not keys:
                    key = str(key_spec)
                    put(self, key, bind_value(self, key, spec, MISSING_VALUE))
                for key in keys:
                    put(self, key, bind_value(self, key, spec, items[key]))
        except BaseException:
            release(self)
            raise

    # ---- Node ----------------------------------------------------------------

    @property
    def value_spec(self) -> pg_typing.Dict | None:
        """What this dict accepts; None for anything."""
        return self._sym_plan.spec

    def use_value_spec(
        self, value_spec: pg_typing.Dict | None, allow_partial: bool = False
    ) -> "Dict":
        """Checks the items against a value spec, and all items to come.

        Args:
          value_spec: The value spec; None accepts anything.
          allow_partial: Whether required values may be missing.

        Returns:
          This dict.

        Raises:
          KeyError: if a key is refused.
          TypeError: if the type of a value is refused.
          ValueError: if this dict has another value spec, or a value is refused.
        """
        if value_spec is None:
            _set(self, "_sym_plan", DICT_PLANS.any)
            return self
        if not isinstance(value_spec, pg_typing.Dict):
            raise ValueError(
                utils.message_on_path(
                    "Value spec for list must be a `pg.typing.Dict` object. "
                    f"Encountered: {value_spec!r}.",
                    node_path(self),
                )
            )
        current = self._sym_plan.spec
        if current is not None and current is not value_spec:
            if not value_spec.is_compatible(current):
                raise ValueError(
                    utils.message_on_path(
                        f"Dict is already bound with a different value spec: "
                        f"{current}. New value spec: {value_spec}.",
                        node_path(self),
                    )
                )
            return self
        if allow_partial:
            raise_flags(self, 0)
            _set(self, "_sym_flags", self._sym_flags | PARTIAL)
        bound = dict(dict.items(self))
        plan, old_plan = DICT_PLANS.get(value_spec), self._sym_plan
        _set(self, "_sym_plan", plan)
        dict.clear(self)
        try:
            self._sym_fill(bound)
        except BaseException:
            _set(self, "_sym_plan", old_plan)
            dict.clear(self)
            dict.update(self, bound)
            for key, value in bound.items():
                own(self, key, value)
            raise
        return self

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Takes part in `ValueSpec.apply`: binds this dict to a dict spec."""
        if self._sym_plan.spec is None:
            if isinstance(value_spec, pg_typing.Dict):
                self.use_value_spec(value_spec, allow_partial)
                return False, self
            return True, self
        if self._sym_plan.spec is value_spec:
            return False, self
        pg_typing.ensure_value_spec(value_spec, self._sym_plan.spec, path)
        return False, self

    def sym_attr_field(self, key: Any) -> pg_typing.Field | None:
        """Returns the field for a key, or None where anything is accepted."""
        schema = self._sym_plan.schema
        return None if schema is None else schema.get_field(key)

    def sym_hasattr(self, key: Any) -> bool:
        """Returns whether there is an item with a key."""
        return dict.__contains__(self, key)

    def sym_keys(self) -> Iterator[Any]:
        """Iterates over the keys."""
        return iter(dict.keys(self))

    def sym_items(self) -> Iterator[tuple[Any, Any]]:
        """Iterates over keys and symbolic values."""
        return iter(dict.items(self))

    def sym_values(self) -> Iterator[Any]:
        """Iterates over the symbolic values."""
        return iter(dict.values(self))

    def _sym_rawget(self, key: Any) -> Any:
        return dict.__getitem__(self, key)

    def _sym_assign(self, key: Any, value: Any) -> tuple[Any, Any]:
        old = dict.get(self, key, MISSING_VALUE)
        if old is value:
            return old, old
        plan = self._sym_plan
        if plan.schema is None:
            if value is MISSING_VALUE:
                self._drop(key)
                return old, MISSING_VALUE
            new = value
            if type(value) not in ATOMS:
                new = check_value(self, key, None, value)
        else:
            field = plan.schema.get_field(key)
            if field is None:
                raise KeyError(
                    utils.message_on_path(
                        f"Key {key!r} is not allowed for {type(self)!r}.",
                        node_path(self),
                    )
                )
            if value is MISSING_VALUE and not field.key.is_const:
                self._drop(key)
                return old, MISSING_VALUE
            new = check_value(self, key, field.value, value)
        if old is new:
            return old, old
        if type(old) not in ATOMS:
            disown(self, old)
        new = own(self, key, new)
        dict.__setitem__(self, key, new)
        return old, new

    def _sym_restore(self, key: Any, value: Any) -> None:
        disown(self, dict.get(self, key))
        if value is MISSING_VALUE:
            dict.pop(self, key, None)
            return
        dict.__setitem__(self, key, value)
        if isinstance(value, Node):
            value._sym_parent = self
            value._sym_key = key

    def _drop(self, key: Any) -> None:
        disown(self, dict.pop(self, key, None))

    def _sym_resolve_reads(self) -> None:
        if plain_class(type(self)) is type(self):
            _set(self, "__class__", resolving_class(type(self)))

    def _sym_clone_node(
        self, deep: bool, memo: dict[int, Any], parent: Node | None, key: Any
    ) -> "Dict":
        cls = type(self)
        new = cls.__new__(cls)
        state = new.__dict__
        plan, flags = self._sym_plan, self._sym_flags
        if plan is not _ANY:
            state["_sym_plan"] = plan
        if flags:
            state["_sym_flags"] = flags
        if ATOMS.issuperset(map(type, dict.values(self))):
            dict.update(new, self)
        else:
            put = dict.__setitem__
            for k, value in dict.items(self):
                if type(value) not in ATOMS:
                    value = clone_value(value, deep, memo, new, k)
                put(new, k, value)
        if flags & CUSTOM:
            self._copy_custom(new)
        if flags & INHERITED:
            place_clone(new, parent, key)
        elif parent is not None:
            state["_sym_parent"] = parent
            state["_sym_key"] = key
        return new

    def _copy_custom(self, new: "Dict") -> None:
        """Gives a copy what few dicts have."""
        new._sym_writable = self._sym_writable
        new._sym_callback = self._sym_callback
        new._sym_listens = self._sym_listens

    def _sym_clone(self, deep: bool, memo: Any = None) -> "Dict":
        return self._sym_clone_node(deep, {} if memo is None else memo, None, None)

    def _on_change(self, field_updates: dict[KeyPath, FieldUpdate]) -> None:
        """Calls the change callback."""
        if self._sym_callback is not None:
            self._sym_callback(field_updates)

    # ---- Access --------------------------------------------------------------

    def __getattr__(self, name: str) -> Any:
        if dict.__contains__(self, name):
            return self[name]
        raise AttributeError(f"Attribute {name!r} does not exist in {type(self)!r}.")

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_sym_"):
            _set(self, name, value)
        else:
            self[name] = value

    def __delattr__(self, name: str) -> None:
        if not dict.__contains__(self, name):
            raise AttributeError(
                f"Attribute {name!r} does not exist in {type(self)!r}."
            )
        del self[name]

    def _check_mutable(self, is_assignment: bool = False) -> None:
        """Refuses a modification that is forbidden."""
        if is_sealed(self):
            raise WritePermissionError(
                utils.message_on_path(
                    "Cannot modify a sealed Dict. Unseal it with `seal(False)` first.",
                    node_path(self),
                )
            )
        if is_assignment and not is_writable(self):
            raise WritePermissionError(
                utils.message_on_path(
                    "Cannot modify Dict field by attribute or by __setitem__ while "
                    "accessor_writable is set to False. Use 'rebind' method instead.",
                    node_path(self),
                )
            )

    def __setitem__(self, key: Any, value: Any) -> None:
        self._check_mutable(is_assignment=True)
        old, new = self._sym_assign(key, value)
        if old is not new and not (type(old) in ATOMS and old == new):
            notify((Change(self, key, old, new),))

    def __delitem__(self, key: Any) -> None:
        self._check_mutable(is_assignment=True)
        if not dict.__contains__(self, key):
            raise KeyError(
                utils.message_on_path(
                    f"Key does not exist in Dict: {key!r}.", node_path(self)
                )
            )
        self._remove(key)

    def _remove(self, key: Any) -> Any:
        """Removes an item, or resets it to its default, and returns what it was."""
        old = dict.__getitem__(self, key)
        schema = self._sym_plan.schema
        if schema is None or not schema.get_field(key).key.is_const:  # type: ignore[union-attr]
            dict.__delitem__(self, key)
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
            raise KeyError(key)
        self._check_mutable()
        value = self[key]
        self._remove(key)
        return value

    def popitem(self) -> tuple[Any, Any]:
        """Removes and returns the last item; nobody is notified."""
        self._check_mutable()
        if self._sym_plan.schema is not None:
            raise ValueError(
                "'popitem' cannot be performed on a Dict with value spec."
            )
        key, value = dict.popitem(self)
        disown(self, value)
        return key, value

    def clear(self) -> None:
        """Removes all items, or resets them to their defaults; nobody is notified."""
        self._check_mutable()
        spec = self._sym_plan.spec
        old = dict(dict.items(self))
        dict.clear(self)
        if spec is not None:
            try:
                self._sym_fill({})
            except BaseException:
                dict.clear(self)
                dict.update(self, old)
                raise
        for value in old.values():
            disown(self, value)

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """Returns the value of an item; adds the item if there is none.

        Args:
          key: Key of the item.
          default: Its value if there was no such item.
        """
        value = self.get(key, MISSING_VALUE)
        if value is MISSING_VALUE or isinstance(value, utils.MissingValue):
            self[key] = default
            value = self[key]
        return value

    def update(  # type: ignore[override]
        self, other: Any = None, **kwargs: Any
    ) -> None:
        """Adds or replaces items; nobody is notified.

        Args:
          other: A mapping, or pairs of key and value.
          **kwargs: More items.
        """
        updates: dict[Any, Any] = dict(other) if other is not None else {}
        updates.update(kwargs)
        if updates:
            keyed = {KeyPath(k) if isinstance(k, str) else k: v
                     for k, v in updates.items()}
            self.rebind(keyed, raise_on_no_change=False, skip_notification=True)

    def __ior__(self, other: Any) -> "Dict":  # type: ignore[override,misc]
        self.update(other)
        return self

    def copy(self) -> "Dict":
        """Returns a copy; symbolic values are copied, others shared."""
        return self.clone()

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(k for k in self if isinstance(k, str))]

    # ---- Comparison and form -------------------------------------------------

    def sym_eq(self, other: Any) -> bool:
        """Returns whether `other` is a dict of symbolically equal items."""
        return comparison.eq(self, other)

    def sym_hash(self) -> int:
        """Returns a hash that agrees with `sym_eq`."""
        items = frozenset(
            (k, comparison.sym_hash(v))
            for k, v in dict.items(self)
            if v is not MISSING_VALUE
        )
        return hash((Dict, items))

    def __eq__(self, other: Any) -> bool:
        return comparison.eq(self, other)

    def __ne__(self, other: Any) -> bool:
        return not comparison.eq(self, other)

    def __hash__(self) -> int:  # type: ignore[override]
        return self.sym_hash()

    def __copy__(self) -> "Dict":
        return self.clone()

    def __deepcopy__(self, memo: dict[int, Any]) -> "Dict":
        return self.clone(deep=True, memo=memo)

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        return (
            _unpickle_dict,
            (plain_class(type(self)), dict(dict.items(self)), self._sym_plan.spec),
        )

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
          omit_symbolic_marker: Whether to leave out the mark that tells a symbolic
            dict from a plain one.
          **kwargs: Further options, passed on to the values.
        """
        return formatting.jsonify_dict(
            self,
            hide_frozen=hide_frozen,
            hide_default_values=hide_default_values,
            exclude_keys=exclude_keys,
            use_inferred=use_inferred,
            omit_symbolic_marker=omit_symbolic_marker,
            **kwargs,
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
        """Returns the dict that `sym_jsonify` gave `json_value` for.

        Args:
          json_value: A dict of JSON values.
          value_spec: What the dict accepts.
          allow_partial: Whether required values may be missing.
          root_path: Where the dict stands.
          **kwargs: Options of `pg.from_json`.
        """
        items = {k: utils.from_json(v, **kwargs) for k, v in json_value.items()}
        return cls(
            items,
            value_spec=value_spec,
            allow_partial=allow_partial,
            root_path=root_path,
        )

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
    ) -> str:
        """Formats this dict; see `pg.format` and `pg.List.format`."""
        return formatting.format_dict(
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
            **kwargs,
        )

    def __repr__(self) -> str:
        return utils.Formattable.__repr__(self)


def _unpickle_dict(cls: type[Dict], items: dict[Any, Any], spec: Any) -> Dict:
    return cls(items, value_spec=spec, allow_partial=True)


CONVERTERS[dict] = Dict._sym_convert
