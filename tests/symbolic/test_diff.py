"""What makes two values different."""

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, Tree, check_tree
from tests.symbolic.strategy import TREES

MISSING = pg.Diff.MISSING


class Part(pg.Object):
    x: Any = None
    y: Any = None


class Other(pg.Object):
    x: Any = None
    z: int = 1


class Sub(Part):
    z: int = 1


@pytest.fixture
def left():
    return Part(Part(1, [1, 2, {"k": 3}]), {"p": 1, "q": Other(2)})


@pytest.fixture
def right():
    return Part(Part(2, [1, 5, {"k": 4}, 6]), {"p": 1, "r": Other(3)})


@pytest.mark.parametrize("value", [1, "a", None, [1], {"a": [2]}, Part(1), (1, 2), int])
def test_no_difference(value):
    for flatten in (False, True):
        found = pg.diff(value, copy.copy(value), flatten=flatten)
        assert not found and repr(found) == "No diff"
        assert found.is_leaf and found.value == MISSING


@pytest.mark.parametrize(
    ("one", "two"), [(1, 2), (None, 0), ("a", "b"), (1, "1"), ((1,), (2,)), ([1], (1,))]
)
def test_difference_of_plain_values(one, two):
    found = pg.diff(one, two)
    assert found and found.is_leaf
    assert (found.left, found.right) == (one, two)
    assert pg.diff(one, two, flatten=True) == found


def test_difference_of_objects(left, right):
    found = pg.diff(left, right)
    assert found and not found.is_leaf
    assert found.left is found.right is Part
    assert list(found.children) == ["x", "y"]
    assert repr(found.children["x"]) == (
        "Part(x=Diff(left=1, right=2), y=[1=Diff(left=2, right=5), "
        "2=Dict(k=Diff(left=3, right=4)), 3=Diff(left=MISSING, right=6)])"
    )
    check_tree(found)
    check_tree(left)
    assert left.y.q.sym_parent is left.y


def test_flattened(left, right):
    assert pg.diff(left, right, flatten=True) == {
        "x.x": pg.Diff(1, 2),
        "x.y": pg.diff(left.x.y, right.x.y),
        "y.q": pg.Diff(Other(2), MISSING),
        "y.r": pg.Diff(MISSING, Other(3)),
    }
    for one, two in (([1, 2], [1, 3]), ([Leaf(1)], [Leaf(2)])):
        assert pg.eq(pg.diff(one, two, flatten=True), pg.diff(one, two))
    assert pg.diff({1: {2: 3}}, {1: {2: 4}}, flatten=True) == {"[1][2]": pg.Diff(3, 4)}


def test_texts():
    found = pg.diff(Part(1, 2), Part(2, 2))
    assert repr(found) == "Part(x=Diff(left=1, right=2))"
    assert str(found) == ("Part(\n  x = Diff(\n    left = 1,\n    right = 2\n  )\n)")
    assert repr(pg.diff([1, 2], [1, 3])) == "[1=Diff(left=2, right=3)]"
    assert repr(pg.Diff(Part, Other, {"x": pg.Diff(1, 2)})) == (
        "Part|Other(x=Diff(left=1, right=2))"
    )
    assert repr(pg.Diff(1)) == "Diff(left=1, right=MISSING)"
    assert repr(pg.Diff(1, 1)) == "1"
    assert str(pg.Diff()) == "No diff"


def test_modes():
    one, two = Part(1, 5), Part(2, 5)
    assert repr(pg.diff(one, two, mode="same")) == "Part(y=5)"
    assert repr(pg.diff(one, two, mode="both")) == (
        "Part(x=Diff(left=1, right=2), y=5)"
    )
    assert pg.diff(one, two, mode="both", flatten=True) == {
        "x": pg.Diff(1, 2),
        "y": pg.Diff(5, 5),
        "_type": pg.Diff(Part, Part),
    }
    assert list(pg.diff(Part(one), Part(two), mode="both", flatten=True)) == [
        *("x.x", "x.y", "x._type"),
        *("y", "_type"),
    ]
    same = pg.diff(Part(one), Part(Part(1, 5)), mode="same")
    assert same.is_leaf and same.value == Part(one)
    assert pg.diff(3, 3, mode="both").value == 3


