"""Random schemas, values, trees and modifications."""

import itertools
from typing import Any

from hypothesis import strategies as st

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, Placeholder, Tree

KEYS = ["a", "b", "c"]
ATOMS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(allow_nan=False, width=16),
    st.sampled_from(["", "a", "b.c"]),
)
LEAVES = st.builds(Leaf, st.integers(-2, 2), st.just(0.5), st.sampled_from("ab"))


def containers(children):
    return st.one_of(
        st.lists(children, max_size=3),
        st.dictionaries(st.sampled_from(KEYS), children, max_size=3),
        st.builds(Pair, children, children),
        st.builds(pg.List, st.lists(children, max_size=3)),
        st.builds(
            pg.Dict, st.dictionaries(st.sampled_from(KEYS), children, max_size=3)
        ),
    )


# Any value that a field without a type takes; nodes without a parent.
VALUES = st.recursive(
    st.one_of(ATOMS, LEAVES, st.just((1, "t"))), containers, max_leaves=8
)

TYPED_TREES = st.builds(
    Tree,
    st.sampled_from("tu"),
    st.lists(LEAVES, max_size=3),
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=3),
    st.one_of(st.none(), LEAVES),
    VALUES,
)

# Roots of trees.
TREES = st.one_of(
    st.builds(Pair, VALUES, VALUES),
    st.builds(pg.List, st.lists(VALUES, max_size=4)),
    st.builds(pg.Dict, st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=3)),
    TYPED_TREES,
)

# What a rebind may put somewhere, placeholders and markers included.
NEW_VALUES = st.one_of(
    VALUES,
    st.builds(Placeholder),
    st.just(pg.MISSING_VALUE),
    st.builds(pg.Insertion, VALUES),
    st.builds(lambda v: pg.Ref(v), LEAVES),
)

_names = itertools.count()

# Value specs with values that they accept, and others.
SPECS: list[Any] = [
    lambda: pg.typing.Any(),
    lambda: pg.typing.Int(),
    lambda: pg.typing.Int(min_value=0, max_value=2),
    lambda: pg.typing.Int(default=1),
    lambda: pg.typing.Float(),
    lambda: pg.typing.Float(min_value=0.0).noneable(),
    lambda: pg.typing.Bool(),
    lambda: pg.typing.Str(regex="a*"),
    lambda: pg.typing.Str(default="b"),
    lambda: pg.typing.Enum("a", ["a", 1, None]),
    lambda: pg.typing.Object(Leaf),
    lambda: pg.typing.Object(Leaf, default=Leaf(7)),
    lambda: pg.typing.Object(Leaf).noneable(),
    lambda: pg.typing.List(pg.typing.Int()),
    lambda: pg.typing.List(pg.typing.Object(Leaf), max_size=2),
    lambda: pg.typing.List(pg.typing.Int(), default=[1, 2]),
    lambda: pg.typing.Dict(),
    lambda: pg.typing.Dict([("a", pg.typing.Int()), ("b", pg.typing.Str("c"))]),
    lambda: pg.typing.Dict([(pg.typing.StrKey("k.*"), pg.typing.Int())]),
    lambda: pg.typing.Tuple([pg.typing.Int(), pg.typing.Str()]),
    lambda: pg.typing.Union([pg.typing.Int(), pg.typing.Str()]),
    lambda: pg.typing.Union([pg.typing.Object(Leaf), pg.typing.List(int)]),
    lambda: pg.typing.Int().freeze(3),
    lambda: pg.typing.List(int, transform=lambda v: [*v, 1]),
    lambda: pg.typing.Any(transform=lambda v: [v]),
]
FIELD_VALUES = st.one_of(
    VALUES,
    st.just(3),
    st.dictionaries(st.sampled_from(["a", "b", "k1"]), ATOMS, max_size=2),
    st.lists(LEAVES, max_size=3),
    st.builds(lambda v: pg.Ref(v), LEAVES),
    st.builds(Placeholder),
    st.just(pg.MISSING_VALUE),
    st.builds(Leaf.partial),
)


@st.composite
def classes(draw):
    """A class with random fields."""
    specs = draw(st.lists(st.sampled_from(SPECS), min_size=1, max_size=4))
    fields = [(f"f{i}", make()) for i, make in enumerate(specs)]
    name = f"Random{next(_names)}"
    cls = type(pg.Object)(name, (pg.Object,), {"__module__": __name__})
    positional = draw(st.integers(0, len(fields)))
    cls.update_schema(
        fields,
        init_arg_list=[k for k, spec in fields[:positional] if not spec.frozen],
    )
    return cls
