"""Functions with symbolic arguments."""

import copy
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair


@pg.functor
def add(x, y=1):
    """Adds."""
    return x + y


@pg.functor([("x", pg.typing.Int(), "First."), ("y", pg.typing.Int())])
def typed(x, y):
    return x + y


@pg.functor()
def variadic(x: int, *args, k: str = "q", **kw):
    return (x, args, k, kw)


@pg.functor
def keywords(*, a, b=2):
    return a + b


class Add(pg.Functor):
    x: int
    y: int = 2

    def _call(self):
        return self.x + self.y


def test_binding_early_late_and_at_the_call():
    assert add(1)() == 2
    assert add()(1) == 2
    assert add()(x=1, y=5) == 6
    assert add(1)(y=4) == 5
    assert add(y=5)(2) == 7
    bound = add(1)
    bound.rebind(x=3)
    bound.y = 5
    assert bound() == 8
    assert Add(1)() == 3
    assert Add()(1) == 3
    assert Add(1)(y=5) == 6


def test_bound_arguments_are_not_replaced_by_accident():
    for call in (lambda: add(1)(2), lambda: add(1)(x=5), lambda: Add(1)(3)):
        with pytest.raises(TypeError, match="override_args"):
            call()
    assert add(1)(5, override_args=True) == 6
    assert add(1, override_args=True)(5) == 6
    assert Add(1)(x=3, override_args=True) == 5


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: add()(), "none for 'x'"),
        (lambda: typed()(), "none for 'x', 'y'"),
        (lambda: add(1, 2, 3), "at most 2 positional .*got 3"),
        (lambda: add()(1, 2, 3), "at most 2 positional .*got 3"),
        (lambda: add(z=1), "got 'z'"),
        (lambda: add(1)(z=2), "got 'z'"),
        (lambda: add(1, x=2), "by position and"),
        (lambda: add()(1, x=2), "by position and"),
        (lambda: typed(1, "a"), r"Expected a value of type int.*\(path=y\)"),
        (lambda: typed(1)(y="a"), r"Expected a value of type int.*\(path=y\)"),
        (lambda: Add()(), "none for 'x'"),
        (lambda: Add("a"), "Expected a value of type int"),
        (lambda: Add()("a"), "Expected a value of type int"),
        (lambda: keywords(1), "at most 0 positional .*got 1"),
        (lambda: keywords()(), "none for 'a'"),
    ],
)
def test_bad_calls(call, message):
    with pytest.raises(TypeError, match=message):
        call()


def test_variadic():
    assert variadic(1, 2, 3, k="z", m=4)() == (1, (2, 3), "z", {"m": 4})
    assert variadic(1)(m=3) == (1, (), "q", {"m": 3})
    assert variadic(1, m=1)(n=2) == (1, (), "q", {"m": 1, "n": 2})
    assert repr(variadic(1, 2, m=3)) == "variadic(x=1, args=[0: 2], k='q', m=3)"
    bound = variadic(1, m=3)
    assert bound.m == 3
    bound.n = 4
    assert bound() == (1, (), "q", {"m": 3, "n": 4})
    assert keywords(a=1)() == 3 and keywords()(a=4, b=1) == 5


def test_extra_arguments_may_be_ignored():
    assert add(1, ignore_extra_args=True)(y=2, z=3) == 3
    assert add(1)(y=2, z=3, ignore_extra_args=True) == 3
    assert add()(1, 2, 3, ignore_extra_args=True) == 3


def test_what_is_bound():
    f = add(1)
    assert f.specified_args == {"x"}
    assert f.bound_args == {"x", "y"}
    assert f.default_args == {"y"}
    assert f.non_default_args == {"x"}
    assert f.is_fully_bound
    assert add().unbound_args == {"x"}
    assert not add().is_fully_bound
    assert add(1, pg.MISSING_VALUE).specified_args == {"x"}
    f.rebind(y=5)
    assert f.specified_args == {"x", "y"}
    f.rebind(y=pg.MISSING_VALUE)
    assert f.specified_args == {"x", "y"} and f.y == 1
    f.rebind(x=pg.MISSING_VALUE)
    assert f.specified_args == {"y"}
    g = add(1)
    g.rebind(y=1, raise_on_no_change=False)
    assert g.specified_args == {"x"}
    g.y = pg.MISSING_VALUE
    assert g.specified_args == {"x", "y"}


