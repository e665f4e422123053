"""Names of classes in JSON."""

import abc

import pytest

from pyglove import utils
from pyglove.utils.serialization.json_type import TypeRegistry


class A:
    pass


class B:
    __serialization_key__ = "b"


@pytest.fixture
def registry():
    return TypeRegistry()


def test_register(registry):
    registry.register("x.A", A)
    assert registry.class_from_typename("x.A") is A
    assert registry.is_registered("x.A") and not registry.is_registered("x.B")
    assert registry.class_from_typename("x.B") is None
    assert list(registry.items()) == [("x.A", A)]
    assert registry.has_module(__name__) and not registry.has_module("os")


def test_name_is_taken(registry):
    registry.register("x", A)
    registry.register("x", A)
    with pytest.raises(KeyError, match=r"got 'x', the name of .*A"):
        registry.register("x", B)
    registry.register("x", B, override_existing=True)
    assert registry.class_from_typename("x") is B


def test_names(registry):
    assert registry.name_of(A) == f"{__name__}.A"
    assert registry.name_of(B) == "b"


def test_rename(registry):
    registry.register(registry.name_of(A), A)
    registry.rename(A, "former.A")
    assert registry.name_of(A) == "former.A"
    assert list(registry.items()) == [("former.A", A)]


def test_module_aliases(registry):
    registry.register("new.mod.A", A)
    registry.add_module_alias("new.mod", "old")
    registry.add_module_alias("new", ["older", "oldest.of.all"])
    for name in ("old.A", "older.mod.A", "oldest.of.all.mod.A"):
        assert registry.class_from_typename(name) is A
        assert not registry.is_registered(name)
    assert registry.class_from_typename("other.A") is None
    assert registry.resolve_alias("older.x") == "new.x"
    assert registry.resolve_alias("olderx") == "olderx"


def test_loadable(registry):
    with registry.loadable([A]) as types:
        assert types == {"A": A}
        with registry.loadable([B]) as types:
            assert types == {"A": A, "B": B}
        assert registry.class_from_typename("any.where.A") is A
        assert registry.is_scoped(A) and not registry.is_scoped(B)
    assert registry.class_from_typename("any.where.A") is None
    assert not registry.is_scoped(A)


def test_abstract_classes_are_not_registered():
    class Shape(utils.JSONConvertible):
        @abc.abstractmethod
        def area(self):
            """Declared only."""

        def to_json(self, **kwargs):
            return self.to_json_dict({}, **kwargs)

    class Square(Shape):
        def area(self):
            return 1

    for cls, expected in ((Shape, False), (Square, True)):
        name = f"{cls.__module__}.{cls.__qualname__}"
        assert utils.JSONConvertible.is_registered(name) is expected


def test_what_is_not_imported_is_not_looked_for():
    class Unregistered(utils.JSONConvertible):
        auto_register = False

        def to_json(self, **kwargs):
            return self.to_json_dict({}, **kwargs)

    globals()["Unregistered"] = Unregistered
    Unregistered.__qualname__ = "Unregistered"
    document = {"_type": f"{__name__}.Unregistered"}
    assert isinstance(utils.from_json(document, trusted=True), Unregistered)
    with pytest.raises(TypeError, match="`auto_import=True`"):
        utils.from_json(document, trusted=True, auto_import=False)
