"""Signatures of functions, arguments, presets and keyword arguments that may be left."""

import dataclasses
import functools
import inspect
import typing

import pyglove as pg

t = pg.typing
Kind = t.Argument.Kind


def f(x: int, y: str = "a", *args, z: float = 1.0, **kwargs) -> bool:
    return True


def g(a, b):
    pass


def positional(a, b=1, /, c=2):
    pass


def documented(x, *args, y=1, **kw):
    """Does it.

    More of it.

    Args:
      x: The x.
      *args: The args.
      y: The y.
      **kw: The kw.

    Returns:
      Nothing.
    """


def optional(
    x: typing.Optional[int] = 5, y: list[int] = [1], z: dict = {}, w: int = None
):
    pass


def quoted(x: "int", *, k: "typing.Optional[int]" = None):
    pass


def specs(x: t.Int(min_value=2), y: t.Str() = "x") -> t.Bool():
    pass


@functools.wraps(g)
def wrapped(*args, **kwargs):
    pass


class M:
    def __init__(self, p: int):
        pass

    def foo(self, z: int = 1) -> int:
        return z

    @classmethod
    def make(cls, q):
        pass

    @staticmethod
    def static(q):
        pass


class Call:
    def __call__(self, x, *, y):
        pass


@dataclasses.dataclass
class Data:
    x: int
    y: str = "a"


class Leaf(pg.Object):
    x: int
    y: str = "a"


@pg.functor([("x", t.Int())], returns=t.Str())
def functor(x, y=1):
    return "a"


@t.enable_preset_args()
def preset(x, y=t.PresetArgValue(default=1), z=t.PresetArgValue(), *, w=2):
    return (x, y, z, w)


@t.enable_preset_args(include_all_preset_kwargs=True)
def all_presets(x, y=t.PresetArgValue(default=1), **kwargs):
    return (x, y, kwargs)


@t.enable_preset_args(preset_name="named")
def named(x, y=t.PresetArgValue(default=1)):
    return (x, y)


def under(fn, values, *args, options=None, **kwargs):
    """The result of a call under presets."""
    with t.preset_args(values, **(options or {})):
        return fn(*args, **kwargs)


