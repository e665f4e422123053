"""Compares the search algorithms of this library with those of Optuna and Nevergrad.

All search tables of really trained networks, where an evaluation is a look-up: the
cells of NAS-Bench-201 on three image sets, and the settings of a network for protein
structures. What counts is the regret: how far the best found is from the optimum, in %
of what the optimum is above the mean of the table.

    python examples/algorithms.py
    python examples/algorithms.py --quick
    python examples/algorithms.py --only auto GPSampler --budgets 100 --minutes 60

An evaluation by Optuna's GPSampler takes so long that 50 searches on each table would
take hours. It searches twice to the end, and then for some minutes as long as the
smallest number of evaluations; the interval beside a mean shows how much can be said.
Nevergrad searches less often than the others as well.

The evolution of the published PyGlove joins in if there is an environment that has it
(and NumPy):

    python examples/algorithms.py --only evolution --published other/bin/python
"""

import argparse
import concurrent.futures
import importlib.util
import os
import pathlib
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# Before NumPy is loaded: searches run side by side, each on one core.
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

import numpy as np  # noqa: E402

import algorithms_table  # noqa: E402
from algorithms_contestant import CONTESTANTS, Contestant, published  # noqa: E402
from algorithms_report import Curves, picture, report  # noqa: E402
from algorithms_table import Table  # noqa: E402
from progress import progress  # noqa: E402

BUDGETS = (100, 300)
PEERS = ("optuna", "nevergrad", "torch", "scipy")
# So many searches at least, each to the end: fewer have no interval.
MIN_SEEDS = 2


class Job(NamedTuple):
    """A search to be run.

    Attributes:
      contestant: Who searches.
      table: Index among the tables.
      budget: Number of evaluations.
      seed: Its seed.
    """

    contestant: Contestant
    table: int
    budget: int
    seed: int


_tables: list[Table] = []


def _prepare() -> None:
    """Loads the tables, once in each process."""
    if not _tables:
        _tables.extend(algorithms_table.load())


def run(job: Job) -> tuple[Job, list[float], float]:
    """Runs a search.

    Returns:
      The job, the regret after each evaluation, and the seconds that an evaluation cost
      (processor time, as searches beside one another share the machine).
    """
    _prepare()
    table = _tables[job.table]
    start = processor_seconds()
    rewards = job.contestant.search(table, job.budget, job.seed)
    seconds = (processor_seconds() - start) / job.budget
    best = np.maximum.accumulate(rewards)
    return job, [table.regret(reward) for reward in best], seconds


