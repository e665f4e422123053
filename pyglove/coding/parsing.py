"""Parsing: from a text to its syntax tree, if that is permitted."""

import ast
import functools
from typing import Any

from pyglove import utils
from pyglove.coding.code_permission import CodePermission, check_permission
from pyglove.utils.code_error import GENERATED_CODE, CodeError

_ASSIGN = (CodePermission.ASSIGN, "Assignment")
_CONDITION = (CodePermission.CONDITION, "Condition")
_LOOP = (CodePermission.LOOP, "Loop")
_CALL = (CodePermission.CALL, "Call")
_EXCEPTION = (CodePermission.EXCEPTION, "Exception")
_CLASS = (CodePermission.CLASS_DEFINITION, "Class definition")
_FUNCTION = (CodePermission.FUNCTION_DEFINITION, "Function definition")
_IMPORT = (CodePermission.IMPORT, "`import`")

# What each kind of syntax needs. Names, since some came with later versions of Python.
_NEEDS: dict[str, tuple[CodePermission, str]] = {
    **dict.fromkeys(
        ("Assign", "AugAssign", "AnnAssign", "NamedExpr", "Delete", "TypeAlias"),
        _ASSIGN,
    ),
    **dict.fromkeys(("If", "Match"), _CONDITION),
    **dict.fromkeys(("For", "AsyncFor", "While"), _LOOP),
    "Call": _CALL,
    **dict.fromkeys(("Raise", "Try", "TryStar", "Assert"), _EXCEPTION),
    "ClassDef": _CLASS,
    **dict.fromkeys(
        ("FunctionDef", "AsyncFunctionDef", "Lambda", "Return", "Yield", "YieldFrom"),
        _FUNCTION,
    ),
    **dict.fromkeys(("Import", "ImportFrom"), _IMPORT),
}


def parse(code: str, permission: CodePermission | None = None) -> ast.Module:
    """Parses a text of Python code, and checks that it is permitted.

    Args:
        code: The text.
        permission: What the code may do; None for everything.

    Returns:
        The syntax tree.

    Raises:
        CodeError: The text is not Python, or has something in it that is not
            permitted. The first such place is told.
        TypeError: An argument is of another type.

    Example:
        >>> try:
        ...     pg.coding.parse('import os', pg.coding.CodePermission.BASIC)
        ... except pg.coding.CodeError as error:
        ...     print(error.cause.msg)
        `import` is not allowed without CodePermission.IMPORT.
    """
    if not isinstance(code, str):
        raise utils.PyGloveTypeError(
            f"Expected code as a str, got {type(code).__name__}: {code!r}."
        )
    check_permission(permission)
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise CodeError(code, error) from error
    if permission is not None and permission != CodePermission.ALL:
        _check(tree, code, permission)
    return tree


@functools.cache
def _not_permitted(permission: CodePermission) -> dict[str, Any]:
    return {
        name: (flag, what)
        for name, (flag, what) in _NEEDS.items()
        if not flag & permission
    }


def _check(tree: ast.Module, code: str, permission: CodePermission) -> None:
    missing = _not_permitted(permission)
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        need = missing.get(type(node).__name__)
        if need is not None:
            raise _refusal(node, code, *need)
        decorators = getattr(node, "decorator_list", None)
        if decorators and "Call" in missing:
            raise _refusal(decorators[0], code, *_CALL)
        # In the order of the text, so that the first place is found first.
        pending.extend(reversed(list(ast.iter_child_nodes(node))))


def _refusal(node: ast.AST, code: str, flag: CodePermission, what: str) -> CodeError:
    line, end_line = getattr(node, "lineno", 1), getattr(node, "end_lineno", None)
    error = SyntaxError(
        f"{what} is not allowed without CodePermission.{flag.name}.",
        (
            f"{GENERATED_CODE}>",
            line,
            getattr(node, "col_offset", 0) + 1,
            code.split("\n")[line - 1],
            end_line,
            (getattr(node, "end_col_offset", None) or 0) + 1,
        ),
    )
    result = CodeError(code, error)
    result.__cause__ = error
    return result


__all__ = ["parse"]
