"""`pg.Object`."""

import abc
import copy
import functools
import inspect
import pickle
from typing import Any, ClassVar

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Tree, check_tree, make_tree


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
    with pytest.raises(
        TypeError, match=r"Expected a value of type int, got .*\(path=x\)"
    ):
        Leaf("a")
    with pytest.raises(TypeError, match=r"\(path=leaves\[1\]\)"):
        Tree("t", [Leaf(1), 2])
    with pytest.raises(TypeError, match=r"none for 'x'"):
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


class Node(pg.Object):
    x: int


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Leaf(1, 2.0, "a", 3), "at most 3 positional .*got 4"),
        (lambda: Node(1, 2), "at most 1 positional .*got 2"),
        (lambda: Leaf(foo=1), "got 'foo'"),
        (lambda: Tree(), "none for 'name'"),
        (lambda: Leaf(1).seal().clone(override={"x": 2}), "sealed Leaf"),
    ],
)
def test_messages_of_bad_calls(make, message):
    with pytest.raises((TypeError, pg.WritePermissionError), match=message):
        make()


def test_frozen_fields():
    class Frozen(pg.Object):
        a: pg.typing.Int(3).freeze()
        b: int = 1

    assert Frozen().a == 3
    assert Frozen.init_arg_list == ["b"]
    assert Frozen(a=3) == Frozen()
    for bad in (lambda: Frozen(a=4), lambda: Frozen().rebind(a=4)):
        with pytest.raises(ValueError, match="the only value of a frozen spec"):
            bad()


def test_methods_implement_callable_fields():
    class Base(pg.Object):
        fn: pg.typing.Callable([pg.typing.Int()])

    class Sub(Base):
        n: int = 1

        def fn(self, x):
            return x + self.n

    assert Sub(n=5).fn(1) == 6
    assert Sub.init_arg_list == ["n"]
    assert Base(lambda x: x).fn(3) == 3
    assert Sub().clone() == Sub()
    with pytest.raises(TypeError, match="at most 1 positional"):
        Sub(1, 2)


def test_subclasses_override_methods_that_implement_fields():
    def other(self, x):
        return x * 10

    class Base(pg.Object):
        fn: pg.typing.Callable([pg.typing.Int()])
        n: int = 1

    class Sub(Base):
        def fn(self, x):
            return x + self.n

    class Next(Sub):
        def fn(self, x):
            return super().fn(x) + 100

    class Assigned(Next):
        fn = other

    assert [cls().fn(2) for cls in (Sub, Next, Assigned)] == [3, 103, 20]
    assert list(Next.__schema__.keys()) == ["fn", "n"] == list(Base.__schema__.keys())
    with pytest.raises(ValueError, match="frozen"):

        class Builtin(Next):
            fn = abs

    with pytest.raises(TypeError, match="frozen"):

        class Annotated(Next):
            fn: pg.typing.Callable([pg.typing.Int()]) = abs


def test_lambdas_are_defaults():
    class Default(pg.Object):
        fn: Any = lambda x: x + 1

    assert Default().fn(1) == 2
    assert Default(fn=3).fn == 3


def test_properties_implement_fields():
    class Base(pg.Object):
        x: int

    class Sub(Base):
        @property
        def x(self):
            return self.sym_init_args.x + 1

    assert Sub(1).x == 2
    assert Sub(1).clone().sym_init_args.x == 1


def test_immutable_classes():
    class Immutable(pg.Object):
        allow_symbolic_mutation = False
        x: int
        y: Any = None

    value = Immutable(1, [1])
    assert value.is_sealed and value.y.is_sealed
    for edit in (lambda: value.rebind(x=2), lambda: value.y.append(2)):
        with pytest.raises(pg.WritePermissionError):
            edit()
    with pg.as_sealed(False):
        value.rebind(x=3)
    assert value.x == 3
    assert Immutable(1, sealed=False).rebind(x=2).x == 2


@pg.members([("x", pg.typing.Int()), (pg.typing.StrKey(), pg.typing.Any())])
class Dynamic(pg.Object):
    allow_symbolic_assignment = True


