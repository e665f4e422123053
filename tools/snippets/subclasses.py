"""Classes below classes: constructors, mixins, generics, protocols of the library."""

import abc
import collections.abc
import copy
import inspect
import pickle
from typing import Any, Final, Generic, Literal, TypeVar

import pyglove as pg

T = TypeVar("T")


class Parsed(pg.Object):
    x: int
    y: int = 1

    @pg.explicit_method_override
    def __init__(self, text, **kwargs):
        super().__init__(x=int(text), **kwargs)


class Wider(Parsed):
    z: int = 3


class Needing(Wider):
    w: int


class Widest(Wider):
    @pg.explicit_method_override
    def __init__(self):
        super().__init__("9", z=5)


class Deriving(Parsed):
    def _on_bound(self):
        super()._on_bound()
        self.doubled = self.x * 2


@pg.use_init_args(["x"])
class Reordered(Parsed):
    pass


@pg.members([("k", pg.typing.Int(7))])
class Extended(Parsed):
    pass


class Stateful:
    def __init__(self):
        self.state = [n for n in vars(self) if n == "x"]
        super().__init__()


class Mixed(pg.Object, Stateful):
    x: int

    def _on_bound(self):
        super()._on_bound()
        self.bound = self.state is not None


class Function(pg.Functor, Stateful):
    x: int

    def _call(self):
        return self.state


class Numbers(pg.Object, collections.abc.Sequence):
    items: list[int]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        return self.items[index]


class Table(pg.Object, collections.abc.Mapping):
    items_: dict[str, int]

    def __len__(self):
        return len(self.items_)

    def __iter__(self):
        return iter(self.items_)

    def __getitem__(self, key):
        return self.items_[key]


class Shape(pg.Object):
    @abc.abstractmethod
    def area(self): ...


class Square(Shape):
    side: int

    def area(self):
        return self.side**2


class Container(pg.Object, Generic[T]):
    item: Any


def kinds(*bases):
    return type(pg.Object)("Made", bases, {"__annotations__": {"x": int}})


# Snippets
# A constructor is inherited.
Wider("1"), Wider("1", z=4), Wider(text="1")
Wider(x=1)
Wider()
Wider("1", "2")
Wider("1", q=3)
Needing("1", w=2)
Needing("1")
Widest()
Deriving("1"), Deriving("1").doubled
Reordered("1")
Reordered(x=1)
Extended("1"), Extended("1", k=2)
Wider.partial("1"), Needing.partial("1")
Wider.partial()
Wider("1", sealed=True).is_sealed
Wider("1").rebind(x=4)
Wider("1").to_json()
Wider("1") == Wider("1"), Wider("1") == Parsed("1")
Wider.__init__ is Parsed.__init__
inspect.signature(Wider), inspect.signature(Wider.__init__)
Wider.init_arg_list
# Expected difference: user-defined-constructors
Wider("1").clone()
# Expected difference: user-defined-constructors
pickle.loads(pickle.dumps(Wider("1")))
# Bases that are not symbolic.
Mixed(1).state, Mixed(1).bound
Mixed(1).clone().state, copy.copy(Mixed(1)).state, copy.deepcopy(Mixed(1)).state
pg.from_json(Mixed(1).to_json()).state, pickle.loads(pickle.dumps(Mixed(1))).state
Mixed.partial().state
Function(1)()
kinds(Stateful, pg.Object)
kinds(pg.Object, Stateful)(1).state
kinds(pg.Object, dict)(1)
kinds(dict, pg.Object)
kinds(RuntimeError, pg.Object)
kinds(pg.Object, RuntimeError)(1)
list(Numbers([1, 2])), 2 in Numbers([2]), len(Numbers([])), Numbers([3])
Numbers([1]) == Numbers([1]), Numbers([1]) == [1]
dict(Table({"a": 1})), Table({"a": 1}) == Table({"a": 1}), Table({"a": 1}) == {"a": 1}
list(Table({"a": 1}).items())
Shape()
Square(2).area(), issubclass(Square, Shape)
Container(1), Container[int](1), Container[int].__origin__ is Container


class Empty(pg.Object):
    x: Final[int]


class Refined(Square):
    side = 3


Refined(), Refined(4), Refined.__schema__


class Refined2(Square):
    side: int = 3
    corners: Final[int] = 4


Refined2(), Refined2(4).area(), Refined2.init_arg_list
Refined2(corners=5)


class Wrong(Square):
    side: str


class Wrong2(Square):
    side = "a"


class Kinds(pg.Object):
    kind: Literal["a", "b"]
    size: Final[int] = 1


class Fixed(Kinds):
    kind: Final[str] = "b"
    size: Final[int] = 1


Fixed(), Fixed.__schema__, Fixed.init_arg_list
Fixed(kind="a")


class Wrong3(Kinds):
    kind: Final[str] = "c"


class Wrong4(Kinds):
    size: Final[int] = 2
