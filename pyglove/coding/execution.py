"""Execution: running a text of code in this process."""

import ast
import collections
import contextlib
import itertools
import linecache
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from pyglove import utils
from pyglove.coding.capture import capture_stdout
from pyglove.coding.code_permission import CodePermission, get_permission
from pyglove.coding.parsing import parse
from pyglove.utils.code_error import GENERATED_CODE, CodeError
from pyglove.utils.lock import fork_safe
from pyglove.utils.scope import Scope

RESULT = "__result__"
STDOUT = "__stdout__"
# Of that many texts that were run last, tracebacks show the lines.
_NUM_KNOWN_SOURCES = 256

_ABSENT = object()
_context: Scope[dict[str, Any]] = Scope("code_context", {})
_counter = itertools.count(1)
_known_sources: collections.deque[str] = collections.deque()
_known_sources_lock = fork_safe(threading.Lock())


@contextlib.contextmanager
def context(**kwargs: Any) -> Iterator[dict[str, Any]]:
    """Provides code that is run within a `with` block with names.

    Blocks nest; what an inner one says of a name prevails.

    Args:
        **kwargs: Values by name.

    Yields:
        All names that are provided, with their values.

    Example:
        >>> with pg.coding.context(x=1, y=2):
        ...     pg.coding.evaluate('x + y')
        3
    """
    with _context.bind({**_context.get(), **kwargs}) as current:
        yield {**current}


def get_context() -> dict[str, Any]:
    """Returns the names that the `context` blocks around the caller provide.

    Returns:
        Values by name.
    """
    return {**_context.get()}


def evaluate(
    code: str,
    *,
    global_vars: dict[str, Any] | None = None,
    permission: CodePermission | None = None,
    returns_stdout: bool = False,
    outputs_intermediate: bool = False,
) -> Any:
    r"""Runs a text of Python code in this process.

    The value of the code is that of its last statement: of an expression or a `return`;
    what was assigned, defined or imported; and for all other statements, the value of
    the variable that the code was the last to introduce, or None.

    What the code prints is captured, and does not appear.

    Args:
        code: The text. It may have several statements.
        global_vars: Names that the code can use. The dictionary is not modified.
        permission: What the code may do; see `CodePermission` for what that can stop
            and what it cannot. By default it is what `pg.coding.permission` has set
            around the caller, and everything if there is nothing.
        returns_stdout: Whether to return what the code has printed.
        outputs_intermediate: Whether to return all variables. Has no effect with
            `returns_stdout`.

    Returns:
        The value of the code. With `outputs_intermediate` a dictionary of the variables
        that the code has set, and of the value of the code at '__result__' and what it
        printed at '__stdout__'. With `returns_stdout`, what it printed.

    Raises:
        CodeError: The text is not Python, is not permitted, or raises an error, which
            is the `cause`. Only `KeyboardInterrupt` comes as it is.
        TypeError: An argument is of another type.

    Example:
        >>> pg.coding.evaluate('x = 1\nx + y', global_vars={'y': 2})
        3
        >>> pg.coding.evaluate('x = 1\nprint(x)', outputs_intermediate=True)
        {'x': 1, '__result__': None, '__stdout__': '1\n'}
    """
    tree = parse(code, get_permission() if permission is None else permission)
    scope = {**_context.get()}
    if global_vars is not None:
        if not isinstance(global_vars, Mapping):
            raise utils.PyGloveTypeError(
                f"Expected a dict as `global_vars`, got {global_vars!r}."
            )
        scope.update(global_vars)
    given = {**scope}
    _keep_result(tree)
    with capture_stdout() as stdout:
        try:
            exec(compile(tree, _new_filename(code), "exec"), scope)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            raise CodeError(code, error) from error
    if returns_stdout:
        return stdout.getvalue()
    given.setdefault("__builtins__", scope.get("__builtins__"))
    result = scope.pop(RESULT, _ABSENT)
    variables = {
        name: value
        for name, value in scope.items()
        if given.get(name, _ABSENT) is not value
    }
    if result is _ABSENT:
        result = variables[next(reversed(variables))] if variables else None
    if outputs_intermediate:
        return {**variables, RESULT: result, STDOUT: stdout.getvalue()}
    return result


def _keep_result(tree: ast.Module) -> None:
    """Changes a module so that it assigns the value of its last statement."""
    if not tree.body:
        return
    last = tree.body[-1]
    target = ast.Name(RESULT, ast.Store())
    result: ast.expr | None = None
    match last:
        case ast.Expr(value=value) | ast.Return(value=ast.expr() as value):
            result = value
            tree.body.pop()
        case ast.Return():
            result = ast.Constant(None)
            tree.body.pop()
        case ast.AnnAssign(value=None):
            result = ast.Constant(None)
        case ast.Assign():
            # The value is evaluated once, and goes to all targets.
            last.targets.insert(0, target)
        case ast.AnnAssign() | ast.AugAssign():
            result = _reading(last.target)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            result = ast.Name(last.name, ast.Load())
        case ast.Import() | ast.ImportFrom() if last.names[-1].name != "*":
            alias = last.names[-1]
            name = alias.asname or alias.name.partition(".")[0]
            result = ast.Name(name, ast.Load())
    new: list[ast.AST] = [target]
    if result is not None:
        tree.body.append(ast.Assign([target], result))
        new += [tree.body[-1], result]
    for node in new:
        # Nodes of the text know where they are, for tracebacks.
        if not hasattr(node, "lineno"):
            ast.copy_location(node, last)


def _reading(target: ast.expr) -> ast.expr:
    """Returns an expression for what was assigned to a place."""
    if any(isinstance(n, (ast.Call, ast.Await, ast.Yield)) for n in ast.walk(target)):
        return ast.Constant(None)  # Which must not be called twice.
    result: ast.expr = ast.parse(ast.unparse(target), mode="eval").body
    for node in ast.walk(result):
        for name in ("lineno", "end_lineno", "col_offset", "end_col_offset"):
            if hasattr(node, name):
                setattr(node, name, getattr(target, name))
    return result


def _new_filename(code: str) -> str:
    """Returns a name for a text under which tracebacks find its lines."""
    filename = f"{GENERATED_CODE} {next(_counter)}>"
    with _known_sources_lock:
        _known_sources.append(filename)
        if len(_known_sources) > _NUM_KNOWN_SOURCES:
            linecache.cache.pop(_known_sources.popleft(), None)
        lines = code.splitlines(True)
        linecache.cache[filename] = (len(code), None, lines, filename)
    return filename


__all__ = ["context", "evaluate", "get_context"]
