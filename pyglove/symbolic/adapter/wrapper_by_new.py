"""Wrappers by new: wrappers of classes that define `__new__` but no `__init__`.

Numbers, strings, tuples, named tuples and other immutable objects cannot be initialized
again after a change. So a wrapper of such a class is a compound: it creates a new
object of the wrapped class when its arguments change, and behaves like that object.
"""

import types
from typing import Any, ClassVar, SupportsIndex

from pyglove.symbolic.adapter.compound import Compound
from pyglove.symbolic.adapter.compound_delegation import delegating_namespace, made_by
from pyglove.symbolic.adapter.wrapper_base import (
    ClassWrapper,
    ClassWrapperMeta,
    call_arguments,
    own_new,
    restore,
)
from pyglove.symbolic.form import pickling
from pyglove.symbolic.node.node import SPECIAL
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.object.object_meta import combined_metaclass
from pyglove.symbolic.tree.uninitialized import uninitialized_error


class WrapperByNew(Compound, ClassWrapper):
    """A wrapper that creates an object of the wrapped class and behaves like it."""

    auto_schema: ClassVar[bool] = False
    allow_symbolic_attribute: ClassVar[bool] = False
    _sym_lazy_build: ClassVar[bool] = False
    # The class of the created objects.
    _sym_wrapped: ClassVar[type]

    @property
    def sym_wrapped(self) -> Any:
        """The object of the wrapped class."""
        return self.decomposed

    def _sym_call_factory(self, values: dict[str, Any]) -> Any:
        cls = type(self)
        if self._sym_flags & SPECIAL and self.sym_abstract:
            raise uninitialized_error(self)
        args, kwargs = call_arguments(cls, values)
        wrapped: Any = cls._sym_wrapped
        # The original `__new__`, since that of the class may look for a wrapper.
        return own_new(wrapped)(wrapped, *args, **kwargs)

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        values, flags = pickling.object_state(self)
        return restore, (self._sym_portable_class(), values, flags)


def derive_wrapper_by_new(
    cls: Any, name: str, namespace: dict[str, Any], override: dict[str, Any]
) -> Any:
    """Returns a wrapper of a class without an `__init__`, without fields.

    Args:
      cls: The class.
      name: Name of the wrapper.
      namespace: Attributes of the wrapper.
      override: Further attributes, which take precedence.
    """
    attributes = {**delegating_namespace(WrapperByNew, cls), "_sym_wrapped": cls}
    if "__eq__" not in namespace and cls.__eq__ is not object.__eq__:
        attributes.update(__eq__=_equals, __ne__=_differs, __hash__=_hash)
    attributes.update(namespace)
    attributes.update(override)
    wrapper: Any = types.new_class(
        name,
        (WrapperByNew, cls),
        {
            "metaclass": combined_metaclass(
                ClassWrapperMeta, cls, __call__=type.__call__, __init__=type.__init__
            )
        },
        lambda body: body.update(attributes),
    )
    wrapper.__abstractmethods__ = frozenset()
    return wrapper


def _is_made(node: Any) -> bool:
    return not (node._sym_flags & SPECIAL and node.sym_abstract)


def _equals(self: Any, other: Any) -> Any:
    if not _is_made(self):
        return object.__eq__(self, other)
    return self.decomposed.__eq__(made_by(other))


def _differs(self: Any, other: Any) -> Any:
    result = _equals(self, other)
    return result if result is NotImplemented else not result


def _hash(self: Any) -> int:
    return hash(self.decomposed) if _is_made(self) else object.__hash__(self)


def made_repr(self: Any) -> str:
    """Implements `__repr__` for a wrapper that shows its object."""
    return repr(self.decomposed) if _is_made(self) else Object.__repr__(self)


def made_str(self: Any) -> str:
    """Implements `__str__` for a wrapper that shows its object."""
    return str(self.decomposed) if _is_made(self) else Object.__str__(self)


__all__ = ["WrapperByNew", "derive_wrapper_by_new", "made_repr", "made_str"]
