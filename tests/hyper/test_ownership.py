"""What each program of a space has for itself, and what all of them share."""

import copy
import datetime
import decimal
import enum
import pathlib
import pickle
import re
import threading
import uuid
from typing import Any

import pytest

import pyglove as pg


class Weights:
    def __init__(self, value=0):
        self.value = value


class Layer(pg.Object):
    x: Any
    y: Any = None


class Leaf(pg.Object):
    v: Any


class Body(pg.Object):
    leaves: list[Leaf]
    extra: Any = None


class Unlocked:
    def __init__(self):
        self.lock = threading.Lock()


@pg.functor
def call(x, y):
    return x, y


CHOICE = [1, 2]


def two(space, dna=0):
    template = pg.template(space)
    return template.decode(pg.DNA(dna)), template.decode(pg.DNA(dna))


@pytest.mark.parametrize(
    ("make", "get"),
    [
        (lambda w: pg.Dict(c=pg.oneof(CHOICE), w=w), lambda p: p.w),
        (lambda w: pg.List([pg.oneof(CHOICE), w]), lambda p: p[1]),
        (lambda w: Layer(pg.oneof(CHOICE), w), lambda p: p.y),
        (lambda w: Layer(pg.oneof(CHOICE), Layer(w)), lambda p: p.y.x),
        (lambda w: Layer(pg.oneof(CHOICE), [{"a": w}]), lambda p: p.y[0].a),
        (lambda w: Layer(pg.oneof(CHOICE), (1, (w,))), lambda p: p.y[1][0]),
        (lambda w: Layer(pg.oneof(CHOICE), w.__init__), lambda p: p.y.__self__),
        (lambda w: call(pg.oneof(CHOICE), w), lambda p: p.y),
        (lambda w: Layer.partial(y=[pg.oneof(CHOICE), w]), lambda p: p.y[1]),
        (lambda w: pg.Dict(c=pg.oneof(CHOICE), w=w).seal(), lambda p: p.w),
    ],
)
def test_objects_beside_placeholders_are_copied(make, get):
    weights = Weights(5)
    first, second = map(get, two(make(weights)))
    assert len({id(first), id(second), id(weights)}) == 3
    assert first.value == 5
    first.value = 6
    assert (second.value, weights.value) == (5, 5)


def test_objects_in_candidates_with_decisions_are_copied():
    weights = Weights()
    space = Layer(pg.oneof([Layer(weights, pg.oneof(CHOICE)), 2]))
    first, second = two(space, (0, 1))
    assert first.x.x is not second.x.x and first.x.x is not weights
    first, second = two(pg.oneof([Layer(weights, pg.oneof(CHOICE)), 2]), (0, 1))
    assert first.x is not second.x and first.x is not weights


def test_candidates_without_decisions_are_chosen_themselves():
    weights = Weights()
    for candidate in (weights, (weights, 1), Layer(weights)):
        first, second = two(pg.Dict(c=pg.oneof([candidate, 2])))
        read = {Weights: lambda c: c, tuple: lambda c: c[0], Layer: lambda c: c.x}
        get = read[type(candidate)]
        assert get(first.c) is get(second.c) is weights


def test_what_is_behind_a_reference_is_shared():
    weights = Weights()
    holder = Layer(weights)
    first, second = two(pg.Dict(c=pg.oneof(CHOICE), r=pg.Ref(holder)))
    assert first.r is second.r is holder and first.r.x is weights


def test_what_one_program_has_twice_stays_one():
    weights = Weights()
    leaves = [Leaf(i) for i in range(40)]
    space = Layer(
        [weights, Layer(weights), (weights,), pg.oneof([Layer(weights, CHOICE), 1])],
        [pg.oneof(CHOICE), Body([*leaves, Leaf(weights)], weights)],
    )
    template = pg.template(pg.Dict(space=space, more=pg.oneof(CHOICE)))
    program = template.decode(pg.DNA([0, 1, 0]))
    x, y = program.space.x, program.space.y
    found = [x[0], x[1].x, x[2][0], y[1].leaves[-1].v, y[1].extra]
    assert len(set(map(id, found))) == 1 and found[0] is not weights


def test_large_parts_have_what_was_there_when_they_were_decoded():
    weights = Weights(1)
    body = Body([Leaf(i) for i in range(40)] + [Leaf(weights)])
    template = pg.template(Layer(pg.oneof(CHOICE), body))
    first, second = template.decode(pg.DNA(0)), template.decode(pg.DNA(0))
    weights.value = 2
    third = template.decode(pg.DNA(0))
    first.y.leaves[40].v.value = 7
    values = [p.y.leaves[40].v.value for p in (first, second, third)]
    assert values == [7, 1, 2]
    assert pickle.loads(pickle.dumps(second)).y.leaves[40].v.value == 1
    assert second.clone().y.leaves[40].v is second.y.leaves[40].v
    assert copy.deepcopy(second).y.leaves[40].v is not second.y.leaves[40].v


