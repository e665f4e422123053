"""The decorator that makes patchers."""

import pytest

import pyglove as pg
from pyglove import patching

T = pg.typing


def test_patcher_is_a_functor():
    @patching.patcher([("x", T.Int())])
    def patcher_functor(value, x, y="q"):
        """Sets x."""
        return {"x": x, "y": y}

    assert issubclass(patcher_functor, patching.Patcher)
    assert issubclass(patcher_functor, pg.Functor)
    assert patcher_functor.__name__ == "patcher_functor"
    assert patcher_functor.__doc__ == "Sets x."
    assert (
        repr(patcher_functor(x=1)) == "patcher_functor(value=MISSING_VALUE, x=1, y='q')"
    )
    assert patcher_functor(x=1) == patcher_functor(x=1)
    with pytest.raises(TypeError, match="Expected a value of type int"):
        patcher_functor(x="1")


def test_names():
    patching.patcher(name="patcher_renamed")(lambda value: {"x": 1})
    assert patching.patch(pg.Dict(x=0), "patcher_renamed") == {"x": 1}


def test_without_parentheses():
    @patching.patcher
    def patcher_bare(value):
        return {"x": 1}

    assert patching.patch(pg.Dict(x=0), "patcher_bare") == {"x": 1}


def test_arguments_without_spec_are_strings():
    @patching.patcher()
    def patcher_untyped(value, x: int, *args, **kwargs):
        return {"x": x}

    assert patching.from_uri("patcher_untyped?3").x == "3"
    with pytest.raises(KeyError, match="Expected at most"):
        patching.from_uri("patcher_untyped?3&4")
    with pytest.raises(KeyError, match=r"of patcher .* got 'args'"):
        patching.from_uri("patcher_untyped?3&args=4")
    with pytest.raises(KeyError, match=r"of patcher .* got 'y'"):
        patching.from_uri("patcher_untyped?3&y=4")


def test_auto_typing():
    @patching.patcher(auto_typing=True)
    def patcher_typed(value, x: int, y: str = "q", sizes: list[int] = []):  # noqa: B006
        return {}

    patcher = patching.from_uri("patcher_typed?3&sizes=1:2")
    assert (patcher.x, patcher.y, patcher.sizes) == (3, "q", [1, 2])


def test_auto_doc():
    @patching.patcher(auto_doc=True)
    def patcher_documented(value, x):
        """Does something.

        Args:
            value: The value.
            x: The parameter.
        """
        return {}

    assert patcher_documented.__schema__["x"].description == "The parameter."


def test_keyword_only_arguments():
    @patching.patcher([("x", T.Int())])
    def patcher_keyword(value, *, x):
        return {"x": x}

    assert patching.patch(pg.Dict(x=0), "patcher_keyword?x=3") == {"x": 3}
    with pytest.raises(KeyError, match="Expected at most"):
        patching.from_uri("patcher_keyword?3")


@pytest.mark.parametrize(
    "spec",
    [
        T.Dict(),
        T.Tuple(T.Int()),
        T.List(T.List(T.Int())),
        T.List(T.Dict()),
        T.Union([T.Int(), T.Str()]),
        T.Enum(pg.MISSING_VALUE, ["a", 1]),
        T.Object(pg.Dict),
        T.Callable(),
        T.Type(int),
    ],
)
def test_arguments_that_uris_have_no_form_for(spec):
    with pytest.raises(TypeError, match=r"a value spec that URIs have a form for.*'x'"):
        patching.patcher([("x", spec)])(lambda value, x: {})


@pytest.mark.parametrize(
    "spec",
    [
        T.Any(),
        T.Callable(),
        T.Functor(),
        T.Dict(),
        T.List(T.Int()),
        T.Object(pg.Object),
    ],
)
def test_specs_of_the_value(spec):
    assert patching.patcher([("value", spec)])(lambda value: {}).init_arg_list == [
        "value"
    ]


@pytest.mark.parametrize("spec", [T.Int(), T.Str(), T.Tuple(T.Int()), T.Type(int)])
def test_specs_that_the_value_cannot_have(spec):
    with pytest.raises(TypeError, match=r"a value spec of symbolic values.*'value'"):
        patching.patcher([("value", spec)])(lambda value: {})


def test_the_value_is_checked():
    @patching.patcher([("value", T.Object(pg.Object))])
    def patcher_of_objects(value):
        return {}

    with pytest.raises(TypeError):
        patching.patch(pg.Dict(), "patcher_of_objects")


@pytest.mark.parametrize("function", [lambda: {}, lambda *args: {}])
def test_a_function_that_takes_no_value(function):
    with pytest.raises(TypeError, match="with at least one argument"):
        patching.patcher()(function)


@pytest.mark.parametrize("value", [3, pg.Dict])
def test_what_is_no_function(value):
    with pytest.raises(TypeError, match="Expected a function"):
        patching.patcher([])(value)


def test_arguments_that_do_not_exist():
    with pytest.raises(KeyError, match="zz"):
        patching.patcher([("zz", T.Int())])(lambda value: {})


def test_what_is_not_symbolic_cannot_be_patched():
    @patching.patcher()
    def patcher_of_numbers(x):
        return {"a": 1}

    for value in (1, None, [1], {"a": 2}, "x"):
        with pytest.raises(TypeError, match="symbolic"):
            patcher_of_numbers().patch(value)
        with pytest.raises(TypeError, match="symbolic"):
            pg.patch(value, patcher_of_numbers())
        with pytest.raises(AttributeError):
            pg.patch(value, {"a": 1})