def test_a_failed_rebind_changes_nothing():
    f = typed(1)
    with pytest.raises(TypeError):
        f.rebind({"x": pg.MISSING_VALUE, "y": "bad"})
    with pytest.raises(KeyError):
        f.rebind({"y": 2, "z": 3})
    assert f.specified_args == {"x"}
    assert f == typed(1)


def test_an_unbound_functor_is_not_partial():
    assert not add().is_partial
    assert add().sym_missing() == {}
    assert not Pair(add()).is_abstract


def test_functors_are_symbolic():
    assert repr(add(1)) == "add(x=1, y=1)"
    assert add(1) == add(1) and add(1) != add(2)
    assert hash(add(1)) == hash(add(1))
    f = add(add(1), [Leaf(2)])
    assert f.x.sym_path == "x"
    assert pg.query(f, where=lambda v: v == 2) == {"y[0].x": 2}
    for new in (f.clone(), copy.deepcopy(f), pickle.loads(pickle.dumps(f))):
        assert new == f
        assert new.specified_args == f.specified_args
    assert add(1).clone(override={"x": 4})() == 5
    assert isinstance(add(1), pg.Functor) and callable(add(1))
    assert isinstance(add(1), pg.utils.Functor)


def test_values_are_read_when_called():
    leaf = Leaf(1)
    f = add(pg.Ref([leaf]), [2])
    assert f() == [leaf, 2]
    assert f()[0] is leaf


def test_classes_tell_what_they_take():
    assert list(inspect.signature(add).parameters) == ["x", "y"]
    assert add.__doc__ == "Adds." and add.__schema__.description == "Adds."
    assert add.__name__ == "add"
    assert typed.__schema__["x"].description == "First."
    assert not add.is_subclassed_functor() and Add.is_subclassed_functor()
    assert Add.__schema__.metadata["returns"] is None


def test_results_are_checked():
    @pg.functor(returns=pg.typing.Int())
    def identity(x):
        return x

    @pg.functor(auto_typing=True)
    def annotated(x: int) -> str:
        return x

    @pg.functor
    def documented(x: int) -> str:
        return x

    assert identity(1)() == 1
    with pytest.raises(TypeError, match=r"\(path=returns\)"):
        identity("a")()
    with pytest.raises(TypeError, match=r"\(path=x\)"):
        annotated("a")
    with pytest.raises(TypeError, match=r"\(path=returns\)"):
        annotated(1)()
    assert documented(1)() == 1
    with pg.enable_type_check(False):
        assert identity("a")() == "a"


def test_docstrings_describe_arguments():
    @pg.functor(auto_doc=True)
    def documented(x, y=1):
        """Does it.

        Args:
          x: The x.
          y: The y.
        """

    assert documented.__schema__["x"].description == "The x."
    assert documented.__schema__.description == "Does it."


def test_base_classes():
    class Base(pg.Functor):
        def extra(self):
            return "extra"

        def _call(self):
            return 5

    @pg.functor(base_class=Base)
    def derived(x):
        return x

    assert derived(3)() == 3
    assert derived(3).extra() == "extra"

    class More(Add):
        z: int = 1

        def _call(self):
            return super()._call() + self.z

    assert More(1)() == 4


def test_subclasses_that_do_not_work():
    with pytest.raises(TypeError, match="Declare fields"):

        class Bad(pg.Functor):
            x: int

            def _call(self, x):
                return x

    class NoCall(pg.Functor):
        x: int

    with pytest.raises(TypeError, match="abstract"):
        NoCall(1)


def test_a_call_does_not_bind():
    bound = []

    class Loud(pg.Functor):
        x: int
        y: Any = None

        def _on_bound(self):
            super()._on_bound()
            bound.append(self.x)

        def _call(self):
            return self.x, self.y

    f = Loud()
    assert f(5, y=[1]) == (5, [1])
    assert bound == [pg.MISSING_VALUE]
    assert f.specified_args == set()
    with pytest.raises(TypeError, match="got none for"):
        f()


