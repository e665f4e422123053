"""What generated code does, done by its interpretive twins."""

import contextlib
from unittest import mock

import pyglove as pg
from pyglove.symbolic.compiled import compilation


def generated_scopes():
    """Returns the globals of the generated functions of all classes."""
    scopes, classes = {}, [pg.Object]
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
def interpreted():
    """Lets twins do the work of generated code in a `with` block, in all threads.

    That holds for classes that are there, and for those compiled within the block.
    """
    if _blocks:
        yield
        return
    scopes, define = generated_scopes(), compilation.define

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
