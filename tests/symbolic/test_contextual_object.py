"""Objects with attributes that others provide or override."""

import threading
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Pair, check_tree


class Inner(pg.ContextualObject):
    x: int = 1
    y: int = pg.contextual_attribute()
    z: Any = pg.contextual_attribute(default=9)

    @property
    def twice(self):
        return self.y * 2


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


def elsewhere(fn):
    """What a function returns in another thread."""
    result = []
    thread = threading.Thread(target=lambda: result.append(fn()))
    thread.start()
    thread.join()
    return result[0]


@pytest.mark.parametrize(
    "tree",
    [
        Outer(3, Inner()),
        Outer(3, [Inner()]),
        Outer(3, {"k": Inner()}),
        Outer(3, Pair(Inner())),
        Outer(4, Outer(3, Inner())),
    ],
)
def test_ancestors_provide_values(tree):
    inner = next(iter(pg.query(tree, where=lambda v: isinstance(v, Inner)).values()))
    assert inner.y == 3 and inner.twice == 6 and inner.z == 9 and inner.x == 1
    assert inner.sym_inferred("y") == 3 and inner.sym_inferrable("y")
    assert isinstance(inner.sym_getattr("y"), pg.symbolic.ContextualAttribute)
    check_tree(tree)


def test_given_values_win():
    assert Outer(3, Inner(y=8)).inner.y == 8
    with pytest.raises(TypeError, match="y"):
        Inner(y="a")


def test_only_contextual_objects_provide():
    for inner in (Inner(), Plain(3, Inner()).inner, pg.Dict(y=3, i=Inner()).i):
        with pytest.raises(AttributeError, match="provides 'y'"):
            inner.y  # noqa: B018
        assert not inner.sym_inferrable("y") and inner.sym_inferred("y", 5) == 5
        assert inner.z == 9


def test_values_follow_changes():
    outer = Outer(3, Inner())
    inner = outer.inner
    outer.rebind(y=8)
    assert inner.y == 8
    assert outer.clone().inner.y == 8
    outer.rebind(inner=None)
    assert not hasattr(inner, "y")
    assert Outer(4, inner).inner.y == 4


def test_attributes_anywhere():
    pair = Outer(3, Pair(pg.contextual_attribute(default=6))).inner
    assert pair.n == 6
    assert Outer(3, pg.Dict(y=pg.contextual_attribute())).inner.y == 3


def test_completeness_texts_and_documents():
    inner = Inner()
    assert not inner.is_partial and inner.sym_missing() == {}
    assert inner == Inner() and pg.eq(pg.from_json(inner.to_json()), inner)
    assert pg.ne(inner, Inner(y=3))
    assert repr(Outer(3, inner)) == "Outer(y=3, inner=Inner(x=1, y=3, z=9), x=7)"
    assert Outer(3, Inner()).to_json(use_inferred=True)["inner"]["y"] == 3
    assert "ContextualAttribute(" in Inner().format(compact=True)


def test_contextual_override_provides_what_is_missing():
    with pg.contextual_override(y=5, z=1):
        assert Inner().y == 5 and Inner().z == 1
        assert Inner(y=1).y == 1
        assert Outer(3, Inner()).inner.y == 3
        assert Outer().y == 5 and Outer(2).y == 2
        assert Inner().sym_inferred("y") == 5
        with pg.contextual_override(y=6):
            assert Inner().y == 6
        with pg.contextual_override(x=6):
            assert Inner().y == 5 and Inner().x == 1
        assert elsewhere(lambda: hasattr(Inner(), "y")) is False
        assert elsewhere(pg.with_contextual_override(lambda: Inner().y)) == 5
    assert not hasattr(Inner(), "y")


def test_contextual_override_of_attributes():
    inner = Outer(3, Inner()).inner
    with pg.contextual_override(y=5, override_attrs=True):
        assert Inner(y=1).y == 5 and inner.y == 5 and Outer().y == 5
        assert Plain(3).y == 3
    assert inner.y == 3


def test_override_of_an_object():
    inner, other = Inner(2), Inner(2)
    with inner.override(x=3, y=4) as values:
        assert set(values) == {"x", "y"}
        assert inner.x == 3 and inner.y == 4 and other.x == 2
        assert inner.clone().x == 2 and inner.sym_getattr("x") == 2
        assert elsewhere(lambda: inner.x) == 2
        with inner.override(x=5):
            assert inner.x == 5 and inner.y == 4
        assert inner.x == 3
        with pg.contextual_override(x=6, override_attrs=True):
            assert inner.x == 3 and other.x == 6
    assert inner.x == 2 and not hasattr(inner, "y")


def test_override_ends_with_an_error():
    inner = Inner(2)
    with pytest.raises(ZeroDivisionError), inner.override(x=3):
        1 / 0  # noqa: B018
    assert inner.x == 2


def test_assignment_within_an_override():
    thing = Assignable()
    with thing.override(y=3):
        assert thing.y == 3
        thing.y = 5
        assert thing.y == 5
    assert thing.y == 5


def test_override_of_unknown_attributes():
    inner = Inner()
    with inner.override(unknown=3), pytest.raises(AttributeError, match="unknown"):
        inner.unknown  # noqa: B018


def test_declared_attributes():
    value = pg.contextual_attribute(int, default=3)
    assert value.type is int and value.default == 3
    assert pg.contextual_attribute().default == value.NO_DEFAULT
    assert list(Inner.__schema__.keys()) == ["x", "y", "z"]


def test_fields_of_any_name_are_overridden():
    class Template(pg.ContextualObject):
        text: str
        model: int = pg.contextual_attribute()
        __kwargs__: pg.typing.Any()

    template = Template("a", x=1)
    with pg.contextual_override(override_attrs=True, x=2, text="b"):
        assert (template.x, template.text) == (2, "b")
        assert template.sym_getattr("x") == 1
    with template.override(x=5):
        assert template.x == 5
    assert template.x == 1
    with pytest.raises(AttributeError, match="ancestor"):
        template.model  # noqa: B018
    with pytest.raises(AttributeError, match="no attribute 'other'"):
        template.other  # noqa: B018


def test_only_str_and_repr_show_what_the_context_provides():
    class Child(pg.ContextualObject):
        y: int = pg.contextual_attribute()

    class Parent(pg.ContextualObject):
        child: Child
        y: int = 1

        @property
        def text(self):
            return pg.format(self, compact=True)

    parent = Parent(Child())
    assert repr(parent) == "Parent(child=Child(y=1), y=1)"
    assert str(parent.child) == "Child(\n  y = 1\n)"
    # A value from the context may depend on the text.
    assert "y=ContextualAttribute(" in parent.text
    assert "y=ContextualAttribute(" in pg.format({"a": parent.child}, compact=True)
    assert pg.format(parent.child, compact=True, use_inferred=True) == "Child(y=1)"


def test_an_override_of_a_class_attribute_reaches_children():
    class Child(pg.ContextualObject):
        y: int = pg.contextual_attribute()

    class Parent(pg.ContextualObject):
        child: Child

    Parent.y = 2
    parent = Parent(Child())
    assert parent.child.y == 2
    with parent.override(y=3):
        assert parent.child.y == 3
    assert parent.child.y == 2
