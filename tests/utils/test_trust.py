"""What documents may ask for."""

import builtins
import itertools
import statistics
import string
import sys
import types

import pytest

from pyglove import utils
from pyglove.utils.serialization import trust
from pyglove.utils.serialization.trust import LoadOptions, find_symbol

UNTRUSTED = LoadOptions()
COUNTER = itertools.count()
TRUSTED = LoadOptions(trusted=True)


def own_function():
    pass


class Own:
    @property
    def harmful(self):
        pytest.fail("Looking up a name must not run code.")


imported = string.capwords


@pytest.fixture
def module():
    """A module for the time of a test."""
    name = f"tests_trust_module_{next(COUNTER)}"
    made = types.ModuleType(name)
    sys.modules[name] = made
    yield made
    del sys.modules[name]


def found(name, options=UNTRUSTED):
    return find_symbol("symbol", name, options)


def test_own_symbols():
    assert found(f"{__name__}.own_function") is own_function
    assert found(f"{__name__}.Own") is Own
    assert found(f"{__name__}.nope") is None
    assert found(f"{__name__}.Own.nope") is None


def test_lookup_runs_no_code(module):
    name = f"{__name__}.Own.harmful"
    with pytest.raises(utils.UntrustedError):
        found(name)
    module.__getattr__ = lambda name: pytest.fail("Ran code.")
    assert found(f"{module.__name__}.x") is None


def test_modules_without_a_file(module):
    exec("def f(): pass", vars(module))
    with pytest.raises(utils.UntrustedError, match="not defined by this program"):
        found(f"{module.__name__}.f")
    module.__file__ = "/home/someone/program.py"
    assert found(f"{module.__name__}.f") is module.f
    del module.__file__
    # A program that makes a module may define convertible classes there.
    namespace = {**vars(module), "Base": utils.JSONConvertible}
    exec("class Part(Base):\n  def to_json(self, **kwargs): return {}", namespace)
    assert found(f"{module.__name__}.f") is module.f


@pytest.mark.parametrize("path", ["site-packages", "dist-packages"])
def test_installed_packages(module, path):
    exec("def f(): pass\nclass C: pass", vars(module))
    module.__file__ = f"/usr/lib/{path}/tests_trust_module.py"
    with pytest.raises(utils.UntrustedError, match="not defined by this program"):
        found(f"{module.__name__}.f")
    # A library that defines convertible classes takes part itself.
    namespace = {**vars(module), "Base": utils.JSONConvertible}
    exec("class Part(Base):\n  def to_json(self, **kwargs): return {}", namespace)
    assert found(f"{module.__name__}.f") is module.f


def test_symbols_that_were_merely_imported():
    with pytest.raises(utils.UntrustedError):
        found(f"{__name__}.imported")
    assert found(f"{__name__}.string.capwords") is None
    assert found(f"{__name__}.imported", TRUSTED) is imported


def test_admit():
    name = "statistics.median"
    with pytest.raises(utils.UntrustedError):
        found(name)
    before = dict(trust._admitted), set(trust._admitted_modules)
    try:
        utils.admit(statistics.median)
        assert found(name) is statistics.median
        with pytest.raises(utils.UntrustedError):
            found("string.capwords")
        utils.admit("string")
        assert found("string.capwords") is string.capwords
    finally:
        trust._admitted.clear()
        trust._admitted.update(before[0])
        trust._admitted_modules.clear()
        trust._admitted_modules.update(before[1])


def test_scoped_types():
    name = "statistics.NormalDist"
    with pytest.raises(utils.UntrustedError):
        found(name)
    with utils.JSONConvertible.load_types_for_deserialization(statistics.NormalDist):
        assert found(name) is statistics.NormalDist
    with pytest.raises(utils.UntrustedError):
        found(name)


def test_aliases():
    utils.JSONConvertible.add_module_alias(__name__, "tests.trust.former")
    assert found("tests.trust.former.own_function") is own_function
    assert found("tests.trust.former.Own", TRUSTED) is Own


@pytest.mark.parametrize("name", sorted(trust._SAFE_BUILTINS))
def test_harmless_builtins(name):
    assert found(f"builtins.{name}") is getattr(builtins, name)


@pytest.mark.parametrize(
    "name",
    [
        "__import__",
        "breakpoint",
        "compile",
        "delattr",
        "eval",
        "exec",
        "exit",
        "getattr",
        "globals",
        "help",
        "input",
        "locals",
        "memoryview",
        "open",
        "setattr",
        "vars",
    ],
)
def test_harmful_builtins(name):
    with pytest.raises(utils.UntrustedError):
        found(f"builtins.{name}")


def test_convert_unknown_finds_nothing_rather_than_failing():
    options = LoadOptions(convert_unknown=True)
    assert found("os.system", options) is None
    assert found("no.such", options) is None
    assert found(f"{__name__}.Own", options) is Own
