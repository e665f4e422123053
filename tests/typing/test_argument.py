import inspect

import pytest

import pyglove.typing as pgt

Kind = pgt.Argument.Kind


def parameter(**kwargs):
    return inspect.Parameter("x", inspect.Parameter.KEYWORD_ONLY, **kwargs)


def function(a, /, b, *args, c=1, **kwargs):
    pass


def test_kinds():
    parameters = inspect.signature(function).parameters.values()
    assert [Kind.from_parameter(p) for p in parameters] == [
        Kind.POSITIONAL_OR_KEYWORD,
        Kind.POSITIONAL_OR_KEYWORD,
        Kind.VAR_POSITIONAL,
        Kind.KEYWORD_ONLY,
        Kind.VAR_KEYWORD,
    ]


def test_wildcard_arguments_are_collections():
    args = pgt.Argument("args", Kind.VAR_POSITIONAL, pgt.List(int))
    assert args.value_spec.default == []
    with pytest.raises(TypeError, match=r"Expected a List spec for argument"):
        pgt.Argument("args", Kind.VAR_POSITIONAL, pgt.Int())
    with pytest.raises(TypeError, match=r"Expected a Dict spec for argument"):
        pgt.Argument("kwargs", Kind.VAR_KEYWORD, pgt.Int())


@pytest.mark.parametrize(
    ("param", "auto_typing", "spec"),
    [
        (parameter(), True, pgt.Any()),
        (parameter(default=1), True, pgt.Any(1)),
        (parameter(annotation=int), True, pgt.Int()),
        (parameter(annotation=int, default=1), True, pgt.Int(1)),
        (parameter(annotation="int"), True, pgt.Int()),
        (parameter(annotation=int), False, pgt.Any(annotation=int)),
        (parameter(annotation=pgt.Int(min_value=1)), False, pgt.Int(min_value=1)),
    ],
)
def test_from_parameter(param, auto_typing, spec):
    argument = pgt.Argument.from_parameter(param, "Doc.", auto_typing)
    assert argument == pgt.Argument("x", Kind.KEYWORD_ONLY, spec, "Doc.")


def test_default_must_fit_the_annotation():
    with pytest.raises(TypeError):
        pgt.Argument.from_parameter(parameter(annotation=int, default="a"))
    with pytest.raises(ValueError):
        pgt.Argument.from_parameter(parameter(annotation=int, default=None))


def test_from_annotation():
    kind = Kind.KEYWORD_ONLY
    typed = pgt.Argument.from_annotation("x", kind, int, auto_typing=True)
    assert typed == pgt.Argument("x", kind, pgt.Int())
    untyped = pgt.Argument.from_annotation("x", kind, int)
    assert untyped.value_spec == pgt.Any(annotation=int)


@pytest.mark.parametrize(
    ("argument", "field"),
    [
        (
            pgt.Argument("x", Kind.KEYWORD_ONLY, pgt.Int(), "Doc."),
            pgt.Field("x", pgt.Int(), "Doc."),
        ),
        (
            pgt.Argument("x", Kind.VAR_POSITIONAL, pgt.List(int)),
            pgt.Field("x", pgt.List(int, default=[])),
        ),
        (
            pgt.Argument("x", Kind.VAR_KEYWORD, pgt.Dict[str, int]),
            pgt.Field(pgt.StrKey(), pgt.Int()),
        ),
        (
            pgt.Argument("x", Kind.VAR_KEYWORD, pgt.Dict()),
            pgt.Field(pgt.StrKey(), pgt.Any()),
        ),
    ],
)
def test_to_field(argument, field):
    assert argument.to_field() == field
