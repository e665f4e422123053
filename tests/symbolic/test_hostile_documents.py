"""Every class that a document can name, with every field filled with the worst.

Whatever a document says, it loads or fails with an error of the library's own; it calls
nothing but constructors, and does no more work than its size explains.
"""

import json
import resource
import subprocess
import sys
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic import hostile_document as hostile
from tests.symbolic.helper import fail

CLASSES = hostile.registered_classes()
# Calls of functions for one of the documents, which are small.
MOST_CALLS = 200_000


@pytest.fixture(autouse=True)
def nothing_is_called(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    hostile.calls.clear()
    yield
    assert not hostile.calls
    assert not list(tmp_path.iterdir())


def load(label: str, document: Any) -> Any:
    """Loads a document, or returns the error if that is one of the library's own."""
    try:
        loaded = pg.from_json(document)
    except pg.PyGloveError as error:
        loaded = error
    except Exception as error:
        raise AssertionError(f"{label}: {error!r}") from error
    assert not hostile.calls, (label, hostile.calls)
    return loaded


@pytest.mark.parametrize("cls", CLASSES, ids=CLASSES.get)
def test_fields(cls):
    for label, document in hostile.attacks(cls, CLASSES[cls]):
        with hostile.Work(counts=": deep " not in label) as work:
            load(label, document)
        assert work.count < MOST_CALLS, label


# Classes whose documents have keys of the author's choice.
OPEN = ("Dict", "UnknownTypedObject")
# Bases of classes, whose own constructors take anything and keep nothing.
EMPTY = ("SubclassedWrapper", "WrapperOfNew", "WrapperByNew")


@pytest.mark.parametrize("cls", CLASSES, ids=CLASSES.get)
def test_options(cls):
    base = hostile.document_of(cls, CLASSES[cls])
    for option in hostile.OPTIONS:
        if option in hostile.fields_of(cls):
            continue
        for value in (True, None, "x", hostile.WATCHFUL):
            loaded = load(f"{cls}: option {option}", {**base, option: value})
            if isinstance(loaded, Exception):
                continue
            if cls.__name__ not in EMPTY:
                assert cls.__name__ in OPEN, (cls, option)
                assert option in set(loaded.sym_keys())
            assert not loaded.sym_sealed and not loaded.is_partial


def test_most_classes_were_tried_with_a_document_that_loads():
    failed = [
        name
        for cls, name in CLASSES.items()
        if isinstance(load(name, hostile.document_of(cls, name)), Exception)
    ]
    assert len(failed) < 25, failed


def test_a_list_is_no_object():
    document = {"_type": "pyglove.core.symbolic.list.List", "a": 1}
    fail(lambda: pg.from_json(document), TypeError, "Expected a list in JSON")


# ---- Few words, much work ----------------------------------------------------

INT = {"_type": "pyglove.typing.Int"}
SPACE = {"_type": "pyglove.generators.geno.Template", "elements": []}


def spec(name: str, **fields: Any) -> dict[str, Any]:
    return {"_type": f"pyglove.typing.{name}", **fields}


def shared(objects: list[Any], root: Any) -> dict[str, Any]:
    return {"__context__": {"shared_objects": objects}, "__root__": root}


def chain(link: Any, count: int, first: Any = 1) -> list[Any]:
    return [first, *(link({"__ref__": i}) for i in range(count))]


def choices(count: int, candidates: list[Any], **fields: Any) -> dict[str, Any]:
    return {
        "_type": "pyglove.generators.geno.Choices",
        "num_choices": count,
        "candidates": candidates,
        "distinct": False,
        **fields,
    }


def space(*elements: Any, **fields: Any) -> dict[str, Any]:
    return {**SPACE, "elements": list(elements), **fields}


def nested_choices() -> dict[str, Any]:
    inner = choices(1_000, [SPACE, SPACE])
    for _ in range(8):
        inner = choices(1_000, [space(inner), SPACE])
    return space(inner)


def nested_dicts() -> dict[str, Any]:
    inner = spec("List", element_value=INT, default=[1] * 20_000)
    for _ in range(60):
        inner = spec("Dict", schema=[["__tuple__", "d", inner]], frozen=True)
    return inner


REGEX = "(a+)+$"
MERSENNE = 2**61 - 1
UNION = lambda ref: spec(  # noqa: E731
    "Union",
    candidates=[spec("List", element_value=ref), spec("Tuple", element_values=ref)],
)
PAIR_TYPE = lambda ref: {  # noqa: E731
    "_type": "type",
    "name": "typing.Tuple",
    "args": [ref, ref],
}
TUPLE = lambda ref: ["__tuple__", ref]  # noqa: E731
INT_TYPE = {"_type": "type", "name": "builtins.int"}

REFUSED: dict[str, Any] = {
    "a tuple of many": spec(
        "Tuple", element_values=INT, min_size=10**8, max_size=10**8
    ),
    "many tuples": [spec("Tuple", element_values=INT, size=50_000)] * 50,
    "a repeated default": spec(
        "List",
        element_value=spec(
            "Dict", schema=[["__tuple__", "x", spec("Any", default=[1] * 30_000)]]
        ),
        default=[{}] * 30_000,
    ),
    "nested defaults": nested_dicts(),
    "many acceptable values": spec(
        "List",
        element_value=spec("Enum", values=list(range(20_000))),
        default=[19_999] * 20_000,
    ),
    "values that hash alike": spec("Enum", values=[i * MERSENNE for i in range(999)]),
    "literals that hash alike": {
        "_type": "type",
        "name": "typing.Literal",
        "args": [i * MERSENNE for i in range(999)],
    },
    "too many literals": {
        "_type": "type",
        "name": "typing.Literal",
        "args": list(range(20_000)),
    },
    "wide expressions": [spec("Str", regex="[\x00-\U0010ffff]" * 200)] * 50,
    "a long expression": spec("Str", regex="a" * 2_000),
    "a long annotation": spec("List", element_value="int|" * 500 + "int"),
    "deep lists by references": shared(
        chain(lambda r: [r], 60_000), {"__ref__": 60_000}
    ),
    "deep references": shared(
        chain(
            lambda r: {"_type": hostile.VALUES["reference"]["_type"], "value": r},
            60_000,
        ),
        {"__ref__": 60_000},
    ),
    "deep tuples": shared(
        chain(TUPLE, 40_000), spec("Enum", values=[{"__ref__": 40_000}])
    ),
    "deep tuples in literals": shared(
        chain(TUPLE, 300),
        {"_type": "type", "name": "typing.Literal", "args": [{"__ref__": 300}]},
    ),
    "deep types": shared(
        chain(lambda r: {**PAIR_TYPE(r), "args": [r]}, 1_000, INT_TYPE),
        {"__ref__": 1_000},
    ),
    "wide types": shared(chain(PAIR_TYPE, 30, INT_TYPE), {"__ref__": 30}),
    "wide specs": shared(
        chain(UNION, 30, INT),
        spec("List", element_value={"__ref__": 30}, default=[[[[["x"]]]]]),
    ),
    "wide lists": shared(chain(lambda r: [r, r], 60), {"__ref__": 60}),
    "copies of a list": shared([[1] * 10_000], [{"__ref__": 0}] * 10_000),
    "many choices": space(choices(10**9, [SPACE, SPACE])),
    "nested choices": nested_choices(),
    "choices with constraints": {
        **space(choices(10**6, [SPACE, SPACE], name="x")),
        "_type": "pyglove.geno.ConstrainedSpace",
        "constraints": [{"_type": "pyglove.geno.Increasing", "on": ["x"]}],
    },
    "a document without end": {**hostile.DNA, "children": hostile.TOP},
    "a name of many parts": {"_type": "function", "name": "a." * 400 + "b"},
}
LOADED: dict[str, Any] = {
    "a slow expression": spec("Str", regex=REGEX, default="a" * 40 + "b"),
    "a slow expression for keys": spec(
        "Dict",
        schema=[["__tuple__", spec("StrKey", regex=REGEX), INT]],
        default={"a" * 40 + "b": 1},
    ),
    "a slow expression for items": spec(
        "List",
        element_value=spec("Str", regex=REGEX),
        default=["a" * 40 + "b"],
    ),
    "a power of a power": {
        "_type": "pyglove.ext.scalars.base.Power",
        "x": {"_type": "pyglove.ext.scalars.base.Power", "x": 10**100, "y": 10**100},
        "y": 10**100,
    },
    "many repetitions": {
        "_type": "pyglove.ext.evolution.base.Repeat",
        "op": {"_type": "pyglove.ext.evolution.base.Identity"},
        "k": 10**12,
    },
    "a large population": {
        "_type": "pyglove.ext.evolution.base.Evolution",
        "reproduction": {"_type": "pyglove.ext.evolution.base.Identity"},
        "population_init": [
            "__tuple__",
            {"_type": "pyglove.core.geno.random.Random"},
            10**12,
        ],
    },
    "a large range": {"_type": "hyper.Int", "min_value": 0, "max_value": 10**300},
    "one object in many places": shared(
        [[1] * 1_000],
        [{"_type": hostile.VALUES["reference"]["_type"], "value": {"__ref__": 0}}]
        * 5_000,
    ),
    "numbers as keys": {f"n_:{i * 2**40}": 1 for i in range(20_000)},
}

PROGRAM = """
import json, resource, sys
limit = 1 << 30
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
import pyglove as pg
from tests.symbolic import hostile_document
text = sys.stdin.read()
with hostile_document.Work() as work:
    try:
        pg.from_json_str(text)
        outcome = "loaded"
    except pg.PyGloveError as error:
        outcome = type(error).__name__
print(json.dumps([outcome, work.count, len(text)]))
"""


def load_elsewhere(text: str) -> str:
    """Loads a document in a process of its own, of limited memory."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM],
        input=text,
        capture_output=True,
        text=True,
        timeout=120,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    outcome, calls, size = json.loads(done.stdout)
    assert calls < 1_000_000 + 20 * size, (calls, size)
    return outcome


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_AS"), reason="no such limit")
@pytest.mark.parametrize("kind", REFUSED)
def test_work_out_of_proportion_is_refused(kind):
    text = json.dumps(REFUSED[kind])
    assert load_elsewhere(text) in ("PyGloveValueError", "PyGloveTypeError")
    fail(lambda: pg.from_json_str(text), (TypeError, ValueError))


@pytest.mark.parametrize("kind", LOADED)
def test_what_is_large_only_when_used_is_loaded(kind):
    assert load_elsewhere(json.dumps(LOADED[kind])) == "loaded"


def test_keys_that_hash_alike():
    text = json.dumps({f"n_:{i * MERSENNE}": 1 for i in range(20_000)})
    assert load_elsewhere(text) == "PyGloveValueError"
    few = {i * MERSENNE: 1 for i in range(20)}
    assert pg.from_json_str(pg.to_json_str(few)) == few


def test_sets_that_hash_alike():
    for value in (
        {i * MERSENNE for i in range(100)},
        frozenset(i * MERSENNE for i in range(100)),
        {(1, i * MERSENNE) for i in range(100)},
    ):
        document = pg.to_json(value)
        fail(lambda d=document: pg.from_json(d), TypeError, "trusted=True")
        assert pg.from_json(document, trusted=True) == value


def test_trust_lifts_the_bounds():
    document = spec("Tuple", element_values=INT, size=200_000)
    fail(lambda: pg.from_json(document), ValueError, "`trusted=True`")
    assert len(pg.from_json(document, trusted=True)) == 200_000
    document = shared([[1] * 1_000], [{"__ref__": 0}] * 1_000)
    fail(lambda: pg.from_json(document), ValueError, "`trusted=True`")
    assert len(pg.from_json(document, trusted=True)) == 1_000
    document = space(choices(20_000, [SPACE, SPACE]))
    fail(lambda: pg.from_json(document), ValueError, "`trusted=True`")
    assert pg.from_json(document, trusted=True).elements[0].num_choices == 20_000
