"""Functions on trees of plain dictionaries and lists."""

from collections.abc import Callable, Iterator
from typing import Any

from pyglove.utils.descent import Steps, descend
from pyglove.utils.error import PyGloveKeyError, PyGloveTypeError
from pyglove.utils.missing import MISSING_VALUE, MaybePartial, MissingValue
from pyglove.utils.path.key_path import KeyPath, parse_keys
from pyglove.utils.path.key_text import format_keys

Visitor = Callable[[KeyPath, Any], bool]
MergeFn = Callable[[KeyPath, Any, Any], Any]

_ROOT = KeyPath()


def traverse(
    value: Any,
    preorder_visitor_fn: Visitor | None = None,
    postorder_visitor_fn: Visitor | None = None,
    root_path: KeyPath | None = None,
) -> bool:
    """Visits the nodes of a tree, depth first.

    Args:
      value: A tree of dictionaries and lists.
      preorder_visitor_fn: Called with path and value of a node before its children.
      postorder_visitor_fn: Called with path and value of a node after its children.
      root_path: The path of `value`.

    Returns:
      Whether all nodes were visited; a visitor that returns False (or None) stops it.

    Example:
      >>> from pyglove.utils import traverse
      >>> traverse({'a': [1]}, lambda path, value: not print(path, value))
       {'a': [1]}
      a [1]
      a[0] 1
      True
    """
    path = _ROOT if root_path is None else root_path
    return bool(
        descend(_visit_step, value, preorder_visitor_fn, postorder_visitor_fn, path)
    )


def _visit_step(
    value: Any, before: Visitor | None, after: Visitor | None, path: KeyPath
) -> Steps:
    """Does the work of `traverse` as a step of `utils.descent`."""
    if before is not None and not before(path, value):
        return False
    items = _items(value) if isinstance(value, (dict, list)) else ()
    for key, item in items:
        if not (yield item, before, after, path.child(key)):
            return False
    return after is None or after(path, value)


def transform(
    value: Any,
    transform_fn: Callable[[KeyPath, Any], Any],
    root_path: KeyPath | None = None,
    inplace: bool = True,
) -> Any:
    """Replaces the nodes of a tree, from the leaves up.

    Args:
      value: A tree of dictionaries and lists.
      transform_fn: A function of path and value of a node, whose children are already
        transformed, that returns its replacement. `MISSING_VALUE` removes the node.
      root_path: The path of `value`.
      inplace: If False, `value` is not modified.

    Returns:
      The transformed tree.

    Example:
      >>> from pyglove.utils import transform
      >>> transform({'a': [1, 'x']}, lambda k, v: v + 1 if v == 1 else v)
      {'a': [2, 'x']}
    """
    path = _ROOT if root_path is None else root_path
    return descend(_transform_step, value, transform_fn, path, inplace)


def _transform_step(
    value: Any,
    transform_fn: Callable[[KeyPath, Any], Any],
    path: KeyPath,
    inplace: bool,
) -> Steps:
    """Does the work of `transform` as a step of `utils.descent`."""
    if isinstance(value, (dict, list)):
        items = list(_items(value))
        value = value if inplace else value.copy()
        removed = []
        for key, item in items:
            new = yield item, transform_fn, path.child(key), inplace
            if new == MISSING_VALUE:
                removed.append(key)
            elif new is not item:
                value[key] = new
        for key in reversed(removed):
            del value[key]
    return transform_fn(path, value)


