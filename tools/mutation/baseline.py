"""What each test executes, and how long it takes.

Every test file is run once in a process of its own, with coverage measured for each
test apart. What was measured is kept in a folder, and used again as long as neither the
library, nor the test file, nor what tests share has changed.
"""

import hashlib
import json
import pathlib
import time
from collections.abc import Callable, Iterable, Sequence

import coverage

from mutation.child import ROOT, Child

# What a test file may take, with coverage measured.
_CPU_SECONDS = 600
_SECONDS = 3600


class Baseline:
    """What tests execute.

    Args:
      files: The test files, relative to the repository.
      packages: The packages whose lines count.
      folder: Where measurements are kept.
      report: Called with a line about what is being done.
    """

    def __init__(
        self,
        files: Sequence[str],
        packages: Sequence[str],
        folder: pathlib.Path,
        report: Callable[[str], None],
    ):
        self._packages = packages
        self._folder = folder
        # CPU time by test.
        self.seconds: dict[str, float] = {}
        # Tests that fail without any mutant; they tell nothing.
        self.failing: list[str] = []
        self._data: list[coverage.CoverageData] = []
        self._lines: dict[str, dict[int, set[str]]] = {}
        shared = _digest(
            path
            for root in ("pyglove", "tests", "conftest.py")
            for path in _sources(ROOT / root)
            if not path.name.startswith("test_")
        )
        folder.mkdir(parents=True, exist_ok=True)
        for number, file in enumerate(files, start=1):
            key = _digest([ROOT / file], shared + " ".join(packages))[:24]
            if not (folder / f"{key}.json").exists():
                report(f"measuring {number}/{len(files)} {file}")
                self._measure(file, key)
            self._load(key)

    def tests_of(self, path: str, lines: Iterable[int]) -> set[str]:
        """Returns the tests that execute one of some lines of a module.

        Args:
          path: The module, relative to the repository.
          lines: The lines; none for any of the module.
        """
        by_line = self._by_line(path)
        found: set[str] = set()
        for line in lines or by_line:
            found |= by_line.get(line, set())
        return found

    def _by_line(self, path: str) -> dict[int, set[str]]:
        found = self._lines.get(path)
        if found is None:
            found = self._lines[path] = {}
            for data in self._data:
                for line, tests in data.contexts_by_lineno(str(ROOT / path)).items():
                    known = self.seconds.keys() & set(tests)
                    found.setdefault(line, set()).update(known)
        return found

    def _measure(self, file: str, key: str) -> None:
        measured = coverage.Coverage(
            data_file=str(self._folder / f"{key}.coverage"),
            config_file=False,
            include=[str(ROOT / "pyglove" / p / "*") for p in self._packages],
        )

        def end() -> None:
            measured.stop()
            measured.save()

        start = time.monotonic()
        outcome = Child(
            [file],
            self._folder / "measured.json",
            entered=measured.switch_context,
            begin=measured.start,
            end=end,
            cpu_seconds=_CPU_SECONDS,
            seconds=_SECONDS,
            stop_at_failure=False,
        ).wait()
        if not outcome.seconds and not outcome.passed:
            log = (self._folder / "measured.log").read_text(errors="replace")
            raise RuntimeError(f"Could not run {file} ({outcome.reason}):\n{log}")
        record = {
            "seconds": outcome.seconds,
            "failing": outcome.failed,
            "wall_seconds": time.monotonic() - start,
        }
        (self._folder / f"{key}.json").write_text(json.dumps(record))

    def _load(self, key: str) -> None:
        record = json.loads((self._folder / f"{key}.json").read_text())
        self.failing += record["failing"]
        for test, seconds in record["seconds"].items():
            if test not in record["failing"]:
                self.seconds[test] = seconds
        if (self._folder / f"{key}.coverage").exists():
            data = coverage.CoverageData(str(self._folder / f"{key}.coverage"))
            data.read()
            self._data.append(data)


def _sources(path: pathlib.Path) -> list[pathlib.Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def _digest(paths: Iterable[pathlib.Path], salt: str = "") -> str:
    digest = hashlib.sha256(salt.encode())
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
