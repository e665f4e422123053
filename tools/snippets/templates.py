"""Templates: programs that become spaces, decoded, encoded, split, and iterated over."""

import random
from typing import Any

import pyglove as pg

h = pg.hyper


class Layer(pg.Object):
    units: int
    rate: float = 0.1
    inner: Any = None


class Net(pg.Object):
    layers: list[Layer] = []
    head: Layer | None = None
    extra: Any = None


class Counted(pg.Object):
    x: int
    y: Any = None

    def _on_bound(self):
        super()._on_bound()
        self.total = self.x if isinstance(self.x, int) else None
        print("bound", type(self.sym_init_args["x"]).__name__)


@pg.functor
def act(x, y=1):
    return x * y


@pg.functor
def nested_act(f, n: int = 1):
    return f() + n


@pg.symbolize
class Wrapped:
    def __init__(self, a, b=2):
        self.sum = a if b is None else (a, b)


class Outer(pg.Object):
    inner: Any

    def __call__(self):
        return self.inner


def space():
    return pg.Dict(
        a=pg.oneof([1, 2], name="a"),
        b=pg.oneof([Layer(pg.oneof([5, 6], hints="h")), "x"], hints="b"),
        c=pg.manyof(2, ["p", pg.oneof(["q", "r"], hints="h"), "s"]),
        d=pg.floatv(0.1, 1.0),
        e=3,
    )


def deep(n):
    """A choice that holds a choice, and so on."""
    value = pg.oneof(["end", "stop"])
    for i in range(n):
        value = pg.oneof([f"leaf{i}", {"next": value}])
    return value


def round_trip(value, n=5, where=None):
    """Whether random programs encode to the DNA that they come from."""
    template = pg.template(value, where)
    spec = template.dna_spec()
    results = []
    for i in range(n):
        dna = spec.random_dna(random.Random(i))
        program = template.decode(dna)
        results.append((template.encode(program) == dna, str(dna)))
    return results


def decoded(value, *dnas, **kwargs):
    """What DNA lead to."""
    template = pg.template(value, **kwargs)
    return [template.decode(pg.DNA(dna)) for dna in dnas]


def tried(value, *programs):
    """The results of `try_encode`."""
    template = pg.template(value)
    return [template.try_encode(p) for p in programs]


def failed(fn):
    """The error of a function, and which builtins it is."""
    try:
        return fn()
    except (ValueError, TypeError, KeyError) as e:
        return [
            c.__name__ for c in (ValueError, TypeError, KeyError) if isinstance(e, c)
        ]


template = pg.template(space())

