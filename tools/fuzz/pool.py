"""The classes, functions and helpers that programs use, the same in both packages."""

import enum
from typing import Any, Literal

import pyglove as pg

t = pg.typing
g = pg.geno
h = pg.hyper
ev = pg.evolution
MISSING = pg.MISSING_VALUE
KeyPath = pg.KeyPath
_log: list[str] = []


def start() -> None:
    """Forgets what the last program has noted."""
    _log.clear()


def taken() -> list[str]:
    """What has been noted since the last call."""
    lines = list(_log)
    _log.clear()
    return lines


def note(text: str) -> None:
    """Notes something."""
    _log.append(text)


def updates(changes: Any) -> str:
    """Field updates by path, as a text."""
    return ", ".join(
        f"{path}: {change.old_value!r} -> {change.new_value!r}"
        for path, change in changes.items()
    )


def heard(changes: Any) -> None:
    """A change callback."""
    note(f"callback {updates(changes)}")


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Plain:
    """A class that is not symbolic; its objects are equal by value."""

    def __init__(self, v: Any = 0):
        self.v = v

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plain) and self.v == other.v

    def __hash__(self) -> int:
        return hash(self.v)

    def __repr__(self) -> str:
        return f"Plain({self.v!r})"


def double(x: Any) -> Any:
    return x * 2


def no_args() -> int:
    return 1


class Leaf(pg.Object):
    x: int
    y: float = 1.0


class Node(pg.Object):
    a: Any = None
    b: Any = None


class Sub(Leaf):
    y: float = 2.0
    z: str = "s"


class Typed(pg.Object):
    leaf: Leaf = Leaf(1)
    leaves: list[Leaf] = []
    table: t.Dict([("p", int), ("q", t.Int(2))]) = {"p": 1}
    sizes: t.List(int, min_size=1, max_size=3) = [1]


class Hooked(pg.Object):
    """Notes its hooks."""

    x: int = 0
    child: Any = None

    def _on_init(self) -> None:
        note(f"init {self.x!r}")
        super()._on_init()

    def _on_bound(self) -> None:
        super()._on_bound()
        note(f"bound {self.x!r}")

    def _on_change(self, field_updates: Any) -> None:
        note(f"change {self.x!r} {updates(field_updates)}")
        super()._on_change(field_updates)

    def _on_parent_change(self, old_parent: Any, new_parent: Any) -> None:
        note(f"parent {type(old_parent).__name__} -> {type(new_parent).__name__}")
        super()._on_parent_change(old_parent, new_parent)

    def _on_path_change(self, old_path: Any, new_path: Any) -> None:
        note(f"path {old_path} -> {new_path}")
        super()._on_path_change(old_path, new_path)


class Bound(pg.Object):
    """Refuses negative numbers when it is bound; derives a value."""

    x: int = 1
    items: list[Any] = []

    def _on_bound(self) -> None:
        super()._on_bound()
        note(f"bound {self.x!r} {len(self.items)}")
        if self.x < 0:
            raise ValueError("negative")
        self.total = self.x + len(self.items)


@pg.members([("x", t.Int()), ("y", t.Any().noneable())])
class Assigned(pg.Object):
    allow_symbolic_assignment = True

    def _on_bound(self) -> None:
        super()._on_bound()
        note(f"assigned {self.x!r}")


@pg.members([("a", t.Int(default=1)), (t.StrKey("x.*"), t.Int())])
class Pattern(pg.Object):
    pass


@pg.members([("a", t.Str(default="k")), (t.StrKey(), t.Any())])
class Open(pg.Object):
    pass


@pg.members(
    [
        ("i", t.Int(default=1, min_value=0, max_value=9)),
        ("f", t.Float(default=0.5, min_value=0.0, max_value=1.0)),
        ("s", t.Str(default="ab", regex="[ab]+")),
        ("e", t.Enum("p", ["p", "q", None, 3])),
        ("l", t.Enum("u", ["u", "v"])),
        ("c", t.Object(Plain).noneable()),
    ]
)
class Limited(pg.Object):
    pass


class Maybe(pg.Object):
    i: int | None = None
    leaf: Leaf | None = None
    items: list[int] | None = None
    color: Color | None = None
    name: Literal["m", "n"] | None = None