def test_collapse():
    assert pg.diff(Part(1), Other(1)).is_leaf
    assert pg.diff(Part(1), Sub(1)).is_leaf
    assert pg.diff(Part(1), Part(2), collapse=False).is_leaf
    together = pg.diff(Part(1, 2), Other(1), collapse=True)
    assert together.left is Part and together.right is Other
    assert pg.diff([1], [2], collapse=False).children == {"0": pg.Diff(1, 2)}
    assert together.children == {"y": pg.Diff(2, MISSING), "z": pg.Diff(MISSING, 1)}
    assert pg.diff(Part(1), Other(1), collapse=True, flatten=True) == {
        "_type": pg.Diff(Part, Other),
        "y": pg.Diff(None, MISSING),
        "z": pg.Diff(MISSING, 1),
    }
    nested = pg.diff(
        Part(Part(1)), Part(Part(2)), collapse=lambda a, b: isinstance(a.x, Part)
    )
    assert nested.children["x"].is_leaf
    with pytest.raises(ValueError, match="`collapse`, got 'nonsense'"):
        pg.diff(1, 2, collapse="nonsense")


def test_dicts_are_alike():
    for one, two in ((pg.Dict(a=1), {"a": 2}), ({"a": 1}, pg.Dict(a=2))):
        assert pg.diff(one, two).children == {"a": pg.Diff(1, 2)}
    assert not pg.diff(pg.Dict(a=1), {"a": 1})
    assert not pg.diff(pg.List([1]), [1])


def test_value_and_truth():
    assert pg.Diff(1, 1).value == 1 and not pg.Diff(1, 1)
    assert pg.Diff(1, 2) and pg.Diff(1)
    with pytest.raises(ValueError, match="got 1 and 2"):
        pg.Diff(1, 2).value  # noqa: B018
    assert not pg.Diff(Part, Part, {"x": pg.Diff(1, 1)})
    assert pg.Diff(Part, Part, {"x": pg.Diff(1, 2)})


def test_equality():
    assert pg.Diff(1, 2) == pg.Diff(1, 2) != pg.Diff(1, 3)
    assert pg.eq(pg.Diff(1, 1), 1) and pg.ne(pg.Diff(1, 2), 1)
    assert pg.hash(pg.Diff(1, 1)) == pg.hash(1)
    assert pg.hash(pg.Diff(1, 2)) == pg.hash(pg.Diff(1, 2))


def test_children_are_differences():
    with pytest.raises(TypeError, match="Diff"):
        pg.Diff(1, 2, {"x": 1})


def test_the_missing_side():
    assert copy.copy(MISSING) is MISSING and copy.deepcopy(MISSING) is MISSING
    assert pickle.loads(pickle.dumps(MISSING)) is MISSING
    assert str(MISSING) == repr(MISSING) == "MISSING"
    assert MISSING != 1 and hash(MISSING) == hash(copy.copy(MISSING))


@pytest.mark.parametrize(
    "found",
    [
        pg.Diff(),
        pg.Diff(1, 2),
        pg.Diff(1),
        pg.diff(Part(1), Part([2])),
        pg.diff([1], []),
    ],
)
def test_conversion(found):
    assert pg.eq(pg.from_json(found.to_json()), found)
    assert pg.eq(pickle.loads(pickle.dumps(found)), found)
    assert pg.eq(found.clone(deep=True), found)


def test_references_are_followed():
    shared = Leaf(1)
    for make in (Part, lambda v: [v], lambda v: pg.Dict(x=v)):
        found = pg.diff(make(pg.Ref(shared)), make(pg.Ref(Leaf(2))))
        [part] = found.children.values()
        assert part.left is Leaf and part.children == {"x": pg.Diff(1, 2)}
        assert not pg.diff(make(pg.Ref(shared)), make(pg.Ref(Leaf(1))))
        assert not pg.diff(make(pg.Ref(shared)), make(shared))
    assert not pg.diff(Part(pg.Ref([1])), Part(pg.Ref([1])))


