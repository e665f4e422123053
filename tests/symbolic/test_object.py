import copy
import inspect
import pickle
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Log, Tree, check_tree, make_tree, notes


def test_construction_and_reads():
    leaf = Leaf(1, z="b")
    assert (leaf.x, leaf.y, leaf.z) == (1, 1.0, "b")
    assert type(Leaf(1, 2).y) is float
    assert inspect.signature(Leaf).parameters["y"].default == 1.0
    assert Leaf.init_arg_list == ["x", "y", "z"]
    assert list(Leaf.__schema__.keys()) == ["x", "y", "z"]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Leaf("a"), TypeError),
        (lambda: Leaf(1.5), TypeError),
        (lambda: Leaf(None), ValueError),
        (lambda: Leaf(), TypeError),
        (lambda: Leaf(1, foo=2), TypeError),
        (lambda: Leaf(1, 2.0, "a", 3), TypeError),
        (lambda: Leaf(1, x=2), TypeError),
        (lambda: Leaf(pg.MISSING_VALUE), ValueError),
        (lambda: Tree("t", [1]), TypeError),
        (lambda: Tree("t", left=Leaf.partial()), ValueError),
    ],
)
def test_bad_arguments(make, error):
    with pytest.raises(error):
        make()


def test_error_names_the_place():
    with pytest.raises(TypeError, match=r"Expect <class 'int'> .*\(path=x\)"):
        Leaf("a")
    with pytest.raises(TypeError, match=r"\(path=leaves\[1\]\)"):
        Tree("t", [Leaf(1), 2])
    with pytest.raises(TypeError, match=r"missing 1 required argument: 'x'"):
        Leaf()


def test_failed_construction_frees_the_children():
    leaf = Leaf(1)
    with pytest.raises(TypeError):
        Tree("t", left=leaf, leaves="bad")
    assert leaf.sym_parent is None
    items = [Leaf(1), Leaf(2)]
    with pytest.raises(TypeError):
        Tree("t", [*items, "bad"])
    assert [item.sym_parent for item in items] == [None, None]
    assert Tree("t", left=leaf).left is leaf


def test_children_know_their_place():
    tree = make_tree()
    check_tree(tree)
    leaf = tree.right["q"][0]
    assert str(leaf.sym_path) == "right.q[0]"
    assert leaf.sym_root is tree
    assert isinstance(tree.leaves, pg.List)
    assert isinstance(tree.right, pg.Dict)


def test_a_node_with_a_place_is_copied():
    leaf = Leaf(1)
    first, second = Tree("a", left=leaf), Tree("b", left=leaf)
    assert first.left is leaf
    assert second.left is not leaf
    assert second.left == leaf


def test_defaults_are_not_shared():
    one, two = Tree("a"), Tree("b")
    one.leaves.append(Leaf(1))
    assert len(two.leaves) == 0
    assert len(Tree("c").leaves) == 0


def test_fields_are_guarded():
    leaf = Leaf(1)
    with pytest.raises(pg.WritePermissionError):
        leaf.x = 2
    assert leaf.x == 1
    with pg.allow_writable_accessors():
        leaf.x = 2
    assert leaf.x == 2
    leaf.note = "not a field"
    assert leaf.note == "not a field"


def test_assignment_where_it_is_allowed():
    class Open(pg.Object):
        allow_symbolic_assignment = True
        x: int = 1

    open_ = Open()
    open_.x = 2
    assert open_.x == 2
    with pytest.raises(TypeError):
        open_.x = "a"
    assert open_.x == 2


def test_sealed():
    leaf = Leaf(1).seal()
    with pytest.raises(pg.WritePermissionError):
        leaf.rebind(x=2)
    assert leaf.x == 1
    with pg.as_sealed(False):
        leaf.rebind(x=2)
    assert leaf.x == 2
    with pg.as_sealed(), pytest.raises(pg.WritePermissionError):
        Leaf(1).rebind(x=2)