# Snippets
template
template.format(compact=False, verbose=False)
print(pg.template(pg.Dict(x=1)))
template.value == space(), template.is_constant, template.root_path, template.dna
[str(p) for p, _ in template.hyper_primitives]
[type(v).__name__ for _, v in template.hyper_primitives]
template.dna_spec()
print(template.dna_spec())
template.dna_spec("p.q").location, template.dna_spec(pg.KeyPath.parse("p.q")).location
[str(i) for i in template.dna_spec("p.q").decision_ids]
template.decode(pg.DNA([1, (0, 1), [0, (1, 0)], 0.5]))
template.decode(pg.DNA([0, 1, [2, 0], 0.5]))
template.dna
template()
template.set_dna(pg.DNA([1, 1, [2, 0], 0.2])), template()
pg.template(space())()
template.decode(pg.DNA([1, (0, 1), [0, (1, 0)]]))
template.decode(pg.DNA([1, (0, 1), [0, (1, 0)], 0.5, 1]))
template.decode(pg.DNA([2, (0, 1), [0, (1, 0)], 0.5]))
template.decode(pg.DNA([1, 0, [0, (1, 0)], 0.5]))
template.decode(pg.DNA([1, (1, 1), [0, (1, 0)], 0.5]))
template.decode(pg.DNA([1, (0, 2), [0, (1, 0)], 0.5]))
template.decode(pg.DNA([1, (0, 1), [0, 0], 0.5]))
template.decode(pg.DNA([1, (0, 1), [0], 0.5]))
template.decode(pg.DNA([1, (0, 1), 0, 0.5]))
template.decode(pg.DNA([1, (0, 1), [0, (1, 0)], 5.0]))
template.decode(pg.DNA([1, (0, 1), [0, (1, 0)], 1]))
template.decode(pg.DNA(["a", (0, 1), [0, (1, 0)], 0.5]))
template.decode(pg.DNA(1))
template.decode(pg.DNA(None))
# Expected difference: assertions-and-internal-errors
template.decode(None)
# Expected difference: assertions-and-internal-errors
template.decode([1, (0, 1), [0, (1, 0)], 0.5])
template.decode(pg.dna_spec(pg.oneof([1, 2])).first_dna())
template.encode(pg.Dict(a=2, b=Layer(6), c=["p", "q"], d=0.5, e=3))
template.encode(dict(a=2, b=Layer(6), c=["p", "q"], d=0.5, e=3))
template.encode(pg.Dict(a=2, b="x", c=["r", "s"], d=0.5, e=3))
template.encode(pg.Dict(a=3, b="x", c=["r", "s"], d=0.5, e=3))
template.encode(pg.Dict(a=1, b="y", c=["r", "s"], d=0.5, e=3))
template.encode(pg.Dict(a=1, b=Layer(7), c=["r", "s"], d=0.5, e=3))
template.encode(pg.Dict(a=1, b="x", c=["r", "t"], d=0.5, e=3))
template.encode(pg.Dict(a=1, b="x", c=["r"], d=0.5, e=3))
template.encode(pg.Dict(a=1, b="x", c="r", d=0.5, e=3))
template.encode(pg.Dict(a=1, b="x", c=["r", "s"], d=5.0, e=3))
template.encode(pg.Dict(a=1, b="x", c=["r", "s"], d=0.5, e=4))
template.encode(pg.Dict(a=1, b="x", c=["r", "s"], d=0.5))
template.encode(pg.Dict(a=1, b="x", c=["r", "s"], d=0.5, e=3, f=1))
template.encode(1)
template.encode(None)
template.encode(Layer(1))
tried(pg.Dict(x=pg.oneof([1, 2])), pg.Dict(x=1), pg.Dict(x=3), 1, pg.Dict(), None)
tried(pg.oneof([1, 2]), 1, 3), tried(pg.floatv(0.0, 1.0), 0.5, 2.0, 1, "a")
tried(1, 1, 2), tried("a", "a"), tried(Layer(1), Layer(1), Layer(2))
round_trip(space())
round_trip(deep(4))
round_trip(pg.manyof(3, [1, pg.oneof([2, 3]), pg.floatv(0.0, 1.0), 4]))
round_trip(pg.permutate(range(5)))
round_trip(Net([Layer(pg.oneof([1, 2])), Layer(3, pg.floatv(0.0, 1.0))]))
round_trip(Net(pg.manyof(2, [Layer(1), Layer(pg.oneof([2, 3])), Layer(4)])))
round_trip(act(pg.oneof([1, 2]), pg.oneof([3, 4])))
round_trip(nested_act(pg.oneof([act(pg.oneof([1, 2])), act(5)]), pg.oneof([1, 2])))
round_trip(Wrapped(pg.oneof([1, 2]), pg.oneof([None, 3])))
pg.template(1), pg.template(1).is_constant, pg.template(1).dna_spec()
pg.template(1).decode(pg.DNA(None)), pg.template(1).encode(1)
pg.template(1).encode(2)
pg.template(1).decode(pg.DNA(1))
pg.template(None).decode(pg.DNA(None)), pg.template("a").value
pg.template(Layer(1)).decode(pg.DNA(None)), pg.template(Layer(1)).is_constant
pg.template(pg.oneof([1, 2])), pg.template(pg.oneof([1, 2])).decode(pg.DNA(1))
pg.template(pg.oneof([1, 2])).dna_spec()
pg.template(pg.oneof([1, 2])).dna_spec() == pg.dna_spec(pg.oneof([1, 2]))
pg.template(pg.floatv(0.0, 1.0)).decode(pg.DNA(0.5))
# Expected difference: programs-are-symbolic
pg.template([pg.oneof([1, 2])]).decode(pg.DNA(1))
# Expected difference: programs-are-symbolic
pg.template({"a": [pg.oneof([1, 2])], "b": ({"c": 1},)}).decode(pg.DNA(1))
# Expected difference: placeholders-in-tuples
pg.template((pg.oneof([1, 2]), 1)).is_constant
pg.template(pg.Dict(x=(pg.oneof([1, 2]), 1))).is_constant
# Expected difference: placeholders-in-targets-of-references
pg.template(pg.Dict(x=pg.Ref(Layer(pg.oneof([1, 2]))))).is_constant
pg.template(space()) == pg.template(space()), pg.template(space()) == pg.template(1)
pg.template(space()) != pg.template(space()), pg.template(1) == 1
pg.eq(pg.template(space()), pg.template(space()))
h.ObjectTemplate(space()) == pg.template(space()), h.Template is h.ObjectTemplate
h.ObjectTemplate(space(), where=lambda x: x.hints == "h").dna_spec().decision_ids
decoded(
    Net([Layer(pg.oneof([1, 2]))], extra=pg.oneof([[1], {"k": pg.oneof([2, 3])}])),
    [1, (1, 1)],
)
type(decoded(Net(extra=pg.oneof([[1], {"k": 1}])), 0)[0].extra)
type(decoded(Net(extra=pg.oneof([[1], {"k": 1}])), 1)[0].extra)
decoded(Net(pg.manyof(2, [Layer(1), Layer(2)])), [1, 0])[0].layers[0].sym_path
decoded(Net(pg.manyof(2, [Layer(1), Layer(2)])), [1, 0])[0].layers[0].sym_root.head
decoded(Net(pg.oneof([[Layer(1)], []])), 0, 1)
# Expected difference: hooks-see-complete-programs
decoded(Counted(pg.oneof([1, 2])), 0)[0].total
# Expected difference: hooks-see-complete-programs
decoded(Counted(pg.oneof([1, 2]), pg.oneof([3, 4])), [0, 1])[0].y
# Expected difference: hooks-see-complete-programs
decoded(Counted(1, Counted(pg.oneof([5, 6]))), 1)[0].y.total
decoded(act(pg.oneof([2, 3]), 4), 1)[0]()
decoded(nested_act(pg.oneof([act(pg.oneof([1, 2])), act(5)]), 10), (0, 1), 1)[0]()
decoded(Wrapped(pg.oneof([1, 2])), 1)[0].sum
decoded(Outer(act), None)[0].inner is act
decoded(Outer(pg.oneof([len, act, int])), 0, 1, 2)
decoded(Layer.partial(rate=pg.oneof([0.5, 1.0])), 1)
decoded(pg.Dict(a=pg.oneof([pg.MISSING_VALUE, 1])), 1)
decoded(pg.oneof([None, 1]), 0), decoded(pg.Dict(x=pg.oneof([None, 1])), 0)
decoded(pg.Dict({"a.b": pg.oneof([1, 2]), "c d": pg.oneof([3, 4])}), [1, 0])
pg.dna_spec(pg.Dict({"a.b": pg.oneof([1, 2]), "c d": pg.oneof([3, 4])})).decision_ids
shared = Layer(1)
decoded(pg.Dict(x=pg.oneof([1, 2]), y=pg.Ref(shared)), 0)[0].y is shared
constant = Layer(2)
decoded(pg.Dict(x=pg.oneof([1, 2]), y=constant), 0)[0].y is constant
source = space()
decoded(source, [0, 1, [2, 0], 0.5])[0].rebind(e=9).e, source.e
pg.template(Layer(pg.oneof([1, 2]))).decode(pg.DNA(0)) is pg.template(Layer(1)).value
pg.Dict(p=Layer(pg.oneof([1, 2]))).p.units.sym_path
# Expected difference: templates-of-parts
pg.template(pg.Dict(p=Layer(pg.oneof([1, 2]))).p).root_path
[
    str(i)
    for i in pg.template(pg.Dict(p=Layer(pg.oneof([1, 2]))).p).dna_spec().decision_ids
]
only_h = pg.template(space(), where=lambda x: x.hints == "h")
[str(i) for i in only_h.dna_spec().decision_ids]
only_h.dna_spec()
[str(p) for p, _ in only_h.hyper_primitives]
only_h.decode(pg.DNA([1, 0]))
only_h.encode(only_h.decode(pg.DNA([1, 0])))
rest = only_h.decode(pg.DNA([1, 0]))
[str(i) for i in pg.dna_spec(rest).decision_ids]
pg.template(rest).decode(pg.DNA([0, 0, [0, 1], 0.5]))
only_b = pg.template(space(), where=lambda x: x.hints == "b")
[str(i) for i in only_b.dna_spec().decision_ids]
only_b.decode(pg.DNA(0)), only_b.decode(pg.DNA(1))
# Expected difference: templates-of-parts
only_b.encode(only_b.decode(pg.DNA(0)))
pg.template(space(), where=lambda x: isinstance(x, h.Float)).dna_spec()
pg.template(space(), where=lambda x: False).is_constant
pg.template(space(), where=lambda x: x.name == "a").dna_spec().space_size
pg.template(space(), where=1)
h.OneOf([pg.oneof([1, 2], hints="h"), 3], where=lambda x: x.hints == "h").dna_spec()
h.OneOf([pg.oneof([1, 2]), 3], where=lambda x: x.hints == "h").dna_spec()
pg.dna_spec(1), pg.dna_spec(Layer(1)), pg.dna_spec("a")
pg.dna_spec(pg.oneof([1, 2])), pg.dna_spec([pg.oneof([1, 2])])
pg.dna_spec({"a": pg.oneof([1, 2])}), pg.dna_spec(Layer(pg.oneof([1, 2])))
pg.dna_spec(space(), where=lambda x: x.hints == "h")
pg.dna_spec(pg.Dict(a=pg.oneof([1, 2], name="n"), b=pg.oneof([1, 2], name="n")))
pg.dna_spec(pg.Dict(a=pg.oneof([1, pg.oneof([1, 2], name="n")], name="n")))
pg.dna_spec(pg.oneof([pg.oneof([1, 2], name="n"), pg.oneof([1, 2], name="n")]))
h.search_space(pg.oneof([1, 2]))
pg.search_space(pg.oneof([1, 2]))
pg.dna_spec(deep(3))
print(pg.dna_spec(deep(5)))
pg.dna_spec(deep(20)).space_size, len(pg.dna_spec(deep(20)))
str(pg.dna_spec(deep(3)).decision_ids[-1])
pg.materialize(space(), pg.DNA([1, (0, 1), [0, (1, 0)], 0.5]))
pg.materialize(pg.Dict(x=pg.oneof(["a", "b"])), {"x": 1})
pg.materialize(pg.Dict(x=pg.oneof(["a", "b"])), {"x": "1/2"})
pg.materialize(pg.Dict(x=pg.oneof(["a", "b"])), {"x": "'b'"})
pg.materialize(pg.Dict(x=pg.oneof(["a", "b"])), {"x": "1/2 ('b')"})
pg.materialize(pg.Dict(x=pg.oneof(["a", "b"])), {"x": "1/2 ('a')"})
pg.materialize(pg.Dict(x=pg.oneof(["a", "b"])), {"x": "b"})
pg.materialize(pg.Dict(x=pg.oneof(["a", "b"])), {"y": 1})
pg.materialize(pg.Dict(x=pg.oneof([5, 1])), {"x": 1})
pg.materialize(pg.Dict(x=pg.oneof([5, 1])), {"x": 1}, use_literal_values=False)
pg.materialize(pg.Dict(x=pg.oneof([5, 1])), {"x": "1/2"}, use_literal_values=False)
pg.materialize(pg.Dict(x=pg.oneof([5, 1])), {"x": 5}, use_literal_values=True)
pg.materialize(pg.Dict(x=pg.oneof([5, 1]), y=pg.floatv(0.0, 1.0)), {"x": 1, "y": 0.5})
pg.materialize(pg.Dict(x=pg.oneof([1, 2])), 1)
pg.materialize(pg.Dict(x=pg.oneof([1, 2])), None)
pg.materialize(pg.Dict(x=pg.oneof([1, 2])), [1])
pg.materialize(pg.Dict(x=pg.oneof([1, 2])), pg.DNA([1, 2]))
pg.materialize(space(), {"b[=0/2].units": 1, "c[1]": 0}, where=lambda x: x.hints == "x")
pg.materialize(Layer(1), {}), pg.materialize(1, {}), pg.materialize(1, pg.DNA(None))
pg.materialize(pg.Dict(x=pg.oneof([1, 2], name="n")), {"n": 1})
pg.materialize(pg.Dict(x=pg.manyof(2, [1, 2, 3])), {"x[0]": 1, "x[1]": 0})
list(pg.iter(pg.Dict(a=pg.oneof([1, 2]), b=pg.manyof(2, ["x", "y"]))))
list(pg.iter(pg.oneof([pg.oneof([1, 2]), 3])))
list(pg.iter(Layer(pg.oneof([1, 2]))))
len(list(pg.iter(deep(6)))), pg.dna_spec(deep(6)).space_size
list(pg.iter(deep(3)))
list(pg.iter(pg.Dict(x=pg.manyof(2, [pg.oneof([1, 2]), pg.oneof([3, 4])]))))
list(pg.iter(pg.Dict(f=pg.oneof([act(pg.oneof([1, 2])), act(3)]))))
[
    x()
    for x in pg.iter(
        nested_act(pg.oneof([act(pg.oneof([1, 2])), act(5)]), pg.oneof([1, 2]))
    )
]
list(pg.random_sample(space(), 3, seed=1))
list(pg.random_sample(space(), 3, where=lambda x: x.hints == "h", seed=1))
list(pg.random_sample(1, 2))
next(pg.random_sample(pg.oneof([1, 2]), seed=1))
changing = pg.Dict(x=pg.oneof([1, 2]))
template2 = pg.template(changing)
changing.x.rebind({"candidates[0]": 7}) and template2.decode(pg.DNA(0))
pg.typing.Dict([("x", pg.typing.Int())]).apply(
    pg.template(pg.Dict(x=pg.oneof([1, 2])))
).value
pg.Dict(t=pg.template(pg.Dict(x=pg.oneof([1, 2]))))
pg.clone(space()) == space(), pg.eq(pg.clone(space(), deep=True), space())
isinstance(template, h.HyperValue), isinstance(template, pg.Formattable)
isinstance(template, pg.typing.CustomTyping)
template.format(compact=True)
print(pg.template(pg.Dict(x=pg.oneof([1, 2]))).format(compact=False, verbose=False))
referring = pg.Dict(
    x=pg.oneof([1, 2], hints="a"), y=h.reference("x"), z=pg.oneof([3, 4], hints="b")
)
# Expected difference: templates-of-parts
decoded(referring, 0, where=lambda x: x.hints == "b")
decoded(referring, 1, where=lambda x: x.hints == "a")
# Objects that are not symbolic.
owned = lambda make: [make(p) for p in decoded_twice]
plain_object = type("PlainObject", (), {"value": 0})()
decoded_twice = [
    pg.template(
        pg.Dict(
            c=pg.oneof([1, 2]),
            w=plain_object,
            l=[plain_object, Layer(1, inner=plain_object)],
            t=(plain_object, 1),
        )
    ).decode(pg.DNA(0))
    for _ in range(2)
]
owned(lambda p: p.w is plain_object)
owned(lambda p: p.l[0] is plain_object)
owned(lambda p: p.l[1].inner is plain_object)
owned(lambda p: p.t[0] is plain_object)
decoded_twice[0].w is decoded_twice[1].w
# Expected difference: objects-in-two-places-of-a-program
decoded_twice[0].w is decoded_twice[0].l[0]
pg.template(pg.oneof([plain_object, 1])).decode(pg.DNA(0)) is plain_object
pg.template(pg.Dict(c=pg.oneof([plain_object, 1]))).decode(pg.DNA(0)).c is plain_object
pg.template(
    pg.Dict(c=pg.oneof([Layer(pg.oneof([1, 2]), inner=plain_object), 1]))
).decode(pg.DNA((0, 0))).c.inner is plain_object
# Expected difference: placeholders-in-tuples
list(pg.iter(pg.Dict(a=pg.oneof([1, 2]), b=(pg.oneof([1, 2]), 1))))
# What placeholders know.
handed = pg.template(pg.Dict(x=pg.oneof([1, pg.oneof([2, 3])]), y=pg.floatv(0.0, 1.0)))
[v.dna for _, v in handed.hyper_primitives]
handed.set_dna(pg.DNA([(1, 0), 0.5]))
handed()
[v.dna for _, v in handed.hyper_primitives]
handed.hyper_primitives[0][1].candidates[1].dna
