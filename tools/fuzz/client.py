"""A worker as seen from outside: it is started, fed with programs, and started again."""

import json
import os
import pathlib
import selectors
import subprocess
from typing import Any

TOOLS = pathlib.Path(__file__).resolve().parents[1]
ROOT = TOOLS.parent
# A worker ends a statement itself after fewer seconds; this is for what it cannot end.
LIMIT_SECONDS = 60.0
Results = list[dict[str, Any]]


class Worker:
    """A process that runs programs with one of the packages.

    Attributes:
      python: Its interpreter.
      restarts: How many times it had to be started again.
    """

    def __init__(self, python: str, import_from: pathlib.Path | None = None):
        self.python = python
        self.restarts = 0
        paths = [str(TOOLS)] + ([str(import_from)] if import_from else [])
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        environment["PYTHONPATH"] = os.pathsep.join(paths)
        # Sets are printed in the same order in both processes.
        environment["PYTHONHASHSEED"] = "0"
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0
        self._selector = selectors.DefaultSelector()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [self.python, "-m", "fuzz.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            cwd="/",
        )
        self._process = process
        return process

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None

    def send(self, statements: list[str]) -> None:
        """Hands over a program; `receive` is to follow."""
        process = self._process or self._start()
        self._count = len(statements)
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(statements).encode() + b"\n")
            process.stdin.flush()
        except OSError:
            pass  # It has died, which `receive` notices.

    def receive(self) -> Results:
        """What came of the program that was sent.

        Returns:
          A dict for each statement. All are of kind 'crash' where the process has died
          or had to be ended.
        """
        assert self._process is not None
        line = self._read(self._process)
        if line:
            results: Results = json.loads(line)
            return results
        self.restarts += 1
        self.close()
        return [{"kind": "crash", "log": [], "state": {}}] * self._count

    def run(self, statements: list[str]) -> Results:
        """Runs a program."""
        self.send(statements)
        return self.receive()

    def _read(self, process: subprocess.Popen[bytes]) -> bytes:
        pipe = process.stdout
        assert pipe is not None
        key = self._selector.register(pipe, selectors.EVENT_READ)
        try:
            if not self._selector.select(LIMIT_SECONDS):
                return b""
        finally:
            self._selector.unregister(key.fileobj)
        return pipe.readline()