def test_calls_when_made():
    with pg.auto_call_functors():
        assert add(1, 2) == 3
        assert Add(1) == 3
        with pytest.raises(TypeError, match="got none for"):
            add()
    assert isinstance(add(1), pg.Functor)


def test_options():
    assert add(1, root_path=pg.KeyPath("a")).sym_path == "a"
    assert add(1, sealed=True).is_sealed
    with pytest.raises(pg.WritePermissionError):
        add(1).seal().rebind(x=2)
    assert add.partial(1)() == 2


def test_functions_become_functors():
    square = pg.symbolize(lambda x: x * x)
    assert square(3)() == 9
    assert pg.symbolic.as_functor(lambda x: x + 1)(1) == 2
    assert pg.symbolic.as_functor(lambda x: x, ignore_extra_args=True)(1, 2) == 1
    for bad in (len, int, 3):
        with pytest.raises(TypeError, match="Expected a function"):
            pg.symbolic.functor_class(bad)
    with pytest.raises(KeyError, match=r"the name of an argument .* got 'y'"):
        pg.functor([("x", pg.typing.Int()), ("y", pg.typing.Int())])(lambda x: x)
    with pytest.raises(ValueError, match="as the default of argument"):
        pg.functor([("x", pg.typing.Int(3))])(lambda x=1: x)


@pg.symbolize
def registered(x, y=1):
    return x - y


def test_json():
    assert pg.from_json(pg.to_json(registered(3))) == registered(3)
    assert pg.from_json_str(registered(3).to_json_str())() == 2
    key = pg.functor(serialization_key="a.functor")(lambda x: x)
    assert key(1).to_json() == {"_type": "a.functor", "x": 1}
    assert pg.from_json({"_type": "a.functor", "x": 2})() == 2


def test_where_a_function_is_expected():
    class Holder(pg.Object):
        fn: pg.typing.Callable([pg.typing.Int()])

    assert Holder(add()).fn(2) == 3
    assert Holder(add(y=2)).fn(2) == 4


class Typed(pg.Functor):
    """Gives text."""

    x: int

    def _call(self) -> str:
        return self.x


class Inheriting(Typed):
    y: int = 1


def test_the_annotation_of_a_result_counts():
    for cls in (Typed, Inheriting):
        assert cls.__schema__.metadata["returns"] == pg.typing.Str()
        with pytest.raises(TypeError, match="path=returns"):
            cls(1)()

    class Other(Typed):
        def _call(self):
            return self.x

    assert Other(1)() == 1

    with pytest.raises(TypeError, match="Declare fields"):

        class Greedy(pg.Functor):
            def _call(self, x):
                return x

    class Lazy(pg.Functor):
        def _call(self, *args):
            return args

    assert Lazy()() == ()


def test_signatures_of_functors():
    assert str(inspect.signature(add.__init__)) == "(self, x, y=1)"
    assert str(inspect.signature(Add.__init__)) == "(self, x: int, y: int = 2)"
    assert str(inspect.signature(add(1))) == "(x, y=1)"
    found = pg.typing.signature(typed(1))
    assert found.id == f"{__name__}.typed" and found.name == "__call__"
    assert [a.value_spec for a in found.args] == [pg.typing.Int(), pg.typing.Int()]
    assert pg.typing.signature(Typed(1)).return_value == pg.typing.Str()
    assert pg.typing.signature(Typed(1)).description == "Gives text."
    assert pg.typing.signature(variadic(1)).varkw.name == "kw"


def test_specs_look_at_the_arguments_of_a_functor():
    accepting = pg.typing.Callable([pg.typing.Int(), pg.typing.Int()])
    assert accepting.apply(typed(1)) == typed(1)
    with pytest.raises(TypeError, match="positional argument 0"):
        pg.typing.Callable([pg.typing.Str()]).apply(typed(1))
    with pytest.raises(TypeError, match="a callable that returns"):
        pg.typing.Functor(returns=pg.typing.Int()).apply(Typed(1))


