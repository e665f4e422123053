import typing

import pytest

import pyglove.typing as pgt

X = typing.TypeVar("X")
Y = typing.TypeVar("Y")


class A:
    class Inner:
        class Leaf:
            pass


class B(A):
    pass


class G(typing.Generic[X]):
    pass


class GInt(G[int]):
    pass


class Pair(G[X], typing.Generic[X, Y]):
    pass


class IntStr(Pair[int, str]):
    pass


class Proto(typing.Protocol):
    def run(self): ...


@typing.runtime_checkable
class Runtime(typing.Protocol):
    def run(self): ...


@pytest.mark.parametrize(
    ("src", "target", "expected"),
    [
        (B, A, True),
        (A, B, False),
        (A, (B, A), True),
        (int, typing.Any, True),
        (typing.Any, int, False),
        (typing.Any, typing.Any, True),
        (G[int], G, True),
        (G, G[int], False),
        (G[int], G[int], True),
        (G[bool], G[int], True),
        (G[int], G[bool], False),
        (G[int], G[typing.Any], True),
        (G[typing.Any], G[int], False),
        (GInt, G[int], True),
        (GInt, G[str], False),
        (IntStr, G[int], True),
        (IntStr, Pair[int, str], True),
        (IntStr, Pair[int, int], False),
        (list[int], list, True),
        (list, list[int], False),
        (A, Proto, True),
        (int, Proto, False),
        (A, Runtime, True),
        (int, Runtime, False),
    ],
)
def test_is_subclass(src, target, expected):
    assert pgt.is_subclass(src, target) is expected


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        (1, int, True),
        (1, (str, int), True),
        (1, (str, bytes), False),
        (1, typing.Any, True),
        (GInt(), G[int], True),
        (GInt(), G[str], False),
        (GInt(), (G[str], G), True),
        (G(), G[int], False),
        ([1], list[int], False),
        (A(), Proto, True),
        (1, Proto, False),
    ],
)
def test_is_instance(value, target, expected):
    assert pgt.is_instance(value, target) is expected


@pytest.mark.parametrize(("src", "target"), [(1, int), (int, 1), (int, int | str)])
def test_is_subclass_is_about_types(src, target):
    with pytest.raises(TypeError):
        if pgt.is_subclass(src, target) is False:
            raise TypeError("a union is no class")


def test_generic_types():
    generic = (G[int], list[int], int | str)
    assert all(map(pgt.is_generic, generic))
    assert not any(map(pgt.is_generic, (G, GInt, list, int, 1)))
    assert pgt.has_generic_bases(G) and pgt.has_generic_bases(GInt)
    assert not any(map(pgt.has_generic_bases, (G[int], A, list)))


def test_get_type():
    for t, expected in [(G, G), (G[int], G), (list[int], list), (int, int)]:
        assert pgt.get_type(t) is expected
    assert pgt.get_type(typing.Any) is typing.Any
    with pytest.raises(TypeError, match=r"Expected a .*, got 1"):
        pgt.get_type(1)


@pytest.mark.parametrize(
    ("t", "base", "args"),
    [
        (G[int], None, (int,)),
        (G, None, ()),
        (GInt, None, ()),
        (GInt, G, (int,)),
        (GInt, GInt, ()),
        (IntStr, Pair, (int, str)),
        (IntStr, G, (int,)),
        (Pair[int, str], G, (int,)),
        (Pair, G, ()),
        (A, G, ()),
        (list[int], None, (int,)),
    ],
)
def test_get_type_args(t, base, args):
    assert pgt.get_type_args(t, base) == args


def test_get_outer_class():
    class Local:
        class Inner:
            pass

    leaf = A.Inner.Leaf
    assert pgt.get_outer_class(leaf) is A.Inner
    assert pgt.get_outer_class(leaf, A) is A
    assert pgt.get_outer_class(leaf, (B, A)) is A
    assert pgt.get_outer_class(leaf, A, immediate=True) is None
    assert pgt.get_outer_class(leaf, immediate=True) is A.Inner
    assert pgt.get_outer_class(leaf, B) is None
    assert pgt.get_outer_class(A) is None
    assert pgt.get_outer_class(pgt.Argument.Kind) is pgt.Argument
    for local in (Local, Local.Inner):
        with pytest.raises(ValueError, match="local to a function"):
            pgt.get_outer_class(local)


@pytest.mark.parametrize(
    ("src", "expected"),
    [
        (1, False),
        ("a", False),
        (None, False),
        (int | str, False),
        (typing.Union[int, str], False),  # noqa: UP007
        (range, False),
        (ValueError, False),
        (type(len), False),
        (list[int], False),
        (typing.Any, True),
        (A, True),
        (G[int], True),
        (type("Sub", (int,), {}), True),
    ],
)
@pytest.mark.parametrize("protocol", [Proto, Runtime])
def test_protocols_fit_classes_that_are_not_builtin(src, protocol, expected):
    assert pgt.is_subclass(src, protocol) is expected
