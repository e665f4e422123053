"""Own methods: methods of a user's class that the library calls.

Methods of the protocol begin with `sym_`, so that a class may define its own `clone` or
`to_json`, which the library does not call. `format` is the exception: a class may
define it to change its text; it takes the arguments that `pg.format` passes.
"""

import types
from typing import Any

from pyglove import utils
from pyglove.utils.lazy_module import inspect


def formatter(cls: Any) -> Any:
    """Returns the function that formats objects of a symbolic class.

    This is the first `format` in the method resolution order that is a method of a
    `Formattable` and accepts options. The `format` of a wrapped class, a field of that
    name, or a method without options does not count.

    Args:
      cls: A symbolic class.
    """
    found = cls.__dict__.get("_sym_formatter")
    if found is None:
        found = _find_formatter(cls)
        type.__setattr__(cls, "_sym_formatter", found)
    return found


def _find_formatter(cls: Any) -> Any:
    for base in cls.__mro__:
        method = base.__dict__.get("format")
        if (
            isinstance(method, types.FunctionType)
            and issubclass(base, utils.Formattable)
            and any(
                p.kind is p.VAR_KEYWORD
                for p in inspect.signature(method).parameters.values()
            )
        ):
            return method
    raise AssertionError  # Symbolic classes inherit one from the library.


def formats_as_usual(cls: Any) -> bool:
    """Returns whether a symbolic class uses the default `format` of the library."""
    return hasattr(formatter(cls), "_sym_is_default")
