"""Conversion between values and JSON, which is safe for untrusted documents."""

import re
from collections.abc import Callable
from typing import Any

from pyglove.utils.descent import Steps, descend, run
from pyglove.utils.error import (
    PyGloveAttributeError,
    PyGloveIndexError,
    PyGloveKeyError,
    PyGloveSyntaxError,
    PyGloveTypeError,
    PyGloveValueError,
    UntrustedError,
)
from pyglove.utils.serialization.dataclass_value import (
    DATACLASS_KIND,
    dataclass_fields,
    dataclass_from_json,
    dataclass_to_json,
    make_dataclass,
)
from pyglove.utils.serialization.json_context import JSONConversionContext
from pyglove.utils.serialization.json_convertible import CODEC, JSONConvertible
from pyglove.utils.serialization.json_mark import (
    LIST_MARKS,
    LITERAL_KINDS,
    read_literal,
    symbolic_of,
    write_dict,
    write_list,
)
from pyglove.utils.serialization.json_opaque import (
    OPAQUE_TYPE_NAME,
    opaque_from_json,
    opaque_to_json,
)
from pyglove.utils.serialization.json_symbol import (
    is_symbol,
    symbol_from_json,
    symbol_to_json,
)
from pyglove.utils.serialization.json_text import MAX_DEPTH
from pyglove.utils.serialization.json_type import TYPE_REGISTRY
from pyglove.utils.serialization.plain_value import (
    PLAIN_KINDS,
    plain_from_json,
    plain_to_json,
)
from pyglove.utils.serialization.reference_check import check_references
from pyglove.utils.serialization.trust import (
    LOAD_OPTIONS,
    MAX_NAME_LENGTH,
    LoadOptions,
    find_symbol,
)

_PRIMITIVE_TYPES = frozenset((type(None), bool, int, float, str))
_SYMBOL_KINDS = frozenset(("type", "function", "method"))

UnknownFactory = Callable[[dict[str, Any]], Any]
_unknown_factories: dict[str, UnknownFactory] = {}


def register_unknown_factory(kind: str, factory: UnknownFactory) -> None:
    """Registers the factory of placeholders for unknown names.

    Args:
      kind: 'object', 'type', 'function' or 'method'.
      factory: A function of the JSON form, including '_type', with converted values,
        that returns the placeholder.
    """
    _unknown_factories[kind] = factory


def to_json(
    value: Any, *, context: JSONConversionContext | None = None, **kwargs: Any
) -> Any:
    """Converts a value to JSON.

    Args:
      value: Primitives, lists, tuples, dictionaries, `JSONConvertible` objects,
        classes, annotations, functions and nestings of them. Other values are pickled.
      context: The objects that the document shares. If given, the caller must finish
        the document by `context.to_json`.
      **kwargs: Options for `JSONConvertible.to_json`.

    Returns:
      The JSON value.

    Raises:
      ValueError: The value cannot be converted, contains itself, or is nested too
        deeply.

    Example:
      >>> import pyglove.utils as utils
      >>> utils.to_json({'a': (1, 2), 'b': int})
      {'a': ['__tuple__', 1, 2], 'b': {'_type': 'type', 'name': 'builtins.int'}}
    """
    if type(value) in _PRIMITIVE_TYPES:
        return value
    if context is not None:
        return _dump(value, context, kwargs)
    context = JSONConversionContext()
    try:
        return context.to_json(root=_dump(value, context, kwargs))
    except RecursionError as e:
        raise PyGloveValueError(
            "Expected fewer levels of classes that override how they are written as "
            f"JSON. This value is nested too deeply: {e}"
        ) from e


def _dump(value: Any, context: JSONConversionContext, kwargs: dict[str, Any]) -> Any:
    return descend(_dump_step, value, context, kwargs)


