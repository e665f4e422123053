"""Documents that are too deep, too long, endless or no documents at all.

Each fails with one clear error, soon, and without a crash.
"""

import json
import math
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, fail

PAIR = Pair.__serialization_key__
LEAF = Leaf.__serialization_key__

# ---- Depth -------------------------------------------------------------------

DEPTH = 100_000
SHAPES = {
    "lists": ("[", "]"),
    "dicts": ('{"a":', "}"),
    "tuples": ('["__tuple__",', "]"),
    "objects": (f'{{"_type": "{PAIR}", "n":', "}"),
    "references": ('{"_type": "pyglove.core.symbolic.ref.Ref", "value":', "}"),
    "types": ('{"_type": "type", "name": "builtins.list", "args":[', "]}"),
    "shared": ('{"__context__": {"shared_objects": [', ']}, "__root__": 1}'),
    "dna": ('{"_type": "pyglove.core.geno.base.DNA", "value": 0, "children":[', "]}"),
    "spaces": (
        '{"_type": "pyglove.generators.geno.Template", "elements": [{"_type": '
        '"pyglove.generators.geno.Choices", "num_choices": 1, "candidates": [',
        "]}]}",
    ),
    "all kinds": (f'[{{"a": ["__tuple__", {{"_type": "{PAIR}", "n":', "}]}]"),
}
BEFORE = {"spaces": '{"_type": "pyglove.generators.geno.Template"}'}


def nested(shape, depth):
    start, end = SHAPES[shape]
    return start * depth + BEFORE.get(shape, "1") + end * depth


@pytest.mark.parametrize("shape", SHAPES)
def test_deep_text(shape):
    text = nested(shape, DEPTH)
    fail(lambda: pg.from_json_str(text), ValueError, "at most 50000 levels")
    # Deep enough for the standard library to give up, and not closed, or wrongly.
    for end in ("", ")"):
        broken = SHAPES[shape][0] * 2_000 + end
        fail(lambda t=broken: pg.from_json_str(t), ValueError, "malformed text")


def deep_value(shape, depth):
    """The same as a JSON value."""
    value = json.loads(BEFORE.get(shape) or "1")
    level = json.loads(SHAPES[shape][0] + '"HERE"' + SHAPES[shape][1])
    for _ in range(depth):
        value = _filled(level, value)
    return value


def _filled(level, value):
    if isinstance(level, dict):
        return {k: _filled(v, value) for k, v in level.items()}
    if isinstance(level, list):
        return [_filled(v, value) for v in level]
    return value if level == "HERE" else level


@pytest.mark.parametrize("shape", SHAPES)
def test_deep_values(shape):
    value = deep_value(shape, DEPTH)
    fail(lambda: pg.from_json(value), ValueError, "at most 50000 levels")
    fail(lambda: pg.utils.from_json(value), ValueError, r"nested (less|too) deeply")
    value = deep_value(shape, 1_000)
    if shape in ("types", "dna", "spaces"):
        fail(lambda: pg.from_json(value), ValueError, "nested too deeply")
    else:
        pg.from_json(value)


def test_deep_trees_are_written_as_deep_as_they_are_read():
    for link in (lambda v: [v], lambda v: {"a": [(v,)]}, Pair):
        tree = 1
        for _ in range(3_000):
            tree = link(tree)
        text = pg.to_json_str(tree)
        assert pg.to_json_str(pg.from_json_str(text)) == text
    for _ in range(DEPTH):
        tree = {"a": tree}
    fail(lambda: pg.to_json_str(tree), ValueError, "at most 50000 levels")


# ---- Values that contain themselves ------------------------------------------


def cyclic_values():
    items: list[Any] = []
    items.append(items)
    yield items
    table: dict[str, Any] = {}
    table["a"] = [{"b": table}]
    yield table
    inner: list[Any] = []
    inner.append((1, inner))
    yield (inner,)


def test_cyclic_containers():
    for value in cyclic_values():
        fail(lambda v=value: pg.to_json(v), ValueError, "contains itself")
        fail(lambda v=value: pg.to_json_str(v), ValueError, "contains itself")
        if not isinstance(value, tuple):
            fail(lambda v=value: pg.from_json(v), ValueError, "contains itself")


def test_cyclic_references():
    table = pg.Dict()
    table.a = pg.Ref(table)
    pair = Pair()
    pair.rebind(n=[{"b": pg.Ref(pair)}])
    for value in (table, pair):
        fail(lambda v=value: pg.to_json(v), ValueError, "contains itself")
        fail(lambda v=value: pg.to_json_str(v), ValueError, "contains itself")


def test_references_that_lead_nowhere():
    for reference in (-1, 0, 1, 10**30, True):
        document = {"__ref__": reference}
        fail(lambda d=document: pg.from_json(d), IndexError, "Expected a reference")
        # Those that precede it can be referred to, not the object itself.
        document = {
            "__context__": {"shared_objects": [document, 1]},
            "__root__": {"__ref__": 0},
        }
        fail(lambda d=document: pg.from_json(d), IndexError, "Expected a reference")
    for reference in ("0", None, 0.0, [], {}):
        document = {"__ref__": reference}
        fail(lambda d=document: pg.from_json(d), TypeError, "Expected an int")


