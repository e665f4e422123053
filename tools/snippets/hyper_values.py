"""Placeholders: choices, floats, custom ones, evolvable and derived values."""

import random
import typing
from typing import Any

import pyglove as pg

h = pg.hyper
t = pg.typing


class Layer(pg.Object):
    units: int
    rate: float = 0.1
    inner: Any = None


class Typed(pg.Object):
    i: int = 1
    f: float = 1.0
    s: str = "s"
    e: typing.Literal["a", "b"] = "a"
    b: bool = False
    li: list[int] = []
    ll: list[Layer] = []
    d: dict[str, Any] = {}
    layer: Layer | None = None
    any: Any = None


@pg.members(
    [
        ("i", t.Int(min_value=0, max_value=10).noneable()),
        ("f", t.Float(min_value=0.0, max_value=1.0).noneable()),
        ("n", t.Union([t.Int(), t.Str()]).noneable()),
        ("l", t.List(t.Int(), min_size=1, max_size=3).noneable()),
        ("t", t.Tuple([t.Int(), t.Int()]).noneable()),
        ("c", t.Callable().noneable()),
        ("k", t.Type(Layer).noneable()),
        ("fr", t.Int().freeze(3)),
    ]
)
class Bounded(pg.Object):
    pass


@pg.functor
def act(x, y=1):
    return x * y


class Text(h.CustomHyper):
    letters: str = "abc"

    def custom_decode(self, dna):
        return [self.letters.index(c) for c in dna.value]

    def custom_encode(self, value):
        return pg.DNA("".join(self.letters[v] for v in value))

    def next_dna(self, dna=None):
        if dna is None:
            return pg.DNA("a")
        return pg.DNA(dna.value + "a") if len(dna.value) < 3 else None

    def random_dna(self, random_generator=None, previous_dna=None):
        rng = random_generator or random
        if previous_dna is not None:
            return pg.DNA(previous_dna.value + "z")
        return pg.DNA("".join(rng.choice("abc") for _ in range(2)))


class Bare(h.CustomHyper):
    def custom_decode(self, dna):
        return dna.value


class Derived(h.DerivedValue):
    def custom_apply(self, *args, **kwargs):
        return False, self


class Sum(Derived):
    def derive(self, *args):
        return sum(args)


class Size(Derived):
    def derive(self, x):
        return len(x)


def program():
    return Layer(1, inner=[Layer(2), Layer(3, inner="x")])


def transform(path, value, parent):
    if isinstance(value, int):
        return value + 1
    if value == pg.MISSING_VALUE:
        return Layer(100)
    return value


def points(value, **kwargs):
    """All mutations of a value."""
    found, weights = pg.evolve(value, transform, **kwargs).mutation_points_and_weights(
        value
    )
    return [
        (p.mutation_type.name, str(p.location), repr(p.old_value), w)
        for p, w in zip(found, weights)
    ]


def mutated(value, n=5, **kwargs):
    """Mutations of a value with one seed."""
    evolvable = pg.evolve(value, transform, **kwargs)
    rng = random.Random(1)
    result = []
    for _ in range(n):
        value = evolvable.mutate(value.clone(deep=True), rng)
        result.append(repr(value))
    return result


def decoded(space, *values):
    """What DNA lead to."""
    template = pg.template(space)
    return [template.decode(pg.DNA(v)) for v in values]


