"""The tree view."""

import html.parser

import numpy as np
import pytest

import pyglove as pg

Html = pg.Html
TreeView = pg.views.HtmlTreeView
BARE = {"enable_summary_tooltip": False, "enable_key_tooltip": False}


class Point(pg.Object):
    x: int
    y: str = "a"


class Line(pg.Object):
    start: Point
    ends: list[Point] = []


def show(value, **options):
    return pg.to_html(value, **{**BARE, **options}).content


class Outline(html.parser.HTMLParser):
    """Checks that tags are balanced, and collects what a reader sees."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.texts, self.nodes = [], [], [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.append((tag, dict(attrs)))
        if tag == "details":
            self.nodes.append("open" in dict(attrs))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def opened(value, **options):
    """Whether each node is open, in the order of the page."""
    return Outline(show(value, **options)).nodes


# ---- What is shown ------------------------------------------------------------------


def test_simple_values():
    assert show(1) == '<span class="simple-value int">1</span>'
    assert show("a'") == '<span class="simple-value str">&quot;a&#x27;&quot;</span>'
    assert show(None) == '<span class="simple-value none-type">None</span>'
    assert show(int, enable_summary=False) == (
        '<span class="simple-value int-class">&lt;class &#x27;int&#x27;&gt;</span>'
    )
    assert show("x" * 81) == (
        '<details open class="pyglove str"><summary><div class="summary-title">str'
        f'</div></summary><span class="simple-value str">{"x" * 81}</span></details>'
    )


def test_an_object():
    assert show(Point(1)) == (
        '<details open class="pyglove point"><summary>'
        '<div class="summary-title">Point(...)</div></summary>'
        '<div class="complex-value point">'
        '<details open class="pyglove int"><summary><div class="summary-name">x</div>'
        '<div class="summary-title">int</div></summary>'
        '<span class="simple-value int">1</span></details>'
        '<details open class="pyglove str"><summary><div class="summary-name">y</div>'
        '<div class="summary-title">str</div></summary>'
        '<span class="simple-value str">&#x27;a&#x27;</span></details></div></details>'
    )


def test_lists_are_tables():
    expected = (
        '<div class="complex-value {}"><table><tr><td>'
        '<span class="object-key int">0</span></td><td>'
        '<span class="simple-value int">1</span></td></tr></table></div>'
    )
    for value in ([1], (1,), pg.List([1])):
        kind = type(value).__name__.lower()
        assert show(value, enable_summary=False) == expected.format(kind)
    assert show({}, enable_summary=False) == (
        '<div class="complex-value dict"><span class="empty-container"></span></div>'
    )


def test_tooltips_have_paths_and_values():
    text = pg.to_html({"a": [1]}, name="n", root_path=pg.KeyPath("r")).content
    assert '<div class="summary-name">n<span class="tooltip">r</span></div>' in text
    assert '<span class="object-key int">0</span><span class="tooltip">r.a[0]' in text
    assert '<span class="tooltip">[1]</span>' in text


def test_a_reference_shows_its_target():
    text = show(pg.Dict(a=pg.Ref(Point(1))))
    assert '<div class="summary-title ref">Point(...)</div>' in text
    assert '<div class="complex-value point">' in text


def test_styles_are_there_once_and_only_as_needed():
    assert len(list(pg.to_html(1).styles)) == 2  # That of the page, too.
    many = pg.to_html([[1], [2]])
    assert len(set(many.styles)) == len(list(many.styles)) == 7
    assert many.head_section.count("/* Tooltips. */") == 1


def test_values_with_html_of_their_own():
    class Frame:
        def _repr_html_(self):
            return "<table></table>"

    class Broken:
        def _repr_html_(self):
            raise ValueError("x")

        def __repr__(self):
            raise ValueError("<y>")

    assert show(Frame(), enable_summary=False) == (
        '<div class="simple-value frame"><table></table></div>'
    )
    text = show(Broken())
    assert "whose text fails: ValueError(&#x27;&lt;y&gt;&#x27;)" in text
    assert "<y>" not in pg.to_html([Broken()]).content


def test_arrays_and_bytes():
    assert "array" in show(np.arange(3)) and "b&#x27;&lt;&#x27;" in show(b"<")


# ---- What is open -------------------------------------------------------------------

TREE = {"a": {"b": {"c": {"d": 1}}}, "l": [[1], [2]]}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        # The nodes are: root, a, b, c, d, l, l[0], l[1]. One value with a name is open.
        ({}, "root d"),
        ({"collapse_level": 0}, "d"),
        ({"collapse_level": 2}, "root a d l"),
        ({"collapse_level": None}, "root a b c d l l0 l1"),
        ({"uncollapse": ["a.b"]}, "root a b d"),
        ({"uncollapse": ["a.b.c", "l[1]"]}, "root a b c d l l1"),
        ({"uncollapse": lambda k, v, p: k == "a.b"}, "root b"),
        ({"child_config": {"a": {"collapse_level": None}}}, "root a b c d"),
        ({"child_config": {"a": {"uncollapse": ["b"]}}}, "root b d"),
    ],
)
def test_levels(options, expected):
    nodes = ["root", "a", "b", "c", "d", "l", "l0", "l1"]
    found = [
        n for n, is_open in zip(nodes, opened(TREE, **options), strict=True) if is_open
    ]
    assert " ".join(found) == expected


# ---- Options ------------------------------------------------------------------------


def names(text):
    return [t for t in Outline(text).texts if t in ("a", "b", "c")]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"include_keys": ["c", "a"]}, ["c", "a", "b"]),
        ({"exclude_keys": ["a"]}, ["b", "c"]),
        ({"include_keys": lambda k, v, p: k != "a.b"}, ["a", "b", "c"]),
        ({"exclude_keys": lambda k, v, p: k in ("a.b", "b")}, ["a", "c"]),
        ({"child_config": {"a": {"exclude_keys": ["b"]}}}, ["a", "b", "c"]),
        ({"include_keys": ["z"]}, []),
    ],
)
def test_keys(options, expected):
    assert names(show({"a": {"b": 0}, "b": 1, "c": 2}, **options)) == expected


def test_options_of_summaries():
    assert "<summary>" not in show([[1]], enable_summary=False)
    assert "<summary>" in show(1, enable_summary=True)
    assert "<summary>" not in show("x" * 100, enable_summary_for_str=False)
    assert "<summary>" in show("x" * 10, max_summary_len_for_str=5)
    assert '<div class="summary-title">my</div>' in show(1, title="my")
    assert "<i>my</i>" in show(1, title=Html("<i>my</i>"))
    assert 'style="color:red;"' in show(1, name="n", summary_color=("red", None))


def test_options_of_keys():
    text = show({"a": 1, "b": 2}, key_style="label", key_color=("red", "blue"))
    style = 'style="color:red;background-color:blue;"'
    assert text.count(f'<span class="object-key str" {style}>') == 2
    text = show({"a": 1, "b": 2}, key_style=lambda k, v, p: "label" if v == 1 else "")
    assert text.count("object-key") == 1 and text.count("summary-name") == 1
    text = show({"a": 1}, key_style="label", key_color=lambda k, v, p: (k.key, None))
    assert 'style="color:a;"' in text


def test_marks():
    text = show(
        [1, 2], highlight=lambda k, v, p: v == 1, lowlight=lambda k, v, p: v == 2
    )
    assert (
        '<div class="highlight"><span class="simple-value int">1</span></div>' in text
    )
    assert '<div class="lowlight"><span class="simple-value int">2</span></div>' in text


def test_classes_of_a_node_and_of_a_child():
    text = show([1], css_classes=["x"], child_config={0: {"css_classes": ["y"]}})
    assert '<details open class="pyglove list x">' in text
    assert '<span class="simple-value int y">' in text and text.count(' y"') == 2


def test_debug_shows_options():
    text = show({"a": 1}, debug=True)
    assert text.count("debug-info-trigger") == 2 and "collapse_level" in text


def test_an_unknown_option_is_refused():
    with pytest.raises(TypeError, match="nope"):
        pg.to_html(1, nope=1)


def test_functions_that_render():
    def value_html(view, *, value, **options):
        return view.render(value, **options) if value == 1 else Html("own")

    def key_html(view, root_path, *, value, **options):
        return Html(f"<b>{root_path}</b>")

    def tooltip(value, **options):
        return Html(f"<u>{sorted(options)}</u>")

    view, root = TreeView(), pg.KeyPath("r")
    text = view.complex_value(
        {"a": 1, "b": 2},
        parent=None,
        root_path=root,
        key_style="label",
        render_key_fn=key_html,
        render_value_fn=value_html,
    ).content
    assert "<b>r.a</b>" in text and "<td>own</td>" in text
    text = view.summary(
        1, name="n", root_path=root, key_tooltip_fn=tooltip, summary_tooltip_fn=tooltip
    ).content
    assert "<u>[&#x27;" not in text and text.count("<u>") == 2
    text = view.object_key(
        root, value=1, parent=None, key_tooltip_fn=lambda **kw: Html("t")
    )
    assert text.content.endswith("</span>t")


# ---- Helpers ------------------------------------------------------------------------


def test_names_of_classes():
    parser = type("HTMLParser2", (), {})
    name = TreeView.css_class_name
    assert [name(v) for v in (1, None, int, parser, parser())] == [
        "int",
        "none-type",
        "int-class",
        "html-parser2-class",
        "html-parser2",
    ]
    assert name(type('a"><b', (), {})()) == "a___b"


def test_collapse_levels():
    level = TreeView.get_collapse_level
    pairs = [(0, 1), (2, 1), (None, 0), ((3, -1), 1), ((1, -3), 0), (0, (1, 1))]
    assert [level(*pair) for pair in pairs] == [1, 2, None, 2, 0, 2]


def test_merging_options():
    merged = TreeView.get_kwargs(
        {"a": 1, "b": {"c": 1}, "collapse_level": 1},
        {"a": 2, "b": {"d": 2}, "collapse_level": 2, "uncollapse": ["x"]},
        pg.KeyPath("q"),
    )
    assert merged == {
        "a": 2,
        "b": {"c": 1, "d": 2},
        "collapse_level": 2,
        "uncollapse": pg.KeyPathSet(["q.x"]),
    }
    child = TreeView.get_child_kwargs(
        {"a": 1, "child_config": {"no": 1}}, {"x": {"a": 2}}, "x", pg.KeyPath("x")
    )
    assert child == {"a": 2}
    passed = TreeView.get_passthrough_kwargs(
        enable_summary=None, key_style="label", debug=True, title="t", remove=["debug"]
    )
    assert passed == {"enable_summary": None, "key_style": "label"}


def test_paths_to_open():
    initial, merge = TreeView.init_uncollapse, TreeView.merge_uncollapse
    assert initial(["a.b"]) == pg.KeyPathSet(["", "a", "a.b"])
    assert initial(None) == pg.KeyPathSet()
    own = pg.KeyPathSet(["a"])
    assert merge(own, pg.KeyPathSet(["c"]), pg.KeyPath("b")) == pg.KeyPathSet(
        ["a", "b.c"]
    )
    assert own == pg.KeyPathSet(["a"]) and merge(own, None) == own

    def everything(path, value, parent):
        return True

    assert initial(everything) is everything is merge(everything, own)


# ---- Extensions ---------------------------------------------------------------------


class Shape(pg.Object, TreeView.Extension):
    size: int
    parts: list[int] = [1]

    def _html_tree_view_summary(self, *, view, title=None, **kwargs):
        return view.summary(self, title="my shape", **kwargs)

    def _html_tree_view_config(self):
        return {
            "collapse_level": None,
            "css_classes": ["shape"],
            "child_config": {"parts": {"css_classes": ["parts"]}},
        }

    @classmethod
    def _html_tree_view_css_styles(cls):
        return [".shape{}"]


def test_an_extension_is_asked_for_its_parts():
    html = pg.to_html({"s": Shape(1)}, **BARE)
    assert '<div class="summary-title shape">my shape</div>' in html.content
    assert '<details open class="pyglove list parts">' in html.content
    assert ".shape{}" in html.styles


def test_an_extension_may_render_all_or_have_no_summary():
    class Whole(TreeView.Extension):
        def _html_tree_view_render(self, *, view, root_path, **kwargs):
            return Html(f"whole {root_path}")

    class Same(TreeView.Extension):
        def _html_tree_view(self, *, view, **kwargs):
            return view.render(self, **kwargs)

        def __str__(self):
            return "same"

    class Bare(Same):
        def _html_tree_view_summary(self, **kwargs):
            return None

    assert "<td>whole [0]</td>" in show([Whole()])
    assert show(Bare()) == '<span class="simple-value bare">same</span>'
    assert show(Same()).startswith('<details open class="pyglove same">')
    assert Whole().to_html().content == "whole "


def test_a_to_html_of_its_own_is_used_everywhere():
    class Own(pg.Object):
        x: int = 1

        def to_html(self, **kwargs):
            base = super().to_html(enable_summary=False, **BARE)
            return Html.element("b", base)

    expected = '<b><div class="complex-value own">'
    assert show(Own()).startswith(expected) and f"<td>{expected}" in show([Own()])
    assert Html(Own()).content.startswith(expected)


def test_something_else_of_the_name():
    class Field(pg.Object):
        to_html: int = 1

    class Plain:
        def __init__(self, x):
            self.x = x

        def to_html(self):
            raise AssertionError("It is not for the library.")

    for value in (Field(), pg.wrap(Plain, [("x", pg.typing.Int())])(1)):
        assert '<div class="complex-value' in show(value)
        assert show([value]).count("complex-value") == 2
        assert Html(value).content in value._repr_html_()


def test_symbolic_values_show_themselves():
    for value in (Point(1), pg.Dict(x=1), pg.List([1]), pg.oneof([1, 2])):
        assert value._repr_html_() == str(pg.to_html(value)) == value.to_html_str()
        assert value.to_html(**BARE).content == show(value)
        assert isinstance(value, pg.views.HtmlConvertible)


def test_a_field_of_html_convertible_values():
    class Page(pg.Object):
        body: pg.views.HtmlConvertible

    assert Page(Point(1)).body == Point(1)
    with pytest.raises(TypeError):
        Page(1)


# ---- Safety -------------------------------------------------------------------------

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</span></div></details><iframe>",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_from_values_is_markup(attack):
    class Quoted:
        def __repr__(self):
            return attack

    odd = type(attack, (), {"__repr__": lambda self: attack})
    values = [
        attack,
        attack * 20,
        {attack: attack},
        [ValueError(attack)],
        Quoted(),
        odd(),
        odd,
        pg.Dict({attack: [Quoted()]}),
        attack.encode(),
        Point(1, attack),
        pg.diff(pg.Dict({attack: attack}), pg.Dict({attack: 1})),
    ]
    for value in [*values, values]:
        for options in ({}, {"key_style": "label"}, {"debug": True}):
            text = pg.to_html(
                value,
                name=attack,
                root_path=pg.KeyPath(attack),
                title=attack,
                **options,
            ).content
            outline = Outline(text)
            allowed = {"details", "summary", "div", "span", "table", "tr", "td"}
            assert {tag for tag, _ in outline.tags} <= allowed
            for _, attributes in outline.tags:
                assert set(attributes) <= {"class", "open", "style"}


# ---- Leaves -------------------------------------------------------------------------


class SlowView(TreeView):
    """Has all leaves made by the methods of the view."""

    VIEW_ID = "test-slow-tree-view"


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"key_style": "label"},
        {"enable_summary": True},
        {"enable_summary": False},
        {"enable_summary_for_str": False},
        {"max_summary_len_for_str": 3},
        {"enable_summary_tooltip": False},
        {"enable_key_tooltip": False},
        {"collapse_level": 0},
        {"collapse_level": None, "highlight": lambda k, v, p: v == 1},
        {"uncollapse": ["a"]},
        {"uncollapse": lambda k, v, p: False},
        {"debug": True},
        {"css_classes": ["x"], "key_color": ("red", None)},
    ],
)
def test_leaves_are_written_as_the_methods_do(options):
    leaves = [1, True, None, 1.5, 1e300, float("nan"), "a<'\"", "x" * 100, "é\n"]
    value = {
        "a": leaves,
        "b<": dict(zip("abcdefghi<", leaves, strict=False)),
        3: 1,
        "": 2,
    }
    fast = pg.to_html(value, **options)
    slow = pg.to_html(value, view_id="test-slow-tree-view", **options)
    assert fast.content == slow.content
    assert set(fast.styles) == set(slow.styles)


# ---- Size ---------------------------------------------------------------------------


def test_cycles_end_with_a_note():
    a, b = pg.Dict(x=1), pg.Dict()
    a.b = b
    b.a = pg.Ref(a)
    items = [1]
    items.append(items)
    for value in (a, b, items):
        assert "in which this stands" in pg.to_html(value, collapse_level=None).content


def test_many_values_are_cut_with_a_note():
    text = pg.to_html_str([{"x": i} for i in range(50_000)])
    assert "more are not shown" in text and len(text) < 20_000_000
    Outline(text)


def test_deep_values_are_cut_with_a_note():
    value = leaf = []
    for _ in range(1000):
        leaf.append([])
        leaf = leaf[0]
    assert "deeper levels are not shown" in pg.to_html_str(value)


def test_long_texts_are_cut_with_a_note():
    text = show("x" * 1_000_000)
    assert "900,000 more characters" in text and len(text) < 200_000


def test_all_methods_of_the_extension():
    class Node(pg.Object, TreeView.Extension):
        x: int

        def _html_tree_view(self, *, view, **kwargs):
            self._rebuilt = True
            return pg.Html("<main>", super()._html_tree_view(view=view, **kwargs))

        def _html_tree_view_summary(self, *, view, title=None, **kwargs):
            return view.summary(self, title="<title>", **kwargs)

        def _html_tree_view_content(self, *, view, **kwargs):
            return pg.Html(f"<b>{self.x}</b>")

        @classmethod
        def _html_tree_view_config(cls):
            return {"collapse_level": 0, "css_classes": ["config"]}

        @classmethod
        def _html_tree_view_css_styles(cls):
            return [".rule{}"]

        def _html_element_class(self):
            return ["one", "t<wo"]

    class Sub(Node):
        y: int = 2

    for cls in (Node, Sub):
        page = pg.to_html([cls(1)], **BARE)
        assert page.content.count("<main>") == 1
        assert (
            '<details class="pyglove one t&lt;wo config"><summary>'
            '<div class="summary-title config">&lt;title&gt;</div></summary>'
            "<b>1</b></details>"
        ) in page.content
        assert ".rule{}" in page.styles


def test_a_control_in_the_place_of_html():
    class Node(pg.Object, TreeView.Extension):
        def _html_tree_view_content(self, *, view, **kwargs):
            return pg.views.html.controls.Label("<x>")

        @classmethod
        def _html_tree_view_css_styles(cls):
            return [".rule{}"]

    page = pg.to_html(Node(), enable_summary=False)
    assert page.content == '<span class="label">&lt;x&gt;</span>'
    assert ".rule{}" in page.styles


def test_what_renders_values_may_be_a_flag():
    def render(view, *, value, **kwargs):
        if value is None:
            return None
        return Html("<one>") if value == 1 else view.render(value, **kwargs)

    class Node(pg.Object, TreeView.Extension):
        a: int = 1
        b: pg.typing.Any() = None

        @classmethod
        def _html_tree_view_config(cls):
            return {"extra_flags": {"render_value_fn": render}}

    assert show(Node(), enable_summary=False) == (
        '<div class="complex-value node"><one></div>'
    )
    text = show(
        {"a": 1, "b": {"c": 1}, "n": None}, extra_flags={"render_value_fn": render}
    )
    assert text.count("<one>") == 2 and "None" not in text
    assert (
        text
        == pg.view(
            {"a": 1, "b": {"c": 1}, "n": None},
            view_id="test-slow-tree-view",
            extra_flags={"render_value_fn": render},
            **BARE,
        ).content
    )
    keys = show(
        [{"a": 2}],
        collapse_level=None,
        extra_flags={"render_key_fn": lambda *args, **kwargs: Html("<key>")},
        key_style="label",
    )
    assert keys.count("<key>") == 2
