"""Values from elsewhere: inferred ones, contextual objects and overrides."""

import threading
from typing import Any

import pyglove as pg


class Node(pg.Object):
    a: Any = None
    b: Any = None


class Inner(pg.ContextualObject):
    x: int = 1
    y: int = pg.contextual_attribute()
    z: Any = pg.contextual_attribute(default=9)


class Outer(pg.ContextualObject):
    y: int = 5
    inner: Any = None
    x: int = 7


class Plain(pg.Object):
    y: int = 5
    inner: Any = None


class Assignable(pg.ContextualObject):
    allow_symbolic_assignment = True
    y: int = 1


class Computed(pg.ContextualObject):
    y: int = pg.contextual_attribute()

    @property
    def twice(self):
        return self.y * 2


class Constant(pg.symbolic.InferredValue):
    value: int = 3

    def infer(self, **kwargs):
        return self.value


class Failing(pg.symbolic.InferredValue):
    def infer(self, **kwargs):
        raise AttributeError("not here")


class Broken(pg.symbolic.InferredValue):
    def infer(self, **kwargs):
        raise ValueError("broken")


class Wants(pg.Object):
    n: int
    s: str = "s"


def elsewhere(fn):
    """What a function returns in another thread."""
    result = []
    thread = threading.Thread(target=lambda: result.append(fn()))
    thread.start()
    thread.join()
    return result[0]


def under(fn, **kwargs):
    """What a function returns under an override."""
    with pg.contextual_override(**kwargs):
        return fn()


inherited = pg.symbolic.ValueFromParentChain

# Snippets
# Expected difference: tuples-of-one-item
Inner()
# Expected difference: tuples-of-one-item
str(Inner())
Inner().x, Inner().z
Inner().y
Inner(y=4).y
Inner(y="a")
Outer(3, Inner()).inner.y
Outer(3, Inner()).inner
Outer(3, [Inner()]).inner[0].y
Outer(3, {"k": Inner()}).inner.k.y
Outer(3, Node(Inner())).inner.a.y
Outer(3, Inner(y=8)).inner.y
Plain(3, Inner()).inner.y
pg.Dict(y=3, inner=Inner()).inner.y
pg.Dict(y=3, inner=Node(Inner())).inner.a.y
Outer(3, Outer(4, Inner())).inner.inner.y
(lambda o: (o.inner.y, o.rebind(y=8), o.inner.y))(Outer(3, Inner()))
# Expected difference: tuples-of-one-item
(lambda o, i: (i.y, o.rebind(inner=None), i))(*[o := Outer(3, Inner()), o.inner])
(lambda i: Outer(3, i).inner.clone())(Inner()).y
Outer(3, Inner()).clone().inner.y
Outer(3, Computed()).inner.twice
Computed().twice
Inner().to_json()
# Expected difference: tuples-of-one-item
pg.from_json(Inner().to_json())
pg.eq(Inner(), Inner()), Inner() == Inner(y=3)
# Expected difference: tuples-of-one-item
Inner.__schema__
# Expected difference: tuples-of-one-item
Inner().sym_getattr("y")
# Expected difference: tuples-of-one-item
Outer(3, Inner()).inner.sym_getattr("y")
Outer(3, Inner()).inner.sym_inferred("y")
Inner().sym_inferred("y")
Inner().sym_inferred("y", 5)
(
    Inner().sym_inferrable("y"),
    Inner().sym_inferrable("z"),
    Outer(3, Inner()).inner.sym_inferrable("y"),
)
# Expected difference: tuples-of-one-item
repr(Inner().sym_init_args)
Inner().is_partial, Inner().sym_missing(), Inner().sym_nondefault()
Outer(3, Inner()).format(compact=True, use_inferred=True)
# Expected difference: tuples-of-one-item
Inner().format(compact=True, use_inferred=True)
Outer(3, Inner()).to_json(use_inferred=True)
# Expected difference: tuples-of-one-item
Inner(1, pg.contextual_attribute(int), 3)
# Expected difference: tuples-of-one-item
pg.contextual_attribute()
pg.contextual_attribute(int, default=3)
pg.contextual_attribute(default=None)
list(pg.symbolic.ContextualAttribute.__schema__.keys())
Outer(3, Node(pg.contextual_attribute())).inner.a
Outer(3, Node(b=pg.contextual_attribute())).inner.b
# Expected difference: tuples-of-one-item
pg.typing.Int().apply(pg.contextual_attribute())
# Expected difference: tuples-of-one-item
pg.typing.Str().apply(pg.contextual_attribute(int))
# Expected difference: tuples-of-one-item
Wants(pg.contextual_attribute(int))
# Expected difference: tuples-of-one-item
Wants(pg.contextual_attribute(str))
# Overrides.
under(lambda: Outer().x, x=5)
under(lambda: Inner().y, y=5)
under(lambda: Inner(y=1).y, y=5)
under(lambda: Inner(y=1).y, y=5, override_attrs=True)
under(lambda: Outer(3, Inner()).inner.y, y=5)
under(lambda: Outer(3, Inner()).inner.y, y=5, override_attrs=True)
under(lambda: Plain(3).y, y=5, override_attrs=True)
under(lambda: Inner().z, z=1)
# Expected difference: tuples-of-one-item
under(lambda: Inner(), y=5)
under(lambda: Inner().sym_inferred("y"), y=5)
under(lambda: under(lambda: Inner().y, y=6), y=5)
under(lambda: under(lambda: Inner().y, y=6), y=5, cascade=True)
under(lambda: under(lambda: Inner().y, y=6, cascade=True), y=5, cascade=True)
under(lambda: under(lambda: Inner().y, x=6), y=5)
under(lambda: elsewhere(lambda: pg.contextual_value("y", "unset")), y=5)
under(lambda: elsewhere(pg.with_contextual_override(lambda: Inner().y)), y=5)
under(lambda: Inner().y, y="bad")
with Inner().override(x=3) as value:
    print(value)
