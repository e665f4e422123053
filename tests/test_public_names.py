"""What `dir` shows of the packages."""

import importlib
import pkgutil
import pydoc

import pytest

import pyglove as pg

PARTED = ("geno", "symbolic", "typing", "utils")
PACKAGES = [
    m.name
    for m in pkgutil.walk_packages(pg.__path__, "pyglove.")
    if m.ispkg
    and not m.name.rpartition(".")[2].startswith("_")
    # These are parted into sub-packages, whose public names they show themselves.
    and not m.name.startswith(tuple(f"pyglove.{name}." for name in PARTED))
]


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_show_public_names(name):
    package = importlib.import_module(name)
    assert dir(package) == sorted(package.__all__)
    for public in dir(package):
        assert not public.startswith("_")
        getattr(package, public)


def test_the_library_shows_public_names():
    assert set(dir(pg)) == {*pg.__all__, "__version__"}
    assert pg.Inferentiable and "functools" not in dir(pg)
    # Programs may reach what is not shown.
    assert pg.symbolic.tree and pg.typing.spec and pg.geno.decision


def test_help_is_about_public_names():
    text = pydoc.plaintext.document(pg.symbolic)
    assert "class Object" in text and "functor(" in text
    assert "oneof" in pydoc.plaintext.document(pg)
