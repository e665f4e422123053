"""Laws that hold for random schemas, trees and sequences of changes."""

from typing import Any

import hypothesis
from tests.symbolic.helper import check_tree
from hypothesis import strategies as st

import pyglove as pg
from pyglove.symbolic import object_runtime

LAWS = hypothesis.settings(
    max_examples=60, deadline=None, suppress_health_check=list(hypothesis.HealthCheck)
)


class Node(pg.Object):
    a: Any = None
    b: Any = None
    items: list[Any] = []


class Checked(pg.Object):
    i: int
    f: float = 0.5
    s: pg.typing.Str(regex="[a-c]*") = "a"
    n: pg.typing.Int(min_value=0, max_value=9) = 1
    e: pg.typing.Enum("x", ["x", "y", 3]) = "x"
    o: Node | None = None
    u: int | str | None = None
    t: list[int] = []
    d: dict[str, int] = {}


leaves = st.none() | st.booleans() | st.integers(-3, 12) | st.sampled_from("abcxyz")
trees = st.recursive(
    leaves,
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from("pqr"), below, max_size=3)
        | st.builds(Node, below, below, st.lists(below, max_size=2))
    ),
    max_leaves=8,
)
roots = st.builds(Node, trees, trees, st.lists(trees, max_size=3))


@LAWS
@hypothesis.given(roots)
def test_clone_and_json(root):
    check_tree(root)
    clone = root.clone()
    assert pg.eq(clone, root)
    check_tree(clone)
    assert pg.hash(clone) == pg.hash(root)
    ids = {id(v) for v in root.sym_descendants() if isinstance(v, pg.Symbolic)}
    assert not any(id(v) in ids for v in clone.sym_descendants())
    assert pg.eq(pg.from_json(root.to_json()), root)
    assert pg.eq(pg.from_json_str(root.to_json_str()), root)


@LAWS
@hypothesis.given(roots, st.data())
def test_links_hold_after_any_changes(root, data):
    for _ in range(data.draw(st.integers(1, 6))):
        paths = [str(k) for k in pg.query(root, ".+", enter_selected=True)]
        count = data.draw(st.integers(1, 3))
        updates = {
            data.draw(st.sampled_from(paths)): data.draw(
                trees | st.just(pg.MISSING_VALUE) | st.builds(pg.Insertion, trees)
            )
            for _ in range(count)
        }
        before = root.clone()
        try:
            root.rebind(updates)
        except (KeyError, TypeError, ValueError):
            assert pg.eq(root, before)
        check_tree(root)


values = (
    leaves
    | st.floats(allow_nan=False)
    | st.just(pg.MISSING_VALUE)
    | st.lists(leaves, max_size=3)
    | st.dictionaries(st.sampled_from("pq"), leaves, max_size=2)
    | st.builds(Node)
    | st.just({1})
)


def outcome(make):
    try:
        return make()
    except Exception as error:
        return type(error)


@LAWS
@hypothesis.given(
    st.dictionaries(st.sampled_from(list("ifsneoutd")), values, max_size=9)
)
def test_compiled_equals_interpreted(arguments):
    def interpreted():
        node = Checked.__new__(Checked)
        object_runtime.initialize(node, {}, pg.clone(arguments, deep=True))
        return node

    compiled = outcome(lambda: Checked(**pg.clone(arguments, deep=True)))
    other = outcome(interpreted)
    if isinstance(compiled, type):
        assert compiled is other
    else:
        assert pg.eq(compiled, other)
        assert str(compiled) == str(other)
        check_tree(compiled)
        assert pg.eq(compiled.clone(), compiled)


@LAWS
@hypothesis.given(trees, st.booleans())
def test_special_values_are_never_overlooked(tree, is_missing):
    special = Checked.partial() if is_missing else pg.oneof([1, 2])
    root = Node(pg.Dict(x=tree, y=[Node(special)]))
    assert root.sym_abstract
    assert root.clone().sym_abstract
    assert root.is_partial is is_missing
    root.rebind({"a.y[0].a": 1})
    assert not root.sym_abstract
