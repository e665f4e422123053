"""Spaces of all kinds, and plain searches on them."""

import pyglove as pg


def flat():
    return pg.dna_spec(
        pg.Dict(
            ops=[pg.oneof(["conv", "pool", "skip"]) for _ in range(4)],
            width=pg.oneof([8, 16, 32, 64]),
        )
    )


def conditional():
    return pg.dna_spec(
        pg.Dict(
            kind=pg.oneof(
                [
                    pg.Dict(rate=pg.floatv(0.0, 1.0), depth=pg.intv(1, 9)),
                    pg.Dict(act=pg.oneof(["relu", "tanh", pg.oneof(["a", "b"])])),
                    "none",
                ]
            ),
            parts=pg.manyof(2, ["x", pg.oneof(["y", "z"]), "w"]),
        )
    )


def numeric():
    return pg.dna_spec(
        pg.Dict(
            rate=pg.floatv(1e-4, 1.0, "log"),
            late=pg.floatv(1.0, 10.0, "rlog"),
            count=pg.intv(1, 100, scale="log"),
            back=pg.intv(1, 50, scale="rlog"),
            step=pg.intv(0, 30, 3),
        )
    )


def multiple():
    return pg.dna_spec(
        pg.Dict(
            order=pg.permutate(list(range(5))),
            subset=pg.manyof(3, list("abcdef"), sorted=True),
            bag=pg.manyof(3, list("abc"), distinct=False, sorted=True),
            list=pg.manyof(2, list("abcd"), distinct=False),
        )
    )


def constrained():
    return pg.dna_spec(
        pg.constrain(
            [pg.oneof([1, 2, 3, 4]), pg.oneof([1, 2, 3, 4]), pg.floatv(0.0, 1.0)],
            pg.geno.Distinct(["[0]", "[1]"]),
        )
    )


SPACES = {
    "flat": flat,
    "conditional": conditional,
    "numeric": numeric,
    "multiple": multiple,
}


def run(algorithm, spec, reward, trials):
    """Searches, and returns the proposals and their rewards."""
    algorithm.setup(spec)
    found = []
    for _ in range(trials):
        dna = algorithm.propose()
        found.append((dna, reward(dna)))
        algorithm.feedback(dna, found[-1][1])
    return found
