"""Pure symbolic and non-deterministic values, and where they are accepted."""

import random
from typing import Any

import pyglove as pg


class Node(pg.Object):
    a: Any = None
    b: Any = None


class Typed(pg.Object):
    n: int
    s: str = "s"
    items: list[int] = []


class Unknown(pg.PureSymbolic, pg.typing.CustomTyping):
    """Stands for any value."""

    def custom_apply(self, path, value_spec, allow_partial=False, child_transform=None):
        return (False, self)


class Placeholder(pg.Object, pg.PureSymbolic):
    name: str = "p"

    def custom_apply(self, path, value_spec, allow_partial=False, child_transform=None):
        return (False, self)


class Random(pg.Object, pg.symbolic.NonDeterministic):
    seed: int = 1


class Doubling(pg.typing.CustomTyping):
    def custom_apply(self, path, value_spec, allow_partial=False, child_transform=None):
        print(str(path), type(value_spec).__name__, allow_partial)
        return (True, 4)


class Bound(pg.Object):
    n: int

    def _on_bound(self):
        super()._on_bound()
        print("bound")


# Snippets
Node(Placeholder())
Node(Placeholder()).is_pure_symbolic, Node(Placeholder()).sym_puresymbolic
Node([Placeholder()]).is_pure_symbolic, Node((Placeholder(),)).is_pure_symbolic
Node({"k": [Placeholder()]}).is_pure_symbolic, Node(1).is_pure_symbolic
(
    Node(Placeholder()).is_abstract,
    Node(Placeholder()).sym_abstract,
    Node(Placeholder()).is_partial,
)
Typed(Placeholder())
Typed(Placeholder()).n
Typed(1, Placeholder(), [Placeholder()])
Typed(1, items=Placeholder())
Typed(Unknown()).n.__class__
Typed(Unknown()).is_pure_symbolic
Bound(Placeholder())
Bound(Placeholder()).rebind(n=1)
Bound(1)
Typed(Placeholder()).to_json()
Typed(Placeholder()).clone()
Typed(Placeholder()).rebind(n=2).is_pure_symbolic
Typed(1).rebind(n=Placeholder()).is_pure_symbolic
Node(Placeholder()) == Node(Placeholder())
(
    pg.is_pure_symbolic(Placeholder()),
    pg.is_pure_symbolic([Placeholder()]),
    pg.is_pure_symbolic(1),
)
pg.is_pure_symbolic((1, Placeholder())), pg.is_pure_symbolic({"a": Placeholder()})
pg.is_abstract(Placeholder()), pg.is_abstract([Placeholder()]), pg.is_abstract([1])
pg.is_deterministic(1), pg.is_deterministic(Node(1)), pg.is_deterministic(Random())
(
    pg.is_deterministic([Random()]),
    pg.is_deterministic(Node([Random()])),
    pg.is_deterministic((Random(),)),
)
Node(1).is_deterministic, Node(Random()).is_deterministic
pg.is_deterministic(random.random), pg.is_deterministic(lambda: 1)
pg.is_partial(Placeholder()), pg.is_partial(Node.partial())
pg.typing.Int().apply(Placeholder())
pg.typing.Int().apply(Doubling())
pg.typing.Int(max_value=3).apply(Doubling())
pg.typing.Str().apply(Doubling())
pg.typing.List(pg.typing.Int()).apply([1, Doubling()])
pg.typing.Int().freeze(1).apply(Doubling())
Typed(Doubling())
pg.typing.Any().apply(Doubling())
pg.typing.Int(transform=lambda v: v + 1).apply(Placeholder())
pg.Dict(a=Placeholder()).is_pure_symbolic, pg.List([Placeholder()]).is_pure_symbolic
pg.List([1, Placeholder()], value_spec=pg.typing.List(pg.typing.Int()))
(
    isinstance(Placeholder(), pg.PureSymbolic),
    issubclass(pg.PureSymbolic, pg.typing.CustomTyping),
)
[c.__name__ for c in pg.PureSymbolic.__mro__]
[c.__name__ for c in pg.symbolic.NonDeterministic.__mro__]
