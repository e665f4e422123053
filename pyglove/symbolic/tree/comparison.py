"""Comparison: equality, order and hash of symbolic trees by their content."""

import types
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.node import foreign_value
from pyglove.symbolic.node.node import ATOMS, Node, is_default
from pyglove.utils.descent import Steps, descend_after
from pyglove.utils.scope import Scope

MISSING_VALUE = utils.MISSING_VALUE
_ABSENT = object()
_METHODS = (types.FunctionType, types.MethodType)

# A reference may lead to a value that contains it. Pairs of reference targets that are
# being compared count as equal, unless another part differs.
_OPEN_PAIRS: Scope[set[tuple[int, int]] | None] = Scope("open_pairs", None)
# Ids of the reference targets that are being hashed.
_OPEN_HASHES: Scope[dict[int, int] | None] = Scope("open_hashes", None)
# How many references one hash follows at most.
_MOST_REFERENCES = 4096


def eq(left: Any, right: Any) -> bool:
    """Returns whether two values are symbolically equal.

    Symbolic equality compares trees by class and content, regardless of the `==` of
    their classes. A class may define `sym_eq` to customize it.

    Args:
      left: Any value.
      right: Any value.

    Returns:
      True if they are equal.

    Example:
      >>> pg.eq([1, pg.Dict(x=2)], pg.List([1, dict(x=2)]))
      True
    """
    if left is right:
        return True
    try:
        if type(left) in ATOMS and type(right) in ATOMS:
            return bool(left == right)
        if isinstance(left, list):
            return isinstance(right, list) and _eq_sequences(left, right)
        if isinstance(left, dict):
            return isinstance(right, dict) and _eq_dicts(left, right)
        if isinstance(left, tuple):
            return isinstance(right, tuple) and _eq_sequences(left, right)
        # Looked up in the class, since a class has its methods as attributes, too.
        sym_eq = getattr(type(left), "sym_eq", None)
        if sym_eq is not None:
            return bool(sym_eq(left, right))
        sym_eq = getattr(type(right), "sym_eq", None)
        if sym_eq is not None:
            return bool(sym_eq(right, left))
        if isinstance(left, _METHODS):
            return bool(pg_typing.callable_eq(left, right))
        return foreign_value.eq(left, right, eq)
    except RecursionError as error:
        return bool(descend_after(error, _eq_step, left, right, set()))


def _eq_step(x: Any, y: Any, compared: set[tuple[int, int]]) -> Steps:
    """Does the work of `eq` as a step of `utils.descent`.

    Args:
      x: Any value.
      y: Any value.
      compared: The pairs of targets of references that are, or are being, compared.
    """
    if x is y:
        return True
    if isinstance(x, Node) and is_default(type(x), "sym_eq"):
        if isinstance(x, (list, dict)):
            if not isinstance(y, list if isinstance(x, list) else dict):
                return False
        elif type(x) is not type(y):
            return False
    elif type(x) is not type(y) or type(x) not in (list, dict, tuple):
        return eq(x, y)
    mine, theirs = _parts(x), _parts(y)
    if mine.keys() != theirs.keys():
        return False
    refers = has_references(x) or has_references(y)
    for key, value in mine.items():
        other = theirs[key]
        if type(value) in ATOMS and type(other) in ATOMS:
            if value != other:
                return False
            continue
        if refers:
            value, other = behind(value), behind(other)
            if (id(value), id(other)) in compared:
                continue
            compared.add((id(value), id(other)))
        if not (yield value, other, compared):
            return False
    return True


def has_references(x: Any) -> bool:
    """Returns whether `x` is a list that may hold references.

    Lists are compared by the targets of their references.
    """
    return isinstance(x, list) and hasattr(x, "_sym_plain_class")


def behind(value: Any) -> Any:
    """Returns the target of a reference, and any other value as it is."""
    return getattr(value, "_sym_value", value)


