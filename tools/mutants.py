"""Tells whether the tests bite: changes the library, and counts who notices.

    python tools/mutants.py                                  # 400 mutants
    python tools/mutants.py --packages geno --count 50 --seed 7 --workers 2
    python tools/mutants.py --at pyglove/geno/decision/scale.py:41

A mutant is one small change of one module (see tools/mutation/mutant.py, which also
says what is never changed, and why). It is killed when a test fails, breaks off or does
not end. Only tests that execute the changed line are run, those of the module's own
test file and the fastest first, and the first failure ends the run; where all pass, the
other tests of their files follow, since what a line made (a class, a cache) may be used
by a test that does not execute it.

The first run measures which test executes which line, and takes some minutes; the
measurement is kept in build/mutants until the library changes. The sample depends on
the seed and the library alone.

The exit code is 1 if fewer mutants than `--least` percent are killed.
"""

import argparse
import collections
import dataclasses
import os
import pathlib
import random
import signal
import sys
import time
from collections.abc import Iterator

# A change is judged on the same examples each time, and on one core.
os.environ["CI"] = "true"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"

from mutation.baseline import Baseline
from mutation.child import ROOT, Child, Outcome
from mutation.mutant import Mutant, find_mutants, mutated

PACKAGES = ("symbolic", "geno", "hyper", "tuning")
FOLDER = ROOT / "build" / "mutants"
# CPU time, with coverage measured: of the tests that are run first, of the others that
# execute a line, and of those that do not. The fastest tests are the ones that are run.
FIRST_SECONDS = 1.5
FIRST_FILES = 4
MOST_SECONDS = 12.0
OTHER_SECONDS = 3.0
POLL_SECONDS = 0.02


@dataclasses.dataclass
class Trial:
    """A mutant that is being tested.

    Attributes:
      mutant: The mutant.
      batches: The tests still to be run, batch by batch.
      slot: Number of the worker.
      child: The process that runs a batch, if any.
      started: When the first batch began.
      outcome: What came of it.
    """

    mutant: Mutant
    batches: Iterator[list[str]]
    slot: int
    child: Child | None = None
    started: float = dataclasses.field(default_factory=time.monotonic)
    outcome: Outcome | None = None


class Session:
    """Tests mutants.

    Args:
      baseline: What tests execute.
      workers: How many mutants are tested at a time.
    """

    def __init__(self, baseline: Baseline, workers: int):
        self._baseline = baseline
        self._workers = workers

    def run(self, mutants: list[Mutant]) -> Iterator[Trial]:
        """Yields each mutant once it is tested.

        Args:
          mutants: The mutants.
        """
        pending = iter(mutants)
        free = list(range(self._workers))
        running: list[Trial] = []
        try:
            while True:
                while free and (mutant := next(pending, None)) is not None:
                    running.append(Trial(mutant, self._batches(mutant), free.pop()))
                if not running:
                    return
                for trial in list(running):
                    if self._advance(trial):
                        running.remove(trial)
                        free.append(trial.slot)
                        yield trial
                time.sleep(POLL_SECONDS)
        finally:
            for trial in running:
                if trial.child is not None:
                    trial.child.stop()

    def _advance(self, trial: Trial) -> bool:
        """Goes on with a mutant; returns whether it is done."""
        if trial.child is not None:
            outcome = trial.child.poll()
            if outcome is None:
                return False
            trial.child = None
            if not outcome.passed:
                trial.outcome = outcome
                return True
        tests = next(trial.batches, None)
        if tests is None:
            trial.outcome = trial.outcome or Outcome(True)
            return True
        trial.outcome = Outcome(True, f"{len(tests)} tests")
        mutant = trial.mutant
        source = (ROOT / mutant.path).read_text(encoding="utf-8")
        seconds = sum(self._baseline.seconds[test] for test in tests)
        limit = 15 + 4 * seconds
        trial.child = Child(
            list(dict.fromkeys(test.partition("::")[0] for test in tests)),
            FOLDER / f"worker{trial.slot}.json",
            chosen=tests,
            change=(mutant.path, mutated(source, mutant.number)),
            cpu_seconds=limit,
            # A busy machine is slow, and a lock that is never released takes no CPU.
            seconds=60 + 6 * limit,
        )
        return False

    def _batches(self, mutant: Mutant) -> Iterator[list[str]]:
        """Yields the tests of a mutant: the likeliest ones, the rest, and others."""
        seconds = self._baseline.seconds
        direct = self._baseline.tests_of(mutant.path, mutant.lines)
        if not direct:
            direct = self._baseline.tests_of(mutant.path, ())
        mirror = f"/test_{pathlib.PurePath(mutant.path).stem}.py"
        if not direct:
            # It has no line but those that the import executes.
            direct = {t for t in seconds if t.partition("::")[0].endswith(mirror)}
        count = collections.Counter(test.partition("::")[0] for test in direct)
        ranks = {
            file: rank
            for rank, file in enumerate(
                sorted(count, key=lambda f: (not f.endswith(mirror), -count[f]))
            )
        }

        def rank(test: str) -> int:
            return ranks[test.partition("::")[0]]

        fastest = sorted(direct, key=lambda test: (seconds[test], test))
        likely = [test for test in fastest if rank(test) < FIRST_FILES]
        likely.sort(key=rank)
        first = _prefix(
            sorted(likely, key=lambda t: rank(t) > 0), FIRST_SECONDS, seconds
        )
        done = set(first)
        yield from filter(None, [first])
        rest = [test for test in fastest if test not in done]
        rest = _prefix(rest, MOST_SECONDS, seconds)
        done.update(rest)
        yield from filter(None, [rest])
        others = sorted(
            (t for t in seconds if t not in done and t.partition("::")[0] in ranks),
            key=lambda test: seconds[test],
        )
        yield from filter(None, [_prefix(others, OTHER_SECONDS, seconds)])


