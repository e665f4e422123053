"""Where objects come from, when that is tracked."""

from typing import Any

import pyglove as pg


class Leaf(pg.Object):
    x: int = 1


class Node(pg.Object):
    a: Any = None


@pg.functor
def make(x):
    return Leaf(x)


def tracked(fn, enabled=True):
    """What a function returns while origins are tracked."""
    with pg.track_origin(enabled):
        return fn()


def tags(node):
    """The tags of an origin and of all before it."""
    origin = node.sym_origin
    return None if origin is None else [one.tag for one in origin.history()]


def chained():
    """A clone of a clone."""
    first = Leaf(1)
    return first, first.clone(), first.clone().clone(deep=True)


# Snippets
Leaf(1).sym_origin
tracked(lambda: Leaf(1)).sym_origin
str(tracked(lambda: Leaf(1)).sym_origin)
tracked(lambda: Leaf(1), False).sym_origin
(lambda o: (o.tag, o.source, o.stack is None, o.stacktrace is None))(
    tracked(lambda: Leaf(1)).sym_origin
)
tracked(lambda: Leaf(1)).sym_origin.root
tracked(lambda: Leaf(1)).sym_origin.history()
[tags(node) for node in tracked(chained)]
[tags(node) for node in chained()]
tracked(lambda: Leaf(1).clone()).sym_origin.source
tracked(lambda: Leaf(1).clone()).sym_origin
tracked(lambda: Leaf(1).clone()).sym_origin.root.tag
tracked(lambda: Leaf(1).clone()).sym_origin.chain("__init__")
tracked(lambda: Leaf(1).clone()).sym_origin.history(lambda o: o.tag == "clone")
tracked(lambda: tags(Node(Leaf(1)).clone().a))
tracked(lambda: tags(Node(Leaf(1)).clone(deep=True).a))
tracked(lambda: tags(make(1)))
tracked(lambda: tags(make(1)()))
tracked(lambda: make(1)().sym_origin)
tracked(lambda: tags(pg.Dict(a=1))), tracked(lambda: tags(pg.List([1])))
tracked(lambda: tags(Node([Leaf(1)]).a))
tracked(lambda: tags(pg.from_json(Leaf(1).to_json())))
tracked(lambda: tags(Leaf(1).rebind(x=2)))
tracked(lambda: tags(Leaf.partial()))
(lambda n: (n.sym_setorigin("here", "mine"), n.sym_origin))(Leaf(1))
(lambda n: (n.sym_setorigin("here", "mine"), n.sym_origin.source))(Leaf(1))
(lambda n: (n.sym_setorigin(Leaf(2), "mine"), n.sym_origin))(Leaf(1))
tracked(lambda: (lambda n: (n.sym_setorigin("here", "mine"), tags(n)))(Leaf(1)))
tracked(lambda: (lambda n: (n.sym_setorigin(Leaf(2), "mine"), tags(n)))(Leaf(1)))
(lambda n: (n.sym_setorigin("a", "b"), n.sym_setorigin("c", "d"), tags(n)))(Leaf(1))
(
    lambda n: (
        n.sym_setorigin("here", "mine", stacktrace=True),
        len(n.sym_origin.stack) > 0,
    )
)(Leaf(1))
(
    lambda n: (
        n.sym_setorigin("here", "mine", stacktrace=True, stacklimit=1),
        len(n.sym_origin.stack),
    )
)(Leaf(1))
(lambda n: (n.sym_setorigin("here", "mine", stacktrace=False), n.sym_origin.stack))(
    Leaf(1)
)
pg.Origin("a", "b")
pg.Origin(None, "b")
pg.Origin("a", "b").root, pg.Origin("a", "b").history(), pg.Origin("a", "b").chain("b")
pg.Origin("a", "b") == pg.Origin("a", "b"), pg.Origin("a", "b") != pg.Origin("a", "c")
pg.Origin("a", "b", stacktrace=True).stack is None
pg.Origin(1, 2)
(lambda n: (n.sym_setorigin("src", "t"), pg.Origin(n, "later").history()))(Leaf(1))
(lambda n: (n.sym_setorigin("src", "t"), pg.Origin(n, "later").chain()))(Leaf(1))
(lambda n: (n.sym_setorigin("src", "t"), pg.Origin(n, "later").root))(Leaf(1))
pg.symbolic.get_origin_stacktrace_limit()
pg.set_origin_stacktrace_limit(3)
pg.symbolic.get_origin_stacktrace_limit()
pg.set_origin_stacktrace_limit(10)
pg.symbolic.is_tracking_origin(), tracked(pg.symbolic.is_tracking_origin)
