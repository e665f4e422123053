import typing

import pytest

import pyglove.typing as pgt
from pyglove import utils

PATH = utils.KeyPath.parse("x")


def plain(a, b):
    pass


def annotated(x: int, y: str = "a", *args, z: float = 1.0, **kwargs) -> bool:
    return True


def specified(
    x: pgt.Int(min_value=2), y: pgt.Str() = "a", *rest: pgt.Int()
) -> pgt.Bool():
    return True


class Callee:
    def __call__(self, x, *, y):
        pass


class AFunctor(utils.Functor):
    def __call__(self, x):
        pass


class TestApply:
    def test_callables(self):
        for value in (plain, len, int, Callee(), Callee().__call__):
            assert pgt.Callable().apply(value) is value
        with pytest.raises(
            TypeError, match=r"Expected a callable, got 1 of type int\. \(path=x\)"
        ):
            pgt.Callable().apply(1, root_path=PATH)

    @pytest.mark.parametrize(
        ("spec", "value"),
        [
            (pgt.Callable([int]), plain),
            (pgt.Callable([int, int]), plain),
            (pgt.Callable([str, str, str]), annotated),
            (pgt.Callable(kw=[("a", int)]), plain),
            (pgt.Callable(kw=[("anything", int)]), annotated),
            (pgt.Callable([int], kw=[("y", int)]), Callee()),
            (pgt.Callable([int]), lambda *args: 1),
            (pgt.Callable([int]), int),
            (pgt.Callable(returns=str), annotated),
            (pgt.Callable([pgt.Int(min_value=3)]), specified),
            (pgt.Callable(returns=pgt.Bool()), specified),
            (pgt.Callable(returns=pgt.Bool()), plain),
        ],
    )
    def test_fitting_signatures(self, spec, value):
        assert spec.apply(value) is value

    @pytest.mark.parametrize(
        ("spec", "value", "message"),
        [
            (pgt.Callable([int]), lambda: 1, "which takes 0"),
            (pgt.Callable([int]), Callee, "which takes 0"),
            (pgt.Callable([int, int]), Callee(), "which takes 1"),
            (pgt.Callable(kw=[("c", int)]), plain, "with an argument 'c'"),
            (pgt.Callable([pgt.Int()]), specified, "positional argument 0 accepts"),
            (pgt.Callable([str]), specified, "positional argument 0 accepts"),
            (
                pgt.Callable([pgt.Int(min_value=3), str, str]),
                specified,
                "positional argument 2 accepts",
            ),
            (pgt.Callable(kw=[("y", int)]), specified, "whose argument 'y' accepts"),
            (pgt.Callable(returns=pgt.Int()), specified, "callable that returns"),
            (pgt.Callable(callable_type=Callee), plain, "Expected .*Callee"),
        ],
    )
    def test_unfitting_signatures(self, spec, value, message):
        with pytest.raises(TypeError, match=message) as error:
            spec.apply(value, root_path=PATH)
        assert "(path=x)" in str(error.value)

    def test_a_declared_signature_counts(self):
        class Declared:
            __signature__ = pgt.signature(specified)

            def __call__(self, *args):
                pass

        with pytest.raises(TypeError, match="positional argument 0"):
            pgt.Callable([str]).apply(Declared())


class TestFunctor:
    def test_accepts_functors_only(self):
        value = AFunctor()
        assert pgt.Functor().apply(value) is value
        assert pgt.Functor([int]).apply(value) is value
        with pytest.raises(TypeError, match=r"Expected .*Functor"):
            pgt.Functor().apply(plain)

    def test_text_json_and_annotation(self):
        spec = pgt.Functor([int], returns=str)
        assert repr(spec) == "Functor(args=[Int()], returns=Str())"
        assert utils.from_json(utils.to_json(spec)) == spec
        assert spec.annotation is utils.Functor
        assert pgt.Functor[[int], str] == spec


class TestDefinition:
    @pytest.mark.parametrize(
        "kwargs",
        [
            {"args": 1},
            {"args": [1]},
            {"kw": 1},
            {"kw": [("a",)]},
            {"kw": [(1, int)]},
            {"returns": 1},
        ],
    )
    def test_takes_specs_and_types(self, kwargs):
        with pytest.raises(TypeError):
            pgt.Callable(**kwargs)

    def test_parts(self):
        spec = pgt.Callable([int], kw=[("a", str)], returns=bool)
        assert spec.args == [pgt.Int()]
        assert spec.kw == [("a", pgt.Str())]
        assert spec.return_value == pgt.Bool()

    def test_default_is_checked(self):
        with pytest.raises(TypeError, match="Expected a callable"):
            pgt.Callable(default=1)

    def test_type_arguments(self):
        assert pgt.Callable[[int], str] == pgt.Callable([int], returns=str)
        assert pgt.Callable[..., str] == pgt.Callable(returns=str)
        assert pgt.Callable[int, str] == pgt.Callable([int], returns=str)
        with pytest.raises(TypeError, match="as in `Callable"):
            pgt.Callable[int]

    def test_cannot_be_called(self):
        with pytest.raises(TypeError, match="value spec of a single type to call"):
            pgt.Callable()(plain)


class TestRelations:
    @pytest.mark.parametrize(
        ("spec", "other", "expected"),
        [
            (pgt.Callable(), pgt.Callable([int]), True),
            (pgt.Callable([int]), pgt.Callable(), False),
            (pgt.Callable([int]), pgt.Callable([int, str]), True),
            (pgt.Callable([int]), pgt.Callable([str]), False),
            (pgt.Callable(kw=[("a", int)]), pgt.Callable(kw=[("b", int)]), False),
            (pgt.Callable(kw=[("a", int)]), pgt.Callable(kw=[("a", int)]), True),
            (pgt.Callable(returns=int), pgt.Callable(returns=str), False),
            (pgt.Callable(returns=int), pgt.Callable(), True),
            (pgt.Callable(), pgt.Functor(), True),
            (pgt.Functor(), pgt.Callable(), False),
            (pgt.Callable(), pgt.Object(Callee), True),
            (pgt.Callable(), pgt.Object(bytes), False),
            (pgt.Callable(), pgt.Int(), False),
        ],
    )
    def test_is_compatible(self, spec, other, expected):
        assert spec.is_compatible(other) is expected

    def test_extend_takes_over_what_is_open(self):
        base = pgt.Callable([int], kw=[("b", str)], returns=str)
        assert pgt.Callable().extend(base) == base
        assert pgt.Callable([str]).extend(base).args == [pgt.Str()]
        assert pgt.Functor([int]).extend(pgt.Callable([int])) == pgt.Functor([int])


def test_functions_are_inlined_unless_signatures_matter():
    assert pgt.Callable().exact_types == (type(plain),)
    assert pgt.Callable([int]).exact_types == ()
    assert pgt.Functor().exact_types == ()


def test_text_json_and_annotation():
    spec = pgt.Callable([int], kw=[("a", str)], returns=int)
    assert repr(spec) == "Callable(args=[Int()], kw=[('a', Str())], returns=Int())"
    assert utils.from_json(utils.to_json(spec)) == spec
    assert spec.annotation == typing.Callable[..., int]
    assert pgt.Callable([int], returns=str).annotation == typing.Callable[[int], str]
    assert (
        pgt.Callable([pgt.Any()]).annotation
        == (typing.Callable[[typing.Any], type(None)])
    )
