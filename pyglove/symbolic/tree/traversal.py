"""Traversal: walks over a tree, and queries that are built on them.

`children` defines the structure of a tree: symbolic nodes and plain lists and dicts
have children, any other value is a leaf. Nothing here recurses, so the depth of a tree
is limited by memory only.
"""

import enum
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pyglove import utils
from pyglove.symbolic.node import foreign_value
from pyglove.symbolic.node.node import ATOMS, Node
from pyglove.symbolic.node.plain_form import PlainForm
from pyglove.symbolic.tree import comparison
from pyglove.utils.lazy_module import inspect
from pyglove.utils.path.key_path import BarePath
from pyglove.utils.path.key_text import format_keys

KeyPath = utils.KeyPath
_ROOT = KeyPath()


class TraverseAction(enum.Enum):
    """The next step of `traverse`, as a visitor requests it.

    Attributes:
      STOP: End the traversal.
      ENTER: Visit the children of this value.
      CONTINUE: Continue with the next sibling.
    """

    STOP = 0
    ENTER = 1
    CONTINUE = 2


def children(value: Any) -> Iterable[tuple[Any, Any]]:
    """Returns the keys and values of the children of `value`.

    Args:
      value: Any value.

    Returns:
      Pairs of key and symbolic value; none for a leaf.
    """
    if isinstance(value, Node):
        return value.sym_items()
    if isinstance(value, dict):
        return value.items()
    if isinstance(value, list):
        return enumerate(value)
    return ()


def walk(value: Any) -> Iterator[Any]:
    """Iterates over `value` and all its descendants, parents first."""
    pending = [value]
    while pending:
        value = pending.pop()
        yield value
        pending.extend(v for _, v in children(value))


Visitor = Callable[[KeyPath, Any, Any], TraverseAction | None]


def traverse(
    x: Any,
    preorder_visitor_fn: Visitor | None = None,
    postorder_visitor_fn: Visitor | None = None,
    root_path: KeyPath | None = None,
    parent: Any = None,
) -> bool:
    """Visits a value and its descendants.

    Args:
      x: A symbolic value, or a tree of lists and dicts.
      preorder_visitor_fn: Called with (path, value, parent) before the children
        of the value. Its result is the next step; None means `ENTER`.
      postorder_visitor_fn: Called likewise after the children. Only the result `STOP`
        has an effect.
      root_path: The path of `x`; empty if None.
      parent: The parent of `x`, for the visitors.

    Returns:
      False if a visitor stopped the traversal, else True. After a stop, the
      post-order visitor is still called for the ancestors of the last value.

    Example:
      >>> leaves = []
      >>> def visit(path, value, parent):
      ...     if isinstance(value, int):
      ...         leaves.append(str(path))
      ...     return pg.TraverseAction.ENTER
      >>> pg.traverse(pg.Dict(x=1, y=[2, 3]), visit)
      True
      >>> leaves
      ['x', 'y[0]', 'y[1]']
    """
    before, after = preorder_visitor_fn or _enter, postorder_visitor_fn
    enter, stop, leaves = TraverseAction.ENTER, TraverseAction.STOP, ATOMS
    value, owner, path = x, parent, _ROOT if root_path is None else root_path
    action = before(path, value, owner)
    is_stopped = action is stop
    items = iter(_listed(value) if action is enter or action is None else ())
    # Ancestors of the current value: values, their paths and parents, and iterators
    # over the children that have not been visited yet.
    around: list[tuple[Any, KeyPath, Any, Iterator[tuple[Any, Any]]]] = []
    while True:
        for key, child in items:
            below = BarePath()  # This is `path.child(key)`, without the call.
            below._last = (path, key)
            action = before(below, child, value)
            if action is enter or action is None:
                if type(child) not in leaves:
                    around.append((value, path, owner, items))
                    owner, value, path = value, child, below
                    items = iter(_listed(child))
                    break
                if after is None:
                    continue
            is_stopped = action is stop
            if after is not None and after(below, child, value) is stop:
                is_stopped = True
            if is_stopped:
                items = iter(())
                break
        else:
            if after is not None and after(path, value, owner) is stop:
                is_stopped = True
            if not around:
                return not is_stopped
            value, path, owner, items = around.pop()
            if is_stopped:
                items = iter(())


def _enter(path: KeyPath, value: Any, parent: Any) -> None:
    """A pre-order visitor that enters every value."""


def _listed(value: Any) -> Sequence[tuple[Any, Any]]:
    """Returns the present children of a value, even if it is modified later."""
    if isinstance(value, PlainForm):
        return value._sym_pairs()
    return list(children(value))


def replacements(
    root: Any, replace: Callable[[KeyPath, Any, Any], Any]
) -> list[tuple[KeyPath, Any, Any]]:
    """Finds the values of a tree that a function replaces.

    Args:
      root: Root of the tree.
      replace: Called with (path, value, parent), parents first. A result other than
        the value itself replaces the value, and is not entered.

    Returns:
      Path relative to `root`, parent and replacement of each, in the order of the
      visits.
    """
    found: list[tuple[KeyPath, Any, Any]] = []

    def visit(path: KeyPath, value: Any, parent: Any) -> TraverseAction | None:
        new_value = replace(path, value, parent)
        if new_value is value:
            return None
        found.append((path, parent, new_value))
        return TraverseAction.CONTINUE

    traverse(root, visit)
    return found


