"""Subclassed wrapper: a symbolic version of a class that has an `__init__`."""

import threading
from collections.abc import Callable
from typing import Any, ClassVar, SupportsIndex

from pyglove.symbolic.adapter.compound_delegation import plain_new
from pyglove.symbolic.adapter.wrapper_base import (
    ClassWrapper,
    call_arguments,
    restore,
)
from pyglove.symbolic.adapter.wrapper_schema import apply_init_schema
from pyglove.symbolic.compiled.object_layout import is_user_function, managed
from pyglove.symbolic.form import pickling
from pyglove.symbolic.node.node import REFERS, SPECIAL
from pyglove.symbolic.tree.uninitialized import tell_of_missing_attributes
from pyglove.symbolic.tree.wrapper_state import (
    MANAGED_PREFIX,
    WITHOUT_INIT,
    Stateful,
    state_of,
)


class SubclassedWrapper(Stateful, ClassWrapper):
    """A wrapper that inherits from the class it wraps."""

    auto_schema: ClassVar[bool] = False

    # The original `__init__`, and the original `__new__`, if any.
    _wrapped_init: ClassVar[Callable[..., None]]
    _wrapped_new: ClassVar[Callable[..., Any] | None] = None
    _reset_state_fn: ClassVar[Callable[[Any], None] | None] = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "sym_wrapped_cls" not in cls.__dict__:
            cls.sym_wrapped_cls = None
        init = cls.__dict__.get("__init__")
        if is_user_function(init) and not hasattr(cls, "_wrapped_init"):
            super().__init_subclass__(**kwargs)
            return
        if is_user_function(init):
            # A subclass of a wrapper: its own `__init__` defines its fields.
            del cls.__init__
            cls._wrapped_init = init  # type: ignore[assignment]
            super().__init_subclass__(**kwargs)
            apply_init_schema(cls, cls._wrapped_init, None)
            return
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "_wrapped_init"):
            apply_init_schema(cls, cls._wrapped_init, None)

    @classmethod
    def _sym_take_own_init(cls, init: Any) -> bool:
        """Turns the arguments of an `__init__` from `dataclass` into fields."""
        if not hasattr(cls, "_wrapped_init"):
            return False
        cls._wrapped_init = init
        apply_init_schema(cls, init, None)
        return True

    @managed
    def __init__(self, *args: Any, **kwargs: Any):
        """Ends the chain of `super().__init__` calls of wrapped classes."""

    def _sym_foreign_init(self, cls: Any, values: dict[str, Any]) -> bool:
        """Runs the `__init__` of a base class, called through `super()`."""
        args, kwargs = call_arguments(cls, values)
        cls._wrapped_init(self, *args, **kwargs)
        return True

    def _on_init(self) -> None:
        """Runs the original `__init__`, unless the state comes from elsewhere."""
        if not WITHOUT_INIT.open_count or not WITHOUT_INIT.get():
            self._on_bound()

    def _on_bound(self) -> None:
        """Runs the original `__init__`, unless the arguments are abstract."""
        cls = type(self)
        if self._sym_flags & SPECIAL and self.sym_abstract:
            tell_of_missing_attributes(cls)
            return
        if cls._reset_state_fn is not None:
            cls._reset_state_fn(self)
        if self._sym_flags & REFERS:
            values = {k: self.sym_inferred(k) for k in self.sym_keys()}
        else:
            values = dict(self._sym_pairs())
        args, kwargs = call_arguments(cls, values)
        if cls._wrapped_new is not None:
            run_new(self, cls._wrapped_new, args, kwargs)
        cls._wrapped_init(self, *args, **kwargs)

    def _on_change(self, field_updates: Any) -> None:
        """Initializes this object again with the changed arguments."""
        del field_updates
        if type(self)._reset_state_fn is None:
            state: dict[str, Any] = vars(self)
            for name in [k for k in state if not k.startswith(MANAGED_PREFIX)]:
                del state[name]
        self._on_bound()

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        values, flags = pickling.object_state(self)
        return restore, (self._sym_portable_class(), values, flags), state_of(self)


class WrapperOfNew(SubclassedWrapper):
    """A wrapper of a class that also has a `__new__`.

    The original `__new__` runs before `__init__`, once the arguments are complete. When
    it calls `super().__new__`, it gets the object that exists already.
    """

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """Returns the existing object to the wrapped class, or else a new one."""
        waiting = getattr(_local, "waiting", None)
        if waiting is not None and type(waiting) is cls:
            _local.waiting = None
            return waiting
        return cls._sym_create()

    @classmethod
    def _sym_create(cls) -> Any:
        """Creates an object without running code of the wrapped class."""
        return plain_new(cls)(cls)


_local = threading.local()


def run_new(
    node: Any, new: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
) -> None:
    """Runs the `__new__` of a wrapped class for an existing object.

    Args:
      node: The object.
      new: The `__new__`.
      args: Positional arguments.
      kwargs: Keyword arguments.
    """
    before = getattr(_local, "waiting", None)
    _local.waiting = node
    try:
        made = new(type(node), *args, **kwargs)
    finally:
        _local.waiting = before
    if made is not node and type(made) is type(node):
        # It has called `object.__new__` itself; the attributes are what matters.
        state = {k: v for k, v in vars(made).items() if k[:5] != MANAGED_PREFIX}
        vars(node).update(state)


def guarded_setattr(cls: Any) -> Callable[[Any, str, Any], None]:
    """Returns a `__setattr__` that hides symbolic state from that of a class.

    Classes such as neural network modules register the objects that are assigned to
    them; they must not register the parent of a node as its child.
    """
    original = cls.__setattr__

    def set_attribute(self: Any, name: str, value: Any) -> None:
        if name.startswith(MANAGED_PREFIX):
            object.__setattr__(self, name, value)
        else:
            original(self, name, value)

    set_attribute.__name__ = "__setattr__"
    return set_attribute


__all__ = ["SubclassedWrapper", "WrapperOfNew", "guarded_setattr"]
