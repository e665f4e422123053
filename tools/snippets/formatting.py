"""Text of values: compact, verbose, without defaults, as Python, as Markdown, custom."""

import dataclasses
import enum
import typing
from typing import Any

import pyglove as pg

u = pg.utils
f = pg.format


class Leaf(pg.Object):
    x: int
    y: float = 1.0


class Node(pg.Object):
    a: Any = None
    b: Any = None


class Own(u.Formattable):
    def format(self, compact=False, verbose=True, root_indent=0, **kwargs):
        kwargs.pop("memo", None)
        return f"Own({compact}, {verbose}, {root_indent}, {sorted(kwargs.items())})"


class OwnObject(pg.Object):
    x: int

    def format(self, compact=False, verbose=True, root_indent=0, **kwargs):
        return f"own {self.x} {compact}"


class Compact(pg.Object):
    __str_format_kwargs__ = dict(compact=True)
    x: int


class Spread(pg.Object):
    __repr_format_kwargs__ = dict(compact=False)
    x: int


class Frozen(pg.Object):
    a: pg.typing.Int(3).freeze()
    b: int = 1


class Multi:
    def __repr__(self):
        return "two\nlines"


@dataclasses.dataclass
class Data:
    x: int
    y: Any = None


class Color(enum.Enum):
    RED = 1


class Outer(pg.Object):
    class Inner(pg.Object):
        x: int = 1

    inner: Any = None


tree = Node([Leaf(1), {"a": Leaf(2)}], (1, "x", None))
plain = {"a": 1, "b": [1, 2, {"c": "x"}], "e": {}, 1: (1, 2), None: None, "l": []}


def printed(*args, **kwargs):
    """A value printed by pg.print."""
    pg.print(*args, **kwargs)


# Snippets
tree
str(tree)
f(tree)
f(tree, compact=True)
f(tree, compact=False, verbose=False)
f(tree, compact=False, verbose=True)
f(tree, hide_default_values=True)
f(tree, hide_default_values=True, compact=True)
f(tree, python_format=True)
f(tree, python_format=True, compact=True)
f(tree, python_format=True, compact=True, hide_default_values=True)
f(tree, markdown=True)
f(tree, markdown=True, compact=True)
f(tree, root_indent=2)
f(tree, list_wrap_threshold=0)
f(tree, list_wrap_threshold=1000)
f(tree, exclude_keys={"b"}, compact=True)
f(tree, exclude_keys={"x"}, compact=True)
f(tree, include_keys={"a"}, compact=True)
f(tree, custom_format=lambda v, i: "LEAF" if isinstance(v, Leaf) else None)
f(
    tree,
    custom_format=lambda v, i: f"<{i}>" if isinstance(v, int) else None,
    compact=True,
)
f(tree, max_str_len=1)
f(tree, use_inferred=True, compact=True)
tree.format() == f(tree), tree.format(compact=True) == repr(tree)
Leaf(1).format(compact=False, root_indent=1)
Leaf(1).format(exclude_keys={"x"}), Leaf(1).format(include_keys={"x"})
f(Leaf.partial()), f(Leaf.partial(), compact=True)
f(Leaf.partial(), verbose=True), f(Leaf.partial(), verbose=False)
f(Leaf.partial(), hide_missing_values=True)
f(Frozen()), f(Frozen(), compact=True), repr(Frozen())
(
    f(Frozen(), hide_frozen=False, compact=True),
    f(Frozen(), hide_frozen=True, compact=True),
)
f(Frozen(), hide_default_values=True)
str(Compact(1)), repr(Compact(1)), str(Spread(1)), repr(Spread(1))
f(Node(Compact(1))), f(Node(Spread(1)), compact=True)
OwnObject(1), str(OwnObject(1)), Node(OwnObject(1)), str(Node(OwnObject(1)))
Outer(Outer.Inner()), str(Outer(Outer.Inner()))
f"{Leaf(1)}", f"{Leaf(1)!r}", "%s" % Leaf(1)
(
    Node("it's"),
    Node('say "x"'),
    Node("a\nb"),
    Node(b"b"),
    Node(1.5e-10),
    Node(True),
    Node(...),
)
str(Node("a\nb")), f(Node("a\nb"), python_format=True)
(
    Node(lambda v: v),
    Node(int),
    Node(len),
    Node(Leaf),
    Node(Color.RED),
    Node({1}),
    Node(Leaf.format),
)
str(Node(Multi()))
Node({"a b": 1, "c.d": 2, 3: 4})
str(Node({"a b": 1, "c.d": 2, 3: 4}))
pg.Dict(a=1, b="x").format(compact=True, python_format=True)
pg.Dict(a=1, b="x").format(python_format=True)
(
    pg.Dict(a=1).format(compact=True, cls_name="Foo"),
    pg.Dict(a=1).format(compact=True, bracket_type=u.BracketType.ROUND),
)
pg.Dict(a=1, b="x").format(compact=True, key_as_attribute=False)
(
    pg.List([1]).format(compact=True, python_format=True),
    pg.List([1]).format(compact=True, cls_name="Foo"),
)
(
    pg.List([1, 2]).format(),
    pg.List([]).format(),
    pg.Dict().format(),
    repr(pg.Dict()),
    repr(pg.List()),
)
f(Leaf), f(int), f(f) == repr(f)
# Plain values.
(
    f(1),
    f("a"),
    f("it's"),
    f("a\nb"),
    f("a\nb", compact=True),
    f(None),
    f(1.5),
    f(b"a"),
    f(...),
)
f(plain)
f(plain, compact=True)
f(plain, verbose=False)
f(plain, root_indent=2)
# Expected difference: tuples-of-one-item
f([]), f({}), f(()), f([1]), f((1,)), f((1,), compact=True), f([{}, [], ()])
f([1] * 3), f([100000] * 20), f([100000] * 10, list_wrap_threshold=20)
f([[1, 2], [3]]), f([{"a": 1}]), f([Own(), Own()])
f({"a": Own()})
f(Own()), f(Own(), compact=True, foo=1), str(Own()), repr(Own())
f(Multi()), f([Multi()])
f(Data(1, Data(2))), f(Color.RED), f([Color.RED]), f({1, 2}), f(frozenset([1]))
(
    f(plain, include_keys={"a", "b"}, compact=True),
    f(plain, exclude_keys={"c"}, compact=True),
)
(
    f("a" * 100, max_str_len=10),
    f({"a": "b" * 100}, max_str_len=10),
    f(b"a" * 100, max_bytes_len=10),
)
f(plain, custom_format=lambda v, i: "ONE" if v == 1 else None, compact=True)
f(object(), strip_object_id=True)
f([printed], strip_object_id=True)
f(plain, markdown=True)
f("a", markdown=True), f(1, markdown=True, compact=True)
(lambda v: (v.append(v), f(v, compact=True)))([1])
(
    f(typing.List[int]),
    f({"a": int}),
    f(range(3)),
    f(ValueError("a")),
    f(1j),
    f(float("nan")),
)
# What formatting is made of.
(
    u.RawText("a b"),
    f([u.RawText("a b")]),
    u.RawText("a") == "a",
    u.RawText("a") == u.RawText("a"),
)
u.kvlist_str([("a", 1, None), ("b", "x", "x"), ("", 2, None)], label="X")
u.kvlist_str([("a", 1, None), ("b", [1, {"k": 2}], None)], label="X", compact=False)
u.kvlist_str([("a", 1, None)], label="X", bracket_type=u.BracketType.SQUARE)
u.kvlist_str([], label="X"), u.kvlist_str([("a", 1, 1)], label="X")
(
    u.bracket_chars(u.BracketType.ROUND),
    u.bracket_chars(u.BracketType.SQUARE),
    u.bracket_chars(u.BracketType.CURLY),
)
u.quote_if_str("a"), u.quote_if_str("it's"), u.quote_if_str(1), u.quote_if_str("a\nb")
u.comma_delimited_str([1, "a", None]), u.comma_delimited_str([])
(
    u.maybe_markdown_quote("a"),
    u.maybe_markdown_quote("a", False),
    u.maybe_markdown_quote("a\nb"),
)
(
    u.camel_to_snake("CamelCaseName"),
    u.camel_to_snake("HTMLPage"),
    u.camel_to_snake("A", "-"),
)
(
    u.auto_plural(1, "item"),
    u.auto_plural(2, "item"),
    u.auto_plural(2, "child", "children"),
    u.auto_plural(0, "item"),
)
u.message_on_path("m", pg.KeyPath("a")), u.message_on_path("m", None)
printed(Leaf(1))
printed("text", 1, Leaf(1))
# Expected difference: printing-takes-the-options-of-print
printed(1, 2, sep="-", end="!\n")
printed(tree, compact=True)
with pg.str_format(compact=True):
    print(Leaf(1))
