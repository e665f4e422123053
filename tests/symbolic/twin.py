"""What generated code does, done by its interpretive twins."""

import contextlib
import os
from unittest import mock

import pytest

import pyglove as pg
from pyglove.symbolic.compiled import compilation

# Whether the tests are run without generated code; see conftest.py.
IS_INTERPRETED = bool(os.environ.get("INTERPRETED"))

needs_generated_code = pytest.mark.skipif(
    IS_INTERPRETED, reason="Twins do the work of generated code: none is to be seen."
)


def generated_scopes(root):
    """Returns the globals of the generated functions of a class and its subclasses."""
    scopes, classes = {}, [root]
    while classes:
        cls = classes.pop()
        classes += type.__subclasses__(cls)
        for value in cls.__dict__.values():
            function = getattr(value, "__func__", value)
            scope = getattr(function, "__globals__", {})
            if scope.get("_cls") is cls:
                scopes[id(scope)] = scope
    return list(scopes.values())


# How many `interpreted` blocks are open.
_blocks: list[None] = []


@contextlib.contextmanager
def interpreted(root=pg.Object):
    """Lets twins do the work of generated code in a `with` block, in all threads.

    That holds for a class and its subclasses that are there, and for all classes that
    are compiled within the block.
    """
    if _blocks:
        yield
        return
    scopes, define = generated_scopes(root), compilation.define

    def define_for_twins(title, source, scope):
        scopes.append(scope)
        define(title, source, scope)
        scope["_exact"] = None
        return scope

    for scope in scopes:
        scope["_exact"] = None
    _blocks.append(None)
    try:
        with mock.patch.object(compilation, "define", define_for_twins):
            yield
    finally:
        _blocks.pop()
        for scope in scopes:
            scope["_exact"] = scope["_cls"]
