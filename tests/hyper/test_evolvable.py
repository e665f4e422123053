import random

import pytest

import pyglove as pg
from pyglove import hyper
from pyglove.hyper import MutationType
from tests.hyper.helper import Layer


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
