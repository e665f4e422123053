"""Compound delegation: a compound behaves like the object that it creates.

A compound is an instance of the class of that object, but is not constructed by it. So
no code of the class may run for the compound itself: each attribute of the class
becomes a `Delegate`, which reads the created object, and methods that Python looks up
in the class (`__new__`, `__setattr__`, hooks) are replaced.
"""

import functools
from collections.abc import Callable, Iterator
from typing import Any

from pyglove import utils
from pyglove.symbolic.compiled import object_layout, object_runtime
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.tree.wrapper_state import MANAGED_PREFIX
from pyglove.utils.lazy_module import inspect

# Special methods that concern the compound itself and are not delegated.
_OWN = frozenset(
    {
        "__annotations__",
        "__class__",
        "__class_getitem__",
        "__copy__",
        "__deepcopy__",
        "__del__",
        "__delattr__",
        "__dict__",
        "__dir__",
        "__doc__",
        "__eq__",
        "__format__",
        "__getattr__",
        "__getattribute__",
        "__getnewargs__",
        "__getnewargs_ex__",
        "__getstate__",
        "__hash__",
        "__init__",
        "__init_subclass__",
        "__module__",
        "__ne__",
        "__new__",
        "__post_init__",
        "__reduce__",
        "__reduce_ex__",
        "__replace__",
        "__repr__",
        "__set_name__",
        "__setattr__",
        "__setstate__",
        "__sizeof__",
        "__slots__",
        "__str__",
        "__subclasshook__",
        "__weakref__",
    }
)
# Prefixes of the node protocol; a compound is the node of its own arguments.
_PROTOCOL = ("_sym_", "sym_", "_on_")


class Delegate:
    """An attribute of a compound that reads the object that the compound creates.

    Args:
      base: The class that has the attribute.
      name: Name of the attribute.
    """

    def __init__(self, base: type, name: str):
        self._base = base
        self._name = name

    def __get__(self, node: Any, owner: Any = None) -> Any:
        if node is not None:
            return getattr(node._sym_decompose(), self._name)
        attribute = inspect.getattr_static(self._base, self._name)
        bind = getattr(type(attribute), "__get__", None)
        return attribute if bind is None else bind(attribute, None, owner)

    def __set__(self, node: Any, value: Any) -> None:
        attribute = inspect.getattr_static(self._base, self._name)
        if object_layout.is_field_property(attribute):
            raise utils.PyGloveAttributeError(
                f"Expected an argument of {type(node).__name__}, got {self._name!r}, "
                "which is a field of the object that it makes. Rebind the arguments "
                f"instead: {list(node.sym_keys())!r}."
            )
        setattr(node.decomposed, self._name, value)

    def __delete__(self, node: Any) -> None:
        delattr(node.decomposed, self._name)


def delegating_namespace(compound: type, base: Any) -> dict[str, Any]:
    """Returns the attributes of a compound class that replace those of its base.

    Args:
      compound: The base of all compounds, whose own attributes are kept.
      base: The class of the objects that a compound creates.
    """
    shared = frozenset(compound.__mro__)
    foreign = [c for c in base.__mro__ if c not in shared]
    known = {name for c in shared if c is not object for name in vars(c)}
    found: dict[str, Any] = {}
    for cls in foreign:
        for name, value in vars(cls).items():
            if name in found:
                continue
            if name in known:
                if name.startswith(_PROTOCOL) and hasattr(Object, name):
                    found[name] = inspect.getattr_static(compound, name)
            elif name.startswith(MANAGED_PREFIX):
                continue
            elif not (name.startswith("__") and name.endswith("__")):
                found[name] = Delegate(base, name)
            elif callable(value) and name not in _OWN:
                found[name] = _special_method(name)
    if base.__new__ is not object.__new__:
        found["__new__"] = plain_new(base)
    if any("__del__" in vars(c) for c in foreign):
        found["__del__"] = lambda self: None
    if any("__getattribute__" in vars(c) for c in foreign):
        found["__getattribute__"] = object.__getattribute__
    if not issubclass(base, Object) or base.__setattr__ is not object.__setattr__:
        found["__setattr__"] = _set_attribute
        found["__delattr__"] = _delete_attribute
    if any(
        issubclass(base, Object) and object_layout.overrides(base, name)
        for name in ("_on_parent_change", "_on_path_change")
    ):
        found["_on_parent_change"] = _pass_on_parent
    if getattr(base, "_is_protocol", False):
        found["_is_protocol"] = False
    return found


def _special_method(name: str) -> Callable[..., Any]:
    """Returns a special method that calls that of the created object."""

    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        made = self.decomposed
        result = getattr(made, name)(*map(made_by, args), **kwargs)
        return self if result is made else result

    call.__name__ = name
    return call


def made_by(value: Any) -> Any:
    """Returns the object that a compound creates, and any other value as it is."""
    return value.decomposed if hasattr(type(value), "_sym_factory") else value


def plain_new(base: Any) -> Callable[..., Any]:
    """Returns a `__new__` that bypasses the `__new__` of a user's class.

    Args:
      base: The class, or a subclass of it.
    """
    new = next(
        (n for n in _own_news(base) if inspect.isbuiltin(n)),
        object.__new__,
    )

    @functools.wraps(new)
    def make(cls: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return new(cls)
        except TypeError as error:
            raise utils.PyGloveTypeError(
                "Expected a class whose objects `__new__` creates without arguments, "
                f"got {base!r} ({error})."
            ) from None

    return make


def _own_news(base: Any) -> Iterator[Any]:
    for cls in base.__mro__:
        new = vars(cls).get("__new__")
        if new is not None:
            yield new.__func__ if isinstance(new, staticmethod) else new


def _is_own(node: Any, name: str) -> bool:
    """Returns whether an attribute belongs to the compound itself."""
    if name.startswith(MANAGED_PREFIX):
        return True
    return hasattr(inspect.getattr_static(type(node), name, None), "__set__")


def _set_attribute(self: Any, name: str, value: Any) -> None:
    if _is_own(self, name):
        object.__setattr__(self, name, value)
    elif self._sym_extra is not None and name in self._sym_extra:
        object_runtime.set_field(self, name, value)
    else:
        setattr(self.decomposed, name, value)


def _delete_attribute(self: Any, name: str) -> None:
    if _is_own(self, name):
        object.__delattr__(self, name)
    else:
        delattr(self.decomposed, name)


def _pass_on_parent(self: Any, old_parent: Any, new_parent: Any) -> None:
    """Passes the new parent on to the created object, whose class listens."""
    del old_parent, new_parent
    if self._sym_is_made:
        self.decomposed  # noqa: B018


__all__ = ["Delegate", "delegating_namespace", "made_by", "plain_new"]
