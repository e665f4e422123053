"""Conversion to JSON and back, and what documents may not do."""

import json
import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import utils
from pyglove.utils.serialization import json_conversion

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.binary(max_size=5)
    | st.frozensets(st.integers(), max_size=3)
    | st.sampled_from([int, len, list[int], OSError]),
    lambda children: (
        st.lists(children, max_size=4)
        | st.lists(children, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=3), children, max_size=4)
    ),
    max_leaves=10,
)


@given(VALUES)
def test_round_trip(value):
    json_value = utils.to_json(value)
    assert utils.from_json(json_value) == value
    # Also through text, and without vouching for the document.
    assert utils.from_json(json.loads(json.dumps(json_value))) == value
    assert utils.from_json(json_value, trusted=True) == value


def test_subclasses_of_containers_become_plain():
    class Items(dict):
        pass

    assert type(utils.from_json(utils.to_json(Items(a=1)))) is dict


class Opaque:
    """A class that knows nothing of JSON."""

    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return isinstance(other, Opaque) and self.x == other.x


def test_other_objects_take_a_trusted_document():
    json_value = utils.to_json([Opaque(1)])
    with pytest.raises(TypeError, match="reading it back takes pickle"):
        utils.from_json(json_value)
    assert utils.from_json(json_value, trusted=True) == [Opaque(1)]


def test_options_hold_for_nested_calls():
    class Box(utils.JSONConvertible):
        def __init__(self, inner):
            self.inner = inner

        def to_json(self, **kwargs):
            return self.to_json_dict({"inner": self.inner}, **kwargs)

        @classmethod
        def from_json(cls, json_value, **kwargs):
            return cls(utils.from_json(json_value["inner"], **kwargs))

    json_value = utils.to_json(Box(Opaque(1)))
    with pytest.raises(TypeError, match="Refused"):
        utils.from_json(json_value)
    assert utils.from_json(json_value, trusted=True).inner == Opaque(1)
    with pytest.raises(TypeError, match="Refused"):
        utils.from_json(json_value)


REFUSED = [
    ({"_type": "no.Such"}, "class 'no.Such': it is not registered"),
    ({"_type": "subprocess.Popen", "args": "true"}, "class 'subprocess.Popen'"),
    ({"_type": "type", "name": "subprocess.Popen"}, "type 'subprocess.Popen'"),
    ({"_type": "type", "name": "no.Such"}, "its module is not loaded"),
    ({"_type": "function", "name": "os.system"}, "function 'os.system'"),
    ({"_type": "function", "name": "posix.system"}, "function 'posix.system'"),
    ({"_type": "function", "name": "builtins.eval"}, "function 'builtins.eval'"),
    ({"_type": "function", "name": "builtins.getattr"}, "function"),
    ({"_type": "function", "name": "typing.get_type_hints"}, "function"),
    ({"_type": "function", "name": "pyglove.utils.admit"}, "function"),
    ({"_type": "method", "name": "pickle.Unpickler.load"}, "method"),
    ({"_type": "function", "name": f"{__name__}.os.system"}, None),
    ({"_type": "function", "name": f"{__name__}.smuggled"}, "is not defined by"),
    (
        {"_type": "function", "name": f"{__name__}.<lambda>", "code": "4wAA"},
        "it carries its own code",
    ),
]

smuggled = os.system


@pytest.mark.parametrize(("document", "message"), REFUSED)
def test_refused(document, message):
    # Wherever it stands in the document.
    for wrap in (lambda d: d, lambda d: [d], lambda d: {"a": ["__tuple__", d]}):
        with pytest.raises(TypeError, match=message):
            utils.from_json(wrap(document))


def test_refusal_names_the_way_out():
    with pytest.raises(utils.UntrustedError, match="Pass `trusted=True` if you trust"):
        utils.from_json({"_type": "function", "name": "os.system"})
    reference = {"_type": "function", "name": "os.system"}
    assert utils.from_json(reference, trusted=True) is os.system


@pytest.mark.parametrize(
    "document",
    [
        {"_type": "this.Zen"},
        {"_type": "type", "name": "this.Zen"},
        {"_type": "function", "name": "this.zen"},
        {"_type": "method", "name": "this.Zen.read"},
    ],
)
@pytest.mark.parametrize("convert_unknown", [False, True])
def test_nothing_is_imported(document, convert_unknown, capsys):
    # `import this` prints a poem.
    sys.modules.pop("this", None)
    with pytest.raises(TypeError), unknown_factories({}):
        utils.from_json(document, convert_unknown=convert_unknown)
    assert "this" not in sys.modules
    assert capsys.readouterr().out == ""


