"""Control flow: conditions and loops."""

from typing import TYPE_CHECKING, Annotated, Any

from pyglove import typing as pg_typing
from pyglove.mutfun.code import (
    INDENT,
    Code,
    Context,
    block_repr,
    evaluate,
    operand_repr,
)
from pyglove.mutfun.instruction import Instruction
from pyglove.mutfun.reaching_definition import Trace
from pyglove.mutfun.writer import Writer

if TYPE_CHECKING:
    Lines = list[Code]
    OptionalLines = list[Code] | None
else:
    Lines = pg_typing.List(pg_typing.Object(Code))
    OptionalLines = pg_typing.List(pg_typing.Object(Code)).noneable()


class ControlFlow(Instruction):
    """Base of instructions that evaluate blocks of lines. Their own value is None."""

    def _write_result(self, writer: Writer) -> None:
        self._write_line(writer)


class If(ControlFlow):
    """Evaluates one block of lines or another.

    Example:
      >>> x = pg.mutfun.Var('x')
      >>> print(pg.mutfun.If(
      ...     x < 0, [pg.mutfun.Assign('y', -x)], [pg.mutfun.Assign('y', x)]))
      if x < 0:
        y = -x
      else:
        y = x
    """

    predicate: Annotated[Any, "The condition."]
    true_branch: Annotated[Lines, "Lines to evaluate where it holds."]
    false_branch: Annotated[
        OptionalLines, "Lines to evaluate where it does not; None for none."
    ] = None

    def evaluate(self, context: Context) -> None:
        """Evaluates one of the blocks."""
        holds = evaluate(self.predicate, context)
        for line in (self.true_branch if holds else self.false_branch) or ():
            line.evaluate(context)

    def python_repr(self, block_indent: int = 0) -> str:
        """Returns an `if` statement."""
        indent = INDENT * block_indent
        text = (
            f"{indent}if {operand_repr(self.predicate)}:\n"
            f"{block_repr(self.true_branch, block_indent + 1)}"
        )
        if not self.false_branch:
            return text
        return (
            f"{text}\n{indent}else:\n{block_repr(self.false_branch, block_indent + 1)}"
        )

    def _trace(self, trace: Trace) -> None:
        trace.visit(self.predicate)
        with trace.branches(self.false_branch or ()):
            trace.visit(self.true_branch)

    def _write_line(self, writer: Writer) -> None:
        writer.line(f"if {writer.value(self.predicate)}:")
        with writer.indented():
            writer.block(self.true_branch)
        if self.false_branch:
            writer.line("else:")
            with writer.indented():
                writer.block(self.false_branch)


class While(ControlFlow):
    """Evaluates a block of lines as long as a condition holds.

    Example:
      >>> n = pg.mutfun.Var('n')
      >>> loop = pg.mutfun.While(n > 1, [pg.mutfun.Assign('n', n // 2)])
      >>> print(loop)
      while n > 1:
        n = n // 2
      >>> context = {'n': 9}
      >>> loop.evaluate(context)
      >>> context
      {'n': 1}
    """

    predicate: Annotated[Any, "The condition."]
    body: Annotated[Lines, "The lines."]

    def evaluate(self, context: Context) -> None:
        """Evaluates the block as long as the condition holds."""
        while evaluate(self.predicate, context):
            for line in self.body:
                line.evaluate(context)

    def python_repr(self, block_indent: int = 0) -> str:
        """Returns a `while` statement."""
        return (
            f"{INDENT * block_indent}while {operand_repr(self.predicate)}:\n"
            f"{block_repr(self.body, block_indent + 1)}"
        )

    def _trace(self, trace: Trace) -> None:
        trace.visit(self.predicate)
        # The second time around, what is defined the first time may be read.
        for _ in range(2):
            with trace.branch():
                trace.visit(self.body)
                trace.visit(self.predicate)

    def _write_line(self, writer: Writer) -> None:
        writer.line(f"while {writer.value(self.predicate)}:")
        with writer.indented():
            writer.block(self.body)


for _cls in (ControlFlow, If, While):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.mutfun.base.{_cls.__name__}")
