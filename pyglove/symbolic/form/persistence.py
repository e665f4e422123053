"""Persistence: conversion of symbolic trees to and from JSON, text and files."""

import os
from collections.abc import Callable
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compiled.origin_tracking import record_origin
from pyglove.symbolic.form.file_access import files
from pyglove.symbolic.form.plain_load import Loading, load_plain
from pyglove.symbolic.node.node import CONVERTERS
from pyglove.symbolic.node.plain_form import NotPlain, PlainForm
from pyglove.symbolic.tree.binding import admit_partial
from pyglove.symbolic.tree.origin import OriginAware
from pyglove.utils.serialization import json_text
from pyglove.utils.serialization.collision import check_collisions
from pyglove.utils.serialization.json_mark import register_symbolic_factory
from pyglove.utils.serialization.trust import LOAD_OPTIONS

# Prefix of an int that is a key, since JSON keys are strings.
_INT_KEY = "n_:"
# Prefix of a string key that starts with one of these prefixes.
_STR_KEY = "n_::"
_INT_KEY_TEXT = f'"{_INT_KEY}'
_NO_OPTIONS: dict[str, Any] = {}


@register_symbolic_factory
def _symbolic_of(value: Any) -> Any:
    return CONVERTERS[type(value)](value, None, None, None)


def to_json(value: Any, **kwargs: Any) -> Any:
    """Returns a value in a form that `json` can write.

    Args:
      value: A symbolic value, or any value that JSON conversion knows.
      **kwargs: Options of the classes involved, such as `hide_default_values`.

    Returns:
      A tree of dicts, lists and plain values.

    Raises:
      ValueError: if a part cannot be converted.

    Example:
      >>> pg.to_json(pg.Dict(x=(1, 2)))
      {'x': ['__tuple__', 1, 2]}
    """
    if not kwargs and isinstance(value, PlainForm):
        try:
            return value._sym_json()
        except (NotPlain, RecursionError):
            pass
    return utils.to_json(value, **kwargs)


def to_json_str(value: Any, *, json_indent: int | None = None, **kwargs: Any) -> str:
    """Returns a value as JSON text.

    Args:
      value: A symbolic value, or any value that JSON conversion knows.
      json_indent: Spaces per level; None for one line.
      **kwargs: Options, as for `to_json`.

    Example:
      >>> pg.to_json_str(pg.Dict(x=1))
      '{"x": 1}'
    """
    if not kwargs:
        text = plain_json_str(value, json_indent)
        if text is not None:
            return text
    json_value = utils.to_json(value, **kwargs)
    if _has_special_keys(json_value):
        json_value = _with_keys(json_value, _write_key)
    return json_text.dumps(json_value, json_indent)


def plain_json_str(value: Any, json_indent: int | None = None) -> str | None:
    """Returns the JSON text of a tree of objects, lists, dicts and atoms.

    Args:
      value: Any value.
      json_indent: Spaces per level; None for one line.

    Returns:
      The text, or None if the tree contains anything else.
    """
    if not isinstance(value, PlainForm):
        return None
    try:
        if json_indent is None:
            text = value._sym_json_text()
        else:
            text = json_text.dumps(value._sym_json(), json_indent)
    except (NotPlain, RecursionError):
        return None
    except ValueError as error:  # An int has too many digits.
        raise utils.PyGloveValueError(
            f"Expected a value that can be written as JSON text: {error}."
        ) from error
    return None if _INT_KEY_TEXT in text else text


def _has_special_keys(json_value: Any) -> bool:
    pending = [json_value]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            for key in value:
                if type(key) is not str or key.startswith(_INT_KEY):
                    return True
            value = value.values()
        elif not isinstance(value, list):
            continue
        pending.extend([v for v in value if isinstance(v, (dict, list))])
    return False


