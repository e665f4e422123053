"""Classes of objects: fields, defaults, constructors and what subclasses change."""

import abc
import inspect
from typing import (
    Annotated,
    Any,
    Callable,
    ClassVar,
    Dict,
    Final,
    List,
    Literal,
    Optional,
    Tuple,
    Union,
)

import pyglove as pg


class Leaf(pg.Object):
    x: int
    y: float = 1.0
    z: str = "a"


class Tree(pg.Object):
    name: str
    leaves: list[Leaf] = []
    table: dict = {}
    left: Leaf | None = None
    right: Any = None


class Many(pg.Object):
    a: Annotated[int, "The first."] = 1
    b: Literal["x", "y"] = "x"
    c: Callable[[int], int] = abs
    d: Tuple[int, str] = (1, "a")
    e: Dict[str, int] = {}
    f: Optional[Leaf] = None
    g: Union[int, str] = 1
    h: pg.typing.Int(min_value=0) = 3
    i: List[float] = [1.0]


@pg.members(
    [
        ("x", pg.typing.Int(), "The x."),
        (pg.typing.StrKey("p.*"), pg.typing.Str(), "All others."),
    ]
)
class Open(pg.Object):
    """Accepts more than it names."""


@pg.members(
    [("a", pg.typing.Int()), ("b", pg.typing.Str("q"))], init_arg_list=["b", "a"]
)
class Ordered(pg.Object):
    pass


@pg.use_init_args(["a", "*rest"])
@pg.members([("a", pg.typing.Int()), ("rest", pg.typing.List(pg.typing.Int()))])
class Variadic(pg.Object):
    pass


class Base(pg.Object):
    x: int
    y: str = "a"

    def name(self):
        return "name"


class Child(Base):
    x = 5
    z: float


class Grandchild(Child):
    y = "b"
    z = 2
    name: str = "c"


class Own(pg.Object):
    x: int
    y: int

    @pg.explicit_method_override
    def __init__(self, z, **kwargs):
        super().__init__(x=z, y=z + 1, **kwargs)


class Kept(pg.Object):
    x: int
    _hidden: int = 3
    LIMIT: ClassVar[int] = 2
    OTHER = 3

    @property
    def doubled(self):
        return 2 * self.x


class Documented(pg.Object):
    """What it is for.

    More about it.

    Attributes:
      x: The x,
        on two lines.
      y: The y.
    """

    x: int
    y: str = ""


class Abstract(pg.Object):
    x: int

    @abc.abstractmethod
    def run(self):
        """Runs."""


class Concrete(Abstract):
    def run(self):
        return self.x


class Fixed(pg.Object):
    a: pg.typing.Int(3).freeze()
    b: Final[int] = 2


class Later(pg.Object):
    next: "Later | None" = None
    nodes: List["Unseen"] = []


class Unseen(pg.Object):
    x: int = 1


class Needs(pg.Object):
    a: int
    b: Leaf
    c: Optional[str]
    d: Any
    e: dict[str, int]
    f: list[int]


# Snippets
Leaf(1)
str(Leaf(1))
Leaf(1, 2)
Leaf(1, 2.0, "b")
Leaf(x=1, z="c")
Leaf(1.5)
Leaf("a")
Leaf(True)
Leaf(None)
Leaf()
Leaf(1, foo=2)
Leaf(1, 2.0, "a", 3)
Leaf(1, x=2)
Leaf(x=pg.MISSING_VALUE)
Leaf(1, y=pg.MISSING_VALUE)
inspect.signature(Leaf)
inspect.signature(Leaf.__init__)
Leaf.__schema__
str(Leaf.__schema__)
Leaf.__type_name__
Leaf.__serialization_key__
Leaf.init_arg_list
Leaf.sym_fields
type(Leaf.x)
Leaf.__doc__
Tree("t", [Leaf(1)], {"a": 1}, Leaf(2), {"q": [1, Leaf(3)]})
str(Tree("t", [Leaf(1)], {"a": 1}, Leaf(2), {"q": [1, Leaf(3)]}))
Tree("t", [1])
Tree("t", [Leaf(1), "b"])
Tree("t", (Leaf(1),))
Tree("t", table=[1])
Tree("t", left=Leaf.partial())
Tree("t", right=Leaf.partial())
Tree("t").leaves is Tree("t").leaves
Tree("t", {})
Tree(1, [2])
type(Tree("t").leaves), type(Tree("t").table)
Tree("t", right=(1, [2])).right
type(Tree("t", right=(1, [2])).right[1])
Many()
str(Many())
Many.__schema__
Many(b="z")
Many(c=1)
Many(c=lambda: 1)
Many(d=(1, 2))
Many(d=[1, "a"])
Many(e={"a": "b"})
Many(e={1: 1})
Many(f=1)
Many(f=Leaf(1), g="s", i=[1])
Many(g=1.5)
Many(h=-1)
Many(a=None)
Many().rebind(b="w")
Many().rebind({"e.k": "v"})
Many().rebind({"d": (2, "b")}).d
Open(1, pq="a", ps="b")
Open(1, pq="a").pq
Open(1, q="a")
Open(1, pq=1)
Open(1, "a")
Open(1).rebind(pz="c")
Open(1).rebind(z="c")
Open(1).pz
Open(1, pa="x").to_json()
Open.__schema__
Open.init_arg_list
Ordered("s", 1)
Ordered(1)
inspect.signature(Ordered)
Variadic(1, 2, 3)
Variadic(1)
Variadic(1, "a")
Variadic(1, rest=[2])
Variadic.init_arg_list
inspect.signature(Variadic)
Child(z=1)
Child(1, "b", 2.0)
Child("a")
Child.__schema__
Child.init_arg_list
Grandchild()
Grandchild().name
Grandchild.__schema__
Grandchild(z="bad")
Own(3)
# Expected difference: user-defined-constructors
Own(3).clone()
Own(3).to_json()
# Expected difference: user-defined-constructors
pg.from_json(Own(3).to_json())
Own(x=1, y=2)
Own.partial()
inspect.signature(Own)
Own(3).rebind(x=9)
Own(3, allow_partial=True)
Kept(1)
Kept(1)._hidden, Kept.LIMIT, Kept(1).OTHER, Kept(1).doubled
Kept(1, _hidden=2)
list(Kept.__schema__.keys())
Documented.__schema__
Documented.__doc__
Documented.__schema__["x"].description
Abstract(1)
Concrete(1).run()
Fixed()
Fixed(a=3)
Fixed(a=4)
Fixed(4)
Fixed(b=3)
Fixed().rebind(a=4)
Fixed().to_json()
Fixed.__schema__
Later(Later())
Later(1)
Later(nodes=[Unseen(2)])
Later(nodes=[1])
Later.__schema__
Needs()
Needs(1)
Needs(1, Leaf(1))
Needs(1, Leaf(1), None, None)
Needs(1, Leaf(1), None, None, {"a": 1}, [1])
Needs.partial()
inspect.signature(Needs)


