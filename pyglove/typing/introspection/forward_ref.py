"""References to classes that may not exist yet."""

import sys
import types
import typing

from pyglove.utils import PyGloveTypeError
from pyglove.utils.call_form import CallFormattable, CallItems

# Frames of this package are skipped when looking for the calling module.
_PACKAGE = ".".join(__name__.split(".")[:2])


class ForwardRef(CallFormattable):
    """A reference to a class by module and name, which is resolved when it is used.

    Args:
      module: The module in which to look the name up.
      qualname: The qualified name of the class.

    Example:
      >>> import collections
      >>> import pyglove.typing as pgt
      >>> pgt.ForwardRef(collections, 'OrderedDict').cls
      <class 'collections.OrderedDict'>
    """

    def __init__(self, module: types.ModuleType, qualname: str) -> None:
        self._module = module
        self._qualname = qualname
        self._cls: type[typing.Any] | None = None

    @property
    def module(self) -> types.ModuleType:
        """The module in which the name is looked up."""
        return self._module

    @property
    def name(self) -> str:
        """The last part of the name."""
        return self._qualname.rpartition(".")[2]

    @property
    def qualname(self) -> str:
        """The name within the module."""
        return self._qualname

    @property
    def type_id(self) -> str:
        """The full name of the class, module included."""
        return f"{self._module.__name__}.{self._qualname}"

    @property
    def resolved(self) -> bool:
        """Whether the class exists.

        Raises:
          TypeError: The name does not refer to a class.
        """
        return self._resolve() is not None

    @property
    def cls(self) -> type[typing.Any]:
        """The class.

        Raises:
          TypeError: The name does not exist, or does not refer to a class.
        """
        cls = self._cls or self._resolve()
        if cls is None:
            raise PyGloveTypeError(
                f"Expected a class {self._qualname!r} in module "
                f"{self._module.__name__!r}, got none. Define it before it is used."
            )
        return cls

    def as_annotation(self) -> type[typing.Any] | str:
        """Returns the class if it exists, else the name."""
        return self._resolve() or self._qualname

    def _resolve(self) -> type[typing.Any] | None:
        if self._cls is not None:
            return self._cls
        value: typing.Any = self._module
        for name in self._qualname.split("."):
            value = getattr(value, name, None)
            if value is None:
                return None
        if not isinstance(value, type):
            raise PyGloveTypeError(
                f"Expected a class {self._qualname!r} in module "
                f"{self._module.__name__!r}, got {value!r}."
            )
        self._cls = value
        return value

    def _format_items(self) -> CallItems:
        return [("module", self._module.__name__, None), ("name", self._qualname, None)]

    def __eq__(self, other: typing.Any) -> bool:
        if self is other:
            return True
        if isinstance(other, ForwardRef):
            return self._module is other._module and self._qualname == other._qualname
        return isinstance(other, type) and self._resolve() is other

    def __ne__(self, other: typing.Any) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self._module.__name__, self._qualname))

    def __copy__(self) -> "ForwardRef":
        return self

    def __deepcopy__(self, memo: dict[int, typing.Any]) -> "ForwardRef":
        return self


def calling_module() -> types.ModuleType:
    """Returns the module whose code called into this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        name = frame.f_globals.get("__name__", "")
        if name != _PACKAGE and not name.startswith(_PACKAGE + "."):
            break
        frame = frame.f_back
    name = frame.f_globals.get("__name__", "__main__")
    return sys.modules.get(name) or sys.modules["__main__"]