def _parts(x: Any) -> dict[Any, Any]:
    """Returns the symbolic values inside a value by key."""
    if isinstance(x, Node):
        return dict(x.sym_items())
    return x if isinstance(x, dict) else dict(enumerate(x))


def ne(left: Any, right: Any) -> bool:
    """Returns whether two values are symbolically different; see `eq`."""
    return not eq(left, right)


def _eq_sequences(left: Any, right: Any) -> bool:
    if len(left) != len(right):
        return False
    # The methods of the base class do not resolve references.
    read: Any = list.__iter__ if isinstance(left, list) else tuple.__iter__
    if has_references(left) or has_references(right):
        pairs = zip(read(left), read(right), strict=True)
        return all(_eq_behind(x, y) for x, y in pairs)
    return all(map(eq, read(left), read(right)))


def _eq_behind(left: Any, right: Any) -> bool:
    """Compares items of lists by the targets of references."""
    x, y = behind(left), behind(right)
    if x is left and y is right:
        return eq(left, right)
    compared = _OPEN_PAIRS.get() if _OPEN_PAIRS.open_count else None
    if compared is None:
        with _OPEN_PAIRS.hold(set()):
            return _eq_behind(left, right)
    pair = id(x), id(y)
    if pair in compared:
        return True
    compared.add(pair)
    if eq(x, y):
        return True
    compared.discard(pair)
    return False


def _eq_dicts(left: Any, right: Any) -> bool:
    if len(left) != len(right):
        return False
    for key, value in dict.items(left):
        other = dict.get(right, key, _ABSENT)
        if value is not other and (other is _ABSENT or not eq(value, other)):
            return False
    return True


# Kinds of values in the total order that `lt` defines; other objects come last.
_KINDS: tuple[type | tuple[type, ...], ...] = (
    utils.MissingValue,
    type(None),
    (bool, int, float),
    str,
    list,
    tuple,
    set,
    dict,
)


def _rank(value: Any) -> int:
    for i, kind in enumerate(_KINDS):
        if isinstance(value, kind):
            return i
    return len(_KINDS)


def lt(left: Any, right: Any) -> bool:
    """Returns whether `left` comes before `right` in a total order of values.

    Values of different kinds are ordered by kind: missing values, None, bool and
    numbers, strings, lists, tuples, sets, dicts, other objects by class name and
    content. The first difference decides.

    Args:
      left: Any value.
      right: Any value.

    Returns:
      True if `left` comes first.
    """
    pending = [(left, right)]
    while pending:
        x, y = pending.pop()
        if x is y:
            continue
        rank, other_rank = _rank(x), _rank(y)
        if rank != other_rank:
            return rank < other_rank
        if rank == 0:
            continue  # No missing value comes before another one.
        if rank == len(_KINDS) and type(x) is not type(y):
            return _class_name(x) < _class_name(y)
        if isinstance(x, (list, tuple, dict)) or is_plain_object(x):
            mine, theirs = _ordered_items(x), _ordered_items(y)
            # Later parts count only if all earlier parts are equal.
            pending.append((len(mine), len(theirs)))
            for (key, value), (other_key, other_value) in reversed(
                list(zip(mine, theirs, strict=False))
            ):
                pending.append((value, other_value))
                if key != other_key:
                    pending.append((key, other_key))
        elif not eq(x, y):
            sym_lt = getattr(x, "sym_lt", None)
            return bool(x < y if sym_lt is None else sym_lt(y))
    return False


def is_plain_object(x: Any) -> bool:
    """Returns whether a node is ordered by its fields."""
    return isinstance(x, Node) and is_default(type(x), "sym_lt")


def _ordered_items(x: Any) -> list[tuple[Any, Any]]:
    if isinstance(x, Node):
        return list(x.sym_items())
    return list(x.items() if isinstance(x, dict) else enumerate(x))


def gt(left: Any, right: Any) -> bool:
    """Returns whether `left` comes after `right`; see `lt`."""
    return lt(right, left)


def _class_name(value: Any) -> tuple[str, str]:
    return type(value).__qualname__, type(value).__module__


