"""Ownership: which objects each program of a space has for itself.

Symbolic values are made anew for each program in any case. Other objects may have a
state, too, such as the weights of a layer, which must not get from one trial into the
next. So each program has copies of them, unless they are known not to change.

Which objects these are is found out when a space is decoded for the first time. A space
without such objects has no part in any of this.
"""

import copy
import datetime
import enum
import numbers
import re
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic import Inferential, eq, is_deterministic
from pyglove.symbolic.internal import ATOMS, Node, node_path

ClassT = TypeVar("ClassT", bound=type[Any])

# Classes whose objects do not change.
_IMMUTABLE: tuple[type[Any], ...] = (
    numbers.Number,
    str,
    bytes,
    range,
    type,
    enum.Enum,
    types.FunctionType,
    types.BuiltinFunctionType,
    types.ModuleType,
    types.NoneType,
    types.EllipsisType,
    types.NotImplementedType,
    types.GenericAlias,
    types.UnionType,
    property,
    staticmethod,
    classmethod,
    datetime.date,
    datetime.time,
    datetime.timedelta,
    datetime.tzinfo,
    re.Pattern,
    utils.KeyPath,
    utils.MissingValue,
    pg_typing.ValueSpec,
)
# The like in modules that need not be loaded, and are not if there are no such objects.
_IMMUTABLE_ELSEWHERE = {"pathlib": "PurePath", "uuid": "UUID"}
# Classes whose objects all programs share, as their authors or users have said.
_SHARED: list[type[Any]] = []


def shared_by_programs(cls: ClassT) -> ClassT:
    """Lets all programs of a space share the objects of a class.

    By default, objects that are not symbolic and stand in lists, dicts and objects
    beside placeholders are copied for each program. That costs time where they are
    large and never change, such as data sets, and fails where they cannot be copied,
    such as connections.

    It goes for objects that stand in symbolic values, or in tuples, lists, sets and
    dicts in them. What is inside of an object that is copied is copied with it.

    Args:
      cls: The class, whose subclasses are shared as well.

    Returns:
      The class, so that this can be a decorator.

    Raises:
      TypeError: if it is not a class.

    Example:
      >>> @pg.hyper.shared_by_programs
      ... class Dataset:
      ...     pass
      >>> space = pg.Dict(data=Dataset(), depth=pg.oneof([1, 2]))
      >>> one, two = pg.iter(space)
      >>> one.data is two.data
      True
    """
    if not isinstance(cls, type):
        raise utils.PyGloveTypeError(
            f"Expected a class whose objects are shared, got {cls!r}."
        )
    _SHARED.append(cls)
    return cls


def _constant_classes() -> tuple[type[Any], ...]:
    """Returns the classes whose objects are shared by all programs."""
    loaded = [
        getattr(sys.modules[module], name)
        for module, name in _IMMUTABLE_ELSEWHERE.items()
        if module in sys.modules
    ]
    return (*_IMMUTABLE, *loaded, *_SHARED)


def _parts_of(value: Any) -> Iterable[Any] | None:
    """Returns what a container of Python's holds, None for anything else."""
    if isinstance(value, (tuple, list, set, frozenset)):
        return value
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return None


def refuse_placeholders(value: Any, owner: Any = None, key: Any = None) -> None:
    """Refuses a tuple, or another container of Python's, with placeholders in it.

    Such a container is a single value: nothing in it is decided.

    Args:
      value: Any value that is not symbolic.
      owner: The node that holds it, if any.
      key: Its key there.

    Raises:
      ValueError: saying where the placeholder is.
    """
    path = utils.KeyPath()
    if owner is not None:
        path = utils.KeyPath(key, node_path(owner))
    pending = [(path, value)] if _parts_of(value) is not None else []
    seen: set[int] = set()
    while pending:
        path, part = pending.pop()
        if isinstance(part, Node):
            if not is_deterministic(part):
                raise utils.PyGloveValueError(
                    f"Expected no placeholder in a {type(value).__name__}, which is a "
                    f"single value, got {part!r}. Put it into a list, a `pg.Dict` or a "
                    "`pg.Object`, or make the whole a candidate: "
                    f"`pg.oneof([(1, 2), (3, 4)])`. (path={path})"
                )
            continue
        items = (
            part.items() if isinstance(part, dict) else enumerate(_parts_of(part) or ())
        )
        if id(part) not in seen:
            seen.add(id(part))
            pending.extend((utils.KeyPath(k, path), v) for k, v in items)


