import copy
import pickle

import pytest

import pyglove as pg


@pg.symbolize
class Tour:
    def __init__(self, cities):
        self.length = len(cities)

    @property
    def twice(self):
        return 2 * self.length


class Dynamic:
    def __init__(self, size):
        self.area = size * size

    def __getattr__(self, name):
        if name == "answer":
            return 42
        raise AttributeError(f"There is no {name}.")


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: Tour(pg.permutate([1, 2, 3])), "a space (because of 'cities')"),
        (lambda: Tour([pg.oneof([1, 2])]), "a space (because of 'cities')"),
        (lambda: Tour.partial(), "a partial object (because of 'cities')"),
    ],
)
@pytest.mark.parametrize("name", ["length", "twice"])
def test_an_attribute_of_what_is_no_program_yet(make, kind, name):
    value = make()
    with pytest.raises(AttributeError) as caught:
        getattr(value, name)
    message = str(caught.value)
    assert (
        f"Expected an initialized Tour with an attribute '{name}', got {kind}"
        in message
    )
    assert "pg.iter" in message and "rebind" in message
    assert isinstance(caught.value, pg.PyGloveError)
    assert not hasattr(value, name)


def test_programs_have_their_attributes_and_the_usual_error():
    space = Tour(pg.permutate([1, 2, 3]))
    assert [tour.twice for tour in pg.iter(space, 2)] == [6, 6]
    assert space.rebind(cities=[1]).length == 1
    with pytest.raises(AttributeError, match="'Tour' object has no attribute 'size'"):
        _ = space.size


def test_a_subclass_tells_too():
    class Longer(Tour):
        def __init__(self, cities, extra):
            super().__init__(cities)
            self.length += extra

    with pytest.raises(AttributeError, match=r"got a space \(because of 'extra'\)"):
        _ = Longer([1], pg.oneof([1, 2])).length
    assert Longer([1], 2).length == 3


def test_attributes_that_a_class_computes_stay_its_own():
    cls = pg.wrap(Dynamic)
    space = cls(pg.oneof([1, 2]))
    assert space.answer == 42
    with pytest.raises(AttributeError, match=r"got a space \(because of 'size'\)"):
        _ = space.area
    with pytest.raises(AttributeError, match=r"There is no volume\."):
        _ = cls(1).volume


def test_copies_and_pickles_of_a_space():
    space = Tour(pg.permutate([1, 2, 3]))
    for other in (copy.copy(space), copy.deepcopy(space)):
        assert pg.eq(other, space)
    assert pg.eq(pickle.loads(pickle.dumps(space)), space)
