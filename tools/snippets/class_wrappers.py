"""Symbolic classes out of plain ones: wrap, symbolize, wrap_module, apply_wrappers."""

import copy
import inspect
import pickle
import sys
import types

import pyglove as pg


class Base:
    """Base doc."""

    kind = "base"

    def __init__(self, x: int, y="a", *args, z=None, **kw):
        self.x = x
        self.y = y
        self.args = args
        self.z = z
        self.kw = kw

    def total(self):
        return self.x


Wrapped = pg.symbolize(Base)


@pg.symbolize
class Cell:
    def __init__(self, op1, op2: str = "none"):
        print("init", op1, op2)
        self.op1, self.op2 = op1, op2
        self.state = f"{op1}|{op2}"

    def arch(self):
        return self.state


class Named:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return "named"

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


class Derived(Named):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y


WrappedDerived = pg.symbolize(Derived)


class Subclass(WrappedDerived):
    def __init__(self, z):
        super().__init__(z, z)
        self.z = z


class Empty:
    pass


class Static:
    count = 0

    def __init__(self, n=1):
        """Makes one.

        Args:
          n: How many.
        """
        self.n = n

    @staticmethod
    def helper():
        return 1

    @classmethod
    def make(cls, n):
        return cls(n)

    @property
    def double(self):
        return self.n * 2


Symbolic = pg.wrap(Static)
WithSchema = pg.wrap(
    Base, [("x", pg.typing.Int(min_value=3), "The x."), ("y", pg.typing.Str("a"))]
)


@pg.symbolize([("x", pg.typing.Int())], eq=True)
class Listed:
    def __init__(self, x, y=1):
        self.x = x


module = types.ModuleType("some_module")
exec(
    "class A:\n  def __init__(self, x=1): self.x = x\n"
    "class B(A): pass\n"
    "_C = A\n"
    "def fn(): return A(2)\n",
    module.__dict__,
)
sys.modules["some_module"] = module


@pg.symbolize
def square(x: int):
    return x * x


