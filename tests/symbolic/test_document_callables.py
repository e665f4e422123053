"""What specs, functors and types of a document may have called: nothing."""

import enum
import sys
import types
import typing

import pytest

import pyglove as pg
from pyglove.utils.serialization import trust
from tests.symbolic.helper import Leaf, fail

HERE = __name__
TOP = {"_type": "pyglove.evolution.selectors.Top", "n": 1}
calls: list[object] = []


def record(*args, **kwargs):
    """A function of the program, which a document must not have called."""
    calls.append((args, kwargs))
    return args[0] if args else None


class Recorder:
    """A class of the program that is not registered."""

    def __init__(self, *args):
        record(*args)

    @classmethod
    def make(cls, *args):
        return record(*args)


class Watchful(pg.Object):
    """A registered class that notices if it is treated like a container or a key."""

    x: int = 1

    def __call__(self, *args):
        return record(*args)

    def __iter__(self):
        record("iter")
        return iter(())

    def __getitem__(self, key):
        return record("getitem")

    def __len__(self):
        record("len")
        return 1

    def __bool__(self):
        record("bool")
        return True

    def __eq__(self, other):
        record("eq")
        return True

    def __hash__(self):
        record("hash")
        return 1

    def __lt__(self, other):
        record("lt")
        return True

    __gt__ = __le__ = __ge__ = __lt__


@pg.functor
def call(fn, value=1):
    return fn(value)


@pg.functor
def noticed(value=1):
    return record(value)


class Registry:
    def __class_getitem__(cls, item):
        return record(item)


class Meta(type):
    def __getitem__(cls, item):
        return record(item)


class WithMeta(metaclass=Meta):
    pass


class Color(enum.Enum):
    RED = 1


class Mixed(pg.Object):
    kind: typing.Literal["a", 1]
    fixed: pg.typing.Any(1).freeze(1) = 1


@pytest.fixture(autouse=True)
def nothing_is_called():
    calls.clear()
    yield
    assert not calls


def spec(name, **fields):
    return {"_type": f"pyglove.typing.{name}", **fields}


def function(name):
    return {"_type": "function", "name": f"{HERE}.{name}"}


WATCHFUL = {"_type": Watchful.__serialization_key__}
CALLABLES = {
    "function": function("record"),
    "class": {"_type": "type", "name": f"{HERE}.Recorder"},
    "registered class": {"_type": "type", "name": f"{HERE}.Watchful"},
    "method": {"_type": "method", "name": f"{HERE}.Recorder.make"},
    "builtin": {"_type": "function", "name": "builtins.print"},
    "builtin class": {"_type": "type", "name": "builtins.list"},
    "functor": {"_type": noticed.__serialization_key__},
    "object": WATCHFUL,
    "operation": TOP,
}
TRANSFORMING = {
    "Any": {},
    "Object": {"t": {"_type": "type", "name": f"{HERE}.Watchful"}},
    "List": {"element_value": spec("Any")},
    "Tuple": {"element_values": spec("Any")},
    "Dict": {},
    "Callable": {},
    "Functor": {},
}


@pytest.mark.parametrize("kind", CALLABLES)
@pytest.mark.parametrize("name", TRANSFORMING)
def test_transforms(name, kind):
    document = spec(name, default=1, transform=CALLABLES[kind], **TRANSFORMING[name])
    fail(lambda: pg.from_json(document), TypeError, r"as a part of a value spec.*admit")
    inner = spec("Dict", schema=[["__tuple__", "x", document]])
    fail(lambda: pg.from_json([inner]), TypeError, "as a part of a value spec")
    shared = {
        "__context__": {"shared_objects": [CALLABLES[kind]]},
        "__root__": {**document, "transform": {"__ref__": 0}},
    }
    fail(lambda: pg.from_json(shared), TypeError, "as a part of a value spec")


@pytest.mark.parametrize("kind", ["function", "method", "builtin"])
def test_functions_elsewhere_in_specs(kind):
    fn = CALLABLES[kind]
    field = {
        "_type": "pyglove.typing.Field",
        "key_spec": "x",
        "value_spec": spec("Any"),
    }
    for document in (
        spec("Any", default=fn),
        spec("Callable", default=fn),
        spec("Callable", args=[fn]),
        spec("List", element_value=spec("Any"), default=[[fn]]),
        spec("Dict", default={"a": {"b": fn}}),
        spec("Dict", schema=[["__tuple__", "x", fn]]),
        spec("Enum", values=[fn, 1]),
        {**field, "metadata": {"a": fn}},
        spec("Schema", fields=[field], metadata={"a": [fn]}),
    ):
        fail(lambda d=document: pg.from_json(d), TypeError, "as a part of a value spec")


