"""Parts: compiled programs with placeholders.

`pg.template` compiles a program once into a tree of parts. A part turns the numbers
of a DNA into its piece of the program (`make`), a piece of a program into numbers
(`encode`), and describes its decisions (`points`).

What is made anew for each DNA: symbolic values, for each has one place in one tree. The
large ones among the fields of objects are made when they are read. Objects that are not
symbolic and stand beside placeholders are copied, see `ownership`. What is shared by
all: everything else, such as numbers, functions, classes, candidates that are not
symbolic, and the values behind `pg.Ref`.
"""

import abc
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno import Constraint, Space
from pyglove.geno.internal import make_constrained_space, make_space, short
from pyglove.hyper.ownership import Belongings, may_be_copy
from pyglove.symbolic import Dict, Inferential, List, eq
from pyglove.symbolic.internal import (
    ATOMS,
    Deferred,
    Node,
    assign,
    clone_value,
    constructor_of,
    copy_lazily,
    copy_node,
    exact_leaf_types,
    is_large,
    is_usual,
    is_without_flags,
    make_dict,
    make_list,
    make_object,
    seal_tree,
)

KeyPath = utils.KeyPath
Draw = Callable[[], Any]

_ROOT = KeyPath()


class Part(abc.ABC):
    """A piece of a program with placeholders.

    Attributes:
      has_derived: Whether it holds values that are derived from others.
      has_constraints: Whether there may be constraints on it, or on candidates in it.
      may_refer: Whether what it makes may be a reference, or an inferred value.
    """

    __slots__ = ()

    has_derived: bool = False
    has_constraints: bool = False
    may_refer: bool = False

    def count_revisions(self) -> int:
        """Returns the number of modifications of the placeholders of this part."""
        return 0

    def belongings(self) -> Belongings:
        """Returns the objects in this part that each program has for itself."""
        return Belongings()

    @abc.abstractmethod
    def points(self, location: KeyPath) -> list[Any]:
        """Returns the decision points of this part.

        Args:
          location: Where the part stands.
        """

    def constraints(self, location: KeyPath) -> list[Constraint]:
        """Returns the constraints on this part, without those on candidates in it.

        Args:
          location: Where the part stands.
        """
        return []

    @abc.abstractmethod
    def primitives(self, location: KeyPath) -> list[tuple[KeyPath, Any]]:
        """Returns the placeholders that are decided, with their paths.

        Args:
          location: Where the part stands.
        """

    @abc.abstractmethod
    def make(self, draw: Draw) -> Any:
        """Returns the piece of the program for the numbers of a DNA.

        Args:
          draw: Returns the next number.
        """

    @property
    def maker(self) -> Callable[[Draw], Any]:
        """`make` as a function that is as cheap to call as can be."""
        return self.make

    @abc.abstractmethod
    def encode(self, value: Any, out: list[Any]) -> bool:
        """Appends the numbers for a piece of a program.

        Args:
          value: The piece.
          out: Receives the numbers; more than these if the result is False.

        Returns:
          Whether there are such numbers.
        """

    @abc.abstractmethod
    def raise_mismatch(self, value: Any, path: KeyPath) -> None:
        """Raises the error for a piece that cannot be encoded, if it is at fault.

        Args:
          value: The piece.
          path: Where it stands.

        Raises:
          ValueError: saying what was expected.
        """


def space_of(part: Part, location: KeyPath = _ROOT, index: int | None = None) -> Space:
    """Returns the spec of the decisions in a part.

    Args:
      part: The part.
      location: Where it stands.
      index: Index among the candidates of a choice; None if it is no candidate.
    """
    points = part.points(_ROOT)
    if part.has_constraints:
        constraints = part.constraints(_ROOT)
        if constraints:
            return make_constrained_space(points, constraints, location, index)
    return make_space(points, location, index)


