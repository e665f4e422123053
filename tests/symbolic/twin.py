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


class Tracking:
    """Has generated code leave its work to twins, as when origins are tracked."""

    is_open = True


def leave_to_twins(scope):
    """Lets twins do the work of generated functions; returns what undoes that."""
    names = ("_exact", "_track", "_tracks_here")
    former = {name: scope[name] for name in names if name in scope}
    others = {"_exact": None, "_track": Tracking, "_tracks_here": lambda: True}
    scope.update({name: others[name] for name in former})
    return lambda: scope.update(former)


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
    define = compilation.define

    def define_for_twins(title, source, scope):
        define(title, source, scope)
        undo.append(leave_to_twins(scope))
        return scope

    undo = [leave_to_twins(scope) for scope in generated_scopes(root)]
    _blocks.append(None)
    try:
        with mock.patch.object(compilation, "define", define_for_twins):
            yield
    finally:
        _blocks.pop()
        for restore in undo:
            restore()