def test_trust_permits_them():
    document = spec("Any", default=1, transform=function("record"))
    loaded = pg.from_json(document, trusted=True)
    assert loaded.transform is record and calls.pop() == ((1,), {})
    again = pg.from_json(pg.to_json(loaded), trusted=True)
    assert again == loaded
    calls.clear()


@pytest.fixture
def admissions(monkeypatch):
    """Lets a test admit what later tests must not see."""
    for name in (
        "_admitted",
        "_admitted_modules",
        "_admitted_for_calls",
        "_modules_admitted_for_calls",
    ):
        monkeypatch.setattr(trust, name, getattr(trust, name).copy())


@pytest.mark.parametrize("admitted", [record, Recorder.make, HERE])
def test_callables_that_were_admitted(admitted, admissions):
    name = "record" if not callable(admitted) else admitted.__qualname__
    kind = "method" if "." in name else "function"
    transform = {"_type": kind, "name": f"{HERE}.{name}"}
    document = spec("Any", default=1, transform=transform)
    functor = {"_type": call.__serialization_key__, "fn": transform}
    pg.utils.admit(admitted)  # To refer to it is not to have it called.
    fail(lambda: pg.from_json(document), TypeError, "calls=True")
    fail(lambda: pg.from_json(functor), TypeError, "calls=True")
    pg.utils.admit(admitted, calls=True)
    assert pg.from_json(document).default == 1
    assert calls.pop() == ((1,), {})
    assert pg.from_json(functor)() == 1
    assert calls.pop() == ((1,), {})


@pytest.mark.parametrize("kind", ["function", "class", "method", "builtin"])
def test_functors(kind):
    fn = CALLABLES[kind]
    key = call.__serialization_key__
    for value in (fn, [fn], {"a": [fn]}, ["__tuple__", fn]):
        document = {"_type": key, "fn": value}
        for part in (document, [document], {"_type": key, "fn": document}):
            fail(lambda p=part: pg.from_json(p), TypeError, "as a part of a functor")
    assert pg.from_json({"_type": key, "fn": fn}, trusted=True).is_fully_bound


def test_functors_with_other_values():
    key = call.__serialization_key__
    for value in (1, [1], {"_type": "type", "name": "builtins.int"}, WATCHFUL):
        assert pg.from_json({"_type": key, "fn": value}).is_fully_bound
    assert pg.from_json(pg.to_json(call(noticed()))) == call(noticed())


def test_functors_are_not_called():
    document = {"_type": noticed.__serialization_key__, "value": 3}
    with pg.auto_call_functors():
        loaded = pg.from_json([document])[0]
    assert isinstance(loaded, noticed)


def test_fields_keep_functions_that_the_program_defines():
    loaded = pg.from_json({"a": [function("record")]})
    assert loaded.a[0] is record


# ---- Containers that are none ------------------------------------------------


def test_a_document_that_does_not_end():
    dna = {"_type": "pyglove.geno.DNA", "value": 1}
    for other in (TOP, WATCHFUL, "ab", {"a": dna}):
        document = {**dna, "children": other}
        fail(lambda d=document: pg.from_json(d), TypeError, "Expected a list as the")
    for children in ([TOP], [WATCHFUL], [1]):
        document = {**dna, "children": children}
        fail(lambda d=document: pg.from_json(d), TypeError, "DNA")


@pytest.mark.parametrize("value", [TOP, WATCHFUL])
@pytest.mark.parametrize(
    "document",
    [
        spec("List", element_value=spec("Any"), default="HERE"),
        spec("List", element_value="HERE"),
        spec("List", element_value=spec("Int"), min_size="HERE"),
        spec("List", element_value=spec("Int"), size="HERE"),
        spec("Tuple", element_values="HERE"),
        spec("Tuple", element_values=["HERE"]),
        spec("Tuple", element_values=spec("Any"), default="HERE"),
        spec("Dict", schema="HERE"),
        spec("Dict", default="HERE"),
        spec("Union", candidates="HERE"),
        spec("Union", candidates=["HERE", spec("Int")]),
        spec("Union", candidates=[spec("Int"), spec("Str")], default="HERE"),
        spec("Enum", values="HERE"),
        spec("Enum", values=[1, "HERE"]),
        spec("Enum", values=[1, "a"], default="HERE"),
        spec("Int", min_value="HERE"),
        spec("Int", min_value=1, max_value="HERE"),
        spec("Float", default="HERE"),
        spec("Str", regex="HERE"),
        spec("StrKey", regex="HERE"),
        spec("ConstStrKey", text="HERE"),
        spec("Object", t="HERE"),
        spec("Type", t="HERE"),
        spec("Callable", args="HERE"),
        spec("Callable", kw="HERE"),
        spec("Callable", returns="HERE"),
        spec("Schema", fields="HERE"),
        spec("Schema", fields=["HERE"]),
        spec("Field", key_spec="HERE", value_spec=spec("Any")),
        spec("Field", key_spec="x", value_spec="HERE"),
        spec("Field", key_spec="x", value_spec=spec("Any"), metadata="HERE"),
        spec(
            "List", element_value=spec("Int", default=1, frozen=True), default=["HERE"]
        ),
        {"_type": "type", "name": "typing.Literal", "args": ["HERE"]},
        {"_type": "type", "name": "typing.List", "args": ["HERE"]},
        {"_type": "type", "name": "typing.Union", "args": ["HERE", 1]},
        {"_type": "type", "name": "builtins.dict", "args": "HERE"},
        {"_type": Mixed.__serialization_key__, "kind": "HERE"},
        {"_type": Mixed.__serialization_key__, "kind": "a", "fixed": "HERE"},
    ],
)
def test_what_is_no_part_of_a_spec_is_not_asked(document, value):
    def fill(part):
        if isinstance(part, dict):
            return {k: fill(v) for k, v in part.items()}
        if isinstance(part, list):
            return [fill(v) for v in part]
        return value if part == "HERE" else part

    fail(lambda: pg.from_json(fill(document)), (TypeError, ValueError, KeyError))


