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


# ---- Classes with all that classes may have ------------------------------------------

# Fields, each with values that it accepts; no value is changed when it is stored.
KINDS: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (lambda: pg.typing.Int(), st.integers(-3, 3)),
    (lambda: pg.typing.Int(default=1, min_value=0), st.integers(0, 3)),
    (lambda: pg.typing.Float(default=0.5), st.floats(-1, 1, width=16)),
    (lambda: pg.typing.Str(regex="a*"), st.sampled_from(["", "a", "aa"])),
    (lambda: pg.typing.Enum("a", ["a", "b"]), st.sampled_from("ab")),
    (lambda: pg.typing.Object(Leaf).noneable(), st.none() | LEAVES),
    (lambda: pg.typing.List(pg.typing.Object(Leaf)), st.lists(LEAVES, max_size=3)),
    (
        lambda: pg.typing.Dict([(pg.typing.StrKey("k.*"), pg.typing.Any())]),
        st.dictionaries(st.sampled_from(["k", "k1", "k2"]), VALUES, max_size=2),
    ),
    (lambda: pg.typing.Any(default=None), VALUES),
    (lambda: pg.typing.Union([int, str], default=0), st.integers(0, 2) | st.just("u")),
]
# Values that some field or other refuses.
OTHER_VALUES = st.sampled_from([-7, "zzz", 0.25, (), [3], {"x": 1}])

DYNAMIC_KEYS = {"x.*": ["x", "x1", "x_2"], "[yz][0-9]": ["y0", "z1", "z9"]}


class Derived(pg.Object):
    """Keeps what it derives from its fields, and counts the calls of its hooks."""

    inits = bounds = changes = 0

    def _on_init(self):
        self.inits += 1
        super()._on_init()

    def _on_bound(self):
        super()._on_bound()
        self.bounds += 1
        self.derived = derive(self)

    def _on_change(self, field_updates):
        assert field_updates
        self.changes += 1
        super()._on_change(field_updates)


class InitOnly(pg.Object):
    """Looks at its fields once they are there, complete or not."""

    def _on_init(self):
        super()._on_init()
        self.first = derive(self)


class ByUpdates(pg.Object):
    """Derives anew only what has changed."""

    def _on_init(self):
        super()._on_init()
        self.derived = derive(self)

    def _on_change(self, field_updates):
        changed = {pg.KeyPath.parse(str(path)).keys[0] for path in field_updates}
        self.derived = {
            key: derive(self).get(key) if key in changed else old
            for key, old in {**derive(self), **self.derived}.items()
        }
        self.derived = {k: v for k, v in self.derived.items() if k in derive(self)}


HOOKS = [pg.Object, Derived, InitOnly, ByUpdates]


def derive(node):
    """What the classes here keep of an object."""
    return {str(k): pg.format(v, compact=True) for k, v in node.sym_items()}


def _define(bases, fields, **options):
    name = f"Drawn{next(_names)}"
    cls = type(pg.Object)(name, bases, {"__module__": __name__})
    if fields:
        cls.update_schema(fields, **options)
    globals()[name] = cls  # Where `pickle` looks for it.
    return cls


@st.composite
def families(draw):
    """A class, and values for each of its fields: hooks, bases and keys are drawn.

    Returns:
      (the class, fixed keys, {key: values that it accepts})
    """
    accepted: dict[str, Any] = {}
    makers: dict[str, Any] = {}
    bases: tuple[type, ...] = (draw(st.sampled_from(HOOKS)),)
    cls = bases[0]
    for level in range(draw(st.integers(1, 3))):
        inherited, fields = sorted(accepted), []
        for i in range(draw(st.integers(0 if level else 1, 2))):
            spec, values = draw(st.sampled_from(KINDS))
            # A subclass adds fields, and gives new defaults to those that it inherits.
            key = f"f{level}{i}"
            fields.append((key, spec()))
            accepted[key], makers[key] = values, spec
        if inherited and draw(st.booleans()):
            key = draw(st.sampled_from(inherited))
            fields.append((key, makers[key]().set_default(draw(accepted[key]))))
        if draw(st.integers(0, 3)) == 0:
            mixin = draw(st.sampled_from([Derived, InitOnly]))
            if not issubclass(cls, mixin):
                bases = (mixin, *bases)
        cls = _define(bases, fields)
        bases = (cls,)
    fixed = list(accepted)
    if draw(st.booleans()):
        pattern = draw(st.sampled_from(sorted(DYNAMIC_KEYS)))
        spec, values = draw(st.sampled_from(KINDS))
        cls = _define(bases, [(pg.typing.StrKey(pattern), spec())])
        accepted |= dict.fromkeys(DYNAMIC_KEYS[pattern], values)
    return cls, fixed, accepted


@st.composite
def drawn_objects(draw):
    """An object of a drawn class, complete or not, sealed or not.

    Returns:
      (the object, {key: values that its class accepts})
    """
    cls, fixed, accepted = draw(families())
    is_partial = draw(st.integers(0, 3)) == 0
    dynamic = [k for k in accepted if k not in fixed]
    chosen = (
        draw(st.lists(st.sampled_from(fixed), unique=True)) if is_partial else fixed
    )
    if dynamic:
        chosen = chosen + draw(st.lists(st.sampled_from(dynamic), unique=True))
    values = {key: draw(accepted[key]) for key in chosen}
    made = cls.partial(**values) if is_partial else cls(**values)
    return made.seal() if draw(st.integers(0, 3)) == 0 else made, accepted
