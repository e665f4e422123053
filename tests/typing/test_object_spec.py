import datetime
import sys
import typing

import pytest

import pyglove.typing as pgt
from pyglove import utils

PATH = utils.KeyPath.parse("x")
T = typing.TypeVar("T")


class A:
    pass


class B(A):
    pass


class Box(typing.Generic[T]):
    pass


class IntBox(Box[int]):
    pass


class Named(typing.Protocol):
    name: str


class TestObject:
    def test_accepts_instances(self):
        for value in (A(), B()):
            assert pgt.Object(A).apply(value) is value
        with pytest.raises(TypeError, match=r"Expected .*B, got .*path=x"):
            pgt.Object(B).apply(A(), root_path=PATH)

    @pytest.mark.parametrize("t", [None, object, 1, pgt.Int()])
    def test_is_about_a_class(self, t):
        with pytest.raises(TypeError):
            pgt.Object(t)

    def test_converts_values(self):
        when = pgt.Object(datetime.datetime).apply(1)
        assert when == datetime.datetime(1970, 1, 1, 0, 0, 1, tzinfo=datetime.UTC)
        assert pgt.Object(utils.KeyPath).apply("a.b") == utils.KeyPath(["a", "b"])

    def test_type_arguments_must_be_declared(self):
        assert pgt.Object(Box[int]).apply(IntBox())
        for value in (Box(), 1):
            with pytest.raises(TypeError, match=r"Expected .*Box\[int\]"):
                pgt.Object(Box[int]).apply(value)
        with pytest.raises(TypeError):
            pgt.Object(Box[str]).apply(IntBox())

    def test_protocols_accept_objects_of_any_class(self):
        assert pgt.Object(Named).apply(A())
        with pytest.raises(TypeError):
            pgt.Object(Named).apply(1)

    def test_schema_is_that_of_the_class(self):
        class WithSchema:
            __schema__ = pgt.create_schema({"a": int})

        assert pgt.Object(WithSchema).schema is WithSchema.__schema__
        assert pgt.Object(A).schema is None

    def test_is_inlined_by_its_class(self):
        assert pgt.Object(A).exact_types == (A,)
        assert pgt.Object(Box[int]).exact_types == ()
        assert pgt.Object(Named).exact_types == ()

    def test_extend(self):
        assert pgt.Object(B).extend(pgt.Object(A)).cls is B
        with pytest.raises(TypeError, match="its class is no subclass"):
            pgt.Object(A).extend(pgt.Object(B))
        with pytest.raises(TypeError, match="it is of another type"):
            pgt.Object(int).extend(pgt.Int())

    def test_is_compatible(self):
        assert pgt.Object(A).is_compatible(pgt.Object(B))
        assert not pgt.Object(B).is_compatible(pgt.Object(A))

    def test_call_makes_an_object(self):
        assert isinstance(pgt.Object(A)(), A)

    def test_text_json_and_annotation(self):
        spec = pgt.Object(A).noneable()
        assert repr(spec) == "Object(A, default=None, noneable=True)"
        assert spec.annotation == A | None
        assert utils.to_json(pgt.Object(A))["t"]["name"] == f"{__name__}.A"
        assert pgt.Object[A] == pgt.Object(A)
        with pytest.raises(TypeError, match="as in `"):
            pgt.Object[A, B]


class Partial(utils.MaybePartial):
    def __init__(self, **missing):
        self.missing = missing

    def missing_values(self, flatten=True):
        return self.missing


class TestPartialObjects:
    @pytest.mark.parametrize(
        "spec",
        [
            pgt.Object(Partial),
            pgt.Object(utils.MaybePartial),
            pgt.Object(Partial).noneable(),
            pgt.Union([pgt.Object(Partial), int]),
        ],
    )
    def test_are_refused_unless_they_are_allowed(self, spec):
        value, whole = Partial(a=utils.MISSING_VALUE), Partial()
        with pytest.raises(ValueError, match="got a partial one"):
            spec.apply(value)
        assert spec.apply(value, allow_partial=True) is value
        assert spec.apply(whole) is whole
        assert spec.exact_types in ((), (int,), (type(None),))

    def test_are_found_within(self):
        value = Partial(a=utils.MISSING_VALUE)
        for spec, container in [
            (pgt.List(Partial), [value]),
            (pgt.Tuple([Partial]), (value,)),
            (pgt.Dict([("a", pgt.Object(Partial))]), {"a": value}),
        ]:
            with pytest.raises(ValueError, match="got a partial one"):
                spec.apply(container)
            spec.apply(container, allow_partial=True)

    def test_may_be_defaults(self):
        value = Partial(a=utils.MISSING_VALUE)
        assert pgt.Object(Partial, default=value).default is value


