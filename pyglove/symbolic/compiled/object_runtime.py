"""Object run time: functions that generated code calls outside its fast branches.

They work on any node whose class has a layout (see `object_layout`): the instance
stores each field under its storage name.
"""

import copy
from collections.abc import Callable, Sequence
from typing import Any

from pyglove import utils
from pyglove.symbolic.compiled.compilation import REQUIRED, CompiledRuntime
from pyglove.symbolic.compiled.origin_tracking import record_clone, record_origin
from pyglove.symbolic.node import flag
from pyglove.symbolic.node.change import Change, has_listener, notify
from pyglove.symbolic.node.copying import copy_node, copy_step, place_clone
from pyglove.symbolic.node.deferral import Deferred
from pyglove.symbolic.node.error import WritePermissionError
from pyglove.symbolic.node.node import (
    ATOMS,
    INHERITED,
    LISTENS_TO_MOVES,
    PARTIAL,
    REFERS,
    SEALED,
    UNFINISHED,
    Inferential,
    KeyPath,
    Node,
    disown,
    introduce,
    new_node,
    node_path,
    place_children,
    seal_tree,
)
from pyglove.symbolic.tree.binding import (
    allows_partial,
    check_value,
    own,
    release,
    stays,
)
from pyglove.symbolic.tree.rebinding import is_same, is_sealed, rebind
from pyglove.utils.descent import descend_after
from pyglove.utils.name import did_you_mean

MISSING_VALUE = utils.MISSING_VALUE
# Flags that may forbid an assignment.
_GUARDED = UNFINISHED | SEALED
_SEALED, _WRITABLE = flag.SEALED, flag.WRITABLE_ACCESSORS


class MissingArgument(Exception):
    """Raised for a missing argument; `fail` reports all missing ones together."""


def initialize(
    node: Any,
    values: dict[str, Any],
    options: dict[str, Any],
    cls: Any = None,
) -> None:
    """Implements constructors for all but the most common cases.

    Args:
      node: The object to initialize.
      values: Values by field; `REQUIRED` or `MISSING_VALUE` for absent ones.
      options: Other keyword arguments: values of dynamic fields, and the options of
        `pg.Object`.
      cls: The class whose constructor was called; a base of the object's class if it
        was called through `super()`.

    Raises:
      TypeError: if arguments are missing, unknown, or of a type that is not accepted.
      ValueError: if a value is not accepted.
    """
    if cls is not None and cls is not type(node):
        if node._sym_foreign_init(cls, {**values, **options}):
            return
    cls = type(node)
    partial = options.pop("allow_partial", False)
    if type(partial) is not bool:
        raise utils.PyGloveTypeError(
            f"Expected a bool as `allow_partial` of {cls.__name__}, got {partial!r}."
        )
    sealed = options.pop("sealed", None)
    root_path = options.pop("root_path", None)
    options.pop("explicit_init", None)
    node._sym_parent = None
    node._sym_flags = cls._sym_initial_flags | (PARTIAL if partial else 0)
    if sealed is False:
        node._sym_flags &= ~SEALED
    if root_path:
        node._sym_root_path = KeyPath.from_value(root_path)
    if cls._sym_base_init is not None:
        cls._sym_base_init(node)
    given: dict[str, Any] = {}
    for key, spec in cls._sym_specs.items():
        value = values.get(key, REQUIRED)
        if value is REQUIRED and key in options:
            value = options.pop(key)
        if value is REQUIRED and spec.has_default:
            value = MISSING_VALUE
        given[key] = value
    for key in options:
        if cls._sym_dynamic_field(key) is None:
            raise utils.PyGloveTypeError(
                f"Expected names of fields of {cls.__name__} as keywords, got {key!r}."
                f"{did_you_mean(key, cls._sym_specs)}"
            )
    if any(isinstance(v, utils.MissingValue) for v in options.values()):
        if allows_partial(node):  # Missing items are not stored.
            present = {k: v for k, v in options.items() if v != MISSING_VALUE}
            options = present
    given.update(options)
    new_children: tuple[Node, ...] = ()
    try:
        for key, value in given.items():
            new_children = bind_field(node, key, value, new_children)
        introduce(node, new_children)
    except BaseException as error:
        fail(node, error, list(given), list(given.values()))
        raise
    record_origin(node, None, "__init__")
    node._on_init()
    if cls.allow_symbolic_mutation is False if sealed is None else sealed:
        seal_tree(node, True)


