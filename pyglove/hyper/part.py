"""Parts: what a program with placeholders compiles to.

`pg.template` compiles a program once into a tree of parts. A part turns the numbers
of a DNA into its piece of the program (`make`), a piece of a program into numbers
(`encode`), and describes its decisions (`points`).

What is made anew for each DNA: symbolic values, for each has one place in one tree.
What is shared by all: everything else, such as numbers, functions, classes, and the
values behind `pg.Ref`.
"""

import abc
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic import Dict, List, eq
from pyglove.symbolic.node import ATOMS, Node
from pyglove.symbolic.object_layout import exact_leaf_types

KeyPath = utils.KeyPath
Draw = Callable[[], Any]


class Part(abc.ABC):
    """A piece of a program with placeholders.

    Attributes:
      has_derived: Whether it holds values that are derived from others.
    """

    __slots__ = ()

    has_derived: bool = False

    def count_revisions(self) -> int:
        """Returns how often the placeholders of this part have been modified."""
        return 0

    @abc.abstractmethod
    def points(self, location: KeyPath) -> list[Any]:
        """Returns the decision points of this part.

        Args:
          location: Where the part stands.
        """

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
    def explain(self, value: Any, path: KeyPath) -> None:
        """Raises the error for a piece that cannot be encoded, if it is at fault.

        Args:
          value: The piece.
          path: Where it stands.

        Raises:
          ValueError: saying what was expected.
        """


class ConstantPart(Part):
    """A piece of a program without decisions."""

    __slots__ = ("is_node", "value")

    def __init__(self, value: Any):
        self.value = value
        self.is_node = isinstance(value, Node)

    def points(self, location: KeyPath) -> list[Any]:
        """Returns nothing."""
        return []

    def primitives(self, location: KeyPath) -> list[tuple[KeyPath, Any]]:
        """Returns nothing."""
        return []

    def make(self, draw: Draw) -> Any:
        """Returns the value; a copy of it if it has a place in one tree only."""
        if self.is_node:
            return self.value._sym_clone_node(False, {}, None, None)
        return self.value

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Returns whether a value is equal."""
        return value is self.value or eq(self.value, value)

    def explain(self, value: Any, path: KeyPath) -> None:
        """Raises an error unless the value is equal."""
        if not self.encode(value, []):
            raise utils.PyGloveValueError(
                f"Expected {self.value!r}, which is not open to choice, got {value!r}. "
                f"(path={path})"
            )


class DerivedPart(ConstantPart):
    """A value derived from others, which is found once the program is complete."""

    __slots__ = ()

    has_derived = True

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Leaves the check to the template, which knows the whole program."""
        return True

    def explain(self, value: Any, path: KeyPath) -> None:
        """Accepts every value."""


class ContainerPart(Part):
    """A list, dict or object with decisions inside.

    Args:
      prototype: The container, with placeholders.
      items: Keys and parts of its children, in order.
    """

    __slots__ = ("has_derived", "items", "keys", "makers", "prototype")

    def __init__(self, prototype: Any, items: Sequence[tuple[Any, Part]]):
        self.prototype = prototype
        self.items = tuple(items)
        self.keys = tuple([key for key, _ in items])
        self.makers = tuple([part.maker for _, part in items])
        self.has_derived = any(part.has_derived for _, part in items)

    def count_revisions(self) -> int:
        """Returns how often the placeholders of this part have been modified."""
        return sum([part.count_revisions() for _, part in self.items])

    def points(self, location: KeyPath) -> list[Any]:
        """Returns the decision points of all children."""
        found: list[Any] = []
        for key, part in self.items:
            if not isinstance(part, ConstantPart):
                found.extend(part.points(KeyPath(key, location)))
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
            if key not in children or not part.encode(children[key], out):
                return False
        return True

    def explain(self, value: Any, path: KeyPath) -> None:
        """Raises the error of the container, or of the child that is at fault."""
        children = self.children_of(value)
        if children is None:
            self.refuse(value, path)
        for key, part in self.items:
            if key not in children:
                raise utils.PyGloveValueError(
                    f"Value is missing from input. (path={KeyPath(key, path)})"
                )
            part.explain(children[key], KeyPath(key, path))
        for key in children:
            if key not in self.keys:
                raise utils.PyGloveValueError(
                    f"Expected nothing at {KeyPath(key, path).path!r}, got "
                    f"{children[key]!r}."
                )

    def refuse(self, value: Any, path: KeyPath) -> NoReturn:
        """Raises the error for a value of another kind."""
        raise utils.PyGloveValueError(
            f"Expected {self.prototype!r} with values in place of placeholders, got "
            f"{value!r}. (path={path})"
        )


class DictPart(ContainerPart):
    """A dict with decisions inside."""

    __slots__ = ("value_spec",)

    def __init__(self, prototype: Dict, items: Sequence[tuple[Any, Part]]):
        super().__init__(prototype, items)
        self.value_spec = prototype.value_spec

    def make(self, draw: Draw) -> Any:
        """Returns a new dict."""
        values = {key: make(draw) for key, make in zip(self.keys, self.makers)}  # noqa: B905
        return Dict._sym_make(values, self.value_spec)

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
        return List._sym_make([make(draw) for make in self.makers], self.value_spec)

    def children_of(self, value: Any) -> dict[Any, Any] | None:
        """Returns the items of a list by index."""
        if not isinstance(value, list) or len(value) != len(self.items):
            return None
        items = value.sym_values() if isinstance(value, List) else value
        return dict(enumerate(items))


class ObjectPart(ContainerPart):
    """An object with decisions inside."""

    __slots__ = ("_construct",)

    def __init__(self, prototype: Any, items: Sequence[tuple[Any, Part]]):
        super().__init__(prototype, items)
        self._construct = type(prototype)._sym_make

    def make(self, draw: Draw) -> Any:
        """Returns a new object, its fields not checked again."""
        return self._construct(*[make(draw) for make in self.makers])

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

    def make(self, draw: Draw) -> Any:
        """Returns a copy with children for the numbers."""
        new = self.prototype._sym_clone_node(False, {}, None, None)
        new.sym_seal(False)
        for key, part in self.items:
            if not isinstance(part, ConstantPart):
                new._sym_assign(key, part.make(draw))
        on_bound = getattr(new, "_on_bound", None)
        if on_bound is not None:
            on_bound()
        if self.prototype.sym_sealed:
            new.sym_seal()
        return new

    def children_of(self, value: Any) -> dict[Any, Any] | None:
        """Returns the children of a node of the same class."""
        if type(value) is not type(self.prototype):
            return None
        return dict(value.sym_items())


def takes_as_they_are(spec: pg_typing.ValueSpec | None) -> frozenset[type]:
    """Returns the types whose values a field takes as they are.

    Args:
      spec: What the field accepts; None for anything.
    """
    types: Any = ATOMS
    if spec is not None and not spec.accepts_any:
        types = exact_leaf_types(spec)
    return types


def applied(value: Any, spec: pg_typing.ValueSpec | None) -> Any:
    """Returns a plain value in the form that a field takes.

    Args:
      value: Any value. Symbolic ones have been bound to the field already.
      spec: What the field accepts; None for anything.
    """
    if type(value) in takes_as_they_are(spec) or spec is None:
        return value
    return spec.apply(value)


def list_spec_of(spec: pg_typing.ValueSpec | None) -> pg_typing.List | None:
    """Returns what a field demands of a list, None if it takes anything."""
    if isinstance(spec, pg_typing.List):
        return spec
    if isinstance(spec, pg_typing.Union):
        for candidate in spec.candidates:
            if isinstance(candidate, pg_typing.List):
                return candidate
    return None