# Expected difference: tuples-of-one-item
with (inner := Inner(2)).override(x=3, y=4):
    print(inner.x, inner.y, Inner(2).x, inner)
inner.x
with inner.override(x=3), pg.contextual_override(x=5, override_attrs=True):
    print(inner.x)
with inner.override(unknown=3):
    print(inner.unknown)
with inner.override(x=3):
    print(elsewhere(lambda: inner.x))
with inner.override(x=3):
    print(inner.clone().x, inner.sym_init_args.x)
with inner.override():
    print(inner.x)
(lambda a: (setattr(a, "y", 4), a.y))(Assignable())
with (assignable := Assignable()).override(y=3):
    assignable.y = 5
    print(assignable.y)
assignable.y
pg.contextual_value("y")
pg.contextual_value("y", 3)
pg.contextual_value("y", None)
under(lambda: pg.contextual_value("y"), y=2)
under(lambda: pg.contextual_value("y"), y=None)
under(lambda: pg.utils.all_contextual_values(), y=2, x=1)
under(lambda: pg.utils.get_contextual_override("y"), y=2, cascade=True)
pg.utils.get_contextual_override("y")
pg.utils.ContextualOverride(1)
pg.utils.ContextualOverride(1, True, True) == pg.utils.ContextualOverride(1)
under(
    lambda: pg.utils.all_contextual_values(),
    y=pg.utils.ContextualOverride(2, cascade=True),
)
with pg.contextual_override(y=1) as value:
    print(value)
pg.contextual_override(1)
# Inferred values of one's own.
Node(Constant()).a
Node(Constant(4))
Node(Constant(4)).sym_getattr("a")
Wants(Constant()).n
Wants(1, Constant())
Wants(1, Constant()).s
Node(Failing()).a
Node(Failing())
hasattr(Node(Failing()), "a")
Node(Failing()).sym_inferred("a", 3)
Node(Broken()).a
Node(Broken()).sym_inferrable("a")
pg.Dict(a=Constant()).a, pg.Dict(a=Constant())["a"], pg.Dict(a=Constant()).get("a")
list(pg.Dict(a=Constant()).values()), list(pg.Dict(a=Constant()).items())
pg.List([Constant()])[0], list(pg.List([Constant()]))
pg.Dict(a=Failing()).a
pg.Dict(a=Failing()).get("a", 2)
pg.List([Failing()])[0]
Node(Node(inherited()), 3).a.a
Node(Node(b=inherited()), 3).a.b
Node(Node(b=inherited()), Constant()).a.b
pg.Dict(b=3, a=Node(b=inherited())).a.b
pg.Dict(b=3, a=pg.Dict(c=pg.Dict(b=inherited()))).a.c.b
pg.Dict(b=3, a=[Node(b=inherited())]).a[0].b
pg.Dict(b=inherited()).b
Node(Node(b=inherited()), 3).clone(deep=True).a.b
inherited()
inherited().to_json()
inherited().infer()
inherited().inference_key
inherited() == inherited()
Node(Constant()).to_json()
Node(Constant()).to_json(use_inferred=True)
Node(Constant()).format(compact=True, use_inferred=True)
pg.query(Node(Constant(4)), where=lambda v: v == 4)
Node(Constant()).rebind(a=pg.MISSING_VALUE)
Node(Constant()).rebind({"a.value": 9}).a
[
    c.__name__
    for c in pg.symbolic.InferredValue.__mro__
    if c.__name__ in ("Inferential", "CustomTyping")
]
