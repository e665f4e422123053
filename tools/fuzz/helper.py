"""Functions that programs call to look at values, and spaces that they use."""

import copy
import itertools
import pickle
import random
from typing import Any

import pyglove as pg

ev = pg.evolution
g = pg.geno
FLAT = pg.dna_spec(
    pg.Dict(a=pg.oneof(["x", "y", "z"]), b=pg.floatv(0.0, 1.0), c=pg.oneof([1, 2]))
)
CHOICES = pg.dna_spec(
    pg.Dict(a=pg.oneof(range(4)), b=pg.oneof("pqr"), c=pg.oneof([1, 2]))
)
MANY = pg.dna_spec(pg.Dict(m=pg.manyof(2, [1, 2, 3]), p=pg.permutate(range(4))))


def first(n: int, items: Any) -> list[Any]:
    """The first items."""
    return list(itertools.islice(items, n))


def decision(point: Any, k: int) -> Any:
    """The k-th of a few decisions that fit a point."""
    if point.is_categorical:
        n = len(point.candidates)
        chosen = [(k + i) % n for i in range(point.num_choices)]
        return sorted(chosen) if point.sorted else chosen
    if point.is_numerical:
        share = [0.0, 0.5, 1.0, 0.25][k % 4]
        return point.min_value + share * (point.max_value - point.min_value)
    return "abc"[k % 3]


def some(n: int, spec: Any) -> list[Any]:
    """The first DNA of a space, or a few others where there is no first."""
    try:
        return first(n, spec.iter_dna())
    except NotImplementedError:
        found = [pg.DNA.from_fn(spec, lambda p, k=k: decision(p, k)) for k in range(n)]
        return [dna.use_spec(spec) for dna in found]


def shown(items: Any) -> dict[str, Any]:
    """A dict with specs and ids as texts."""
    return {
        str(k.id) if isinstance(k, g.DNASpec) else str(k): str(v.id)
        if isinstance(v, g.DNASpec)
        else repr(v)
        for k, v in items.items()
    }


def ids(specs: Any) -> Any:
    """Decision points as texts."""
    if isinstance(specs, list):
        return [ids(one) for one in specs]
    return str(specs.id)


def pickled(value: Any) -> Any:
    """A value that went through a pickle."""
    return pickle.loads(pickle.dumps(value))


def reloaded(value: Any, **options: Any) -> Any:
    """A value that went through JSON."""
    return pg.from_json_str(pg.to_json_str(value, **options))


def same_hash(left: Any, right: Any) -> bool:
    """Whether two values have the same symbolic hash."""
    return pg.hash(left) == pg.hash(right)


def visited(value: Any) -> list[str]:
    """Paths that a traversal comes by."""
    paths: list[str] = []

    def visit(path: Any, item: Any, parent: Any) -> Any:
        paths.append(f"{path}:{type(item).__name__}")
        return pg.TraverseAction.ENTER

    pg.traverse(value, visit)
    return paths


def fits(spec: Any, seed: int) -> bool:
    """Whether random DNA fits its spec."""
    dna = pg.random_dna(spec, random.Random(seed))
    spec.validate(dna)
    return True


def dnas(*values: Any, spec: Any = None, rewards: Any = None) -> list[Any]:
    """DNA with rewards, as evolution has them."""
    result = []
    for i, value in enumerate(values):
        dna = pg.DNA(value, spec=spec)
        ev.set_fitness(dna, (rewards or range(len(values)))[i])
        result.append(dna)
    return result


def copied(value: Any) -> Any:
    """A copy."""
    return copy.copy(value)


def deep(value: Any) -> Any:
    """A deep copy."""
    return copy.deepcopy(value)
