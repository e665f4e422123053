"""List node: the implementation of `Node` by `pg.List`."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compiled.element_plan import LIST_PLANS, ListPlan
from pyglove.symbolic.compiled.origin_tracking import record_clone, record_origin
from pyglove.symbolic.container.container_node import ContainerNode
from pyglove.symbolic.node import flag
from pyglove.symbolic.node.conversion import convert_inside
from pyglove.symbolic.node.copying import clone_value, copy_node, copy_step, place_clone
from pyglove.symbolic.node.insertion import Insertion, inserted
from pyglove.symbolic.node.node import (
    ATOMS,
    CONVERTERS,
    CUSTOM,
    LISTENS_TO_MOVES,
    PARTIAL,
    SEALED,
    Node,
    default_hook,
    disown,
    node_path,
    node_root,
    place_children,
    rekey,
)
from pyglove.symbolic.tree.binding import (
    allows_partial,
    bind_value,
    check_value,
    is_unchecked,
    own,
    release,
    stays,
)
from pyglove.utils.descent import descend_after

MISSING_VALUE = utils.MISSING_VALUE
_TRACK = flag.TRACK_ORIGIN
_PARTIAL_SCOPE = flag.ALLOW_PARTIAL
_ANY = LIST_PLANS.any
ListT = TypeVar("ListT", bound="ListNode[Any]")

if TYPE_CHECKING:
    import typing_extensions

    T = typing_extensions.TypeVar("T", default=Any)
else:
    T = TypeVar("T")


class ListNode(list[T], ContainerNode):
    """The part of `pg.List` that implements `Node`."""

    _sym_spec_class = pg_typing.List
    _sym_plans = LIST_PLANS
    _sym_plan: ListPlan = LIST_PLANS.any

    @classmethod
    def _sym_make(
        cls: type[ListT], items: Iterable[Any], value_spec: Any = None
    ) -> ListT:
        """Creates a list without checks."""
        new = cls.__new__(cls)
        if value_spec is not None:
            new._sym_plan = LIST_PLANS.get(value_spec)
        list.extend(new, items)
        if not ATOMS.issuperset(map(type, new)):
            for i, value in enumerate(list.__iter__(new)):
                if type(value) not in ATOMS:
                    list.__setitem__(new, i, own(new, i, value))
        return new

    @classmethod
    def _sym_convert(
        cls: type[ListT], items: list[Any], value_spec: Any, parent: Any, key: Any
    ) -> ListT:
        """Converts a plain list to a node for `key` of `parent`."""
        new = cls.__new__(cls)
        if parent is not None:
            new._sym_parent = parent
            new._sym_key = key
            if parent._sym_flags & PARTIAL or _PARTIAL_SCOPE.open_count:
                if allows_partial(parent):
                    new._sym_flags = PARTIAL
        plan = _ANY
        if value_spec is not None:
            plan = new._sym_plan = LIST_PLANS.get(value_spec)
        if plan.atoms.issuperset(map(type, items)) and not (
            plan.is_sized or _TRACK.is_open
        ):
            list.extend(new, items)
        else:
            new._sym_fill(items)
        return new

    def _sym_fill(self, items: Iterable[Any]) -> None:
        """Stores the initial items of this list."""
        if _TRACK.open_count:
            record_origin(self, None, "__init__")
        plan = self._sym_plan
        atoms, nodes, element = plan.atoms, plan.nodes, plan.element
        if type(items) is not list:
            if isinstance(items, Node):
                items = [v for _, v in items.sym_items()]
            else:
                items = list(items)
        try:
            if atoms.issuperset(map(type, items)):
                list.extend(self, items)
            else:
                root = node_root(self)
                append = super().append
                for value in items:
                    kind = type(value)
                    if (
                        kind in nodes
                        and value._sym_parent is None
                        and not value._sym_flags
                        and value is not root
                    ):
                        value._sym_parent = self
                        value._sym_key = len(self)
                    elif element is None and kind in CONVERTERS:
                        value = CONVERTERS[kind](value, None, self, len(self))
                    elif kind not in atoms:
                        if kind is Insertion:
                            value = inserted(value)
                        if value is MISSING_VALUE:
                            continue
                        value = bind_value(self, len(self), element, value)
                    append(value)
            if plan.is_sized:
                self._check_size(len(self), plan)
        except RecursionError:
            release(self, items)
            if element is not None or type(items) is not list:
                raise
            list.clear(self)
            self._sym_fill(convert_inside(items))
        except BaseException:
            release(self, items)
            raise

    def _sym_bind(self, value_spec: pg_typing.List, allow_partial: bool) -> None:
        plan, flags = LIST_PLANS.get(value_spec), self._sym_flags
        if is_unchecked():
            self._sym_plan = plan
            return
        self._check_size(len(self), plan)
        if allow_partial:
            self._sym_flags |= PARTIAL
        try:
            checked = [
                check_value(self, i, plan.element, v)
                for i, v in enumerate(list.__iter__(self))
            ]
        except BaseException:
            self._sym_flags = flags
            raise
        for i, value in enumerate(checked):
            old = list.__getitem__(self, i)
            if value is not old:
                disown(self, old)
                list.__setitem__(self, i, own(self, i, value))
        self._sym_plan = plan

    def sym_attr_field(self, key: Any) -> pg_typing.Field | None:
        """Returns the field of the items, or None if any value is accepted."""
        return self._sym_plan.field

    def sym_hasattr(self, key: Any) -> bool:
        """Returns whether there is an item at an index."""
        return isinstance(key, int) and -len(self) <= key < len(self)

    def sym_keys(self) -> Iterator[int]:
        """Iterates over the indices."""
        return iter(range(len(self)))

    def sym_items(self) -> Iterator[tuple[int, Any]]:
        """Iterates over indices and symbolic values."""
        return enumerate(list.__iter__(self))

    def sym_values(self) -> Iterator[Any]:
        """Iterates over the symbolic values."""
        return list.__iter__(self)

    def _sym_rawget(self, key: Any) -> Any:
        return list.__getitem__(self, key)

    def _sym_assign(self, key: Any, value: Any) -> tuple[Any, Any]:
        index = self._index_of(key, value)
        if isinstance(value, Insertion):
            value = value.value
            if value is not MISSING_VALUE:
                value = self._insert(index, value)
            return MISSING_VALUE, value
        if index == len(self):
            if value is MISSING_VALUE:
                return MISSING_VALUE, MISSING_VALUE
            return MISSING_VALUE, self._insert(index, value)
        old = list.__getitem__(self, index)
        if old is value:
            return old, old
        if value is not MISSING_VALUE:
            value = check_value(self, index, self._sym_plan.element, value)
            if old is value or stays(old, value):
                return old, old
        if type(old) not in ATOMS:
            disown(self, old)
        value = own(self, index, value)
        list.__setitem__(self, index, value)
        return old, value

    def _index_of(self, key: Any, value: Any) -> int:
        """Returns the index to assign; the length of the list to append a value."""
        if isinstance(key, bool) or not isinstance(key, int):
            raise utils.PyGloveKeyError(
                utils.message_on_path(
                    f"Expected an int as an index, got {key!r}.",
                    node_path(self),
                )
            )
        size = len(self)
        if key >= size:
            return size
        if key >= 0:
            return key
        if key >= -size:
            return key + size
        if isinstance(value, Insertion):
            return 0
        raise utils.PyGloveIndexError(
            utils.message_on_path(
                f"Expected an index of one of {size} items, got {key}.",
                node_path(self),
            )
        )

    def _sym_undo(self, key: Any, value: Any) -> Callable[[], None]:
        index = self._index_of(key, value)
        size = len(self)
        if isinstance(value, Insertion) or index == size:

            def remove() -> None:
                if len(self) > size:
                    disown(self, list.pop(self, index))
                    self._renumber(index)

            return remove
        old = list.__getitem__(self, index)

        def restore() -> None:
            disown(self, list.__getitem__(self, index))
            list.__setitem__(self, index, old)
            if isinstance(old, Node):
                old._sym_parent = self
                old._sym_key = index

        return restore

    def _sym_purge(self) -> Callable[[], None] | None:
        before = list(list.__iter__(self))
        kept = [v for v in before if v is not MISSING_VALUE]
        if len(kept) == len(before):
            return None
        self._check_size(len(kept))
        list.__setitem__(self, slice(None), kept)
        self._renumber(0)

        def restore() -> None:
            list.__setitem__(self, slice(None), before)
            self._renumber(0)

        return restore

    @default_hook
    def _sym_clone_node(
        self: ListT, deep: bool, memo: dict[int, Any], parent: Any, key: Any
    ) -> ListT:
        if self._sym_flags or _TRACK.is_open:
            return copy_node(self, deep, memo, parent, key)
        cls = type(self)
        new = cls.__new__(cls)
        if self._sym_plan is not _ANY:
            new._sym_plan = self._sym_plan
        try:
            list.extend(
                new,
                [
                    v
                    if type(v) in ATOMS
                    else v._sym_clone_node(deep, memo, new, i)
                    if isinstance(v, Node)
                    else clone_value(v, deep, memo, new, i)
                    for i, v in enumerate(list.__iter__(self))
                ],
            )
        except RecursionError as error:
            return descend_after(error, copy_step, self, deep, memo, parent, key)
        if parent is not None:
            new._sym_parent = parent
            new._sym_key = key
        return new

    def _sym_begin_clone(self: ListT, parent: Any) -> ListT:
        new = type(self).__new__(type(self))
        new._sym_plan = self._sym_plan
        new._sym_flags = self._sym_flags
        if self._sym_flags & SEALED and not self._sym_stays_sealed(parent):
            new._sym_flags &= ~SEALED
        return new

    def _sym_put_clone(self, key: Any, value: Any) -> None:
        list.append(self, value)

    def _sym_end_clone(
        self, source: Any, deep: bool, parent: Node | None, key: Any
    ) -> None:
        if source._sym_flags & LISTENS_TO_MOVES:
            place_children(self)
        record_clone(self, source, deep)
        if source._sym_flags & CUSTOM:
            source._copy_custom(self)
        place_clone(self, parent, key)

    def _copy_custom(self, new: Any) -> None:
        """Copies the state that only few lists have, except a change callback."""
        new._sym_writable = self._sym_writable

    def _sym_stays_sealed(self, parent: Any) -> bool:
        """Returns whether a copy of this sealed list for `parent` is sealed, too.

        The copy is sealed if the node that contains it is sealed.
        """
        if parent is None:
            return False
        # A copied object is sealed when it is complete, so the original is asked.
        holder: Any = parent if isinstance(parent, (list, dict)) else self._sym_parent
        return holder is not None and bool(holder._sym_flags & SEALED)

    def _check_size(self, size: int, plan: ListPlan | None = None) -> None:
        """Raises an error if the value spec does not permit a length."""
        plan = plan or self._sym_plan
        if not plan.is_sized or is_unchecked():
            return
        if plan.max_size is not None and size > plan.max_size:
            raise utils.PyGloveValueError(
                utils.message_on_path(
                    f"Expected a list of {plan.max_size} or fewer items, got {size}.",
                    node_path(self),
                )
            )
        if size < plan.min_size:
            raise utils.PyGloveValueError(
                utils.message_on_path(
                    f"Expected a list of {plan.min_size} or more items, got {size}.",
                    node_path(self),
                )
            )

    def _insert(self, index: int, value: Any) -> Any:
        """Inserts a value before `index` and returns the stored value."""
        if self._sym_plan.max_size is not None:
            self._check_size(len(self) + 1)
        if type(value) not in self._sym_plan.atoms:
            value = bind_value(self, index, self._sym_plan.element, value)
        list.insert(self, index, value)
        if index + 1 < len(self):
            self._renumber(index + 1)
        return value

    def _renumber(self, start: int) -> None:
        """Updates the keys of the nodes from index `start` on."""
        for i in range(start, len(self)):
            value = list.__getitem__(self, i)
            if type(value) not in ATOMS and isinstance(value, Node):
                rekey(value, i)