def is_initialized(node: Any) -> bool:
    """Returns whether the constructor of `pg.Object` has run for an object."""
    return not node._sym_flags & UNFINISHED


def not_initialized(node: Any) -> utils.PyGloveValueError:
    """Returns the error for an `__init__` that does not call `super().__init__`."""
    name = type(node).__name__
    return utils.PyGloveValueError(
        f"Expected `{name}.__init__` to call `super().__init__` with the values of its "
        "fields, before it uses them."
    )


def too_many_arguments(
    name: str, names: Sequence[str], surplus: Sequence[Any]
) -> utils.PyGloveTypeError:
    """Returns the error for a call with too many positional arguments.

    Args:
      name: Name of the called function or class.
      names: Names of its positional arguments.
      surplus: The arguments beyond these.
    """
    count = len(names)
    takes = f" ({', '.join(names)})" if names else ""
    return utils.PyGloveTypeError(
        f"Expected at most {count} positional argument{'' if count == 1 else 's'} of "
        f"{name}{takes}, got {count + len(surplus)}."
    )


def fail(
    node: Any, error: BaseException, keys: Sequence[str], values: Sequence[Any]
) -> None:
    """Cleans up after a constructor that failed.

    Args:
      node: The object whose construction failed.
      error: The reason.
      keys: Names of the fields.
      values: The arguments for the fields.

    Raises:
      TypeError: with the names of all missing arguments, if those are the reason.
    """
    release(node, values)
    if isinstance(error, utils.PyGloveError):
        # The fields before the one with the error have been stored.
        for key in keys:
            if not _is_stored(node, key):
                name_field(error, node, key)
                break
    if isinstance(error, MissingArgument):
        missing = [
            k
            for k, v in zip(keys, values, strict=True)
            if v is REQUIRED and not type(node)._sym_specs[k].has_default
        ]
        name, count = type(node).__name__, len(missing)
        raise utils.PyGloveTypeError(
            f"Expected a value of every required field of {name}, got none for "
            f"{', '.join(map(repr, missing))}: {name}() is missing {count} required "
            f"argument{'s' * (count != 1)}. Use `partial` to create an object that "
            "lacks values."
        ) from None


def bind_field(
    node: Any, key: str, value: Any, new_children: tuple[Node, ...] | None = None
) -> tuple[Node, ...]:
    """Checks, converts, places and stores one value.

    Args:
      node: The object.
      key: Name of the field.
      value: The value.
      new_children: Children whose `_on_parent_change` is called when `node` is
        complete. None calls that of the value at once.

    Returns:
      `new_children`, extended by the value if it listens.
    """
    if value is REQUIRED:
        if not allows_partial(node):
            raise MissingArgument(key)
        value = MISSING_VALUE
    spec = spec_at(node, key)
    try:
        value = check_value(node, key, spec, value)
    except utils.PyGloveError as error:
        name_field(error, node, key)
        raise
    if new_children is None:
        store(node, key, own(node, key, value))
        return ()
    entered: list[Node] = []
    store(node, key, own(node, key, value, entered))
    return (*new_children, *entered) if entered else new_children


def name_field(error: utils.PyGloveError, node: Any, key: Any) -> None:
    """Adds class and field to the message of an error about a value.

    Args:
      error: The error. It is left unchanged if it already names the field of a part of
        the value.
      node: The object.
      key: Name of the field.
    """
    message = error.args[0] if len(error.args) == 1 else None
    if isinstance(message, str) and not hasattr(error, "_names_field"):
        error.args = (f"{message} (field={type(node).__name__}.{key})",)
        error._names_field = True  # type: ignore[attr-defined]


def spec_at(node: Any, key: Any) -> Any:
    """Returns the value spec of the field `key` of `node`.

    Raises:
      KeyError: if there is no such field.
    """
    spec = node._sym_specs.get(key)
    if spec is None:
        field = node._sym_dynamic_field(key)
        if field is None:
            raise utils.PyGloveKeyError(
                utils.message_on_path(
                    f"Expected the name of a field of {type(node).__name__}, got "
                    f"{key!r}.{did_you_mean(str(key), node._sym_specs)}",
                    node_path(node),
                )
            )
        spec = field.value
    return spec