def _dump_step(
    value: Any,
    context: JSONConversionContext,
    kwargs: dict[str, Any],
    may_be_shared: bool = False,
) -> Steps:
    """Converts a value to JSON, as a step of `utils.descent`.

    Args:
      value: Any value.
      context: The objects that the document shares.
      kwargs: Options for `JSONConvertible.to_json`.
      may_be_shared: Whether values of all types may be shared, and not only those that
        contain others.
    """
    cls = type(value)
    if cls is not dict and cls is not list and not may_be_shared:
        if isinstance(value, (int, float, str)) or value is None:
            return value
        if isinstance(value, tuple) and not isinstance(value, JSONConvertible):
            return (yield from _tuple_step(value, context, kwargs))
        if is_symbol(value):
            return symbol_to_json(value, lambda v: _dump(v, context, kwargs))
        if not isinstance(value, (JSONConvertible, list, dict)):
            converter = JSONConvertible.TYPE_CONVERTER(type(value))
            # Those of the library itself (of times to seconds) lose information.
            is_own = getattr(converter, "__module__", "").startswith(_PACKAGE)
            if converter is not None and not is_own:
                return (yield converter(value), context, kwargs)
            if cls.__module__ != "numpy":  # Arrays may be shared.
                form = plain_to_json(value)
                if form is not None:
                    return form
            if converter is not None:
                return (yield converter(value), context, kwargs)
    reference = context.enter(value)
    if reference is not None:
        return reference
    return context.leave(value, (yield from _content_step(value, context, kwargs)))


def _tuple_step(
    value: Any, context: JSONConversionContext, kwargs: dict[str, Any]
) -> Steps:
    items = ["__tuple__"]
    for item in value:
        items.append((yield item, context, kwargs))
    return items


def _content_step(
    value: Any, context: JSONConversionContext, kwargs: dict[str, Any]
) -> Steps:
    """Writes the content of an object that may be shared."""
    if isinstance(value, JSONConvertible):
        # A symbolic class may define another `to_json`.
        write = getattr(value, "_sym_to_json", None) or value.to_json
        step = getattr(write, "step", None)
        if step is None:
            return write(context=context, **kwargs)
        return (yield from step(value, context=context, **kwargs))
    if isinstance(value, list):
        items = []
        for item in value:
            if type(item) not in _PRIMITIVE_TYPES:
                item = yield item, context, kwargs
            items.append(item)
        return write_list(items)
    if isinstance(value, dict):
        entries = {}
        for key, item in value.items():
            if type(item) not in _PRIMITIVE_TYPES:
                item = yield item, context, kwargs
            entries[key] = item
        return write_dict(entries)
    if isinstance(value, tuple):
        return (yield from _tuple_step(value, context, kwargs))
    if isinstance(value, (int, float, str)) or value is None:
        return value
    form = plain_to_json(value)
    if form is not None:
        return form
    fields = dataclass_fields(value)
    if fields is None:
        return opaque_to_json(value)
    for key, item in fields.items():
        fields[key] = yield item, context, kwargs
    return dataclass_to_json(value, fields)


def write_part(
    value: Any,
    context: JSONConversionContext | None,
    kwargs: dict[str, Any],
    may_be_shared: bool = False,
) -> Any:
    """Converts a part of a value to JSON: answers what a step of `to_json` asks for.

    Args:
      value: The part.
      context: The objects that the document shares; None for a document of its own.
      kwargs: Options for `JSONConvertible.to_json`.
      may_be_shared: Whether values of all types may be shared.
    """
    if context is None:
        return to_json(value, **kwargs)
    return descend(_dump_step, value, context, kwargs, may_be_shared)


def from_json(
    json_value: Any,
    *,
    context: JSONConversionContext | None = None,
    auto_import: bool | None = None,
    convert_unknown: bool | None = None,
    trusted: bool | None = None,
    **kwargs: Any,
) -> Any:
    """Converts JSON to a value.

    By default, loading is safe: it does not unpickle, run code, import modules, or
    create objects of classes that are not registered.

    Args:
      json_value: The JSON value.
      context: The objects that the document shares.
      auto_import: Whether a trusted document imports modules that are missing. None
        means the value of the enclosing `from_json`, or True.
      convert_unknown: Whether unknown names become placeholders instead of errors. None
        means the value of the enclosing `from_json`, or False.
      trusted: Whether you trust the origin of the document, which may then run any
        code. None means the value of the enclosing `from_json`, or False.
      **kwargs: Options for `JSONConvertible.from_json`.

    Returns:
      The value.

    Raises:
      TypeError: A class or function cannot be found, or may be loaded only from a
        trusted document.
      ValueError: The document is malformed or nested too deeply.

    Example:
      >>> import pyglove.utils as utils
      >>> utils.from_json({'a': ['__tuple__', 1, 2]})
      {'a': (1, 2)}
      >>> utils.from_json({'_type': 'function', 'name': 'os.system'})
      Traceback (most recent call last):
      ...
      pyglove.utils.error.UntrustedError: Refused to load function 'os.system': ...
    """
    if type(json_value) in _PRIMITIVE_TYPES:
        return json_value
    current = LOAD_OPTIONS.get()
    options = LoadOptions(
        current.trusted if trusted is None else trusted,
        current.auto_import if auto_import is None else auto_import,
        current.convert_unknown if convert_unknown is None else convert_unknown,
    )
    if options == current:
        return _load_root(json_value, context, kwargs)
    with LOAD_OPTIONS.hold(options):
        return _load_root(json_value, context, kwargs)