def processor_seconds() -> float:
    """Returns the time of this process and of those it has waited for."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def jobs_of(
    contestants: Sequence[Contestant], budgets: Sequence[int], seeds: int, is_slow: bool
) -> list[Job]:
    """Returns searches, in the order in which they are run."""
    jobs = []
    for seed in range(1, seeds + 1):
        for table in range(len(_tables)):
            for contestant in contestants:
                if contestant.is_slow is not is_slow:
                    continue
                if seed > max(round(contestant.seeds * seeds), MIN_SEEDS):
                    continue
                wanted = budgets if contestant.knows_budget else budgets[-1:]
                if is_slow and seed > MIN_SEEDS:
                    wanted = budgets[:1]
                jobs.extend(Job(contestant, table, budget, seed) for budget in wanted)
    return jobs


def run_all(
    jobs: Sequence[Job], workers: int, label: str, deadline: float | None = None
) -> Iterator[tuple[Job, list[float], float]]:
    """Runs searches side by side; after the deadline it starts no other one.

    Args:
      jobs: The searches.
      workers: How many processes.
      label: What they are called where progress is shown.
      deadline: When to stop, as `time.monotonic` counts; None for never.
    """
    with concurrent.futures.ProcessPoolExecutor(workers, initializer=_prepare) as pool:
        pending = set()
        for job in progress(jobs, label):
            is_late = deadline is not None and time.monotonic() > deadline
            if is_late and job.seed > MIN_SEEDS:
                break
            pending.add(pool.submit(run, job))
            if len(pending) >= workers:
                done, pending = concurrent.futures.wait(
                    pending, return_when=concurrent.futures.FIRST_COMPLETED
                )
                yield from (future.result() for future in done)
        yield from (f.result() for f in concurrent.futures.as_completed(pending))


def collect(
    results: Sequence[tuple[Job, list[float], float]], budgets: Sequence[int]
) -> tuple[Curves, dict[str, float]]:
    """Returns regrets by algorithm, table and budget, and what evaluations cost."""
    found: dict[tuple[str, str, int], list[list[float]]] = {}
    costs: dict[str, list[float]] = {}
    for job, regrets, seconds in sorted(results, key=lambda result: result[0].seed):
        name = job.contestant.name
        costs.setdefault(name, []).append(seconds)
        ends = (job.budget,) if job.contestant.knows_budget else budgets
        for budget in ends:
            if budget <= job.budget:
                key = (name, _tables[job.table].name, budget)
                found.setdefault(key, []).append(regrets[:budget])
    curves = {key: np.array(regrets) for key, regrets in found.items()}
    return curves, {name: float(np.mean(values)) for name, values in costs.items()}


def available() -> list[Contestant]:
    """Returns the algorithms of which the libraries are installed."""
    missing = [name for name in PEERS if importlib.util.find_spec(name) is None]
    if missing:
        print(f"Without {', '.join(missing)}: pip install 'pyglove[peers]'")
    libraries = {"Optuna": ["optuna"], "Nevergrad": ["nevergrad"]}
    found = []
    for contestant in CONTESTANTS:
        needed = libraries.get(contestant.name.split()[0], [])
        if contestant.name.endswith("GPSampler"):
            needed = ["optuna", "torch", "scipy"]
        if not set(needed) & set(missing):
            found.append(contestant)
    return found


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Compares search algorithms.")
    parser.add_argument("--seeds", type=int, help="searches of each kind (50)")
    parser.add_argument(
        "--quick", action="store_true", help="few searches, under 2 min"
    )
    parser.add_argument(
        "--budgets",
        type=int,
        nargs="+",
        metavar="N",
        help="numbers of evaluations (100 300)",
    )
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", help="those with one of these in the name"
    )
    parser.add_argument(
        "--minutes",
        type=float,
        default=5.5,
        help="how long the slowest may search (%(default)s)",
    )
    parser.add_argument(
        "--published",
        metavar="PYTHON",
        help="the interpreter of an environment with the published PyGlove",
    )
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processes (all cores)"
    )
    parser.add_argument(
        "--output",
        type=pathlib.Path,
        metavar="PNG",
        default=pathlib.Path("algorithms.png"),
        help="where the picture goes (%(default)s)",
    )
    options = parser.parse_args(arguments)
    if options.seeds is None:
        options.seeds = 4 if options.quick else 50
    if options.budgets is None:
        options.budgets = BUDGETS[:1] if options.quick else BUDGETS
    options.budgets = sorted(set(options.budgets))
    if options.seeds < MIN_SEEDS:
        parser.error(
            f"argument --seeds: expected at least {MIN_SEEDS}, got {options.seeds}"
        )
    if options.budgets[0] < 1:
        parser.error(f"argument --budgets: expected 1 or more, got {options.budgets}")
    return options


def chosen(options: argparse.Namespace) -> list[Contestant]:
    """Returns those who are to search."""
    contestants = available()
    if options.published:
        contestants.append(published(options.published))
    names = options.only or [""]
    found = [c for c in contestants if any(name in c.name for name in names)]
    if not found:
        raise SystemExit(
            f"Expected a part of one of these names: "
            f"{', '.join(c.name for c in contestants)}; got {', '.join(names)}."
        )
    return found


def minutes_since(start: float) -> float:
    """Returns the minutes since a time, as `time.monotonic` counts."""
    return (time.monotonic() - start) / 60.0


def main(arguments: list[str] | None = None) -> None:
    """Runs the searches, prints what they found and draws the picture."""
    options = parse(arguments)
    start = time.monotonic()
    _prepare()
    budgets = options.budgets
    contestants = chosen(options)
    results = []
    for is_slow in (True, False):
        jobs = jobs_of(contestants, budgets, options.seeds, is_slow)
        if not jobs:
            continue
        label, deadline = "searches", None
        if is_slow:
            label = f"slow searches, within {options.minutes:g} minutes"
            deadline = start + 60.0 * options.minutes
        before = len(results)
        results.extend(run_all(jobs, options.workers, label, deadline))
        print(
            f"{len(results) - before:,} {'slow ' * is_slow}searches are done after "
            f"{minutes_since(start):.1f} minutes."
        )
    curves, seconds = collect(results, budgets)
    names = [contestant.name for contestant in contestants]
    print(
        "\nRegret, in % of what the optimum is above the mean of the table, after "
        f"{' and '.join(map(str, budgets))} evaluations:\nmean ± 95 % interval over "
        "the searches; average rank over the columns; processor time of an "
        "evaluation.\n"
    )
    print(report(_tables, names, budgets, curves, seconds))
    picture(_tables, budgets, curves, options.output)
    print(f"\n{len(results):,} searches took {minutes_since(start):.1f} minutes.")
    print(f"The picture is in {options.output}.")


if __name__ == "__main__":
    main()
