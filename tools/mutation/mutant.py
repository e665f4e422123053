"""Mutants: small changes of a module, each of which some test should notice.

A mutant changes one thing:

- an operator of arithmetic, a comparison, `and` or `or`, `not`, a sign;
- a constant (a number, a truth value, a string), in f-strings, too;
- the test of an `if`, a `while` or a conditional expression, which is negated;
- what is returned or assigned, which becomes None;
- a statement, which is deleted: a call, an assignment to an attribute or an item, a
  `raise`, a `del`; `break` and `continue` take each other's place.

Left out is what no test through public names could or should notice:

- text for people: docstrings and other sentences (words that end in a full stop), the
  arguments of exceptions and warnings, functions that are annotated to return an
  exception, what is logged;
- what only type checkers read: annotations, aliases of types, type variables, casts,
  overloads, `if TYPE_CHECKING`, `assert`;
- `__all__` and imports;
- what only saves time or memory: `__slots__`, the methods that `@dataclass` makes;
- bodies of abstract methods.
"""

import ast
import dataclasses
import re
from collections.abc import Callable
from typing import Any

_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TYPE_MAKERS = {"TypeVar", "ParamSpec", "TypeVarTuple", "NewType", "TypeAliasType"}
_LOGGERS = {"logging", "logger", "_logger", "_LOGGER"}
_ERROR = re.compile(r"(Error|Exception|Warning)\b")
_SENTENCE = re.compile(r"(?s).*\w \w.*\.\s*")
_UNTESTED_DECORATORS = {"overload", "abstractmethod"}


@dataclasses.dataclass(frozen=True)
class Mutant:
    """A change of a module.

    Attributes:
      path: The module, relative to the repository.
      number: Its position among the mutants of the module.
      line: Where the change is.
      lines: Lines that are executed by tests which can notice the change; empty for
        what is executed only when the module is imported.
      change: What is changed to what.
    """

    path: str
    number: int
    line: int
    lines: frozenset[int]
    change: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.change}"


@dataclasses.dataclass
class _Site:
    node: ast.AST
    lines: frozenset[int]
    change: str
    apply: Callable[[], None]


def find_mutants(path: str, source: str) -> list[Mutant]:
    """Returns all mutants of a module.

    Args:
      path: The module, relative to the repository.
      source: Its text.
    """
    sites = _Finder().find(ast.parse(source))
    return [
        Mutant(path, number, _line(site.node), site.lines, site.change)
        for number, site in enumerate(sites)
    ]


def mutated(source: str, number: int) -> ast.Module:
    """Returns the syntax tree of a mutant.

    Args:
      source: The text of the module.
      number: The number of the mutant in the module.
    """
    tree = ast.parse(source)
    _Finder().find(tree)[number].apply()
    return ast.fix_missing_locations(tree)


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def _lines(node: ast.AST) -> frozenset[int]:
    return frozenset(range(_line(node), (getattr(node, "end_lineno", 0) or 0) + 1))


