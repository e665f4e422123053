"""Settings that hold within a block, and a thread."""

import threading

import pytest

import pyglove as pg
from pyglove.symbolic.node import flag
from tests.symbolic.helper import Leaf, Log, Pair, notes


@pytest.mark.parametrize(
    ("scope", "read", "default", "values"),
    [
        (pg.allow_partial, flag.is_under_partial_scope, None, [True, False, None]),
        (pg.as_sealed, flag.is_under_sealed_scope, None, [True, False, None]),
        (
            pg.allow_writable_accessors,
            flag.is_under_accessor_writable_scope,
            None,
            [True, False, None],
        ),
        (pg.notify_on_change, flag.is_change_notification_enabled, True, [False, True]),
        (pg.enable_type_check, flag.is_type_check_enabled, True, [False, True]),
        (pg.track_origin, flag.is_tracking_origin, False, [True, False]),
        (
            pg.auto_call_functors,
            flag.should_call_functors_during_init,
            None,
            [True, False],
        ),
    ],
)
def test_scopes_nest_and_end(scope, read, default, values):
    assert read() is default
    for outer in values:
        for inner in values:
            with scope(outer):
                assert read() is outer
                with pytest.raises(RuntimeError), scope(inner):
                    assert read() is inner
                    raise RuntimeError
                assert read() is outer
            assert read() is default
    with scope():
        assert read() is not default or default is True
    assert read() is default


def test_threads_do_not_see_the_scopes_of_others():
    problems = []
    ready = threading.Barrier(3)

    def work(sealed):
        leaf = Leaf(1)
        try:
            with pg.as_sealed(sealed), pg.allow_partial(sealed):
                ready.wait()
                for i in range(300):
                    try:
                        leaf.rebind(x=i)
                        assert not sealed
                    except pg.WritePermissionError:
                        assert sealed
                    try:
                        Leaf()
                        assert sealed
                    except TypeError:
                        assert not sealed
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=work, args=(v,)) for v in (True, False, None)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_type_check():
    with pg.enable_type_check(False):
        leaf = Leaf("not an int")
        leaf.rebind(y=[1])
        items = pg.List([1], value_spec=pg.typing.List(pg.typing.Int()))
        items.append("a")
    assert leaf.x == "not an int"
    assert isinstance(leaf.y, pg.List) and leaf.y.sym_parent is leaf
    assert items == [1, "a"]


def test_sealed_scope():
    leaf = Leaf(1)
    with pg.as_sealed(), pytest.raises(pg.WritePermissionError):
        leaf.rebind(x=2)
    leaf.seal()
    with pg.as_sealed(False):
        leaf.rebind(x=3)
    assert leaf.x == 3 and leaf.is_sealed


def test_accessor_scope():
    leaf = Leaf(1)
    with pg.allow_writable_accessors():
        leaf.x = 2
        with pg.allow_writable_accessors(None), pytest.raises(pg.WritePermissionError):
            leaf.x = 3
    leaf.set_accessor_writable()
    leaf.x = 4
    assert leaf.accessor_writable
    with pg.allow_writable_accessors(False), pytest.raises(pg.WritePermissionError):
        leaf.x = 5
    assert leaf.x == 4


def test_notification_scope():
    log = Log(1)
    notes()
    with pg.notify_on_change(False):
        log.rebind(a=2)
    assert notes() == []
    with pg.notify_on_change(False), pg.notify_on_change(True):
        log.rebind(a=3)
    assert [n[0] for n in notes()] == ["change", "bound"]


def test_origin_scope():
    pair = Pair(1)
    assert pair.clone().sym_origin is None
    with pg.track_origin():
        new = pair.clone()
    assert new.sym_origin.source is pair
    assert new.sym_origin.tag == "clone"


def test_objects_made_without_type_checks_have_their_defaults():
    class Part(pg.Object):
        x: int = 1
        items: list[int] = [1]
        table: dict[str, int] = {"a": 1}

    with pg.enable_type_check(False):
        part = Part()
        part.items.append("b")
        part.rebind(x="a").rebind(x=pg.MISSING_VALUE)
        part.rebind(table={}).rebind(table=pg.MISSING_VALUE)
        assert part == Part(1, [1, "b"], {"a": 1})
    assert Part().items == [1]