def flatten(src: Any, flatten_complex_keys: bool = True) -> Any:
    """Turns a tree into a dictionary from paths to leaves.

    Args:
      src: A tree of dictionaries and lists.
      flatten_complex_keys: If True, names with dots are written without brackets;
        otherwise in brackets, so that they parse back as one name.

    Returns:
      The leaves by path, including empty dictionaries and lists; `src` itself if it is
      a leaf; or a tuple of flattened items for a tuple.

    Example:
      >>> from pyglove.utils import flatten
      >>> flatten({'a': [1, {'b': 2}]})
      {'a[0]': 1, 'a[1].b': 2}
    """
    if isinstance(src, tuple):
        return tuple(flatten(item, flatten_complex_keys) for item in src)
    if not _has_items(src):
        return src
    leaves: dict[str, Any] = {}
    keys: list[Any] = []
    # The remaining items of the container and of those around it.
    open_containers = [_items(src)]
    while open_containers:
        for key, value in open_containers[-1]:
            if _has_items(value):
                keys.append(key)
                open_containers.append(_items(value))
                break
            path = format_keys((*keys, key), not flatten_complex_keys)
            leaves[path] = value
        else:
            open_containers.pop()
            del keys[-1:]
    return leaves


def _has_items(value: Any) -> bool:
    return isinstance(value, (dict, list)) and bool(value)


def _items(container: dict[Any, Any] | list[Any]) -> Iterator[tuple[Any, Any]]:
    if isinstance(container, dict):
        return iter(container.items())
    return iter(enumerate(container))


def canonicalize(src: Any, sparse_list_as_dict: bool = True) -> Any:
    """Turns a tree whose keys are paths into one whose keys are names; see `flatten`.

    Args:
      src: A tree of dictionaries and lists.
      sparse_list_as_dict: If True, dictionaries whose keys are indices with gaps
        stay dictionaries; otherwise their values become lists.

    Returns:
      A new tree.

    Raises:
      KeyError: Two keys assign different values to one path, or a key is empty.

    Example:
      >>> from pyglove.utils import canonicalize
      >>> canonicalize({'a.b': 1, 'a.c[0]': 2})
      {'a': {'b': 1, 'c': [2]}}
    """
    if isinstance(src, list):
        items = [canonicalize(item, sparse_list_as_dict) for item in src]
        return [item for item in items if item != MISSING_VALUE]
    if not isinstance(src, dict):
        return src
    result: dict[Any, Any] = {}
    for key, value in src.items():
        if isinstance(key, str):
            keys = parse_keys(key)
        else:
            keys = (key if isinstance(key, KeyPath) else KeyPath(key))._keys
        if not keys:
            raise PyGloveKeyError(f"Expected keys that are not empty, got {src!r}.")
        value = canonicalize(value, sparse_list_as_dict)
        if value == MISSING_VALUE:
            continue
        for name in reversed(keys[1:]):
            value = {name: value}
        _assign(result, keys[0], value, _ROOT)
    return _listify(result, sparse_list_as_dict)


def _assign(target: dict[Any, Any], key: Any, value: Any, path: KeyPath) -> None:
    """Assigns a value to a key, or merges it into the present value."""
    if key not in target:
        target[key] = value
        return
    path = KeyPath.from_keys((*path._keys, key))
    present = target[key]
    if isinstance(present, dict) and isinstance(value, dict):
        for name, item in value.items():
            _assign(present, name, item, path)
    elif isinstance(present, list) and isinstance(value, dict):
        _merge_into_list(present, value, path)
    else:
        raise PyGloveKeyError(
            f"Expected one value for path {path.path!r}, got {present!r} and {value!r}."
        )


def _listify(value: Any, sparse_list_as_dict: bool) -> Any:
    if isinstance(value, dict):
        for key, item in value.items():
            value[key] = _listify(item, sparse_list_as_dict)
        return try_listify_dict_with_int_keys(value, not sparse_list_as_dict)[0]
    if isinstance(value, list):
        value[:] = [_listify(item, sparse_list_as_dict) for item in value]
    return value


def try_listify_dict_with_int_keys(
    src: dict[Any, Any], convert_when_sparse: bool = False
) -> tuple[list[Any] | dict[Any, Any], bool]:
    """Turns a dictionary whose keys are the indices of a list into that list.

    Args:
      src: The dictionary.
      convert_when_sparse: If True, gaps between the indices are closed; otherwise a
        dictionary with gaps is returned unchanged.

    Returns:
      The list, or `src`; and whether it is the list.
    """
    if not src or not all(isinstance(key, int) for key in src):
        return src, False
    keys = sorted(src)
    if not convert_when_sparse and (keys[0] != 0 or keys[-1] != len(keys) - 1):
        return src, False
    return [src[key] for key in keys], True


