"""Measures PyGlove beside the published package and other libraries, in one run.

    python bench/run.py --published .venv-published/bin/python
    python bench/run.py --published ... --only "rebind"

Every library has a process of its own, and for each operation the processes take
turns. An operation is warmed up, then measured up to seven times in each process, with
garbage collection on, and the median counts.
"""

import argparse
import json
import math
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

from operations import OPERATIONS
from registry import LIBRARIES, OURS, PUBLISHED, Operation

HERE = pathlib.Path(__file__).resolve().parent
REPEATS = 7
# A library that has spent this long on an operation is not measured again.
ENOUGH_SECONDS = 4.0


class Worker:
    """A process with one library, which measures on request."""

    def __init__(self, library: str, python: str):
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        if library == OURS:
            environment["PYTHONPATH"] = str(HERE.parent)
        self._process = subprocess.Popen(
            [python, str(HERE / "worker.py"), library],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self.version: str = self._answer()["version"]

    def _answer(self) -> dict:
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("A worker ended early; what it said is above.")
        return json.loads(line)

    def measure(self, name: str) -> float:
        """What the operation takes; NaN, and a word of why, where it fails."""
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        answer = self._answer()
        if "error" in answer:
            print(f"{name}: {answer['error']}", file=sys.stderr)
        return answer.get("measured", math.nan)

    def close(self) -> None:
        """Ends the process."""
        self._process.stdin.close()
        self._process.wait()


def measure(operation: Operation, workers: dict[str, Worker]) -> dict[str, float]:
    """Measures one operation in all workers, by turns.

    Returns:
      The median of what was measured, for each library that does the operation.
    """
    samples: dict[str, list[float]] = {
        library: [] for library in workers if library in operation.code
    }
    spent = dict.fromkeys(samples, 0.0)
    for _ in range(REPEATS):
        for library, values in samples.items():
            if spent[library] > ENOUGH_SECONDS or math.nan in values:
                continue
            start = time.perf_counter()
            values.append(workers[library].measure(operation.name))
            spent[library] += time.perf_counter() - start
    return {name: statistics.median(values) for name, values in samples.items()}


def mark(good: bool) -> str:
    """A tick or a cross."""
    return "✓" if good else "✗"


def duration(seconds: float | None) -> str:
    """Seconds with three digits and a unit that suits them."""
    if seconds is None or math.isnan(seconds):
        return ""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def amount(operation: Operation, value: float | None) -> str:
    """What an operation takes, as text: a duration or a size."""
    if not operation.is_memory or value is None or math.isnan(value):
        return duration(value)
    return f"{value:.3g} MB"


def row(operation: Operation, seconds: dict[str, float]) -> tuple[list[str], int, int]:
    """A row of the table, how many of its figures are met, and how many there are."""
    ours = seconds.get(OURS)
    published = seconds.get(PUBLISHED)
    met = total = 0
    shown = [amount(operation, value) for value in (published, ours)]
    cells = [operation.name, *shown, "", "", ""]
    if ours and operation.at_most:
        good = ours <= operation.at_most
        met, total = met + good, total + 1
        cells[4] = f"at most {amount(operation, operation.at_most)} {mark(good)}"
    if published and ours:
        ratio = published / ours
        if not math.isnan(ratio):
            cells[3] = f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.3g}"
        if operation.asked:
            good = ratio >= operation.asked
            met, total = met + good, total + 1
            also = f", {cells[4]}" if cells[4] else ""
            cells[4] = f"{operation.asked:g} {mark(good)}{also}"
    others = []
    for library in LIBRARIES:
        if library in (OURS, PUBLISHED) or library not in seconds:
            continue
        text = f"{library} {duration(seconds[library])}"
        if ours:
            share = ours / seconds[library]
            text += f", ours {share:.2g} x"
            if limit := operation.limits.get(library):
                met, total = met + (share <= limit), total + 1
                text += f" (at most {limit:g} {mark(share <= limit)})"
        others.append(text)
    cells[5] = "; ".join(others)
    return cells, met, total


def aligned(rows: list[list[str]]) -> str:
    """A table that reads well in a terminal, and is Markdown."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    right = range(1, len(widths) - 1)
    lines = []
    for cells in rows:
        padded = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        lines.append(f"| {' | '.join(padded)} |")
    rule = [
        "-" * (width - 1) + ":" if column in right else "-" * width
        for column, width in enumerate(widths)
    ]
    lines.insert(1, f"| {' | '.join(rule)} |")
    return "\n".join(lines)


def main() -> None:
    """Measures and prints the table."""
    options = parse()
    libraries = options.libraries.split(",")
    if not options.published and PUBLISHED in libraries:
        libraries.remove(PUBLISHED)
    pythons = {PUBLISHED: options.published}
    workers = {
        library: Worker(library, pythons.get(library) or sys.executable)
        for library in libraries
    }
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    for library, worker in workers.items():
        print(f"{library}: {worker.version}")

    start = time.perf_counter()
    rows = [
        ["operation", "published", "ours", "times faster", "asked", "beside others"]
    ]
    met = total = 0
    for operation in OPERATIONS.values():
        if options.only not in operation.name:
            continue
        say(f"{operation.name} ...")
        cells, good, figures = row(operation, measure(operation, workers))
        rows.append(cells)
        met, total = met + good, total + figures
    say("")
    for worker in workers.values():
        worker.close()
    print(f"\n{aligned(rows)}\n")
    print(f"{met} of {total} figures met, in {time.perf_counter() - start:.0f} s.")


def say(text: str) -> None:
    """Shows on a terminal what is being done, in place."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def parse() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Measures PyGlove beside others.")
    parser.add_argument(
        "--published", help="a Python that has the published package installed"
    )
    parser.add_argument("--only", default="", help="operations with this in their name")
    parser.add_argument(
        "--libraries",
        default=",".join(LIBRARIES),
        help="which to measure, by comma (%(default)s)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
