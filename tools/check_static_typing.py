"""Checks that type checkers understand the library as its users see it.

The programs in tests/static_typing/programs say in comments what mypy and pyright find:

    Layer("many")  # error
    Plain(1).rebind(x=2)  # false alarm: mypy

An error fails when it is run, too; a false alarm does not (the tests run the programs).
Where a checker is named, only that one finds something. This script runs both checkers
and compares, line by line.

    python tools/check_static_typing.py
"""

import json
import pathlib
import re
import subprocess
import sys
from collections.abc import Callable

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / "tests" / "static_typing" / "programs"
CHECKERS = ("mypy", "pyright")

EXPECTATION = re.compile(r"  # (?:error|false alarm)(?:: (?P<checker>\w+))?$")
FOUND_BY_MYPY = re.compile(r"(?P<path>[^:]+):(?P<line>\d+): error: (?P<message>.*)")

# Messages by file and line.
Findings = dict[tuple[str, int], list[str]]


def expected_lines(programs: pathlib.Path, checker: str) -> set[tuple[str, int]]:
    """Returns where a checker should find something.

    Args:
      programs: The folder of the programs.
      checker: 'mypy' or 'pyright'.

    Raises:
      ValueError: if a comment names another checker.
    """
    lines = set()
    for path in sorted(programs.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            match = EXPECTATION.search(line)
            if match is None:
                continue
            if match["checker"] not in (None, *CHECKERS):
                raise ValueError(f"{path.name}:{number}: no such checker: {match[0]}")
            if match["checker"] in (None, checker):
                lines.add((path.name, number))
    return lines


def mypy_findings(output: str) -> Findings:
    """Reads what mypy printed about the programs."""
    findings: Findings = {}
    for line in output.splitlines():
        match = FOUND_BY_MYPY.match(line)
        if match is None:
            continue
        path = pathlib.PurePath(match["path"])
        # What it finds in the library is not the question here.
        if path.parent.name == PROGRAMS.name:
            place = path.name, int(match["line"])
            findings.setdefault(place, []).append(match["message"])
    return findings


def pyright_findings(output: str) -> Findings:
    """Reads the JSON document that pyright printed."""
    findings: Findings = {}
    for found in json.loads(output)["generalDiagnostics"]:
        if found["severity"] == "error":
            name = pathlib.PurePath(found["file"]).name
            line = found["range"]["start"]["line"] + 1
            findings.setdefault((name, line), []).append(found["message"])
    return findings


def differences(
    checker: str, expected: set[tuple[str, int]], found: Findings
) -> list[str]:
    """Returns what a checker missed, and what it should not have found."""
    texts = []
    for place in sorted(expected | set(found)):
        where = f"{place[0]}:{place[1]}: {checker}"
        if place not in found:
            texts.append(f"{where}: expected an error, found none")
        elif place not in expected:
            texts.append(f"{where}: expected no error, found: {' '.join(found[place])}")
    return texts


def start(checker: str, *options: str) -> subprocess.Popen[str]:
    """Starts a checker on the programs."""
    command = [sys.executable, "-m", checker, *options, str(PROGRAMS)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def main() -> int:
    """Runs the checkers, and returns the exit status."""
    runs: dict[str, tuple[subprocess.Popen[str], Callable[[str], Findings]]] = {
        "mypy": (start("mypy", "--no-pretty"), mypy_findings),
        "pyright": (
            start("pyright", "--outputjson", "--pythonpath", sys.executable),
            pyright_findings,
        ),
    }
    texts = []
    for checker, (process, read) in runs.items():
        output, errors = process.communicate()
        if process.returncode not in (0, 1):
            raise SystemExit(f"{checker} failed:\n{output}{errors}")
        expected = expected_lines(PROGRAMS, checker)
        texts += differences(checker, expected, read(output))
    for text in texts:
        print(text)
    if not texts:
        print("Static typing: type checkers find what they should.")
    return int(bool(texts))


if __name__ == "__main__":
    sys.exit(main())
