"""Container node: the common base of `pg.List` and `pg.Dict`."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.node.change import FieldUpdate
from pyglove.symbolic.node.node import KeyPath, default_hook, node_path
from pyglove.symbolic.protocol.symbolic import Symbolic
from pyglove.symbolic.tree import comparison
from pyglove.symbolic.tree.binding import use_spec_at
from pyglove.symbolic.tree.resolving import plain_class, resolving_class

ContainerT = TypeVar("ContainerT", bound="ContainerNode")

# Sets an attribute of a dict, whose own `__setattr__` sets an item instead.
set_state = object.__setattr__


class ContainerNode(Symbolic, pg_typing.CustomTyping):
    """A list or a dict that is a node and may have a value spec."""

    accepts_lazy_path = True

    # The class of value specs for this kind of container, and the cache of their plans.
    _sym_spec_class: ClassVar[Any]
    _sym_plans: ClassVar[Any]

    _sym_plan: Any
    _sym_callback: Callable[[dict[KeyPath, FieldUpdate]], None] | None = None

    @property
    def value_spec(self) -> Any:
        """The value spec of this container; None if it accepts anything."""
        return self._sym_plan.spec

    def use_value_spec(
        self: ContainerT, value_spec: Any, allow_partial: bool = False
    ) -> ContainerT:
        """Checks the items, now and after each change, against a value spec.

        Args:
          value_spec: A `pg.typing.List` for a list, a `pg.typing.Dict` for a dict; None
            to accept anything.
          allow_partial: Whether required values may be missing.

        Returns:
          This container.

        Raises:
          KeyError: if a key is not accepted.
          TypeError: if the type of a value is not accepted.
          ValueError: if a value is not accepted, or the value spec is of another kind.
          RuntimeError: if this container has another value spec.
        """
        if value_spec is None:
            set_state(self, "_sym_plan", self._sym_plans.any)
            return self
        kind = self._sym_spec_class.__name__
        if not isinstance(value_spec, self._sym_spec_class):
            raise utils.PyGloveValueError(
                utils.message_on_path(
                    f"Expected a `pg.typing.{kind}` as the value spec of a "
                    f"`pg.{kind}`, got {value_spec!r}.",
                    node_path(self),
                )
            )
        current = self._sym_plan.spec
        if current is None or current is value_spec:
            self._sym_bind(value_spec, allow_partial)
        elif current != value_spec:
            raise utils.PyGloveRuntimeError(
                utils.message_on_path(
                    f"Expected the value spec that this `pg.{kind}` has, which is "
                    f"{current!r}, got another one: {value_spec!r}. Make a new "
                    f"`pg.{kind}` of the items.",
                    node_path(self),
                )
            )
        return self

    def _sym_bind(self, value_spec: Any, allow_partial: bool) -> None:
        """Adopts a value spec that all items fit; an error changes nothing."""
        raise NotImplementedError

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Implements `ValueSpec.apply` for this container, which adopts the spec."""
        current = self._sym_plan.spec
        if current is None:
            if not isinstance(value_spec, self._sym_spec_class):
                return True, self
            if self._sym_listens and self._sym_parent is None:
                self._bind_at(pg_typing.resolve_path(path), value_spec, allow_partial)
            else:
                use_spec_at(self, path, value_spec, allow_partial)
        elif current is not value_spec and not value_spec.is_compatible(current):
            raise utils.PyGloveValueError(
                utils.message_on_path(
                    f"Expected a value for {value_spec!r}, got a {type(self).__name__} "
                    f"that is bound to {current!r}, which accepts values that do not "
                    "fit there. Pass a plain list or dict to have its items checked.",
                    pg_typing.resolve_path(path),
                )
            )
        return False, self

    def _bind_at(self, path: KeyPath, value_spec: Any, allow_partial: bool) -> None:
        """Binds a root to a value spec; its callback sees the path it will have."""
        set_state(self, "_sym_root_path", path)
        try:
            self.use_value_spec(value_spec, allow_partial)
        finally:
            set_state(self, "_sym_root_path", None)

    def _sym_clone(self: ContainerT, deep: bool, memo: Any = None) -> ContainerT:
        copy: ContainerT = self._sym_clone_node(
            deep, {} if memo is None else memo, None, None
        )
        return copy

    def _sym_resolve_reads(self) -> None:
        if plain_class(type(self)) is type(self):
            set_state(self, "__class__", resolving_class(type(self)))

    def _on_change(self, field_updates: dict[KeyPath, FieldUpdate]) -> None:
        """Calls the change callback."""
        if self._sym_callback is not None:
            self._sym_callback(field_updates)

    @default_hook
    def sym_eq(self, other: Any) -> bool:
        """Returns whether `other` is a container of symbolically equal items."""
        return comparison.eq(self, other)