def test_what_does_not_change_is_shared():
    class Kind(enum.Enum):
        A = 1

    values = [
        pathlib.Path("a"),
        datetime.date(2020, 1, 1),
        datetime.datetime(2020, 1, 1),
        datetime.timedelta(1),
        decimal.Decimal("1.5"),
        uuid.UUID(int=1),
        re.compile("a"),
        Kind.A,
        Weights,
        len,
        pathlib,
        test_large_parts_have_what_was_there_when_they_were_decoded,
        range(3),
        (pathlib.Path("a"), (1, frozenset([2]))),
        pg.KeyPath("a"),
        pg.typing.Int(),
        object,
    ]
    weights = Weights()
    space = pg.Dict(c=pg.oneof(CHOICE), v=values, w=[weights, (weights, values[0])])
    first, second = two(space)
    for one, other, value in zip(first.v, second.v, values, strict=True):
        assert one is other is value
    assert first.w[1][1] is values[0]
    assert first.w[1][0] is first.w[0] is not weights


def test_values_that_change_are_copied():
    for value in ({1, 2}, bytearray(b"1"), [{1}]):
        first, second = two(Layer(pg.oneof(CHOICE), (value,)))
        assert first.y == second.y == (value,)
        assert first.y[0] is not second.y[0]


def test_loops_do_not_see_what_others_have_learnt():
    space = pg.Dict(net=Weights(), rate=pg.oneof(CHOICE))
    seen = []
    for program, feedback in pg.sample(space, pg.geno.Random(seed=1), 4):
        seen.append(program.net.value)
        program.net.value += 1
        feedback(0.0)
    for program in pg.iter(space):
        seen.append(program.net.value)
        program.net.value += 1
    assert seen == [0] * 6 and space.net.value == 0
    assert pg.materialize(space, pg.DNA(1)).net is not space.net


def test_nested_loops_have_copies_of_copies():
    space = pg.Dict(
        net=Weights(), a=pg.oneof(CHOICE), b=pg.oneof([Weights(), 1], name="b")
    )
    outer = pg.template(space, where=lambda p: p.name != "b").decode(pg.DNA(0))
    inner = pg.template(outer).decode(pg.DNA(0))
    assert len({id(p.net) for p in (space, outer, inner)}) == 3
    # Candidates of a choice that is left open are a part of the program.
    assert outer.sym_getattr("b").candidates[0] is not space.b.candidates[0]


def test_constraints_do_not_spoil_the_objects():
    def check(program):
        program.net.value += 1
        return program.net.value == 1

    space = pg.constrain(pg.Dict(net=Weights(), c=pg.oneof(CHOICE)), check)
    values = [program.net.value for program in pg.iter(space)]
    assert values == [0, 0]


def test_classes_may_opt_out():
    @pg.hyper.shared_by_programs
    class Dataset:
        pass

    class Part(Dataset):
        pass

    data, part, weights = Dataset(), Part(), Weights()
    space = pg.Dict(c=pg.oneof(CHOICE), d=data, e=[part, (data, weights)])
    first, second = two(space)
    assert first.d is second.d is data is first.e[1][0]
    assert first.e[0] is part
    assert first.e[1][1] is not second.e[1][1]
    with pytest.raises(TypeError, match="class"):
        pg.hyper.shared_by_programs(data)


def test_what_cannot_be_copied_is_named():
    space = pg.Dict(c=pg.oneof(CHOICE), d=[Layer(Unlocked())])
    with pytest.raises(TypeError) as caught:
        pg.template(space).decode(pg.DNA(0))
    (note,) = caught.value.__notes__
    assert "d[0].x" in note and "shared_by_programs" in note


def test_copies_are_encoded():
    leaves = [Leaf(i) for i in range(40)]
    space = pg.Dict(
        a=Weights(),
        b=pg.oneof([Weights(), Weights()]),
        c=(Weights(), pathlib.Path("a")),
        d=Body([*leaves, Leaf(Weights())]),
    )
    template = pg.template(space)
    for dna in (pg.DNA(0), pg.DNA(1)):
        assert template.encode(template.decode(dna)) == dna
    program = template.decode(pg.DNA(0))
    for path, value in (
        ("a", 1),
        ("a", Layer(1)),
        ("c", (1, pathlib.Path("a"))),
        ("c", (Weights(), pathlib.Path("b"))),
        ("d.leaves[40].v", 1),
        ("d.leaves[0].v", 1),
    ):
        other = program.clone().rebind({path: value})
        with pytest.raises(ValueError, match="not open to choice"):
            template.encode(other)
