"""Texts of tooltips."""

import html
import re

import pyglove as pg


class Node(pg.Object):
    name: str
    children: list = []
    table: dict = {}


def tooltip(value):
    text = pg.to_html(value, enable_key_tooltip=False).content
    return html.unescape(re.search('<span class="tooltip">(.*?)</span>', text, re.S)[1])


def test_texts_are_those_of_format():
    leaf = Node("a\nb", [1, 2], {"x": (1,)})
    tree = Node("r", [leaf, Node("c", [leaf, "x" * 90])], {"k<": {"y": [leaf]}})
    for value in (
        leaf,
        tree,
        [tree, 1],
        {"a": {"b": tree}},
        pg.Dict(x=pg.List([tree])),
    ):
        expected = pg.format(value, compact=False, verbose=False, python_format=True)
        assert tooltip(value) == expected
    # The texts of inner values stand as they are for themselves.
    page = pg.to_html(tree).content
    assert (
        html.escape(pg.format(tree.children[1], verbose=False, python_format=True))
        in page
    )


def test_a_value_that_changes_between_pages():
    node = Node("a")
    assert "'a'" in tooltip(node)
    node.rebind(name="b")
    assert "'b'" in tooltip(node)


def test_tooltips_have_limits():
    assert "too large for a tooltip" in tooltip([1] * 2000)
    assert "more characters" in tooltip(["x" * 20_000])
