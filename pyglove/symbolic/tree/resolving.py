"""Resolving containers: lists and dicts whose reads resolve references.

Reads of `pg.List` and `pg.Dict` are the reads of `list` and `dict`. A container that
stores a reference (`pg.Ref`, `pg.InferredValue`) changes its class to a variant,
created here, whose reads return the referenced values. Searches for a value (`in`,
`index`, `count`) compare the stored items and the targets of `pg.Ref`, but infer
nothing.
"""

import threading
from collections.abc import Iterator
from typing import Any

from pyglove import utils
from pyglove.symbolic.node.node import Inferential
from pyglove.symbolic.tree.comparison import behind
from pyglove.utils.lock import fork_safe

_lock = fork_safe(threading.RLock())


def is_written(item: Any, value: Any) -> bool:
    """Returns whether an item equals a value, or refers to it.

    Args:
      item: An item of a list, not resolved.
      value: The value that is searched for.
    """
    if item is value or item == value:
        return True
    target = behind(item)
    return target is not item and (target is value or bool(target == value))


def _resolve(node: Any, key: Any, value: Any) -> Any:
    return node.sym_inferred(key) if isinstance(value, Inferential) else value


class ResolvingList:
    """Mixin for the class of a list that holds references."""

    def __getitem__(self: Any, index: Any) -> Any:
        value = list.__getitem__(self, index)
        if isinstance(index, slice):
            return [
                _resolve(self, i, self._sym_rawget(i)) for i in range(len(self))[index]
            ]
        return _resolve(self, index, value)

    def __iter__(self: Any) -> Iterator[Any]:
        for i, value in enumerate(list.__iter__(self)):
            yield _resolve(self, i, value)

    def __reversed__(self: Any) -> Iterator[Any]:
        return map(behind, list.__reversed__(self))

    def __contains__(self: Any, value: Any) -> bool:
        return any(is_written(item, value) for item in list.__iter__(self))

    def index(self: Any, value: Any, *bounds: int) -> int:
        """Returns the first index of a value."""
        first, last = (*bounds, None)[:2] if bounds else (0, None)
        for i in range(*slice(first, last).indices(len(self))):
            if is_written(list.__getitem__(self, i), value):
                return i
        raise utils.PyGloveValueError(f"Expected an item of the list, got {value!r}.")

    def count(self: Any, value: Any) -> int:
        """Returns how often a value occurs."""
        return sum(is_written(item, value) for item in list.__iter__(self))


class ResolvingDict:
    """Mixin for the class of a dict that holds references."""

    # `dict(x)` and `{**x}` read through `__getitem__` only if `__iter__` differs.
    def __iter__(self: Any) -> Iterator[Any]:
        return iter(dict.keys(self))

    def __getitem__(self: Any, key: Any) -> Any:
        value = dict.__getitem__(self, key)
        try:
            return _resolve(self, key, value)
        except AttributeError as e:
            raise utils.PyGloveKeyError(str(e)) from e

    def __getattr__(self: Any, name: str) -> Any:
        if dict.__contains__(self, name):
            return self.sym_inferred(name)
        return super().__getattr__(name)  # type: ignore[misc]

    def get(self: Any, key: Any, default: Any = None) -> Any:
        """Returns the value of an item, or a default if it has none."""
        return self.sym_inferred(key, default)

    def items(self: Any) -> Any:
        """Returns keys and values."""
        return {k: self.sym_inferred(k) for k in dict.keys(self)}.items()

    def values(self: Any) -> Any:
        """Returns the values."""
        return {k: self.sym_inferred(k) for k in dict.keys(self)}.values()


def resolving_class(cls: type) -> type:
    """Returns the variant of a container class whose reads resolve references.

    Args:
      cls: A subclass of `pg.List` or `pg.Dict`.
    """
    found: type | None = cls.__dict__.get("_sym_resolving_class")
    if found is not None:
        return found
    mixin = ResolvingList if issubclass(cls, list) else ResolvingDict
    namespace = {
        "__module__": cls.__module__,
        "__qualname__": cls.__qualname__,
        "__doc__": cls.__doc__,
        "_sym_plain_class": cls,
        "auto_register": False,
    }
    metaclass: Any = type(cls)
    with _lock:
        if "_sym_resolving_class" not in cls.__dict__:
            made = metaclass(cls.__name__, (mixin, cls), namespace)
            type.__setattr__(cls, "_sym_resolving_class", made)
    return resolving_class(cls)


def plain_class(cls: Any) -> Any:
    """Returns the class from which a variant was derived, or `cls` itself."""
    return getattr(cls, "_sym_plain_class", cls)