def merge(value_list: list[Any], merge_fn: MergeFn | None = None) -> Any:
    """Merges trees into a new one; later ones take precedence.

    Args:
      value_list: The trees, whose keys may be paths. None is skipped.
      merge_fn: A function of path, left value and right value that returns the merged
        value. Either value may be `MISSING_VALUE`. The default returns the right one.

    Returns:
      The merged tree. Dictionaries whose keys are indices become lists, without gaps.

    Raises:
      TypeError: `value_list` is not a list.

    Example:
      >>> from pyglove.utils import merge
      >>> merge([{'a': {'x': 1, 'y': 2}}, {'a.y': 3}])
      {'a': {'x': 1, 'y': 3}}
    """
    if not isinstance(value_list, list):
        raise PyGloveTypeError(
            f"Expected a list of trees to merge, got {type(value_list).__name__} "
            f"{value_list!r}."
        )
    values = [value for value in value_list if value is not None]
    if not values:
        return None
    result = canonicalize(values[0])
    for value in values[1:]:
        result = merge_tree(result, canonicalize(value), merge_fn)
    return _listify(result, sparse_list_as_dict=False)


def merge_tree(
    dest: Any,
    src: Any,
    merge_fn: MergeFn | None = None,
    root_path: KeyPath | None = None,
) -> Any:
    """Merges one tree into another.

    Dictionaries are merged by key. A dictionary that is merged into a list replaces,
    or else appends, the items at its keys.

    Args:
      dest: The tree that is changed.
      src: The tree that takes precedence.
      merge_fn: A function of path, left value and right value that returns the merged
        value. Either value may be `MISSING_VALUE`. The default returns the right one.
        `MISSING_VALUE` removes the node.
      root_path: The path of `dest`.

    Returns:
      `dest`, or its replacement.

    Raises:
      KeyError: A dictionary with keys other than indices is merged into a list.
    """
    path = _ROOT if root_path is None else root_path
    if isinstance(src, dict):
        if isinstance(dest, dict):
            _merge_into_dict(dest, src, merge_fn, path)
            return dest
        if isinstance(dest, list):
            _merge_into_list(dest, src, path)
            return dest
    return src if merge_fn is None else merge_fn(path, dest, src)


def _merge_into_dict(
    dest: dict[Any, Any], src: dict[Any, Any], merge_fn: MergeFn | None, path: KeyPath
) -> None:
    # Without a function, keys that are only on the left do not change.
    keys = list(src) if merge_fn is None else list({**dest, **src})
    for key in keys:
        left = dest.get(key, MISSING_VALUE)
        right = src.get(key, MISSING_VALUE)
        item_path = KeyPath.from_keys((*path._keys, key))
        merged = merge_tree(left, right, merge_fn, item_path)
        if merged == MISSING_VALUE:
            if left != MISSING_VALUE or key not in src:
                dest.pop(key, None)
        else:
            dest[key] = merged


def _merge_into_list(dest: list[Any], src: dict[Any, Any], path: KeyPath) -> None:
    if not all(isinstance(key, int) for key in src):
        raise PyGloveKeyError(
            "Expected indices as keys of a dict that is merged into a list, got "
            f"{src!r}. (path={path})"
        )
    for index in sorted(src):
        if -len(dest) <= index < len(dest):
            dest[index] = src[index]
        else:
            dest.append(src[index])


def is_partial(value: Any) -> bool:
    """Whether a tree has missing values.

    Args:
      value: A tree of dictionaries, lists and `MaybePartial` objects.

    Returns:
      True if some value is missing.
    """
    if isinstance(value, MissingValue):
        return True
    if isinstance(value, MaybePartial):
        # A symbolic class may define another `is_partial`.
        partial = getattr(value, "sym_partial", None)
        return value.is_partial if partial is None else partial
    if isinstance(value, dict):
        return any(is_partial(item) for item in value.values())
    return isinstance(value, list) and any(is_partial(item) for item in value)
