import functools
import inspect

import pytest

import pyglove.typing as pgt


def full(x: int, y: str = "a", *args: float, z: float = 1.0, **kwargs: bytes) -> bool:
    """Does it.

    Args:
        x: The x.
        y: The y.
        *args: The args.
        z: The z.
        **kwargs: The kwargs.
    """
    return True


def plain(a, b):
    pass


def lazy(x: "int", *, k: "int | None" = None):
    pass


class Model:
    """A model.

    Args:
        x: From the class.
    """

    def __init__(self, x: int, y="a"):
        """Makes a model.

        Args:
            y: From the constructor.
        """

    def method(self, z: float = 1.0) -> int:
        return 1

    @classmethod
    def make(cls, z: int):
        pass

    @staticmethod
    def helper(z: int):
        pass

    def __call__(self, a: str):
        pass


class TestFromCallable:
    def test_function(self):
        sig = pgt.signature(full)
        assert [(a.name, a.value_spec, a.description) for a in sig.args] == [
            ("x", pgt.Int(), "The x."),
            ("y", pgt.Str("a"), "The y."),
        ]
        assert sig.kwonlyargs[0].value_spec == pgt.Float(1.0)
        assert sig.varargs.value_spec == pgt.List(float, default=[])
        assert sig.varargs.description == "The args."
        assert sig.varkw.value_spec == pgt.Dict[str, bytes]
        assert sig.return_value == pgt.Bool()
        assert sig.description == "Does it."
        assert sig.id == f"{__name__}.full"
        assert sig.callable_type is pgt.CallableType.FUNCTION
        assert sig.arg_names == ["x", "y", "z"]

    def test_annotations_in_text(self):
        sig = pgt.signature(lazy)
        assert sig.get_value_spec("x") == pgt.Int()
        assert sig.get_value_spec("k") == pgt.Int().noneable()

    def test_without_auto_typing(self):
        sig = pgt.Signature.from_callable(full)
        assert sig.args[0].value_spec == pgt.Any(annotation=int)
        assert sig.return_value == pgt.Any(annotation=bool)
        assert sig.description is None

    @pytest.mark.parametrize(
        ("fn", "names", "kind"),
        [
            (Model, ["x", "y"], pgt.CallableType.METHOD),
            (Model.method, ["self", "z"], pgt.CallableType.FUNCTION),
            (Model(1).method, ["z"], pgt.CallableType.METHOD),
            (Model.make, ["z"], pgt.CallableType.METHOD),
            (Model.helper, ["z"], pgt.CallableType.FUNCTION),
            (Model(1), ["a"], pgt.CallableType.METHOD),
            (lambda x: x, ["x"], pgt.CallableType.FUNCTION),
            (len, ["obj"], pgt.CallableType.FUNCTION),
        ],
    )
    def test_other_callables(self, fn, names, kind):
        sig = pgt.signature(fn)
        assert [arg.name for arg in sig.args] == names
        assert sig.callable_type is kind

    def test_class_is_described_by_itself_and_its_constructor(self):
        sig = pgt.signature(Model)
        assert sig.id == f"{__name__}.Model" and sig.description == "A model."
        assert [a.description for a in sig.args] == [
            "From the class.",
            "From the constructor.",
        ]

    def test_class_is_described_by_its_constructor_alone(self):
        class Plain:
            def __init__(self, x: int, *args: int, z=1, **kwargs):
                """Makes it.

                Args:
                    x: The x.
                    *args: The args.
                    z: The z.
                    **kwargs: The rest.
                """

        class Derived(Plain):
            pass

        class Bare:
            pass

        for cls in (Plain, Derived):
            sig = pgt.signature(cls, auto_typing=True, auto_doc=True)
            described = [*sig.args, sig.varargs, *sig.kwonlyargs, sig.varkw]
            assert [arg.description for arg in described] == [
                "The x.",
                "The args.",
                "The z.",
                "The rest.",
            ]
            assert sig.description is None
            assert pgt.signature(cls, auto_doc=False).args[0].description is None
        assert pgt.signature(Bare).description is None

    def test_wrapped_function(self):
        @functools.wraps(full)
        def wrapper(*args, **kwargs):
            return full(*args, **kwargs)

        assert pgt.signature(wrapper).arg_names == ["x", "y", "z"]

    def test_builtin_classes_take_anything(self):
        assert pgt.signature(int).has_wildcard_args

    def test_what_is_not_callable(self):
        with pytest.raises(TypeError, match=r"Expected a callable .* got 1"):
            pgt.signature(1)


def test_wildcards():
    assert pgt.signature(full).has_varargs and pgt.signature(full).has_varkw
    assert not pgt.signature(plain).has_wildcard_args
    assert pgt.signature(full).get_value_spec("q") == pgt.Object(bytes)
    assert pgt.signature(plain).get_value_spec("q") is None


def test_equality():
    assert pgt.signature(full) == pgt.signature(full)
    assert hash(pgt.signature(full)) == hash(pgt.signature(full))
    assert pgt.signature(full) != pgt.signature(plain)
    assert pgt.signature(full) != pgt.Signature.from_callable(full)


def test_text():
    sig = pgt.Signature(pgt.CallableType.FUNCTION, "f", "m")
    assert repr(sig) == "Signature('m.f')"
    assert sig.qualname == "f"
    assert repr(pgt.signature(plain)).startswith(
        f"Signature('{__name__}.plain', args=[Argument(name='a', kind=<Kind."
    )


