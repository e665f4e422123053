"""Own methods: which methods of a user's class are meant for the library.

Methods of the protocol begin with `sym_`, so that a class may have a `clone` or a
`to_json` of its own, which the library leaves alone. `format` is the exception: a class
may define it to be shown in another way, with the arguments that `pg.format` passes.
"""

import inspect
import types
from typing import Any

from pyglove import utils


def formatter(cls: Any) -> Any:
    """Returns the function that formats objects of a symbolic class.

    It is the first `format` of the class and its bases that is a method for that. That
    of a class which was wrapped is not, nor is a field, nor what takes no options.

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
    raise AssertionError  # The class has that of the library at least.


def formats_as_usual(cls: Any) -> bool:
    """Returns whether objects of a symbolic class are shown as the library has it."""
    return hasattr(formatter(cls), "_sym_is_default")
