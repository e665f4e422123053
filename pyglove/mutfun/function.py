"""Functions: programs, and calls of them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.mutfun.code import (
    INDENT,
    Code,
    Context,
    block_repr,
    evaluate,
    operand_repr,
)
from pyglove.mutfun.control_flow import ControlFlow
from pyglove.mutfun.data_flow import Flow, undefined_error
from pyglove.mutfun.reaching_definition import Body, Trace
from pyglove.mutfun.symbol import SymbolDefinition, SymbolReference
from pyglove.mutfun.writer import Program, Writer, compile_lines

if TYPE_CHECKING:
    Lines = list[Code]
    Names = list[str]
    Values = list[Any]
else:
    Lines = pg_typing.List(pg_typing.Object(Code))
    Names = pg_typing.List(pg_typing.Str(), default=[])
    Values = pg_typing.List(pg_typing.Any(), default=[])

# To compile a function costs about as much as to interpret it so many times.
_CALLS_BEFORE_COMPILING = 12


class Function(SymbolDefinition, Body):
    """A function: a program that can be called, and changed.

    Its value is that of its last line. Functions may contain others, and call them. A
    function sees the variables of its caller, and does not change them. It cannot be
    seen from within, unless it is a line of another function.

    The first calls are interpreted. A function that is called often is compiled, again
    after each change. (Changes that are made while notifications are off do not count
    until `compile` is called.)

    Example:
      >>> x, y = pg.mutfun.Var('x'), pg.mutfun.Var('y')
      >>> f = pg.mutfun.Function('f', [pg.mutfun.Assign('y', x + 1), y * x], ['x'])
      >>> print(f)
      def f(x):
        y = x + 1
        return y * x
      >>> f(2)
      6
      >>> f.rebind({'body[0].value.y': 10})(2)
      24
    """

    body: Annotated[Lines, "The lines."]
    args: Annotated[Names, "Names of the arguments."] = []

    _program: Program | None = None
    _known_flow: Flow | None = None
    # How often it was interpreted; negative once there is nothing to compile.
    _calls: int = 0

    def _on_change(self, field_updates: Any) -> None:
        self._forget()
        super()._on_change(field_updates)

    def _forget(self) -> None:
        self._program = self._known_flow = None
        self._calls = 0

    def __call__(self, *args: Any, context: Context | None = None) -> Any:
        """Calls the function.

        Args:
          *args: The arguments.
          context: Variables and functions around the function, which stay as they are.

        Raises:
          ValueError: if there are more or fewer arguments than it takes.
        """
        program = self._program
        if program is None and self._calls >= 0:
            self._calls += 1
            if self._calls > _CALLS_BEFORE_COMPILING:
                program = self._compile()
        if program is not None and program.num_arguments == len(args):
            try:
                return program.run(*args)
            except UnboundLocalError:
                # What is interpreted can look around, or say what is missing.
                program = None
        if len(args) != len(self.args):
            raise self._arguments_error(args)
        context = dict(context) if context else {}
        context.update(zip(self.args, args, strict=True))
        if program is not None:
            return program.run(context)
        value = None
        for line in self.body:
            value = line.evaluate(context)
        return value

    def _compile(self) -> Program | None:
        program = compile_lines(self.name, list(self.body), self.args)
        if program is None:
            self._calls = -1
        self._program = program
        return program

    def compile(self) -> None:
        """Compiles the function, after a check that all is defined that is read.

        Raises:
          ValueError: if a name is not defined.
        """
        self._forget()
        flow = self._flow()
        for line in self.body:
            undefined = flow.undefined(line)
            if undefined:
                raise undefined_error(undefined, line)
        self._compile()

    def prune(self) -> None:
        """Removes the lines that the value of the last line does not depend on."""
        lines = list(self.body)
        if not lines:
            return
        needed = {id(x.line()) for x in self._flow().upstream(lines[-1])}
        needed.add(id(lines[-1]))
        self.rebind(
            {
                f"body[{number}]": utils.MISSING_VALUE
                for number, line in enumerate(lines)
                if id(line) not in needed
            },
            raise_on_no_change=False,
        )

    def evaluate(self, context: Context) -> "Function":
        """Defines the function, and returns it."""
        context[self.name] = self
        return self

    def python_repr(self, block_indent: int = 0) -> str:
        """Returns the definition of the function as Python."""
        header = f"{INDENT * block_indent}def {self.name}({', '.join(self.args)}):\n"
        lines = list(self.body)
        if not lines:
            return header + block_repr([], block_indent + 1)
        last = lines[-1]
        if isinstance(last, SymbolDefinition):
            end = f"{INDENT * (block_indent + 1)}return {last.name}"
            text = f"{block_repr(lines, block_indent + 1)}\n{end}"
        elif isinstance(last, ControlFlow):
            text = block_repr(lines, block_indent + 1)
        else:
            before = [x.python_repr(block_indent + 1) for x in lines[:-1]]
            end = f"{INDENT * (block_indent + 1)}return {operand_repr(last)}"
            text = "\n".join([*before, end])
        return header + text

    def _arguments_error(self, args: Any) -> Exception:
        return utils.PyGloveValueError(
            f"Expected {len(self.args)} arguments of function {self.name!r} "
            f"({list(self.args)!r}), got {len(args)}: {list(args)!r}."
        )

    # ---- For tracing ----------------------------------------------------------

    def _flow(self) -> Flow:
        """Returns the data flow within the function."""
        if self._known_flow is None:
            self._known_flow = Flow(self)
        return self._known_flow

    def _trace(self, trace: Trace) -> None:
        trace.enter(self)
        trace.define(self, self.name)

    def _trace_body(self, trace: Trace) -> None:
        trace.define_arguments(self.args)
        trace.visit(self.body)

    def _callees(self, trace: Trace, seen: set[int]) -> Iterator[Body]:
        del trace, seen
        yield self


class FunctionCall(SymbolReference):
    """Calls a function of the program.

    Example:
      >>> x = pg.mutfun.Var('x')
      >>> square = pg.mutfun.Function('square', [x * x], args=['x'])
      >>> call = pg.mutfun.FunctionCall('square', [x + 1])
      >>> f = pg.mutfun.Function('f', [square, call - 1], args=['x'])
      >>> print(f)
      def f(x):
        def square(x):
          return x * x
        return square(x + 1) - 1
      >>> f(2)
      8
    """

    args: Annotated[Values, "The arguments: code, or any other values."]

    def evaluate(self, context: Context) -> Any:
        """Calls the function, and returns its value.

        Raises:
          ValueError: if there is no such function, or if it takes more or fewer
            arguments.
        """
        return self._call(context, *[evaluate(x, context) for x in self.args])

    def _call(self, context: Context, *args: Any) -> Any:
        function = context.get(self.name)
        if not isinstance(function, Function):
            raise utils.PyGloveValueError(
                f"Expected {self.name!r} to be a function, got "
                f"{'nothing of that name' if function is None else repr(function)}."
            )
        return function(*args, context=context)

    def python_repr(self, block_indent: int = 0) -> str:
        """Returns the call as Python."""
        args = ", ".join(map(operand_repr, self.args))
        return f"{INDENT * block_indent}{self.name}({args})"

    def _trace(self, trace: Trace) -> None:
        sources = trace.read(self, self.name)
        trace.visit(self.args)
        seen: set[int] = set()
        for source in sources:
            for function in source._callees(trace, seen):
                trace.enter(function, self)

    def _write(self, writer: Writer) -> str:
        args = [writer.context(), *map(writer.value, self.args)]
        return f"{writer.constant(self._call)}({', '.join(args)})"


for _cls in (Function, FunctionCall):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.mutfun.base.{_cls.__name__}")
