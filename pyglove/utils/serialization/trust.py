"""The permissions of trusted and untrusted documents.

Documents refer to classes and functions by name. An untrusted document may refer to
registered ones, to some harmless builtins, and to those that the program itself
defines. It never causes an import, and never has access to the standard library or
installed packages, which contain functions such as `os.system`. A document that is
loaded with `trusted=True` may refer to anything that can be imported.
"""

import builtins
import importlib
import math
import sys
import types
from collections.abc import Iterator
from typing import Any, NamedTuple

from pyglove.utils.error import PyGloveTypeError, UntrustedError
from pyglove.utils.lazy_module import inspect
from pyglove.utils.scope import Scope
from pyglove.utils.serialization.json_type import TYPE_REGISTRY


class LoadOptions(NamedTuple):
    """The permissions of the current `from_json` call.

    Attributes:
      trusted: Whether the document may unpickle, unmarshal and import.
      auto_import: Whether a trusted document imports modules that are missing.
      convert_unknown: Whether unknown names become placeholders.
    """

    trusted: bool = False
    auto_import: bool = True
    convert_unknown: bool = False


LOAD_OPTIONS: Scope[LoadOptions] = Scope("load_options", LoadOptions())

_SAFE_BUILTINS = frozenset(
    [
        "abs",
        "all",
        "any",
        "ascii",
        "bin",
        "bool",
        "bytearray",
        "bytes",
        "callable",
        "chr",
        "complex",
        "dict",
        "divmod",
        "enumerate",
        "filter",
        "float",
        "format",
        "frozenset",
        "hash",
        "hex",
        "int",
        "isinstance",
        "issubclass",
        "iter",
        "len",
        "list",
        "map",
        "max",
        "min",
        "next",
        "object",
        "oct",
        "ord",
        "print",
        "range",
        "repr",
        "reversed",
        "round",
        "set",
        "slice",
        "sorted",
        "str",
        "sum",
        "tuple",
        "type",
        "zip",
    ]
)

# Modules whose classes, but not functions, are all harmless.
_SAFE_TYPE_MODULES = frozenset(("collections", "collections.abc", "typing"))

_SAFE_TYPES = frozenset(
    (
        "datetime.date",
        "datetime.datetime",
        "datetime.time",
        "datetime.timedelta",
        "datetime.timezone",
        "decimal.Decimal",
        "enum.Enum",
        "enum.IntEnum",
        "fractions.Fraction",
        "pathlib.Path",
        "pathlib.PurePath",
        "re.Pattern",
        "uuid.UUID",
    )
)

_admitted: dict[str, Any] = {
    "builtins.NoneType": type(None),
    "builtins.Ellipsis": ...,
    **{f"builtins.{name}": getattr(builtins, name) for name in _SAFE_BUILTINS},
    **{
        f"builtins.{name}": value
        for name, value in vars(builtins).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    },
    **{f"math.{name}": fn for name, fn in vars(math).items() if callable(fn)},
}
_admitted_modules: set[str] = set()
# The callables that are admitted for calls, by key; see `_call_key`.
_admitted_for_calls: dict[Any, Any] = {}
_modules_admitted_for_calls: set[str] = set()

_MISSING = object()

# Modules whose classes take type arguments without running other code.
_GENERIC_MODULES = frozenset(
    ("builtins", "collections", "datetime", "enum", "pathlib", "re", "types", "typing")
)
_PACKAGE_NAME = __name__.partition(".")[0]

# All splits of a name are tried, so limit their number.
MAX_NAME_LENGTH = 1_000
_MAX_DOTS = 50