class TestAnnotate:
    def test_value_specs_and_descriptions(self):
        sig = pgt.signature(plain).annotate(
            [("a", pgt.Int(min_value=1), "Doc."), ("b", str)], return_value=pgt.Int()
        )
        assert [a.value_spec for a in sig.args] == [pgt.Int(min_value=1), pgt.Str()]
        assert sig.args[0].description == "Doc." and sig.args[1].description is None
        assert sig.return_value == pgt.Int()

    def test_default_is_that_of_the_function(self):
        sig = pgt.signature(full).annotate({"y": pgt.Str(regex="a")})
        assert sig.get_value_spec("y") == pgt.Str("a", regex="a")
        for field in (("y", pgt.Str("b")), ("x", pgt.Int(1))):
            with pytest.raises(ValueError, match="as the default of argument"):
                pgt.signature(full).annotate([field])

    def test_wildcard_arguments(self):
        sig = pgt.signature(full).annotate(
            [("args", pgt.List(pgt.Int()), "A."), ("kwargs", pgt.Str(), "K.")]
        )
        assert sig.varargs.value_spec == pgt.List(int, default=[])
        assert sig.varargs.description == "A."
        assert sig.varkw.value_spec == pgt.Dict[str, str]
        sig = pgt.signature(full).annotate([(pgt.StrKey(), pgt.Int())])
        assert sig.varkw.value_spec == pgt.Dict[str, int]
        with pytest.raises(ValueError, match=r"Expected a List spec for argument"):
            pgt.signature(full).annotate([("args", pgt.Int())])

    def test_further_keywords(self):
        sig = pgt.signature(full).annotate([("new", pgt.Int())])
        assert sig.kwonlyargs[-1].name == "new"
        for key in ("new", pgt.StrKey()):
            with pytest.raises(KeyError, match="Expected the name of an argument"):
                pgt.signature(plain).annotate([(key, pgt.Int())])


class TestSchema:
    def test_of_a_signature(self):
        schema = pgt.signature(full).to_schema(include_return=True)
        assert [str(key) for key in schema] == [
            "x",
            "y",
            "args",
            "z",
            "StrKey()",
            "return",
        ]
        assert schema.metadata == {
            "init_arg_list": ["x", "y", "*args"],
            "varargs_name": "args",
            "varkw_name": "kwargs",
            "returns": pgt.Bool(),
        }
        assert schema.name == f"{__name__}.full"

    def test_leaves_self_out(self):
        sig = pgt.signature(Model.method)
        assert list(sig.to_schema()) == ["z"]
        assert list(sig.to_schema(remove_self=False)) == ["self", "z"]

    def test_and_back(self):
        schema = pgt.schema(full)
        sig = pgt.Signature.from_schema(schema, "m", "f", "q", is_method=False)
        assert sig.id == "m.q"
        assert sig.to_schema() == schema
        assert sig.to_schema().metadata == schema.metadata

    def test_arguments_are_passed_by_keyword_unless_the_schema_says_more(self):
        schema = pgt.create_schema([("a", int), ("b", pgt.Str("x"))])
        sig = pgt.Signature.from_schema(schema, "m", "f")
        assert [a.name for a in sig.args] == ["self"]
        assert [a.name for a in sig.kwonlyargs] == ["a", "b"]
        bad = pgt.create_schema({"a": int}, metadata={"init_arg_list": ["q"]})
        with pytest.raises(ValueError, match="a field for argument 'q'"):
            pgt.Signature.from_schema(bad, "m", "f")


class TestMakeFunction:
    def test_names_that_are_code(self):
        for name in ("x=print(1)", "x, *y", "x\n", "class", "\ufb01"):
            schema = pgt.create_schema([(name, int)])
            sig = pgt.Signature.from_schema(schema, "m", "f")
            with pytest.raises(ValueError, match="Expected names of Python"):
                sig.make_function(["pass"])

    def test_same_signature(self):
        for fn in (full, lazy, Model.method):
            made = pgt.signature(fn).make_function(["pass"])
            assert (made.__name__, made.__module__) == (fn.__name__, __name__)
            assert made.__qualname__ == fn.__qualname__
            ours, theirs = inspect.signature(made), inspect.signature(fn)
            assert list(ours.parameters) == list(theirs.parameters)
            for p, q in zip(
                ours.parameters.values(), theirs.parameters.values(), strict=True
            ):
                assert (p.kind, p.default) == (q.kind, q.default)
        assert inspect.signature(pgt.signature(full).make_function(["pass"])) == (
            inspect.signature(full)
        )

    def test_body(self):
        body = ["return (x, y, args, z, kwargs)"]
        made = pgt.signature(full).make_function(body)
        assert made(1, "b", 2.0, w=b"") == (1, "b", (2.0,), 1.0, {"w": b""})

    def test_names_that_the_body_uses(self):
        sig = pgt.signature(plain)
        body = ["return a + n"]
        assert sig.make_function(body, exec_globals={"n": 5})(1, 2) == 6
        assert sig.make_function(body, exec_locals={"n": 5})(1, 2) == 6
        names = {"n": 1}
        made = sig.make_function(body, exec_globals=names)
        names["n"] = 2
        assert made(1, 2) == 3

    def test_arguments_may_be_called_like_builtins(self):
        def shadow(int: int, str: "int" = 1):
            pass

        sig = pgt.signature(shadow)
        assert sig.make_function(["return (int, str)"])(2) == (2, 1)