with pg.str_format(hide_default_values=True), pg.str_format(compact=True):
    print(Leaf(1))
with pg.repr_format(compact=False):
    print(repr(Leaf(1)))
with pg.str_format(markdown=True):
    print(Leaf(1))
with pg.str_format(custom_format=lambda v, i: "!" if v == 1 else None):
    print(Leaf(1))
(
    u.colored("a", "red"),
    u.colored("a", "red", "blue", ["bold"]),
    u.colored("a"),
    u.colored("", "red"),
)
u.colored("a", "nope")
u.colored("a", background="nope")
u.colored("a", styles=["nope"])
[
    u.colored("a", c)
    for c in (
        "black",
        "green",
        "yellow",
        "magenta",
        "cyan",
        "white",
        "grey",
        "light_red",
    )
]
u.decolor(u.colored("abc", "red", "blue", ["bold"])), u.decolor("\x1b[1;31mabc\x1b[K")
u.colored_block("Hi {{ foo }} {{bar}}", "{{", "}}", color="blue")
(
    u.colored_block("Hi foo", "{{", "}}", color="blue"),
    u.colored_block("Hi {{ foo", "{{", "}}", color="blue"),
)
pg.colored("a", "red") == u.colored("a", "red"), pg.decolor is u.decolor


class Documented(pg.Object):
    a: typing.Annotated[Any, "The a."] = None
    b: typing.Annotated[Any, "The b."] = None


[
    pg.format(value, compact=compact, **options)
    for value in (
        pg.Dict(a=1, c=[Documented(1), {"a": 1}]),
        pg.List([Documented(1), {"a": 1}, [Documented(Documented())]]),
        Documented(Documented([Documented()])),
    )
    for options in (
        {"include_keys": {"a"}},
        {"exclude_keys": {"a"}},
        {"extra_blankline_for_field_docstr": True},
        {"extra_blankline_for_field_docstr": True, "python_format": True},
    )
    for compact in (True, False)
]
