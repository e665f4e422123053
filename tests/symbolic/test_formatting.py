"""Text forms."""

from typing import Annotated, Any, Literal

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, Tree


class Described(pg.Object):
    """An object with descriptions."""

    x: Annotated[int, "field x"] = 1
    y: Annotated[Any, "field y\nsecond line"] = None
    z: int = 3


class Fixed(pg.Object):
    a: pg.typing.Int(3).freeze()
    b: Literal["p", "q"] = "p"


def test_repr_and_str():
    assert repr(Leaf(1)) == "Leaf(x=1, y=1.0, z='a')"
    assert str(Leaf(1)) == "Leaf(\n  x = 1,\n  y = 1.0,\n  z = 'a'\n)"
    tree = Tree("t", [Leaf(1)], {"k": 1})
    assert repr(tree) == (
        "Tree(name='t', leaves=[0: Leaf(x=1, y=1.0, z='a')], table={k=1}, "
        "left=None, right=None)"
    )


def test_containers():
    assert repr(pg.List([pg.Dict(x=1)])) == "[{x=1}]"
    assert str(pg.List([pg.Dict(x=1)])) == "[\n  0 : {\n    x = 1\n  }\n]"
    assert repr(pg.Dict(a="x", b=["y", {}])) == "{a='x', b=[0: 'y', 1: {}]}"
    assert str(pg.Dict()) == "{}" and str(pg.List()) == "[]"
    assert pg.Dict({1: 2, "a b": 3}).format(compact=True) == "{[1]=2, a b=3}"
    assert pg.Dict(a=1).format(compact=True, cls_name="Foo") == "Foo{a=1}"
    round_ = pg.utils.BracketType.ROUND
    assert (
        pg.List([1]).format(compact=True, cls_name="Foo", bracket_type=round_)
        == "Foo(0: 1)"
    )


def test_levels_of_indentation():
    text = pg.format(Pair([Leaf(1)]), compact=False, root_indent=2)
    assert text == (
        "Pair(\n"
        "      n = [\n"
        "        0 : Leaf(\n"
        "          x = 1,\n"
        "          y = 1.0,\n"
        "          z = 'a'\n"
        "        )\n"
        "      ],\n"
        "      m = None\n"
        "    )"
    )


def test_python_format():
    value = Pair([Leaf(1), {"a": 2}])
    assert value.format(compact=True, python_format=True) == (
        "Pair(n=[Leaf(x=1, y=1.0, z='a'), {'a': 2}], m=None)"
    )
    assert eval(value.format(python_format=True)) == value
    assert value.format(python_format=True).splitlines()[:3] == [
        "Pair(",
        "  n=[",
        "    Leaf(",
    ]


def test_what_is_shown():
    tree = Tree("t", [Leaf(1)])
    assert tree.format(compact=True, hide_default_values=True) == (
        "Tree(name='t', leaves=[0: Leaf(x=1)])"
    )
    assert pg.format(tree, compact=True, exclude_keys={"leaves", "right"}) == (
        "Tree(name='t', table={}, left=None)"
    )
    assert pg.format(tree, compact=True, include_keys={"name"}) == "Tree(name='t')"
    assert Leaf.partial().format(compact=True, hide_missing_values=True) == (
        "Leaf(y=1.0, z='a')"
    )
    assert repr(Fixed()) == "Fixed(b='p')"
    assert Fixed().format(compact=True, hide_frozen=False) == "Fixed(a=3, b='p')"


def test_keys_hide_at_the_top_only():
    pair = Pair(Pair(1))
    assert pair.format(compact=True, exclude_keys={"m"}) == "Pair(n=Pair(n=1, m=None))"


def test_lists_pass_keys_on_to_their_items():
    pairs = pg.List([Pair(Pair(1)), {"m": 2, "n": [3]}])
    text = "[0: Pair(n=Pair(n=1, m=None)), 1: {n=[0: 3]}]"
    assert pairs.format(compact=True, exclude_keys={"m"}) == text
    assert pairs.format(compact=True, include_keys={"n"}) == text