def query(
    x: Any,
    path_regex: str | None = None,
    where: Callable[..., bool] | None = None,
    enter_selected: bool = False,
    custom_selector: Callable[..., bool] | None = None,
) -> dict[str, Any]:
    """Selects parts of a tree.

    Args:
      x: A symbolic value, or a tree of lists and dicts.
      path_regex: A regular expression that the path from `x` has to match at its
        start.
      where: A predicate of (value) or (value, parent).
      enter_selected: Whether parts of selected parts are considered as well.
      custom_selector: A predicate of (path, value) or (path, value, parent), instead
        of the two above.

    Returns:
      The selected values by their path from `x`, in pre-order.

    Raises:
      ValueError: if `custom_selector` is combined with other conditions.
      TypeError: if a predicate does not take the arguments above.

    Example:
      >>> pg.query(pg.Dict(x=1, y=[2, 'a']), where=lambda v: isinstance(v, int))
      {'x': 1, 'y[0]': 2}
    """
    if custom_selector is not None:
        if path_regex is not None or where is not None:
            raise utils.PyGloveValueError(
                "Expected `custom_selector` alone, got `path_regex` or `where` beside "
                "it. Let the selector check both."
            )
        return _query_by_selector(x, custom_selector, enter_selected)
    takes_parent = where is not None and _arity(
        where, "where", 1, "(value) or (value, parent)"
    )
    paths, leaves = _matched_paths(path_regex), ATOMS
    match = paths.match
    selected: dict[str, Any] = {}
    parent: Any = None
    path = ""
    known: dict[Any, _Step] | None = paths.top
    items: Iterator[tuple[Any, Any]] = iter(((None, x),))
    # The open levels: children still to be visited, their parent, its path, and the
    # known paths below it.
    around: list[tuple[Any, Any, str, dict[Any, _Step] | None]] = []
    while True:
        for key, value in items:
            step: _Step
            if known is None:
                text = _join(path, key)
                step = text, match is None or match(text) is not None, None
            else:
                step = known.get(key) or paths.add(path, key, known)
            if step[1] and (
                where is None
                or (where(value, parent) if takes_parent else where(value))
            ):
                selected[step[0]] = value
                if not enter_selected:
                    continue
            if type(value) not in leaves:
                around.append((items, parent, path, known))
                parent = value
                path, _, known = step
                pairs = _listed(value)
                if type(pairs) is list and isinstance(value, dict):
                    if bool in map(type, value):
                        known = None  # The key True equals 1.
                items = iter(pairs)
                break
        else:
            if not around:
                return selected
            items, parent, path, known = around.pop()


# The text of a path, whether it matches, and the known paths below it by key.
_Step = tuple[str, bool, "dict[Any, _Step] | None"]
_KNOWN_KEYS = frozenset((str, int, type(None)))


class _MatchedPaths:
    """A cache of the paths that a regular expression matches.

    Trees of the same classes share most paths, so neither the text nor the match is
    computed again for each tree.

    Attributes:
      match: Matches a text; None if all paths are selected.
      top: The path of the root, by the key None.
    """

    def __init__(self, regex: Any):
        self.top: dict[Any, _Step] = {}
        self.match = None if regex is None else re.compile(regex).match
        # The remaining size of the cache in characters, plus some for each path.
        self._room = 100_000

    def add(self, path: str, key: Any, known: dict[Any, _Step]) -> _Step:
        """Returns the step from a path to a key, and stores it if there is room."""
        text = path if key is None else _join(path, key)
        is_match = self.match is None or self.match(text) is not None
        if self._room <= 0 or type(key) not in _KNOWN_KEYS:
            return text, is_match, None
        self._room -= len(text) + 100
        step = known[key] = text, is_match, {}
        return step


_matched_paths = functools.lru_cache(maxsize=64)(_MatchedPaths)


def _join(path: str, key: Any) -> str:
    """Returns the text of a path that is extended by a key."""
    if type(key) is int:
        return f"{path}[{key}]"
    text = format_keys((key,))
    return f"{path}.{text}" if path and not text.startswith("[") else path + text


def _query_by_selector(
    x: Any, selector: Callable[..., bool], enter_selected: bool
) -> dict[str, Any]:
    takes_parent = _arity(
        selector, "custom_selector", 2, "(path, value) or (path, value, parent)"
    )
    selected: dict[str, Any] = {}

    def visit(path: KeyPath, value: Any, parent: Any) -> TraverseAction:
        is_selected = (
            selector(path, value, parent) if takes_parent else selector(path, value)
        )
        if is_selected:
            selected[path.path] = value
            if not enter_selected:
                return TraverseAction.CONTINUE
        return TraverseAction.ENTER

    traverse(x, visit)
    return selected


def _arity(fn: Callable[..., Any], role: str, least: int, expected: str) -> bool:
    """Returns whether `fn` takes one argument more than the minimum."""
    parameters = inspect.signature(fn).parameters.values()
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        return True
    count = sum(
        p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in parameters
    )
    if count not in (least, least + 1):
        raise utils.PyGloveTypeError(
            f"Expected a function with the parameters {expected} as `{role}`, got "
            f"{getattr(fn, '__qualname__', fn)!r} with "
            f"({', '.join(map(str, parameters))})."
        )
    return count == least + 1


def contains(
    x: Any, value: Any = None, type: type | tuple[type, ...] | None = None
) -> bool:
    """Returns whether a tree contains a value, or a value of a type.

    Args:
      x: A symbolic value, or a tree of lists and dicts.
      value: The value to search for if `type` is None. It is compared with `==`,
        arrays by content.
      type: A class, or a tuple of classes, to search for.

    Returns:
      True if `x` or one of its descendants is such a value.
    """
    if type is not None:
        return any(isinstance(v, type) for v in walk(x))
    return any(v is value or _equal(v, value) for v in walk(x))


def _equal(left: Any, right: Any) -> bool:
    if type(left) in ATOMS and type(right) in ATOMS:
        return bool(left == right)
    return foreign_value.eq(left, right, comparison.eq)