def test_functors_as_predicates_and_rebinders():
    @pg.functor
    def increment(path, value):
        return value + 1 if isinstance(value, int) else value

    @pg.functor
    def is_one(value):
        return value == 1

    assert pg.Dict(x=1).rebind(increment()) == {"x": 2}
    assert pg.query(pg.Dict(x=1, y=2), where=is_one()) == {"x": 1}


def test_a_constructor_of_a_subclass():
    class Own(pg.Functor):
        x: int

        @pg.explicit_method_override
        def __init__(self, text):
            super().__init__(int(text))

        def _call(self):
            return self.x

    class Below(Own):
        y: int = 1

    assert Own("3")() == 3 and Below("4")() == 4
    assert Own("3").clone() == Own("3")


def bound(f):
    return sorted(f.specified_args), sorted(f.unbound_args), sorted(f.default_args)


def test_arguments_can_be_deleted():
    f = add(1, y=2)
    del f.y
    assert f == add(1) and bound(f) == (["x"], [], ["y"])
    del f.x
    assert bound(f) == ([], ["x"], ["y"]) and f(4) == 5
    del f.x, f.y
    assert bound(f) == ([], ["x"], ["y"])
    with pytest.raises(AttributeError):
        del f.nope
    with pytest.raises(pg.WritePermissionError, match=r"'x'.*sealed"):
        del add(1).seal().x
    g = variadic(1, 2, 3, k="b", z=5)
    del g.z, g.k
    assert g() == (1, (2, 3), "q", {}) or g() == (1, [2, 3], "q", {})
    del g.args
    assert g()[1:] == ((), "q", {})
    g._note = 1
    del g._note
    assert not hasattr(g, "_note")


def test_deleting_arguments_of_subclassed_functors():
    f = Add(1, 5)
    del f.y
    assert f() == 3
    del f.x
    assert bound(f) == ([], ["x"], ["y"])


def test_fields_of_objects_cannot_be_deleted():
    leaf = Leaf(1, 2.0)
    for key in ("x", "y"):
        with pytest.raises(AttributeError, match=key):
            delattr(leaf, key)
    assert leaf == Leaf(1, 2.0)


def test_what_arguments_lack():
    f = add(Leaf.partial(), y=[Leaf(1)])
    assert f.is_partial and f.is_abstract
    assert f.missing_values() == {"x.x": pg.MISSING_VALUE}
    assert f.missing_values(flatten=False) == {"x": {"x": pg.MISSING_VALUE}}
    assert pg.Dict(f=f).missing_values() == {"f.x.x": pg.MISSING_VALUE}
    assert f.clone().is_partial and pg.Dict(f=f).is_partial
    assert add(x=[{"a": Leaf.partial()}]).missing_values() == {
        "x[0].a.x": pg.MISSING_VALUE
    }
    f.rebind({"x.x": 1})
    assert not f.is_partial and f.missing_values() == {}


def test_arguments_that_are_not_bound_are_not_missing():
    class Holder(pg.Object):
        f: pg.typing.Object(pg.Functor)

    for f in (add(), add.partial(), add.partial(y=2), Add()):
        assert not f.is_partial and f.missing_values() == {}
        assert not Holder(f).is_partial
    with pytest.raises(ValueError, match=r"got a partial one.*path=f"):
        Holder(add(Leaf.partial()))
    assert Holder.partial(add(Leaf.partial())).missing_values() == {
        "f.x.x": pg.MISSING_VALUE
    }


def test_a_missing_value_can_be_returned():
    def nothing() -> int:
        return pg.MISSING_VALUE

    class Nothing(pg.Functor):
        def _call(self) -> int:
            return pg.MISSING_VALUE

    for f in (
        pg.functor(auto_typing=True)(nothing)(),
        pg.functor(returns=pg.typing.Int())(nothing)(),
        Nothing(),
    ):
        assert f() == pg.MISSING_VALUE
    with pytest.raises(ValueError, match=r"got a partial one.*path=returns"):
        pg.functor(returns=pg.typing.Object(Leaf))(lambda: Leaf.partial())()()


