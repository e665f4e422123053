"""JSON forms of classes, annotations and functions, which are written by name."""

import builtins
import enum
import marshal
import types
import typing
from collections.abc import Callable, Sequence
from typing import Any

from pyglove.utils.error import PyGloveTypeError, PyGloveValueError, UntrustedError
from pyglove.utils.lazy_module import base64
from pyglove.utils.log import warn_caller
from pyglove.utils.serialization.collision import check_collisions
from pyglove.utils.serialization.json_type import TYPE_REGISTRY, qualified_name
from pyglove.utils.serialization.trust import (
    LoadOptions,
    find_module,
    find_symbol,
    takes_type_arguments,
)

# Classes of the library are written by their names in older files.
_PACKAGE = __name__.partition(".")[0] + "."
_SPECS = _PACKAGE + "typing."

# Annotations that keep their `typing` name. Others are written as the type that they
# represent: `typing.Tuple[int]` reads back as `tuple[int]`.
_TYPING_NAMES = {
    getattr(typing, name): f"typing.{name}"
    for name in (
        "Annotated",
        "Any",
        "Callable",
        "Dict",
        "FrozenSet",
        "List",
        "Literal",
        "Mapping",
        "MutableMapping",
        "Optional",
        "Sequence",
        "Set",
        "Union",
    )
}
_NAMED_ALIASES = {
    name.rpartition(".")[2]: name
    for name in _TYPING_NAMES.values()
    if name != "typing.Any"
}

_ANNOTATION_TYPES: tuple[Any, ...] = (
    type,
    types.GenericAlias,
    types.UnionType,
    typing.TypeVar,
    typing.ForwardRef,
    # `typing.List`, `typing.List[int]`, `typing.Union`, and the like.
    getattr(typing, "_BaseGenericAlias"),  # noqa: B009 - not in its public names.
    getattr(typing, "_SpecialForm"),  # noqa: B009
)
_FUNCTION_TYPES = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
)

# No program writes more or deeper type arguments.
_MAX_TYPE_ARGUMENTS = 1_000
_MAX_ARGUMENT_DEPTH = 50

_SYMBOL_TYPES = (*_ANNOTATION_TYPES, *_FUNCTION_TYPES)

Dump = Callable[[Any], Any]
Load = Callable[[Any], Any]


def is_symbol(value: Any) -> bool:
    """Whether a value is written by name: a class, an annotation or a function."""
    return isinstance(value, _SYMBOL_TYPES) or value is ...


def symbol_to_json(value: Any, dump: Dump) -> dict[str, Any]:
    """Writes a class, an annotation or a function.

    Args:
      value: The class, annotation or function.
      dump: Writes nested values, such as default arguments.

    Returns:
      The JSON form.

    Raises:
      ValueError: It has no name to be found by, like a method of an instance.
    """
    if isinstance(value, types.BuiltinFunctionType):
        return _write_builtin_function(value)
    if isinstance(value, types.FunctionType):
        return _write_function(value, dump)
    if isinstance(value, types.MethodType):
        return _write_method(value)
    return _write_annotation(value, dump)


def _write_annotation(value: Any, dump: Dump) -> dict[str, Any]:
    name, args = _annotation_name(value)
    if name is None:
        raise PyGloveValueError(
            f"Expected an annotation with a name to convert to JSON, got {value!r}."
        )
    json_value: dict[str, Any] = {"_type": "type", "name": name}
    if args:
        json_value["args"] = dump(args)
    return json_value


def _annotation_name(value: Any) -> tuple[str | None, tuple[Any, ...]]:
    if value is ...:
        return "builtins.Ellipsis", ()
    if value in _TYPING_NAMES:
        return _TYPING_NAMES[value], ()
    origin = typing.get_origin(value)
    if origin is None:
        return (_class_name(value) if isinstance(value, type) else None), ()
    args = typing.get_args(value)
    if origin is types.UnionType:
        return "typing.Union", args
    if typing.get_origin(value) is typing.Annotated:
        args = (value.__origin__, *value.__metadata__)
    if isinstance(value, types.GenericAlias):
        return _class_name(origin), args
    name = _NAMED_ALIASES.get(getattr(value, "_name", None) or "")
    if name is None:
        name = _TYPING_NAMES.get(origin)
    if name is None and isinstance(origin, type):
        name = _class_name(origin)
    return ("typing.Union" if name == "typing.Optional" else name), args


def _class_name(cls: type[Any]) -> str:
    if cls is type(None):
        return "builtins.NoneType"
    if cls.__module__ == "builtins" and not hasattr(builtins, cls.__qualname__):
        raise PyGloveValueError(
            f"Expected a class with a public name to convert to JSON, got {cls!r}."
        )
    if "<locals>" in cls.__qualname__:
        raise PyGloveValueError(
            f"Cannot convert local class {qualified_name(cls)!r} to JSON: expected a "
            "class of a module, got one that is local to a function. Define it in a "
            "module, where it can be found."
        )
    if cls.__module__.startswith(_PACKAGE):
        return TYPE_REGISTRY.name_of(cls)
    return qualified_name(cls)


def _write_builtin_function(fn: types.BuiltinFunctionType) -> dict[str, Any]:
    owner = getattr(fn, "__self__", None)
    if owner is not None and not isinstance(owner, types.ModuleType):
        raise PyGloveValueError(
            "Expected a function of a module to convert to JSON, got the method "
            f"{fn!r} of an object."
        )
    module = fn.__module__ or getattr(owner, "__name__", "builtins")
    return {"_type": "function", "name": f"{module}.{fn.__qualname__}"}


