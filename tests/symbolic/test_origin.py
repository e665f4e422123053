"""Where values came from."""

import pytest

import pyglove as pg
from pyglove.symbolic import (
    Origin,
    get_origin_stacktrace_limit,
    set_origin_stacktrace_limit,
)
from tests.symbolic.helper import Leaf, Pair


def test_copies_remember_their_source():
    leaf = Leaf(1)
    assert leaf.sym_origin is None
    with pg.track_origin():
        shallow, deep = leaf.clone(), leaf.clone(deep=True)
        again = shallow.clone()
    assert (shallow.sym_origin.source, shallow.sym_origin.tag) == (leaf, "clone")
    assert deep.sym_origin.tag == "deepclone"
    assert again.sym_origin.source is shallow
    assert again.sym_origin.root.source is leaf
    assert again.sym_origin.chain() == [again.sym_origin, shallow.sym_origin]
    assert again.sym_origin.history() == [shallow.sym_origin, again.sym_origin]
    assert again.sym_origin.chain("nope") == []
    assert again.sym_origin.history(lambda o: o.source is leaf) == [shallow.sym_origin]


def test_origins_may_be_told():
    pair = Pair()
    pair.sym_setorigin("builder", "build")
    assert pair.sym_origin == Origin("builder", "build")
    pair.sym_setorigin("builder", "again")
    assert pair.sym_origin.tag == "again"
    with pytest.raises(ValueError, match="got another one"):
        pair.sym_setorigin("another", "build")
    assert pair.sym_origin.source == "builder"
    with pytest.raises(ValueError, match="the tag of an origin, got 3"):
        Origin("builder", 3)


def test_stack():
    origin = Origin(None, "made", stacktrace=True)
    assert origin.stack[-1].name == "test_stack"
    assert "test_stack" in origin.stacktrace
    assert Origin(None, "made").stacktrace is None
    limit = get_origin_stacktrace_limit()
    try:
        set_origin_stacktrace_limit(2)
        assert len(Origin(None, "made", stacktrace=True).stack) == 2
        assert len(Origin(None, "made", stacktrace=True, stacklimit=1).stack) == 1
    finally:
        set_origin_stacktrace_limit(limit)


def test_text_and_equality():
    assert repr(Origin("a", "b")) == "Origin(tag='b', source='a')"
    leaf = Leaf(1)
    assert "Leaf(x=1" in repr(Origin(leaf, "b"))
    assert Origin(leaf, "b") == Origin(leaf, "b")
    assert Origin(leaf, "b") != Origin(Leaf(1), "b")
    assert hash(Origin(leaf, "b")) == hash(Origin(leaf, "b"))
