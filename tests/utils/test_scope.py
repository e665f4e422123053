"""Scoped values hold within their block and thread."""

import threading

import pytest

from pyglove.utils.scope import Scope


def test_blocks_nest_and_end():
    scope = Scope("s", 0)
    with scope.bind(1) as value:
        assert value == 1
        with scope.bind(2):
            assert scope.get() == 2
        assert scope.get() == 1
    assert scope.get() == 0
    assert scope.open_count == 0


def test_block_ends_with_an_error():
    scope = Scope("s", "out")
    with pytest.raises(RuntimeError), scope.bind("in"):
        raise RuntimeError
    assert scope.get() == "out"
    assert scope.open_count == 0


def test_other_threads_do_not_see_the_value():
    scope = Scope("s", 0)
    seen = []
    with scope.bind(1):
        thread = threading.Thread(target=lambda: seen.append(scope.get()))
        thread.start()
        thread.join()
        assert scope.get() == 1
    assert seen == [0]


def test_threads_have_values_of_their_own():
    scope = Scope("s", 0)
    barrier = threading.Barrier(4)
    wrong = []

    def run(i):
        for _ in range(200):
            with scope.bind(i):
                if scope.get() != i:
                    wrong.append(i)
        barrier.wait()
        if scope.get() != 0:
            wrong.append(i)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert scope.open_count == 0
