"""Objects that a JSON document shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import utils
from pyglove.utils import JSONConversionContext, JSONConvertible


class Pair(JSONConvertible):
    def __init__(self, a, b):
        self.a = a
        self.b = b

    def to_json(self, **kwargs):
        return self.to_json_dict({"a": self.a, "b": self.b}, **kwargs)


def test_nothing_shared():
    assert utils.to_json([[1], [1]]) == [[1], [1]]
    assert JSONConversionContext().to_json(root={"a": 1}) == {"a": 1}


def test_shared_parts_are_written_once():
    part = [1]
    assert utils.to_json([part, {"x": part}]) == {
        "__context__": {"shared_objects": [[1]]},
        "__root__": [{"__ref__": 0}, {"x": {"__ref__": 0}}],
    }


def test_shared_parts_within_shared_parts():
    inner = {"k": 1}
    outer = [inner, inner]
    assert utils.to_json([inner, outer, outer]) == {
        "__context__": {"shared_objects": [{"k": 1}, [{"__ref__": 0}, {"__ref__": 0}]]},
        "__root__": [{"__ref__": 0}, {"__ref__": 1}, {"__ref__": 1}],
    }


@pytest.mark.parametrize("part", [[1], {"a": 1}, Pair(1, 2), b"xyz"])
def test_sharing_survives(part):
    loaded = utils.from_json(utils.to_json(Pair(part, [part])))
    assert loaded.a is loaded.b[0]
    assert type(loaded.a) is type(part)


@pytest.mark.parametrize("part", [(1, 2), "long text", 10**30, int, print, None])
def test_values_without_identity_are_not_shared(part):
    json_value = utils.to_json([part, part])
    assert isinstance(json_value, list)
    assert json_value[0] == json_value[1]


def test_objects_that_are_written_as_primitives():
    class Name(JSONConvertible):
        def to_json(self, **kwargs):
            return "name"

    name = Name()
    assert utils.to_json([name, 1, Name()]) == ["name", 1, "name"]
    assert utils.to_json([name, name]) == {
        "__context__": {"shared_objects": ["name"]},
        "__root__": [{"__ref__": 0}, {"__ref__": 0}],
    }


TREES = st.recursive(
    st.integers(0, 3),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.text("ab"), children)
    ),
    max_leaves=8,
)


@given(st.lists(TREES, min_size=1, max_size=3), st.lists(st.integers(0, 2), max_size=5))
def test_shape_of_sharing_survives(parts, picks):
    value = [parts[i % len(parts)] for i in picks]
    loaded = utils.from_json(utils.to_json(value))
    assert loaded == value
    for i, x in enumerate(value):
        for j, y in enumerate(value):
            assert (loaded[i] is loaded[j]) == (x is y) or isinstance(x, int)


def test_objects_may_be_written_with_a_context_of_ones_own():
    part = [1]
    context = JSONConversionContext()
    root = {"a": utils.to_json(part, context=context)}
    root["b"] = utils.to_json(part, context=context)
    assert context.to_json(root=root) == utils.to_json({"a": part, "b": part})
    assert context.next_shared_index() == 1
    entry = context.get_shared(0)
    assert (entry.value, entry.serialized) == (part, [1])
    assert (entry.ref_index, entry.ref_count) == (0, 2)


def test_custom_form_of_a_shared_object():
    context = JSONConversionContext()
    part = object()
    options = []

    def write(**kwargs):
        options.append(kwargs)
        return {"o": 1}

    root = [context.serialize_maybe_shared(part, write, x=1) for _ in range(2)]
    assert options == [{"context": context, "x": 1}]
    assert context.to_json(root=root)["__context__"] == {"shared_objects": [{"o": 1}]}


def test_entries_can_be_added():
    context = JSONConversionContext()
    context.add_shared(JSONConversionContext.ObjectEntry("v", [1], 0, 0))
    assert utils.from_json([{"__ref__": 0}], context=context) == ["v"]


@pytest.mark.parametrize("make", [lambda: [], lambda: {}, lambda: Pair(1, 2)])
def test_cycles_are_refused(make):
    value = make()
    if isinstance(value, list):
        value.append((value,))
    elif isinstance(value, dict):
        value["k"] = [value]
    else:
        value.a = {"k": value}
    with pytest.raises(ValueError, match="contains itself"):
        utils.to_json(value)


@pytest.mark.parametrize(
    ("root", "error", "message"),
    [
        ({"__ref__": 1}, IndexError, "one of 1 earlier objects, got 1"),
        ({"__ref__": -1}, IndexError, "earlier objects, got -1"),
        ({"__ref__": "x"}, TypeError, "Expected an int as reference"),
    ],
)
def test_bad_references(root, error, message):
    document = {"__context__": {"shared_objects": [[1]]}, "__root__": root}
    with pytest.raises(error, match=message):
        utils.from_json(document)


def test_shared_objects_refer_backwards_only():
    document = {
        "__context__": {"shared_objects": [{"__ref__": 0}]},
        "__root__": {"__ref__": 0},
    }
    with pytest.raises(IndexError, match="one of 0 earlier objects"):
        utils.from_json(document)


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ({"__context__": {"shared_objects": []}}, KeyError),
        ({"__context__": 1, "__root__": 1}, TypeError),
        ({"__context__": {"shared_objects": {"a": 1}}, "__root__": 1}, TypeError),
    ],
)
def test_malformed_context(document, error):
    with pytest.raises(error, match=r"__(root|context)__"):
        utils.from_json(document)


def test_documents_that_unfold_without_end_are_refused():
    shared = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]
    for i in range(20):
        shared.append([{"__ref__": i}] * 10)
    document = {"__context__": {"shared_objects": shared}, "__root__": {"__ref__": 20}}
    with pytest.raises(ValueError, match="stands for at most 104330 values"):
        utils.from_json(document)
    document["__root__"] = {"__ref__": 3}
    del shared[4:]
    assert len(utils.from_json(document)) == 10
