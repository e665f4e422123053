"""Runs one file of snippets under this interpreter's `pyglove` and says what came out.

    python tools/snippet_runner.py tools/snippets/events.py

A file of snippets is plain Python in two parts, with the line `# Snippets` between
them. What is above it prepares (imports, classes, helpers). Below it every statement is
a snippet: they run in order, in one namespace, as in an interactive session, and the
outcome of each is written to stdout as a line of JSON. A snippet whose outcome is known
to differ between two packages has, in the line above it, a comment that names the
heading of docs/differences.md where that is explained:

    # Expected difference: loading-is-safe
    pg.from_json(document)

This module is run by interpreters that have only the package under test: it imports
nothing but the standard library.
"""

import ast
import contextlib
import dataclasses
import io
import json
import pathlib
import re
import sys
import types
import warnings
from typing import Any, TextIO

MARK = "# Snippets"
EXPECTED = re.compile(r"# Expected difference: (\S+)$")
# The name of the module that the snippets are run as, so that classes they define have
# the same type names in all groups.
MODULE = "snippet"


@dataclasses.dataclass(frozen=True)
class Snippet:
    """One statement of a file.

    Attributes:
      line: Where it starts in the file.
      source: Its text.
      node: Its syntax tree.
      expected: The key of the difference that it is known to show, if any.
    """

    line: int
    source: str
    node: ast.stmt
    expected: str | None = None


def parse(text: str) -> tuple[list[ast.stmt], list[Snippet]]:
    """Splits the text of a file into the statements above the mark, and the snippets.

    Raises:
      ValueError: There is no such line, or more than one.
    """
    lines = text.splitlines()
    if lines.count(MARK) != 1:
        raise ValueError(f"Expected one line {MARK!r}, got {lines.count(MARK)}.")
    mark = lines.index(MARK) + 1
    setup: list[ast.stmt] = []
    snippets: list[Snippet] = []
    for node in ast.parse(text).body:
        if node.lineno < mark:
            setup.append(node)
            continue
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(one.lineno for one in decorators)])
        found = EXPECTED.match(lines[first - 2])
        source = "\n".join(lines[first - 1 : node.end_lineno])
        snippets.append(Snippet(first, source, node, found[1] if found else None))
    return setup, snippets


def error_names(error: BaseException) -> list[str]:
    """The names of an error's classes, its own first, all but those of any error."""
    classes = [one for one in type(error).__mro__ if one not in Exception.__mro__]
    return [one.__name__ for one in classes or [type(error)]]


def outcome(node: ast.stmt, path: str, namespace: dict[str, Any]) -> dict[str, Any]:
    """Runs a snippet.

    Returns:
      `kind`, which is 'value' for an expression, 'done' for any other statement and
      'error' where it raised; `type` and `text` of the value, or `errors` (names of
      classes) and `text` of the error; and `output`, what was printed.
    """
    printed = io.StringIO()
    result: dict[str, Any]
    try:
        with contextlib.redirect_stdout(printed):
            if isinstance(node, ast.Expr):
                tree = ast.Expression(node.value)
                value = eval(compile(tree, path, "eval"), namespace)
                result = {
                    "kind": "value",
                    "type": type(value).__name__,
                    "text": value if type(value) is str else repr(value),
                }
            else:
                exec(compile(ast.Module([node], []), path, "exec"), namespace)
                result = {"kind": "done"}
    except Exception as error:
        result = {"kind": "error", "errors": error_names(error), "text": str(error)}
    result["output"] = printed.getvalue()
    return result


def run(path: pathlib.Path, results: TextIO) -> None:
    """Runs the snippets of a file and writes a line of JSON for each to `results`."""
    setup, snippets = parse(path.read_text(encoding="utf-8"))
    module = types.ModuleType(MODULE)
    module.__file__ = str(path)
    sys.modules[MODULE] = module
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(ast.Module(setup, []), str(path), "exec"), module.__dict__)
    for one in snippets:
        result = outcome(one.node, str(path), module.__dict__)
        results.write(json.dumps({"line": one.line, **result}) + "\n")
        results.flush()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    run(pathlib.Path(sys.argv[1]), sys.stdout)