def store(node: Any, key: str, value: Any) -> None:
    """Stores a value that is checked and owned; see `Inferential` for references."""
    storage = node._sym_storage.get(key)
    raw = node._sym_raw
    if raw is not None:
        raw.pop(key, None)
    if type(value) not in ATOMS and isinstance(value, Inferential):
        if raw is None:
            raw = node._sym_raw = {}
        raw[key] = value
        node._sym_flags |= REFERS
        if storage is None:
            node._sym_extra = {**(node._sym_extra or {}), key: value}
        elif storage in node.__dict__:
            object.__delattr__(node, storage)
        return
    if storage is not None:
        object.__setattr__(node, storage, value)
    elif value is MISSING_VALUE:
        if node._sym_extra is not None:
            node._sym_extra.pop(key, None)
    else:
        if node._sym_extra is None:
            node._sym_extra = {}
        node._sym_extra[key] = value


def stored(node: Any, storage: str) -> Any:
    """Returns the value that an object stores under a name, or `MISSING_VALUE`.

    A `__getattr__` of the class is not called.
    """
    try:
        return object.__getattribute__(node, storage)
    except AttributeError:
        return MISSING_VALUE


def _is_stored(node: Any, key: str) -> bool:
    if node._sym_raw is not None and key in node._sym_raw:
        return True
    storage = node._sym_storage.get(key)
    if storage is None:
        return node._sym_extra is not None and key in node._sym_extra
    try:
        object.__getattribute__(node, storage)
    except AttributeError:
        return False
    return True


def raw_get(node: Any, key: Any) -> Any:
    """Returns the symbolic value of a field, or `MISSING_VALUE`."""
    raw = node._sym_raw
    if raw is not None and (value := raw.get(key)) is not None:
        return value.materialize(node, key) if type(value) is Deferred else value
    storage = node._sym_storage.get(key)
    if storage is not None:
        return stored(node, storage)
    extra = node._sym_extra
    return MISSING_VALUE if extra is None else extra.get(key, MISSING_VALUE)


def assign(self: Any, key: Any, value: Any) -> tuple[Any, Any]:
    """Implements `Node._sym_assign` for objects."""
    if type(value) in self._sym_exact[key] and self._sym_raw is None:
        storage = self._sym_storage[key]
        old = getattr(self, storage)
        setattr(self, storage, value)
        if type(old) not in ATOMS:
            disown(self, old)
        return old, value
    if value is MISSING_VALUE and type(self).sym_attr_field(self, key) is None:
        return value, value  # It is absent already.
    spec = spec_at(self, key)
    old = raw_get(self, key)
    if old is value:
        return old, value
    if value is MISSING_VALUE and key not in self._sym_specs:
        new = value
    else:
        try:
            new = check_value(self, key, spec, value)
        except utils.PyGloveError as error:
            name_field(error, self, key)
            raise
    if stays(old, new):
        return old, old
    if old is not new:
        disown(self, old)
        new = own(self, key, new)
        store(self, key, new)
    return old, new


assign._sym_is_default = True  # type: ignore[attr-defined]


def undo(self: Any, key: Any, value: Any) -> Callable[[], None]:
    """Implements `Node._sym_undo` for objects."""
    old = raw_get(self, key)

    def restore() -> None:
        disown(self, raw_get(self, key))
        if isinstance(old, Node):
            old._sym_parent = self
            old._sym_key = key
        store(self, key, old)

    return restore


def set_field(node: Any, key: str, value: Any) -> None:
    """Implements `node.key = value`.

    Raises:
      WritePermissionError: if the class, the object or the scope forbids it.
    """
    if (
        node._sym_flags & _GUARDED
        or _SEALED.open_count
        or _WRITABLE.open_count
        or not node._sym_writable
    ):
        _check_assignable(node, key)
    if value is MISSING_VALUE or node._sym_rebinds_itself:
        rebind(node, None, {key: value})
        return
    old, new = node._sym_assign(key, value)
    announce(node, key, old, new)


def announce(node: Any, key: str, old: Any, new: Any) -> None:
    """Notifies those who listen of the new value of a field."""
    if old is not new and has_listener(node) and not is_same(old, new):
        notify((Change(node, key, old, new),))