def test_references_in_a_circle():
    circles = [Part(), Part(), Part()]
    for n, circle in enumerate(circles):
        circle.rebind(x=pg.Ref(circle), y=n // 2)
    assert not pg.diff(circles[0], circles[1])
    assert pg.diff(circles[0], circles[2]).children["y"] == pg.Diff(0, 1)


def test_equality_of_a_class_decides():
    class Loose(Part):
        def sym_eq(self, other):
            return True

    assert not pg.diff(Part(Loose(1)), Part(Loose(2)))


@given(TREES, TREES)
def test_laws(one, two):
    assert not pg.diff(one, one.clone(deep=True))
    found = pg.diff(one, two)
    assert bool(found) == pg.ne(one, two)
    assert bool(pg.diff(two, one)) == bool(found)
    flat = pg.diff(one, two, flatten=True)
    if isinstance(flat, dict):
        for path, part in flat.items():
            if path.endswith("_type") or not part.is_leaf:
                continue
            for root, side in ((one, part.left), (two, part.right)):
                if side is MISSING:
                    assert not root.sym_has(path)
                else:
                    assert pg.eq(root.sym_get(path), side)
    check_tree(one)
    check_tree(two)


def test_unrelated_classes_in_a_tree():
    found = pg.diff(Tree("t", left=Leaf(1)), Tree("t", left=Leaf(2)))
    assert list(found.children) == ["left"]
    assert pg.diff(Pair(1, 2), Pair(1, 2)).is_leaf


# ---- Objects beside dicts, and trees of any depth


class Holder(pg.Object):
    x: Any = None


@pytest.mark.parametrize("collapse", [True, lambda x, y: True])
def test_objects_and_dicts_are_compared_part_by_part(collapse):
    found = pg.diff(Holder(1), {"x": 2}, collapse=collapse)
    assert (found.left, found.right) == (Holder, dict)
    assert found.children == {"x": pg.Diff(1, 2)}
    assert repr(found) == "Holder|dict(x=Diff(left=1, right=2))"
    assert pg.diff(Holder(1), {"x": 1}, collapse=collapse) == pg.Diff(Holder, dict)
    nested = pg.diff(Holder(Holder(1)), pg.Dict(x=pg.Dict(x=1)), collapse=collapse)
    assert nested.children == {"x": pg.Diff(Holder, pg.Dict)}
    assert pg.diff({}, Holder(1), collapse=collapse).children == {"x": pg.Diff(right=1)}
    items = pg.diff([Holder(1)], [{"x": 2}], collapse=collapse)
    assert items.children["0"].children == {"x": pg.Diff(1, 2)}


def test_objects_and_dicts_are_different_otherwise():
    for collapse in ("same_type", False, lambda x, y: False):
        found = pg.diff(Holder(1), {"x": 1}, collapse=collapse)
        assert found.is_leaf and found.left == Holder(1)


def test_what_has_parts_is_described_by_classes():
    children = {"x": pg.Diff(1, 2)}
    for sides in ((1, int), (int, 2), (int,), ()):
        with pytest.raises(ValueError, match="Expected a class"):
            pg.Diff(*sides, children=children)
    with pytest.raises(ValueError):
        pg.Diff(1, 2).rebind(children=children)
    found = pg.Diff(int, int, children)
    assert pg.from_json(found.to_json()) == found


def test_differences_at_any_depth():
    def chain(depth, last):
        value = last
        for i in range(depth):
            kinds = (Holder, lambda v: pg.List([v]), lambda v: pg.Dict(x=v))
            value = kinds[i % 3](value)
        return value

    one, same, other = chain(10_000, 1), chain(10_000, 1), chain(10_000, 2)
    assert pg.diff(one, same) == pg.Diff()
    found, depth = pg.diff(one, other), 0
    assert str(found).count("left = 1,") == repr(found).count("left=1,") == 1
    while not found.is_leaf:
        [found] = found.children.values()
        depth += 1
    assert found == pg.Diff(1, 2) and depth == 10_000
