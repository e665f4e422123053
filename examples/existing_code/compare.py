"""Counts the lines that turn programs into searches, and runs programs and searches.

Two programs that know nothing of PyGlove, one of scikit-learn and one of PyTorch, stand
in this folder, each beside a version of it that searches. A third search leaves the
program of PyTorch as it is and makes detours in it, from a file of its own. All are run
as they are, each in a process of its own.

    python examples/existing_code/compare.py
    python examples/existing_code/compare.py --diff    # shows the changes, runs nothing
"""

import argparse
import dataclasses
import difflib
import importlib.util
import math
import os
import pathlib
import re
import subprocess
import sys
from collections.abc import Sequence

FOLDER = pathlib.Path(__file__).resolve().parent
NOTES = """\
Blank lines do not count. Where lines give way to others, as many as there are on both
sides are changed, and the rest is added or removed. Accuracy is that on images by which
nothing was chosen, with its standard error. Seconds are those of one processor.

The paper's claim (Table 1): a PyTorch ResNet of 353 lines needs 15 changed lines, and a
TensorFlow MNIST of 120 lines needs 24."""
QUICK_TRIALS = 3
# For images this small a second thread costs more than it brings.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclasses.dataclass(frozen=True)
class Comparison:
    """A program and what searches for a better one.

    Attributes:
      label: How the table calls the program.
      original: Its file.
      search: The file of the search.
      package: What both import beside scikit-learn.
      trials: How many programs the search tries.
      quick: Options for a short run.
      is_edited: Whether the search is the program with changes. If not, it leaves the
        program as it is and imports it.
    """

    label: str
    original: str
    search: str
    package: str
    trials: int
    quick: tuple[str, ...]
    is_edited: bool = True


COMPARISONS = {
    "sklearn": Comparison(
        "sklearn_pipeline.py",
        "sklearn_pipeline.py",
        "sklearn_pipeline_search.py",
        "sklearn",
        trials=100,
        quick=("--folds", "2"),
    ),
    "torch": Comparison(
        "torch_digits.py",
        "torch_digits.py",
        "torch_digits_search.py",
        "torch",
        trials=25,
        quick=("--epochs", "1"),
    ),
    "detour": Comparison(
        "torch, by detours",
        "torch_digits.py",
        "torch_digits_detour.py",
        "torch",
        trials=20,
        quick=("--epochs", "1"),
        is_edited=False,
    ),
}


@dataclasses.dataclass(frozen=True)
class Changes:
    """How two versions of a program differ, in lines that are not blank.

    Attributes:
      lines: Lines of the old version.
      changed: Lines of the new version in the place of old ones.
      added: Lines of the new version in the place of none.
      removed: Lines of the old version whose place none has taken.
    """

    lines: int
    changed: int
    added: int
    removed: int

    @property
    def touched(self) -> int:
        """How many lines that is in all."""
        return self.changed + self.added + self.removed


def count_changes(old: str, new: str) -> Changes:
    """Counts the lines in which two versions of a program differ.

    Where `m` lines in a row give way to `n` others, the smaller number is changed, and
    what is left over on one side is added or removed. Imports, comments and docstrings
    count as any other line.

    Args:
      old: The text of the old version.
      new: The text of the new version.
    """
    before, after = _lines(old), _lines(new)
    changed = added = removed = 0
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            gone, come = old_end - old_start, new_end - new_start
            changed += min(gone, come)
            added += max(come - gone, 0)
            removed += max(gone - come, 0)
    return Changes(len(before), changed, added, removed)


def changes_of(comparison: Comparison) -> Changes:
    """Counts the lines that a search takes."""
    old, new = _texts(comparison)
    if comparison.is_edited:
        return count_changes(old, new)
    return Changes(len(_lines(old)), changed=0, added=len(_lines(new)), removed=0)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _texts(comparison: Comparison) -> tuple[str, str]:
    files = (FOLDER / comparison.original, FOLDER / comparison.search)
    old, new = (file.read_text(encoding="utf-8") for file in files)
    return old, new


def diff(comparison: Comparison) -> str:
    """Returns what a search changes, in the form of `diff -u`."""
    old, new = _texts(comparison)
    if not comparison.is_edited:
        old = ""
    return "".join(
        difflib.unified_diff(
            old.splitlines(keepends=True),
            new.splitlines(keepends=True),
            comparison.original if comparison.is_edited else "/dev/null",
            comparison.search,
        )
    )


