"""Values remember where they came from, while that is asked for."""

import asyncio
import threading
from typing import Any

import pytest

import pyglove as pg
from pyglove.symbolic.compiled import object_runtime
from tests.symbolic import twin
from tests.symbolic.helper import Leaf, Pair


@pg.functor
def make(x):
    return Leaf(x)


def tags(node):
    origin = node.sym_origin
    return None if origin is None else [one.tag for one in origin.history()]


def test_what_is_made():
    with pg.track_origin():
        leaf, items, table = Leaf(1), pg.List([Leaf(1)]), pg.Dict(a=[1])
        pair = Pair([Leaf(1)])
        loaded = pg.from_json(leaf.to_json())
    for node in (leaf, items, items[0], table, table.a, pair, pair.n, loaded):
        assert tags(node) == ["__init__"]
    assert repr(leaf.sym_origin) == "Origin(tag='__init__')"


def test_what_is_copied():
    pair = Pair([Leaf(1)], {"a": Leaf(2)})
    with pg.track_origin():
        shallow, deep = pair.clone(), pair.clone(deep=True)
        again = shallow.n.clone()
    assert tags(shallow) == tags(shallow.n) == tags(shallow.m.a) == ["clone"]
    assert tags(deep.m) == ["deepclone"]
    assert shallow.n[0].sym_origin.source is pair.n[0]
    assert tags(again[0]) == ["clone", "clone"]
    with pg.track_origin():
        assert tags(Leaf(1).clone()) == ["__init__", "clone"]


def test_what_functors_return():
    with pg.track_origin():
        functor = make(1)
        result = functor()
    assert tags(result) == ["__init__", "return"]
    assert result.sym_origin.source is functor
    assert make(1)().sym_origin is None


def test_nothing_is_recorded_outside():
    with pg.track_origin(), pg.track_origin(False):
        leaf = Leaf(1)
        assert leaf.clone().sym_origin is None
    with pytest.raises(RuntimeError), pg.track_origin():
        raise RuntimeError
    assert Leaf(1).sym_origin is None
    assert not pg.symbolic.is_tracking_origin()


def test_classes_that_are_compiled_meanwhile():
    class Fresh(pg.Object):
        x: Any

    with pg.track_origin():
        assert tags(Fresh(1)) == ["__init__"]
    assert tags(Fresh(1)) is None
    with pg.track_origin():
        assert tags(Fresh(1)) == ["__init__"]


def test_other_threads_do_not_track():
    found = []

    def work():
        found.append((tags(Leaf(1)), tags(Leaf(1).clone()), Leaf(1) == Leaf(1)))

    with pg.track_origin():
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert found == [(None, None, True)]


def test_overridden_constructors_still_work():
    class Square(pg.Object):
        width: int
        height: int

        @pg.explicit_method_override
        def __init__(self, size):
            super().__init__(width=size, height=size)

    with pg.track_origin():
        square = Square(2)
    assert tags(square) == ["__init__"]
    assert square.height == 2


def test_calls_are_recorded():
    def build():
        return Pair([1])

    with pg.track_origin():
        pair = build()
        nodes = [
            pair,
            pair.n,
            pair.clone(),
            pair.clone(deep=True),
            pg.Dict(),
            make(1)(),
        ]
        leaf = Leaf(1)
        leaf.sym_setorigin("mine", "given")
    here = test_calls_are_recorded.__name__
    assert [f.name for f in pair.sym_origin.stack[-2:]] == [here, "build"]
    assert "return Pair([1])" in pair.sym_origin.stacktrace
    for node in (*nodes[2:], leaf):
        assert node.sym_origin.stack[-1].name == here
    assert pair.n.sym_origin.stack[-1].name == "build"


def test_how_much_of_a_call_is_recorded():
    limit = pg.symbolic.get_origin_stacktrace_limit()
    pg.symbolic.set_origin_stacktrace_limit(2)
    try:
        with pg.track_origin():
            assert len(Leaf(1).sym_origin.stack) == 2
    finally:
        pg.symbolic.set_origin_stacktrace_limit(limit)
    assert pg.symbolic.Origin(None, "x").stack is None