def _write_function(fn: types.FunctionType, dump: Dump) -> dict[str, Any]:
    json_value: dict[str, Any] = {"_type": "function", "name": qualified_name(fn)}
    if "<lambda>" in fn.__qualname__ or "<locals>" in fn.__qualname__:
        # It cannot be found by name, so write its code.
        warn_caller(
            f"Function {qualified_name(fn)!r} is saved with its code, since it has no "
            "name by which it could be found. It can be loaded with `trusted=True` "
            "only. Define it in a module to load it without."
        )
        code = base64.encodebytes(marshal.dumps(fn.__code__)).decode("utf-8")
        json_value.update(code=code, defaults=dump(fn.__defaults__))
        if fn.__kwdefaults__:
            json_value["kwdefaults"] = dump(fn.__kwdefaults__)
        if fn.__closure__:
            cells = tuple(cell.cell_contents for cell in fn.__closure__)
            json_value["closure"] = dump(cells)
    return json_value


def _write_method(method: types.MethodType) -> dict[str, Any]:
    owner = method.__self__
    if not isinstance(owner, type):
        raise PyGloveValueError(
            "Expected a function or a class method to convert to JSON, got "
            f"{qualified_name(method.__func__)!r} of an object."
        )
    name = f"{qualified_name(owner)}.{method.__func__.__name__}"
    return {"_type": "method", "name": name}


def symbol_from_json(
    json_value: dict[str, Any], load: Load, options: LoadOptions
) -> Any | None:
    """Reads a class, an annotation or a function.

    Args:
      json_value: The JSON form.
      load: Reads nested values.
      options: The permissions of the document.

    Returns:
      The class, annotation or function, or None if the name is unknown.

    Raises:
      TypeError: It requires a trusted document, or is malformed.
    """
    kind = json_value["_type"]
    name = json_value.get("name")
    if not isinstance(name, str):
        raise PyGloveTypeError(
            f"Expected a str as 'name' of a {kind} in JSON, got {name!r}."
        )
    if "code" in json_value:
        return _function_from_code(name, json_value, load, options)
    symbol = find_symbol(kind, name, options)
    if symbol is None or "args" not in json_value:
        return symbol
    args = load(json_value["args"])
    if not isinstance(args, (list, tuple)):
        raise PyGloveTypeError(
            f"Expected a list as 'args' of type {name!r} in JSON, got {args!r}."
        )
    if not options.trusted:
        _check_type_arguments(name, symbol, args)
    try:
        return symbol[args[0] if len(args) == 1 else tuple(args)]
    except Exception as e:
        raise PyGloveTypeError(
            f"Expected type arguments that {name!r} takes, got {args!r}."
        ) from e


def _check_type_arguments(name: str, symbol: Any, args: Sequence[Any]) -> None:
    """Rejects type arguments that may run code, or that are costly to hash."""
    if not takes_type_arguments(symbol):
        raise UntrustedError(
            f"type arguments of {name!r}", "its class decides what becomes of them"
        )
    if len(args) > _MAX_TYPE_ARGUMENTS:
        raise PyGloveValueError(
            f"Expected at most {_MAX_TYPE_ARGUMENTS} type arguments of {name!r} in "
            f"JSON, got {len(args)}."
        )
    pending = [(arg, 1) for arg in args]
    while pending:
        arg, depth = pending.pop()
        if isinstance(arg, (list, tuple)):
            if depth > _MAX_ARGUMENT_DEPTH:
                raise PyGloveValueError(
                    f"Expected type arguments of {name!r} that are nested at most "
                    f"{_MAX_ARGUMENT_DEPTH} levels deep in JSON, got deeper ones."
                )
            pending.extend((item, depth + 1) for item in arg)
        elif isinstance(arg, str):
            if len(arg) > _MAX_TYPE_ARGUMENTS:
                raise PyGloveValueError(
                    f"Expected a shorter type argument of {name!r} in JSON, got "
                    f"{len(arg)} characters."
                )
        elif not (
            arg is None
            or is_symbol(arg)
            or isinstance(arg, (bool, int, float, bytes, dict, enum.Enum))
            or type(arg).__module__.startswith(_SPECS)
        ):
            raise UntrustedError(
                f"a type argument of {name!r}",
                f"hashing a value of type {type(arg).__name__!r} may run code",
            )
    if symbol is typing.Literal:
        check_collisions(args)


def _function_from_code(
    name: str, json_value: dict[str, Any], load: Load, options: LoadOptions
) -> types.FunctionType:
    if not options.trusted:
        raise UntrustedError(f"function {name!r}", "it carries its own code")
    try:
        code = marshal.loads(base64.decodebytes(json_value["code"].encode("utf-8")))
    except Exception as e:
        raise PyGloveValueError(
            f"Expected the code of function {name!r} in JSON, as this version of "
            f"Python marshals it, got something else: {e!r}."
        ) from e
    module = find_module(name, options)
    module_globals = {"__builtins__": builtins} if module is None else vars(module)
    cells = tuple(map(types.CellType, load(json_value.get("closure")) or ()))
    fn = types.FunctionType(
        code,
        module_globals,
        code.co_name,
        load(json_value.get("defaults")),
        cells or None,
    )
    fn.__kwdefaults__ = load(json_value.get("kwdefaults"))
    return fn