def _with_keys(json_value: Any, convert: Callable[[Any], Any]) -> Any:
    """Returns a copy of a JSON value with other keys."""
    result: list[Any] = [json_value]
    pending: list[tuple[Any, Any]] = [(result, 0)]
    while pending:
        out, key = pending.pop()
        value = out[key]
        if isinstance(value, dict):
            keys = [convert(k) for k in value]
            check_collisions([k for k in keys if type(k) is int])
            out[key] = value = dict(zip(keys, value.values(), strict=True))
            pending.extend((value, k) for k in value)
        elif isinstance(value, list):
            out[key] = value = list(value)
            pending.extend((value, i) for i in range(len(value)))
    return result[0]


def _write_key(key: Any) -> Any:
    if isinstance(key, int):
        return f"{_INT_KEY}{key}"
    if isinstance(key, str) and key.startswith(_INT_KEY):
        return f"{_STR_KEY}{key}"
    return key


def _read_key(key: Any) -> Any:
    if not isinstance(key, str) or not key.startswith(_INT_KEY):
        return key
    if key.startswith(_STR_KEY):
        return key[len(_STR_KEY) :]
    digits = key[len(_INT_KEY) :]
    try:
        number = int(digits)
        if str(number) == digits:  # Other spellings could collide.
            return number
    except ValueError:
        pass
    raise utils.PyGloveValueError(
        f"Expected an int after {_INT_KEY!r} in a key of a JSON object, got "
        f"{digits[:100]!r}."
    )


def from_json(
    json_value: Any,
    *,
    context: Any = None,
    auto_symbolic: bool = True,
    auto_import: bool | None = None,
    convert_unknown: bool | None = None,
    allow_partial: bool = False,
    root_path: utils.KeyPath | None = None,
    value_spec: pg_typing.ValueSpec | None = None,
    trusted: bool | None = None,
    **kwargs: Any,
) -> Any:
    """Returns the value that a JSON value represents; see `to_json`.

    Nothing is imported, unpickled or executed unless `trusted` says so.

    Args:
      json_value: A tree of dicts, lists and plain values.
      context: Shared objects of an enclosing document.
      auto_symbolic: Whether lists and dicts become `pg.List` and `pg.Dict`.
      auto_import: Whether a trusted document may import modules.
      convert_unknown: Whether objects of unknown classes become placeholders that
        keep their content, instead of an error.
      allow_partial: Whether required values may be missing.
      root_path: The path of the value.
      value_spec: A value spec for the value.
      trusted: Whether the document may run code: unpickle, import, and refer to
        functions of any module.
      **kwargs: Further options of the classes involved.

    Returns:
      The value.

    Raises:
      TypeError: if a class is unknown, or a value does not fit its field.
      ValueError: if the document is malformed.

    Example:
      >>> pg.from_json({'x': [1, 2]})
      {x=[0: 1, 1: 2]}
    """
    options: dict[str, Any] = {
        "auto_import": auto_import,
        "convert_unknown": convert_unknown,
        "trusted": trusted,
        "allow_partial": allow_partial,
        **kwargs,
    }
    try:
        if context is None and not allow_partial and not kwargs:
            current = LOAD_OPTIONS.get()
            if trusted is None or trusted == current.trusted:
                value = _load_plain(json_value, options)
            else:
                with LOAD_OPTIONS.hold(current._replace(trusted=trusted)):
                    value = _load_plain(json_value, options)
        else:
            value = decode(json_value, context=context, **options)
    except (utils.PyGloveValueError, RecursionError) as error:
        if context is not None or not _is_too_deep(error):
            raise
        value = decode(json_value, **options)
    if auto_symbolic and type(value) in CONVERTERS:
        value = CONVERTERS[type(value)](value, None, None, None)
        if allow_partial:
            admit_partial(value)
        if root_path:
            value.sym_setpath(root_path)
    if value_spec is not None:
        path = root_path or utils.KeyPath()
        value = value_spec.apply(value, allow_partial=allow_partial, root_path=path)
    return value


