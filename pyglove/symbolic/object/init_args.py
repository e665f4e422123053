"""Init args: a dict view of the fields of an object."""

from collections.abc import Callable
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.container.dict import Dict
from pyglove.symbolic.node.change import Change, notify
from pyglove.symbolic.node.copying import clone_value, place_clone
from pyglove.symbolic.node.node import INHERITED, REFERS, Node

MISSING_VALUE = utils.MISSING_VALUE


class InitArgs(Dict):
    """A dict view of the fields of an object; a change of the view changes the object.

    The view shows the fields as they were when it was created or last changed. The
    object remains the parent of the values.
    """

    auto_register = False

    @classmethod
    def of(cls, owner: Any) -> "InitArgs":
        """Returns a view of the fields of `owner`."""
        view = cls.__new__(cls)
        state: Any = view.__dict__
        state["_sym_subject"] = owner
        state["_sym_parent"] = owner._sym_parent
        state["_sym_key"] = owner._sym_key
        state["_sym_flags"] = owner._sym_flags
        state["_sym_root_path"] = owner._sym_root_path
        state["_sym_listens"] = owner._sym_listens
        dict.update(view, owner.sym_items())
        if owner._sym_flags & REFERS:
            view._sym_resolve_reads()
        return view

    @property
    def sym_parent(self) -> Any:
        """The object whose fields this view shows."""
        return self._sym_subject

    @property
    def value_spec(self) -> pg_typing.Dict:
        """The fields of the object, as a value spec."""
        spec: pg_typing.Dict = type(self._sym_subject).sym_fields  # type: ignore[union-attr]
        return spec

    def sym_attr_field(self, key: Any) -> pg_typing.Field | None:
        """Returns the field of the object for a key."""
        assert self._sym_subject is not None
        return self._sym_subject.sym_attr_field(key)

    def _sym_assign(self, key: Any, value: Any) -> tuple[Any, Any]:
        assert self._sym_subject is not None
        pair: tuple[Any, Any] = self._sym_subject._sym_assign(key, value)
        self._sym_refresh()
        return pair

    def _sym_undo(self, key: Any, value: Any) -> Callable[[], None]:
        assert self._sym_subject is not None
        undo = self._sym_subject._sym_undo(key, value)

        def restore() -> None:
            undo()
            self._sym_refresh()

        return restore

    def _sym_refresh(self) -> None:
        assert self._sym_subject is not None
        self._sym_clear()
        dict.update(self, self._sym_subject.sym_items())

    def _remove(self, key: Any) -> Any:
        old, new = self._sym_assign(key, MISSING_VALUE)
        notify((Change(self, key, old, new),))
        return old

    def popitem(self) -> tuple[Any, Any]:
        """Raises an error, because an object cannot lose a field.

        Raises:
          ValueError: always.
        """
        raise utils.PyGloveValueError(
            "Expected a dict without a value spec for `popitem`, got the fields of an "
            "object. Use `pop` with a name, which resets a field to its default."
        )

    def clear(self) -> None:
        """Resets all fields to their defaults."""
        self._check_mutable()
        self.rebind(dict.fromkeys(self, MISSING_VALUE), raise_on_no_change=False)

    def _sym_clone_node(
        self, deep: bool, memo: dict[int, Any], parent: Node | None, key: Any
    ) -> Any:
        """Returns a `pg.Dict` that is independent of the object."""
        new = Dict()
        for name, value in self.sym_items():
            value = clone_value(value, deep, memo, new, name)
            dict.__setitem__(new, name, value)
        if self._sym_flags & REFERS:
            new._sym_resolve_reads()
        object.__setattr__(new, "_sym_flags", self._sym_flags & INHERITED)
        place_clone(new, parent, key)
        return new

    def __reduce_ex__(self, protocol: Any) -> Any:
        return _as_it_is, (self.clone(),)


def _as_it_is(value: Any) -> Any:
    return value
