"""Code: the nodes that programs are made of, and what each has to do with others."""

import abc
import math
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from pyglove import utils
from pyglove.mutfun.data_flow import Flow, defined_names, undefined_error
from pyglove.mutfun.reaching_definition import Body, Trace, Traceable
from pyglove.mutfun.writer import Writable, Writer
from pyglove.symbolic import List, Object
from pyglove.symbolic.internal import key_of, parent_of
from pyglove.utils.serialization.json_type import published_as

#: Variables and functions by name.
Context = dict[str, Any]

INDENT = "  "

# The methods that say how code is compiled.
_WRITING = ("_write", "_write_line", "_write_result")


@published_as("pyglove.ext.mutfun.base.Code")
class Code(Object, Traceable, Writable):
    """Base of all code. Subclasses implement `evaluate` and `python_repr`.

    Code is symbolic: it can be built, queried, changed and saved as any symbolic tree.
    It is compared by identity (`pg.eq` compares what it says). As text, it is the
    Python that does the same.
    """

    use_symbolic_comparison: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = cls.__dict__
        if "evaluate" in own and own.keys().isdisjoint(_WRITING):
            # It does something else now, which its base cannot know how to compile.
            for method in _WRITING:
                setattr(cls, method, getattr(Code, method))

    @abc.abstractmethod
    def evaluate(self, context: Context) -> Any:
        """Returns the value of the code. Subclasses implement it.

        Args:
          context: Variables and functions by name, to which definitions are added.
        """

    @abc.abstractmethod
    def python_repr(self, block_indent: int = 0) -> str:
        """Returns the code as Python. Subclasses implement it.

        Args:
          block_indent: How many levels the text is indented.
        """

    def format(
        self,
        compact: bool = True,
        verbose: bool = False,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats the code: as Python, or if verbose as a symbolic object."""
        if verbose:
            return super().format(compact, verbose, root_indent, **kwargs)
        return self.python_repr(root_indent).lstrip(" ")

    # ---- The place in the program ---------------------------------------------

    def parent_code(self) -> "Code | None":
        """Returns the code that this is a part of, None if there is none."""
        return self.sym_ancestor(lambda x: isinstance(x, Code))

    def parent_func(self) -> Any:
        """Returns the function that this is a part of, None if there is none."""
        return self.sym_ancestor(lambda x: isinstance(x, Body))

    def line(self) -> "Code":
        """Returns the line that this is a part of: an item of a function's body."""
        node: Code = self
        while (parent := node.parent_code()) is not None:
            if isinstance(parent, Body):
                break
            node = parent
        return node

    def line_number(self) -> int:
        """Returns the number of the line that this is a part of, from 0.

        Raises:
          ValueError: if it is not a part of a function.
        """
        lines, number = self._place()
        if not lines:
            raise utils.PyGloveValueError(
                f"Expected code that is a part of a function, got {self!r}."
            )
        return number

    def preceding_lines(self) -> Iterator["Code"]:
        """Iterates over the lines before this, the first one first."""
        lines, number = self._place()
        yield from lines[:number]

    def preceding_lines_reversed(self) -> Iterator["Code"]:
        """Iterates over the lines before this, the last one first."""
        lines, number = self._place()
        yield from reversed(lines[:number])

    def succeeding_lines(self) -> Iterator["Code"]:
        """Iterates over the lines after this."""
        lines, number = self._place()
        yield from lines[number + 1 :]

    def _place(self) -> tuple[Any, int]:
        """Returns the lines of the function that this is in, and the number of its."""
        function = self.parent_func()
        if function is None:
            return (), 0
        key = self.line().sym_path.key
        return function.body, key if isinstance(key, int) else 0

    # ---- Data flow ------------------------------------------------------------

    def input_vars(self, transitive: bool = False) -> set[str]:
        """Returns the names that this reads from around it.

        A function reads nothing. A call of a function reads what the function does.

        Args:
          transitive: Whether to include what the definitions of these names read.
        """
        flow = self._flow_around()
        names = set(flow.inputs(self))
        if transitive:
            for definition in flow.upstream(self):
                names.update(flow.inputs(definition.line()))
        return names

    def output_vars(self, transitive: bool = False) -> set[str]:
        """Returns the names that the line of this defines.

        Args:
          transitive: Whether to include those defined by lines that depend on it.
        """
        line = self.line()
        lines = [line]
        if transitive:
            lines += self._flow_around().users(line)
        return defined_names(lines)

    def seen_vars(self) -> set[str]:
        """Returns the names that may be read here.

        They are those of the function, its arguments, and what is defined before. What
        is around a function within another one is not among them.
        """
        function = self.parent_func()
        if function is None:
            return set()
        names = {function.name, *function.args}
        node: Any = self
        while node is not function:
            parent = parent_of(node)
            if isinstance(parent, List) and isinstance(node, Code):
                names |= defined_names(parent[: key_of(node)])
            node = parent
        return names

    def input_defs(self, transitive: bool = True) -> list[Any]:
        """Returns the definitions of what this reads, in their order.

        Args:
          transitive: Whether to include definitions of what these read in turn.

        Raises:
          ValueError: if a name is not defined.
        """
        flow = self._flow_around()
        found = flow.upstream(self, transitive)
        for code in [self, *(definition.line() for definition in found)]:
            undefined = flow.undefined(code)
            if undefined:
                raise undefined_error(undefined, code)
        return found

    def output_refs(self, transitive: bool = True) -> list[Any]:
        """Returns the references to what the line of this defines, in their order.

        Args:
          transitive: Whether to include references to what depends on the line.
        """
        return self._flow_around().downstream(self.line(), transitive)

    def compile(self) -> None:
        """Checks that all is defined that is read.

        Raises:
          ValueError: if a name is not defined.
        """
        undefined = self._flow_around().undefined(self)
        if undefined:
            raise undefined_error(undefined, self)

    def _flow_around(self) -> Flow:
        """Returns the data flow of the function that this is in."""
        function = self.parent_func()
        return Flow(self.line()) if function is None else function._flow()

    # ---- For printing, tracing and compiling ----------------------------------

    def _operand_repr(self) -> str:
        """Returns the code as an expression that may stand within another one."""
        return self.python_repr()

    def _trace(self, trace: Trace) -> None:
        # Whether and how often the parts are evaluated, only the class knows.
        with trace.branch():
            for _, child in self.sym_items():
                trace.visit(child)

    def _write(self, writer: Writer) -> str:
        return f"{writer.constant(self.evaluate)}({writer.context()})"


def evaluate(value: Any, context: Context) -> Any:
    """Returns the value of code; any other value is returned as it is.

    Args:
      value: Code, or any other value.
      context: Variables and functions by name, to which definitions are added.

    Example:
      >>> pg.mutfun.evaluate(pg.mutfun.Var('x') + 1, {'x': 2})
      3
      >>> pg.mutfun.evaluate(5, {})
      5
    """
    # A class without a metaclass is the quicker to ask for.
    return value.evaluate(context) if isinstance(value, Traceable) else value  # type: ignore[attr-defined]


def python_repr(value: Any, block_indent: int = 0) -> str:
    """Returns code as Python; any other value as `str` does.

    Args:
      value: Code, or any other value.
      block_indent: How many levels the text is indented.

    Example:
      >>> pg.mutfun.python_repr(pg.mutfun.Var('x') + 1, block_indent=1)
      '  x + 1'
    """
    if isinstance(value, Code):
        return value.python_repr(block_indent)
    return INDENT * block_indent + str(value)


def operand_repr(value: Any) -> str:
    """Returns code as an expression of Python that may stand within another one.

    Args:
      value: Code, or any other value.

    Example:
      >>> from pyglove.mutfun.code import operand_repr
      >>> operand_repr('a'), operand_repr(pg.mutfun.Assign('x', 1))
      ("'a'", '(x := 1)')
    """
    if isinstance(value, Code):
        return value._operand_repr()
    if isinstance(value, float) and not math.isfinite(value):
        return f"float('{value}')"
    return utils.format(value, compact=True, verbose=False, python_format=True)


def block_repr(lines: Iterable[Any], block_indent: int) -> str:
    """Returns lines of code as a block of Python.

    Args:
      lines: The lines, which may be none.
      block_indent: How many levels the block is indented.
    """
    return "\n".join([x.python_repr(block_indent) for x in lines]) or (
        INDENT * block_indent + "pass"
    )