def _load_plain(json_value: Any, options: dict[str, Any]) -> Any:
    if isinstance(json_value, dict) and "__context__" in json_value:
        # Only the whole document defines the shared objects.
        return decode(json_value, **options)
    return load_plain(json_value, Loading(json_value, options))


def _load_text(text: str) -> Any:
    """Loads a document; raises `NotPlain` if it is nested deep, or malformed."""
    try:
        json_value = json_text.scan(text)
    except (ValueError, TypeError):
        raise NotPlain from None
    if type(json_value) is dict and "__context__" in json_value:
        raise NotPlain
    loading = Loading(json_value, _NO_OPTIONS)
    try:
        value = load_plain(json_value, loading)
    except BaseException as error:
        if _is_too_deep(error):
            raise NotPlain from None
        json_text.loads(text)  # This fails for duplicate keys.
        raise
    if loading.key_count != text.count(":"):
        json_text.loads(text)
    if type(value) in CONVERTERS:
        return CONVERTERS[type(value)](value, None, None, None)
    return value


def _is_too_deep(error: BaseException) -> bool:
    """Returns whether a conversion that recurses has failed for the depth of a tree."""
    return isinstance(error, RecursionError) or isinstance(
        error.__cause__, RecursionError
    )


def decode(json_value: Any, **kwargs: Any) -> Any:
    """Returns the value of a part of a document, with plain lists and dicts.

    Args:
      json_value: A JSON value.
      **kwargs: Options of `from_json`.
    """
    return utils.from_json(json_value, **kwargs)


def from_json_str(
    json_str: str,
    *,
    context: Any = None,
    auto_import: bool | None = None,
    convert_unknown: bool | None = None,
    allow_partial: bool = False,
    root_path: utils.KeyPath | None = None,
    value_spec: pg_typing.ValueSpec | None = None,
    trusted: bool | None = None,
    **kwargs: Any,
) -> Any:
    """Returns the value that JSON text represents; see `to_json_str`.

    Args:
      json_str: JSON text.
      context: See `from_json`.
      auto_import: See `from_json`.
      convert_unknown: See `from_json`.
      allow_partial: See `from_json`.
      root_path: See `from_json`.
      value_spec: See `from_json`.
      trusted: See `from_json`.
      **kwargs: See `from_json`.

    Returns:
      The value.

    Raises:
      ValueError: if the text is not JSON, or nested too deeply.
      TypeError: if a class is unknown, or a value does not fit its field.
    """
    is_usual = (
        context is None
        and auto_import is None
        and convert_unknown is None
        and root_path is None
        and value_spec is None
        and trusted is None
        and not (allow_partial or kwargs)
    )
    if is_usual and _INT_KEY_TEXT not in json_str:
        try:
            return _load_text(json_str)
        except NotPlain:
            pass
    json_value = json_text.loads(json_str)
    if _INT_KEY_TEXT in json_str:
        json_value = _with_keys(json_value, _read_key)
    return from_json(
        json_value,
        context=context,
        auto_import=auto_import,
        convert_unknown=convert_unknown,
        allow_partial=allow_partial,
        root_path=root_path,
        value_spec=value_spec,
        trusted=trusted,
        **kwargs,
    )


def default_save_handler(
    value: Any,
    path: str | os.PathLike[str],
    *,
    indent: int | None = None,
    file_format: str = "json",
    **kwargs: Any,
) -> None:
    """Writes a value to a file.

    Args:
      value: Any value that JSON conversion knows.
      path: Path of the file. Missing parent folders are created.
      indent: Spaces per level of the JSON text; None for one line.
      file_format: 'json', or 'txt' for formatted text.
      **kwargs: Options, as for `to_json`.

    Raises:
      ValueError: if the format is unknown.
    """
    match file_format:
        case "json":
            text = to_json_str(value, json_indent=indent, **kwargs)
        case "txt" if isinstance(value, str):
            text = value
        case "txt":
            text = utils.format(value, **kwargs)
        case _:
            raise _unknown_format(file_format)
    storage = files()
    storage.make_parent_dirs(path)
    storage.writefile(path, text, perms=None)