# ---- Options -----------------------------------------------------------------


@pytest.mark.parametrize(
    "option", ["sealed", "root_path", "explicit_init", "allow_partial", "_self"]
)
def test_options_of_objects(option):
    for value in (True, False, None, "a.b"):
        document = {"_type": Leaf.__serialization_key__, "x": 1, option: value}
        deep = document
        for _ in range(3_000):
            deep = [deep]
        for part in (document, [document], ["__tuple__", document], deep):
            fail(lambda p=part: pg.from_json(p), TypeError, "cannot set it")
        fail(lambda d=document: Leaf.from_json(d), TypeError, "cannot set it")


@pytest.mark.parametrize("option", ["override_args", "ignore_extra_args", "sealed"])
def test_options_of_functors(option):
    document = {"_type": call.__serialization_key__, "value": 1, option: True}
    fail(lambda: pg.from_json(document), TypeError, "cannot set it")
    fail(lambda: call.from_json(document), TypeError, "cannot set it")


def test_a_field_may_be_called_like_an_option():
    class Door(pg.Object):
        sealed: bool
        override_args: int = 1

    assert pg.from_json(pg.to_json(Door(sealed=True))).sealed is True
    assert not pg.from_json(pg.to_json(Door(sealed=True))).sym_sealed


@pytest.mark.parametrize(
    "document",
    [
        spec("Field", key_spec="x", value_spec=spec("Any"), origin=1),
        spec("Schema", fields=[], base_schema_list=[]),
        spec("Schema", fields=[], for_cls={"_type": "type", "name": "builtins.int"}),
    ],
)
def test_arguments_of_specs_that_are_not_written(document):
    fail(lambda: pg.from_json(document), TypeError, "no part of it")


# ---- Types -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Registry", "WithMeta"])
def test_type_arguments_that_run_code(name):
    document = {"_type": "type", "name": f"{HERE}.{name}", "args": [1]}
    fail(lambda: pg.from_json(document), TypeError, "its class decides")
    assert pg.from_json(document, trusted=True) == 1
    assert calls.pop() == ((1,), {})


def test_type_arguments_that_run_none():
    T = typing.TypeVar("T")

    class Box(pg.Object, typing.Generic[T]):
        x: T

    for value in (list[int], dict[str, list[int]], typing.Callable[[int], str]):
        assert pg.from_json(pg.to_json(value)) == value
    document = {
        "_type": "type",
        "name": f"{Box.__module__}.{Box.__qualname__}",
        "args": [{"_type": "type", "name": "builtins.int"}],
    }
    assert pg.from_json(document) == Box[int]


# ---- Imports -----------------------------------------------------------------


def test_names_that_no_class_has_import_nothing():
    before = set(sys.modules)
    for name in ("bayesian.nothing", "reinforce.x", "ext.scalars.os", "evolution."):
        for kind in ({"_type": f"pyglove.{name}"}, None):
            document = kind or {"_type": "type", "name": f"pyglove.{name}"}
            fail(lambda d=document: pg.from_json(d), TypeError)
    assert set(sys.modules) == before


def test_modules_without_a_file_are_not_the_program(monkeypatch):
    module = types.ModuleType("extension_of_a_test")
    exec("def danger(): pass", vars(module))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    document = {"_type": "function", "name": "extension_of_a_test.danger"}
    fail(lambda: pg.from_json(document), TypeError, "not defined by this program")
