"""Sample spaces: one for each thing that a search algorithm has to handle."""

from collections.abc import Callable

from pyglove import geno, hyper
from pyglove.geno import DNASpec
from pyglove.symbolic import Dict


def flat() -> DNASpec:
    """Choices that do not depend on each other."""
    return hyper.dna_spec(Dict({f"x{i}": hyper.oneof(range(2 + i)) for i in range(5)}))


def single() -> DNASpec:
    """One choice and nothing else."""
    return hyper.dna_spec(hyper.oneof(range(7)))


def conditional() -> DNASpec:
    """Choices that open others, two levels deep, with numbers among them."""
    inner = Dict(u=hyper.oneof(range(3)), v=hyper.intv(1, 5))
    outer = Dict(w=hyper.oneof([inner, 0, 1]), x=hyper.intv(0, 100, step=10))
    return hyper.dna_spec(
        Dict(
            a=hyper.oneof([outer, inner, 2]),
            b=hyper.manyof(2, [inner, 0, 1], distinct=False),
            c=hyper.oneof([0, 1]),
        )
    )


def constrained() -> DNASpec:
    """Choices of which only some go together."""
    names = ["x", "y", "z"]
    return hyper.dna_spec(
        hyper.constrain(
            Dict({name: hyper.oneof(range(5)) for name in names}),
            geno.Distinct(names),
            geno.Predicate(_is_not_in_the_middle, ["x"]),
        )
    )


def _is_not_in_the_middle(x: int) -> bool:
    return x != 2


def continuous() -> DNASpec:
    """Numbers of ranges, on several scales."""
    return hyper.dna_spec(
        Dict(
            huge=hyper.intv(1, 10**12, scale="log"),
            log=hyper.floatv(1e-5, 1.0, scale="log"),
            rlog=hyper.floatv(0.1, 0.9, scale="rlog"),
            linear=hyper.floatv(-1.0, 1.0),
        )
    )


def permutation() -> DNASpec:
    """Arrangements and sets of candidates."""
    return hyper.dna_spec(
        Dict(
            all=hyper.permutate(range(6)),
            some=hyper.manyof(2, range(5)),
            set=hyper.manyof(3, range(6), sorted=True),
            multiset=hyper.manyof(3, range(3), distinct=False, sorted=True),
        )
    )


def large() -> DNASpec:
    """A thousand choices."""
    return hyper.dna_spec(
        Dict({f"x{i}": hyper.oneof(range(2 + i % 3)) for i in range(1000)})
    )


#: Sample spaces by name.
SPACES: dict[str, Callable[[], DNASpec]] = {
    "flat": flat,
    "single": single,
    "conditional": conditional,
    "constrained": constrained,
    "continuous": continuous,
    "permutation": permutation,
    "large": large,
}
