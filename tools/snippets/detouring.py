"""Detours: other classes, or functions, where a program creates objects."""

import abc
import copy
import dataclasses
import threading

import pyglove as pg

d = pg.detouring


class A:
    def __init__(self, x=1):
        self.x = x

    def __repr__(self):
        return f"{type(self).__name__}({self.x})"


class B:
    def __init__(self, x=1):
        self.x = x

    def __repr__(self):
        return f"B({self.x})"


class Sub(A):
    pass


class C:
    def __init__(self, x=1, y=2):
        self.x, self.y = x, y

    def __repr__(self):
        return f"C({self.x}, {self.y})"


class Child(A):
    def __init__(self, x):
        super().__init__(x + 100)


class WithNew:
    def __new__(cls, *args, **kwargs):
        print("new", cls.__name__, args, kwargs)
        return super().__new__(cls)

    def __init__(self, x):
        print("init", x)
        self.x = x


class Plain:
    pass


class Recursive:
    def __init__(self, n):
        self.n = n
        self.inner = Recursive(n - 1) if n else None


class Abstract(abc.ABC):
    @abc.abstractmethod
    def f(self): ...


class Concrete(Abstract):
    def f(self):
        return 1


@dataclasses.dataclass
class Data:
    x: int = 1


class Sym(pg.Object):
    x: int = 1


class SymOther(pg.Object):
    x: int = 2


class Meta(type):
    def __call__(cls, *args, **kwargs):
        print("meta call", cls.__name__)
        return super().__call__(*args, **kwargs)


class WithMeta(metaclass=Meta):
    def __init__(self, x=1):
        self.x = x


def make(cls, *args, **kwargs):
    return ("made", cls.__name__, args, kwargs)


def original(cls, *args, **kwargs):
    return cls(*args, **kwargs)


def doubled(cls, x):
    return cls(x * 2)


def as_b(cls, *args):
    return B(*args)


def within(mappings, fn):
    """What a function returns under detours."""
    with pg.detour(mappings):
        return fn()


def names(mappings):
    """Detours by name."""
    return {k.__name__: v.__name__ for k, v in mappings.items()}


def generator():
    with pg.detour([(A, B)]):
        yield A(1)
        yield A(2)


def elsewhere(fn):
    """What a function returns in another thread."""
    result = []
    thread = threading.Thread(target=lambda: result.append(fn()))
    thread.start()
    thread.join()
    return result[0]


def program(n):
    """A function deep in a program."""
    return [A(i) for i in range(n)]


# Snippets
within([(A, B)], lambda: A(5))
within([(A, B)], lambda: A())
within([(A, B)], lambda: A(x=7))
within([(A, C)], lambda: A(5))
within([(A, C)], lambda: A(5, 6))
within([(A, B)], lambda: A(5, 6))
within([(A, make)], lambda: A(5, k=1))
within([(A, original)], lambda: A(5))
# Expected difference: detours
within([(A, doubled)], lambda: A(5))
within([(A, as_b)], lambda: A(5))
within([(A, lambda cls, x: x)], lambda: A(5))
within([(A, lambda cls: None)], lambda: A())
within([(A, B)], lambda: program(2))
within([(A, B)], lambda: B(3)), within([(A, B)], lambda: Child(3))
within([(A, C)], lambda: Child(3)), within([(A, C)], lambda: type(B(3)).__name__)
within([(A, B), (B, C)], lambda: (A(1), B(1)))
within([(A, C), (C, B)], lambda: (A(1), C(1)))
within([(A, C), (C, A)], lambda: (A(1), C(1)))
within([(A, A)], lambda: A(1))
within([(A, B), (A, C)], lambda: A(1))
within([], lambda: A(1))
within([(A, B)], lambda: within([(A, C)], lambda: A(1)))
within([(A, B)], lambda: within([(B, C)], lambda: (A(1), B(1))))
within([(B, C)], lambda: within([(A, B)], lambda: (A(1), B(1))))
# Expected difference: detours
within([(A, doubled)], lambda: within([(A, C)], lambda: A(2)))
within([(B, make)], lambda: within([(A, B)], lambda: A(2)))
within([(A, as_b)], lambda: within([(B, C)], lambda: A(2)))
within([(B, C)], lambda: within([(A, as_b)], lambda: A(2)))
within([(A, B)], lambda: within([(C, A)], lambda: C(2)))
A(1), B(1), C(1)
within([(A, B)], lambda: 1 / 0)
A(1)
within([(A, B)], lambda: elsewhere(lambda: A(1)))
elsewhere(lambda: within([(A, B)], lambda: A(1)))
names(within([(A, B)], lambda: d.current_mappings()))
names(within([(A, B)], lambda: within([(B, C)], lambda: d.current_mappings())))
names(within([(B, C)], lambda: within([(A, B)], lambda: d.current_mappings())))
names(within([(A, B)], lambda: within([(A, C)], lambda: d.current_mappings())))
d.current_mappings()
with pg.detour([(A, B)]) as mappings:
    print(names(mappings))