def default_load_handler(
    path: str | os.PathLike[str], file_format: str = "json", **kwargs: Any
) -> Any:
    """Reads a value from a file.

    Args:
      path: Path of the file.
      file_format: 'json', or 'txt' to return the text.
      **kwargs: Options, as for `from_json`.

    Raises:
      ValueError: if the format is unknown or the file is not of this format.
      OSError: if the file cannot be read.
    """
    try:
        text = files().readfile(path)
        if file_format == "json":
            return from_json_str(text, **kwargs)
    except UnicodeDecodeError as error:
        raise utils.PyGloveValueError(
            f"Expected a file of text in UTF-8, got other bytes in {path!r}: {error}."
        ) from error
    except utils.PyGloveError as error:
        error.add_note(f"This is about the file {os.fspath(path)!r}.")
        raise
    if file_format == "txt":
        return text
    raise _unknown_format(file_format)


def _unknown_format(file_format: Any) -> utils.PyGloveValueError:
    return utils.PyGloveValueError(
        f"Expected 'json' or 'txt' as file format, got {file_format!r}."
    )


_handlers: dict[str, Callable[..., Any] | None] = {"save": None, "load": None}


def save(value: Any, path: Any, *args: Any, **kwargs: Any) -> Any:
    """Saves a value, by default as a JSON file.

    Args:
      value: Any value that JSON conversion knows.
      path: Path of the file.
      *args: Further arguments of the save handler.
      **kwargs: Options of the save handler; see `default_save_handler`.

    Returns:
      The result of the handler.
    """
    return (_handlers["save"] or default_save_handler)(value, path, *args, **kwargs)


def load(path: Any, *args: Any, **kwargs: Any) -> Any:
    """Loads a value that was saved.

    Args:
      path: Path of the file.
      *args: Further arguments of the load handler.
      **kwargs: Options of the load handler; see `default_load_handler`.

    Returns:
      The value.
    """
    value = (_handlers["load"] or default_load_handler)(path, *args, **kwargs)
    if isinstance(value, OriginAware):
        record_origin(value, path, "load")
    return value


def set_save_handler(save_handler: Callable[..., Any] | None) -> Any:
    """Replaces the function that `save` calls.

    Args:
      save_handler: A function of (value, path, ...); None for the default.

    Returns:
      The previous handler.

    Raises:
      ValueError: if it is not callable.
    """
    return _set_handler("save", save_handler)


def set_load_handler(load_handler: Callable[..., Any] | None) -> Any:
    """Replaces the function that `load` calls.

    Args:
      load_handler: A function of (path, ...); None for the default.

    Returns:
      The previous handler.

    Raises:
      ValueError: if it is not callable.
    """
    return _set_handler("load", load_handler)


def get_save_handler() -> Callable[..., Any] | None:
    """Returns the function that `save` calls; None for the default."""
    return _handlers["save"]


def get_load_handler() -> Callable[..., Any] | None:
    """Returns the function that `load` calls; None for the default."""
    return _handlers["load"]


def _set_handler(kind: str, handler: Callable[..., Any] | None) -> Any:
    if handler is not None and not callable(handler):
        raise utils.PyGloveValueError(
            f"Expected a callable as {kind} handler, got {handler!r}."
        )
    old = _handlers[kind]
    _handlers[kind] = handler
    return old


__all__ = [
    "default_load_handler",
    "default_save_handler",
    "from_json",
    "from_json_str",
    "get_load_handler",
    "get_save_handler",
    "load",
    "save",
    "set_load_handler",
    "set_save_handler",
    "to_json",
    "to_json_str",
]
