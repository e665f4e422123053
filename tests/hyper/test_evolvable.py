import hashlib
import random

import pytest

import pyglove as pg
from pyglove import hyper
from pyglove.hyper import MutationType
from tests.hyper.helper import Layer

# Of the programs of `test_same_seed_same_programs`.
DIGEST = "94acadd483bb582c554f645ba03f3b3500a15fd6c94d4a9567f48f3e0ca3b462"


def double(path, value, parent):
    if isinstance(value, pg.utils.MissingValue):
        return 0
    return value * 2 if isinstance(value, int) else value


def only(kind):
    return lambda mutation_type, *_: float(mutation_type is kind)


def evolvable(value, kind=None):
    return hyper.evolve(value, double, weights=kind and only(kind))


def places(value):
    points, _ = evolvable(value).mutation_points_and_weights(value)
    return [(p.mutation_type.name, str(p.location)) for p in points]


def test_mutation_points():
    assert places(pg.Dict(a=1, b=[Layer(1)])) == [
        ("REPLACE", ""),
        ("REPLACE", "a"),
        ("REPLACE", "b"),
        ("INSERT", "b[0]"),
        ("DELETE", "b[0]"),
        ("REPLACE", "b[0]"),
        ("REPLACE", "b[0].units"),
        ("REPLACE", "b[0].kind"),
        ("REPLACE", "b[0].inner"),
        ("INSERT", "b[1]"),
    ]


def test_sizes_of_lists_are_kept():
    class Sized(pg.Object):
        v: pg.typing.List(pg.typing.Int(), min_size=1, max_size=2)

    assert "DELETE" not in dict(places(Sized([1])))
    assert "INSERT" not in dict(places(Sized([1, 2])))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (MutationType.DELETE, [[2, 3], [1, 3], [1, 2]]),
        (MutationType.INSERT, [[0, 1, 2, 3], [1, 0, 2, 3], [1, 2, 0, 3], [1, 2, 3, 0]]),
        (MutationType.REPLACE, [[1, 2, 3], [2, 2, 3], [1, 4, 3], [1, 2, 6]]),
    ],
)
def test_mutations(kind, expected):
    value = pg.List([1, 2, 3])
    rng = random.Random(1)
    found = [evolvable(value, kind).mutate(value, rng) for _ in range(100)]
    assert {str(v) for v in found} == {str(pg.List(v)) for v in expected}
    assert value == [1, 2, 3]


def test_dna_is_the_program():
    space = evolvable(pg.Dict(a=1, b=Layer(2)), MutationType.REPLACE)
    first = space.first_dna()
    assert space.decode(first) == pg.Dict(a=1, b=Layer(2))
    assert space.encode(pg.Dict(a=3)) == pg.DNA('{"a": 3}')
    assert space.random_dna() == first
    rng = random.Random(1)
    programs = [space.decode(space.random_dna(rng, first)) for _ in range(20)]
    assert pg.Dict(a=2, b=Layer(2)) in programs


def test_in_a_space():
    space = pg.Dict(x=evolvable(pg.Dict(a=1)), y=pg.oneof([1, 2]))
    programs = list(pg.random_sample(space, 3, seed=1))
    assert all(p.x == {"a": 1} for p in programs)
    assert "Evolvable" in str(pg.dna_spec(space))


def test_bad_definitions():
    with pytest.raises(TypeError):
        hyper.evolve(1, double)
    with pytest.raises(TypeError):
        hyper.evolve(pg.Dict(), 1)
    with pytest.raises(ValueError):
        hyper.evolve(pg.List([1]), double, weights=lambda *_: 0.0).mutate(pg.List([1]))


@pytest.mark.parametrize("value", [{"a": [1]}, [1, {"b": 2}]])
def test_plain_programs_become_symbolic(value):
    initial = evolvable(value).initial_value
    assert isinstance(initial, pg.Symbolic) and pg.eq(initial, value)


def test_fields_without_mutation():
    @pg.members(
        [
            ("kept", pg.typing.Any(), "Doc.", {"no_mutation": True}),
            ("free", pg.typing.Any(), "Doc.", {"no_mutation": False}),
            (
                "inner",
                pg.typing.Dict(
                    [
                        ("a", pg.typing.Int(), "Doc.", {"no_mutation": True}),
                        ("b", pg.typing.Int()),
                    ]
                ),
            ),
        ]
    )
    class Layer(pg.Object):
        pass

    value = Layer(pg.Dict(x=[1]), 2, pg.Dict(a=1, b=2))
    points, _ = pg.evolve(value, lambda k, v, p: v).mutation_points_and_weights(value)
    assert [p.location.path for p in points] == ["", "free", "inner", "inner.b"]


def test_weights_that_leave_nothing():
    for weight in (0.0, -1.0, float("nan")):
        space = pg.evolve(
            pg.Dict(x=1), lambda k, v, p: 2, weights=lambda *_, w=weight: w
        )
        with pytest.raises(ValueError, match="weight above zero"):
            space.mutate(pg.Dict(x=1), random.Random(1))