class TestNoTypeCheck:
    @pytest.mark.parametrize("value", [1, "a", A()])
    def test_an_instance_that_asks_for_none_stands_for_any_class(self, value):
        class Unchecked:
            __no_type_check__ = True

        spec = pgt.Object(Unchecked())
        assert spec.apply(value) is value
        assert repr(spec) == "Object(object)"
        with pytest.raises(ValueError, match="got None"):
            spec.apply(None)
        with pytest.raises(TypeError, match="Expect"):
            pgt.Object(Unchecked).apply(value)


class Adder:
    def __call__(self, x):
        return x


class TestCallableObjects:
    def test_extend_callables(self):
        for base in [pgt.Callable(), pgt.Callable([pgt.Any()], returns=pgt.Int())]:
            spec = pgt.Object(Adder)
            assert spec.extend(base) is spec
            with pytest.raises(TypeError, match="it is of another type"):
                pgt.Object(A).extend(base)


class TestForwardReference:
    def test_resolves_when_it_is_used(self):
        spec = pgt.Object("Later")
        assert not spec.type_resolved and spec.exact_types == ()
        assert spec.forward_refs == {pgt.ForwardRef(sys.modules[__name__], "Later")}
        assert spec.annotation == "Later"
        with pytest.raises(TypeError, match="Expected a class 'Later' in module"):
            _ = spec.value_type
        value = A()
        assert spec.apply(value) is value
        try:
            globals()["Later"] = B
            assert spec.type_resolved and spec.value_type is B
            assert spec.exact_types == (B,)
            assert spec.annotation is B
            with pytest.raises(TypeError):
                spec.apply(value)
        finally:
            del globals()["Later"]

    def test_equals_the_class_it_means(self):
        assert pgt.Object("A") == pgt.Object(A)
        assert hash(pgt.Object("A")) == hash(pgt.Object(A))
        assert repr(pgt.Object("A")) == "Object(A)"

    def test_is_collected_through_containers(self):
        refs = {pgt.ForwardRef(sys.modules[__name__], "Later")}
        later = pgt.Object("Later")
        for spec in (
            pgt.List(later),
            pgt.Tuple([later, pgt.Int()]),
            pgt.Dict({"a": later}),
            pgt.Union([later, pgt.Int()]),
            pgt.Callable([later], returns=later),
            pgt.Type("Later"),
        ):
            assert spec.forward_refs == refs
            assert not spec.type_resolved


class TestType:
    def test_accepts_subclasses(self):
        assert pgt.Type(A).apply(B) is B
        with pytest.raises(ValueError, match=r"Expected a subclass of .*path=x"):
            pgt.Type(B).apply(A, root_path=PATH)
        with pytest.raises(TypeError, match="Expected a value of type type"):
            pgt.Type(A).apply(A())

    def test_any_class(self):
        assert pgt.Type(typing.Any).apply(int) is int

    def test_members_of_a_union(self):
        assert pgt.Type(int | str).apply(bool) is bool
        with pytest.raises(ValueError):
            pgt.Type(int | str).apply(float)

    def test_generic_class(self):
        assert pgt.Type(Box[int]).apply(IntBox) is IntBox

    def test_is_about_a_type(self):
        with pytest.raises(TypeError, match=r"Expected a .*, got 1"):
            pgt.Type(1)

    def test_forward_reference(self):
        assert pgt.Type("B").apply(B) is B
        with pytest.raises(ValueError):
            pgt.Type("B").apply(A)
        assert pgt.Type("Later").apply(A) is A

    def test_relations(self):
        assert pgt.Type(B).extend(pgt.Type(A)).type is B
        with pytest.raises(TypeError, match="its class is no subclass"):
            pgt.Type(A).extend(pgt.Type(B))
        assert pgt.Type(A).is_compatible(pgt.Type(B))
        assert not pgt.Type(B).is_compatible(pgt.Type(A))

    def test_text_json_and_annotation(self):
        assert repr(pgt.Type(int)) == "Type(<class 'int'>)"
        assert repr(pgt.Type("Later")) == "Type('Later')"
        assert repr(pgt.Type(int).annotation) == "typing.Type[int]"
        assert pgt.Type[int] == pgt.Type(int)
        assert pgt.Type(int)() is int
        assert pgt.Type[str]() is str
        assert pgt.Type(int)(bool) is int  # The type, whatever it is called with.
        assert utils.from_json(utils.to_json(pgt.Type(int))) == pgt.Type(int)
        with pytest.raises(TypeError, match="as in `"):
            pgt.Type[int, str]