def admit(*symbols: Any, calls: bool = False) -> None:
    """Admits references of documents to functions, classes or modules.

    Args:
      *symbols: Functions and classes; or names of modules, to admit all that they and
        their submodules define.
      calls: Whether documents may also cause calls of them, with any arguments: as the
        transform of a value spec, or as the argument of a functor.

    Example:
      >>> import pyglove.utils as utils
      >>> import statistics
      >>> utils.admit(statistics.mean)
      >>> ref = {'_type': 'function', 'name': 'statistics.mean'}
      >>> utils.from_json(ref) is statistics.mean
      True
    """
    for symbol in symbols:
        if isinstance(symbol, str):
            _admitted_modules.add(symbol)
            if calls:
                _modules_admitted_for_calls.add(symbol)
        else:
            _admitted[f"{symbol.__module__}.{symbol.__qualname__}"] = symbol
            if calls:
                _admitted_for_calls[_call_key(symbol)] = symbol


def is_admitted_for_calls(symbol: Any) -> bool:
    """Whether a function or class is admitted for calls.

    Args:
      symbol: The function or class.
    """
    if _call_key(symbol) in _admitted_for_calls:
        return True
    module_name = getattr(symbol, "__module__", None)
    return isinstance(module_name, str) and _is_below(
        module_name, _modules_admitted_for_calls
    )


def is_harmless_class(cls: type[Any]) -> bool:
    """Whether creating objects of a class is allowed or harmless.

    Args:
      cls: The class.
    """
    if TYPE_REGISTRY.is_class_registered(cls) or TYPE_REGISTRY.is_scoped(cls):
        return True
    name = f"{cls.__module__}.{cls.__qualname__}"
    return name in _SAFE_TYPES or cls.__module__ in ("builtins", "collections.abc")


def _call_key(symbol: Any) -> Any:
    """Returns a key of a function or class, without calling its methods."""
    if isinstance(symbol, types.MethodType):  # Each access creates another one.
        return id(symbol.__func__), id(symbol.__self__)
    return id(symbol)


def find_symbol(kind: str, name: str, options: LoadOptions) -> Any | None:
    """Finds the class or function that a document names.

    Args:
      kind: The expected kind, for the error message.
      name: Module and qualified name, joined by a dot.
      options: The permissions of the document.

    Returns:
      The symbol, or None if there is none.

    Raises:
      UntrustedError: There may be one, but it requires a trusted document.
      TypeError: The name is too long.
    """
    symbol = _admitted.get(name, _MISSING)
    if symbol is not _MISSING:
        return symbol
    if len(name) > MAX_NAME_LENGTH or name.count(".") > _MAX_DOTS:
        raise PyGloveTypeError(
            f"Expected the name of a {kind} in JSON, got {len(name)} characters: "
            f"{name[:40]!r}..."
        )
    name = TYPE_REGISTRY.resolve_alias(name)
    registered = TYPE_REGISTRY.class_from_typename(name)
    if registered is not None:
        return registered
    if options.trusted:
        return _find_trusted(name, options.auto_import)
    try:
        return _find_untrusted(kind, name)
    except UntrustedError:
        if options.convert_unknown:
            return None  # A placeholder is harmless.
        raise