@pg.members([("k", t.Int().freeze(7)), ("v", t.Any(default=0))])
class Fixed(pg.Object):
    pass


class Mixed(pg.Object):
    u: int | str | Leaf | list[int]
    w: int | float | None = None


class Tupled(pg.Object):
    pair: tuple[int, str] = (1, "a")
    many: t.Tuple(t.Int(), min_size=1, max_size=3) = (1, 2)
    nest: tuple[list[int], dict[str, Any]] | None = None


@pg.members(
    [("x", t.Int()), ("rest", t.List(t.Int(), default=[]))],
    init_arg_list=["x", "*rest"],
)
class Spread(pg.Object):
    pass


@pg.members(
    [("f", t.Callable([t.Int()], default=double)), ("k", t.Type(Leaf, default=Leaf))]
)
class Calls(pg.Object):
    pass


class Inner(pg.Object):
    size: int = pg.symbolic.ValueFromParentChain()
    own: int = 1


class Context(pg.Object):
    size: int = 3
    child: Any = None


class Nested(pg.Object):
    d: t.Dict(
        [
            ("m", t.Dict([("n", t.Int(default=1)), (t.StrKey("z.*"), t.Str())])),
            ("o", t.List(t.Dict([("p", t.Int(default=5))]), default=[])),
        ]
    )


class Required(pg.Object):
    p: int
    q: Leaf
    r: list[int]


class Locked(pg.Object):
    allow_symbolic_mutation = False
    x: Any = 1
    child: Any = None


class ByIdentity(pg.Object):
    use_symbolic_comparison = False
    x: Any = 1


class BySymbol(pg.Object):
    """Compares by an attribute only."""

    x: Any = 1
    note: Any = None

    def sym_eq(self, other: Any) -> bool:
        return isinstance(other, BySymbol) and pg.eq(self.x, other.x)

    def sym_hash(self) -> int:
        return pg.hash(self.x)


class Own(pg.Object):
    """Has a constructor of its own."""

    x: int
    y: int = 2

    @pg.explicit_method_override
    def __init__(self, x: int, **kwargs: Any):
        super().__init__(x=x + 0, **kwargs)


class Shown(pg.Object):
    """Formats itself in few words."""

    x: Any = 1

    def format(self, compact: bool = False, verbose: bool = True, **kwargs: Any) -> str:
        return f"<shown {self.x!r}>"


@pg.functor
def add(x, y=1):
    return x + y


@pg.functor(
    [("x", t.Int(min_value=0)), ("y", t.Int(default=2))], returns=t.Int(max_value=20)
)
def checked(x, y=2):
    return x + y


@pg.functor()
def variadic(x: int, *args, k: str = "q", **kwargs):
    return (x, args, k, sorted(kwargs.items()))


@pg.functor(auto_typing=True)
def annotated(x: int, y: "str" = "a", *, z: list[int] | None = None) -> str:
    return y * x


@pg.functor
def holder(leaf, items=None, fn=double):
    return (leaf, items, fn)


class Add(pg.Functor):
    x: int
    y: int = 1

    def _call(self):
        return self.x + self.y


@pg.members([("fn", t.Callable([t.Any()], default=add(y=2))), ("n", t.Int(default=1))])
class Scale(pg.Object):
    pass


class Letters(pg.hyper.CustomHyper):
    """A placeholder of its own."""

    letters: str = "abc"

    def custom_decode(self, dna):
        return [self.letters.index(c) for c in dna.value]

    def custom_encode(self, value):
        return pg.DNA("".join(self.letters[v] for v in value))

    def next_dna(self, dna=None):
        if dna is None:
            return pg.DNA("a")
        return pg.DNA(chr(ord(dna.value) + 1)) if dna.value < "c" else None


@pg.functor
def keywords(*, a, b=2):
    return (a, b)


@pg.functor
def returns_leaf(x: int = 1) -> Leaf:
    return Leaf(x)


class Greet(pg.Functor):
    """A functor that is a class and has hooks."""

    name: str
    times: int = 1

    def _on_bound(self) -> None:
        super()._on_bound()
        note(f"greet {self.sym_init_args!r}")

    def _call(self):
        return self.name * self.times
