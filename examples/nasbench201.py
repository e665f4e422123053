"""Searches NAS-Bench-201 for the best cell of a convolutional network.

A cell has four nodes and six edges, and each edge carries one of five operations:
15,625 cells, every one of them really trained (on three image sets), so that here a
training is a look-up. The table also knows how many seconds each training took, and
that is what a search may spend: as much simulated time as about 100 trainings take.

`Cell` below is the program that is searched. It is an ordinary class; the one line
`@pg.symbolize` and placeholders in place of its arguments turn it into a space.

    python examples/nasbench201.py
    python examples/nasbench201.py --table nasbench201.npz   # the published protocol
"""

import argparse
import pathlib
import time
from collections.abc import Callable

import nasbench201_table
import pyglove as pg
from nasbench201_report import Search, Searches, picture, table
from nasbench201_table import OPERATIONS, Benchmark
from progress import progress


@pg.symbolize
class Cell:
    """A cell: the operation on each edge, from one node to a later one."""

    def __init__(self, edge_0_1, edge_0_2, edge_1_2, edge_0_3, edge_1_3, edge_2_3):
        self.arch = (
            f"|{edge_0_1}~0|"
            f"+|{edge_0_2}~0|{edge_1_2}~1|"
            f"+|{edge_0_3}~0|{edge_1_3}~1|{edge_2_3}~2|"
        )


def cell_space() -> Cell:
    """Every cell at once: a `Cell` with a choice of five operations on each edge."""
    return Cell(*[pg.oneof(OPERATIONS) for _ in range(6)])


def random_search(seed: int) -> pg.DNAGenerator:
    """Draws each cell without regard to the others."""
    return pg.geno.Random(seed)


def regularized_evolution(seed: int) -> pg.DNAGenerator:
    """Mutates the best of a few recent cells (Real et al., 2019)."""
    return pg.evolution.regularized_evolution(
        mutator=pg.evolution.mutators.Uniform(seed=seed),
        population_size=20,
        tournament_size=10,
        seed=seed,
    )


ALGORITHMS: dict[str, Callable[[int], pg.DNAGenerator]] = {
    "random search": random_search,
    "regularized evolution": regularized_evolution,
}


def search(benchmark: Benchmark, algorithm: pg.DNAGenerator) -> Search:
    """Searches until the next training would not end within the budget."""
    result = Search()
    spent = 0.0
    best_reward = float("-inf")
    best_accuracy = 0.0
    lookup_seconds = 0.0
    start = time.perf_counter()
    for cell, feedback in pg.sample(cell_space(), algorithm):
        before_lookup = time.perf_counter()
        training = benchmark.cells[cell.arch]
        lookup_seconds += time.perf_counter() - before_lookup
        spent += training.seconds
        if spent > benchmark.budget_seconds:
            break
        if training.reward > best_reward:
            best_reward, best_accuracy = training.reward, training.reported
            result.best = cell
        result.seconds.append(spent)
        result.accuracy.append(best_accuracy)
        feedback(training.reward)
    result.overhead_seconds = time.perf_counter() - start - lookup_seconds
    return result


def run_all(benchmarks: list[Benchmark], seeds: int) -> dict[str, Searches]:
    """Runs every algorithm from seeds 1, 2, ... on every image set."""
    results: dict[str, Searches] = {}
    jobs = [
        (benchmark, name, seed)
        for benchmark in benchmarks
        for name in ALGORITHMS
        for seed in range(1, seeds + 1)
    ]
    for benchmark, name, seed in progress(jobs, "searches"):
        done = search(benchmark, ALGORITHMS[name](seed))
        results.setdefault(benchmark.name, {}).setdefault(name, []).append(done)
    return results


def overhead(results: dict[str, Searches], name: str) -> float:
    """Microseconds per trial that an algorithm and the loop around it take."""
    searches = [one for done in results.values() for one in done[name]]
    trials = sum(len(one.seconds) for one in searches)
    return sum(one.overhead_seconds for one in searches) / trials * 1e6


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Searches NAS-Bench-201.")
    parser.add_argument("--seeds", type=int, help="searches of each kind (500)")
    parser.add_argument("--quick", action="store_true", help="10 searches of each kind")
    parser.add_argument(
        "--table",
        type=pathlib.Path,
        metavar="FILE",
        help="an .npz with 12-epoch and test accuracies: follow the published protocol",
    )
    parser.add_argument(
        "--output",
        type=pathlib.Path,
        metavar="PNG",
        default=pathlib.Path("nasbench201.png"),
        help="where the picture goes (%(default)s)",
    )
    options = parser.parse_args(arguments)
    if options.seeds is None:
        options.seeds = 10 if options.quick else 500
    if options.seeds < 1:
        parser.error(f"argument --seeds: expected at least 1, got {options.seeds}")
    if options.table and not options.table.is_file():
        parser.error(f"argument --table: there is no file {options.table}")
    return options


def report(
    benchmarks: list[Benchmark], results: dict[str, Searches], real_seconds: float
) -> None:
    """Prints what the searches found and what they cost."""
    budgets = ", ".join(
        f"{benchmark.budget_seconds / 3600:.3g} h on {benchmark.name}"
        for benchmark in benchmarks
    )
    counts = [len(done) for one in results.values() for done in one.values()]
    costs = " and ".join(
        f"{overhead(results, name):.0f} µs with {name}" for name in ALGORITHMS
    )
    print(f"\nNAS-Bench-201: {benchmarks[0].protocol}.")
    print(f"A search may spend {budgets} (simulated training time).")
    print(f"Mean ± standard deviation over {counts[0]} searches:\n")
    print(table(benchmarks, results))
    print(f"\nBeyond its evaluation, a trial costs {costs}.")
    print(f"All {sum(counts):,} searches together took {real_seconds:.1f} s.")
    for benchmark in benchmarks:
        searches = [one for done in results[benchmark.name].values() for one in done]
        best = max(searches, key=lambda one: one.accuracy[-1])
        print(f"\nThe best cell found on {benchmark.name} ({best.accuracy[-1]:.2f} %):")
        print(pg.format(best.best, python_format=True))


def main(arguments: list[str] | None = None) -> None:
    """Runs the searches, prints what they found and draws the picture."""
    options = parse(arguments)
    if options.table:
        benchmarks = nasbench201_table.load_file(options.table)
    else:
        benchmarks = nasbench201_table.load_package()
    start = time.perf_counter()
    results = run_all(benchmarks, options.seeds)
    report(benchmarks, results, real_seconds=time.perf_counter() - start)
    picture(benchmarks, results, options.output)
    print(f"\nThe picture is in {options.output}.")


if __name__ == "__main__":
    main()