class Belongings:
    """The objects in a piece of a space that each program has for itself.

    Attributes:
      owned: The objects to copy, with the node that holds each and its key there.
      shared: What stays as it is in copies of containers, by identity.
    """

    __slots__ = ("_seen", "owned", "shared")

    def __init__(self) -> None:
        self.owned: list[tuple[Any, Any, Any]] = []
        self.shared: dict[int, Any] = {}
        self._seen: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self.owned)

    def add(self, owner: Any, key: Any, value: Any) -> None:
        """Notes the objects in a child of a node.

        Args:
          owner: The node.
          key: The key of the child.
          value: The child.
        """
        if isinstance(value, Node):
            self.add_all(value)
        elif self._is_owned(value):
            refuse_placeholders(value, owner, key)
            self.owned.append((owner, key, value))

    def add_all(self, root: Node) -> None:
        """Notes the objects in a tree.

        Args:
          root: The root of the tree.
        """
        pending = [root]
        while pending:
            node = pending.pop()
            for key, child in node.sym_items():
                if type(child) in ATOMS or isinstance(child, Inferential):
                    continue
                if isinstance(child, Node):
                    pending.append(child)
                elif self._is_owned(child):
                    refuse_placeholders(child, node, key)
                    self.owned.append((node, key, child))

    def include(self, other: "Belongings") -> None:
        """Adds what was found in another piece."""
        self.owned += other.owned
        self.shared.update(other.shared)

    def _is_owned(self, value: Any) -> bool:
        """Returns whether a value is to be copied, and notes what is not."""
        kind = type(value)
        if kind in ATOMS:
            return False
        if isinstance(value, Node):  # In a tuple, say.
            return True
        if isinstance(value, types.MethodType):
            return self._is_owned(value.__self__)
        parts = None if isinstance(value, tuple(_SHARED)) else _parts_of(value)
        if parts is None:
            if isinstance(value, _constant_classes()):
                self.shared[id(value)] = value
                return False
            return True
        if id(value) in self._seen:  # It holds itself.
            return True
        self._seen.add(id(value))
        is_owned = False
        for part in parts:  # All of them, for the sake of the notes.
            is_owned |= self._is_owned(part)
        self._seen.discard(id(value))
        if is_owned or not isinstance(value, (tuple, frozenset)):
            return True
        self.shared[id(value)] = value
        return False

    def copy_into(self, memo: dict[int, Any]) -> None:
        """Copies the objects.

        Args:
          memo: Memo of `copy.deepcopy`, which receives the copies.

        Raises:
          Exception: whatever making a copy raises, with a note of where it was.
        """
        for owner, key, value in self.owned:
            try:
                copy.deepcopy(value, memo)
            except Exception as error:
                error.add_note(
                    f"Each program gets a copy of {value!r}. If its class is to be "
                    "shared by all programs, register it by "
                    "`pg.hyper.shared_by_programs`. "
                    f"(path={utils.KeyPath(key, node_path(owner))})"
                )
                raise


class OwnedDraw:
    """Draws the numbers of a DNA for a program that has objects for itself.

    Args:
      numbers: The numbers.
      shared: What is not to be copied, by identity.

    Attributes:
      memo: Memo of `copy.deepcopy` with all that was copied for the program, so that
        what it has in two places stays one.
    """

    __slots__ = ("_next", "memo")

    def __init__(self, numbers: Iterable[Any], shared: dict[int, Any]):
        self._next = iter(numbers).__next__
        self.memo = dict(shared)

    def __call__(self) -> Any:
        """Returns the next number."""
        return self._next()


def start_drawing(numbers: Iterable[Any], belongings: Belongings) -> Callable[[], Any]:
    """Returns a function that draws the numbers of a DNA for one program.

    Args:
      numbers: The numbers.
      belongings: The objects that each program has for itself.
    """
    if belongings:
        return OwnedDraw(numbers, belongings.shared)
    return iter(numbers).__next__


def _comparable(value: Any) -> Iterator[Any]:
    """Iterates over the keys and values of a node, or what a container holds."""
    if isinstance(value, Node):
        for key, child in value.sym_items():
            yield key
            yield child
    else:
        yield from _parts_of(value) or ()


def _has_equality(cls: Any) -> bool:
    return cls.__eq__ is not object.__eq__


def may_be_copy(original: Any, value: Any) -> bool:
    """Returns whether a piece of a program may be a copy of one of the space.

    Objects of a class without an equality of its own cannot be compared. What is of
    exactly the same class is taken for a copy.

    Args:
      original: The piece of the space.
      value: The piece of a program.
    """
    pending = [(original, value)]
    while pending:
        one, other = pending.pop()
        if one is other or eq(one, other):
            continue
        if type(one) is not type(other):
            return False
        if isinstance(one, (Node, tuple, list, dict)):
            ones, others = list(_comparable(one)), list(_comparable(other))
            if len(ones) != len(others):
                return False
            pending.extend(zip(ones, others, strict=True))
        elif _has_equality(type(one)) or isinstance(one, _constant_classes()):
            return False
    return True