class ConstantPart(Part):
    """A piece of a program without decisions.

    Attributes:
      value: The piece.
      is_node: Whether it is symbolic.
    """

    __slots__ = ("_belongings", "_is_large", "_prototype", "is_node", "value")

    def __init__(self, value: Any):
        self.value = value
        self._belongings: Belongings | None = None
        self.is_node = isinstance(value, Node)
        self._is_large: bool | None = None
        self._prototype: Any = None

    @property
    def is_large(self) -> bool:
        """Whether it is so large that its parts are copied when they are read."""
        if self._is_large is None:
            value = self.value
            self._is_large = (
                self.is_node and is_without_flags(value) and is_large(value)
            )
        return self._is_large

    def belongings_in(self, container: Any, key: Any) -> Belongings:
        """Returns the objects that each program has for itself, for a child.

        Args:
          container: The container in which the value stands.
          key: Key of the value in it.
        """
        if self._belongings is None:
            found = Belongings()
            found.add(container, key, self.value)
            self._belongings = found
        return self._belongings

    @property
    def may_refer(self) -> bool:  # type: ignore[override]
        """Whether the value is a reference."""
        return isinstance(self.value, Inferential)

    def points(self, location: KeyPath) -> list[Any]:
        """Returns nothing."""
        return []

    def primitives(self, location: KeyPath) -> list[tuple[KeyPath, Any]]:
        """Returns nothing."""
        return []

    def make(self, draw: Draw) -> Any:
        """Returns the value; a copy of it if it has a place in one tree only."""
        if self.is_large:
            return copy_lazily(self.prototype, None, None)
        if self.is_node:
            return copy_node(self.value)
        return self.value

    @property
    def prototype(self) -> Any:
        """A private copy of a large value."""
        if self._prototype is None:
            self._prototype = copy_node(self.value)
        return self._prototype

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Returns whether a value is equal."""
        return value is self.value or eq(self.value, value)

    def raise_mismatch(self, value: Any, path: KeyPath) -> None:
        """Raises an error unless the value is equal."""
        if not self.encode(value, []):
            raise utils.PyGloveValueError(
                f"Expected {short(self.value)}, which is not open to choice, got "
                f"{short(value)}. (path={path})"
            )


def _is_large(part: Part) -> bool:
    return isinstance(part, ConstantPart) and part.is_large


def _child_belongings(container: Any, key: Any, part: Part) -> Belongings:
    """Returns the objects in a child that each program has for itself.

    Args:
      container: The container.
      key: Key of the child in it.
      part: The part of the child.
    """
    if isinstance(part, ConstantPart):
        return part.belongings_in(container, key)
    return part.belongings()


def _child_maker(
    container: Any, key: Any, part: Any, may_defer: bool = False
) -> Callable[[Draw], Any]:
    """Returns a function that makes a child, deferred if it is large.

    Args:
      container: The container.
      key: Key of the child in it.
      part: The part of the child.
      may_defer: Whether there may be a note in the place of the child.
    """
    if not isinstance(part, ConstantPart):
        return part.maker
    is_large = _is_large(part)
    found = _child_belongings(container, key, part)
    if not found:
        if is_large and may_defer:
            return lambda draw: Deferred(part.prototype)
        return part.maker

    def make_own(draw: Draw) -> Any:
        memo = getattr(draw, "memo", None)
        if memo is None:
            memo = dict(found.shared)
        found.copy_into(memo)
        if not is_large:
            return clone_value(part.value, True, memo, None, None)
        if may_defer:
            return Deferred(part.prototype, memo)
        return copy_lazily(part.prototype, None, None, memo)

    return make_own


def _may_be_copy(part: Part, value: Any) -> bool:
    """Returns whether a child of a container may be a copy that a program has."""
    if not isinstance(part, ConstantPart) or type(part.value) in ATOMS:
        return False
    return may_be_copy(part.value, value)


class DerivedPart(ConstantPart):
    """A value derived from others, which is found once the program is complete."""

    __slots__ = ()

    has_derived = True

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Leaves the check to the template, which knows the whole program."""
        return True

    def raise_mismatch(self, value: Any, path: KeyPath) -> None:
        """Accepts every value."""