class Wrong(pg.Object):
    x: int = "a"


class WrongOverride(Base):
    x = "a"


class Narrower(Base):
    x: pg.typing.Int(min_value=3)


Narrower(1)
Narrower(3)


class Incompatible(Base):
    x: str


class Own2(pg.Object):
    x: int

    def __init__(self, x):
        pass


class Shadowing(Base):
    name: int = 3


Shadowing(1).name


class Both(Leaf, Base):
    w: int = 0


Both.__schema__
Both(1)
Both.init_arg_list


@pg.members([("x", 1), ("y", "s"), ("z", [1]), ("w", {"a": 1}), ("v", None)])
class Guessed(pg.Object):
    pass


Guessed.__schema__


@pg.members(
    {"x": int, "y": (str, "The y."), "z": (pg.typing.Float(1.0), "The z.", {"k": 1})}
)
class FromDict(pg.Object):
    pass


FromDict.__schema__


@pg.members([("x", int, "The x.")], metadata={"m": 1})
class WithMetadata(pg.Object):
    pass


WithMetadata.__schema__.metadata


@pg.members([("x",)])
class Malformed(pg.Object):
    pass


@pg.members([("x", int)], init_arg_list=["y"])
class UnknownArgument(pg.Object):
    pass


@pg.use_init_args(["nope"])
class UnknownInit(pg.Object):
    x: int


class Any2(pg.Object):
    x: Any = lambda v: v + 1


# Expected difference: a-function-as-a-default
Any2().x(1)


class Keyed(pg.Object):
    a: int
    __kwargs__: Any


Keyed(1, b=2)
Keyed(1).__schema__


class Keyed2(pg.Object):
    a: int
    kwargs: Annotated[Dict[str, int], "More."] = {}


Keyed2(1, kwargs={"a": 1})
# Expected difference: assertions-and-internal-errors
pg.Object()
# Expected difference: assertions-and-internal-errors
pg.Object(1)
pg.Object.__schema__
type(pg.Object).__name__
isinstance(Leaf, pg.symbolic.ObjectMeta)
Leaf(1).x, Leaf(1).y, Leaf(1).z
Leaf(1).nope
hasattr(Leaf(1), "x"), hasattr(Leaf.partial(), "x"), hasattr(Leaf(1), "w")
"x" in Leaf(1)
Leaf(1)["x"]
len(Leaf(1))
list(Leaf(1))
dir(Leaf(1)).count("x")
# Expected difference: a-node-that-is-placed-twice
(
    lambda n: (lambda t: (t.left is n, t.right is n, n.sym_path))(
        Tree("t", left=n, right=n)
    )
)(Leaf(1))
# Expected difference: a-node-that-is-placed-twice
(lambda n: (lambda t: (t.left is n, t.right[0] is n))(Tree("t", left=n, right=[n])))(
    Leaf(1)
)
Leaf.__module__, Leaf.__qualname__
bool(Leaf(1))
Leaf(1).__class__ is Leaf
sorted(name for name in ("x", "y", "z") if isinstance(getattr(Leaf, name), property))