# Snippets
Wrapped
[c.__name__ for c in Wrapped.__mro__ if c.__module__ == "snippet"]
Wrapped.__name__, Wrapped.__module__, Wrapped.__qualname__, Wrapped.__doc__
inspect.signature(Wrapped)
inspect.signature(Wrapped.__init__)
Wrapped.__schema__
Wrapped.sym_wrapped
Wrapped(1)
Wrapped(1, "b", 3, 4, z=5, q=6)
(lambda w: (w.x, w.y, w.args, w.z, w.kw))(Wrapped(1, "b", 3, 4, z=5, q=6))
Wrapped("a")
Wrapped()
Wrapped(1, x=2)
str(Wrapped(1))
(lambda w: (w.rebind(x=5), w.x, w.total()))(Wrapped(1))
Wrapped(1).to_json()
Wrapped(1).kind
isinstance(Wrapped(1), Base), isinstance(Wrapped(1), pg.Object)
isinstance(Wrapped(1), pg.ClassWrapper), issubclass(Wrapped, Base)
(lambda w: (setattr(w, "x", 3), w.x, w.sym_init_args.x, w))(Wrapped(1))
# Expected difference: sym_init_args-is-a-view
Wrapped(1).sym_init_args
# Expected difference: sym_init_args-is-a-view
Wrapped(1, 2, 3).sym_init_args
Wrapped.partial()
pg.from_json(Wrapped(1).to_json())
pg.query(Wrapped(1, [Wrapped(2)]), where=lambda v: v == 2)
Cell
Cell("conv")
(lambda c: (c.rebind(op2="skip"), c.arch()))(Cell("conv"))
Cell("conv").clone()
Cell("conv").clone().arch()
Cell("conv").clone(deep=True).arch()
# Expected difference: copies-of-wrapped-objects-keep-their-state
copy.copy(Cell("conv")).arch()
# Expected difference: copies-of-wrapped-objects-keep-their-state
copy.deepcopy(Cell("conv")).arch()
# Expected difference: copies-of-wrapped-objects-keep-their-state
pickle.loads(pickle.dumps(Cell("conv"))).arch()
(lambda a, b: (a == b, pg.eq(a, b), hash(a) == hash(b)))(Cell("a"), Cell("a"))
Cell.partial()
Cell.partial().rebind(op1="x").arch()
Cell.partial().op1
Cell.partial().arch()
Cell.__schema__
Cell(op2="x")
Cell("a", "b", "c")
Cell("a", 1)
Named(1), pg.symbolize(Named)(1), pg.symbolize(Named, repr=False)(1)
str(pg.symbolize(Named)(1)), str(pg.symbolize(Named, repr=False)(1))
pg.symbolize(Named)(1) == pg.symbolize(Named)(2)
pg.symbolize(Named, eq=True)(1) == pg.symbolize(Named, eq=True)(1)
(lambda c: (c(1) == c(2), c(1) == c(1), pg.eq(c(1), c(2))))(pg.symbolize(Named))
(lambda c: (c(1) == c(2), c(1) == c(1), hash(c(1)) == hash(c(1))))(
    pg.symbolize(Named, eq=True)
)
WrappedDerived(1, 2).sym_init_args, WrappedDerived(1, 2).x
Subclass(3)
Subclass(3).x, Subclass(3).z
Subclass.__schema__
Subclass(3).rebind(z=4).x
pg.symbolize(Empty)()
pg.symbolize(Empty).__schema__
pg.symbolize(Empty)(1)
pg.symbolize(Wrapped) is Wrapped
pg.symbolize(Base).__name__, pg.wrap(Base, class_name="Renamed").__name__
pg.wrap(Base, class_name="Renamed", module_name="elsewhere")(1).to_json()
pg.wrap(Base, serialization_key="the_key")(1).to_json()
pg.wrap(Static, auto_doc=True).__schema__
pg.wrap(Base, auto_typing=True).__schema__
pg.wrap(Static, override={"double": 7})(2).double
pg.wrap(Base, override={"total": lambda self: -1})(2).total()
Symbolic(2).double, Symbolic.helper(), Symbolic.count, Symbolic.make(3)
type(Symbolic.make(3)).__name__
WithSchema(3)
WithSchema(1)
WithSchema(3, 1)
WithSchema.__schema__
pg.wrap(Base, [("nope", pg.typing.Int())])
pg.wrap(Static, [("nope", pg.typing.Int())])
pg.wrap(1)
Listed(1) == Listed(1)
Listed("a")
Listed(1, "b")
(lambda w: (w.rebind(n=3), w.n, w.old))(
    pg.wrap(Static, reset_state_fn=lambda self: setattr(self, "old", self.n))(2)
)
pg.symbolize(1)
pg.symbolize("a")
pg.symbolize(list)
pg.symbolize(dict)
callable(pg.symbolize())
square(3)()
square("a")
square.__schema__
type(square).__name__, square.__mro__[1].__name__
pg.wrap_module(module)
pg.wrap_module(module, ["A"])
pg.wrap_module(module, names=["A", "nope"])
pg.wrap_module(module, where=lambda c: c.__name__ == "B")
(
    lambda target: (
        pg.wrap_module(module, export_to=target),
        sorted(k for k in vars(target) if k[0] != "_"),
    )
)(types.ModuleType("target"))
module.A.__mro__[0].__module__, issubclass(module.A, pg.Object)
with pg.apply_wrappers([Wrapped]):
    print(Base(1), isinstance(Base(1), pg.Object))
Base.__init__.__qualname__, isinstance(Base(1), pg.Object)
with pg.apply_wrappers([Wrapped], where=lambda c: False):
    print(isinstance(Base(1), pg.Object))
with pg.apply_wrappers():
    print(isinstance(Base(1), pg.Object), isinstance(Named(1), pg.Object))
with pg.apply_wrappers([Wrapped]):
    print(Wrapped(1))
# Expected difference: assertions-and-internal-errors
with pg.apply_wrappers([Base]):
    print(Base(1))
with pg.apply_wrappers([WrappedDerived]):
    print(Derived(1, 2), Named(1).__class__)
