"""One decorator for classes and functions."""

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf


def test_classes_and_functions():
    @pg.symbolize
    class Layer:
        def __init__(self, units):
            self.units = units

    @pg.symbolize([("x", pg.typing.Int())])
    def double(x):
        """Doubles."""
        return 2 * x

    assert issubclass(Layer, pg.ClassWrapper)
    assert Layer(3).rebind(units=4).units == 4
    assert issubclass(double, pg.Functor)
    assert double(3)() == 6
    assert double.__schema__.description == "Doubles."
    assert pg.from_json(double(3).to_json())() == 6


def test_options_without_target():
    @pg.symbolize(eq=True)
    class Layer:
        def __init__(self, units):
            self.units = units

    assert Layer(1) == Layer(1)
    assert pg.symbolize(Layer) is Layer


def test_containers():
    assert pg.symbolize(dict) is pg.Dict
    assert pg.symbolize(list) is pg.List


@pytest.mark.parametrize("bad", [1, "a", len, None])
def test_what_cannot_be_symbolized(bad):
    with pytest.raises(TypeError, match="to symbolize, got"):
        pg.symbolize(bad)
    with pytest.raises(TypeError, match="to symbolize, got"):
        pg.symbolize()(bad)


def test_symbolic_classes_are_symbolic_already():
    with pytest.raises(ValueError, match=r"Use `pg\.members`"):
        pg.symbolize(Leaf)


def test_what_symbolize_takes():
    class Layer:
        def __init__(self, x):
            pass

    def fn(x):
        return x

    for target in (Layer, fn):
        with pytest.raises(ValueError, match="positional"):
            pg.symbolize(target, [], [])
    for target in (dict, list):
        for options in ([("x", pg.typing.Int())], []):
            with pytest.raises(ValueError, match="value_spec"):
                pg.symbolize(target, options)
        with pytest.raises(ValueError, match="eq"):
            pg.symbolize(target, eq=True)
    for target in (pg.Dict, pg.List, pg.Object):
        with pytest.raises(ValueError, match="not symbolic yet"):
            pg.symbolize(target)
