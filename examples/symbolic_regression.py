"""Symbolic regression: evolution writes a program that reproduces some numbers.

The numbers are discriminants of quadratic equations, b * b - 4 * a * c. A search is
told how far off a program is on 15 of them, and nothing more. A program is a function
of a few lines (`pg.mutfun`), each of which gives a name to a sum, a difference or a
product; even the 4 has to be made of sums. To change a program, evolution inserts,
deletes and rewrites lines, operators and variables.

    python examples/symbolic_regression.py
"""

import argparse
import random
import statistics
from collections.abc import Callable, Iterator
from typing import Any

import pyglove as pg
from comparison import table
from progress import progress

Assign, Function, Var = pg.mutfun.Assign, pg.mutfun.Function, pg.mutfun.Var
OPERATORS = (pg.mutfun.Add, pg.mutfun.Substract, pg.mutfun.Multiply)
ARGUMENTS = ["a", "b", "c"]
MOST_LINES = 6

_numbers = random.Random(0)
EQUATIONS = [[_numbers.randint(1, 9) for _ in ARGUMENTS] for _ in range(15)]
DISCRIMINANTS = [b * b - 4 * a * c for a, b, c in EQUATIONS]

# What a search tries: programs, each with its error.
Trials = Iterator[tuple[Any, float]]


def error(program: Any) -> float:
    """How far off a program is on average.

    Raises:
      ValueError: if it reads a name that it has not defined.
    """
    program.compile()
    values = [program(*equation) for equation in EQUATIONS]
    return statistics.mean(
        abs(value - wanted) for value, wanted in zip(values, DISCRIMINANTS, strict=True)
    )


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
        program = Function("f", [], ARGUMENTS)
        for _ in range(self._random.randint(1, MOST_LINES)):
            names = {*ARGUMENTS, *(line.name for line in program.body)}
            program.body.append(self.line(names))
        return program

    def rewrite(self, path: pg.KeyPath, old: Any, parent: Any) -> Any:
        """What to put in the place of a part of a program, or to insert there."""
        if isinstance(old, pg.mutfun.BinaryOperator):
            return self._random.choice(OPERATORS)(old.x, old.y)
        if isinstance(old, pg.mutfun.Code):
            names = old.seen_vars() - {"f"}
            return self.variable(names) if isinstance(old, Var) else self.line(names)
        return self.line({*ARGUMENTS, *(line.name for line in parent[: path.key])})


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


def random_programs(seed: int, evaluations: int) -> Trials:
    """Tries programs that have nothing to do with one another."""
    author = Author(seed)
    for _ in range(evaluations):
        program = author.program()
        yield program, error(program)


def evolution(seed: int, evaluations: int) -> Trials:
    """Tries programs that are one to three changes away from good ones."""
    author = Author(seed)
    space = pg.evolve(author.program(), author.rewrite, weights=likelihood)
    algorithm = pg.evolution.regularized_evolution(
        pg.evolution.mutators.Uniform() ** pg.scalars.Uniform(1, 3),
        population_size=100,
        tournament_size=20,
        seed=seed,
    )
    for program, feedback in pg.sample(space, algorithm, evaluations):
        try:
            found = error(program)
        except ValueError:
            # A change has removed the definition of a name that is read later.
            feedback.skip()
            found = float("inf")
        else:
            feedback(-found)
        yield program, found


SEARCHES: dict[str, Callable[[int, int], Trials]] = {
    "random programs": random_programs,
    "evolution": evolution,
}


def run(trials: Trials) -> tuple[list[float], Any]:
    """Searches until there is no error.

    Returns:
      The least error so far after each evaluation, and the program that has it.
    """
    errors: list[float] = []
    best = None
    for program, found in trials:
        if not errors or found < errors[-1]:
            best = program
        errors.append(min(found, errors[-1]) if errors else found)
        if found == 0:
            break
    return errors, best


def main(arguments: list[str] | None = None) -> None:
    """Compares the searches, and prints the best program."""
    parser = argparse.ArgumentParser(description="Searches for a formula.")
    parser.add_argument("--evaluations", type=int, default=3000)
    parser.add_argument("--seeds", type=int, default=8)
    options = parser.parse_args(arguments)

    jobs = [(name, s) for name in SEARCHES for s in range(1, options.seeds + 1)]
    found: dict[str, list[tuple[list[float], Any]]] = {}
    for name, seed in progress(jobs, "searches"):
        done = run(SEARCHES[name](seed, options.evaluations))
        found.setdefault(name, []).append(done)

    marks = sorted({min(n, options.evaluations) for n in (500, options.evaluations)})
    rows = []
    for name, searches in found.items():
        row = [name]
        for mark in marks:
            now = [errors[min(mark, len(errors)) - 1] for errors, _ in searches]
            row.append(f"{statistics.median(now):.1f}")
        hits = sum(errors[-1] == 0 for errors, _ in searches)
        rows.append([*row, f"{hits} of {options.seeds}"])
    header = ["search", *(f"after {mark:,}" for mark in marks), "exact formula found"]
    print("\nPrograms for the discriminant b * b - 4 * a * c, by 15 values of it.")
    print(f"Error of the best so far, median of {options.seeds} searches:\n")
    print(table(header, rows))
    everything = (one for searches in found.values() for one in searches)
    errors, best = min(everything, key=lambda one: one[0][-1])
    best.prune()
    print(f"\nThe best program, without idle lines (error {errors[-1]:.3g}):\n")
    print(best)


if __name__ == "__main__":
    main()
