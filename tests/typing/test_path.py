import pyglove.typing as pgt
from pyglove import utils
from pyglove.typing.field.path import child_path, path_for_callback


def test_resolve():
    path = utils.KeyPath("a")
    assert pgt.resolve_path(path) is path
    assert pgt.resolve_path(lambda: path) is path
    assert pgt.resolve_path(None) == utils.KeyPath()


def test_child_is_computed_when_it_is_called():
    calls = []

    def parent():
        calls.append(1)
        return utils.KeyPath("a")

    child = child_path(child_path(parent, 0), "b")
    assert not calls
    assert child() == "a[0].b"
    assert child_path(None, ("x", "y"))().keys == [("x", "y")]


def test_callbacks_of_lazy_callers_see_lazy_paths():
    path = utils.KeyPath("a")
    assert path_for_callback(path, 0, max) == "a[0]"
    assert path_for_callback(None, 0, max) == "[0]"
    assert path_for_callback(lambda: path, 0, max)() == "a[0]"
    assert path_for_callback(path, 0, None)() == "a[0]"
