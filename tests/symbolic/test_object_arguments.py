"""What constructors take, and for which fields."""

import pytest

import pyglove as pg
from pyglove.symbolic.object_arguments import init_signature, split_arguments
from tests.symbolic.helper import Leaf


def test_names_and_what_takes_the_rest():
    assert split_arguments(["a", "*b"]) == (["a"], "b")
    assert split_arguments([]) == ([], None)


def test_a_signature_names_the_fields():
    parameters = init_signature(Leaf, with_self=True).parameters
    assert list(parameters) == ["self", "x", "y", "z"]
    assert list(init_signature(Leaf).parameters) == ["x", "y", "z"]


def test_defaults_in_signatures_come_last():
    class Mixed(pg.Object):
        a: int = 1
        b: int

    parameters = init_signature(Mixed).parameters
    assert parameters["a"].default == 1
    assert parameters["b"].default == pg.MISSING_VALUE
    assert Mixed(b=2).a == 1
    with pytest.raises(TypeError, match="missing 1 required argument: 'b'"):
        Mixed()
