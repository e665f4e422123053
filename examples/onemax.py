"""OneMax: a string of bits with as many ones as there can be.

It is the first exercise of evolution. The best string is known, and so is how hard it
is to find by chance: each bit more halves the odds.

    python examples/onemax.py
    python examples/onemax.py --bits 100
"""

import argparse

import pyglove as pg
from comparison import MakeAlgorithm, compare, mean, table

selectors, mutators = pg.evolution.selectors, pg.evolution.mutators
recombinators = pg.evolution.recombinators


def genetic_algorithm(seed: int) -> pg.DNAGenerator:
    """Crosses two winners of tournaments, then makes one bit of the child anew."""
    tournament = selectors.Random(5, seed=seed) >> selectors.Top(1)
    return pg.evolution.Evolution(
        reproduction=tournament * 2
        >> recombinators.Uniform(seed=seed)
        >> mutators.Uniform(seed=seed),
        population_init=(pg.geno.Random(seed), 50),
        population_update=selectors.Top(50),
    )


ALGORITHMS: dict[str, MakeAlgorithm] = {
    "random search": pg.geno.Random,
    "hill climbing": lambda seed: pg.evolution.hill_climb(seed=seed),
    "regularized evolution": lambda seed: pg.evolution.regularized_evolution(
        population_size=50, tournament_size=10, seed=seed
    ),
    "genetic algorithm": genetic_algorithm,
}


def main(arguments: list[str] | None = None) -> None:
    """Compares the algorithms, and prints what they found."""
    parser = argparse.ArgumentParser(description="Searches strings of bits.")
    parser.add_argument("--bits", type=int, default=50)
    parser.add_argument("--evaluations", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=20)
    options = parser.parse_args(arguments)

    space = pg.List([pg.oneof([0, 1]) for _ in range(options.bits)])
    found = compare(
        space,
        lambda bits: float(sum(bits)),
        ALGORITHMS,
        options.evaluations,
        options.seeds,
    )
    marks = sorted(
        {min(n, options.evaluations) for n in (100, 300, options.evaluations)}
    )
    rows = []
    for name, searches in found.items():
        ones = [mean([search[mark - 1] for search in searches]) for mark in marks]
        lengths = [
            search.index(options.bits) + 1
            for search in searches
            if search[-1] == options.bits
        ]
        hits = f"{len(lengths)} of {options.seeds}"
        rows.append([name, *ones, hits, mean(lengths, 0) if lengths else "-"])
    print(f"\nOneMax: the best of all strings has {options.bits} ones.")
    print(f"Ones of the best string so far, over {options.seeds} searches:\n")
    print(
        table(
            [
                "algorithm",
                *(f"after {mark:,}" for mark in marks),
                "best string found",
                "evaluations it took",
            ],
            rows,
        )
    )


if __name__ == "__main__":
    main()
