"""Patchers by name."""

import pytest

import pyglove as pg
from pyglove import patching


@pytest.fixture(autouse=True)
def _allow_repetition():
    yield
    patching.allow_repeated_patcher_registration()


def register(name, x):
    return patching.patcher(name=name)(lambda value: {"x": x})


def test_names_are_in_order():
    register("registry_b", 1)
    register("registry_a", 2)
    register("registry_b", 3)
    names = patching.patcher_names()
    assert names.index("registry_a") == names.index("registry_b") + 1
    names.clear()
    assert "registry_a" in patching.patcher_names()


def test_a_name_may_be_taken_again():
    register("registry_again", 1)
    register("registry_again", 2)
    assert patching.patch(pg.Dict(x=0), "registry_again") == {"x": 2}


def test_a_name_may_not_be_taken_again():
    register("registry_once", 1)
    patching.allow_repeated_patcher_registration(False)
    with pytest.raises(KeyError, match="got 'registry_once', which is taken"):
        register("registry_once", 2)
    assert patching.patch(pg.Dict(x=0), "registry_once") == {"x": 1}
    register("registry_other", 1)
    patching.allow_repeated_patcher_registration(True)
    register("registry_once", 3)
    assert patching.patch(pg.Dict(x=0), "registry_once") == {"x": 3}


@pytest.mark.parametrize("name", ["a b", "a-b", "a.b/c", "a=1", "a&b", "A", "_a"])
def test_names_may_hold_nearly_anything(name):
    register(name, 1)
    assert patching.patch(pg.Dict(x=0), name) == {"x": 1}


def test_patchers_that_are_refused_are_not_registered():
    with pytest.raises(TypeError):
        patching.patcher(name="registry_refused")(lambda: {})
    with pytest.raises(TypeError):
        patching.patcher([("x", pg.typing.Dict())], name="registry_refused")(
            lambda value, x: {}
        )
    assert "registry_refused" not in patching.patcher_names()


def test_the_names_are_in_the_message():
    register("registry_listed", 1)
    with pytest.raises(KeyError, match=r"Registered are .*'registry_listed'"):
        patching.from_uri("registry_absent")
