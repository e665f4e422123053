"""Dict node: the implementation of `Node` by `pg.Dict`."""

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compiled.element_plan import DICT_PLANS, DictPlan
from pyglove.symbolic.compiled.origin_tracking import record_clone, record_origin
from pyglove.symbolic.container.container_node import ContainerNode, set_state
from pyglove.symbolic.node import flag
from pyglove.symbolic.node.change import Change, has_listener, reported_together
from pyglove.symbolic.node.conversion import convert_inside
from pyglove.symbolic.node.copying import clone_value, copy_node, copy_step, place_clone
from pyglove.symbolic.node.node import (
    ATOMS,
    CONVERTERS,
    CUSTOM,
    LISTENS_TO_MOVES,
    PARTIAL,
    SEALED,
    Node,
    default_hook,
    disown,
    node_path,
    place_children,
    seal_tree,
)
from pyglove.symbolic.tree.binding import (
    allows_partial,
    bind_value,
    check_value,
    is_unchecked,
    own,
    release,
    stays,
)
from pyglove.utils.descent import descend_after
from pyglove.utils.lock import fork_safe

MISSING_VALUE = utils.MISSING_VALUE
_TRACK = flag.TRACK_ORIGIN
_PARTIAL_SCOPE = flag.ALLOW_PARTIAL
_ANY = DICT_PLANS.any
_mirror_lock = fork_safe(threading.Lock())
_KEY_TYPES = frozenset((str, int))
DictT = TypeVar("DictT", bound="DictNode")

if TYPE_CHECKING:
    import typing_extensions

    K = typing_extensions.TypeVar("K", default=Any)
    V = typing_extensions.TypeVar("V", default=Any)
else:
    K, V = TypeVar("K"), TypeVar("V")


_has_attribute = functools.lru_cache(maxsize=4096)(hasattr)


