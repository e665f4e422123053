"""Fields that hold placeholders themselves, not what these stand for."""

from typing import Any

import pytest

import pyglove as pg

h = pg.hyper
t = pg.typing


class Experiment(pg.Object):
    space: h.HyperValue
    more: list[h.OneOf] = []
    maybe: h.OneOf | int | None = None


def choice():
    return pg.oneof([1, 2])


@pytest.mark.parametrize(
    ("cls", "make"),
    [
        (h.HyperValue, choice),
        (h.HyperPrimitive, choice),
        (h.Choices, choice),
        (h.OneOf, choice),
        (h.OneOf, lambda: pg.oneof([choice(), choice()])),
        (h.ManyOf, lambda: pg.manyof(1, [1, 2])),
        (h.Float, lambda: pg.floatv(0.0, 1.0)),
        (h.Int, lambda: pg.intv(0, 1)),
        (h.Evolvable, lambda: pg.evolve(pg.Dict(x=1), lambda k, v, p: v)),
        (h.ObjectTemplate, lambda: pg.template(pg.Dict(x=choice()))),
        (h.HyperValue, lambda: pg.template(1)),
        (h.Constrained, lambda: pg.constrain(choice(), lambda x: x > 1)),
        (h.OneOf, lambda: pg.template(choice())),
        (pg.Symbolic, choice),
        (pg.Object, choice),
    ],
)
def test_specs_of_placeholders(cls, make):
    value = make()
    assert t.Object(cls).apply(value) is value
    assert t.Union([t.Int(), t.Object(cls)]).apply(value) is value
    assert t.Object(cls).noneable().apply(value) is value


def test_other_placeholders_are_refused():
    for cls, value in (
        (h.ManyOf, choice()),
        (h.OneOf, pg.manyof(1, [1, 2])),
        (h.Float, pg.oneof([0.5])),
        (h.OneOf, pg.floatv(0.0, 1.0)),
        (h.OneOf, pg.template(pg.Dict(x=choice()))),
    ):
        with pytest.raises(TypeError):
            t.Object(cls).apply(value)


def test_objects_with_placeholders_as_values():
    experiment = Experiment(choice(), [choice()], choice())
    assert isinstance(experiment.space, h.OneOf)
    assert experiment.space.sym_parent is experiment
    assert not pg.is_deterministic(experiment)
    assert pg.from_json(experiment.to_json()) == experiment == experiment.clone()
    template = pg.template(pg.Dict(x=choice()))
    assert Experiment(template).space is template
    with pytest.raises(TypeError):
        Experiment(1)


def test_spaces_of_placeholders_as_values():
    # It can be described, but what it stands for does not fit.
    template = pg.template(Experiment(choice()))
    assert template.dna_spec().space_size == 2
    with pytest.raises(TypeError, match="space"):
        template.decode(pg.DNA(0))
    maybe = pg.template(Experiment(pg.template(1), maybe=choice()))
    assert maybe.decode(pg.DNA(1)).maybe == 2


def test_a_placeholder_is_bound_to_what_it_fits():
    value = choice()
    assert t.Int().apply(value) is value
    for spec in (t.Any(), t.Int().noneable(), t.Union([t.Int(), t.Str()])):
        assert spec.apply(value) is value
    for spec in (t.Float(), t.Int(min_value=0), t.Str()):
        with pytest.raises(TypeError):
            spec.apply(value)
    with pytest.raises(TypeError, match="clone"):
        t.Float().apply(value)
    assert t.Float().apply(value.clone()).candidates == [1, 2]
    several = pg.manyof(1, [1, 2])
    t.List(t.Int()).apply(several)
    with pytest.raises(TypeError):
        t.List(t.Float()).apply(several)
    with pytest.raises(TypeError):
        t.Float().apply(t.Int().apply(pg.template(choice())))


def test_fields_of_other_types_take_copies():
    class A(pg.Object):
        x: int

    class B(pg.Object):
        x: float
        y: Any = None

    a = A(choice())
    assert B(a.x).x.candidates == [1, 2]