def test_loading(tmp_path):
    path = str(tmp_path / "value.json")
    for value in (Leaf(1), pg.Dict(x=Leaf(1)), pg.List([1])):
        pg.save(value, path)
        assert pg.load(path).sym_origin is None
        with pg.track_origin():
            loaded = pg.load(path)
            copied = loaded.clone()
        assert (loaded.sym_origin.tag, loaded.sym_origin.source) == ("load", path)
        assert tags(copied) == ["load", "clone"]
    pg.save(1, path)
    with pg.track_origin():
        assert pg.load(path) == 1


def test_loading_by_a_handler():
    loaded = Leaf(1)
    former = pg.set_load_handler(lambda path: loaded)
    try:
        with pg.track_origin():
            assert pg.load("a").sym_origin.source == "a"
            assert pg.load("a") is loaded
            with pytest.raises(ValueError, match="got another one"):
                pg.load("b")
    finally:
        pg.set_load_handler(former)


def globals_of(cls):
    """Copies of the globals of the generated functions of a class."""
    names = ("__init__", "_sym_make", "_sym_clone_node", "_sym_state", "_sym_equals")
    return [dict(getattr(cls, name).__globals__) for name in names]


SCOPES = [
    lambda leaf: pg.track_origin(),
    lambda leaf: pg.allow_partial(),
    lambda leaf: pg.as_sealed(),
    lambda leaf: pg.allow_writable_accessors(),
    lambda leaf: pg.notify_on_change(False),
    lambda leaf: pg.enable_type_check(False),
    lambda leaf: pg.auto_call_functors(),
    lambda leaf: pg.contextual_override(x=2),
    lambda leaf: leaf.override(x=2),
]


@pytest.mark.parametrize("scope", SCOPES)
def test_scopes_leave_generated_code_as_it_is(scope):
    class Layer(pg.ContextualObject):
        x: int
        y: Any = None

    layer = Layer(1)
    assert layer == layer.clone()
    before = [vars(Layer).copy(), globals_of(Layer), Layer.__init__.__code__]
    with scope(layer):
        Layer(1, [layer]).clone(deep=True)
        assert before == [vars(Layer), globals_of(Layer), Layer.__init__.__code__]
    assert before == [vars(Layer), globals_of(Layer), Layer.__init__.__code__]


@twin.needs_generated_code
def test_a_thread_that_tracks_leaves_others_alone(monkeypatch):
    inside, done = threading.Event(), threading.Event()
    made = []

    def work():
        with pg.track_origin():
            inside.set()
            assert done.wait(10)
            made.extend([Leaf(1), Leaf(1).clone(), Pair([Leaf(1)])])

    Leaf(1), Pair(1)  # Compiled by now.
    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert inside.wait(10)
        mine = [Leaf(1), Leaf(1).clone(), Pair([Leaf(1)]), pg.Dict(x=1)]
        with monkeypatch.context() as patched:
            # What is generated does not even leave for its twins.
            patched.setattr(object_runtime, "record_origin", None)
            mine += [Leaf(1), Leaf(1).clone()]
    finally:
        done.set()
        thread.join()
    assert [tags(node) for node in mine] == [None] * 6
    assert [tags(node) for node in made] == [
        ["__init__"],
        ["__init__", "clone"],
        ["__init__"],
    ]
    assert tags(Leaf(1)) is None


def test_a_thread_that_starts_within_a_scope_does_not_track():
    made = []
    with pg.track_origin():
        thread = threading.Thread(target=lambda: made.append(Leaf(1)))
        thread.start()
        thread.join()
    assert tags(made[0]) is None


def test_tasks_track_for_themselves():
    async def tracks(turn, other):
        with pg.track_origin():
            turn.set()
            await other.wait()
            return Leaf(1)

    async def does_not(turn, other):
        await other.wait()
        leaf = Leaf(1)
        turn.set()
        return leaf

    async def both():
        first, second = asyncio.Event(), asyncio.Event()
        return await asyncio.gather(tracks(first, second), does_not(second, first))

    found = asyncio.run(both())
    assert [tags(leaf) for leaf in found] == [["__init__"], None]
