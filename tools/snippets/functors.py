"""Functors: binding early, late and at the call, and classes of functors."""

import copy
import inspect
import pickle

import pyglove as pg


class Leaf(pg.Object):
    x: int = 1


@pg.functor
def add(x, y=1):
    """Adds."""
    return x + y


@pg.functor([("x", pg.typing.Int()), ("y", pg.typing.Int())])
def typed(x, y):
    return x + y


@pg.functor()
def variadic(x: int, *args, k: str = "q", **kwargs):
    return (x, args, k, kwargs)


@pg.functor
def keywords(*, a, b=2):
    return a + b


@pg.functor
def rest(*args):
    return args


@pg.functor
def options(**kwargs):
    return kwargs


@pg.functor(auto_typing=True)
def annotated(x: int, y: "str" = "a") -> int:
    """Does it.

    Args:
      x: The x.
      y: The y.

    Returns:
      An int.
    """
    return x


@pg.functor(returns=pg.typing.Int())
def checked(x):
    return x


@pg.functor
def apply(fn, value):
    return fn(value)


class Sum(pg.Functor):
    x: int
    y: int = 2

    def _call(self):
        return self.x + self.y


class More(Sum):
    z: int = 1

    def _call(self):
        return super()._call() + self.z


@pg.functor(base_class=Sum)
def derived(a):
    return a


# Snippets
add
add(1)
str(add(1))
add(1)()
add()(1), add()(x=1, y=5), add(1)(y=4), add(1, 2)(), add(y=5)(2)
add(1)(2)
add(1)(5, override_args=True)
add(1, override_args=True)(5)
add(1)(x=5)
add(1)(x=5, override_args=True)
add()()
add(1, 2, 3)
add(1)(2, 3)
add(z=1)
add(1)(z=2)
add(1)(z=2, ignore_extra_args=True)
add(1, ignore_extra_args=True)(z=2)
add(1, 2)(3, ignore_extra_args=True)
add(1, x=2)
add(1).x, add(1).y, add().x
add(1).bound_args, add(1).specified_args, add(1).default_args
add(1).unbound_args, add(1).is_fully_bound, add(1).non_default_args
add().bound_args, add().unbound_args, add().is_fully_bound, add().specified_args
add(1, 1).specified_args, add(1, 1).non_default_args, add(1, 1).default_args
add(1).is_partial, add().is_partial, add().sym_partial, add().sym_missing()
add(1).to_json()
pg.from_json(add(1, 3).to_json())()
add(1) == add(1), add(1) == add(2), pg.eq(add(1), add(1)), hash(add(1)) == hash(add(1))
add.__schema__
# Expected difference: functors-and-compounds-have-signatures
inspect.signature(add)
inspect.signature(add.__init__)
add.__name__, add.__qualname__, add.__doc__, add.__module__
add(1).clone()(), copy.copy(add(1))(), copy.deepcopy(add(1))()
add(1).clone().specified_args
pickle.loads(pickle.dumps(add(1, 4)))()
add.partial(1)
add.partial()(1)
add(1)(y=pg.MISSING_VALUE)
add(pg.MISSING_VALUE, 1)
(lambda f: f.rebind(x=3) and f())(add(1))
(lambda f: (setattr(f, "y", 5), f(), f, f.specified_args))(add(1))
(lambda f: (f.rebind(y=pg.MISSING_VALUE, raise_on_no_change=False), f.specified_args))(
    add(1, 2)
)
(lambda f: (f.rebind(x=pg.MISSING_VALUE), f, f.specified_args))(add(1, 2))
(lambda f: (setattr(f, "w", 5), f))(add(1))
add(add(1, 2), 3)()
add(add(1, 2)(), 3)()
add(Leaf(2), Leaf(3)).x.sym_path
isinstance(add(1), pg.Functor), callable(add(1)), issubclass(add, pg.Object)
add.__mro__[1]
callable(add(1)._call)
typed(1)(y=2)
typed(1, "a")
typed(1)(y="a")
typed("a")
typed()(1, 2)
typed.__schema__
variadic(1, 2, 3, k="z", m=4)
variadic(1, 2, 3, k="z", m=4)()
variadic(1)(2, 3)
variadic(1)(m=3)
variadic(1, 2)(3)
variadic()(1, 2, k="z", w=5)
variadic.__schema__
# Expected difference: functors-and-compounds-have-signatures
inspect.signature(variadic)
# Expected difference: sym_init_args-is-a-view
variadic(1, 2, 3).sym_init_args
variadic(1, 2, m=3).to_json()
pg.from_json(variadic(1, 2, m=3).to_json())()
variadic(1, m=4).m
variadic("a")
variadic(1, k=1)
keywords(a=1)(), keywords()(a=4), keywords(b=3)(a=1)
keywords(1)
keywords()()
keywords.__schema__
rest(1, 2)(), rest()(1, 2), rest(1)(), rest()()
rest(1)(2)
rest(1, 2)
rest.__schema__
options(a=1)(), options()(b=2), options(a=1)(b=2)
options(a=1), options(a=1).a
options(a=1)(a=2)
options(1)
annotated.__schema__
annotated("a")
annotated(1)(), annotated(1).y
checked(1)()
checked("a")()
apply(add(1), 2)
apply(add(y=5), 2)()
apply(len, [1, 2])()
apply(lambda v: v, 3)()
with pg.auto_call_functors():
    print(add(1, 2))
with pg.auto_call_functors():
    print(add())
with pg.auto_call_functors():
    print(apply(abs, add(-5, 1)))
with pg.auto_call_functors():
    print(Sum(1))
Sum(1)(), Sum()(1), Sum(1, 3)(), Sum(1)(y=5), Sum()(x=5, y=6)
Sum(1)(2)
Sum()()
Sum(1)(x=3, override_args=True)
Sum(1)(z=3)
Sum("a")
Sum()("a")
Sum.__schema__
Sum(1), Sum(1).x
More(1)(), More(1, 2, 3)(), More.__schema__.keys()


class WithArguments(pg.Functor):
    scale: int

    def _call(self, value):
        return self.scale * value


derived(1)(), derived.__mro__[1], derived.__schema__


class NoCall(pg.Functor):
    x: int


NoCall(1)()
pg.functor(lambda x, y=2: x + y)(1)(y=5)
pg.functor(lambda x: x)(1)()
pg.functor()(lambda x: x).__name__
pg.functor_class(lambda x: x)
pg.symbolic.as_functor(lambda x, y=1: x + y)(2)
pg.symbolic.as_functor(lambda x: x)
pg.functor(5)
pg.functor([("x", pg.typing.Int()), ("z", pg.typing.Int())])(lambda x: x)
pg.functor([("x", pg.typing.Int(3))])(lambda x=1: x)
pg.functor([("x", pg.typing.Int())])(lambda x=1: x).__schema__
pg.symbolize(len)
pg.typing.Callable().apply(add(1))
pg.typing.Functor().apply(add(1))
pg.query(add(Leaf(1), [Leaf(2)]), where=lambda v: v == 2)
