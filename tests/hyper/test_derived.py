import pytest

import pyglove as pg
from pyglove import hyper
from tests.hyper.helper import Layer


class Sum(hyper.DerivedValue):
    def derive(self, *args):
        return sum(args)


def test_references():
    space = pg.Dict(a=pg.oneof([1, 2]), b=hyper.reference("a"))
    assert list(pg.iter(space)) == [{"a": 1, "b": 1}, {"a": 2, "b": 2}]
    assert space.b() is space.a
    assert space.b.resolve() == [(space, "a")]
    assert space.b.resolve("a") == (space, "a")


def test_paths_start_at_the_nearest_ancestor():
    space = pg.Dict(
        x=pg.Dict(a=pg.oneof([1, 2]), b=hyper.reference("x.a"), c=hyper.reference("a")),
        a=7,
    )
    assert pg.materialize(space, {"x.a": 1}) == {"x": {"a": 2, "b": 2, "c": 2}, "a": 7}


def test_derived_values():
    space = pg.Dict(a=pg.oneof([1, 2]), b=3, c=Layer(Sum(["a", "b"])))
    template = pg.template(space)
    program = template.decode(pg.DNA(1))
    assert program.c.units == 5
    assert template.encode(program) == pg.DNA(1)
    with pytest.raises(ValueError, match=r"c\.units"):
        template.encode(program.clone(override={"c.units": 6}))


def test_derived_values_in_candidates():
    space = pg.Dict(a=pg.oneof([Layer(hyper.reference("b")), 2]), b=3)
    assert [p.a for p in pg.iter(space)] == [Layer(3), 2]


def test_symbolic_values_are_copied():
    space = pg.Dict(a=Layer(1), b=hyper.reference("a"), c=pg.oneof([1, 2]))
    program = next(pg.iter(space))
    assert program.b == program.a and program.b is not program.a


@pytest.mark.parametrize(
    "space",
    [
        pg.Dict(a=pg.oneof([1, 2]), b=hyper.reference("x")),
        pg.Dict(a=pg.oneof([1, 2]), b=hyper.reference("b")),
        pg.Dict(a=pg.oneof([1, 2]), b=hyper.reference("a"), c=hyper.reference("b")),
    ],
)
def test_references_to_nothing(space):
    with pytest.raises(ValueError):
        next(pg.iter(space))


def test_a_reference_has_one_path():
    with pytest.raises(ValueError):
        hyper.ValueReference(["a", "b"])
    with pytest.raises(TypeError):
        hyper.reference(1)
    with pytest.raises(TypeError):
        hyper.DerivedValue(["a"])


def test_json():
    reference = hyper.reference("a.b")
    assert reference.to_json() == {
        "_type": "pyglove.core.hyper.derived.ValueReference",
        "reference_paths": ["a.b"],
    }
    assert pg.eq(pg.from_json(reference.to_json()), reference)


def test_what_is_derived_from_something_undecided_waits():
    space = pg.Dict(
        a=pg.oneof([1, 2], hints="A"),
        b=hyper.reference("a"),
        c=pg.oneof([5, 6], hints="C"),
    )
    first = pg.template(space, where=lambda x: x.hints == "C")
    rest = first.decode(pg.DNA(1))
    assert isinstance(rest.b, hyper.ValueReference) and rest.c == 6
    assert first.encode(rest) == pg.DNA(1)
    assert pg.template(rest).decode(pg.DNA(1)) == {"a": 2, "b": 2, "c": 6}


def test_candidates_that_are_not_chosen_are_left_alone():
    inner = pg.Dict(p=pg.oneof([1, 2]), q=hyper.reference("p"))
    space = pg.Dict(x=pg.oneof([inner, 3], hints="X"), p=9, z=pg.oneof([1, 2]))
    rest = pg.template(space, where=lambda v: v.sym_path == "z").decode(pg.DNA(0))
    assert isinstance(rest.x.candidates[0].q, hyper.ValueReference)


@pytest.mark.parametrize(
    ("space", "path"),
    [
        (pg.Dict(a=pg.oneof([1]), b=pg.Dict(c=hyper.reference("d.e"))), r"b\.c"),
        (pg.Dict(a=pg.oneof([1]), b=[hyper.reference("a.x")]), r"b\[0\]"),
    ],
)
def test_a_reference_to_nothing_is_named(space, path):
    with pytest.raises(ValueError, match=rf"path={path}\)"):
        list(pg.iter(space))


def test_paths_start_at_the_root():
    inner = pg.Dict(x=[pg.Dict(z=1)], y=hyper.reference("x[0].z"))
    space = pg.Dict(a=1, c=[inner])
    reference = space.c[0].sym_getattr("y")
    assert reference.resolve() == [(space.c[0], "c[0].x[0].z")]
    assert reference.resolve("x") == (space.c[0], "c[0].x")
    assert reference.resolve(["a", pg.KeyPath("x")]) == [
        (space, "a"),
        (space.c[0], "c[0].x"),
    ]
    for wrong in ([1], 1, ("x",), ["x", None], "nope", ["nope"]):
        with pytest.raises(ValueError, match="path"):
            reference.resolve(wrong)


def test_derived_values_of_derived_values():
    space = pg.Dict(
        a=1,
        b=hyper.reference("a"),
        direct=hyper.reference("b"),
        inside=hyper.reference("inner"),
        sum=Sum(["a", "b"]),
        inner=[{"c": hyper.reference("a")}],
        choice=pg.oneof([1, 2]),
    )
    assert space.sym_getattr("b")() == 1
    for key in ("direct", "inside", "sum"):
        with pytest.raises(ValueError, match="a value that is not derived itself"):
            space.sym_getattr(key)()
        others = {k for k in ("direct", "inside", "sum") if k != key}
        alone = space.clone().rebind(dict.fromkeys(others, 0))
        with pytest.raises(ValueError, match="a value that is not derived itself"):
            next(pg.iter(alone))
