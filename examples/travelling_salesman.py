"""The travelling salesman: the shortest tour through 52 places in Berlin.

The places are those of berlin52 (TSPLIB; Reinelt, 1991), whose shortest tour is known:
7,542 with distances rounded to integers. A tour is a permutation. How far a search gets
depends on how a tour is changed: `Reverse` below, a mutator of this program's own, puts
two legs of it in place of others, where the library's `Swap` does so with up to four.

    python examples/travelling_salesman.py
"""

import argparse
import math
import random

import pyglove as pg
from comparison import MakeAlgorithm, compare, mean, table

PLACES = [
    (565, 575), (25, 185), (345, 750), (945, 685), (845, 655), (880, 660), (25, 230),
    (525, 1000), (580, 1175), (650, 1130), (1605, 620), (1220, 580), (1465, 200),
    (1530, 5), (845, 680), (725, 370), (145, 665), (415, 635), (510, 875), (560, 365),
    (300, 465), (520, 585), (480, 415), (835, 625), (975, 580), (1215, 245),
    (1320, 315), (1250, 400), (660, 180), (410, 250), (420, 555), (575, 665),
    (1150, 1160), (700, 580), (685, 595), (685, 610), (770, 610), (795, 645),
    (720, 635), (760, 650), (475, 960), (95, 260), (875, 920), (700, 500), (555, 815),
    (830, 485), (1170, 65), (830, 610), (605, 625), (595, 360), (1340, 725),
    (1740, 245),
]  # fmt: skip
SHORTEST = 7542
DISTANCES = [[round(math.dist(a, b)) for b in PLACES] for a in PLACES]


def length(tour: list[int]) -> int:
    """Length of a round trip."""
    return sum(DISTANCES[tour[i - 1]][place] for i, place in enumerate(tour))


def nearest_neighbour(start: int) -> list[int]:
    """The tour that always goes on to the nearest place that is left."""
    tour, left = [start], set(range(len(PLACES))) - {start}
    while left:
        tour.append(min(left, key=DISTANCES[tour[-1]].__getitem__))
        left.remove(tour[-1])
    return tour


class Reverse(pg.evolution.Mutator):
    """Goes through a part of the tour the other way round."""

    seed: int | None = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._random = random.Random(self.seed)

    def mutate(self, dna: pg.DNA) -> pg.DNA:
        """Returns a DNA with a part of the permutation reversed."""
        order = dna.to_numbers()
        start, end = sorted(self._random.sample(range(len(order) + 1), 2))
        order[start:end] = order[start:end][::-1]
        return pg.DNA.from_numbers(order, dna.spec)


def evolution(mutator: type[pg.evolution.Mutator]) -> MakeAlgorithm:
    """Regularized evolution with a mutator."""
    return lambda seed: pg.evolution.regularized_evolution(
        mutator(seed=seed), population_size=20, tournament_size=10, seed=seed
    )


def order_crossover(seed: int) -> pg.DNAGenerator:
    """Keeps the best tours, and mixes the order of two of them before it reverses."""
    selectors, recombinators = pg.evolution.selectors, pg.evolution.recombinators
    return pg.evolution.Evolution(
        reproduction=selectors.Random(2, seed=seed)
        >> recombinators.Order(seed=seed)[:1].with_prob(0.2, seed=seed)
        >> selectors.First(1)
        >> Reverse(seed=seed),
        population_init=(pg.geno.Random(seed), 20),
        population_update=selectors.Top(20),
    )


ALGORITHMS: dict[str, MakeAlgorithm] = {
    "random search": pg.geno.Random,
    "evolution that swaps": evolution(pg.evolution.mutators.Swap),
    "evolution that reverses": evolution(Reverse),
    "elites with order crossover": order_crossover,
}


def main(arguments: list[str] | None = None) -> None:
    """Compares the algorithms, and prints how long their tours are."""
    parser = argparse.ArgumentParser(description="Searches tours through Berlin.")
    parser.add_argument("--evaluations", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args(arguments)

    space = pg.permutate(list(range(len(PLACES))))
    found = compare(
        space,
        lambda tour: -float(length(tour)),
        ALGORITHMS,
        options.evaluations,
        options.seeds,
    )
    marks = sorted(
        {min(n, options.evaluations) for n in (1000, 3000, options.evaluations)}
    )

    def row(name: str, lengths: list[list[float]]) -> list[str]:
        excess = sum(lengths[-1]) / len(lengths[-1]) / SHORTEST - 1
        return [name, *(mean(values, 0) for values in lengths), f"{excess:.0%}"]

    rows = [
        row(name, [[-search[mark - 1] for search in searches] for mark in marks])
        for name, searches in found.items()
    ]
    simple = [float(length(nearest_neighbour(start))) for start in range(len(PLACES))]
    blank = [""] * (len(marks) - 1)
    name, *cells = row("to the nearest place left", [simple])
    rows.append([name, *blank, *cells])
    rows.append(["the shortest tour", *blank, f"{SHORTEST:,}      ", "0%"])
    header = ["algorithm", *(f"after {mark:,}" for mark in marks), "too long by"]
    print(f"\nberlin52: tours through {len(PLACES)} places.")
    print(f"Length of the best tour so far, over {options.seeds} searches:\n")
    print(table(header, rows))


if __name__ == "__main__":
    main()