def _prefix(tests: list[str], limit: float, seconds: dict[str, float]) -> list[str]:
    """Returns the first tests that take no longer than a limit, at least one."""
    total = 0.0
    for position, test in enumerate(tests):
        total += seconds[test]
        if position and total > limit:
            return tests[:position]
    return tests


def choose(arguments: argparse.Namespace) -> list[Mutant]:
    """Returns the mutants that are asked for."""
    mutants = [
        mutant
        for package in arguments.packages
        for file in sorted((ROOT / "pyglove" / package).rglob("*.py"))
        for mutant in find_mutants(
            file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        )
    ]
    if arguments.at:
        places = set(arguments.at)
        return [m for m in mutants if places & {m.path, f"{m.path}:{m.line}"}]
    chosen = random.Random(arguments.seed).sample(
        mutants, min(arguments.count, len(mutants))
    )
    print(f"{len(chosen)} of {len(mutants)} mutants", flush=True)
    return chosen


def summarize(trials: list[Trial]) -> float:
    """Prints who survived, and the kill rates; returns the rate of all, in percent."""
    survivors = sorted(
        (t for t in trials if t.outcome and t.outcome.passed),
        key=lambda t: (t.mutant.path, t.mutant.line),
    )
    if survivors:
        print("\nsurvivors:")
    for trial in survivors:
        print(f"  {trial.mutant}")
    print()
    killed: collections.Counter[str] = collections.Counter()
    total: collections.Counter[str] = collections.Counter()
    for trial in trials:
        package = trial.mutant.path.split("/")[1]
        for name in (package, "all"):
            total[name] += 1
            killed[name] += not (trial.outcome and trial.outcome.passed)
    for name in sorted(total, key=lambda n: (n == "all", n)):
        rate = 100 * killed[name] / total[name]
        print(f"{name:10}{killed[name]:5} of {total[name]:4} killed, {rate:.1f} %")
    return 100 * killed["all"] / total["all"] if trials else 100.0


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--packages", nargs="+", choices=PACKAGES, default=list(PACKAGES)
    )
    parser.add_argument("--count", type=int, default=400, help="size of the sample")
    parser.add_argument("--seed", type=int, default=1, help="seed of the sample")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--least", type=float, default=90.0, help="percent to be killed"
    )
    parser.add_argument(
        "--at", nargs="+", metavar="PATH[:LINE]", help="all mutants there, not a sample"
    )
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    mutants = choose(arguments)
    files = sorted(
        file.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for file in (ROOT / "tests" / package).rglob("test_*.py")
    )
    start = time.monotonic()
    baseline = Baseline(files, PACKAGES, FOLDER, lambda line: print(line, flush=True))
    for test in baseline.failing:
        print(f"fails without a mutant, and is left out: {test}")
    print(f"{len(baseline.seconds)} tests measured, {time.monotonic() - start:.0f} s")
    start = time.monotonic()
    trials = []
    for trial in Session(baseline, arguments.workers).run(mutants):
        trials.append(trial)
        outcome = trial.outcome or Outcome(True)
        print(
            f"{len(trials):4}/{len(mutants)} "
            f"{'SURVIVED' if outcome.passed else 'killed  '} {trial.mutant}  "
            f"({outcome.reason}, {time.monotonic() - trial.started:.1f} s)",
            flush=True,
        )
    rate = summarize(trials)
    print(f"{time.monotonic() - start:.0f} s")
    return int(rate < arguments.least)


if __name__ == "__main__":
    sys.exit(main())
