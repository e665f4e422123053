"""Questions about the data flow of a program."""

from collections.abc import Iterable, Iterator
from typing import Any

from pyglove import utils
from pyglove.mutfun.reaching_definition import (
    Argument,
    Body,
    Defining,
    Scope,
    Trace,
    Traceable,
    merged,
)
from pyglove.symbolic import Symbolic


class Flow:
    """Data flow within a function, or within code that is outside of any."""

    def __init__(self, root: Any) -> None:
        """Goes through code once, to answer questions about it afterwards.

        Args:
          root: The function, or the code.
        """
        self._root = root
        self._trace = Trace()
        self._known_inputs: dict[int, Scope] = {}
        if isinstance(root, Body):
            root._trace_body(self._trace)
        else:
            root._trace(self._trace)

    def inputs(self, code: Traceable) -> Scope:
        """Returns what code reads from around it, by name.

        Args:
          code: A part of the root.

        Returns:
          The definitions and arguments of each name, none where it is not defined. A
          function reads nothing: it is its calls that do.
        """
        known = self._known_inputs.get(id(code))
        if known is not None:
            return known
        found: Scope = {}
        for node in parts(code):
            sources = self._trace.sources(node)
            if sources is not None:
                _add_outer(found, code, node.name, sources)
            for name, outer in self._trace.outside(node).items():
                _add_outer(found, code, name, outer)
        # The root keeps the code alive, and an identity stands for one object only.
        self._known_inputs[id(code)] = found
        return found

    def undefined(self, code: Traceable) -> set[str]:
        """Returns the names that code reads and nothing defines.

        Args:
          code: A part of the root.
        """
        return {name for name, sources in self.inputs(code).items() if not sources}

    def upstream(self, code: Traceable, transitive: bool = True) -> list[Any]:
        """Returns the definitions that code depends on, in their order.

        Args:
          code: A part of the root.
          transitive: Whether to include those that these depend on.
        """
        found: dict[int, Any] = {}
        pending = [code]
        while pending:
            for sources in self.inputs(pending.pop()).values():
                for source in sources:
                    if id(source) in found or isinstance(source, Argument):
                        continue
                    found[id(source)] = source
                    if transitive:
                        pending.append(self._line_of(source))
        order = self._trace.order
        return [found[key] for key in sorted(found, key=order.__getitem__)]

    def downstream(self, line: Traceable, transitive: bool = True) -> list[Any]:
        """Returns the references to what a line defines, in their order.

        Args:
          line: A line of the root.
          transitive: Whether to include references to what depends on the line.
        """
        found: set[int] = set()
        lines: set[int] = set()
        pending = [line]
        while pending:
            origin = pending.pop()
            lines.add(id(origin))
            defined = {id(definition) for definition in definitions(origin)}
            for reference in self._trace.references:
                sources = self._trace.sources(reference) or ()
                if all(id(source) not in defined for source in sources):
                    continue
                user = self._line_of(reference)
                if user is origin:
                    continue
                found.add(id(reference))
                if transitive and id(user) not in lines:
                    pending.append(user)
        return [x for x in self._trace.references if id(x) in found]

    def users(self, line: Traceable) -> list[Any]:
        """Returns the lines that depend on what a line defines.

        Args:
          line: A line of the root.
        """
        lines = {id(x): x for x in map(self._line_of, self.downstream(line))}
        return list(lines.values())

    def _line_of(self, node: Any) -> Any:
        """Returns the line of the root that a node is a part of."""
        if not isinstance(self._root, Body):
            return self._root
        line = node
        while node is not self._root and node is not None:
            above = node.sym_parent
            if isinstance(node, Traceable):
                line = node
            node = above
        return line


def parts(code: Any) -> Iterator[Any]:
    """Iterates over code and all code in it, but for the lines of functions.

    Args:
      code: The code.
    """
    pending = [code]
    while pending:
        node = pending.pop()
        if isinstance(node, Traceable):
            yield node
        if isinstance(node, Symbolic) and not isinstance(node, Body):
            pending.extend(child for _, child in node.sym_items())


def definitions(code: Any) -> list[Any]:
    """Returns the definitions in code, but for those in the lines of functions.

    Args:
      code: The code.
    """
    return [node for node in parts(code) if isinstance(node, Defining)]


def defined_names(lines: Iterable[Any]) -> set[str]:
    """Returns the names that lines define.

    Args:
      lines: The lines.
    """
    return {definition.name for line in lines for definition in definitions(line)}


def _add_outer(
    found: Scope, code: Traceable, name: str, sources: tuple[Any, ...]
) -> None:
    """Adds those of the sources of a name that are not in the code itself."""
    outer = tuple(source for source in sources if not _is_within(source, code))
    if outer or not sources:
        found[name] = merged(found.get(name, ()), outer)


def _is_within(node: Any, code: Any) -> bool:
    while node is not None and node is not code:
        node = getattr(node, "sym_parent", None)
    return node is code


def undefined_error(names: Iterable[str], code: Any) -> Exception:
    """Returns the error that says what is not defined.

    Args:
      names: Names that are not defined.
      code: The code that reads them.
    """
    function = code.parent_func()
    where = (
        "outside of any function"
        if function is None
        else f"in line {code.line_number()} of function {function.name!r}"
    )
    return utils.PyGloveValueError(
        f"Expected names that are defined before they are read, got "
        f"{', '.join(map(repr, sorted(names)))} {where}."
    )