def test_partial():
    leaf = Leaf.partial()
    assert leaf.is_partial
    assert leaf.missing_values() == {"x": pg.MISSING_VALUE}
    assert leaf.x == pg.MISSING_VALUE
    assert not leaf.rebind(x=1).is_partial
    with pg.allow_partial():
        assert Leaf().is_partial
    assert Tree("t", right=Leaf.partial()).is_partial
    assert Tree("t", right=[Leaf.partial()]).sym_missing() == {
        "right[0].x": pg.MISSING_VALUE
    }


def test_inheritance_of_fields():
    class Sub(Leaf):
        x = 5
        w: bool

    assert Sub.init_arg_list == ["x", "y", "z", "w"]
    assert repr(Sub(w=True)) == "Sub(x=5, y=1.0, z='a', w=True)"


def test_init_may_be_overridden_on_purpose():
    class Square(pg.Object):
        width: int
        height: int

        @pg.explicit_method_override
        def __init__(self, size):
            super().__init__(width=size, height=size)

    square = Square(2)
    assert (square.width, square.height) == (2, 2)
    assert square.clone() == square
    with pytest.raises(TypeError, match="explicit_method_override"):

        class Bad(pg.Object):
            x: int

            def __init__(self, x):
                pass


def test_members_and_dynamic_fields():
    @pg.members([("x", pg.typing.Int()), (pg.typing.StrKey(), pg.typing.Str())])
    class Dynamic(pg.Object):
        pass

    value = Dynamic(1, p="a")
    assert value.p == "a"
    assert value.rebind(q="b").q == "b"
    assert repr(value) == "Dynamic(x=1, p='a', q='b')"
    assert value.clone() == value
    with pytest.raises(TypeError):
        Dynamic(1, p=2)


def test_field_names_do_not_collide_with_machinery():
    class Odd(pg.Object):
        type: int
        list: Any
        parent: str = "p"
        value: Any = None
        new: int = 0

    odd = Odd(1, [2])
    assert (odd.type, odd.list, odd.parent) == (1, [2], "p")
    assert odd.clone() == odd
    assert pg.from_json(odd.to_json()) == odd


def test_comparison():
    assert Leaf(1) == Leaf(1)
    assert hash(Leaf(1)) == hash(Leaf(1))
    assert Leaf(1) != Leaf(2)
    assert make_tree() == make_tree()

    class ById(pg.Object):
        use_symbolic_comparison = False
        x: int = 1

    one, two = ById(), ById()
    assert one != two
    assert pg.eq(one, two)
    assert pg.hash(one) == pg.hash(two)
    assert hash(one) == hash(one)


def test_copies_are_equal_and_disjoint():
    tree = make_tree()
    for other in (
        tree.clone(),
        tree.clone(deep=True),
        copy.copy(tree),
        copy.deepcopy(tree),
        pickle.loads(pickle.dumps(tree)),
    ):
        assert other == tree
        assert other is not tree
        check_tree(other)
        mine = {id(v) for v in tree.sym_descendants() if isinstance(v, pg.Symbolic)}
        assert not any(id(v) in mine for v in other.sym_descendants())
    assert tree.clone(override={"left.x": 9}).left.x == 9
    assert tree.left.x == 3


def test_clone_shares_or_copies_other_values():
    class Holder(pg.Object):
        value: Any

    payload = {1, 2}
    holder = Holder(payload)
    assert holder.clone().value is payload
    assert holder.clone(deep=True).value is not payload
    assert holder.clone(deep=True).value == payload


def test_events_of_construction_and_moves():
    notes()
    inner = Log(1)
    assert notes() == [("init", ""), ("bound", "")]
    outer = Log(inner)
    assert notes() == [
        ("path", "", "a"),
        ("parent", "NoneType", "Log"),
        ("init", ""),
        ("bound", ""),
    ]
    outer.rebind(a=None)
    assert notes()[:2] == [("parent", "Log", "NoneType"), ("path", "a", "")]
    assert inner.sym_parent is None


def test_compiled_code_shows_in_tracebacks():
    import linecache

    Leaf(1)
    filename = Leaf.__init__.__code__.co_filename
    assert any("def __init__" in line for line in linecache.getlines(filename))