def _load_root(
    json_value: Any, context: JSONConversionContext | None, kwargs: dict[str, Any]
) -> Any:
    if context is not None:
        return _load(json_value, context, kwargs)
    try:
        if isinstance(json_value, dict) and json_value.get("__context__"):
            return _load_with_shared(json_value, kwargs)
        return _load(json_value, JSONConversionContext(json_value), kwargs)
    except RecursionError as e:
        raise PyGloveValueError(
            f"Expected JSON of at most {MAX_DEPTH} levels, and fewer of types, DNA and "
            f"classes that override `from_json`. This one is nested too deeply: {e}"
        ) from e


def _load(value: Any, context: JSONConversionContext, kwargs: dict[str, Any]) -> Any:
    return descend(_load_step, value, context, kwargs, max_depth=MAX_DEPTH)


def _load_step(
    value: Any, context: JSONConversionContext, kwargs: dict[str, Any]
) -> Steps:
    """Converts JSON to the value that it represents, as a step of `utils.descent`."""
    if isinstance(value, list):
        mark = value[0] if value and type(value[0]) is str else None
        is_marked = mark in LIST_MARKS
        items = []
        for item in value[1:] if is_marked else value:
            if type(item) not in _PRIMITIVE_TYPES:
                item = yield item, context, kwargs
            items.append(item)
        if is_marked:
            return tuple(items) if mark == "__tuple__" else symbolic_of(items)
        return items
    if not isinstance(value, dict):
        return value
    if "_type" in value:
        return (yield from _object_step(value, context, kwargs))
    if "__ref__" in value:
        return context.get_shared(value["__ref__"]).value
    is_symbolic = bool(value.get("__symbolic__"))
    entries = {}
    for key, item in value.items():
        if type(item) not in _PRIMITIVE_TYPES:
            item = yield item, context, kwargs
        if key != "__symbolic__" or not is_symbolic:
            entries[key] = item
    return symbolic_of(entries) if is_symbolic else entries


def _load_with_shared(value: dict[str, Any], kwargs: dict[str, Any]) -> Any:
    objects, root = split_shared(value)
    context = JSONConversionContext(value)
    context.read_shared(objects, **kwargs)
    return _load(root, context, kwargs)


def split_shared(document: dict[str, Any]) -> tuple[list[Any], Any]:
    """Splits a document with shared objects.

    Args:
      document: A JSON object with a '__context__'.

    Returns:
      The shared objects and the root, in JSON.

    Raises:
      KeyError: There is no root.
      TypeError: The shared objects are not a list.
      ValueError: References expand to too many values, or nest them too deeply.
    """
    if "__root__" not in document:
        raise PyGloveKeyError("Expected '__root__' beside '__context__' in JSON.")
    shared, root = document["__context__"], document["__root__"]
    objects = shared.get("shared_objects", []) if isinstance(shared, dict) else None
    if not isinstance(objects, list):
        raise PyGloveTypeError(
            "Expected a list of shared objects in '__context__' in JSON, got "
            f"{shared!r}."
        )
    if not LOAD_OPTIONS.get().trusted:
        check_references(objects, root)
    return objects, root


def _object_step(
    json_value: dict[str, Any], context: JSONConversionContext, kwargs: dict[str, Any]
) -> Steps:
    """Converts a JSON object with a '_type'.

    Raises:
      TypeError: It is unknown, or requires a trusted document.
    """
    type_name = json_value["_type"]
    options = LOAD_OPTIONS.get()
    if not isinstance(type_name, str):
        raise PyGloveTypeError(f"Expected a str as '_type' in JSON, got {type_name!r}.")
    if type_name in _SYMBOL_KINDS:
        symbol = symbol_from_json(
            json_value, lambda v: _load(v, context, kwargs), options
        )
        return _unknown(json_value, type_name, kwargs) if symbol is None else symbol
    if type_name in LITERAL_KINDS:
        return read_literal(json_value, lambda v: _load(v, context, kwargs))
    if type_name in PLAIN_KINDS:
        return plain_from_json(json_value, options)
    if type_name == DATACLASS_KIND:
        dataclass, items = dataclass_from_json(json_value, options)
        values = {}
        for key, item in items.items():
            values[key] = yield item, context, kwargs
        return make_dataclass(dataclass, values)
    if type_name == OPAQUE_TYPE_NAME:
        try:
            return opaque_from_json(json_value, options)
        except UntrustedError:
            if not options.convert_unknown:
                raise
            return _unknown(json_value, "object", kwargs)
    cls = load_class(type_name)
    if cls is None:
        return _unknown(json_value, "object", kwargs)
    fields = {key: item for key, item in json_value.items() if key != "_type"}
    step = getattr(cls.from_json, "step", None)
    try:
        if step is None:
            return cls.from_json(fields, context=context, **kwargs)
        return (yield from step(cls, fields, context=context, **kwargs))
    except ACCIDENTS as e:
        if type(e) not in OWN_ERRORS or not cls.__module__.startswith(_PACKAGE):
            raise
        raise OWN_ERRORS[type(e)](
            f"Expected the JSON form of {type_name!r}, got one that cannot be read: "
            f"{type(e).__name__}: {e}."
        ) from e