class ContainerPart(Part):
    """A list, dict or object with decisions inside.

    Args:
      prototype: The container, with placeholders.
      items: Keys and parts of its children, in order.
    """

    __slots__ = (
        "_makers",
        "has_constraints",
        "has_derived",
        "items",
        "keys",
        "prototype",
    )

    def __init__(self, prototype: Any, items: Sequence[tuple[Any, Part]]):
        self.prototype = prototype
        self.items = tuple(items)
        self.keys = tuple([key for key, _ in items])
        self._makers: tuple[Callable[[Draw], Any], ...] = ()
        self.has_derived = any(part.has_derived for _, part in items)
        self.has_constraints = any(part.has_constraints for _, part in items)

    def belongings(self) -> Belongings:
        """Returns the objects in this part that each program has for itself."""
        found = Belongings()
        for key, part in self.items:
            found.include(_child_belongings(self.prototype, key, part))
        return found

    def find_makers(self) -> tuple[Callable[[Draw], Any], ...]:
        """Returns functions that make the children; specs do not need them."""
        container = self.prototype
        self._makers = tuple([_child_maker(container, *item) for item in self.items])
        return self._makers

    def count_revisions(self) -> int:
        """Returns the number of modifications of the placeholders of this part."""
        return sum([part.count_revisions() for _, part in self.items])

    def points(self, location: KeyPath) -> list[Any]:
        """Returns the decision points of all children."""
        found: list[Any] = []
        for key, part in self.items:
            if not isinstance(part, ConstantPart):
                found.extend(part.points(KeyPath(key, location)))
        return found

    def constraints(self, location: KeyPath) -> list[Constraint]:
        """Returns the constraints on all children."""
        found: list[Constraint] = []
        for key, part in self.items:
            if part.has_constraints:
                found.extend(part.constraints(KeyPath(key, location)))
        return found

    def primitives(self, location: KeyPath) -> list[tuple[KeyPath, Any]]:
        """Returns the placeholders of all children."""
        found: list[tuple[KeyPath, Any]] = []
        for key, part in self.items:
            if not isinstance(part, ConstantPart):
                found.extend(part.primitives(KeyPath(key, location)))
        return found

    def children_of(self, value: Any) -> dict[Any, Any] | None:
        """Returns the children of a value of the right kind, None for another kind."""
        raise NotImplementedError

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Appends the numbers of all children."""
        children = self.children_of(value)
        if children is None or len(children) != len(self.items):
            return False
        for key, part in self.items:
            if key not in children:
                return False
            child = children[key]
            if not part.encode(child, out) and not _may_be_copy(part, child):
                return False
        return True

    def raise_mismatch(self, value: Any, path: KeyPath) -> None:
        """Raises the error of the container, or of the child that is at fault."""
        children = self.children_of(value)
        if children is None:
            self.refuse(value, path)
        for key, part in self.items:
            if key not in children:
                raise utils.PyGloveValueError(
                    f"Expected a value, got none. (path={KeyPath(key, path)})"
                )
            if not _may_be_copy(part, children[key]):
                part.raise_mismatch(children[key], KeyPath(key, path))
        for key in children:
            if key not in self.keys:
                raise utils.PyGloveValueError(
                    f"Expected nothing, got {short(children[key])}. "
                    f"(path={KeyPath(key, path)})"
                )

    def refuse(self, value: Any, path: KeyPath) -> NoReturn:
        """Raises the error for a value of another kind."""
        prototype = self.prototype
        expected = f"an object of {type(prototype).__name__}"
        if isinstance(prototype, list):
            expected = f"a list of {len(prototype)} items"
        elif isinstance(prototype, dict):
            expected = "a dict"
        raise utils.PyGloveValueError(
            f"Expected {expected}, got {short(value)}. (path={path})"
        )


class DictPart(ContainerPart):
    """A dict with decisions inside."""

    __slots__ = ("value_spec",)

    def __init__(self, prototype: Dict, items: Sequence[tuple[Any, Part]]):
        super().__init__(prototype, items)
        self.value_spec = prototype.value_spec

    def make(self, draw: Draw) -> Any:
        """Returns a new dict."""
        makers = self._makers or self.find_makers()
        values = {key: make(draw) for key, make in zip(self.keys, makers)}  # noqa: B905
        return make_dict(values, self.value_spec)

    def children_of(self, value: Any) -> dict[Any, Any] | None:
        """Returns the items of a dict."""
        if isinstance(value, Dict):
            return dict(value.sym_items())
        return value if isinstance(value, dict) else None


class ListPart(ContainerPart):
    """A list with decisions inside."""

    __slots__ = ("value_spec",)

    def __init__(self, prototype: List[Any], items: Sequence[tuple[Any, Part]]):
        super().__init__(prototype, items)
        self.value_spec = prototype.value_spec

    def make(self, draw: Draw) -> Any:
        """Returns a new list."""
        makers = self._makers or self.find_makers()
        return make_list([make(draw) for make in makers], self.value_spec)

    def children_of(self, value: Any) -> dict[Any, Any] | None:
        """Returns the items of a list by index."""
        if not isinstance(value, list) or len(value) != len(self.items):
            return None
        items = value.sym_values() if isinstance(value, List) else value
        return dict(enumerate(items))


class ObjectPart(ContainerPart):
    """An object with decisions inside."""

    __slots__ = ("_construct",)

    _construct: Callable[..., Any]

    def find_makers(self) -> tuple[Callable[[Draw], Any], ...]:
        """Returns functions that make the fields, and selects the constructor."""
        cls: Any = type(self.prototype)
        parts = [part for _, part in self.items]
        self._construct = constructor_of(cls)
        may_defer = is_usual(cls) and any(map(_is_large, parts))
        if may_defer or any(part.may_refer for part in parts):
            self._construct = lambda *values: make_object(cls, values)
        container = self.prototype
        self._makers = tuple(
            [_child_maker(container, *item, may_defer) for item in self.items]
        )
        return self._makers

    def make(self, draw: Draw) -> Any:
        """Returns a new object, its fields not checked again."""
        makers = self._makers or self.find_makers()
        return self._construct(*[make(draw) for make in makers])

    def children_of(self, value: Any) -> dict[Any, Any] | None:
        """Returns the fields of an object of the same class."""
        if type(value) is not type(self.prototype):
            return None
        return dict(value.sym_items())


class UnusualPart(ContainerPart):
    """A container with a state besides its children, such as a partial object.

    It is copied, and its children are replaced one by one.
    """

    __slots__ = ()

    def find_makers(self) -> tuple[Any, ...]:
        """Returns functions that make the children, None for those copied with it."""
        container = self.prototype
        makers: list[Any] = []
        for key, part in self.items:
            is_copied = isinstance(part, ConstantPart) and not part.belongings_in(
                container, key
            )
            makers.append(None if is_copied else _child_maker(container, key, part))
        self._makers = tuple(makers)
        return self._makers

    def make(self, draw: Draw) -> Any:
        """Returns a copy with children for the numbers."""
        new = copy_node(self.prototype)
        seal_tree(new, False)
        for key, make in zip(self.keys, self._makers or self.find_makers()):  # noqa: B905
            if make is not None:
                assign(new, key, make(draw))
        on_bound = getattr(new, "_on_bound", None)
        if on_bound is not None:
            on_bound()
        if self.prototype.sym_sealed:
            seal_tree(new, True)
        return new

    def children_of(self, value: Any) -> dict[Any, Any] | None:
        """Returns the children of a node of the same class."""
        if type(value) is not type(self.prototype):
            return None
        return dict(value.sym_items())


def takes_as_they_are(spec: pg_typing.ValueSpec | None) -> frozenset[type]:
    """Returns the types whose values a field takes as they are.

    Args:
      spec: The value spec of the field; None for anything.
    """
    types: Any = ATOMS
    if spec is not None and not spec.accepts_any:
        types = exact_leaf_types(spec)
    return types


def applied(value: Any, spec: pg_typing.ValueSpec | None) -> Any:
    """Returns a plain value in the form that a field takes.

    Args:
      value: Any value. Symbolic ones have been bound to the field already.
      spec: The value spec of the field; None for anything.
    """
    if type(value) in takes_as_they_are(spec) or spec is None:
        return value
    return spec.apply(value)


def list_spec_of(spec: pg_typing.ValueSpec | None) -> pg_typing.List | None:
    """Returns the list spec of a field, None if it accepts anything."""
    if isinstance(spec, pg_typing.List):
        return spec
    if isinstance(spec, pg_typing.Union):
        for candidate in spec.candidates:
            if isinstance(candidate, pg_typing.List):
                return candidate
    return None
