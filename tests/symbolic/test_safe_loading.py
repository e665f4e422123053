"""What a document may do: make what it describes, and nothing else.

Each way is tried by which a document could run code. It fails with one clear error, and
nothing has happened. Where a document may be meant to have that effect, `trusted=True`
permits it.
"""

import base64
import builtins
import enum
import json
import os
import pathlib
import pickle
import re
import subprocess
import sys
from typing import Annotated, Literal

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, fail

OPAQUE = "pyglove.core.utils.json_conversion._OpaqueObject"
PAIR = Pair.__serialization_key__
LEAF = Leaf.__serialization_key__

# A module refers to all kinds of things.
system = os.system


class Holder:
    """A class that is not registered, with a dangerous attribute."""

    run = os.system

    @classmethod
    def make(cls):
        return cls()

    @staticmethod
    def help():
        return "help"


class Color(enum.Enum):
    RED = 1


class Unregistered(pg.Object):
    auto_register = False

    x: int = 1


@pytest.fixture
def sentinel(tmp_path):
    """A file that is there once a payload has run."""
    path = tmp_path / "sentinel"
    yield path
    assert not path.exists()


class Touch:
    """Creates a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return pathlib.Path(self.path).touch, ()


def pickled(value):
    """The form in which published files carry what only pickle can write."""
    text = base64.encodebytes(pickle.dumps(value)).decode()
    return {"_type": OPAQUE, "value": text}


def fail_to_load(document, message, error=TypeError, **options):
    """Loads a document in every way, and wherever it may stand in another."""
    for embed in (
        lambda d: d,
        lambda d: [1, d],
        lambda d: {"a": {"b": d}},
        lambda d: ["__tuple__", d],
        lambda d: {"__symbolic__": True, "a": d},
        lambda d: {"_type": PAIR, "n": d},
        lambda d: {"_type": PAIR, "n": {"_type": PAIR, "m": [d]}},
        lambda d: {"_type": "pyglove.core.symbolic.ref.Ref", "value": d},
        lambda d: {"_type": "type", "name": "builtins.list", "args": [d]},
        lambda d: {"_type": "hyper.OneOf", "candidates": [1, d]},
        lambda d: {"_type": "pyglove.typing.Any", "default": d},
        lambda d: {"__context__": {"shared_objects": [d]}, "__root__": 1},
        lambda d: {"_type": pg.DNA(1).to_json()["_type"], "value": 1, "metadata": d},
    ):
        outer = embed(document)
        fail(lambda d=outer: pg.from_json(d, **options), error, message)
    text = json.dumps(document)
    fail(lambda: pg.from_json_str(text, **options), error, message)
    fail(lambda: pg.utils.from_json(document, **options), error, message)
    fail(lambda: Pair.from_json({"n": document}, **options), error, message)


# ---- Pickles and code --------------------------------------------------------


def test_pickles(sentinel):
    document = pickled(Touch(str(sentinel)))
    fail_to_load(document, "Refused to load an opaque object.*`trusted=True`")
    assert not sentinel.exists()
    with pytest.raises(TypeError):
        pg.from_json(document, auto_import=True)
    assert not sentinel.exists()
    pg.from_json(document, trusted=True)
    assert sentinel.exists()  # It would have worked.
    sentinel.unlink()


def test_pickles_that_are_assembled_by_hand(sentinel):
    for text in (
        f"cos\nsystem\n(S'touch {sentinel}'\ntR.",
        f"cposix\nsystem\n(S'touch {sentinel}'\ntR.",
        f'c__builtin__\neval\n(S\'open("{sentinel}", "w")\'\ntR.',
        f'cbuiltins\nexec\n(S\'open("{sentinel}", "w")\'\ntR.',
        f"(S'touch {sentinel}'\nios\nsystem\n.",
        "cos\n_wrap_close\n)\x81.",
        "\x80\x04\x95",
        "no pickle",
        "",
    ):
        data = base64.b64encode(text.encode("latin1")).decode()
        fail_to_load({"_type": OPAQUE, "value": data}, "Refused to load")


def test_pickles_of_plain_values_need_no_trust():
    for value in ({1, 2}, b"ab", 1 + 2j, frozenset((1, (2,))), Color.RED, range(3)):
        assert pg.from_json(pg.to_json(value)) == value


def test_opaque_objects_of_a_wrong_form():
    for trusted in (False, True):
        for value in (None, 1, [], {}):
            document = {"_type": OPAQUE, "value": value}
            fail_to_load(document, "Expected a str as 'value'", trusted=trusted)
        document = {"_type": OPAQUE, "value": "!!"}
        fail_to_load(document, "Expected base64 text", ValueError, trusted=trusted)
    document = {"_type": OPAQUE, "value": "AAAA"}
    fail_to_load(
        document,
        "an opaque object in JSON that pickle can read",
        ValueError,
        trusted=True,
    )


def test_code_of_functions(sentinel):
    y = 3
    function = lambda x=2: (open(str(sentinel), "w").close(), x + y)[1]  # noqa: E731
    with pytest.warns(UserWarning, match="is saved with its code"):
        document = pg.to_json(function)
    assert document["_type"] == "function" and "code" in document
    fail_to_load(document, "it carries its own code.*`trusted=True`")
    loaded = pg.from_json(document, trusted=True)
    assert not sentinel.exists()  # To load it is not to call it.
    assert loaded() == 5
    assert sentinel.exists()
    sentinel.unlink()


def test_code_of_functions_of_a_wrong_form():
    for code in ("", "AAAA", "%", 1, None):
        document = {"_type": "function", "name": "a.<lambda>", "code": code}
        fail_to_load(document, "it carries its own code")
        fail_to_load(
            document, "Expected the code of function", ValueError, trusted=True
        )


# ---- Names -------------------------------------------------------------------


@pytest.fixture
def module(tmp_path, monkeypatch, sentinel):
    """Name of a module that can be imported, and leaves a trace when it is."""
    (tmp_path / "unsafe_module_of_a_test.py").write_text(
        f"open({str(sentinel)!r}, 'w').close()\n"
        "class A:\n"
        "    @classmethod\n"
        "    def make(cls): return cls()\n"
        "def f(): pass\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "unsafe_module_of_a_test"
    sys.modules.pop("unsafe_module_of_a_test", None)


@pytest.mark.parametrize(
    "reference",
    [
        {"_type": "type", "name": "{}.A"},
        {"_type": "function", "name": "{}.f"},
        {"_type": "method", "name": "{}.A.make"},
    ],
)
def test_modules_are_not_imported(reference, module, sentinel):
    reference = {k: v.format(module) for k, v in reference.items()}
    fail_to_load(reference, "its module is not loaded.*`trusted=True`")
    fail_to_load({"_type": f"{module}.A"}, "it is not registered.*`trusted=True`")
    with pytest.raises(TypeError, match="Refused"):
        pg.from_json(reference, auto_import=True)
    pg.from_json(reference, convert_unknown=True)
    with pytest.raises(TypeError, match="that exists in JSON"):
        pg.from_json(reference, trusted=True, auto_import=False)
    assert module not in sys.modules and not sentinel.exists()
    assert pg.from_json(reference, trusted=True).__module__ == module
    assert module in sys.modules
    sentinel.unlink()


HERE = __name__


@pytest.mark.parametrize(
    "name",
    [
        "os.system",
        "posix.system",
        "os.popen",
        "subprocess.run",
        "builtins.eval",
        "builtins.exec",
        "builtins.compile",
        "builtins.open",
        "builtins.__import__",
        "builtins.getattr",
        "builtins.setattr",
        "builtins.delattr",
        "builtins.globals",
        "builtins.vars",
        "builtins.input",
        "builtins.breakpoint",
        "importlib.import_module",
        "pickle.loads",
        "marshal.loads",
        "shutil.rmtree",
        "typing.get_type_hints",
        "functools.partial",
        "operator.attrgetter",
        "sys.exit",
        "pyglove.load",
        "pyglove.symbolic.form.persistence.save",
        "pyglove.utils.admit",
        "pyglove.utils.serialization.trust.admit",
        "pytest.main",
        f"{HERE}.os.system",
        f"{HERE}.system",
        f"{HERE}.Holder.run",
        f"{HERE}.pg.load",
        f"{HERE}.builtins.eval",
    ],
)
def test_functions_that_could_do_harm(name):
    for kind in ("function", "method", "type"):
        document = {"_type": kind, "name": name}
        with pytest.raises(TypeError, match=r"Refused|that exists in JSON") as raised:
            pg.from_json(document)
        assert name in str(raised.value)
    fail_to_load({"_type": "function", "name": name}, r"Refused|that exists in JSON")


def test_classes_that_could_do_harm():
    for cls in (subprocess.Popen, pickle.Unpickler, Holder.__class__.__class__):
        name = f"{cls.__module__}.{cls.__qualname__}"
        fail_to_load({"_type": name, "args": "true"}, "it is not registered")
    assert "subprocess" in sys.modules
    fail_to_load({"_type": "type", "name": "subprocess.Popen"}, "not defined by this")
    popen = {"_type": "type", "name": "subprocess.Popen"}
    assert pg.from_json(popen, trusted=True) is subprocess.Popen
    assert pg.from_json({"_type": "function", "name": "os.system"}, trusted=True)


def test_methods_that_could_do_harm():
    for name in ("pathlib.Path.unlink", "pathlib.Path.home", "builtins.type.mro"):
        document = {"_type": "method", "name": name}
        fail_to_load(document, r"Refused to load method .*`trusted=True`")
    path_home = {"_type": "method", "name": "pathlib.Path.home"}
    assert pg.from_json(path_home, trusted=True) == pathlib.Path.home


def test_what_the_program_defines_is_no_secret():
    for value in (Holder, Holder.make, Holder.help, fail, Leaf, int, len, list[Leaf]):
        assert pg.from_json(pg.to_json(value)) == value


def test_classes_that_are_not_registered():
    document = Unregistered(2).to_json()
    fail_to_load(document, "it is not registered.*`trusted=True`")
    assert pg.from_json(document, trusted=True) == Unregistered(2)
    with pg.JSONConvertible.load_types_for_deserialization(Unregistered):
        assert pg.from_json(document) == Unregistered(2)
    holder = {"_type": f"{HERE}.Holder"}
    fail_to_load(holder, "it is not registered")
    with pytest.raises(TypeError, match=r"a subclass of `pg\.JSONConvertible`"):
        pg.from_json(holder, trusted=True)


def test_placeholders_do_no_harm(sentinel):
    for document in (
        {"_type": "os.system", "command": f"touch {sentinel}"},
        {"_type": "function", "name": "os.system"},
        {"_type": "type", "name": "subprocess.Popen"},
        {"_type": "method", "name": "pathlib.Path.home"},
        pickled(Touch(str(sentinel))),
    ):
        loaded = pg.from_json(document, convert_unknown=True)
        assert pg.to_json(loaded) == document


def test_trust_holds_for_one_document():
    reference = {"_type": "function", "name": "os.system"}
    assert pg.from_json({"a": reference}, trusted=True).a is os.system
    fail_to_load(reference, "Refused")


# ---- Text that could be evaluated --------------------------------------------

EXPRESSIONS = [
    "Annotated[int, hit()]",
    "Annotated[int, __import__('os').system('true')]",
    "typing.Annotated[int, hit()]",
    "Literal[hit()]",
    "list[Annotated[int, hit()]]",
    "hit()",
    "[hit()]",
    "int | hit()",
    "f'{hit()}'",
    "(lambda: hit())()",
]


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_annotations_are_not_evaluated(text, monkeypatch):
    hits = []
    monkeypatch.setattr(builtins, "hit", lambda: hits.append(1), raising=False)
    assert Annotated and Literal  # They can be found in this module.
    field = {"_type": "pyglove.typing.Field", "key_spec": "x", "value_spec": text}
    for document in (
        {"_type": "pyglove.typing.Object", "t": text},
        {"_type": "pyglove.typing.Type", "t": text},
        {"_type": "pyglove.typing.List", "element_value": text},
        {"_type": "pyglove.typing.Union", "candidates": [text, "int"]},
        {"_type": "pyglove.typing.Tuple", "element_values": [text]},
        {"_type": "pyglove.typing.Callable", "args": [text], "returns": text},
        {"_type": "pyglove.typing.Dict", "schema": [["__tuple__", "x", text]]},
        {"_type": "pyglove.typing.Schema", "fields": [field]},
        {"_type": "type", "name": text},
        {"_type": "type", "name": "builtins.list", "args": [text]},
        {"_type": "hyper.OneOf", "candidates": [text]},
        {"_type": PAIR, "n": text},
    ):
        try:
            loaded = pg.from_json(document)
            if isinstance(loaded, pg.typing.ValueSpec):
                loaded.apply("x")
        except (TypeError, ValueError) as error:
            assert isinstance(error, pg.PyGloveError)
    assert not hits


# ---- Files -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (b"", ValueError, "malformed text"),
        (b'{"a": [1, 2', ValueError, "malformed text"),
        (b"hello", ValueError, "malformed text"),
        (b"\x80\x04.", ValueError, "Expected a file of text in UTF-8"),
        (b'{"a": "\xff"}', ValueError, "Expected a file of text in UTF-8"),
        ('{"a": 1}'.encode("utf-16"), ValueError, "Expected a file of text in UTF-8"),
        (b'{"_type": "function", "name": "os.system"}', TypeError, "`trusted=True`"),
        (b'{"_type": "os.system"}', TypeError, "`trusted=True`"),
    ],
)
def test_files(content, error, message, tmp_path):
    path = tmp_path / "some.json"
    path.write_bytes(content)
    for load in (pg.load, Leaf.load, pg.patching.from_maybe_serialized):
        with pytest.raises(error, match=message) as raised:
            load(str(path))
        told = "\n".join([str(raised.value), *getattr(raised.value, "__notes__", ())])
        assert "some.json" in told


def test_files_that_are_none(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.json"):
        pg.load(tmp_path / "none.json")
    with pytest.raises(OSError, match=tmp_path.name):
        pg.load(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"none\.jsonl"):
        pg.open_jsonl(tmp_path / "none.jsonl")


def test_files_that_are_trusted(tmp_path):
    path = tmp_path / "some.json"
    with pytest.warns(UserWarning, match="`trusted=True` only"):
        pg.save(Pair(os.system, lambda: 3), path)
    with pytest.raises(TypeError, match="`trusted=True`"):
        pg.load(path)
    loaded = pg.load(path, trusted=True)
    assert loaded.n is os.system and loaded.m() == 3


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"a":', "malformed text.*line 2 of"),
        (b'{"a": 1} {"b": 2}', "malformed text.*line 2 of"),
        (b'{"a": "\xff"}', "UTF-8.*after line"),
        (b'{"_type": "os.system"}', "`trusted=True`.*line 2 of"),
    ],
)
def test_lines(line, message, tmp_path):
    path = tmp_path / "some.jsonl"
    path.write_bytes(b'{"a": 1}\n' + line + b"\n[2]\n")
    with pg.open_jsonl(path) as lines, pytest.raises(pg.PyGloveError) as raised:
        list(lines)
    told = " ".join([str(raised.value), *getattr(raised.value, "__notes__", ())])
    assert re.search(message, told)