def test_a_return_value_has_no_default():
    for spec in (
        pg.typing.Int(default=1),
        pg.typing.Int().freeze(1),
        pg.typing.Any(default=1),
    ):
        with pytest.raises(ValueError, match="default"):
            pg.functor(returns=spec)(lambda: 1)
        with pytest.raises(ValueError, match="default"):
            pg.typing.signature(lambda: 1).annotate(return_value=spec)
    optional = pg.typing.Int().noneable()
    assert pg.functor(returns=optional)(lambda: None)()() is None


def test_further_keywords_are_described_once():
    def fn(a, **kw):
        return a, kw

    twice = [(pg.typing.StrKey(), pg.typing.Int()), ("kw", pg.typing.Int())]
    with pytest.raises(KeyError, match="kw"):
        pg.functor(twice)(fn)
    for one in twice:
        assert pg.functor([one])(fn)(1, z=2)() == (1, {"z": 2})
        with pytest.raises(TypeError):
            pg.functor([one])(fn)(1, z="a")


def test_a_refused_rebind_with_an_argument_that_is_absent():
    @pg.functor([("x", pg.typing.Int())])
    def keywords(x, **kw):
        return x, kw

    f = keywords(1)
    for updates in ({"x": "a"}, {"x.y": 1}):
        with pytest.raises((TypeError, KeyError)):
            f.rebind({"absent": pg.MISSING_VALUE, **updates})
        assert f == keywords(1) and bound(f)[0] == ["x"]
    g = keywords(1, z=2)
    with pytest.raises(TypeError):
        g.rebind({"z": pg.MISSING_VALUE, "n": 3, "x": "a"})
    assert g == keywords(1, z=2) and g() == (1, {"z": 2})


def test_a_constructor_that_does_not_bind():
    class Own(pg.Functor):
        x: int

        @pg.explicit_method_override
        def __init__(self, x):
            self._note = x

        def _call(self):
            return self.x

    assert Own(3)() == 3 and Own(3)._note == 3


def test_signatures_serve_both_kinds_of_readers():
    @pg.functor(auto_typing=True)
    def described(a: int, *args, b: str = "x", **kw) -> int:
        """Does it."""

    for signature in (described(1).__signature__, described.__signature__):
        assert isinstance(signature, inspect.Signature)
        assert list(signature.parameters) == ["a", "args", "b", "kw"]
        assert signature.name == "__call__" and signature.qualname.endswith("described")
        assert signature.return_value == pg.typing.Int()
        assert [a.name for a in signature.args] == ["a"]
        assert [a.name for a in signature.kwonlyargs] == ["b"]
        assert signature.varargs.name == "args" and signature.varkw.name == "kw"
        assert signature.get_value_spec("a") == pg.typing.Int()
        assert signature.description == "Does it."
        assert signature.bind(1).arguments == {"a": 1}
        with pytest.raises(AttributeError, match="nope"):
            signature.nope  # noqa: B018
    shorter = signature.replace(parameters=[])
    assert str(shorter) == "()" and not hasattr(shorter, "args")
    assert Typed(1).__signature__.return_value == pg.typing.Str()


def test_copies_of_functors_are_not_called():
    bound = add(1)
    state = pickle.dumps(bound)
    with pg.auto_call_functors():
        assert add(1) == 2
        assert bound.clone() == bound and bound.clone(deep=True) == bound
        assert copy.deepcopy(bound) == bound and pickle.loads(state) == bound
        tree = pg.Dict(a=bound, b=[bound])
        assert tree.b[0] == bound and tree.clone() == tree
    assert bound.clone()() == 2


def test_arguments_take_scalars_of_numpy():
    @pg.functor(auto_typing=True)
    def total(x: int, y: int | Callable[[int], int] = 0, *more: int):
        return (x, y, *more)

    for call in (
        lambda: total()(np.int64(1), np.int64(2), np.int64(3)),
        lambda: total(np.int64(1), np.int64(2), np.int64(3))(),
        lambda: total(x=np.int64(1))(y=np.array(2)) + (3,),
    ):
        assert call() == (1, 2, 3)
        assert all(type(value) is int for value in call())