# Snippets
t.signature(f)
str(t.signature(f))
t.signature(g), t.signature(positional), t.signature(lambda: 1)
t.signature(documented)
t.signature(documented).description, t.signature(documented, auto_doc=False).description
t.signature(optional)
t.signature(optional, auto_typing=False)
t.signature(quoted), t.signature(specs)
t.signature(wrapped)
(
    t.signature(M),
    t.signature(M.foo),
    t.signature(M(1).foo),
    t.signature(M.make),
    t.signature(M.static),
)
t.signature(Call()), t.signature(Data), t.signature(Leaf)
# Expected difference: functors-and-compounds-have-signatures
t.signature(functor)
t.signature(functor(1))
t.signature(len), t.signature(dict)
t.signature(1)
(lambda s: (s.name, s.module_name, s.qualname, s.id, s.callable_type))(t.signature(f))
(lambda s: (s.args, s.kwonlyargs))(t.signature(f))
(lambda s: (s.varargs, s.varkw, s.return_value))(t.signature(f))
(
    lambda s: (
        s.has_varargs,
        s.has_varkw,
        s.has_wildcard_args,
        s.arg_names,
        len(s.named_args),
    )
)(t.signature(f))
(
    t.signature(f).get_value_spec("x"),
    t.signature(f).get_value_spec("args"),
    t.signature(f).get_value_spec("other"),
)
t.signature(g).get_value_spec("other"), t.signature(f).fields()
(
    t.signature(f) == t.signature(f),
    t.signature(f) == t.signature(g),
    t.get_signature(f) == t.signature(f),
)
t.signature(f).to_schema()
t.signature(documented).to_schema()
t.signature(f).annotate([("x", t.Int(min_value=1), "doc")]).args[0]
t.signature(g).annotate([("b", t.Str("x"))]).args
t.signature(g).annotate([("c", t.Str("x"))])
t.signature(g).annotate(return_value=t.Int()).return_value
t.signature(f).annotate([("y", t.Str("zz"))])
t.signature(f).annotate([("args", t.List(t.Int()))]).varargs
t.signature(f).annotate([(t.StrKey(), t.Int())]).varkw
t.signature(f).annotate([("new", t.Int())]).kwonlyargs
inspect.signature(t.signature(f).make_function(["return x"]))
t.signature(f).make_function(["return (x, y, args, z, kwargs)"])(1, "b", "c", w=1)
t.signature(g).make_function(["return a + EXTRA"], exec_globals={"EXTRA": 5})(1, 2)
t.signature(g).make_function(["nonsense("])
t.Signature.from_schema(t.create_schema([("a", int), ("b", t.Str("x"))]), "mod", "name")
t.Signature.from_schema(
    t.create_schema(
        [("a", int), ("b", t.List(int))], metadata={"init_arg_list": ["a", "*b"]}
    ),
    "mod",
    "name",
    is_method=False,
)
t.Signature.from_schema(t.schema(f), "mod", "name", is_method=False)
t.Signature.from_schema(
    t.create_schema([("a", int)], metadata={"init_arg_list": ["q"]}), "mod", "name"
)
t.Signature.from_signature(inspect.signature(f), "foo", t.CallableType.FUNCTION)
t.Signature(t.CallableType.FUNCTION, "foo", "mod")
t.schema(f)
t.schema(f).metadata
t.schema(documented, [("x", t.Int(), "The other x.")])["x"]
t.schema(documented, auto_doc=False)["x"]
t.schema(f, include_return=True).keys()
t.schema(f, returns=t.Str())
t.schema(g, [("z", t.Int())])
t.schema(M.foo), t.schema(M.foo, remove_self=False)
t.schema(Leaf) is Leaf.__schema__, t.schema(functor) is functor.__schema__
t.schema(1)
pg.signature is t.signature, pg.schema is t.schema
list(Kind), Kind.from_parameter(inspect.signature(f).parameters["args"])
t.Argument("x", Kind.POSITIONAL_OR_KEYWORD, t.Int())
t.Argument("x", Kind.VAR_POSITIONAL, t.Int())
t.Argument("x", Kind.VAR_KEYWORD, t.Int())
t.Argument("x", Kind.KEYWORD_ONLY, t.Int(), "d").to_field()
t.Argument("x", Kind.VAR_POSITIONAL, t.List(t.Int())).to_field()
t.Argument("x", Kind.VAR_KEYWORD, t.Dict([(t.StrKey(), t.Int())])).to_field()
[t.Argument.from_parameter(p) for p in inspect.signature(f).parameters.values()]
t.Argument.from_annotation("x", Kind.VAR_POSITIONAL, int, auto_typing=True)
# Presets.
preset(1)
# Expected difference: preset-arguments-can-be-passed
preset(1, z=2)
under(preset, {"z": 3}, 1)
under(preset, {"z": 3, "y": 9}, 1)
under(preset, {"z": 3, "w": 9}, 1)
under(preset, {"z": 3, "y": 4}, 1, 2)
under(preset, {"z": 3, "x": 4})
under(all_presets, {"z": 3, "y": 4}, 1, q=2)
under(named, {"y": 4}, 1)
under(named, {"y": 4}, 1, options={"preset_name": "named"})
under(under, {"z": 3}, preset, {"y": 5}, 1)
under(lambda: under(preset, {"y": 5}, 1, options={"inherit_preset": True}), {"z": 3})
t.PresetArgValue(), t.PresetArgValue(1), t.PresetArgValue(1).has_default
t.PresetArgValue(1) == t.PresetArgValue(1), t.PresetArgValue.inspect(f)
t.PresetArgValue.inspect(preset)
t.enable_preset_args()(f) is f
# Keyword arguments that are left out where they are not taken.
t.CallableWithOptionalKeywordArgs(lambda x: x, ["y"])(1, y=2)
t.CallableWithOptionalKeywordArgs(lambda x, y=1: (x, y), ["y"])(1, y=2)
t.CallableWithOptionalKeywordArgs(lambda x: x, ["y"])(1, z=2)
t.CallableWithOptionalKeywordArgs(lambda x, **kw: (x, kw), ["y"])(1, y=2)
t.CallableWithOptionalKeywordArgs(len, ["y"])([1], y=2)
