"""Trees written in one pass: the same as the methods of the view write."""

import enum
import math

from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from pyglove.views.html import tree_renderer


class ByMethods(pg.views.HtmlTreeView):
    """The tree view, which is not sure that nothing of it is overridden."""

    VIEW_ID = "tree-by-methods"


class Pair(pg.Object):
    left: pg.typing.Any()
    right: pg.typing.Any() = None
    kind: pg.typing.Int(default=1).freeze()


class Open(pg.Object):
    first: int
    __kwargs__: pg.typing.Any()


class Shouting(pg.Object):
    text: str

    def format(self, compact=False, verbose=False, root_indent=0, **kwargs):
        return self.text.upper()


class Own(pg.Object, pg.views.HtmlTreeView.Extension):
    x: pg.typing.Any()

    def _html_tree_view_summary(self, *, view, title=None, **kwargs):
        return view.summary(self, title="<own>", **kwargs)


class Color(enum.IntEnum):
    RED = 1


class Broken:
    def __repr__(self):
        raise ValueError("<broken>")


leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        [
            "x" * 90,
            "<b>\n'\"</b>",
            b"<\x00>",
            Color.RED,
            int,
            len,
            math.nan,
            (),
            {},
            Pair.partial(),
            pg.Ref(Pair(1)),
            Shouting("a<b"),
        ]
    ),
    st.builds(Broken),
)
names = st.sampled_from(["a", "b.c", "d[0]", "", "<i>", "x y", "é"])
keys = st.one_of(names, st.integers(-3, 3))


def nodes(children):
    return st.one_of(
        st.lists(children, max_size=4),
        st.lists(children, max_size=3).map(tuple),
        st.dictionaries(keys, children, max_size=4),
        st.dictionaries(names, children, max_size=4).map(pg.Dict),
        st.lists(children, max_size=4).map(pg.List),
        st.builds(Pair, children, children),
        st.dictionaries(st.sampled_from(["y", "z<"]), children, max_size=2).map(
            lambda more: Open(1, **more)
        ),
        st.builds(Own, children),
    )


trees = st.recursive(leaves, nodes, max_leaves=25)
options = st.fixed_dictionaries(
    {},
    optional={
        "collapse_level": st.sampled_from([None, 0, 1, 3]),
        "enable_summary": st.sampled_from([None, True, False]),
        "enable_summary_for_str": st.booleans(),
        "max_summary_len_for_str": st.sampled_from([3, 80]),
        "enable_summary_tooltip": st.booleans(),
        "enable_key_tooltip": st.booleans(),
        "key_style": st.sampled_from(["summary", "label"]),
        "name": names,
        "root_path": st.sampled_from([None, pg.KeyPath(), pg.KeyPath(["r", 0])]),
        "highlight": st.just(lambda k, v, p: v == 1),
        "exclude_keys": st.just(["a", 0]),
        "uncollapse": st.just([pg.KeyPath(["a"])]),
    },
)


def assert_same(value, **options):
    written = pg.view(value, **options)
    rendered = pg.view(value, view_id=ByMethods.VIEW_ID, **options)
    assert written.content == rendered.content
    assert set(written.styles) == set(rendered.styles)


@given(trees, options)
def test_it_writes_what_the_methods_write(tree, options):
    assert_same(tree, **options)


def test_keys_of_other_types():
    assert_same({(0, 1): {None: 1}, 1.5: [{True: 2}], Color.RED: "a"})
    assert_same({"a": {(0, 1): {None: 1}}}, key_style="label", collapse_level=None)


def test_limits():
    deep = node = {}
    for i in range(70):
        node["x"] = node = {} if i % 2 else {"y": i}
    assert_same(deep, collapse_level=None)
    assert_same([{"a": i, "b": [i]} for i in range(400)])
    assert_same([list(range(20))] * 60)
    assert_same({i: ["x" * 50] * 40 for i in range(20)})
    assert_same({str(i): {str(j): j for j in range(200)} for i in range(60)})
    cycle = {"a": [1]}
    cycle["a"].append(cycle)
    assert_same(cycle, enable_summary_tooltip=False)
    assert "in which this stands" in pg.to_html(cycle).content


def test_fields_that_are_frozen_are_not_in_tooltips():
    assert_same(Pair(1))
    assert (
        "kind"
        not in pg.to_html(Pair(1), enable_key_tooltip=False).content.split(
            "</summary>"
        )[0]
    )
    spec = pg.typing.Dict([("a", pg.typing.Int(default=1).freeze()), ("b", int)])
    assert_same(pg.Dict(b=2, value_spec=spec))


def test_a_presentation_that_comes_later_counts():
    class Late(pg.Object):
        x: int

    assert "Late(...)" in pg.to_html([Late(1)]).content
    tree_renderer.register_presentation(
        Late, tree_renderer.Presentation(title=lambda late: f"<{late.x}>")
    )
    assert "&lt;1&gt;" in pg.to_html([Late(1)]).content
    assert_same({"a": Late(1), "b": Pair(Late(2))})


def test_an_int_that_python_does_not_write():
    assert_same({"a": 10**5000, "b": [10**5000]})
    assert "whose text fails" in pg.to_html([10**5000]).content