def _check_assignable(node: Any, key: str) -> None:
    """Raises an error if `node.key = value` is forbidden."""
    if node._sym_flags & UNFINISHED:
        raise not_initialized(node)
    if is_sealed(node):
        raise WritePermissionError(
            utils.message_on_path(
                f"Expected an object that may be modified to set {key!r}, got a sealed "
                f"{type(node).__name__}. Call `seal(False)` first.",
                node_path(node),
            )
        )
    if not is_writable(node):
        raise WritePermissionError(
            utils.message_on_path(
                f"Expected an object whose fields may be assigned to set {key!r}, got "
                f"one of {type(node).__name__}. Use `rebind` or the context "
                "`pg.allow_writable_accessors`, or set `allow_symbolic_assignment` of "
                "the class.",
                node_path(node),
            )
        )


def set_attribute(node: Any, name: str, value: Any) -> None:
    """Implements `__setattr__` for classes that accept fields of any name."""
    cls = type(node)
    if (
        name.startswith("_")
        or hasattr(cls, name)
        or cls._sym_dynamic_field(name) is None
    ):
        object.__setattr__(node, name, value)
    else:
        set_field(node, name, value)


def delete_attribute(node: Any, name: str) -> None:
    """Implements `__delattr__` for classes that accept fields of any name."""
    if node._sym_extra is not None and name in node._sym_extra:
        node._sym_delete(name)
    else:
        object.__delattr__(node, name)


def is_writable(node: Node) -> bool:
    """Returns whether `node.key = value` is permitted, scopes considered."""
    if flag.WRITABLE_ACCESSORS.open_count:
        writable = flag.WRITABLE_ACCESSORS.get()
        if writable is not None:
            return writable
    return node._sym_writable


def get_absent(node: Any, key: str) -> Any:
    """Computes the value of a field that is not stored."""
    return node._sym_absent(key)


def begin_clone(node: Any) -> Any:
    """Implements `Node._sym_begin_clone` for objects."""
    cls: Any = type(node)
    new = new_node(cls)
    new._sym_parent = None
    keep = INHERITED | PARTIAL | REFERS
    new._sym_flags = node._sym_flags & keep | cls._sym_initial_flags & ~SEALED
    if cls._sym_base_init is not None:
        cls._sym_base_init(new)
    return new


def end_clone(new: Any, node: Any, deep: bool, parent: Node | None, key: Any) -> None:
    """Implements `Node._sym_end_clone` for objects."""
    listens = node._sym_flags & LISTENS_TO_MOVES
    if listens:
        newcomers: list[Node] = []
        place_children(new, newcomers)
        introduce(new, newcomers)
    record_clone(new, node, deep)
    new._on_init()
    new._sym_flags |= node._sym_flags & SEALED
    place_clone(new, parent, key)
    if listens and node._sym_flags & SEALED:
        seal_tree(new, True)


def clone_by_hook(
    node: Any, deep: bool, memo: dict[int, Any], parent: Node | None, key: Any
) -> Any:
    """Copies an object whose class overrides `_sym_clone`."""
    new = node._sym_clone(deep, memo)
    place_clone(new, parent, key)
    return new


def make(cls: Any, values: Sequence[Any]) -> Any:
    """Creates an object without checks: the twin of the generated constructor.

    Args:
      cls: The class.
      values: Values in the order of the fields, which may be references.
    """
    self = new_node(cls)
    self._sym_parent = None
    self._sym_flags = cls._sym_initial_flags
    if cls._sym_base_init is not None:
        cls._sym_base_init(self)
    for key, value in zip(cls._sym_specs, values, strict=True):
        store(self, key, value)
    for key, value in zip(cls._sym_specs, values, strict=True):
        store(self, key, own(self, key, value))
    self._on_init()
    return self


def seal(node: Any) -> None:
    """Seals a new object of a class that does not permit modification."""
    seal_tree(node, True)


RUNTIME = CompiledRuntime(
    initialize=initialize,
    bind=bind_field,
    own=own,
    fail=fail,
    clone=copy_node,
    clone_step=copy_step,
    descend_after=descend_after,
    deepcopy=copy.deepcopy,
    absent=get_absent,
    assign=set_field,
    seal=seal,
    introduce=introduce,
)
