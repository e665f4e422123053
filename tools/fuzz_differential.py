"""Runs random programs here and under the published package, and compares.

    python tools/fuzz_differential.py --published .venv/bin/python --programs 2000
    python tools/fuzz_differential.py --published ... --area spaces --seed 7

A program has five to ten statements over the public names (see tools/fuzz). After each
of them, its outcome, what hooks and callbacks have noted and the state of all variables
are compared; the wording of errors does not count, and an exception of ours may be more
specific. Where two runs begin to differ, a rule may say that docs/differences.md
explains it (tools/fuzz/tree_rules.py, space_rules.py): the program then goes on without
that statement. All else is made as small as possible, and printed.

The exit code is 1 where a difference is left that nothing explains, or the tool failed.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import math
import os
import sys
import threading
import time

from fuzz import client, comparison, explanation, minimizer, program

# After so many differences of one program that are explained, its rest is left alone.
EXPLAINED_PER_PROGRAM = 4


class Pair:
    """A worker for each of the packages."""

    def __init__(self, published: str):
        self.published = client.Worker(published)
        self.ours = client.Worker(sys.executable, client.ROOT)

    def difference(
        self, area: str, statements: list[str]
    ) -> comparison.Difference | None:
        """Runs a program in both; where they begin to differ, if they do."""
        for worker in (self.published, self.ours):
            worker.send(statements)
        return comparison.first_difference(
            area, statements, self.published.receive(), self.ours.receive()
        )

    def close(self) -> None:
        """Ends the workers; new ones come with the next program."""
        self.published.close()
        self.ours.close()

    def minimized(self, found: comparison.Difference) -> comparison.Difference:
        """A small program that shows the same."""
        wanted = (found.aspect, found.kinds, explanation.rule_for(found))
        best = found

        def holds(candidate: list[str]) -> bool:
            nonlocal best
            new = self.difference(found.area, candidate)
            if new is None or len(new.statements) < len(candidate):
                return False
            if (new.aspect, new.kinds, explanation.rule_for(new)) != wanted:
                return False
            best = new
            return True

        minimizer.minimized(list(found.statements), holds)
        return best


@dataclasses.dataclass
class Report:
    """What has been found so far.

    Attributes:
      programs: How many programs were run.
      statements: How many statements they have.
      same: How many of them showed no difference.
      explained: How many differences there were, by the name of the rule.
      unexplained: How many, by signature.
      examples: Minimized programs, by signature.
      restarts: How often a difference came from what an earlier program had left.
      errors: What went wrong in the tool itself.
    """

    programs: int = 0
    statements: int = 0
    same: int = 0
    explained: collections.Counter[str] = dataclasses.field(
        default_factory=collections.Counter
    )
    unexplained: collections.Counter[str] = dataclasses.field(
        default_factory=collections.Counter
    )
    examples: dict[str, list[comparison.Difference]] = dataclasses.field(
        default_factory=lambda: collections.defaultdict(list)
    )
    restarts: int = 0
    errors: list[str] = dataclasses.field(default_factory=list)


class Fuzzer:
    """Runs programs on several threads, each with a pair of workers."""

    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.report = Report()
        self._local = threading.local()
        self._lock = threading.Lock()
        self._end = time.monotonic() + options.seconds
        self._pairs: list[Pair] = []

    def _pair(self) -> Pair:
        if not hasattr(self._local, "pair"):
            self._local.pair = Pair(self.options.published)
            with self._lock:
                self._pairs.append(self._local.pair)
        pair: Pair = self._local.pair
        return pair

    def run(self, number: int) -> None:
        """Runs a program and adds to the report, unless the time is over."""
        if time.monotonic() > self._end:
            return
        try:
            self._run(number)
        except Exception as error:
            with self._lock:
                self.report.errors.append(f"program {number}: {error!r}")

    def _run(self, number: int) -> None:
        pair = self._pair()
        made = program.program(self.options.seed, number, self.options.area)
        statements = list(made.statements)
        same = True
        for _ in range(EXPLAINED_PER_PROGRAM):
            found = pair.difference(made.area, statements)
            if found is None:
                break
            same = False
            known = explanation.rule_for(found)
            if known is None and not self._enough(found):
                # A program before this one may have changed what all programs share.
                pair.close()
                again = pair.difference(made.area, statements)
                if again is None or again.signature != found.signature:
                    found = again
                    self._count_restart()
                    if found is None:
                        break
                    known = explanation.rule_for(found)
            if known is None:
                self._unexplained(pair, found)
                break
            with self._lock:
                self.report.explained[known.name] += 1
            # The statement may have left the two in different states: out with it.
            del statements[len(found.statements) - 1]
        with self._lock:
            self.report.programs += 1
            self.report.statements += len(made.statements)
            self.report.same += same

    def _enough(self, found: comparison.Difference) -> bool:
        """Whether there are examples of what is like this one."""
        with self._lock:
            count = self.report.unexplained[found.signature]
        return count >= self.options.examples

    def _count_restart(self) -> None:
        with self._lock:
            self.report.restarts += 1

    def _unexplained(self, pair: Pair, found: comparison.Difference) -> None:
        with self._lock:
            count = self.report.unexplained[found.signature]
            self.report.unexplained[found.signature] += 1
        if count >= self.options.examples:
            return
        small = pair.minimized(found)
        with self._lock:
            self.report.examples[found.signature].append(small)

    def close(self) -> None:
        """Ends the workers."""
        for pair in self._pairs:
            pair.close()


def shown(difference: comparison.Difference) -> str:
    """A difference as text for people."""
    lines = [f"    {line}" for line in difference.statements]
    for name, result in (
        ("published", difference.published),
        ("ours", difference.ours),
    ):
        lines.append(f"      {name + ':':11}{comparison.outcome(result)}")
        if difference.aspect in ("state", "invariant", "log"):
            lines += [f"        log: {line}" for line in result["log"]]
            lines += [f"        {k} = {v}" for k, v in sorted(result["state"].items())]
    return "\n".join(lines)


def print_report(report: Report) -> None:
    """Prints what was found."""
    for signature, count in report.unexplained.most_common():
        print(f"\n{count} x {signature}")
        texts = {shown(one): None for one in report.examples[signature]}
        print("\n\n".join(texts))
    for error in report.errors:
        print(f"error of the tool: {error}")
    if report.restarts:
        print(f"\n{report.restarts} differences were due to earlier programs.")
    if report.explained:
        print("\nExplained:")
    for name, count in report.explained.most_common():
        print(f"  {count:6} {name}")
    print(
        f"{report.programs} programs of {report.statements} statements: "
        f"{report.same} the same, "
        f"{sum(report.explained.values())} differences explained, "
        f"{sum(report.unexplained.values())} unexplained "
        f"({len(report.unexplained)} kinds), {len(report.errors)} errors of the tool."
    )


def main(arguments: list[str] | None = None) -> int:
    """Runs, prints, and returns the exit code."""
    parser = argparse.ArgumentParser(description="Compares with the published package.")
    parser.add_argument(
        "--published", required=True, help="a Python that has the published package"
    )
    parser.add_argument("--programs", type=int, default=1000, metavar="N")
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--seconds", type=float, default=math.inf, help="begin no program after that"
    )
    parser.add_argument("--area", action="append", choices=sorted(program.WRITERS))
    parser.add_argument(
        "--jobs", type=int, default=2, help="how many pairs of workers there are"
    )
    parser.add_argument(
        "--examples", type=int, default=1, help="how many to print of each kind"
    )
    options = parser.parse_args(arguments)
    begin = time.monotonic()
    fuzzer = Fuzzer(options)
    try:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            numbers = range(options.first, options.first + options.programs)
            for _ in pool.map(fuzzer.run, numbers):
                pass
    finally:
        fuzzer.close()
    print_report(fuzzer.report)
    times = os.times()
    processor = times.user + times.system + times.children_user + times.children_system
    print(f"{time.monotonic() - begin:.0f} s, {processor:.0f} s of processor time")
    return 1 if fuzzer.report.unexplained or fuzzer.report.errors else 0


if __name__ == "__main__":
    sys.exit(main())
