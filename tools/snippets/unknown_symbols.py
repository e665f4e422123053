"""Documents that name classes and functions which are not there."""

from typing import Any

import pyglove as pg


class Node(pg.Object):
    a: Any = None
    b: Any = None


class Typed(pg.Object):
    n: int
    node: Node


def load(document, **kwargs):
    """A value out of a document that may name unknown symbols."""
    return pg.from_json(document, convert_unknown=True, **kwargs)


def unknown():
    """A document that names a class which is not there."""
    return {"_type": "nowhere.X", "x": 1, "y": [{"_type": "snippet.Node", "a": 2}]}


# Snippets
load(unknown())
str(load(unknown()))
type(load(unknown())).__name__
load(unknown()).x, load(unknown()).type_name, load(unknown()).y[0].a
load(unknown()).to_json()
load(load(unknown()).to_json())
load(unknown()) == load(unknown())
load(unknown()).rebind(x=2)
load(unknown()).rebind(z=2)
load(unknown()).clone()
load({"_type": "snippet.Node", "a": unknown()})
load({"_type": "snippet.Typed", "n": 1, "node": unknown()})
load(
    {
        "_type": "snippet.Typed",
        "n": {"_type": "nowhere.N"},
        "node": {"_type": "nowhere.M"},
    }
)
load([unknown(), {"k": {"_type": "nowhere.Y"}}])
load({"_type": "type", "name": "nowhere.X"})
load({"_type": "type", "name": "nowhere.X", "args": [1]})
load({"_type": "function", "name": "nowhere.f"})
load({"_type": "method", "name": "nowhere.X.f"})
load({"_type": "snippet.Node", "a": {"_type": "function", "name": "nowhere.f"}})
load({"_type": "function", "name": "nowhere.f"})(1)
load({"_type": "type", "name": "nowhere.X"})(1)
load({"_type": "type", "name": "nowhere.X"}).to_json()
load({"_type": "function", "name": "nowhere.f"}).to_json()
load({"_type": "method", "name": "nowhere.X.f"}).to_json()
load({"_type": "snippet.Node", "a": 1})
load({"_type": "snippet.Node", "nope": 1})
load({"_type": "snippet.nope", "a": 1})
load({"_type": "type", "name": "snippet.nope"})
load({"_type": "nowhere.X"})
load({"_type": 3})
pg.from_json(unknown())
pg.from_json({"_type": "type", "name": "nowhere.X"})
pg.from_json({"_type": "function", "name": "nowhere.f"})
pg.from_json_str('{"_type": "nowhere.X", "x": 1}', convert_unknown=True)
pg.from_json(unknown(), auto_import=False)
pg.from_json(unknown(), convert_unknown=True, auto_import=False)
pg.symbolic.UnknownType("a.B")
pg.symbolic.UnknownType("a.B", [1, "x"])
pg.symbolic.UnknownType("a.B").name, pg.symbolic.UnknownType("a.B", [1]).args
str(pg.symbolic.UnknownType("a.B"))
pg.symbolic.UnknownType("a.B") == pg.symbolic.UnknownType("a.B")
pg.symbolic.UnknownFunction("a.f"), pg.symbolic.UnknownMethod("a.B.f")
pg.symbolic.UnknownFunction.CALLABLE_TYPE, pg.symbolic.UnknownMethod.CALLABLE_TYPE
pg.symbolic.UnknownTypedObject("a.B", x=1)
pg.symbolic.UnknownTypedObject("a.B", x=[1]).x
str(pg.symbolic.UnknownTypedObject("a.B", x=1, y={"z": 2}))
pg.symbolic.UnknownTypedObject("a.B", x=1).to_json()
pg.symbolic.UnknownTypedObject("a.B", x=1).type_name
Typed(pg.symbolic.UnknownTypedObject("a.B"), Node())
pg.typing.Int().apply(pg.symbolic.UnknownTypedObject("a.B"))
pg.typing.Type(int).apply(pg.symbolic.UnknownType("a.B"))
pg.typing.Callable().apply(pg.symbolic.UnknownFunction("a.f"))
[
    c.auto_register
    for c in (
        pg.symbolic.UnknownType,
        pg.symbolic.UnknownFunction,
        pg.symbolic.UnknownSymbol,
    )
]
issubclass(pg.symbolic.UnknownType, pg.symbolic.UnknownSymbol)