def test_missing_values():
    assert repr(Leaf.partial()) == "Leaf(x=MISSING_VALUE, y=1.0, z='a')"
    assert str(Leaf.partial()).splitlines()[1] == "  x = MISSING_VALUE(Int()),"


def test_descriptions_are_comments():
    assert pg.format(Described()) == (
        "Described(\n"
        "  # field x\n"
        "  x = 1,\n"
        "  # field y\n"
        "  # second line\n"
        "  y = None,\n"
        "  z = 3\n"
        ")"
    )
    assert Described().format(verbose=True) == pg.format(Described())
    assert "#" not in str(Described())
    assert "#" not in Described().format()
    assert "#" not in pg.format(Described(), compact=True)


def test_blank_lines_between_described_fields():
    options = {"extra_blankline_for_field_docstr": True}
    text = pg.format(Pair(Described()), **options)
    assert pg.format(pg.Dict(n=Described(), m=None), **options) == (
        text.replace("Pair(", "{")[:-1] + "}"
    )
    assert text == (
        "Pair(\n"
        "  n = Described(\n"
        "    # field x\n"
        "    x = 1,\n"
        "\n"
        "    # field y\n"
        "    # second line\n"
        "    y = None,\n"
        "    z = 3\n"
        "  ),\n"
        "  m = None\n"
        ")"
    )


def test_references():
    pair = Pair(pg.Ref(Leaf(1)))
    assert repr(pair) == "Pair(n=Ref(Leaf(x=1, y=1.0, z='a')), m=None)"
    assert str(pg.Ref([1])) == "Ref(\n  value = [1]\n)"
    assert pair.format(compact=True, use_inferred=True) == (
        "Pair(n=Leaf(x=1, y=1.0, z='a'), m=None)"
    )
    items = pg.List([pg.Ref(Leaf(1))])
    assert items.format(compact=True, use_inferred=True, python_format=True) == (
        "[Leaf(x=1, y=1.0, z='a')]"
    )


def test_classes_choose_their_form():
    class Compact(pg.Object):
        __str_format_kwargs__ = {"compact": True}
        x: int

    class Wide(pg.Object):
        __repr_format_kwargs__ = {"compact": False}
        x: int

    assert str(Compact(1)) == "Compact(x=1)"
    assert repr(Wide(1)) == "Wide(\n  x = 1\n)"
    with pg.utils.str_format(compact=True):
        assert str(Wide(1)) == "Wide(x=1)"


def test_custom_format():
    text = pg.format(
        Pair(Leaf(1), 2),
        compact=True,
        custom_format=lambda v, indent: "LEAF" if isinstance(v, Leaf) else None,
    )
    assert text == "Pair(n=LEAF, m=2)"


def test_a_reference_to_itself_is_shown_once():
    pair = Pair()
    pair.rebind(n=pg.Ref(pair))
    assert "recursive" in repr(pair)


def test_inspect(capsys):
    pair = Pair([1])
    pair.inspect()
    pair.inspect(compact=True)
    pair.inspect(where=lambda v: v == 1)
    assert capsys.readouterr().out == (
        "Pair(\n  n = [\n    0 : 1\n  ],\n  m = None\n)\n"
        "Pair(n=[0: 1], m=None)\n"
        "{\n  'n[0]': 1\n}\n"
    )


class Counted(pg.Object):
    x: Annotated[int, "The number of things."]


def test_inspect_leaves_descriptions_out_unless_asked(capsys):
    Counted(1).inspect()
    Counted(1).inspect(verbose=True)
    assert capsys.readouterr().out == (
        "Counted(\n  x = 1\n)\nCounted(\n  # The number of things.\n  x = 1\n)\n"
    )


@pytest.mark.parametrize("hidden", [True, False])
def test_json_forms_show_the_same(hidden):
    value = Fixed().to_json(hide_frozen=hidden)
    assert ("a" in value) is not hidden
    assert Leaf(1).to_json(hide_default_values=hidden).keys() == (
        {"_type", "x"} if hidden else {"_type", "x", "y", "z"}
    )
    pair = Pair(Leaf(1)).to_json(exclude_keys={"m"}, hide_default_values=hidden)
    assert "m" not in pair
    assert ("y" in pair["n"]) is not hidden
