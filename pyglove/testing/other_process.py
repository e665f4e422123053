"""Runs of an algorithm in another process."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from pyglove import utils
from pyglove.geno import DNA, DNAGenerator, DNASpec
from pyglove.testing.conformance_error import ConformanceError
from pyglove.testing.scenario import Scenario

_PROGRAM = "from pyglove.testing.other_process import main; main()"


class Job(NamedTuple):
    """A search in another process, from the start or from where another one is.

    Attributes:
      make_generator: Makes the algorithm.
      make_spec: Makes the space.
      scenario: What becomes of proposals.
      start: Number of the first trial.
      stop: Number of the trial before which to stop.
      state: The state of the algorithm, as JSON text; None for a new search.
      open_trials: Trials that are not answered so far: their numbers and the numbers of
        their DNA, and its JSON form.
    """

    make_generator: Callable[[], DNAGenerator]
    make_spec: Callable[[], DNASpec]
    scenario: Scenario
    start: int
    stop: int
    state: str | None = None
    open_trials: tuple[tuple[int, Any], ...] = ()

    def run(self) -> list[list[Any]]:
        """Does the search, in the present process; returns what is proposed."""
        generator, spec = self.make_generator(), self.make_spec()
        generator.setup(spec)
        if self.state is not None:
            generator.set_state(json.loads(self.state))
        open_trials = [(i, DNA.parse(value, spec)) for i, value in self.open_trials]
        found = self.scenario.go_on(generator, self.start, self.stop, open_trials)
        return [dna.to_numbers() for dna in found]


def run_elsewhere(jobs: list[Job]) -> list[list[list[Any]]]:
    """Does searches in a new process, where hashes of strings are others.

    Args:
      jobs: The searches.

    Returns:
      The numbers of what each proposes.

    Raises:
      ValueError: if an algorithm is made by something that cannot be sent there.
      ConformanceError: if the process fails.
    """
    try:
        sent = pickle.dumps(jobs)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise utils.PyGloveValueError(
            "Expected an algorithm that can be made in another process too: by a "
            "class, a function of a module, or a `functools.partial` of these, got "
            f"{jobs[0].make_generator!r}. Otherwise, pass `in_other_process=False`."
        ) from error
    path = os.pathsep.join(entry for entry in sys.path if entry)
    # A seed of hashes that is not likely to be that of this process.
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "20080808"}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        input=sent,
        capture_output=True,
        env=environment,
        check=False,
    )
    if done.returncode:
        raise ConformanceError(
            "Expected a search to go on in another process, got an error there:\n"
            + done.stderr.decode(errors="replace")
        )
    found: list[list[list[Any]]] = json.loads(done.stdout)
    return found


def main() -> None:
    """Reads searches from standard input and writes what they propose."""
    # What an algorithm prints must not get into the answer.
    answer, sys.stdout = sys.stdout, sys.stderr
    jobs: list[Job] = pickle.loads(sys.stdin.buffer.read())
    json.dump([job.run() for job in jobs], answer)
