"""Runs programs with the `pyglove` of this interpreter; talks JSON, a line at a time.

    python -m fuzz.worker

A line of stdin is a list of statements, the answer a list with, for each of them, a dict:
`kind` ('value', 'done' or 'error'), `text` of the value or `errors` (names of classes),
`log` of what hooks and callbacks have noted, and `state`, the descriptions of those
variables that have changed. This process has the package under test and the standard
library, nothing else.
"""

import ast
import contextlib
import gc
import io
import json
import os
import random
import signal
import sys
import types
import warnings
from typing import Any

import snippet_runner

from fuzz import description, helper, pool

# Of processor time, for one statement.
LIMIT_SECONDS = 2.0
MODULE = "fuzz.pool"


class Hang(BaseException):
    """A statement took too long. No handler of a program is to catch it."""


def interrupt(*unused: Any) -> None:
    """Ends the statement that runs."""
    raise Hang


def value_text(value: Any) -> str:
    """The description of a value, or what happened in the attempt."""
    try:
        return description.describe(value)
    except Exception as error:
        return f"<no description: {snippet_runner.error_names(error)[-1]}>"


def evaluate(source: str, namespace: dict[str, Any]) -> dict[str, Any]:
    """Runs a statement."""
    node = ast.parse(source).body[0]
    try:
        if isinstance(node, ast.Expr):
            value = eval(
                compile(ast.Expression(node.value), "<program>", "eval"), namespace
            )
            return {"kind": "value", "text": value_text(value)}
        exec(compile(source, "<program>", "exec"), namespace)
        return {"kind": "done"}
    except Exception as error:
        return {
            "kind": "error",
            "errors": snippet_runner.error_names(error),
            "message": str(error)[:300],
        }


def state_of(namespace: dict[str, Any], known: set[str]) -> dict[str, str]:
    """Descriptions of the variables that the program has bound."""
    return {
        name: description.location(value) + value_text(value)
        for name, value in namespace.items()
        if name not in known and not name.startswith("__")
    }


def run(statements: list[str]) -> list[dict[str, Any]]:
    """Runs a program, to its end or to the statement that hangs."""
    namespace = {**helper.__dict__, **pool.__dict__}
    known = set(namespace)
    pool.start()
    random.seed(0)
    results: list[dict[str, Any]] = []
    before: dict[str, str] = {}
    for source in statements:
        printed = io.StringIO()
        signal.setitimer(signal.ITIMER_PROF, LIMIT_SECONDS)
        try:
            with contextlib.redirect_stdout(printed):
                result = evaluate(source, namespace)
                log = [description.normal(line) for line in pool.taken()]
                state = state_of(namespace, known)
                pool.taken()
        except Hang:
            results.append({"kind": "hang", "log": [], "state": {}})
            break
        except RecursionError:
            results.append({"kind": "recursion", "log": [], "state": {}})
            break
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if printed.getvalue():
            log.append(f"printed {description.normal(printed.getvalue())}")
        result["log"] = log
        result["state"] = {k: v for k, v in state.items() if before.get(k) != v}
        result["gone"] = sorted(before.keys() - state.keys())
        before = state
        results.append(result)
    return results


def main() -> None:
    """Answers programs until stdin ends."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGPROF, interrupt)
    module = types.ModuleType(MODULE)
    sys.modules.setdefault(MODULE, module)
    # What a program writes past `sys.stdout` is not to come among the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for count, line in enumerate(sys.stdin):
        results = run(json.loads(line))
        answers.write(json.dumps(results) + "\n")
        answers.flush()
        if count % 200 == 0:
            gc.collect()


if __name__ == "__main__":
    main()
