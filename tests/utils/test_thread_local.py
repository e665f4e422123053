"""Thread-local values."""

import threading

import pytest

from pyglove import utils


@pytest.fixture(autouse=True)
def own_thread_storage():
    """Leaves no value behind."""
    yield
    for key in ("k", "c", "s"):
        if utils.thread_local_has(key):
            utils.thread_local_del(key)


def test_set_get_has_del():
    assert not utils.thread_local_has("k")
    utils.thread_local_set("k", 1)
    assert utils.thread_local_has("k") and utils.thread_local_get("k") == 1
    utils.thread_local_del("k")
    assert utils.thread_local_get("k", None) is None
    with pytest.raises(ValueError, match="a value under 'k' in this thread, got none"):
        utils.thread_local_get("k")
    with pytest.raises(AttributeError, match="'k'"):
        utils.thread_local_del("k")


def test_other_threads_have_their_own():
    utils.thread_local_set("k", 1)
    seen = []
    thread = threading.Thread(target=lambda: seen.append(utils.thread_local_has("k")))
    thread.start()
    thread.join()
    assert seen == [False]


def test_counters():
    assert utils.thread_local_increment("c") == 1
    assert utils.thread_local_increment("c", 10) == 2
    assert utils.thread_local_decrement("c") == 1
    utils.thread_local_del("c")
    assert utils.thread_local_increment("c", 10) == 11
    utils.thread_local_del("c")
    with pytest.raises(ValueError, match="'c'"):
        utils.thread_local_decrement("c")
    assert utils.thread_local_decrement("c", 10) == 9


def test_stacks():
    utils.thread_local_push("s", 1)
    utils.thread_local_push("s", 2)
    assert utils.thread_local_peek("s") == 2
    assert utils.thread_local_pop("s") == 2
    assert utils.thread_local_pop("s") == 1
    assert utils.thread_local_pop("s", "default") == "default"
    assert utils.thread_local_peek("s", None) is None
    with pytest.raises(IndexError, match=r"under 's' in this thread, got an empty one"):
        utils.thread_local_pop("s")
    for access, name in (
        (utils.thread_local_peek, "s"),
        (utils.thread_local_peek, "none"),
        (utils.thread_local_pop, "none"),
    ):
        with pytest.raises(ValueError, match="Push a value first"):
            access(name)


def test_value_scope():
    with utils.thread_local_value_scope("k", 1, 0):
        with utils.thread_local_value_scope("k", 2, 0):
            assert utils.thread_local_get("k") == 2
        assert utils.thread_local_get("k") == 1
    assert not utils.thread_local_has("k")
    utils.thread_local_set("k", 5)
    with pytest.raises(RuntimeError), utils.thread_local_value_scope("k", 1, 0):
        raise RuntimeError
    assert utils.thread_local_get("k") == 5


def test_only_stacks_are_popped():
    for value in (1, "abc", (1,), {}):
        utils.thread_local_set("k", value)
        with pytest.raises(TypeError, match="Expected a stack under 'k'"):
            utils.thread_local_pop("k")
        with pytest.raises(TypeError, match="Expected a stack under 'k'"):
            utils.thread_local_pop("k", 0)
        assert utils.thread_local_get("k") == value
