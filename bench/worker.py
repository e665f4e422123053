"""Measures operations in a process that has one library, on request.

A worker reads names of operations from standard input and answers each with one line
of JSON. It waits in between, so that the workers of all libraries can live at once
and take turns: whatever else the machine does then falls on all of them alike.

    python bench/worker.py ours
"""

import gc
import json
import sys
import timeit
import tracemalloc
import types
from typing import Any

from operations import OPERATIONS
from registry import BUILTINS, DATACLASSES, PYGLOVE, Code

# A measurement runs the statement as often as fits in this time, at least once.
MEASURE_SECONDS = 0.1
# A run as long as this is its own warm-up.
LONG_SECONDS = 2.0


def prepare(code: Code) -> dict[str, Any]:
    """The namespace of a statement, once what it needs is there.

    It is that of a module, as classes are pickled by the module that defines them.
    """
    module = sys.modules["measured"] = types.ModuleType("measured")
    exec(code.setup, vars(module))
    return vars(module)


class Meter:
    """Measures one operation in this process, time after time."""

    def __init__(self, library: str, name: str):
        operation = OPERATIONS[name]
        code = operation.code[library]
        namespace = prepare(code)
        # timeit switches garbage collection off, but its cost is part of the work.
        before = f"import gc; gc.enable()\n{code.fresh}"
        self._timer = timeit.Timer(code.statement, before, globals=namespace)
        self._count = operation.count
        self._is_memory = operation.is_memory
        self._first: float | None = None
        if code.fresh or operation.is_memory:
            self._number = 1
            self._timer.timeit(1)
        else:
            self._number = self._find_number()

    def _find_number(self) -> int:
        """How many runs fill a measurement; finding out is the warm-up too."""
        number = 1
        while True:
            seconds = self._timer.timeit(number)
            if seconds >= LONG_SECONDS:
                self._first = seconds
            if seconds >= MEASURE_SECONDS:
                return number
            number = max(2 * number, int(number * MEASURE_SECONDS / (seconds + 1e-9)))

    def measure(self) -> float:
        """Seconds, or megabytes, for one operation."""
        gc.collect()
        if self._is_memory:
            return self._measure_memory()
        seconds, self._first = self._first, None
        if seconds is None:
            seconds = self._timer.timeit(self._number)
        return seconds / self._number / self._count

    def _measure_memory(self) -> float:
        tracemalloc.start()
        try:
            self._timer.timeit(1)
            return tracemalloc.get_traced_memory()[1] / 1e6
        finally:
            tracemalloc.stop()


def version(library: str) -> str:
    """The version of the library in this process, and where PyGlove is from."""
    if library in (DATACLASSES, BUILTINS):
        return f"Python {sys.version.split()[0]}"
    module = __import__("pyglove" if library in PYGLOVE else library)
    place = f" ({module.__file__})" if library in PYGLOVE else ""
    return f"{module.__name__} {module.__version__}{place}"


def main() -> None:
    """Answers requests until standard input ends."""
    library = sys.argv[1]
    # What a library prints must not come between the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    print(json.dumps({"version": version(library)}), file=answers, flush=True)
    current, meter = "", None
    for line in sys.stdin:
        name = line.rstrip("\n")
        try:
            if meter is None or name != current:
                # What the last operation worked on is let go first.
                current, meter = name, None
                meter = Meter(library, name)
            answer: dict[str, Any] = {"measured": meter.measure()}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
