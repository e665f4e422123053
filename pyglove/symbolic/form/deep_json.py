"""Deep JSON: conversion of trees that are too deep for recursion.

The usual conversion recurses and fails after some hundred levels. This module gives the
same result without recursion for trees of objects, dicts and lists whose classes do not
override the conversion.
"""

from typing import Any

from pyglove import utils
from pyglove.symbolic.form.formatting import read, visible_items, within_object
from pyglove.symbolic.form.plain_load import check_fields, field_constructor
from pyglove.symbolic.node.node import JSON_ATOMS, Node, is_default
from pyglove.utils.serialization.json_conversion import (
    SPECIAL_KINDS,
    load_class,
    split_shared,
)
from pyglove.utils.serialization.json_mark import looks_special, symbolic_of
from pyglove.utils.serialization.json_text import MAX_DEPTH
from pyglove.utils.serialization.trust import LOAD_OPTIONS, LoadOptions


class _End:
    """Marks where the parts of a value end."""


def is_recursion_error(error: BaseException) -> bool:
    """Returns whether a conversion has failed because the tree is too deep."""
    return isinstance(error, RecursionError) or isinstance(
        error.__cause__, RecursionError
    )


def _too_deep(error: RecursionError) -> utils.PyGloveValueError:
    return utils.PyGloveValueError(
        "Expected a value with fewer levels, got one that is nested too deeply: "
        f"{error}. Lists, dicts and objects may be nested {MAX_DEPTH} levels deep, but "
        "objects that convert themselves to JSON may not."
    )


def dump(root: Any, **kwargs: Any) -> Any:
    """Implements `pg.to_json` without recursion.

    Args:
      root: Any value.
      **kwargs: Options of `pg.to_json`.

    Returns:
      The JSON value.

    Raises:
      ValueError: if a class overrides the conversion and recurses too deeply.
    """
    context = utils.JSONConversionContext()
    exclude_keys = kwargs.pop("exclude_keys", None)
    result: list[Any] = [None]
    # Values to convert, with the place of the result; and ends of converted values.
    pending: list[tuple[Any, Any, Any, dict[str, Any]]] = [(root, result, 0, kwargs)]
    try:
        while pending:
            value, out, key, options = pending.pop()
            if out is _End:
                context.leave(value, key)
                continue
            shell = _shell(value, options)
            if shell is None:
                out[key] = utils.to_json(value, context=context, **options)
                continue
            if type(value) is not tuple:  # Equal tuples are interchangeable.
                reference = context.enter(value)
                if reference is not None:
                    out[key] = reference
                    continue
                pending.append((value, _End, shell, options))
            out[key] = shell
            excluded = exclude_keys if value is root else None
            items = _fill(value, shell, options, excluded)
            if isinstance(value, Node) and not isinstance(value, (dict, list)):
                options = within_object(options)
            pending.extend((*item, options) for item in reversed(items))
        return context.to_json(root=result[0])
    except RecursionError as error:
        raise _too_deep(error) from error


def _shell(value: Any, kwargs: dict[str, Any]) -> Any:
    """Returns an empty JSON value to fill; None if the class converts itself."""
    kind = type(value)
    if isinstance(value, (dict, list)) and looks_special(value):
        return None
    if kind is dict:
        return {}
    if kind is list:
        return []
    if kind is tuple:
        return ["__tuple__"]
    if not isinstance(value, Node):
        return None
    if not is_default(kind, "_sym_to_json") or not is_default(kind, "sym_jsonify"):
        return None
    marked = not kwargs.get("omit_symbolic_marker", True)
    if isinstance(value, dict):
        return {"__symbolic__": True} if marked else {}
    if isinstance(value, list):
        return ["__symbolic__"] if marked else []
    return {"_type": kind.__serialization_key__}


def _fill(
    value: Any, shell: Any, kwargs: dict[str, Any], exclude_keys: Any
) -> list[tuple[Any, Any, Any]]:
    """Stores the items of a value, and returns those that must be converted."""
    use_inferred = kwargs.get("use_inferred", False)
    if isinstance(value, Node) and not isinstance(value, list):
        items = [
            (k, v)
            for k, v, _ in visible_items(
                value,
                kwargs.get("hide_frozen", True),
                kwargs.get("hide_default_values", False),
                True,
                None,
                exclude_keys,
            )
        ]
    elif isinstance(value, Node):
        items = list(value.sym_items())
    else:
        items = list(value.items() if isinstance(value, dict) else enumerate(value))
    remaining = []
    for key, item in items:
        item = read(item, use_inferred)
        if isinstance(shell, list):
            key = len(shell)
            shell.append(item)
        else:
            shell[key] = item
        if type(item) not in JSON_ATOMS:
            remaining.append((item, shell, key))
    return remaining