def test_dynamic_fields():
    value = Dynamic(1, a=[2])
    assert value.a == [2] and value.a.sym_path == "a"
    value.b = {"c": 3}
    value._private = 4
    assert value == Dynamic(1, a=[2], b={"c": 3})
    assert list(value.sym_keys()) == ["x", "a", "b"]
    value.rebind({"b.c": 5, "d": 6})
    assert (value.b.c, value.d) == (5, 6)
    value.rebind(a=pg.MISSING_VALUE)
    assert not hasattr(value, "a")
    check_tree(value)
    for new in (value.clone(), copy.deepcopy(value), pg.from_json(value.to_json())):
        assert new == value
        check_tree(new)
    assert pickle.loads(pickle.dumps(value)) == value
    before = value.clone()
    with pytest.raises(TypeError):
        value.rebind({"d": 7, "e": 8, "x": "bad"})
    assert value == before
    value.rebind(r=pg.Ref(before))
    assert value.r is before
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        _ = value.nope


def test_attributes_that_are_no_fields():
    class Plain(pg.Object):
        allow_symbolic_assignment = True
        x: int

    value = Plain(1)
    value.note = [1]
    assert type(value.note) is list
    assert value == Plain(1)
    assert not hasattr(value.clone(), "note")
    del value.note
    with pytest.raises(AttributeError):
        del value.x


def test_abstract_classes():
    class Abstract(pg.Object):
        x: int

        @abc.abstractmethod
        def work(self):
            """Works."""

    class Concrete(Abstract):
        def work(self):
            return self.x

    with pytest.raises(TypeError, match="abstract"):
        Abstract(1)
    assert Concrete(1).work() == 1
    with pytest.raises(TypeError, match="declares fields"):
        pg.Object()


def test_several_bases():
    class First(pg.Object):
        a: int

    class Second(pg.Object):
        b: int = 2

    class Plain:
        c: int = 3

        def hello(self):
            return "hello"

    class Both(Plain, First, Second):
        d: int = 4

    assert Both.init_arg_list == ["a", "b", "d"]
    assert repr(Both(1)) == "Both(a=1, b=2, d=4)"
    assert Both(1).hello() == "hello" and Both(1).c == 3


def test_class_variables_and_private_names_are_no_fields():
    class Some(pg.Object):
        x: int = 1
        y: ClassVar[int] = 2
        z: "ClassVar[int]" = 3
        _w: int = 4
        MAX_SIZE: int = 5

    assert Some.init_arg_list == ["x"]
    assert (Some.y, Some.z, Some()._w, Some.MAX_SIZE) == (2, 3, 4, 5)


def test_a_constant_gives_an_inherited_field_its_default():
    @pg.members([("SIZE", int)])
    class Base(pg.Object):
        pass

    class Sized(Base):
        SIZE: int = 3

    assert Sized().SIZE == 3
    assert Sized(SIZE=4).SIZE == 4


def test_hooks_may_set_attributes():
    class Derived(pg.Object):
        x: int

        def _on_bound(self):
            super()._on_bound()
            self._double = 2 * self.x

        @functools.cached_property
        def triple(self):
            return 3 * self.x

    value = Derived(2)
    assert (value._double, value.triple) == (4, 6)
    assert value.rebind(x=4)._double == 8
    assert value.clone()._double == 8


def test_own_getattr():
    class Own(pg.Object):
        x: int

        def __getattr__(self, name):
            return f"own {name}"

    assert (Own(1).x, Own(1).foo) == (1, "own foo")
    assert Own.partial().x == pg.MISSING_VALUE
    shared = Leaf(1)

    class Holder(Own):
        y: Any = None

    assert Holder(1, pg.Ref(shared)).y is shared


def test_pickle_keeps_the_state():
    leaf = Leaf.partial().seal()
    loaded = pickle.loads(pickle.dumps(leaf))
    assert loaded == leaf
    assert loaded.is_partial and loaded.is_sealed


class Functional(pg.Object):
    """Has specs that cannot be pickled."""

    items: pg.typing.List(pg.typing.Any(transform=lambda v: int(v)))  # type: ignore[valid-type]
    table: dict[str, "Functional"] = {}


def test_specs_of_containers_are_not_pickled():
    tree = Functional(["1"], {"a": Functional([2])})
    new = pickle.loads(pickle.dumps(tree))
    assert new == tree and isinstance(new.items, pg.List)
    assert new.items.value_spec == Functional.__schema__["items"].value
    new.items.append("3")
    assert new.items == [1, 3]
    with pytest.raises(TypeError, match="Functional"):
        new.table.a = 1
    assert pickle.loads(pickle.dumps(tree.items)) == [1]