def test_references_that_unfold():
    # Each object refers twice to the one before: a few lines, and 2**60 values.
    shared = [[1]] + [[{"__ref__": i}, {"__ref__": i}] for i in range(60)]
    document = {"__context__": {"shared_objects": shared}, "__root__": {"__ref__": 60}}
    fail(lambda: pg.from_json(document), ValueError, "stands for at most 103040 values")
    document["__root__"] = {"__ref__": 3}
    document["__context__"]["shared_objects"] = shared[:4]
    assert pg.from_json(document) == [[[[1], [1]], [[1], [1]]]] * 2


# ---- Paths -------------------------------------------------------------------


def test_long_paths():
    spec = pg.dna_spec(pg.Dict(x=pg.oneof([1, 2])))
    for path in ("a." * 2**20, "[" * 2**21, "[0]" * 2**20, "x" * 2**25 + ".y"):
        document = {**spec.to_json(), "location": path}
        for act in (
            lambda p=path: pg.KeyPath.parse(p),
            lambda p=path: pg.KeyPath.from_value(p),
            lambda p=path: pg.Dict(a=1).rebind({p: 1}),
            lambda p=path: pg.Dict(a=1).sym_get(p),
            lambda p=path: pg.Dict(a=1).sym_has(p),
            lambda p=path: pg.KeyPathSet([p]),
            lambda d=document: pg.from_json(d),
        ):
            fail(act, ValueError, "Expected a path of at most 1048576 characters")


def test_long_paths_that_are_permitted():
    for path, depth in (("a." * 2**18 + "b", 2**18 + 1), ("[7]" * 2**18, 2**18)):
        assert pg.KeyPath.parse(path).depth == depth
        assert str(pg.KeyPath.parse(path)) == path
    number = "9" * 100_000
    fail(
        lambda: pg.KeyPath.parse(f"a[{number}]"),
        ValueError,
        "an index that Python can read",
    )


def test_malformed_paths():
    for path in ("a[", "a]", "]", "[[a]"):
        with pytest.raises(ValueError, match="of a path, got"):
            pg.KeyPath.parse(path)


# ---- Numbers -----------------------------------------------------------------


def test_huge_numbers():
    digits = "1" * 100_000
    for text in (digits, f"-{digits}", f'{{"a": [{digits}]}}', "[" * 2_000 + digits):
        fail(lambda t=text: pg.from_json_str(t), ValueError, "smaller numbers in JSON")
    for text in (
        f'{{"n_:{digits}": 1}}',
        '{"n_:1_0": 1}',
        '{"n_:+1": 1}',
        '{"n_:": 1}',
    ):
        fail(lambda t=text: pg.from_json_str(t), ValueError, "Expected an int after")
    for value in (10**5_000, {"a": [10**5_000]}, Pair(10**5_000)):
        fail(
            lambda v=value: pg.to_json_str(v),
            ValueError,
            "that can be written as JSON text",
        )
    assert pg.from_json(pg.to_json(Pair(10**5_000))).n == 10**5_000
    assert pg.from_json_str(pg.to_json_str(Pair(10**4_000))).n == 10**4_000


def test_numbers_that_are_none():
    loaded = pg.from_json_str("[NaN, Infinity, -Infinity, 1e999, -1e999, 1e-999]")
    assert math.isnan(loaded[0])
    assert loaded[1:] == [math.inf, -math.inf, math.inf, -math.inf, 0.0]
    assert pg.to_json_str(loaded[1:4]) == "[Infinity, -Infinity, Infinity]"
    for number in ("NaN", "Infinity", "1e999", "1.0", '"1"', "[]"):
        text = f'{{"_type": "{LEAF}", "x": {number}}}'
        fail(lambda t=text: pg.from_json_str(t), TypeError, "path=x")


# ---- Text --------------------------------------------------------------------


def test_keys_that_are_there_twice():
    for text in (
        '{"a": 1, "a": 2}',
        '{"b": [{"a": 1, "\\u0061": 1}]}',
        f'{{"_type": "{LEAF}", "x": 1, "_type": "os.system"}}',
        f'{{"_type": "{LEAF}", "x": 1, "x": 2}}',
        "[" * 2_000 + '{"a": 1, "a": 2}' + "]" * 2_000,
    ):
        fail(lambda t=text: pg.from_json_str(t), ValueError, "Expected each key")


@pytest.mark.parametrize(
    "text",
    ["", " ", "{", "[1", "[1,]", "{'a': 1}", "{1: 2}", "nul", "1 2", '"a', "\ufeff{}"],
)
def test_malformed_text(text):
    with pytest.raises(json.JSONDecodeError) as raised:
        pg.from_json_str(text)
    fail(lambda: pg.from_json_str(text), ValueError, "Expected JSON, got malformed")
    assert raised.value.doc == text