def load(
    root: Any,
    *,
    trusted: bool | None = None,
    auto_import: bool | None = None,
    convert_unknown: bool | None = None,
    allow_partial: bool = False,
    **kwargs: Any,
) -> Any:
    """Implements `pg.from_json` without recursion.

    Args:
      root: A JSON value.
      trusted: See `pg.from_json`.
      auto_import: See `pg.from_json`.
      convert_unknown: See `pg.from_json`.
      allow_partial: See `pg.from_json`.
      **kwargs: Further options of `pg.from_json`.

    Returns:
      The value.

    Raises:
      ValueError: if the document is nested too deeply or contains itself, or a class
        overrides the conversion and recurses too deeply.
      TypeError: if a class is unknown.
    """
    kwargs.pop("context", None)
    current = LOAD_OPTIONS.get()
    options = LoadOptions(
        current.trusted if trusted is None else trusted,
        current.auto_import if auto_import is None else auto_import,
        current.convert_unknown if convert_unknown is None else convert_unknown,
    )
    _check_depth(root)
    context = utils.JSONConversionContext(root)
    kwargs["allow_partial"] = allow_partial
    with LOAD_OPTIONS.hold(options):
        try:
            if isinstance(root, dict) and root.get("__context__"):
                shared, root = split_shared(root)
                for item in shared:
                    value = _load(item, context, kwargs)
                    context.add_shared(context.ObjectEntry(value, item, 0, 0))
            return _load(root, context, kwargs)
        except RecursionError as error:
            raise _too_deep(error) from error


def _check_depth(root: Any) -> None:
    """Raises an error if a JSON value is nested too deeply or contains itself."""
    pending: list[Any] = [root]
    # Ids of the current value and its ancestors.
    path: list[int] = []
    inside: set[int] = set()
    while pending:
        value = pending.pop()
        if value is _End:
            inside.discard(path.pop())
            continue
        if id(value) in inside:
            raise utils.PyGloveValueError(
                f"Expected JSON, got a {type(value).__name__} that contains itself."
            )
        if len(path) >= MAX_DEPTH:
            raise utils.PyGloveValueError(
                f"Expected JSON of at most {MAX_DEPTH} levels, got more."
            )
        path.append(id(value))
        inside.add(id(value))
        parts = value.values() if isinstance(value, dict) else value
        pending.append(_End)
        pending.extend([v for v in parts if isinstance(v, (dict, list))])


def _load(root: Any, context: Any, kwargs: dict[str, Any]) -> Any:
    result: list[Any] = [None]
    # JSON values to convert, with the place of the result; and converted parts, with
    # the function that makes a value of them.
    pending: list[tuple[Any, Any, Any, Any]] = [(root, result, 0, None)]
    while pending:
        value, out, key, maker = pending.pop()
        if maker is not None:
            out[key] = maker(value)
            continue
        maker = _maker(value, kwargs["allow_partial"])
        if maker is None:
            out[key] = utils.from_json(value, context=context, **kwargs)
            continue
        parts: Any
        if isinstance(value, dict):
            parts = {k: v for k, v in value.items() if k != "_type"}
            items: Any = parts.items()
        else:
            parts = value[1:] if looks_special(value) else list(value)
            items = enumerate(parts)
        pending.append((parts, out, key, maker))
        pending.extend(
            (v, parts, k, None) for k, v in items if type(v) not in JSON_ATOMS
        )
    return result[0]


def _maker(value: Any, allow_partial: bool) -> Any:
    """Returns a function that makes a value of its parts; None for other kinds."""
    if isinstance(value, list):
        if value[:1] == ["__symbolic__"]:
            return symbolic_of
        return tuple if value[:1] == ["__tuple__"] else _identity
    if not isinstance(value, dict) or "__ref__" in value:
        return None
    if "_type" not in value:
        return _symbolic_dict if value.get("__symbolic__") else _identity
    if value["_type"] in SPECIAL_KINDS:
        return None
    cls = load_class(value["_type"])
    make = field_constructor(cls)
    if make is None:
        return None

    def construct(parts: dict[str, Any]) -> Any:
        check_fields(cls, parts)
        return make(dict(parts, allow_partial=True) if allow_partial else parts)

    return construct


def _identity(parts: Any) -> Any:
    return parts


def _symbolic_dict(parts: dict[str, Any]) -> Any:
    return symbolic_of({k: v for k, v in parts.items() if k != "__symbolic__"})
