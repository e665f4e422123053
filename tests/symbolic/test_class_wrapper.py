import dataclasses
import inspect
import types

import pytest

import pyglove as pg
from tests.symbolic.helper import check_tree


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
    with pytest.raises(TypeError, match="got none for"):
        Wrapped()
    checked = pg.symbolize(Plain, [("x", pg.typing.Int(min_value=3))])
    with pytest.raises(ValueError, match="Expected a number"):
        checked(1)
    for bad in (1, "a"):
        with pytest.raises(TypeError, match="to symbolize, got"):
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


def test_options_of_wrap():
    def reset(self):
        calls.append("reset")

    class Counted:
        def __init__(self, x):
            calls.append("init")
            self.x = x

        def __repr__(self):
            return "COUNTED"

    calls = []
    wrapper = pg.wrap(
        Counted,
        reset_state_fn=reset,
        repr=False,
        class_name="Renamed",
        module_name="elsewhere",
        serialization_key="wrapped.counted",
        additional_keys=["wrapped.old"],
        override={"extra": 5},
    )
    value = wrapper(1)
    value.note = 1
    value.rebind(x=2)
    assert calls == ["reset", "init", "reset", "init"]
    assert value.note == 1
    assert repr(value) == str(value) == "COUNTED"
    assert (wrapper.__name__, wrapper.__module__) == ("Renamed", "elsewhere")
    assert wrapper.extra == 5
    assert value.to_json() == {"_type": "wrapped.counted", "x": 2}
    assert pg.from_json({"_type": "wrapped.old", "x": 3}).x == 3
    assert repr(wrapper).startswith("Symbolic[")
    assert value.sym_wrapped is value
    with pytest.raises(TypeError, match="a class to wrap"):
        pg.wrap(3)


def test_annotations_and_docstrings_may_count():
    class Typed:
        """A class."""

        def __init__(self, x: int, y: str = "a"):
            """Inits.

            Args:
              x: The x.
              y: The y.
            """
            self.x = x

    loose = pg.symbolize(Typed)
    assert loose("a").x == "a"
    assert loose.__schema__["x"].description is None
    strict = pg.symbolize(Typed, auto_typing=True, auto_doc=True)
    assert strict.__schema__["x"].description == "The x."
    assert strict.__schema__.description == "A class."
    with pytest.raises(TypeError, match="path=x"):
        strict("a")


def test_signatures():
    assert str(inspect.signature(Wrapped)) == "(x, y='a', *args, z=None, **kw)"

    class KeywordOnly:
        def __init__(self, *, x=1):
            self.x = x

    wrapper = pg.symbolize(KeywordOnly)
    assert wrapper(x=3).x == 3
    assert wrapper(x=2).rebind(x=5).x == 5
    with pytest.raises(TypeError, match="at most 0 positional"):
        wrapper(3)


def test_a_failing_init():
    @pg.symbolize
    class Fails:
        def __init__(self, x):
            if x < 0:
                raise ValueError("negative")
            self.x = x

    with pytest.raises(ValueError, match="negative"):
        Fails(-1)
    value = Fails(1)
    with pytest.raises(ValueError, match="negative"):
        value.rebind(x=-1)


def test_partial_wrappers_wait():
    value = Wrapped.partial()
    assert value.is_partial
    assert not hasattr(value, "twice")
    value.rebind(x=4)
    assert value.twice == 8


def test_classes_of_all_kinds():
    @pg.symbolize
    class Empty:
        pass

    @pg.symbolize
    @dataclasses.dataclass
    class Data:
        x: int
        y: str = "a"

    @pg.symbolize
    class Slotted:
        __slots__ = ("x",)

        def __init__(self, x):
            self.x = x

    @pg.symbolize
    class Made:
        def __new__(cls, *args, **kwargs):
            made = super().__new__(cls)
            made.t = 1
            return made

        def __init__(self, x):
            self.x = x

    class Meta(type):
        def __call__(cls, *args, **kwargs):
            made = super().__call__(*args, **kwargs)
            made.meta = True
            return made

    @pg.symbolize
    class WithMeta(metaclass=Meta):
        def __init__(self, x):
            self.x = x

    assert repr(Empty()) == "Empty()"
    assert Data(1) == Data(1) and Data(1).rebind(x=2).x == 2
    assert Slotted(1).x == 1 and repr(Slotted(1)) == "Slotted(x=1)"
    assert Made(1).t == 1 and Made(1).clone().t == 1
    assert WithMeta(1).meta and isinstance(WithMeta, Meta)


def test_the_class_keeps_its_own_notion_of_equality():
    @pg.symbolize
    class Number:
        def __init__(self, x):
            self.x = x

        def __eq__(self, other):
            return isinstance(other, Number) and self.x % 10 == other.x % 10

        def __hash__(self):
            return self.x % 10

    assert Number(1) == Number(11)
    assert hash(Number(1)) == hash(Number(11))
    assert pg.ne(Number(1), Number(11))


def test_subclasses_of_wrappers():
    class Same(Wrapped):
        pass

    class Other(Wrapped):
        def __init__(self, q):
            super().__init__(q, "zz")
            self.q = q

    assert Same(1).twice == 2
    assert list(Other.__schema__.keys()) == ["q"]
    other = Other(3)
    assert (other.x, other.y, other.q) == (3, "zz", 3)
    assert other.rebind(q=4).twice == 8
    assert pg.eq(other.clone(), other)
    assert pg.from_json(other.to_json()).twice == 8


def test_defaults_are_not_shared():
    @pg.symbolize
    class Holder:
        def __init__(self, items=[]):  # noqa: B006
            self.items = items

    one, two = Holder(), Holder()
    one.items.append(1)
    assert two.items == []


def test_a_wrapper_that_cannot_be_made_replaces_nothing():
    class Unit:
        def __init__(self, n):
            self.n = n

    wrapper = pg.wrap(Unit)
    document = wrapper(1).to_json()
    with pytest.raises(KeyError, match="nope"):
        pg.wrap(Unit, [("nope", pg.typing.Int())])
    assert type(pg.from_json(document)) is wrapper


def test_modules_that_load_lazily():
    class Module(types.ModuleType):
        listed = ("Layer",)

        def __getattr__(self, name):
            if name != "Layer":
                raise AttributeError(name)

            class Layer:
                def __init__(self, x):
                    self.x = x

            setattr(self, name, Layer)
            return Layer

        def __dir__(self):
            return [*self.listed, "__doc__"]

    (layer,) = pg.wrap_module(Module("lazy"))
    assert layer(1).rebind(x=2).x == 2
    module = Module("lazy")
    module.listed = ("Layer", "gone")
    with pytest.raises(AttributeError, match="gone"):
        pg.wrap_module(module)


def test_objects_that_act_as_modules():
    class Layer:
        def __init__(self, x):
            self.x = x

    class Namespace:
        A = Layer
        n = 1

    for namespace in (Namespace, Namespace()):
        (layer,) = pg.wrap_module(namespace)
        assert layer.sym_wrapped_cls is Layer