def read_part(
    json_value: Any, context: JSONConversionContext | None, kwargs: dict[str, Any]
) -> Any:
    """Converts a part of JSON: answers what a step of `from_json` asks for.

    Args:
      json_value: The part.
      context: The objects that the document shares; None for a document of its own.
      kwargs: Options for `JSONConvertible.from_json`.
    """
    return from_json(json_value, context=context, **kwargs)


# The errors that malformed JSON can cause in constructors of this library, which are
# not written to validate documents.
OWN_ERRORS: dict[type[Exception], type[Exception]] = {
    AttributeError: PyGloveAttributeError,
    IndexError: PyGloveIndexError,
    KeyError: PyGloveKeyError,
    SyntaxError: PyGloveValueError,
    PyGloveSyntaxError: PyGloveValueError,
    TypeError: PyGloveTypeError,
    ValueError: PyGloveValueError,
    re.error: PyGloveValueError,
}
ACCIDENTS = tuple(OWN_ERRORS)
_PACKAGE = __name__.partition(".")[0] + "."


def load_class(type_name: str) -> type[JSONConvertible] | None:
    """Finds the class of a JSON object.

    Args:
      type_name: The '_type' of the object.

    Returns:
      The class; or None, if it is unknown and `convert_unknown` is set.

    Raises:
      TypeError: It is unknown, requires a trusted document, or is not a
        `JSONConvertible`.
    """
    cls = TYPE_REGISTRY.class_from_typename(type_name)
    options = LOAD_OPTIONS.get()
    if cls is None:
        if not options.trusted and len(type_name) <= MAX_NAME_LENGTH:
            if options.convert_unknown:
                return None
            raise UntrustedError(f"class {type_name!r}", "it is not registered")
        if options.trusted and not options.auto_import:
            if options.convert_unknown:
                return None
            raise PyGloveTypeError(
                f"Expected the name of a registered class in JSON, got {type_name!r}. "
                "Pass `auto_import=True` to look for it in its module."
            )
        cls = find_symbol("class", type_name, options)
        if cls is None:
            return None
    if not (isinstance(cls, type) and issubclass(cls, JSONConvertible)):
        if options.convert_unknown:
            return None
        raise PyGloveTypeError(
            f"Expected a subclass of `pg.JSONConvertible` in JSON, got {cls!r}. Pass "
            "`convert_unknown=True` to load a `pg.symbolic.UnknownObject` in its place."
        )
    return cls


_UNKNOWN_NAMES = {
    "object": ("class", "pg.symbolic.UnknownObject"),
    "type": ("type", "pg.UnknownType"),
    "function": ("function", "pg.UnknownFunction"),
    "method": ("method", "pg.UnknownMethod"),
}


def _unknown(json_value: dict[str, Any], kind: str, kwargs: dict[str, Any]) -> Any:
    factory = _unknown_factories.get(kind)
    if factory is not None and LOAD_OPTIONS.get().convert_unknown:
        fields = {key: item for key, item in json_value.items() if key != "_type"}
        return factory({"_type": json_value["_type"], **from_json(fields, **kwargs)})
    name = json_value["_type"] if kind == "object" else json_value["name"]
    label, placeholder = _UNKNOWN_NAMES[kind]
    raise PyGloveTypeError(
        f"Expected the name of a {label} that exists in JSON, got {name!r}. Pass "
        f"`convert_unknown=True` to load a `{placeholder}` in its place."
    )


CODEC.install(
    to_json,
    from_json,
    lambda value, context, kwargs: run(_content_step(value, context, kwargs), _dump),
)