def sym_hash(x: Any) -> int:
    """Returns a hash that agrees with symbolic equality.

    Args:
      x: A symbolic value, or any hashable value.

    Returns:
      An int; equal for values that `eq` finds equal.

    Raises:
      TypeError: if a leaf of the tree is not hashable.
    """
    try:
        if isinstance(x, Node):
            return x.sym_hash()  # type: ignore[attr-defined]
        if isinstance(x, types.FunctionType):
            return hash(x.__code__.co_code)
        if isinstance(x, types.MethodType):
            return hash((sym_hash(x.__func__), sym_hash(x.__self__)))
        if isinstance(x, tuple):
            return hash(tuple(map(hash_part, x)))
        own = getattr(type(x), "sym_hash", None)
        if own is not None:
            return own(x)
        if foreign_value.is_array(x):
            return foreign_value.array_hash(x, sym_hash)
        return hash(x)
    except RecursionError as error:
        return int(descend_after(error, _hash_step, x))


def hash_part(x: Any) -> Any:
    """Returns a value to hash in place of a part of a tree.

    Args:
      x: Any value.

    Returns:
      The value itself if it is an atom, else its symbolic hash.
    """
    return x if type(x) in ATOMS else sym_hash(x)


def hash_of_list(items: Any, has_references: bool) -> int:
    """Returns the hash of a list of symbolic values.

    Args:
      items: The values.
      has_references: Whether there may be references among them, which are hashed by
        their targets.
    """
    part = _hash_behind if has_references else hash_part
    return hash((list, *map(part, items)))


def _hash_behind(value: Any) -> Any:
    """Returns a value to hash in place of an item, which may be a reference."""
    target = behind(value)
    if target is value:
        return hash_part(value)
    opened = _OPEN_HASHES.get() if _OPEN_HASHES.open_count else None
    if opened is None:
        with _OPEN_HASHES.hold({}):
            return _hash_behind(value)
    count = opened.get(0, 0)
    if id(target) in opened or count >= _MOST_REFERENCES:
        return 0
    opened[0] = count + 1
    opened[id(target)] = 1
    try:
        if type(target) is list:
            return hash((list, *map(hash_part, target)))
        if type(target) is dict:
            return hash_of_dict(target)
        return sym_hash(target)
    finally:
        del opened[id(target)]


def hash_of_dict(node: Any) -> int:
    """Returns the hash of a dict of symbolic values."""
    items = frozenset(
        (k, hash_part(v)) for k, v in dict.items(node) if v is not MISSING_VALUE
    )
    return hash((dict, items))


def combine_hashes(kind: Any, keys: list[Any], parts: list[Any]) -> int:
    """Returns the hash of a node from the hashes of its children.

    Args:
      kind: Class of the node.
      keys: Keys of the children.
      parts: The result of `hash_part` for each child.
    """
    if issubclass(kind, dict):
        return hash((dict, frozenset(zip(keys, parts, strict=True))))
    if issubclass(kind, list):
        return hash((list, *parts))
    # Fields that the schema names come first; the order of others does not count.
    count = len(kind._sym_specs)
    extra = frozenset(zip(keys[count:], parts[count:], strict=True))
    return hash((kind, *parts[:count], extra) if extra else (kind, *parts))


def _hash_step(x: Any) -> Steps:
    """Does the work of `hash_part` as a step of `utils.descent`."""
    if (
        not isinstance(x, Node)
        or not is_default(type(x), "sym_hash")
        or has_references(x)
    ):
        return hash_part(x)
    keys, parts = [], []
    for key, value in hashed_items(x):
        if type(value) not in ATOMS:
            value = yield (value,)
        keys.append(key)
        parts.append(value)
    return combine_hashes(type(x), keys, parts)


def hashed_items(node: Node) -> list[tuple[Any, Any]]:
    """Returns the keys and values of a node that its hash depends on."""
    if isinstance(node, dict):
        return [(k, v) for k, v in node.sym_items() if v is not MISSING_VALUE]
    return list(node.sym_items())
