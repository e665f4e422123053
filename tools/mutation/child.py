"""Runs of some tests, each in a process of its own that is forked off.

The parent has imported pytest and what else is costly, but not PyGlove. A child imports
it anew, and may change a module on the way: the file stays as it is, and so does what
another process imports that a test starts.
"""

import contextlib
import dataclasses
import importlib.machinery
import json
import os
import pathlib
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from typing import Any

# Costly to import, and used by most tests.
import hypothesis.strategies  # noqa: F401
import numpy  # noqa: F401
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What a mutant may take that appends to a list for ever.
_MEMORY = 8 << 30
_POLL_SECONDS = 0.02
# That Hypothesis is imported already is no reason to warn.
_OPTIONS = (
    "-q",
    "-pno:cacheprovider",
    "-Wignore::pytest.PytestAssertRewriteWarning",
)


@dataclasses.dataclass
class Outcome:
    """What came of a run.

    Attributes:
      passed: Whether all tests passed.
      reason: The first test that failed, or what else happened.
      seconds: CPU time of each test that ran, by its id.
      failed: Ids of the tests that failed.
    """

    passed: bool
    reason: str = ""
    seconds: dict[str, float] = dataclasses.field(default_factory=dict)
    failed: list[str] = dataclasses.field(default_factory=list)


class _Recorder:
    """A pytest plugin: runs chosen tests in a given order, and notes what they do."""

    def __init__(
        self, chosen: Sequence[str] | None, entered: Callable[[str], None] | None
    ):
        self._order = chosen and {test: number for number, test in enumerate(chosen)}
        self._entered = entered
        self.outcome = Outcome(True)

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        order = self._order
        if order is not None:
            items[:] = [item for item in items if item.nodeid in order]
            items.sort(key=lambda item: order[item.nodeid])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Any:
        if self._entered is not None:
            self._entered(item.nodeid)
        start = time.process_time()
        try:
            return (yield)
        finally:
            self.outcome.seconds[item.nodeid] = time.process_time() - start
            if self._entered is not None:
                self._entered("")

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self._fail(report.nodeid)

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self._fail(f"{report.nodeid} (collection)")

    def _fail(self, test: str) -> None:
        self.outcome.reason = self.outcome.reason or test
        self.outcome.failed.append(test)


class Child:
    """A run of tests in a forked process.

    Args:
      files: The test files to collect.
      output: Where the outcome is written; what the tests print lies beside it.
      chosen: The tests to run, in order; None for all in the files.
      change: (path of a module, its changed syntax tree), if any.
      entered: Called in the child with the id of each test that begins, and with an
        empty text when it ends.
      begin: Called in the child before anything is imported.
      end: Called in the child after the tests.
      cpu_seconds: The limit of CPU time.
      seconds: The limit of wall-clock time.
      stop_at_failure: Whether the first failure ends the run.
    """

    def __init__(
        self,
        files: Sequence[str],
        output: pathlib.Path,
        *,
        chosen: Sequence[str] | None = None,
        change: tuple[str, Any] | None = None,
        entered: Callable[[str], None] | None = None,
        begin: Callable[[], None] | None = None,
        end: Callable[[], None] | None = None,
        cpu_seconds: float,
        seconds: float,
        stop_at_failure: bool = True,
    ):
        self._output = output
        self._deadline = time.monotonic() + seconds
        output.unlink(missing_ok=True)
        self._pid = os.fork()
        if self._pid:
            return
        code = 70
        try:
            _confine(output, cpu_seconds)
            if change is not None:
                _import_changed(*change)
            if begin is not None:
                begin()
            recorder = _Recorder(chosen, entered)
            options = ["--exitfirst"] if stop_at_failure else []
            code = int(pytest.main([*_OPTIONS, *options, *files], [recorder]))
            if end is not None:
                end()
            outcome = recorder.outcome
            outcome.passed = code in (0, pytest.ExitCode.NO_TESTS_COLLECTED)
            if not outcome.passed:
                outcome.reason = outcome.reason or f"pytest ended with {code}"
            output.write_text(json.dumps(dataclasses.asdict(outcome)))
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            # Threads that tests left behind do not hold this up.
            os._exit(code)

    def poll(self) -> Outcome | None:
        """Returns the outcome, or None if the tests still run."""
        pid, status = os.waitpid(self._pid, os.WNOHANG)
        if pid == 0:
            if time.monotonic() < self._deadline:
                return None
            self.stop()
            return Outcome(False, "time limit")
        with contextlib.suppress(ProcessLookupError):
            # Processes that tests left behind.
            os.killpg(self._pid, signal.SIGKILL)
        if self._output.exists():
            return Outcome(**json.loads(self._output.read_text()))
        code = os.waitstatus_to_exitcode(status)
        if code == -signal.SIGXCPU:
            return Outcome(False, "time limit")
        return Outcome(False, f"the process ended with {code}")

    def wait(self) -> Outcome:
        """Waits for the outcome."""
        try:
            while (outcome := self.poll()) is None:
                time.sleep(_POLL_SECONDS)
        except BaseException:
            self.stop()
            raise
        return outcome

    def stop(self) -> None:
        """Ends the process, whose outcome is not known yet."""
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.killpg(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)


def _confine(output: pathlib.Path, cpu_seconds: float) -> None:
    """Limits what this process takes, and gives it a place of its own to write to."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    limit = int(cpu_seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open(output.with_suffix(".log"), "wb") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.chdir(ROOT)


def _import_changed(path: str, tree: Any) -> None:
    """Has a module imported with another content than its file has."""
    file = str(ROOT / path)
    code = compile(tree, file, "exec")
    loader = importlib.machinery.SourceFileLoader
    get_code = loader.get_code

    def get_changed_code(self: Any, fullname: str) -> Any:
        is_changed = os.path.abspath(self.path) == file
        return code if is_changed else get_code(self, fullname)

    loader.get_code = get_changed_code  # type: ignore[method-assign]
    loaded = [name for name in sys.modules if name.partition(".")[0] == "pyglove"]
    if loaded:
        raise RuntimeError(
            f"Expected no module of PyGlove before the run, got {loaded}."
        )