def search(space, trials=60, use=lambda program: None):
    """The DNA and programs of a search by evolution."""
    algorithm = pg.evolution.regularized_evolution(
        pg.evolution.mutators.Uniform(seed=1),
        population_size=10,
        tournament_size=3,
        seed=1,
    )
    rewards = random.Random(2)
    found = []
    for program, feedback in pg.sample(space, algorithm, trials):
        found.append((feedback.dna.value, program))
        use(program)
        feedback(rewards.random())
    return found


def draws(seed=3, **values):
    """A transform that draws new values by the type of the present one."""
    rng = random.Random(seed)

    def transform(path, value, parent):
        if isinstance(value, pg.utils.MissingValue):
            return Layer(rng.randrange(100))
        make = values.get(type(value).__name__)
        if make is not None:
            return make(rng)
        return rng.randrange(1000) if type(value) is int else value

    return transform


def program():
    return pg.Dict(layers=[Layer(1), Layer(2)], rate=1, extra=pg.Dict(x=[1, 2]))


def test_same_seed_same_programs():
    texts = [dna for dna, _ in search(pg.evolve(program(), draws()))]
    assert texts == [dna for dna, _ in search(pg.evolve(program(), draws()))]
    digest = hashlib.sha256("".join(texts).encode()).hexdigest()
    assert digest == DIGEST


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"Layer": lambda rng: Layer(rng.randrange(9), sealed=True)},
        {
            "List": lambda rng: pg.List(
                [rng.randrange(9)], value_spec=pg.typing.List(int, max_size=2)
            )
        },
        {"Layer": lambda rng: pg.Ref(Layer(rng.randrange(9)))},
        {"Dict": lambda rng: pg.Dict({rng.randrange(3): "one", "two": (1, [2])})},
        {"List": lambda rng: [rng.choice([1.5, None, "text", True, 2**70])]},
    ],
)
def test_programs_are_what_their_texts_say(values):
    for text, found in search(pg.evolve(program(), draws(**values))):
        expected = pg.from_json_str(text)
        assert pg.eq(found, expected)
        assert pg.to_json_str(found) == text
        for path in ("layers", "extra", "extra.x", "layers[0]"):
            pair = [pg.KeyPath.parse(path).get(v, None) for v in (found, expected)]
            if all(isinstance(v, pg.Symbolic) for v in pair):
                assert len({v.sym_sealed for v in pair}) == 1
                if isinstance(pair[0], pg.List):
                    assert pair[0].value_spec == pair[1].value_spec


def test_what_becomes_of_a_program_does_not_reach_its_children():
    def spoil(found):
        found.rebind(rate=-1, raise_on_no_change=False)
        if "layers" in found and found.layers:
            found.layers[0].rebind(units=-1, raise_on_no_change=False)

    plain = [dna for dna, _ in search(pg.evolve(program(), draws()))]
    assert [dna for dna, _ in search(pg.evolve(program(), draws()), use=spoil)] == plain


def test_a_transform_may_change_the_program_it_is_given():
    def transform(path, value, parent):
        if isinstance(parent, Layer):
            parent.rebind(kind=f"after {parent.units}", raise_on_no_change=False)
        return value + 1 if type(value) is int else value

    space = pg.evolve(pg.Dict(x=Layer(1), y=Layer(1)), transform)
    dna = space.first_dna()
    rng = random.Random(1)
    for _ in range(50):
        before = dna.value
        child = space.random_dna(rng, dna)
        assert dna.value == before
        assert pg.eq(space.decode(dna), pg.from_json_str(before))
        dna = child
    assert "after" in dna.value


def test_a_class_may_have_a_mutation_of_its_own():
    class Count(hyper.Evolvable):
        def mutate(self, value, random_generator=None):
            return pg.Dict(x=value.x + 1)

    class First(hyper.Evolvable):
        def mutation_points_and_weights(self, value):
            points, _ = super().mutation_points_and_weights(value)
            return points, [float(p.location == "x") for p in points]

    space = Count(initial_value=pg.Dict(x=1), node_transform=double)
    dna = space.random_dna(None, pg.DNA('{"x": 1}'))
    assert dna == pg.DNA('{"x": 2}')
    space = First(initial_value=pg.Dict(w=1, x=1), node_transform=double)
    dna = space.random_dna(None, pg.DNA('{"w": 1, "x": 1}'))
    assert dna == pg.DNA('{"w": 1, "x": 2}')


def test_more_programs_than_are_kept():
    space = pg.evolve(pg.Dict(x=0), lambda k, v, p: v + 1, weights=only_field)
    dnas = [space.first_dna()]
    rng = random.Random(1)
    for _ in range(600):
        dnas.append(space.random_dna(rng, dnas[-1]))
    assert [space.decode(dna).x for dna in dnas] == list(range(601))


def only_field(mutation_type, path, value, parent):
    return float(parent is not None)


def test_keys_that_are_no_strings_come_back():
    space = pg.evolve(pg.Dict({1: 2}), double)
    assert space.decode(space.first_dna()) == {1: 2}