class DictNode(dict[K, V], ContainerNode):
    """The part of `pg.Dict` that implements `Node`."""

    _sym_spec_class = pg_typing.Dict
    _sym_plans = DICT_PLANS
    _sym_plan: DictPlan = DICT_PLANS.any
    # Keys of items that are attributes as well, if any; see `_sym_mirror`.
    _sym_mirrored: set[Any] | None = None

    @classmethod
    def _sym_make(
        cls: type[DictT], items: Mapping[Any, Any], value_spec: Any = None
    ) -> DictT:
        """Creates a dict without checks."""
        new = cls.__new__(cls)
        if value_spec is not None:
            set_state(new, "_sym_plan", DICT_PLANS.get(value_spec))
        dict.update(new, items)
        if not ATOMS.issuperset(map(type, items.values())):
            for key, value in items.items():
                if type(value) not in ATOMS:
                    dict.__setitem__(new, key, own(new, key, value))
        return new

    @classmethod
    def _sym_convert(
        cls: type[DictT],
        items: dict[Any, Any],
        value_spec: Any,
        parent: Node | None,
        key: Any,
    ) -> DictT:
        """Converts a plain dict to a node for `key` of `parent`."""
        new = cls.__new__(cls)
        state: Any = new.__dict__
        if parent is not None:
            state["_sym_parent"] = parent
            state["_sym_key"] = key
            if parent._sym_flags & PARTIAL or _PARTIAL_SCOPE.open_count:
                if allows_partial(parent):
                    state["_sym_flags"] = PARTIAL
        plan = _ANY
        if value_spec is not None:
            plan = state["_sym_plan"] = DICT_PLANS.get(value_spec)
        if (
            plan.schema is None
            and _KEY_TYPES.issuperset(map(type, items))
            and ATOMS.issuperset(map(type, items.values()))
            and not _TRACK.is_open
        ):
            dict.update(new, items)
        else:
            new._sym_fill(items)
        return new

    def _sym_fill(self, items: Mapping[Any, Any]) -> None:
        """Stores the initial items of this dict."""
        if _TRACK.open_count:
            record_origin(self, None, "__init__")
        plan = self._sym_plan
        try:
            if plan.schema is not None and not is_unchecked():
                self._fill_by_schema(plan.schema, items)
                return
            if not _KEY_TYPES.issuperset(map(type, items)):
                for key in items:
                    self._check_key(key)
            if ATOMS.issuperset(map(type, items.values())):
                dict.update(self, items)
                return
            put = dict.__setitem__
            for key, value in items.items():
                if type(value) not in ATOMS:
                    if type(value) in CONVERTERS:
                        value = CONVERTERS[type(value)](value, None, self, key)
                    elif value is MISSING_VALUE:
                        continue
                    else:
                        value = bind_value(self, key, None, value)
                put(self, key, value)
        except RecursionError:
            release(self, items.values())
            if plan.schema is not None or type(items) is not dict:
                raise
            self._sym_clear()
            self._sym_fill(convert_inside(items))
        except BaseException:
            release(self, items.values())
            raise

    def _fill_by_schema(
        self, schema: pg_typing.Schema, items: Mapping[Any, Any]
    ) -> None:
        """Stores the initial items and all defaults in the order of the schema."""
        matched, unmatched = schema.resolve(items.keys())
        if unmatched:
            raise utils.PyGloveKeyError(
                utils.message_on_path(
                    "Expected keys that the value spec of the dict accepts, got "
                    f"{unmatched!r}.",
                    node_path(self),
                )
            )
        put: Any = dict.__setitem__
        for key_spec, keys in matched.items():
            spec = schema[key_spec].value
            if key_spec.is_const and not keys:
                key = str(key_spec)
                put(self, key, bind_value(self, key, spec, MISSING_VALUE))
            for key in keys:
                if not key_spec.is_const and isinstance(items[key], utils.MissingValue):
                    continue  # Missing items are not stored.
                put(self, key, bind_value(self, key, spec, items[key]))

    def _check_key(self, key: Any) -> None:
        """Raises an error if a value cannot be a key."""
        if not isinstance(key, (str, int, utils.StrKey)):
            raise utils.PyGloveKeyError(
                utils.message_on_path(
                    f"Expected a str or an int as a key, got {key!r}.",
                    node_path(self),
                )
            )

    def _sym_bind(self, value_spec: pg_typing.Dict, allow_partial: bool) -> None:
        if is_unchecked():
            set_state(self, "_sym_plan", DICT_PLANS.get(value_spec))
            return
        before = self._sym_plan, self._sym_flags, dict(dict.items(self))
        if allow_partial:
            set_state(self, "_sym_flags", self._sym_flags | PARTIAL)
        set_state(self, "_sym_plan", DICT_PLANS.get(value_spec))
        if not has_listener(self):
            self._sym_refill(before[2], before)
            return
        with reported_together() as changes:
            self._sym_refill(before[2], before)
            old = before[2]
            for key, value in dict.items(self):
                if old.get(key, MISSING_VALUE) is not value:
                    before_it = old.get(key, MISSING_VALUE)
                    changes.append(Change(self, key, before_it, value))

    def _sym_refill(
        self,
        items: Mapping[Any, Any],
        before: tuple[DictPlan, int, dict[Any, Any]],
    ) -> None:
        """Replaces all items; an error restores the previous state.

        Args:
          items: The new items.
          before: Plan, flags and items to restore after an error.
        """
        plan, flags, old = before
        self._sym_clear()
        try:
            self._sym_fill(items)
        except BaseException:
            set_state(self, "_sym_plan", plan)
            set_state(self, "_sym_flags", flags)
            self._sym_clear()
            dict.update(self, old)
            for key, value in old.items():
                if isinstance(value, Node):
                    value._sym_parent = self
                    value._sym_key = key
            raise
        for key, value in old.items():
            if dict.get(self, key) is not value:
                disown(self, value)

    def sym_attr_field(self, key: Any) -> pg_typing.Field | None:
        """Returns the field for a key, or None if any value is accepted."""
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

    def _sym_mirror(self, name: Any) -> None:
        """Makes an item an attribute, too, so that further reads of it are fast.

        Args:
          name: Its key.
        """
        if _has_attribute(type(self), name):
            return  # A property that has failed.
        if self._sym_mirrored is None:
            with _mirror_lock:
                if self._sym_mirrored is None:
                    set_state(self, "_sym_mirrored", set())
        # Added first, so that a concurrent assignment of the item sees it.
        self._sym_mirrored.add(name)  # type: ignore[union-attr]
        self._sym_refresh_mirror(name)

    def _sym_refresh_mirror(self, *keys: Any) -> None:
        """Gives attributes of items, if there are any, the present values.

        Args:
          *keys: Keys of items that have been set or removed.
        """
        if self._sym_mirrored is None:
            return
        for key in self._sym_mirrored.intersection(keys):
            try:
                if type(self).__getitem__ is dict.__getitem__:
                    # No thread can replace the item after its read, before the store.
                    set_state(self, key, self[key])
                    continue
            except KeyError:
                pass
            with contextlib.suppress(AttributeError):
                object.__delattr__(self, key)

    def _sym_resolve_reads(self) -> None:
        super()._sym_resolve_reads()
        mirrored = self._sym_mirrored
        if mirrored:
            self._sym_refresh_mirror(*mirrored)
            mirrored.clear()

    def _sym_clear(self) -> None:
        """Removes all items, without regard to what they are."""
        keys = tuple(dict.keys(self))
        dict.clear(self)
        self._sym_refresh_mirror(*keys)

    def _sym_rawget(self, key: Any) -> Any:
        return dict.__getitem__(self, key)

    def _sym_assign(self, key: Any, value: Any) -> tuple[Any, Any]:
        plan, kind = self._sym_plan, type(key)
        if kind is str and type(value) in (
            ATOMS if plan.schema is None else plan.exact[key]
        ):
            old = dict.get(self, key, MISSING_VALUE)
            if type(old) in ATOMS or old is MISSING_VALUE:
                dict.__setitem__(self, key, value)
                mirrored = self._sym_mirrored
                if mirrored is not None and key in mirrored:
                    set_state(self, key, self[key])
                return old, value
        if kind is not str:
            self._check_key(key)
        old = dict.get(self, key, MISSING_VALUE)
        if old is value:
            return old, old
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
                raise utils.PyGloveKeyError(
                    utils.message_on_path(
                        "Expected a key that the value spec of the dict accepts, got "
                        f"{key!r}.",
                        node_path(self),
                    )
                )
            if value is MISSING_VALUE and not field.key.is_const:
                self._drop(key)
                return old, MISSING_VALUE
            new = check_value(self, key, field.value, value)
        if old is new or stays(old, new):
            return old, old
        if type(old) not in ATOMS:
            disown(self, old)
        new = own(self, key, new)
        dict.__setitem__(self, key, new)
        self._sym_refresh_mirror(key)
        return old, new

    def _sym_undo(self, key: Any, value: Any) -> Callable[[], None]:
        old = dict.get(self, key, MISSING_VALUE)
        keys = list(dict.keys(self)) if old is not MISSING_VALUE else None

        def restore() -> None:
            disown(self, dict.get(self, key))
            if keys is None:
                dict.pop(self, key, None)
                self._sym_refresh_mirror(key)
                return
            if dict.__contains__(self, key):
                dict.__setitem__(self, key, old)
                self._sym_refresh_mirror(key)
            else:
                # A key that was removed returns to its position.
                now = {**dict(dict.items(self)), key: old}
                self._sym_clear()
                dict.update(self, {k: now[k] for k in keys if k in now})
            if isinstance(old, Node):
                old._sym_parent = self
                old._sym_key = key

        return restore

    def _drop(self, key: Any) -> None:
        disown(self, dict.pop(self, key, None))
        self._sym_refresh_mirror(key)

    @default_hook
    def _sym_clone_node(
        self: DictT, deep: bool, memo: dict[int, Any], parent: Node | None, key: Any
    ) -> DictT:
        if self._sym_flags or _TRACK.is_open:
            return copy_node(self, deep, memo, parent, key)
        cls = type(self)
        new = cls.__new__(cls)
        state: Any = new.__dict__
        if self._sym_plan is not _ANY:
            state["_sym_plan"] = self._sym_plan
        if ATOMS.issuperset(map(type, dict.values(self))):
            dict.update(new, self)
        else:
            put = dict.__setitem__
            try:
                for k, value in dict.items(self):
                    if type(value) not in ATOMS:
                        value = clone_value(value, deep, memo, new, k)
                    put(new, k, value)
            except RecursionError as error:
                return descend_after(error, copy_step, self, deep, memo, parent, key)
        if parent is not None:
            state["_sym_parent"] = parent
            state["_sym_key"] = key
        return new

    def _sym_begin_clone(self: DictT, parent: Any) -> DictT:
        new = type(self).__new__(type(self))
        set_state(new, "_sym_plan", self._sym_plan)
        set_state(new, "_sym_flags", self._sym_flags)
        return new

    def _sym_put_clone(self, key: Any, value: Any) -> None:
        dict.__setitem__(self, key, value)

    def _sym_end_clone(
        self, source: Any, deep: bool, parent: Node | None, key: Any
    ) -> None:
        if source._sym_flags & LISTENS_TO_MOVES:
            place_children(self)
            if source._sym_flags & SEALED:
                seal_tree(self, True)
        record_clone(self, source, deep)
        if source._sym_flags & CUSTOM:
            source._copy_custom(self)
        place_clone(self, parent, key)

    def _copy_custom(self, new: "DictNode") -> None:
        """Copies the state that only few dicts have."""
        new._sym_writable = self._sym_writable
        new._sym_callback = self._sym_callback
        new._sym_listens = self._sym_listens
