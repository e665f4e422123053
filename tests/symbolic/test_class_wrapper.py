import pytest
from tests.symbolic.helper import check_tree

import pyglove as pg


class Plain:
    """Doc of Plain."""

    def __init__(self, x, y="a", *args, z=None, **kw):
        self.x, self.y, self.args, self.z, self.kw = x, y, args, z, kw
        self.twice = 2 * x


Wrapped = pg.symbolize(Plain)


def test_a_wrapper_is_the_class_and_symbolic():
    value = Wrapped(1, "b", 3, 4, z=5, q=6)
    assert isinstance(value, Plain)
    assert isinstance(value, pg.Object)
    assert (value.args, value.z, value.kw) == ((3, 4), 5, {"q": 6})
    assert repr(Wrapped(1)) == "Plain(x=1, y='a', args=[], z=None)"
    assert (Wrapped.__name__, Wrapped.__doc__) == ("Plain", "Doc of Plain.")
    assert pg.symbolize(Wrapped) is Wrapped
    assert pg.from_json(value.to_json(), trusted=True).kw == {"q": 6}


def test_init_runs_again_after_a_change():
    value = Wrapped(1)
    value.extra = 1
    value.rebind(x=5)
    assert value.twice == 10
    assert not hasattr(value, "extra")
    assert value.clone().twice == 10


def test_init_waits_for_a_program():
    value = Wrapped(pg.oneof([1, 2]), pg.oneof(["c", "d"]))
    assert value.sym_abstract
    assert not hasattr(value, "twice")
    value.rebind(x=3)
    assert not hasattr(value, "twice")
    value.rebind(y="e")
    assert value.twice == 6
    assert not value.sym_abstract


def test_bad_arguments():
    with pytest.raises(TypeError, match="missing"):
        Wrapped()
    checked = pg.symbolize(Plain, [("x", pg.typing.Int(min_value=3))])
    with pytest.raises(ValueError, match="out of range"):
        checked(1)
    for bad in (1, "a"):
        with pytest.raises(TypeError, match="cannot be symbolized"):
            pg.symbolize(bad)


def test_equality_is_a_choice():
    assert Wrapped(1) != Wrapped(1)
    assert pg.eq(Wrapped(1), Wrapped(1))
    symbolic = pg.symbolize(Plain, eq=True)
    assert symbolic(1) == symbolic(1)
    assert hash(symbolic(1)) == hash(symbolic(1))


def test_cooperative_init():
    @pg.symbolize
    class Base:
        def __init__(self, x):
            super().__init__()
            self.x = x

    class Sub(Base):
        def __init__(self, z):
            super().__init__(z + 1)
            self.z = z

    sub = Sub(1)
    assert (sub.x, sub.z) == (2, 1)
    assert repr(sub) == "Sub(z=1)"
    assert sub.rebind(z=5).x == 6


def test_a_class_that_registers_what_is_assigned():
    class Module:
        def __init__(self):
            object.__setattr__(self, "children", {})

        def __setattr__(self, name, value):
            if isinstance(value, Module):
                if "children" not in self.__dict__:
                    raise AttributeError("assigned before Module.__init__()")
                self.children[name] = value
            object.__setattr__(self, name, value)

    @pg.symbolize
    class Linear(Module):
        def __init__(self, n):
            super().__init__()
            self.n = n

    @pg.symbolize
    class Stack(Module):
        def __init__(self, first, second):
            super().__init__()
            self.first, self.second = first, second

    stack = Stack(Linear(1), Linear(2))
    assert list(stack.children) == ["first", "second"]
    assert stack.first.children == {}
    stack.rebind({"first.n": 7})
    assert stack.first.n == 7
    check_tree(stack)


def test_wrap_module():
    import types

    module = types.ModuleType("m")
    module.Plain = Plain
    exported = types.ModuleType("exported")
    (wrapper,) = pg.wrap_module(module, export_to=exported)
    assert exported.Plain is wrapper
    assert wrapper(2).twice == 4
