"""Whether a study is asked to search one space."""

import pytest

import pyglove as pg
from pyglove import geno, tuning
from tests.tuning import helper


class Layer:
    """An object that equals nothing but itself."""


def run(space, name):
    return next(pg.sample(space, geno.Random(seed=1), name=name))


def spaces():
    """Spaces of which no two are the same."""
    yield pg.Dict(x=pg.oneof([1, 2]))
    yield pg.Dict(y=pg.oneof([1, 2]))
    yield pg.Dict(x=pg.oneof([1, 3]))
    yield pg.Dict(x=pg.oneof([1, 2, 3]))
    yield pg.Dict(x=pg.oneof([1, 2], name="n"))
    yield pg.Dict(x=pg.oneof([1, pg.oneof([2, 3])]))
    yield pg.Dict(x=pg.manyof(2, [1, 2]))
    yield pg.Dict(x=pg.manyof(2, [1, 2], distinct=False))
    yield pg.Dict(x=pg.floatv(1.0, 2.0))
    yield pg.Dict(x=pg.floatv(1.0, 2.0, "log"))
    yield pg.Dict(x=pg.floatv(1.0, 3.0))
    yield pg.Dict(x=pg.intv(1, 2))
    yield pg.Dict(x=pg.oneof([1, 2]), y=pg.oneof([1, 2]))


@pytest.mark.parametrize("index", range(len(list(spaces()))))
def test_other_space_under_the_same_name(index):
    name = helper.new_name()
    space = list(spaces())[index]
    run(space, name)
    for other, candidate in enumerate(spaces()):
        if other == index:
            run(candidate, name)
            continue
        algorithm = geno.Random()
        with pytest.raises(ValueError, match=r"pg.tuning.delete\('study-") as error:
            next(pg.sample(candidate, algorithm, name=name))
        assert len(str(error.value)) < 800
        assert algorithm.dna_spec is None
    assert len(tuning.poll_result(name).trials) == 1


def test_deleted_study_makes_room_for_another_space():
    name = helper.new_name()
    run(pg.oneof([1, 2]), name)
    tuning.delete(name)
    run(pg.oneof([3, 4]), name)
    assert len(tuning.poll_result(name).trials) == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: pg.Dict(x=pg.oneof([Layer(), Layer()])),
        lambda: pg.Dict(x=pg.oneof([1, 2], hints=Layer())),
        lambda: pg.Dict(x=pg.oneof([lambda a: a + 1, lambda a: a + 2])),
        lambda: pg.constrain(
            pg.Dict(x=pg.oneof([1, 2]), y=pg.oneof([1, 2])), lambda p: p.x <= p.y
        ),
        lambda: pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]))),
    ],
)
def test_space_that_is_made_anew_is_the_same(make):
    name, algorithm = helper.new_name(), geno.Random()
    for group in range(2):
        next(pg.sample(make(), algorithm, name=name, group=group))
    assert len(tuning.poll_result(name).trials) == 2


def test_template_of_a_part():
    name = helper.new_name()
    space = pg.Dict(x=pg.oneof([1, 2]), y=pg.oneof([3, 4]))
    next(pg.sample(space, geno.Random(), name=name))
    with pytest.raises(ValueError, match="Use another name"):
        next(
            pg.sample(
                space, geno.Random(), name=name, where=lambda v: 1 in v.candidates
            )
        )
