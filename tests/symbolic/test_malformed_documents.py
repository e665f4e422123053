"""Documents of a wrong form: of objects, and of what the library itself writes."""

import enum
import math
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, fail

HERE = __name__
PAIR = Pair.__serialization_key__
LEAF = Leaf.__serialization_key__
DEPTH = 100_000


class Color(enum.Enum):
    RED = 1


# ---- Marks of the library's own ----------------------------------------------


@pytest.mark.parametrize(
    ("document", "error", "message"),
    [
        ({"_type": 1}, TypeError, "Expected a str as '_type' in JSON, got 1"),
        ({"_type": None}, TypeError, "Expected a str as '_type'"),
        ({"_type": ["type"]}, TypeError, "Expected a str as '_type'"),
        ({"_type": {"_type": "type"}}, TypeError, "Expected a str as '_type'"),
        ({"_type": ""}, TypeError, "it is not registered"),
        ({"_type": "..."}, TypeError, "it is not registered"),
        ({"_type": "type"}, TypeError, "Expected a str as 'name' of a type"),
        ({"_type": "function", "name": 1}, TypeError, "Expected a str as 'name'"),
        ({"_type": "method", "name": []}, TypeError, "Expected a str as 'name'"),
        (
            {"_type": "type", "name": "builtins.list", "args": 1},
            TypeError,
            "Expected a list as 'args'",
        ),
        (
            {"_type": "type", "name": "builtins.int", "args": [1]},
            TypeError,
            "Expected type arguments that",
        ),
        (
            {"_type": "type", "name": f"{HERE}.Color", "args": ["BLUE"]},
            TypeError,
            "Expected type arguments that",
        ),
        ({"__context__": 1}, KeyError, "Expected '__root__'"),
        ({"__context__": 1, "__root__": 1}, TypeError, "Expected a list of shared"),
        (
            {"__context__": {"shared_objects": {}}, "__root__": 1},
            TypeError,
            "Expected a list of shared",
        ),
        ({"_type": "pyglove.core.symbolic.ref.Ref"}, KeyError, "JSON form of"),
        (
            {"_type": "pyglove.core.utils.missing.MissingValue", "x": 1},
            TypeError,
            "JSON form of",
        ),
        ({"_type": "pyglove.typing.List", "element": 1}, TypeError, "JSON form of"),
        ({"_type": "pyglove.typing.Str", "regex": "("}, ValueError, "JSON form of"),
    ],
)
def test_marks_of_a_wrong_form(document, error, message):
    for part in (document, [document], {"_type": PAIR, "n": document}):
        if "__context__" not in document or part is document:
            with pytest.raises((error, ValueError), match=message):
                pg.from_json(part)


def test_marks_where_they_mean_nothing():
    assert pg.from_json({"a": "__tuple__", "b": [1, "__tuple__"]}) == {
        "a": "__tuple__",
        "b": [1, "__tuple__"],
    }
    # Only a whole document says what is shared.
    inner = {"__context__": {"shared_objects": [[1]]}, "__root__": 2}
    assert pg.from_json([inner]) == [inner]


@pytest.mark.parametrize(
    ("fields", "error", "message"),
    [
        ({"x": "one"}, TypeError, "path=x"),
        ({"x": None}, ValueError, "None"),
        ({"x": [1]}, TypeError, "path=x"),
        ({"x": {"_type": LEAF, "x": 1}}, TypeError, "path=x"),
        ({}, TypeError, "none for 'x'"),
        ({"x": 1, "w": 2}, TypeError, "got 'w'"),
        ({"x": 1, "_sym_parent": 2}, TypeError, "as keywords, got"),
        ({"x": 1, "__class__": 2}, TypeError, "as keywords, got"),
        ({"x": 1, "_self": 2}, TypeError, "_self"),
        ({"x": 1, "cls": 2}, TypeError, "as keywords, got"),
        ({"x": 1, 2: 3}, TypeError, "Expected names of fields"),
        ({"allow_partial": True}, TypeError, "option of the constructor"),
        ({"x": 1, "allow_partial": True}, TypeError, "option of the constructor"),
    ],
)
def test_fields_of_a_wrong_form(fields, error, message):
    document = {"_type": LEAF, **fields}
    deep: Any = document
    for _ in range(3_000):
        deep = [deep]
    for part in (document, [document], {"_type": PAIR, "n": document}, deep):
        fail(lambda p=part: pg.from_json(p), error, message)
    fail(lambda: Leaf.from_json(document), error, message)


def test_abstract_classes_are_not_made():
    for name in ("pyglove.core.geno.base.DNASpec", "hyper.Choices"):
        with pytest.raises(TypeError):
            pg.from_json({"_type": name})


# ---- Decisions and spaces ----------------------------------------------------

DNA = pg.DNA(1).to_json()["_type"]


@pytest.mark.parametrize(
    "document",
    [
        {"_type": DNA, "value": {}},
        {"_type": DNA, "value": 0, "children": 1},
        {"_type": DNA, "value": 0, "children": [1]},
        {"_type": DNA, "format": "unknown", "value": 0},
        {"_type": DNA, "format": "compact", "value": ["__tuple__", 1]},
        {"_type": DNA, "format": "compact", "value": {"a": 1}},
        {"_type": DNA, "format": "compact", "value": 1, "metadata": 1},
    ],
)
def test_malformed_dna(document):
    fail(lambda: pg.from_json(document), (TypeError, ValueError))
    fail(lambda: pg.DNA.parse(document), (TypeError, ValueError))


def test_dna_that_does_not_fit():
    spec = pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]), y=pg.floatv(0.0, 1.0)))
    for value in (
        [2, 0.5],
        [0, 2.0],
        [0, math.nan],
        [-1, 0.5],
        [10**30, 0.5],
        ["a", 1],
    ):
        dna = pg.from_json({"_type": DNA, "format": "compact", "value": value})
        fail(lambda d=dna: d.use_spec(spec), ValueError)
    for parameters in (
        {"x": 5, "y": 0.5},
        {"x": "1/" + "9" * 5_000, "y": 0.5},
        {"a." * 2**20: 1},
        {"x": "os.system('true')", "y": 0.5},
    ):
        act = lambda p=parameters: pg.DNA.from_dict(p, spec)  # noqa: E731
        with pytest.raises(ValueError) as raised:
            act()
        assert isinstance(raised.value, pg.PyGloveError)
    value: Any = 1
    for _ in range(DEPTH):
        value = [0, value]
    fail(lambda: pg.DNA.parse(value), ValueError, "nested too deeply")
    assert pg.DNA.parse("__import__('os')").value == "__import__('os')"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("num_choices", 10**9),
        ("num_choices", -1),
        ("num_choices", "two"),
        ("candidates", []),
        ("candidates", [1]),
        ("literal_values", [1]),
        ("literal_values", [{"_type": "function", "name": "os.system"}]),
        ("hints", {"_type": "function", "name": "os.system"}),
        ("location", 5),
        ("location", "[" * 1_000),
        ("name", 5),
        ("unknown", 5),
        ("_type", "os.system"),
    ],
)
def test_malformed_spaces(field, value):
    document = pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]))).to_json()
    document["elements"][0][field] = value
    fail(lambda: pg.from_json(document), (TypeError, ValueError))
