"""Paths of the published package."""

import importlib

import pytest

import pyglove as pg


@pytest.mark.parametrize("name", pg.ext.__all__)
def test_a_package_has_two_names(name):
    package = getattr(pg, name)
    assert getattr(pg.ext, name) is package
    assert importlib.import_module(f"pyglove.ext.{name}") is package


def test_modules_of_packages():
    module = importlib.import_module("pyglove.ext.evolution.mutators")
    assert module is pg.evolution.mutators
    assert importlib.import_module("pyglove.ext").__name__ == "pyglove.ext"
