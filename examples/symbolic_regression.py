"""Symbolic regression: evolution writes a program that reproduces some numbers.

The numbers are those of x**6 - 2 * x**4 + x**2 at 21 points (Koza, 1994). A search is
told how far off a program is, and nothing else. A program is a function of a few lines
(`pg.mutfun`), each of which gives a name to a sum, a difference or a product. To change
it, evolution inserts, deletes and rewrites lines, operators and variables.

One of the searches is all of two lines: it keeps the best program, and of equals the
newest, so that what does not matter drifts (Miller and Thomson, 2000).

    python examples/symbolic_regression.py
"""

import argparse
import functools
import random
import statistics
from collections.abc import Callable, Iterator
from typing import Any

import pyglove as pg
from comparison import MakeAlgorithm, table
from progress import progress

Assign, Function, Var = pg.mutfun.Assign, pg.mutfun.Function, pg.mutfun.Var
OPERATORS = (pg.mutfun.Add, pg.mutfun.Substract, pg.mutfun.Multiply)
POINTS = [i / 10 for i in range(-10, 11)]
VALUES = [x**6 - 2 * x**4 + x**2 for x in POINTS]
MOST_LINES = 8
EXACT = 1e-9

# What a search did: the least error so far after each evaluation, and the program.
Search = tuple[list[float], Any]


def error(program: Any) -> float:
    """How far off a program is on average.

    Raises:
      ValueError: if it reads a name that it has not defined.
    """
    program.compile()
    values = [program(x) for x in POINTS]
    return statistics.mean(abs(a - b) for a, b in zip(values, VALUES, strict=True))


class Author:
    """Writes programs, and parts of them."""

    def __init__(self, seed: int):
        self._random = random.Random(seed)

    def variable(self, names: set[str]) -> Any:
        """Any of the names."""
        return Var(self._random.choice(sorted(names)))

    def line(self, names: set[str]) -> Any:
        """A line that may read any of the names."""
        operator = self._random.choice(OPERATORS)
        value = operator(self.variable(names), self.variable(names))
        return Assign(f"v{self._random.randrange(MOST_LINES)}", value)

    def program(self) -> Any:
        """A program of random length."""
        program = Function("f", [], ["x"])
        for _ in range(self._random.randint(1, MOST_LINES)):
            names = {"x", *(line.name for line in program.body)}
            program.body.append(self.line(names))
        return program

    def rewrite(self, path: pg.KeyPath, old: Any, parent: Any) -> Any:
        """What to put in the place of a part of a program, or to insert there."""
        if isinstance(old, pg.mutfun.BinaryOperator):
            return self._random.choice(OPERATORS)(old.x.clone(), old.y.clone())
        if isinstance(old, pg.mutfun.Code):
            names = old.seen_vars() - {"f"}
            return self.variable(names) if isinstance(old, Var) else self.line(names)
        return self.line({"x", *(line.name for line in parent[: path.key])})


def likelihood(
    mutation: pg.hyper.MutationType, path: pg.KeyPath, old: Any, parent: Any
) -> float:
    """How often a part of a program is changed in some way, relative to others."""
    if mutation is pg.hyper.MutationType.REPLACE:
        kinds = (Assign, Var, pg.mutfun.BinaryOperator)
        return 1.0 if isinstance(old, kinds) else 0.0
    if path.keys[0] != "body":
        return 0.0
    if mutation is pg.hyper.MutationType.INSERT:
        return 2.0 if len(parent) < MOST_LINES else 0.0
    return 1.0 if len(parent) > 1 else 0.0


def random_programs(seed: int, evaluations: int) -> Iterator[tuple[Any, float]]:
    """Tries programs that have nothing to do with one another."""
    author = Author(seed)
    for _ in range(evaluations):
        program = author.program()
        yield program, error(program)


def changes(seed: int) -> Any:
    """Up to three changes at a time."""
    count = pg.scalars.Uniform(1, 3, seed=seed)
    return pg.evolution.mutators.Uniform() ** count


def regularized_evolution(seed: int) -> pg.DNAGenerator:
    """Changes the best of a few recent programs."""
    return pg.evolution.regularized_evolution(
        changes(seed), population_size=100, tournament_size=5, seed=seed
    )


def neutral_drift(seed: int) -> pg.DNAGenerator:
    """Changes the best program, of equals the newest."""
    evolution = pg.evolution
    newest_best = evolution.selectors.Top(
        1,
        key=lambda x: (
            evolution.get_fitness(x),
            evolution.get_feedback_sequence_number(x),
        ),
    )
    return evolution.Evolution(changes(seed), (pg.geno.Random(seed), 1), newest_best)


def evolve(
    make_algorithm: MakeAlgorithm, seed: int, evaluations: int
) -> Iterator[tuple[Any, float]]:
    """Tries programs that are changes of others."""
    author = Author(seed)
    space = pg.evolve(author.program(), author.rewrite, weights=likelihood)
    for program, feedback in pg.sample(space, make_algorithm(seed), evaluations):
        try:
            found = error(program)
        except ValueError:
            # A change has removed the definition of a name that is read later.
            feedback.skip()
            found = float("inf")
        else:
            feedback(-found)
        yield program, found


ALGORITHMS: dict[str, Callable[[int, int], Iterator[tuple[Any, float]]]] = {
    "random programs": random_programs,
    "regularized evolution": functools.partial(evolve, regularized_evolution),
    "neutral drift": functools.partial(evolve, neutral_drift),
}


def search(name: str, seed: int, evaluations: int) -> Search:
    """Searches until the error is as good as none."""
    errors: list[float] = []
    best = None
    for program, found in ALGORITHMS[name](seed, evaluations):
        if not errors or found < errors[-1]:
            best = program
        errors.append(min(found, errors[-1]) if errors else found)
        if found < EXACT:
            break
    return errors, best


def main(arguments: list[str] | None = None) -> None:
    """Compares the searches, and prints the program that was found."""
    parser = argparse.ArgumentParser(description="Searches for a formula.")
    parser.add_argument("--evaluations", type=int, default=2500)
    parser.add_argument("--seeds", type=int, default=8)
    options = parser.parse_args(arguments)

    jobs = [(name, s) for name in ALGORITHMS for s in range(1, options.seeds + 1)]
    found: dict[str, list[Search]] = {}
    for name, seed in progress(jobs, "searches"):
        found.setdefault(name, []).append(search(name, seed, options.evaluations))

    marks = sorted({min(n, options.evaluations) for n in (500, options.evaluations)})
    rows = []
    for name, searches in found.items():
        middle = [
            statistics.median(
                errors[min(mark, len(errors)) - 1] for errors, _ in searches
            )
            for mark in marks
        ]
        lengths = [len(errors) for errors, _ in searches if errors[-1] < EXACT]
        rows.append(
            [
                name,
                *(f"{error:.3f}" for error in middle),
                f"{len(lengths)} of {options.seeds}",
                f"{statistics.mean(lengths):,.0f}" if lengths else "-",
            ]
        )
    header = [
        "search",
        *(f"after {mark:,}" for mark in marks),
        "exact formula found",
        "evaluations it took",
    ]
    print("\nPrograms for x**6 - 2 * x**4 + x**2, by their values at 21 points.")
    print(f"Error of the best so far, median of {options.seeds} searches:\n")
    print(table(header, rows))
    errors, best = min(
        (one for searches in found.values() for one in searches),
        key=lambda one: one[0][-1],
    )
    best.prune()
    print(f"\nThe best program, without idle lines (error {errors[-1]:.2g}):\n")
    print(best)


if __name__ == "__main__":
    main()
