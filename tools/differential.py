"""Runs the same snippets here and under the published package, and compares.

    python tools/differential.py --published .venv-published/bin/python
    python tools/differential.py --published ... --only events --show-all

The snippets are in tools/snippets, one file for each subject (snippet_runner.py says
how such a file is written). Addresses, paths of modules and the wording of errors do
not count; types, results, exception classes, formatted text and what is printed do. An
exception of ours may be more specific than the published one.

The exit code is 1 where an outcome differs and the snippet names no explanation, where
the explanation is not a heading of docs/differences.md, where a snippet that names one
shows no difference any more, and where a file of snippets could not be run to its end.
"""

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from typing import Any

import snippet_runner

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
SNIPPETS = HERE / "snippets"
DOCUMENT = ROOT / "docs" / "differences.md"
# For one file under one interpreter.
LIMIT_SECONDS = 120.0

ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
# `pyglove.core.symbolic.dict.Dict` and `pyglove.symbolic.container.dict.Dict` are
# both `pyglove.Dict`.
MODULES = re.compile(r"\bpyglove\.(?:[a-z_]\w*\.)+(?=\w)")
Outcome = dict[str, Any]


def normal(text: str) -> str:
    """Text without what may differ between two processes or two packages."""
    return MODULES.sub("pyglove.", ADDRESS.sub("0x...", text))


def alike(published: Outcome, ours: Outcome) -> bool:
    """Whether two outcomes count as the same."""
    if published["kind"] != ours["kind"]:
        return False
    if normal(published["output"]) != normal(ours["output"]):
        return False
    if published["kind"] == "error":
        return published["errors"][0] in ours["errors"]
    return all(
        normal(published.get(part, "")) == normal(ours.get(part, ""))
        for part in ("type", "text")
    )


def anchors(document: str) -> set[str]:
    """The anchors of the headings of a Markdown document."""
    headings = re.findall(r"^#+ +(.+?) *$", document, re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-")
        for heading in headings
    }


@dataclasses.dataclass(frozen=True)
class Comparison:
    """One snippet, with what came out of it in both packages."""

    snippet: snippet_runner.Snippet
    published: Outcome
    ours: Outcome

    @property
    def alike(self) -> bool:
        """Whether the outcomes count as the same."""
        return alike(self.published, self.ours)

    def problem(self, explained: set[str]) -> str | None:
        """What is wrong with it, given the keys that the document explains.

        Returns:
          A few words, or None where nothing is wrong.
        """
        key = self.snippet.expected
        if key is None:
            return None if self.alike else "not documented"
        if key not in explained:
            return f"no heading '{key}' in {DOCUMENT.name}"
        return f"no longer differs as '{key}' says" if self.alike else None


def show(outcome: Outcome) -> str:
    """An outcome as text for people, which may be of several lines."""
    lines = outcome["output"].splitlines()
    if outcome["kind"] == "error":
        lines += f"{outcome['errors'][0]}: {outcome['text']}".splitlines()
    elif outcome["kind"] == "value":
        text = outcome["text"]
        # Two values can look the same and be of two types.
        lines += f"{text}  <{outcome['type']}>".splitlines()
    return "\n                 ".join(lines) or "(nothing)"


def report(one: Comparison, word: str) -> str:
    """A snippet and its two outcomes, as text for people."""
    source = one.snippet.source.replace("\n", "\n    ")
    return (
        f"  line {one.snippet.line}: {word}\n"
        f"    {source}\n"
        f"      published: {show(one.published)}\n"
        f"      ours:      {show(one.ours)}"
    )


def outcomes(python: str, path: pathlib.Path, import_from: str | None) -> list[Outcome]:
    """Runs a file of snippets with an interpreter, in a process and folder of its own.

    Args:
      python: The interpreter.
      path: The file.
      import_from: A folder to import packages from before all others.

    Returns:
      The outcomes, in order.

    Raises:
      RuntimeError: The process failed or took too long.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    # Sets are printed in the same order in both processes.
    environment["PYTHONHASHSEED"] = "0"
    if import_from is not None:
        environment["PYTHONPATH"] = import_from
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                [python, str(HERE / "snippet_runner.py"), str(path)],
                capture_output=True,
                cwd=folder,
                env=environment,
                text=True,
                timeout=LIMIT_SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise RuntimeError(
                f"{python} took {LIMIT_SECONDS:.0f} s or more."
            ) from None
    results = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode:
        raise RuntimeError(
            f"{python} failed after {len(results)} snippets:\n{done.stderr.strip()}"
        )
    return results


def compare(path: pathlib.Path, published: str) -> list[Comparison]:
    """Runs a file of snippets under both packages at the same time.

    Raises:
      RuntimeError: One of the processes failed.
    """
    with concurrent.futures.ThreadPoolExecutor() as pool:
        theirs = pool.submit(outcomes, published, path, None)
        ours = pool.submit(outcomes, sys.executable, path, str(ROOT))
        _, snippets = snippet_runner.parse(path.read_text(encoding="utf-8"))
        results = zip(snippets, theirs.result(), ours.result(), strict=True)
        return [Comparison(*one) for one in results]


def groups(only: Iterable[str]) -> list[pathlib.Path]:
    """The files of snippets that were asked for; all where none was named."""
    paths = {path.stem: path for path in sorted(SNIPPETS.glob("*.py"))}
    unknown = sorted(set(only) - set(paths))
    if unknown:
        raise SystemExit(f"No group {unknown[0]!r}; there are: {', '.join(paths)}.")
    return [path for name, path in paths.items() if not only or name in only]


def main(arguments: list[str] | None = None) -> int:
    """Compares, prints, and returns the exit code."""
    parser = argparse.ArgumentParser(description="Compares with the published package.")
    parser.add_argument(
        "--published", required=True, help="a Python that has the published package"
    )
    parser.add_argument(
        "--only", action="append", default=[], metavar="GROUP", help="a file's name"
    )
    parser.add_argument(
        "--show-all", action="store_true", help="print the outcomes that agree, too"
    )
    options = parser.parse_args(arguments)
    explained = anchors(DOCUMENT.read_text(encoding="utf-8"))
    same = documented = wrong = 0
    for path in groups(options.only):
        try:
            comparisons = compare(path, options.published)
        except RuntimeError as error:
            wrong += 1
            print(f"{path.stem}: {error}", flush=True)
            continue
        print(f"{path.stem}: {len(comparisons)} snippets", flush=True)
        for one in comparisons:
            problem = one.problem(explained)
            wrong += problem is not None
            same += problem is None and one.alike
            documented += problem is None and not one.alike
            if problem is not None:
                print(report(one, problem))
            elif options.show_all:
                word = "the same" if one.alike else f"see '{one.snippet.expected}'"
                print(report(one, word))
    print(f"{same} the same, {documented} differ as documented, {wrong} wrong.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
