"""Modules of the standard library that are imported when they are first used.

`import pyglove` is to be quick, and `inspect` alone, with what it imports in turn,
takes a tenth of its time. Modules that need it in their functions only get it here:

    from pyglove.utils.lazy_module import inspect
"""

import importlib
from typing import TYPE_CHECKING, Any


class LazyModule:
    """Stands for a module until something of it is asked for.

    Args:
      name: The full name of the module.

    Example:
      >>> from pyglove.utils.lazy_module import LazyModule
      >>> calendar = LazyModule('calendar')
      >>> calendar.isleap(2024)
      True
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        value = getattr(importlib.import_module(self._name), name)
        self.__dict__[name] = value  # It is not asked for again.
        return value

    def __repr__(self) -> str:
        return f"LazyModule({self._name!r})"


if TYPE_CHECKING:
    import ast as ast
    import base64 as base64
    import dataclasses as dataclasses
    import inspect as inspect
    import linecache as linecache
else:
    ast = LazyModule("ast")
    base64 = LazyModule("base64")
    dataclasses = LazyModule("dataclasses")
    inspect = LazyModule("inspect")
    linecache = LazyModule("linecache")
