"""Data flow: which definitions each reference within a program may refer to.

A trace goes through code in the order of its evaluation and keeps, for every name, what
may have defined it by then. Code of each kind says itself how it is gone through
(`Traceable._trace`).
"""

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

# For each name, the definitions (or arguments) that may hold at some point.
Scope = dict[str, tuple[Any, ...]]


class Traceable:
    """Base of what a trace goes through."""

    def _trace(self, trace: "Trace") -> None:
        """Tells a trace what is read and defined, in the order of evaluation.

        Args:
          trace: The trace.
        """
        raise NotImplementedError


class Defining(Traceable):
    """Base of definitions.

    Attributes:
      name: The name that is defined.
    """

    name: Any

    def _callees(self, trace: "Trace", seen: set[int]) -> Iterator["Body"]:
        """Iterates over the functions that the definition may stand for.

        Args:
          trace: A trace that went through the definition.
          seen: Identities of the definitions that were asked already.
        """
        del trace, seen
        return iter(())


class Argument(Defining):
    """Stands for whatever a function is called with."""


class Body(Defining):
    """Base of functions: definitions with lines, and a scope of their own."""

    def _trace_body(self, trace: "Trace") -> None:
        """Goes through the lines, with the arguments defined.

        Args:
          trace: The trace.
        """
        raise NotImplementedError


class Trace:
    """What the references within a piece of code may refer to.

    Attributes:
      references: All references, in the order of evaluation.
      order: The place of each definition in that order, by identity.
    """

    def __init__(self) -> None:
        """Initializes a trace that has seen nothing yet."""
        self.references: list[Any] = []
        self.order: dict[int, int] = {}
        self._sources: dict[int, tuple[Any, ...]] = {}
        self._outside: dict[int, Scope] = {}
        self._scope: Scope = {}
        self._calls: list[tuple[Any, Scope]] = []
        self._entered: set[int] = set()

    # ---- What is known --------------------------------------------------------

    def sources(self, reference: Any) -> tuple[Any, ...] | None:
        """Returns what a reference may refer to.

        Args:
          reference: The reference.

        Returns:
          Definitions and arguments, none where the name is not defined. None for what
          is no reference, and for a reference that is never evaluated.
        """
        return self._sources.get(id(reference))

    def outside(self, call: Any) -> Scope:
        """Returns what a called function reads from around it, by name.

        Args:
          call: The call.
        """
        return self._outside.get(id(call), {})

    # ---- Going through code ---------------------------------------------------

    def visit(self, value: Any) -> None:
        """Goes through a value: code, or a list or dict that contains some.

        Args:
          value: The value.
        """
        if isinstance(value, Traceable):
            value._trace(self)
        elif isinstance(value, list):
            for item in value:
                self.visit(item)
        elif isinstance(value, dict):
            for item in value.values():
                self.visit(item)

    def read(self, reference: Any, name: str) -> tuple[Any, ...]:
        """Notes that a reference is evaluated.

        Args:
          reference: The reference.
          name: The name it refers to.

        Returns:
          What it may refer to here.
        """
        found = self._scope.get(name, ())
        known = self._sources.get(id(reference))
        if known is None:
            self.references.append(reference)
        self._sources[id(reference)] = merged(known or (), found)
        for call, around in self._calls:
            outer = around.get(name, ())
            from_outside = tuple(s for s in found if _contains(outer, s))
            if from_outside or not found:
                reads = self._outside.setdefault(id(call), {})
                reads[name] = merged(reads.get(name, ()), from_outside)
        return found

    def define(self, definition: Any, name: str) -> None:
        """Notes that a name is defined, whatever it was before.

        Args:
          definition: The definition.
          name: The name.
        """
        self.order.setdefault(id(definition), len(self.order))
        self._scope[name] = (definition,)

    @contextlib.contextmanager
    def branch(self) -> Iterator[None]:
        """What is gone through within a `with` block may or may not be evaluated.

        Yields:
          None.
        """
        before = dict(self._scope)
        yield
        self._scope = _joined(before, self._scope)

    @contextlib.contextmanager
    def branches(self, other: Iterable[Any]) -> Iterator[None]:
        """Either what is within a `with` block is evaluated, or other code.

        Args:
          other: The other code.

        Yields:
          None.
        """
        before = dict(self._scope)
        yield
        after, self._scope = self._scope, before
        for code in other:
            self.visit(code)
        self._scope = _joined(after, self._scope)

    def define_arguments(self, names: Iterable[str]) -> None:
        """Notes that names stand for the arguments of a function.

        Args:
          names: The names.
        """
        for name in names:
            self._scope[name] = (Argument(),)

    def enter(self, body: Body, call: Any = None) -> None:
        """Goes through a function as if it was called here.

        A function sees the variables of its caller, and defines none for it.

        Args:
          body: The function.
          call: The call; None where the function is not called, but defined.
        """
        if id(body) in self._entered:
            return
        around = self._scope
        self._scope = dict(around)
        self._entered.add(id(body))
        if call is not None:
            self._calls.append((call, around))
        body._trace_body(self)
        if call is not None:
            self._calls.pop()
        self._entered.discard(id(body))
        self._scope = around


def merged(left: tuple[Any, ...], right: tuple[Any, ...]) -> tuple[Any, ...]:
    """Returns all definitions, each once.

    Args:
      left: Definitions.
      right: More of them.
    """
    return left + tuple(x for x in right if not _contains(left, x))


def _contains(definitions: tuple[Any, ...], wanted: Any) -> bool:
    return any(x is wanted for x in definitions)


def _joined(left: Scope, right: Scope) -> Scope:
    """Returns what may hold where it is one scope or another."""
    return {
        name: merged(left.get(name, ()), right.get(name, ())) for name in left | right
    }