def _name(node: ast.AST | None) -> str:
    """Returns the last part of a dotted name, or ''."""
    if isinstance(node, ast.Call):
        return _name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _root(node: ast.AST) -> str:
    """Returns the first part of a dotted name, or ''."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 70 else text[:67] + "..."


class _Finder:
    """Collects the sites of a module, in the order of its text."""

    def __init__(self):
        self._sites: list[_Site] = []
        # Lines of the innermost statement; empty while a module or class is defined.
        self._statement: frozenset[int] = frozenset()

    def find(self, tree: ast.Module) -> list[_Site]:
        self._block(tree, "body")
        return self._sites

    def _add(
        self, node: ast.AST, before: str, after: str, apply: Callable[[], None]
    ) -> None:
        lines = self._statement and _lines(node) | self._statement
        self._sites.append(_Site(node, lines, f"`{before}` -> `{after}`", apply))

    def _replace(self, owner: Any, field: Any, new: ast.AST) -> None:
        old = owner[field] if isinstance(owner, list) else getattr(owner, field)

        def apply() -> None:
            if isinstance(owner, list):
                owner[field] = ast.copy_location(new, old)
            else:
                setattr(owner, field, ast.copy_location(new, old))

        self._add(old, _text(old), _text(new), apply)

    # Statements.

    def _block(self, owner: ast.AST, field: str) -> None:
        statements = getattr(owner, field)
        for position, statement in enumerate(statements):
            self._visit_statement(statements, position, statement)

    def _visit_statement(self, block: Any, position: int, node: ast.stmt) -> None:
        if isinstance(node, _FUNCTIONS):
            self._function(node)
        elif isinstance(node, ast.ClassDef):
            outer, self._statement = self._statement, frozenset()
            self._decorators(node)
            self._block(node, "body")
            self._statement = outer
        elif isinstance(node, ast.If) and _name(node.test) == "TYPE_CHECKING":
            self._block(node, "orelse")
        elif isinstance(node, (ast.If, ast.While)):
            self._within(_lines(node.test) | {node.lineno})
            self._condition(node)
            self._expression(node, "test")
            self._block(node, "body")
            self._block(node, "orelse")
        elif hasattr(node, "body") or isinstance(node, ast.Match):
            self._compound(node)
        else:
            self._simple(block, position, node)

    def _within(self, lines: frozenset[int]) -> None:
        if self._statement:
            self._statement = lines

    def _function(self, node: Any) -> None:
        if _UNTESTED_DECORATORS & {_name(d) for d in node.decorator_list}:
            return
        if node.returns is not None and _ERROR.search(ast.unparse(node.returns)):
            return
        outer = self._statement
        body = node.body[1:] if ast.get_docstring(node) else node.body
        if not body:
            return
        self._statement = frozenset().union(*map(_lines, body))
        self._decorators(node)
        for field in ("defaults", "kw_defaults"):
            for position, default in enumerate(getattr(node.args, field)):
                if default is not None:
                    self._expression(getattr(node.args, field), position)
        for position, statement in enumerate(node.body):
            self._statement = _lines(statement)
            self._visit_statement(node.body, position, statement)
        self._statement = outer

    def _decorators(self, node: Any) -> None:
        for position, decorator in enumerate(node.decorator_list):
            if _name(decorator) != "dataclass":
                self._expression(node.decorator_list, position)

    def _compound(self, node: Any) -> None:
        """Visits loops, `with`, `try` and `match`: what they evaluate, and bodies."""
        for field, value in ast.iter_fields(node):
            if isinstance(value, ast.expr):
                self._within(_lines(value) | {node.lineno})
                self._expression(node, field)
            elif field == "items":
                for item in value:
                    self._within(_lines(item.context_expr))
                    self._expression(item, "context_expr")
            elif field in ("handlers", "cases"):
                for part in value:
                    self._block(part, "body")
            elif field in ("body", "orelse", "finalbody"):
                self._block(node, field)

    def _simple(self, block: Any, position: int, node: ast.stmt) -> None:
        in_function = bool(self._statement)
        self._within(_lines(node))
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.Assert)):
            return
        if isinstance(node, ast.Expr):
            if isinstance(node.value, (ast.Constant, ast.Yield, ast.YieldFrom)):
                if not isinstance(node.value, ast.Constant):
                    self._expression(node, "value")
                return
            if isinstance(node.value, ast.Call) and _root(node.value.func) in _LOGGERS:
                return
            self._delete(block, position)
            self._expression(node, "value")
        elif isinstance(node, ast.Raise):
            # What it says is text; whether it is raised is not.
            self._delete(block, position)
        elif isinstance(node, ast.Delete):
            self._delete(block, position)
        elif isinstance(node, ast.Break):
            self._replace(block, position, ast.Continue())
        elif isinstance(node, ast.Continue):
            self._replace(block, position, ast.Break())
        elif isinstance(node, ast.Return) and node.value is not None:
            if not _is_none(node.value):
                self._replace(node, "value", ast.Constant(None))
            self._expression(node, "value")
        elif isinstance(node, ast.AugAssign):
            self._delete(block, position)
            self._swap(node, "op", node)
            self._expression(node, "value")
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            self._assignment(block, position, node, in_function)

    def _assignment(
        self, block: Any, position: int, node: Any, in_function: bool
    ) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = {_name(target) for target in targets}
        if names & {"__all__", "__slots__"} or _is_type(node):
            return
        if in_function:
            if not all(isinstance(target, ast.Name) for target in targets):
                self._delete(block, position)
            elif not _is_none(node.value):
                self._replace(node, "value", ast.Constant(None))
        self._expression(node, "value")

    def _delete(self, block: Any, position: int) -> None:
        node = block[position]

        def apply() -> None:
            block[position] = ast.copy_location(ast.Pass(), node)

        self._add(node, _text(node), "pass", apply)

    # Expressions.

    def _condition(self, owner: Any) -> None:
        """Negates a test; what has an opposite of its own is left to `_swap`."""
        test = owner.test
        if not isinstance(test, (ast.Compare, ast.Constant)) and not (
            isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        ):
            self._replace(owner, "test", ast.UnaryOp(ast.Not(), test))

    def _swap(self, owner: Any, field: Any, site: ast.AST) -> None:
        operator = owner[field] if isinstance(owner, list) else getattr(owner, field)
        other = _SWAPS.get(type(operator))
        if other is None:
            return
        before = _text(site)
        set_item = owner.__setitem__ if isinstance(owner, list) else None

        def put(new: ast.AST) -> None:
            set_item(field, new) if set_item else setattr(owner, field, new)

        put(other())
        after = _text(site)
        put(operator)
        self._add(site, before, after, lambda: put(other()))

    def _expression(self, owner: Any, field: Any) -> None:
        node = owner[field] if isinstance(owner, list) else getattr(owner, field)
        if isinstance(node, ast.Constant):
            new = _other_constant(node.value)
            if new is not None:
                self._replace(owner, field, ast.Constant(new))
            return
        if isinstance(node, ast.Call):
            name = _name(node.func)
            if _ERROR.search(name) or name in _TYPE_MAKERS or name == "warn":
                return
            if name == "cast":
                self._expression(node.args, 1)
                return
        elif isinstance(node, (ast.BinOp, ast.BoolOp)):
            self._swap(node, "op", node)
        elif isinstance(node, ast.Compare):
            for position in range(len(node.ops)):
                self._swap(node.ops, position, node)
        elif isinstance(node, ast.UnaryOp):
            self._replace(owner, field, node.operand)
        elif isinstance(node, ast.IfExp):
            self._condition(node)
        self._children(node)

    def _children(self, node: ast.AST) -> None:
        for field, value in ast.iter_fields(node):
            if field == "format_spec":
                continue
            if isinstance(value, ast.expr):
                self._expression(node, field)
            elif isinstance(value, list):
                for position, item in enumerate(value):
                    if isinstance(item, ast.expr):
                        self._expression(value, position)
                    elif isinstance(item, ast.keyword):
                        if item.arg != "stacklevel":
                            self._expression(item, "value")
                    elif isinstance(item, ast.comprehension):
                        self._children(item)


def _other_constant(value: Any) -> Any:
    """Returns a constant that differs from another one, or None."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    if not isinstance(value, str) or _SENTENCE.fullmatch(value):
        return None
    return f"XX{value}"


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_type(node: Any) -> bool:
    """Returns whether a statement gives a name to a type."""
    if isinstance(node, ast.AnnAssign):
        return _name(node.annotation) == "TypeAlias"
    target = _name(node.targets[0]).lstrip("_")
    is_generic = isinstance(node.value, (ast.Subscript, ast.BinOp))
    return is_generic and target[:1].isupper() and not target.isupper()
