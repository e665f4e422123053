"""Compilation: turns the lines of a function into a function of Python, once.

Each kind of code says itself what it is in Python (`Writable._write`). Variables become
local variables of Python where that makes no difference. Where it does (functions that
are called see the variables of their caller, and so does code that is not known here)
they stay in a dict, the context.
"""

import contextlib
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pyglove.utils.generated_code import define
from pyglove.utils.name import is_python_name

_CONTEXT = "_context"
_INDENT = "    "
_LITERALS = frozenset({bool, int, float, str, type(None)})


class NeedsContext(Exception):
    """Raised where variables have to be in the context."""


class Writable:
    """Base of what can be compiled."""

    def _write(self, writer: "Writer") -> str:
        """Returns an expression of Python with the value of the code.

        Args:
          writer: Writes what is needed before, and knows about variables.
        """
        raise NotImplementedError

    def _write_line(self, writer: "Writer") -> None:
        """Writes the code as a statement of Python.

        Args:
          writer: Writes it.
        """
        writer.line(self._write(writer))

    def _write_result(self, writer: "Writer") -> None:
        """Writes the code as the last statement of a function.

        Args:
          writer: Writes it.
        """
        writer.line(f"return {self._write(writer)}")


class Program(NamedTuple):
    """A function of Python that was compiled from code.

    Attributes:
      run: The function. It takes the arguments if there is a number of them, else the
        context with the arguments in it.
      num_arguments: The number of arguments; None if it takes the context.
    """

    run: Callable[..., Any]
    num_arguments: int | None


def compile_lines(
    name: str,
    lines: Sequence[Writable],
    arguments: Sequence[str],
) -> Program | None:
    """Compiles the lines of a function.

    Args:
      name: Name of the function, for tracebacks.
      lines: The lines.
      arguments: Names of the arguments.

    Returns:
      The function; None where Python cannot compile it, such as code that is nested
      too deep.
    """
    try:
        try:
            return Writer(is_local=True).compile(name, lines, arguments)
        except NeedsContext:
            return Writer(is_local=False).compile(name, lines, arguments)
    except (SyntaxError, RecursionError, MemoryError):
        return None


class Writer:
    """Writes the source of one function."""

    def __init__(self, is_local: bool) -> None:
        """Initializes a writer.

        Args:
          is_local: Whether variables are local variables of Python; otherwise they are
            in the context.
        """
        self._is_local = is_local
        self._read: set[str] = set()
        self._assigned: set[str] = set()
        self._lines: list[str] = []
        self._level = 1
        self._constants: dict[str, Any] = {}
        self._names: dict[str, str] = {}

    def compile(
        self, name: str, lines: Sequence[Writable], arguments: Sequence[str]
    ) -> Program:
        """Writes lines, and returns the function that they make up.

        Args:
          name: Name of the function, for tracebacks.
          lines: The lines.
          arguments: Names of the arguments.

        Raises:
          NeedsContext: if the variables cannot be local.
        """
        self.block(lines[:-1])
        for line in lines[-1:]:
            line._write_result(self)
        takes = [_CONTEXT]
        if self._is_local:
            takes = [self.target(argument) for argument in arguments]
            if not self._read <= self._assigned:
                raise NeedsContext
        run = name if is_python_name(name) and name[0] != "_" else "_run"
        header = f"def {run}({', '.join(takes)}):"
        source = "\n".join([header, *(self._lines or [f"{_INDENT}pass"]), ""])
        scope = define(f"mutable function {name}", source, self._constants)
        return Program(scope[run], len(arguments) if self._is_local else None)

    # ---- Statements -----------------------------------------------------------

    def line(self, text: str) -> None:
        """Writes a line.

        Args:
          text: The line, without indentation.
        """
        self._lines.append(_INDENT * self._level + text)

    def block(self, lines: Iterable[Writable]) -> None:
        """Writes several lines of code.

        Args:
          lines: The lines.
        """
        for line in lines:
            line._write_line(self)

    @contextlib.contextmanager
    def indented(self) -> Iterator[None]:
        """Indents what is written within a `with` block, which may be nothing.

        Yields:
          None.
        """
        self._level += 1
        count = len(self._lines)
        yield
        if len(self._lines) == count:
            self.line("pass")
        self._level -= 1

    # ---- Expressions ----------------------------------------------------------

    def value(self, value: Any) -> str:
        """Returns an expression for a value: that of code, or the value itself.

        Args:
          value: The value.
        """
        if isinstance(value, Writable):
            return value._write(self)
        is_literal = type(value) in _LITERALS
        if is_literal and not (type(value) is float and not math.isfinite(value)):
            return f"({value!r})"
        return self.constant(value)

    def constant(self, value: Any) -> str:
        """Returns a name under which generated code finds a value.

        Args:
          value: The value.
        """
        name = f"_{len(self._constants)}"
        self._constants[name] = value
        return name

    def variable(self, name: str) -> str:
        """Returns an expression for the value of a variable.

        Args:
          name: Name of the variable.
        """
        self._read.add(name)
        return self._place(name)

    def target(self, name: str) -> str:
        """Returns an expression that may be assigned to.

        Args:
          name: Name of the variable.
        """
        self._assigned.add(name)
        return self._place(name)

    def _place(self, name: str) -> str:
        if not self._is_local:
            return f"{_CONTEXT}[{name!r}]"
        if is_python_name(name) and name[0] != "_":
            return name
        return self._names.setdefault(name, f"_v{len(self._names)}")

    def assigned(self, name: str, value: str) -> str:
        """Returns an expression that assigns to a variable, and has its value.

        Args:
          name: Name of the variable.
          value: Expression of the value.
        """
        if not self._is_local:
            return f"{self.constant(_assign)}({_CONTEXT}, {name!r}, {value})"
        return f"({self.target(name)} := {value})"

    def context(self) -> str:
        """Returns an expression for the context.

        Raises:
          NeedsContext: if variables are local.
        """
        if self._is_local:
            raise NeedsContext
        return _CONTEXT


def _assign(context: dict[str, Any], name: str, value: Any) -> Any:
    context[name] = value
    return value