def _splits(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yields the splits of a dotted name into module and attributes, longest first."""
    parts = name.split(".")
    for i in range(len(parts) - 1, 0, -1):
        yield ".".join(parts[:i]), parts[i:]


def takes_type_arguments(symbol: Any) -> bool:
    """Whether type arguments of a class do not run code of the program.

    Args:
      symbol: A class, or an annotation such as `typing.Union`.
    """
    if not isinstance(symbol, type):
        return getattr(type(symbol), "__module__", None) in _GENERIC_MODULES
    owners: list[tuple[type[Any], str]] = [
        (type(symbol), "__getitem__"),
        (symbol, "__class_getitem__"),
    ]
    for owner, method in owners:
        for base in inspect.getmro(owner):
            if method in vars(base):
                module = base.__module__.partition(".")[0]
                return module in _GENERIC_MODULES or module == _PACKAGE_NAME
    return True  # Python raises an error.


def find_module(name: str, options: LoadOptions) -> types.ModuleType | None:
    """Finds the module in which a dotted name is defined.

    Args:
      name: Module and qualified name, joined by a dot.
      options: The permissions of the document; only a trusted one may import.

    Returns:
      The module, or None.
    """
    for module_name, _ in _splits(name):
        module = _load_module(module_name, options.trusted and options.auto_import)
        if module is not None:
            return module
    return None


def _load_module(module_name: str, auto_import: bool) -> types.ModuleType | None:
    module = sys.modules.get(module_name)
    if module is None and auto_import:
        try:
            module = importlib.import_module(module_name)
        except (ImportError, TypeError, ValueError):
            return None  # The latter two if it is not the name of a module.
    return module


def _find_trusted(name: str, auto_import: bool) -> Any | None:
    for module_name, attributes in _splits(name):
        module = _load_module(module_name, auto_import)
        if module is None:
            continue
        symbol: Any = module
        for attribute in attributes:
            symbol = getattr(symbol, attribute, _MISSING)
            if symbol is _MISSING:
                break
        else:
            return symbol
    return None


def _find_untrusted(kind: str, name: str) -> Any | None:
    for module_name, attributes in _splits(name):
        module = sys.modules.get(module_name)
        if not isinstance(module, types.ModuleType):
            continue
        symbol = _walk(module, attributes)
        if symbol is None:
            return None
        if not _may_refer(symbol, name):
            raise UntrustedError(
                f"{kind} {name!r}",
                "it is not registered, and is not defined by this program",
            )
        return symbol
    raise UntrustedError(f"{kind} {name!r}", "its module is not loaded")


def _walk(module: types.ModuleType, attributes: list[str]) -> Any | None:
    """Follows attributes without running properties or `__getattr__`."""
    symbol: Any = vars(module).get(attributes[0])
    for attribute in attributes[1:]:
        if not isinstance(symbol, type):
            return None
        owner = symbol
        for base in owner.__mro__:
            if attribute in base.__dict__:
                symbol = base.__dict__[attribute]
                break
        else:
            return None
        if isinstance(symbol, staticmethod):
            symbol = symbol.__func__
        elif isinstance(symbol, classmethod):
            symbol = types.MethodType(symbol.__func__, owner)
    return symbol


def _may_refer(symbol: Any, name: str) -> bool:
    if TYPE_REGISTRY.is_scoped(symbol):
        return True
    module_name = getattr(symbol, "__module__", None)
    qualname = getattr(symbol, "__qualname__", None)
    if not isinstance(module_name, str) or not isinstance(qualname, str):
        return False
    is_method = isinstance(symbol, types.MethodType)
    # Reject symbols that a module merely imports from elsewhere.
    if name != f"{module_name}.{qualname}" and not is_method:
        return False
    if _is_below(module_name, _admitted_modules):
        return True
    if isinstance(symbol, (type, types.FunctionType)) or is_method:
        if isinstance(symbol, type) and (
            name in _SAFE_TYPES or module_name in _SAFE_TYPE_MODULES
        ):
            return True
        return _is_own_module(module_name)
    # Special forms such as `typing.Union` are neither classes nor functions.
    return module_name == "typing"


def _is_below(module_name: str, modules: set[str]) -> bool:
    """Whether a module is one of several, or a submodule of one."""
    while module_name:
        if module_name in modules:
            return True
        module_name = module_name.rpartition(".")[0]
    return False


def _is_own_module(module_name: str) -> bool:
    """Whether the running program defines a module, rather than a library."""
    root = module_name.partition(".")[0]
    if root in sys.stdlib_module_names or root == __name__.partition(".")[0]:
        return False
    if module_name == "__main__" or TYPE_REGISTRY.has_module(module_name):
        return True
    # A module without a file is an extension, or was created by a library.
    origin = getattr(sys.modules.get(module_name), "__file__", None)
    return isinstance(origin, str) and not (
        "site-packages" in origin or "dist-packages" in origin
    )