@dataclasses.dataclass(frozen=True)
class Run:
    """What a program told of itself.

    Attributes:
      accuracy: Share of the test images whose digit it recognized.
      images: How many test images there are.
      seconds: What it took of a processor's time, which does not depend on what else
        the machine does.
    """

    accuracy: float
    images: int
    seconds: float

    def __str__(self) -> str:
        """The accuracy with its standard error, in %."""
        error = math.sqrt(self.accuracy * (1 - self.accuracy) / self.images)
        return f"{100 * self.accuracy:.1f} ± {100 * error:.1f}"


RESULT = re.compile(r"^test accuracy: ([\d.]+) of (\d+) images$", re.MULTILINE)


def run(program: str, options: Sequence[str]) -> Run:
    """Runs a program and shows what it prints.

    Args:
      program: Its file in this folder.
      options: Its command line.

    Raises:
      subprocess.CalledProcessError: It failed.
    """
    print("\n$ python", program, *options, flush=True)
    command = [sys.executable, str(FOLDER / program), *options]
    start = _processor_seconds()
    done = subprocess.run(
        command,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **ONE_THREAD},
    )
    seconds = _processor_seconds() - start
    print(done.stdout, end="", flush=True)
    found = RESULT.search(done.stdout)
    if found is None:
        raise ValueError(f"Expected {program} to print its test accuracy.")
    return Run(float(found[1]), int(found[2]), seconds)


def _processor_seconds() -> float:
    """What all programs that were run so far have taken, imports included."""
    times = os.times()
    return times.children_user + times.children_system


def table(rows: Sequence[tuple[Comparison, int, Run, Run]]) -> str:
    """The results in rows.

    Args:
      rows: Comparisons with the number of trials, the run of the program and that of
        the search.

    Returns:
      Lines of aligned columns.
    """
    cells = [
        ("", "", "", "", "", "", "accuracy, %", "", "", ""),
        (
            *("program", "lines", "changed", "added", "removed", "in all"),
            *("original", "best found", "trials", "seconds"),
        ),
    ]
    for comparison, trials, original, search in rows:
        changes = changes_of(comparison)
        counts = map(str, (*dataclasses.astuple(changes), changes.touched))
        results = (str(original), str(search), str(trials), f"{search.seconds:.0f}")
        cells.append((comparison.label, *counts, *results))
    widths = [max(map(len, column)) for column in zip(*cells[1:], strict=True)]
    cells.insert(2, tuple("-" * width for width in widths))
    return "\n".join(
        "  ".join(
            text.rjust(width) if index else text.ljust(width)
            for index, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    )


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description="Counts the lines that turn programs into searches, and runs both."
    )
    parser.add_argument(
        "programs",
        nargs="*",
        metavar="PROGRAM",
        help=f"which ones: {', '.join(COMPARISONS)} (all)",
    )
    parser.add_argument("--quick", action="store_true", help="few trials, short ones")
    parser.add_argument("--diff", action="store_true", help="show changes, run nothing")
    options = parser.parse_args(arguments)
    for name in options.programs:
        if name not in COMPARISONS:
            parser.error(f"expected {' or '.join(COMPARISONS)}, got {name!r}")
    return options


def main(arguments: list[str] | None = None) -> None:
    """Runs the programs and prints the table."""
    options = parse(arguments)
    comparisons = [COMPARISONS[name] for name in options.programs or COMPARISONS]
    if options.diff:
        print("\n".join(map(diff, comparisons)), end="")
        return
    for package in ("sklearn", *(one.package for one in comparisons)):
        if importlib.util.find_spec(package) is None:
            sys.exit(f"There is no {package}: pip install '.[existing-code]'")
    originals: dict[str, Run] = {}
    rows = []
    for one in comparisons:
        trials = QUICK_TRIALS if options.quick else one.trials
        quick = one.quick if options.quick else ()
        if one.original not in originals:
            originals[one.original] = run(one.original, quick)
        search = run(one.search, ("--trials", str(trials), *quick))
        rows.append((one, trials, originals[one.original], search))
    print(f"\n{table(rows)}\n\n{NOTES}")


if __name__ == "__main__":
    main()
