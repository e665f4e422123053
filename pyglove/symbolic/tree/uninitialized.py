"""Uninitialized objects: errors of wrapped objects whose `__init__` has not run."""

from collections.abc import Callable
from typing import Any

from pyglove import utils
from pyglove.symbolic.node.node import SPECIAL
from pyglove.symbolic.tree.completeness import is_abstract


def tell_of_missing_attributes(cls: Any) -> None:
    """Makes a class report why an uninitialized object lacks an attribute.

    This makes the reads of absent attributes slower, so a class is changed when its
    first object holds a placeholder or lacks an argument.

    Args:
      cls: A wrapper whose `__init__` sets attributes.
    """
    original = getattr(cls, "__getattr__", None)
    if not hasattr(original, "_sym_tells"):
        cls.__getattr__ = _telling(original)


def _telling(original: Callable[[Any, str], Any] | None) -> Callable[[Any, str], Any]:
    def __getattr__(self: Any, name: str) -> Any:
        if original is None:
            error = AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}",
                name=name,
                obj=self,
            )
        else:
            try:
                return original(self, name)
            except AttributeError as raised:
                error = raised
        # Callers that ask for special names can do without them.
        if name[:2] != "__" and self._sym_flags & SPECIAL and self.sym_abstract:
            error = uninitialized_error(self, name)
        raise error

    __getattr__._sym_tells = True  # type: ignore[attr-defined]
    return __getattr__


def uninitialized_error(node: Any, name: str | None = None) -> AttributeError:
    """Returns the error for the use of an object that has not been initialized.

    Args:
      node: The object.
      name: Name of the requested attribute; None if it is not known.
    """
    kind = "space" if node.sym_puresymbolic else "partial object"
    keys = ", ".join(repr(k) for k, v in node.sym_items() if is_abstract(v))
    what = type(node).__name__
    if name is not None:
        what = f"{what} with an attribute {name!r}"
    return utils.PyGloveAttributeError(
        f"Expected an initialized {what}, got a {kind} (because of {keys}), whose "
        "`__init__` has not run. Use `pg.iter` or `pg.sample` to get the programs of a "
        "space, `rebind` to supply missing arguments, and `sym_getattr` to read them."
    )


__all__ = ["tell_of_missing_attributes", "uninitialized_error"]
