"""Texts that say all that matters about a value, the same in both packages."""

import re
import types
from typing import Any

import pyglove as pg

ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
# `pyglove.core.symbolic.dict.Dict` and `pyglove.symbolic.container.dict_node.Dict` are both
# `pyglove.Dict`.
MODULES = re.compile(r"\bpyglove\.(?:[a-z_]\w*\.)+(?=\w)")
# What a value that is no symbolic one is saved as, where nothing better is known.
PICKLE = re.compile(r"gAS(?:[\w+/=]|\\+n)+")
DEPTH = 8
# Parts of these are described by their text: they are large, and their parts tell little.
TEXTS = (pg.DNA, pg.DNASpec, pg.geno.DNAGenerator, pg.hyper.HyperValue)
ATOMS = (bool, int, float, complex, str, bytes, type(None))


def normal(text: str) -> str:
    """Text without what may differ between two processes or two packages."""
    text = PICKLE.sub("<pickle>", ADDRESS.sub("0x...", text))
    return MODULES.sub("pyglove.", text)


def flags(node: Any, parent: Any, key: Any) -> str:
    """Letters for what is special about a node; '!' where it contradicts its parent."""
    marks = ""
    if node.sym_partial:
        marks += "P"
    if node.sym_sealed:
        marks += "S"
    if not node.accessor_writable:
        marks += "w"
    if node.allow_partial:
        marks += "p"
    if parent is not None:
        if node.sym_parent is not parent:
            marks += "!parent"
        if node.sym_path != pg.KeyPath(key, parent.sym_path):
            marks += f"!path{{{node.sym_path}}}"
    return marks


def symbolic(node: Any, parent: Any, key: Any, depth: int) -> str:
    """The text of a symbolic node, with its flags and its items."""
    if isinstance(node, TEXTS):
        return f"{type(node).__name__}:{normal(repr(node))}"
    marks = flags(node, parent, key)
    items = []
    for name, value in node.sym_items():
        items.append(f"{name!r}: {describe(value, node, name, depth + 1)}")
    spec = ""
    if isinstance(node, pg.List | pg.Dict) and node.value_spec is not None:
        spec = "#"
    name = type(node).__name__.replace("InitArgs", "Dict")
    return f"{name}{spec}[{marks}]({', '.join(items)})"


def location(value: Any) -> str:
    """Where a symbolic value is in its tree, if it is not the root of one."""
    if not isinstance(value, pg.Symbolic):
        return ""
    try:
        if value.sym_parent is None and not value.sym_path:
            return ""
        owner = "" if value.sym_parent is None else type(value.sym_parent).__name__
        return f"@{{{owner}:{value.sym_path}}}"
    except Exception as error:
        return f"@{{{type(error).__name__}}}"


def describe(value: Any, parent: Any = None, key: Any = None, depth: int = 0) -> str:
    """The text of any value."""
    if isinstance(value, ATOMS):
        text = normal(repr(value))
        return text if type(value) in ATOMS else f"{type(value).__name__}:{text}"
    if depth > DEPTH:
        return "..."
    if isinstance(value, pg.Ref):
        return f"Ref({describe(value.value, None, None, depth + 1)})"
    if isinstance(value, pg.Insertion):
        return f"Insertion({describe(value.value, None, None, depth + 1)})"
    if isinstance(value, pg.Symbolic):
        return symbolic(value, parent, key, depth)
    if type(value) in (list, tuple):
        inner = ", ".join(describe(one, None, None, depth + 1) for one in value)
        return f"{type(value).__name__}({inner})"
    if type(value) is dict:
        inner = ", ".join(
            f"{describe(k, None, None, depth + 1)}: {describe(v, None, None, depth + 1)}"
            for k, v in (sorted(value.items()) if "_type" in value else value.items())
        )
        return f"dict({inner})"
    if type(value) in (set, frozenset):
        inner = ", ".join(sorted(describe(v, None, None, depth + 1) for v in value))
        return f"{type(value).__name__}({inner})"
    if value is pg.MISSING_VALUE or isinstance(value, type(pg.MISSING_VALUE)):
        return "MISSING"
    if isinstance(value, type):
        return f"<class {value.__name__}>"
    if isinstance(
        value, types.FunctionType | types.MethodType | types.BuiltinFunctionType
    ):
        return f"<{type(value).__name__} {value.__name__}>"
    if isinstance(value, BaseException):
        return f"<error {type(value).__name__.removeprefix('PyGlove')}>"
    return f"{type(value).__name__}:{normal(repr(value))}"
