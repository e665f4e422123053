"""Symbols: names that are defined, and references to them."""

from collections.abc import Iterator
from typing import Annotated, Any

from pyglove.mutfun.code import INDENT, Code, Context, evaluate, operand_repr
from pyglove.mutfun.instruction import Instruction
from pyglove.mutfun.reaching_definition import Body, Defining, Trace
from pyglove.mutfun.writer import Writer


class SymbolDefinition(Code, Defining):
    """Base of code that defines a name."""

    name: Annotated[str, "The name that is defined."]

    def _trace(self, trace: Trace) -> None:
        super()._trace(trace)
        trace.define(self, self.name)


class SymbolReference(Instruction):
    """Base of instructions that refer to a name."""

    name: Annotated[str, "The name that is referred to."]

    def _trace(self, trace: Trace) -> None:
        trace.read(self, self.name)
        super()._trace(trace)


class Assign(SymbolDefinition):
    """Gives a name to a value.

    Example:
      >>> assign = pg.mutfun.Assign('y', pg.mutfun.Var('x') + 1)
      >>> print(assign)
      y = x + 1
      >>> context = {'x': 1}
      >>> assign.evaluate(context), context
      (2, {'x': 1, 'y': 2})
    """

    value: Annotated[Any, "The value: code, or any other value."]

    def evaluate(self, context: Context) -> Any:
        """Assigns the value, and returns it."""
        value = context[self.name] = evaluate(self.value, context)
        return value

    def python_repr(self, block_indent: int = 0) -> str:
        """Returns the assignment as Python."""
        value = self.value
        text = value.python_repr() if isinstance(value, Assign) else operand_repr(value)
        return f"{INDENT * block_indent}{self.name} = {text}"

    def _operand_repr(self) -> str:
        return f"({self.name} := {operand_repr(self.value)})"

    def _trace(self, trace: Trace) -> None:
        trace.visit(self.value)
        trace.define(self, self.name)

    def _callees(self, trace: Trace, seen: set[int]) -> Iterator[Body]:
        if isinstance(self.value, SymbolReference) and id(self) not in seen:
            seen.add(id(self))
            for source in trace.sources(self.value) or ():
                yield from source._callees(trace, seen)

    def _write(self, writer: Writer) -> str:
        return writer.assigned(self.name, writer.value(self.value))

    def _write_line(self, writer: Writer) -> None:
        value = writer.value(self.value)
        writer.line(f"{writer.target(self.name)} = {value}")


class Var(SymbolReference):
    """Refers to a variable.

    Example:
      >>> print(pg.mutfun.Var('x') * 2)
      x * 2
      >>> pg.mutfun.Var('x').evaluate({'x': 1})
      1
    """

    def evaluate(self, context: Context) -> Any:
        """Returns the value of the variable.

        Raises:
          KeyError: if it is not defined.
        """
        return context[self.name]

    def python_repr(self, block_indent: int = 0) -> str:
        """Returns the name."""
        return INDENT * block_indent + self.name

    def _trace(self, trace: Trace) -> None:
        trace.read(self, self.name)

    def _write(self, writer: Writer) -> str:
        return writer.variable(self.name)


for _cls in (SymbolDefinition, SymbolReference, Assign, Var):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.mutfun.base.{_cls.__name__}")
