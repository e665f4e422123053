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
