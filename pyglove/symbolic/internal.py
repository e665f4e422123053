"""Internal interface: functions on nodes for other packages of the library.

Only this package uses names that begin with `_sym_`. Other packages call the functions
here to create nodes without checks, to implement lazy fields, or to access the state of
nodes. These functions may change with any release.

A class with lazy fields, which are computed on first read, sets `_sym_lazy`, creates
its instances by `new_object` and implements two hooks: `_sym_absent(key)` stores the
field and returns its value, and `_sym_realize()` stores all fields.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pyglove.symbolic.adapter.functor import Functor
from pyglove.symbolic.compiled.object_arguments import complete_init
from pyglove.symbolic.compiled.object_layout import exact_leaf_types
from pyglove.symbolic.compiled.object_runtime import make as make_object
from pyglove.symbolic.container.dict import Dict
from pyglove.symbolic.container.list import List
from pyglove.symbolic.form.file_access import files
from pyglove.symbolic.form.html_form import HtmlForm, load_presentations
from pyglove.symbolic.form.persistence import plain_json_str
from pyglove.symbolic.form.plain_load import is_as_loaded
from pyglove.symbolic.node.conversion import convert
from pyglove.symbolic.node.copying import clone_value
from pyglove.symbolic.node.deferral import Deferred, copy_lazily, is_large
from pyglove.symbolic.node.node import (
    ATOMS,
    PARTIAL,
    SEALED,
    SPECIAL,
    Node,
    node_path,
    seal_tree,
)
from pyglove.symbolic.node.own_method import formats_as_usual
from pyglove.symbolic.node.plain_form import shows_as_usual
from pyglove.symbolic.object.object import Object, is_usual
from pyglove.symbolic.tree.traversal import children

T = TypeVar("T")

#: Creates a list from items and a value spec, without checks.
make_list: Callable[..., List[Any]] = List._sym_make
#: Creates a dict from a dict and a value spec, without checks.
make_dict: Callable[..., Dict] = Dict._sym_make


def constructor_of(cls: Any) -> Callable[..., Any]:
    """Returns a constructor that takes all fields by position, without checks."""
    construct: Callable[..., Any] = cls._sym_make
    return construct


def new_object(cls: type[T], fields: Mapping[str, Any]) -> T:
    """Returns an object with some fields, without checks.

    Args:
      cls: A class whose other fields are lazy.
      fields: Values by field. Nodes among them must not have a parent.
    """
    new: Any = object.__new__(cls)
    storage, stored = new._sym_storage, new.__dict__
    for key, value in fields.items():
        if isinstance(value, Node):
            value._sym_parent = new
            value._sym_key = key
        stored[storage[key]] = value
    return new


def store(node: Any, key: str, value: Any) -> None:
    """Stores a field of an object without checks; see `new_object`."""
    if isinstance(value, Node):
        value._sym_parent = node
        value._sym_key = key
    node.__dict__[node._sym_storage[key]] = value


def is_stored(node: Any, key: str) -> bool:
    """Returns whether a field of an object has been stored."""
    return node._sym_storage[key] in node.__dict__


def stored_value(node: Any, key: str, default: Any = None) -> Any:
    """Returns a field of an object, or a default if it has not been stored."""
    return node.__dict__.get(node._sym_storage[key], default)


def realize(node: Any) -> None:
    """Stores all fields of an object with lazy fields."""
    node._sym_realize()


def field_spec(cls: Any, key: str) -> Any:
    """Returns the value spec of a field of a class of objects."""
    return cls._sym_specs[key]


def raw_value(node: Any, key: Any) -> Any:
    """Returns a child of a node as it is stored, without calling hooks."""
    return node._sym_rawget(key)


def assign(node: Any, key: Any, value: Any) -> None:
    """Checks a value and stores it in a node, without a notification."""
    node._sym_assign(key, value)


def place(node: Any, parent: Any, key: Any) -> None:
    """Sets the parent and key of a node, without storing it in the parent."""
    node._sym_parent = parent
    node._sym_key = key


def parent_of(node: Any) -> Any:
    """Returns the parent of a node, or None for a root."""
    return node._sym_parent


def key_of(node: Any) -> Any:
    """Returns the key of a node under its parent, or None for a root."""
    return node._sym_key


def copy_node(node: Any) -> Any:
    """Returns a copy of a node and its descendants."""
    return node._sym_clone_node(False, {}, None, None)


def may_hold_placeholders(node: Any) -> bool:
    """Returns whether a tree may contain placeholders or missing values."""
    return bool(node._sym_flags & SPECIAL)


def is_without_flags(node: Any) -> bool:
    """Returns whether a node has no flags."""
    return not node._sym_flags


def is_made_of_children(node: Any) -> bool:
    """Returns whether a node can be recreated from its children alone.

    This is not possible if it is sealed or partial, has a callback, or overrides
    `_sym_clone`.

    Args:
      node: The node.
    """
    if node._sym_flags & (SEALED | PARTIAL):
        return False
    if isinstance(node, (List, Dict)):
        return node._sym_writable and node._sym_callback is None
    return (
        not isinstance(node, Functor)
        and node._sym_extra is None
        and node._sym_raw is None
        and type(node)._sym_clone is Object._sym_clone
    )


__all__ = [
    "ATOMS",
    "Deferred",
    "HtmlForm",
    "Node",
    "SPECIAL",
    "assign",
    "children",
    "clone_value",
    "complete_init",
    "constructor_of",
    "convert",
    "copy_lazily",
    "copy_node",
    "exact_leaf_types",
    "field_spec",
    "formats_as_usual",
    "files",
    "is_as_loaded",
    "is_large",
    "is_made_of_children",
    "is_stored",
    "is_usual",
    "is_without_flags",
    "key_of",
    "load_presentations",
    "make_dict",
    "make_list",
    "make_object",
    "may_hold_placeholders",
    "new_object",
    "node_path",
    "parent_of",
    "place",
    "plain_json_str",
    "raw_value",
    "realize",
    "seal_tree",
    "shows_as_usual",
    "store",
    "stored_value",
]
