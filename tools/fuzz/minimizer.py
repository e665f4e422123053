"""Makes programs smaller as long as they show the same difference."""

import ast
import copy
from collections.abc import Callable, Iterator

ATTEMPTS = 250
# Names that mean nothing by themselves.
MODULES = {
    *("pg", "t", "g", "h", "ev", "pg.utils", "pg.symbolic"),
    *("ev.selectors", "ev.mutators", "ev.recombinators"),
}


def smaller_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of an expression."""
    for new in parts_of(node):
        if ast.unparse(new) not in MODULES:
            yield new


def parts_of(node: ast.AST) -> Iterator[ast.AST]:
    """An expression without one of its parts, its parts, and 1."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        for index in range(len(node.elts)):
            new = copy.deepcopy(node)
            del new.elts[index]
            if new.elts or not isinstance(node, ast.Set):
                yield new
        yield from node.elts
    elif isinstance(node, ast.Dict):
        for index in range(len(node.keys)):
            less = copy.deepcopy(node)
            del less.keys[index], less.values[index]
            yield less
        yield from node.values
    elif isinstance(node, ast.Call):
        for index in range(len(node.keywords)):
            call = copy.deepcopy(node)
            del call.keywords[index]
            yield call
        for index in reversed(range(len(node.args))):
            call = copy.deepcopy(node)
            del call.args[index]
            yield call
        yield from node.args
        yield from (one.value for one in node.keywords)
        if isinstance(node.func, ast.Attribute):
            yield node.func.value
    elif isinstance(node, ast.Attribute | ast.Subscript):
        yield node.value
    elif isinstance(node, ast.BinOp):
        yield node.left
        yield node.right
    if isinstance(node, ast.expr) and not isinstance(node, ast.Constant | ast.Name):
        yield ast.Constant(1)


def smaller_statements(statement: str) -> Iterator[str]:
    """Statements like this one, each with one part made smaller."""
    tree = ast.parse(statement)
    body = tree.body[0]
    if isinstance(body, ast.With):
        yield ast.unparse(body.body[0])
    for parent in ast.walk(tree):
        for name, field in ast.iter_fields(parent):
            if isinstance(field, ast.expr):
                if isinstance(parent, ast.Assign) and name == "targets":
                    continue
                if isinstance(getattr(field, "ctx", None), ast.Store | ast.Del):
                    continue
                if isinstance(parent, ast.Call) and name == "func":
                    continue
                for new in smaller_nodes(field):
                    setattr(parent, name, new)
                    yield unparsed(tree)
                setattr(parent, name, field)
            elif isinstance(field, list):
                for index, item in enumerate(field):
                    if not isinstance(item, ast.expr):
                        continue
                    if isinstance(getattr(item, "ctx", None), ast.Store | ast.Del):
                        continue
                    for new in smaller_nodes(item):
                        field[index] = new
                        yield unparsed(tree)
                    field[index] = item


def unparsed(tree: ast.AST) -> str:
    """The text of a tree whose new nodes have no positions yet."""
    return ast.unparse(ast.fix_missing_locations(copy.deepcopy(tree)))


def minimized(
    statements: list[str], holds: Callable[[list[str]], bool], attempts: int = ATTEMPTS
) -> list[str]:
    """The smallest program that was found to show what `holds` asks for.

    Args:
      statements: A program for which it holds. The last statement stays the last.
      holds: Whether a program shows it.
      attempts: How often to ask, at most.

    Returns:
      A program for which it holds.
    """
    seen = {tuple(statements)}

    def ask(candidate: list[str]) -> bool:
        nonlocal attempts
        if tuple(candidate) in seen or attempts <= 0:
            return False
        seen.add(tuple(candidate))
        attempts -= 1
        return holds(candidate)

    size = len(statements) // 2
    while size:
        end = len(statements) - 1
        while end > 0:
            begin = max(0, end - size)
            candidate = statements[:begin] + statements[end:]
            if ask(candidate):
                statements = candidate
            end = begin
        size //= 2
    changed = True
    while changed and attempts > 0:
        changed = False
        for index in reversed(range(len(statements))):
            if index < len(statements) - 1:
                candidate = statements[:index] + statements[index + 1 :]
                if ask(candidate):
                    statements, changed = candidate, True
                    continue
            progress = True
            while progress:
                progress = False
                for text in smaller_statements(statements[index]):
                    if len(text) >= len(statements[index]):
                        continue
                    candidate = [*statements]
                    candidate[index] = text
                    if ask(candidate):
                        statements, changed, progress = candidate, True, True
                        break
    return statements
