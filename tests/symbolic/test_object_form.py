"""The compiled forms of objects, and their interpretive twins, say the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pyglove as pg
from pyglove.symbolic.compiled import object_form
from tests.symbolic import twin
from tests.symbolic.helper import Leaf, Pair
from tests.symbolic.strategy import FIELD_VALUES, TREES, classes

FORMS = ["_sym_equals", "_sym_hash_value", "_sym_json", "_sym_lines", "_sym_line"]


def outcome(do):
    """What a function returns, or the class of its error."""
    try:
        return do()
    except Exception as error:
        return type(error)


def interpreted(do):
    """What a function returns without the fast branches of generated code."""
    with twin.interpreted():
        return outcome(do)


def looks(value):
    """Whatever the forms of a value say, the usual way."""
    return [
        outcome(lambda: str(value)),
        outcome(lambda: repr(value)),
        outcome(lambda: pg.to_json(value)),
        outcome(lambda: pg.to_json_str(value, json_indent=2)),
        outcome(lambda: pg.hash(value)),
        outcome(lambda: list(value.sym_items())),
    ]


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(TREES, TREES)
def test_compiled_equals_interpreted(tree, other):
    copy = tree.clone(deep=True)
    fast = [*looks(tree), pg.eq(tree, copy), pg.eq(tree, other)]
    slow = interpreted(lambda: [*looks(tree), pg.eq(tree, copy), pg.eq(tree, other)])
    assert fast == slow


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(classes(), st.data())
def test_random_classes(cls, data):
    def make(partial):
        kwargs = {str(k): data.draw(FIELD_VALUES) for k in cls.__schema__}
        return outcome(lambda: cls(**kwargs, allow_partial=partial))

    for node, other in ((make(False), make(False)), (make(True), make(True))):
        if not isinstance(node, pg.Object) or not isinstance(other, pg.Object):
            continue
        fast = [*looks(node), pg.eq(node, other)]
        assert fast == interpreted(lambda n=node, o=other: [*looks(n), pg.eq(n, o)])


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(TREES)
def test_the_plain_way_and_the_general_way_agree(tree):
    # Any option, were it the default, takes the general way.
    assert str(tree) == tree.format(compact=False, verbose=False)
    assert repr(pg.Dict(t=tree)) == pg.format(pg.Dict(t=tree), compact=True)
    assert pg.to_json(tree) == pg.to_json(tree, hide_default_values=False)
    assert pg.to_json_str(tree) == pg.to_json_str(tree, hide_default_values=False)


def test_a_subclass_has_forms_of_its_own():
    class Base(pg.Object):
        x: int

    class More(Base):
        y: int = 2

    assert repr(Base(1)) == "Base(x=1)"
    assert repr(More(1)) == "More(x=1, y=2)"
    assert pg.ne(More(1, 2), More(1, 3))
    assert pg.hash(More(1, 2)) != pg.hash(More(1, 3))
    assert More(1).to_json()["y"] == 2
    assert pg.ne(Base(1), More(1))


def test_fields_that_are_added_are_seen():
    class Node(pg.Object):
        x: int

    assert repr(Node(1)) == "Node(x=1)"
    assert pg.from_json(Node(1).to_json()).x == 1
    Node.update_schema([("y", pg.typing.Int(default=2))])
    assert repr(Node(1)) == "Node(x=1, y=2)"
    assert pg.ne(Node(1, y=2), Node(1, y=3))
    assert pg.from_json(Node(1, y=4).to_json()).y == 4


def test_forms_that_a_class_overrides_win_at_any_depth():
    class Odd(pg.Object):
        x: int

        def sym_eq(self, other):
            return isinstance(other, Odd)

        def sym_hash(self):
            return 7

        def sym_jsonify(self, **kwargs):
            return {"odd": self.x}

        def format(self, **kwargs):
            return f"<odd {self.x}>"

    class Holder(pg.Object):
        odd: Odd
        others: list[Odd] = []

    holder, other = Holder(Odd(1), [Odd(2)]), Holder(Odd(3), [Odd(4)])
    assert holder == other and hash(holder) == hash(other)
    assert repr(holder) == "Holder(odd=<odd 1>, others=[0: <odd 2>])"
    assert (
        str(holder)
        == "Holder(\n  odd = <odd 1>,\n  others = [\n    0 : <odd 2>\n  ]\n)"
    )
    assert holder.to_json() == {
        "_type": Holder.__serialization_key__,
        "odd": {"odd": 1},
        "others": [{"odd": 2}],
    }


def test_scopes_and_options_change_texts():
    node = Pair(1, Leaf(2))
    with pg.str_format(compact=True):
        assert "\n" not in str(node)
    with pg.repr_format(hide_default_values=True):
        assert repr(node) == "Pair(n=1, m=Leaf(x=2))"

    class Short(pg.Object):
        __str_format_kwargs__ = {"compact": True}
        x: int

    assert str(Short(1)) == "Short(x=1)"


def test_a_cycle_through_a_reference_ends():
    node = Pair(1, None)
    node.rebind(m=pg.Ref(node))
    for text in (str(node), repr(node)):
        assert "recursive Pair" in text
    inside = pg.Dict(a=pg.Ref(node))
    assert "recursive Pair" in str(inside)


def test_what_is_shared_is_written_once():
    shared = Leaf(1)
    tree = pg.Dict(a=pg.Ref(shared), b=pg.Ref(shared))
    loaded = pg.from_json_str(tree.to_json_str())
    assert loaded.a is loaded.b


def test_every_form_has_a_twin():
    class Node(pg.Object):
        x: int

    node = Node(1)
    for name in FORMS:
        assert name not in Node.__dict__
    repr(node)
    for name in FORMS:
        assert Node.__dict__[name].__qualname__.endswith(f"Node.{name}")
    with pytest.raises(object_form.NotPlain):
        object_form.json(node)
    assert object_form.equals(node, Node(1))
    assert object_form.hash_value(node) == node._sym_hash_value()
    assert object_form.line(node, 0) == "Node(x=1)"
    assert object_form.lines(node, 0) == "Node(\n  x = 1\n)"