with d.detour([(A, B)]):
    print(
        A(1), d.undetoured_new(A, 1), d.undetoured_new(A, x=2), d.undetoured_new(B, 3)
    )
d.undetoured_new(A, 4)
d.undetoured_new(1)
within([(Recursive, lambda cls, n: ("other", n))], lambda: Recursive(3))
within([(Recursive, original)], lambda: Recursive(2).inner.inner.n)
within([(WithNew, Plain)], lambda: type(WithNew(1)).__name__)
within([(WithNew, A)], lambda: WithNew(1))
# Expected difference: detours
within([(WithNew, original)], lambda: WithNew(1).x)
within([(A, WithNew)], lambda: A(1).x)
within([(Plain, A)], lambda: Plain())
within([(Plain, A)], lambda: Plain(3))
within([(A, Plain)], lambda: type(A()).__name__)
# Expected difference: detours
within([(A, Plain)], lambda: A(1))
# Expected difference: detours
Plain(1)
type(Plain()).__name__, WithNew(2).x
within([(Abstract, Concrete)], lambda: Abstract())
within([(Abstract, Concrete)], lambda: Concrete().f())
Abstract()
within([(Data, A)], lambda: Data(3)), within([(A, Data)], lambda: A(3)), Data(2)
# Expected difference: detours
within([(Data, doubled)], lambda: Data(3))
within([(Sym, SymOther)], lambda: Sym(5)), within([(Sym, SymOther)], lambda: Sym())
within([(Sym, A)], lambda: Sym(5)), within([(A, Sym)], lambda: A(5))
# Expected difference: detours
within([(Sym, doubled)], lambda: Sym(5))
within([(Sym, SymOther)], lambda: Sym(x=5).clone()), Sym(1)
within([(WithMeta, A)], lambda: WithMeta(5))
# Expected difference: assertions-and-internal-errors
within([(int, A)], lambda: int(5))
within([(A, 1)], lambda: A(5))
within([(1, A)], lambda: A(5))
within([("A", A)], lambda: A(5))
within([(A, "B")], lambda: A(5))
within([A], lambda: A(5))
within([(A, B, C)], lambda: A(5))
within(A, lambda: A(5))
within(None, lambda: A(5))
within([(A, len)], lambda: A(5))
within([(A, lambda cls, *a: cls)], lambda: A(5)).__name__
within([(A, B)], lambda: copy.copy(A(5))), within([(A, B)], lambda: copy.deepcopy(A(5)))
a = A(5)
# Expected difference: detours
within([(A, C)], lambda: copy.copy(a)), within([(A, C)], lambda: copy.deepcopy(a))
(
    within([(A, C)], lambda: isinstance(A(1), A)),
    within([(A, B)], lambda: isinstance(A(1), A)),
)
within([(A, lambda cls, x: cls(x).x)], lambda: [A(1), A(2)])
within([(A, lambda cls, x: [cls(x), A(x)])], lambda: A(3))
within([(A, lambda cls, x: [B(x), C(x)]), (B, C)], lambda: A(3))
steps = generator()
next(steps), A(0)
list(steps), A(0)
sum(1 for _ in [within([(A, B)], lambda: A(1)) for _ in range(100)]), A(1)
A.__new__ is object.__new__, "__new__" in A.__dict__, A.__init__.__qualname__
pg.detour is d.detour, sorted(n for n in dir(d) if n in ("detour", "undetoured_new"))
within([(A, Sub)], lambda: A(5))
within([(A, Sub)], lambda: isinstance(A(1), A))
# Expected difference: detours
within([(A, Sub), (Sub, C)], lambda: (A(1), Sub(1)))
# Expected difference: detours
within([(A, Sub)], lambda: Sub(2))
# Expected difference: detours
A(1), Sub(2)