def test_trusted_documents_import():
    sys.modules.pop("colorsys", None)
    reference = {"_type": "function", "name": "colorsys.rgb_to_yiq"}
    with pytest.raises(
        TypeError, match=r"a function that exists in JSON, got 'colorsys.rgb_to_yiq'"
    ):
        utils.from_json(reference, trusted=True, auto_import=False)
    assert "colorsys" not in sys.modules
    function = utils.from_json(reference, trusted=True)
    assert function is sys.modules["colorsys"].rgb_to_yiq


def test_trusted_documents_still_need_classes_that_convert():
    with pytest.raises(TypeError, match=r"a subclass of `pg.JSONConvertible`"):
        utils.from_json({"_type": f"{__name__}.Opaque", "x": 1}, trusted=True)
    with pytest.raises(TypeError, match=r"a class that exists in JSON, got 'no.Such'"):
        utils.from_json({"_type": "no.Such"}, trusted=True)


@pytest.mark.parametrize(
    "document",
    [{"_type": 1}, {"_type": None}, {"_type": ["a"]}, {"_type": "type"}, {"_type": {}}],
)
@pytest.mark.parametrize("trusted", [False, True])
def test_malformed_types(document, trusted):
    with pytest.raises(TypeError, match="Expected a str"):
        utils.from_json(document, trusted=trusted)


class unknown_factories:
    """Registers factories for a while."""

    def __init__(self, factories):
        self.factories = factories

    def __enter__(self):
        self.before = dict(json_conversion._unknown_factories)
        json_conversion._unknown_factories.clear()
        for kind, factory in self.factories.items():
            json_conversion.register_unknown_factory(kind, factory)

    def __exit__(self, *args):
        json_conversion._unknown_factories.clear()
        json_conversion._unknown_factories.update(self.before)


@pytest.mark.parametrize("trusted", [False, True])
def test_placeholders_stand_for_what_is_not_found(trusted):
    def factory(kind):
        return lambda json_value: (kind, json_value)

    document = [
        {"_type": "no.Such", "x": {"_type": "no.Other", "y": ["__tuple__", 1]}},
        {"_type": "type", "name": "no.Such"},
        {"_type": "function", "name": "no.such"},
        {"_type": "method", "name": "no.Such.method"},
    ]
    kinds = ("object", "type", "function", "method")
    with unknown_factories({kind: factory(kind) for kind in kinds}):
        loaded = utils.from_json(document, convert_unknown=True, trusted=trusted)
        with pytest.raises(TypeError, match=r"that exists in JSON|Refused"):
            utils.from_json(document, trusted=trusted)
    other = ("object", {"_type": "no.Other", "y": (1,)})
    assert loaded == [
        ("object", {"_type": "no.Such", "x": other}),
        ("type", {"_type": "type", "name": "no.Such"}),
        ("function", {"_type": "function", "name": "no.such"}),
        ("method", {"_type": "method", "name": "no.Such.method"}),
    ]


def test_placeholders_stand_for_what_is_refused():
    document = [{"_type": "function", "name": "os.system"}, utils.to_json(Opaque(1))]
    kinds = ("object", "function")
    with unknown_factories(dict.fromkeys(kinds, lambda json_value: json_value)):
        assert utils.from_json(document, convert_unknown=True) == document


def test_deep_documents():
    value = []
    for _ in range(49_999):
        value = [value]
    assert utils.to_json(value)[0] is not value[0]
    assert utils.from_json(value)[0] is not value[0]
    with pytest.raises(ValueError, match="Expected at most 50000 levels"):
        utils.from_json([value])


def test_documents_that_contain_themselves():
    value = [1, {}]
    value[1]["a"] = value
    with pytest.raises(ValueError, match="that contains itself"):
        utils.to_json(value)
    with pytest.raises(ValueError, match="that contains itself"):
        utils.from_json(value)


@pytest.mark.parametrize("trusted", [False, True])
def test_names_have_limits(trusted):
    name = "a." * 100_000 + "b"
    for document in (
        {"_type": name},
        {"_type": "type", "name": name},
        {"_type": "function", "name": name},
        {"_type": "method", "name": name},
    ):
        with pytest.raises(TypeError, match=r"in JSON, got 200001 characters: 'a\.a"):
            utils.from_json(document, trusted=trusted)