# Snippets
pg.oneof([1, 2, 3])
str(pg.oneof([1, 2, 3]))
print(pg.oneof([1, 2, 3]))
pg.oneof(["a", None, Layer(1), [1], {"x": 1}])
pg.oneof([1, 2], name="n", hints="h")
pg.oneof(range(3)), pg.oneof(x for x in (1, 2)), pg.oneof((1, 2)), pg.oneof({1: 2})
pg.oneof([])
pg.oneof(1)
pg.oneof([1, 1])
pg.oneof("abc")
pg.oneof([1, 2], "n")
pg.oneof([1, 2]).candidates, pg.oneof([1, 2]).num_choices, pg.oneof([1, 2]).name
pg.oneof([1, 2]).choices_distinct, pg.oneof([1, 2]).choices_sorted
pg.oneof([1, 2]).where, pg.oneof([1, 2]).hints
pg.oneof([1, 2]).is_leaf, pg.oneof([1, pg.oneof([2, 3])]).is_leaf
pg.oneof([1, 2]).candidate_templates
h.OneOf([1, 2]), h.OneOf(candidates=[1, 2], hints=1), h.ChoiceValue is h.OneOf
# Expected difference: assertions-and-internal-errors
h.OneOf([1, 2], num_choices=2)
h.OneOf()
h.one_of is pg.oneof, h.sublist_of is pg.manyof, h.float_value is pg.floatv
pg.manyof(2, [1, 2, 3])
str(pg.manyof(2, [1, 2, 3]))
pg.manyof(2, [1, 2, 3], distinct=False, sorted=True, name="n", hints="h")
pg.manyof(2, [1, 2, 3], choices_distinct=False, choices_sorted=True)
pg.manyof(2, [1, 2, 3], False)
pg.manyof(4, [1, 2, 3])
pg.manyof(4, [1, 2, 3], distinct=False).num_choices
pg.manyof(0, [1, 2])
pg.manyof(-1, [1, 2])
pg.manyof("a", [1, 2])
pg.manyof(1, [])
# Expected difference: invalid-input-is-an-error
pg.manyof(2, [1, 2], nonsense=True)
pg.manyof(1, [1, 2]), pg.manyof(1, [1, 2]).is_leaf
h.ManyOf(2, [1, 2, 3]), h.ManyOf(num_choices=2, candidates=[1, 2])
h.ChoiceList is h.ManyOf
# Expected difference: assertions-and-internal-errors
h.ManyOf(candidates=[1, 2, 3])
# Expected difference: assertions-and-internal-errors
h.Choices(candidates=[1, 2])
h.HyperPrimitive()
pg.permutate([1, 2, 3])
pg.permutate([1, 2, 3], "n", "h")
pg.permutate([])
pg.permutate(range(3)), pg.permutate("ab")
pg.floatv(0.0, 1.0)
str(pg.floatv(0.0, 1.0))
pg.floatv(0.1, 1.0, "log"), pg.floatv(0.1, 1.0, scale="rlog", name="n", hints=1)
pg.floatv(0.0, 1.0, "log")
pg.floatv(1.0, 0.0)
pg.floatv(1, 2)
pg.floatv("a", 1.0)
pg.floatv(0.0, 1.0, "nonsense")
pg.floatv(0.0), pg.floatv()
pg.floatv(1.0, 1.0)
pg.floatv(0.0, 1.0).is_leaf, pg.floatv(0.0, 1.0).min_value, pg.floatv(0.0, 1.0).scale
h.Float(0.0, 1.0), h.Float(0.0, 1.0, "linear", "n", "h")
h.Float(min_value=0.0)
pg.eq(pg.oneof([1, 2]), pg.oneof([1, 2])), pg.oneof([1, 2]) == pg.oneof([1, 2])
pg.oneof([1, 2]) == pg.oneof([1, 3]), pg.eq(pg.oneof([1, 2]), pg.manyof(1, [1, 2]))
hash(pg.oneof([1, 2])) == hash(pg.oneof([1, 2]))
pg.is_deterministic(pg.oneof([1])), pg.is_deterministic(Layer(1))
pg.is_deterministic([pg.floatv(0.0, 1.0)]), isinstance(pg.oneof([1]), h.HyperValue)
pg.contains(Layer(pg.oneof([1, 2])), type=h.HyperValue)
(
    isinstance(pg.oneof([1]), pg.symbolic.NonDeterministic),
    isinstance(pg.oneof([1]), pg.Object),
)
pg.to_json(pg.oneof([1, "a", Layer(2)], name="n"))
pg.to_json(pg.manyof(2, [1, 2, 3], sorted=True))
pg.to_json(pg.floatv(0.1, 1.0, "log"))
pg.to_json(pg.permutate([1, 2]))
pg.to_json(Layer(pg.oneof([1, 2]), inner=h.reference("units")))
pg.to_json(Text())
pg.eq(
    pg.from_json(pg.oneof([1, pg.oneof([2])]).to_json()), pg.oneof([1, pg.oneof([2])])
)
pg.from_json(pg.to_json(Layer(pg.oneof([1, 2]))))
print(Layer(pg.oneof([1, 2]), pg.floatv(0.0, 1.0), [pg.manyof(2, [1, 2, 3])]))
Layer(pg.oneof([1, 2]), pg.floatv(0.0, 1.0), [pg.manyof(2, [1, 2, 3])])
(
    pg.oneof([1, 2]).decode(pg.DNA(1)),
    pg.oneof([1, pg.oneof([2, 3])]).decode(pg.DNA((1, 0))),
)
pg.oneof([1, 2]).decode(pg.DNA(2))
pg.oneof([1, 2]).decode(pg.DNA(None))
pg.oneof([1, 2]).decode(pg.DNA("a"))
pg.oneof([1, 2]).decode(pg.DNA(0.5))
pg.oneof([1, 2]).decode(pg.DNA((0, 1)))
pg.oneof([1, 2]).decode(pg.DNA([0, 1]))
pg.oneof([1, pg.oneof([2, 3])]).decode(pg.DNA(1))
# Expected difference: assertions-and-internal-errors
pg.oneof([1, 2]).decode(1)
# Expected difference: programs-are-symbolic
pg.manyof(2, [1, 2, 3]).decode(pg.DNA([0, 2]))
pg.manyof(2, [1, 2, 3]).decode(pg.DNA([0, 0]))
pg.manyof(2, [1, 2, 3], sorted=True).decode(pg.DNA([1, 0]))
pg.manyof(2, [1, 2, 3]).decode(pg.DNA([0]))
pg.manyof(2, [1, 2, 3]).decode(pg.DNA([0, 1, 2]))
pg.manyof(2, [1, 2, 3]).decode(pg.DNA([0, 3]))
pg.manyof(2, [1, 2, 3]).decode(pg.DNA(1))
# Expected difference: programs-are-symbolic
pg.manyof(1, [1, 2, 3]).decode(pg.DNA(1))
# Expected difference: programs-are-symbolic
pg.manyof(2, [pg.oneof([1, 2]), 3]).decode(pg.DNA([(0, 1), 1]))
# Expected difference: programs-are-symbolic
pg.permutate([1, 2, 3]).decode(pg.DNA([2, 0, 1]))
pg.floatv(0.0, 1.0).decode(pg.DNA(0.5))
pg.floatv(0.0, 1.0).decode(pg.DNA(1.5))
pg.floatv(0.0, 1.0).decode(pg.DNA(1))
pg.floatv(0.0, 1.0).decode(pg.DNA("a"))
pg.floatv(0.0, 1.0).decode(pg.DNA(-0.5))
pg.oneof([1, 2]).encode(2), pg.oneof([1, pg.oneof([2, 3])]).encode(3)
pg.oneof([1, 2]).encode(3)
pg.oneof([1, 1]).encode(1)
pg.oneof([1, True]).encode(True), pg.oneof([1, 1.0]).encode(1.0)
pg.oneof([Layer(1), Layer(2)]).encode(Layer(2))
pg.oneof([Layer(pg.oneof([5, 6])), Layer(2)]).encode(Layer(6))
pg.oneof([Layer(1)]).encode(Layer(3))
pg.oneof([[1], {"a": 1}]).encode({"a": 1}), pg.oneof([[1], {"a": 1}]).encode([1])
pg.oneof(["a", None]).encode(None)
pg.manyof(2, [1, 2, 3]).encode([3, 1])
# Expected difference: a-program-outside-its-space
pg.manyof(2, [1, 2, 3]).encode([3, 3])
# Expected difference: a-program-outside-its-space
pg.manyof(2, [1, 2, 3], sorted=True).encode([3, 1])
pg.manyof(2, [1, 2, 3]).encode([1])
pg.manyof(2, [1, 2, 3]).encode([1, 4])
pg.manyof(2, [1, 2, 3]).encode(1)
pg.manyof(2, [1, 2, 3]).encode((1, 2))
pg.manyof(1, [1, 2, 3]).encode([2])
pg.permutate([1, 2, 3]).encode([3, 1, 2])
pg.floatv(0.0, 1.0).encode(0.5)
pg.floatv(0.0, 1.0).encode(1.5)
pg.floatv(0.0, 1.0).encode(1)
pg.floatv(0.0, 1.0).encode("a")
pg.oneof([1, 2]).dna_spec(), pg.oneof([1, 2]).dna_spec("a.b").location
pg.oneof([1, 2], name="n", hints="h").dna_spec()
pg.manyof(2, [1, pg.oneof([2, 3])]).dna_spec()
pg.floatv(0.1, 1.0, "log", name="n").dna_spec("x")
pg.permutate([1, 2, 3]).dna_spec().num_choices
pg.oneof([1, 2]).dna
pg.oneof([1, 2])()
value = pg.oneof([1, 2])
value.set_dna(pg.DNA(1)), value(), value.dna
value.decode(pg.DNA(0)), value.dna, value()
value.set_dna(None), value.dna
Typed(i=pg.oneof([1, 2])), Typed(i=pg.oneof([1, 2])).i
Typed(i=pg.oneof([1, "a"]))
Typed(i=pg.oneof([1, 1.5]))
Typed(i=pg.oneof([1, None]))
Typed(i=pg.oneof([1, pg.oneof([2, "a"])]))
Typed(i=pg.oneof([1, pg.oneof([2, 3])])).i
Typed(i=pg.floatv(0.0, 1.0))
Typed(i=pg.manyof(2, [1, 2]))
Typed(f=pg.oneof([1, 2])), decoded(Typed(f=pg.oneof([1, 2])), 0)[0].f
Typed(f=pg.floatv(0.0, 1.0)).f
Typed(f=pg.oneof(["a"]))
Typed(s=pg.oneof(["a", "b"])).s
Typed(s=pg.oneof(["a", 1]))
Typed(s=pg.floatv(0.0, 1.0))
Typed(e=pg.oneof(["a", "b"])).e
Typed(e=pg.oneof(["a", "c"]))
Typed(e=pg.floatv(0.0, 1.0))
Typed(b=pg.oneof([True, False])).b
Typed(b=pg.oneof([True, 1]))
Typed(li=pg.manyof(2, [1, 2, 3])).li
Typed(li=pg.manyof(2, [1, "a"]))
Typed(li=pg.oneof([[1], [2, 3]])).li
Typed(li=pg.oneof([[1], ["a"]]))
Typed(li=pg.oneof([1, 2]))
Typed(li=[pg.oneof([1, 2]), 3]).li
Typed(li=[pg.oneof([1, "a"])])
Typed(li=pg.floatv(0.0, 1.0))
Typed(ll=pg.manyof(2, [Layer(1), Layer(2)])).ll
Typed(ll=pg.manyof(2, [Layer(1), 2]))
Typed(ll=[pg.oneof([Layer(1), Layer(2)])]).ll
Typed(d={"a": pg.oneof([1, 2])}).d
Typed(d=pg.oneof([{"a": 1}, {"b": 2}])).d
Typed(d=pg.oneof([1]))
Typed(layer=pg.oneof([Layer(1), None])).layer
Typed(layer=pg.oneof([Layer(1), 2]))
Typed(layer=pg.oneof([Layer(pg.oneof([1, 2])), None])).layer
Typed(any=pg.oneof([1, "a", None])).any
Bounded(i=pg.oneof([0, 10])).i
Bounded.partial(i=pg.oneof([0, 11]))
Bounded.partial(i=pg.oneof([0, None])).i
# Expected difference: placeholders-in-fields-that-may-be-none
Bounded.partial(f=pg.floatv(0.0, 1.0)).f
# Expected difference: placeholders-in-fields-that-may-be-none
Bounded.partial(f=pg.floatv(-1.0, 1.0))
# Expected difference: placeholders-in-fields-that-may-be-none
Bounded.partial(f=pg.floatv(0.0, 2.0))
Bounded.partial(f=pg.oneof([0.5, 2.0]))
Bounded.partial(n=pg.oneof([1, "a"])).n
Bounded.partial(n=pg.oneof([1, 1.5]))
Bounded.partial(n=pg.floatv(0.0, 1.0))
Bounded.partial(n=pg.manyof(2, [1, 2]))
# Expected difference: placeholders-in-fields-that-may-be-none
Bounded.partial(l=pg.manyof(2, [1, 2])).l
# Expected difference: placeholders-in-fields-that-may-be-none
Bounded.partial(l=pg.manyof(4, [1, 2], distinct=False))
Bounded.partial(l=pg.oneof([[1], [1, 2, 3, 4]]))
Bounded.partial(t=pg.oneof([(1, 2), (3, 4)])).t
Bounded.partial(t=pg.oneof([(1, 2), (3, 4, 5)]))
Bounded.partial(t=(pg.oneof([1, 2]), 3)).t
Bounded.partial(t=pg.manyof(2, [1, 2]))
Bounded.partial(c=pg.oneof([len, act(1)])).c
Bounded.partial(c=pg.oneof([len, 1]))
Bounded.partial(k=pg.oneof([Layer])).k
Bounded.partial(k=pg.oneof([int]))
Bounded.partial(fr=pg.oneof([3]))
Layer(pg.oneof([1, 2])).rebind(units=pg.oneof([3, "a"]))
Layer(1).rebind(units=pg.oneof([3, 4])).units
Layer(pg.oneof([1, 2])).units.rebind({"candidates[0]": 5}).candidates
Layer(pg.oneof([1, 2])).units.rebind({"candidates[0]": "a"})
pg.List([pg.oneof([1, "a"])], value_spec=t.List(t.Int()))
pg.Dict(a=pg.oneof([1, "a"]), value_spec=t.Dict([("a", t.Int())]))
act(pg.oneof([1, 2]))
decoded(act(pg.oneof([1, 2])), 1)[0]()
Text()
# Expected difference: assertions-and-internal-errors
Text().dna_spec(), Text(name="n", hints=1).dna_spec("x")
Text().decode(pg.DNA("cab")), Text().encode([0, 1]), Text(letters="xyz").encode([2])
Text().decode(pg.DNA(1))
Text().decode(pg.DNA(None))
Text().decode(pg.DNA([1, 2]))
Text().first_dna(), Text().next_dna(), Text().next_dna(pg.DNA("aa"))
Text().random_dna(random.Random(1))
Bare().decode(pg.DNA("x"))
Bare().encode("x")
Bare().first_dna()
Bare().next_dna()
Bare().random_dna()
h.CustomHyper()
list(pg.iter(Text())), list(pg.iter(pg.Dict(x=Text(), y=pg.oneof([1, 2]))))
[str(x) for x in pg.random_sample(pg.Dict(x=Text()), 3, seed=1)]
pg.random_dna(pg.dna_spec(Text()), random.Random(1), previous_dna=pg.DNA("ab"))
pg.template(pg.Dict(x=Text())).encode(pg.Dict(x=[0, 1]))
pg.template(pg.Dict(x=Bare())).encode(pg.Dict(x="a"))
pg.template(pg.Dict(x=Text())).decode(pg.DNA("ab"))
pg.template(pg.Dict(x=Text())).decode(pg.DNA(1))
Typed(i=Text())
pg.dna_spec(pg.Dict(x=Text(), y=Bare(name="n")))
pg.evolve(program(), transform)
str(pg.evolve(program(), transform, name="n", hints="h").name)
pg.evolve(1, transform)
pg.evolve({"a": 1}, transform).initial_value
pg.evolve([1], transform).initial_value
pg.evolve(program(), 1)
pg.evolve(program(), transform, weights=1)
pg.evolve(program(), lambda a, b: 1)
# Expected difference: assertions-and-internal-errors
pg.evolve(program(), transform).dna_spec()
pg.evolve(program(), transform).first_dna()
pg.evolve(program(), transform).random_dna()
pg.evolve(program(), transform).random_dna(
    random.Random(1), pg.DNA(program().to_json_str())
)
pg.evolve(program(), transform).decode(pg.DNA(program().to_json_str()))
pg.evolve(program(), transform).encode(Layer(9))
pg.evolve(program(), transform).next_dna()
points(program())
points(pg.Dict(a=1, b=[1]))
points(pg.List([1, [2]]))
points(pg.Dict(a=(1, 2)))
# Expected difference: mutations-of-programs
points(Bounded(i=1, f=0.5, n=1, l=[1], t=(1, 2), c=len, k=Layer))
# Expected difference: mutations-of-programs
points(Typed(li=[1]))
points(Layer(1), weights=lambda mt, k, v, p: 2.0 if mt.name == "REPLACE" else 1.0)
points(program(), weights=lambda mt, k, v, p: float(len(str(k))))
points(pg.Dict(a=[1]), weights=lambda mt, k, v, p: float(isinstance(p, pg.List)))
mutated(program())
mutated(pg.Dict(a=1, b=[1, 2]), 8)
mutated(pg.List([1]), 4)
mutated(program(), 3, weights=lambda mt, k, v, p: float(mt.name == "DELETE"))
mutated(program(), 3, weights=lambda mt, k, v, p: float(mt.name == "INSERT"))
mutated(program(), 1, weights=lambda mt, k, v, p: 0.0)
mutated(program(), 1, weights=lambda mt, k, v, p: -1.0)
original = program()
# Expected difference: mutations-of-programs
pg.evolve(original, transform).mutate(original, random.Random(1)) is original, original
(
    h.MutationType.REPLACE,
    h.MutationType.INSERT,
    h.MutationType.DELETE,
    list(h.MutationType),
)
(
    h.MutationType.REPLACE == "0",
    h.MutationType("1"),
    isinstance(h.MutationType.DELETE, str),
)
h.MutationPoint(h.MutationType.REPLACE, pg.KeyPath("a"), 1, None)
h.MutationPoint("x", pg.KeyPath("a"), 1, None).mutation_type
pg.to_json(pg.evolve(Layer(1), transform, weights=None))["_type"]
list(pg.random_sample(pg.evolve(Layer(1), transform), 2, seed=1))
list(pg.iter(pg.evolve(Layer(1), transform), 2))
pg.dna_spec(pg.Dict(x=pg.evolve(Layer(1), transform, name="e"), y=pg.oneof([1, 2])))
h.reference("a.b")
str(h.reference("a.b"))
h.ValueReference(["a"]), h.ValueReference(reference_paths=["a.b[0]"]).reference_paths
h.ValueReference([])
h.ValueReference(["a", "b"])
h.ValueReference("a")
h.DerivedValue(["a"])
list(pg.iter(pg.Dict(x=pg.oneof([1, 2]), y=h.reference("x"))))
list(pg.iter(pg.Dict(x=pg.oneof([1, 2]), y=pg.Dict(z=h.reference("x")))))
list(pg.iter(pg.Dict(x=1, y=pg.Dict(x=pg.oneof([3, 4]), z=h.reference("x")))))
list(pg.iter(pg.Dict(x=pg.Dict(p=pg.oneof([1, 2])), y=h.reference("x.p"))))
list(pg.iter(pg.Dict(x=pg.oneof([1, 2]), y=[h.reference("x"), h.reference("x")])))
list(pg.iter(pg.Dict(x=pg.oneof([1, 2]), y=h.reference("nowhere"))))
list(pg.iter(pg.Dict(x=pg.oneof([1, 2]), y=h.reference("x"), z=h.reference("y"))))
list(pg.iter(pg.Dict(x=pg.oneof([1, 2]), y=h.reference("y"))))
list(pg.iter(pg.Dict(x=pg.oneof([Layer(1), Layer(2)]), y=h.reference("x"))))
list(pg.iter(pg.Dict(a=pg.oneof([2, 3]), b=5, c=Sum(["a", "b"]))))
list(pg.iter(pg.Dict(a=pg.manyof(2, [2, 3]), c=Size(["a"]))))
list(pg.iter(Layer(pg.oneof([1, 2]), inner=Sum(["units", "rate"]))))
list(pg.iter(Layer(pg.oneof([1, 2]), inner=pg.List([Sum(["units", "rate"])]))))
pg.Dict(a=1, b=h.reference("a")).b, pg.Dict(a=1, b=h.reference("a")).b()
pg.Dict(a=1, b=Sum(["a", "c"]), c=2).b()
pg.Dict(a=1, b=h.reference("x")).b()
h.reference("x")()
pg.Dict(a=1, b=h.reference("a")).b.resolve()
pg.Dict(a=1, b=h.reference("a")).b.resolve("a")
pg.Dict(a=1, b=h.reference("a")).b.resolve(["a", "b"])
pg.Dict(a=1, b=h.reference("a")).b.resolve("x")
pg.Dict(a=1, b=h.reference("a")).b.resolve(1)
Layer(h.reference("rate")).units, Typed(i=Sum(["f"])).i
Typed(i=h.reference("s"), f=pg.oneof([1.0, 2.0])).i
pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]), y=h.reference("x")))
pg.template(pg.Dict(x=pg.oneof([1, 2]), y=h.reference("x"))).encode(pg.Dict(x=2, y=2))
pg.template(pg.Dict(x=pg.oneof([1, 2]), y=h.reference("x"))).encode(pg.Dict(x=2, y=1))
pg.template(pg.Dict(a=pg.oneof([2, 3]), c=Sum(["a"]))).encode(pg.Dict(a=3, c=3))
pg.is_deterministic(pg.Dict(a=1, b=h.reference("a")))
h.ObjectTemplate(pg.Dict(x=pg.oneof([1, 2]), y=h.reference("x"))).decode(pg.DNA(1))
h.ObjectTemplate(pg.Dict(x=pg.oneof([1, 2]), y=h.reference("x")), True).decode(
    pg.DNA(1)
)
list(pg.iter(pg.oneof([pg.Dict(a=pg.oneof([1, 2]), b=h.reference("a")), 3])))
[k for k in h.OneOf.__schema__.keys()], [k for k in h.ManyOf.__schema__.keys()]
[k for k in h.Float.__schema__.keys()], [k for k in h.Evolvable.__schema__.keys()]
h.OneOf.init_arg_list, h.ManyOf.init_arg_list, h.Float.init_arg_list
# Placeholders as values.
Held = type("Held", (pg.Object,), {"__annotations__": {"space": h.HyperValue}})
Held(pg.oneof([1, 2]))
Held(pg.template(1)).space
Held(1)
[
    t.Object(cls).apply(v) is v
    for cls, v in [
        (h.OneOf, pg.oneof([1, 2])),
        (h.ManyOf, pg.manyof(1, [1, 2])),
        (h.Float, pg.floatv(0.0, 1.0)),
        (h.HyperValue, pg.template(pg.Dict(x=pg.oneof([1, 2])))),
    ]
]
t.Object(h.ManyOf).apply(pg.oneof([1, 2]))
bound = pg.oneof([1, 2])
t.Int().apply(bound) is bound
t.Any().apply(bound) is bound
t.Float().apply(bound)
t.Int(min_value=0).apply(bound)
t.Float().apply(bound.clone()).candidates
# Fields without mutations.
Fixed = pg.members([("k", t.Int(), "doc", {"no_mutation": True}), ("l", t.Int())])(
    type("Fixed", (pg.Object,), {})
)
[
    str(p.location)
    for p in pg.evolve(Fixed(1, 2), transform).mutation_points_and_weights(Fixed(1, 2))[
        0
    ]
]
pg.evolve(pg.Dict(x=1), transform, weights=lambda *_: 0.0).mutate(
    pg.Dict(x=1), random.Random(1)
)
# Derived values.
tree = pg.Dict(
    a=1,
    c=[
        pg.Dict(
            x=[pg.Dict(z=2)],
            y=h.reference("x[0].z"),
            w=h.reference("y"),
            v=h.reference("c"),
        )
    ],
)
[str(path) for _, path in tree.c[0].sym_getattr("y").resolve()]
tree.c[0].sym_getattr("y").resolve([1])
tree.c[0].sym_getattr("y").resolve(("a",))
tree.c[0].sym_getattr("y")()
tree.c[0].sym_getattr("w")()
tree.c[0].sym_getattr("v")()
pg.oneof(3)
pg.manyof([1, 2], 2)
# Expected difference: ranges-are-finite
pg.floatv(0.0, float("inf"))
