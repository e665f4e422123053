"""Views, HTML and controls."""

import pyglove as pg

H = pg.Html
T = pg.views.HtmlTreeView
C = pg.views.html.controls
K = pg.KeyPath
S = pg.KeyPathSet
BARE = {"enable_summary_tooltip": False, "enable_key_tooltip": False}


class Point(pg.Object):
    x: int
    y: str = "a"


class Line(pg.Object):
    start: Point
    ends: list[Point] = []
    labels: dict = {}


class Shape(pg.Object, T.Extension):
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


class Whole(T.Extension):
    def _html_tree_view_render(self, *, view, root_path, **kwargs):
        return H(f"whole {root_path}")


class Hidden(T.Extension):
    def _html_tree_view_summary(self, *, view, **kwargs):
        return None

    def __str__(self):
        return "hidden <"


class Content(T.Extension):
    def _html_tree_view_content(self, *, view, root_path, **kwargs):
        options = view.get_passthrough_kwargs(**kwargs)
        inner = view.render(1, name="sub", root_path=root_path + "sub", **options)
        return H.element("div", ["x", inner])

    def __repr__(self):
        return "content"


class Rule(pg.views.HtmlConvertible):
    def to_html(self, **kwargs):
        return H("<hr>", styles=["hr{}"])


class Plain(pg.View):
    VIEW_ID = "plain"

    class Extension(pg.View.Extension):
        def _plain(self, *, view, times=1, **kwargs):
            return view.title(self, **kwargs) + "!" * times

        def _plain_title(self, *, view, **kwargs):
            return view.title(self, **kwargs)

    @pg.View.extension_method("_plain")
    def render(self, value, *, name=None, root_path=None, times=0, **kwargs):
        return self.title(value, name=name) + "." * times

    @pg.View.extension_method("_plain_title")
    def title(self, value, *, name=None, **kwargs):
        return H(f"{name}={value}")


class Named(Plain.Extension):
    def _plain_title(self, *, name=None, **kwargs):
        return H(f"my {name}")


def show(value, **options):
    return pg.to_html(value, **{**BARE, **options}).content


def full(value, **options):
    return pg.to_html(value, **options).content


def level(*args):
    return T.get_collapse_level(*args)


TREE = {"a": {"b": {"c": {"d": 1}}}, "l": [[1], [2]]}
LINE = Line(Point(1), [Point(2), Point(3, "<b>")], {"k": 1, "n": None})
view = T()


# Snippets
show(1)
show("a'<")
show("x" * 81)
show(None), show(True), show(1.5), show(b"<"), show(int), show({1})
show([]), show(()), show({}), show(pg.Dict()), show(pg.List())
show([1, "a", None])
show((1, [2]))
show({"a": 1, 2: 3})
show(ValueError("x"))
show(K.parse("a.b"))
show(pg.MISSING_VALUE)
show(Point(1))
show(Point.partial())
show(LINE)
full(LINE)
full(TREE)
full([1], name="n", root_path=K("r"))
full({"a": {"b": [1, 2]}, "c": pg.Dict(x=Point(1))})
# Expected difference: searches-have-views-of-their-own
full(pg.oneof([1, 2]))
show(pg.Ref(Point(1)))
show(pg.Dict(a=pg.Ref(Point(1))))
# Expected difference: references-in-tooltips
full(pg.Dict(a=pg.Ref(Point(1))))
show(TREE, collapse_level=0)
show(TREE, collapse_level=2)
show(TREE, collapse_level=None)
show(TREE, uncollapse=["a.b"])
show(TREE, uncollapse=["a.b.c", "l[1]"])
show(TREE, uncollapse=lambda k, v, p: k == "a.b")
show(TREE, include_keys=["a"])
show(TREE, exclude_keys=["a"])
show(TREE, include_keys=lambda k, v, p: k != "a.b")
show(TREE, exclude_keys=lambda k, v, p: k == "l[0]")
show(TREE, child_config={"a": {"collapse_level": None}})
show(TREE, child_config={"a": {"uncollapse": ["b"]}})
show(TREE, child_config={"l": {"css_classes": ["q"]}})
show(TREE, child_config={"a": {"enable_summary": False}})
show(TREE, key_style="label")
show(TREE, key_style="label", key_color=("red", "blue"))
show(TREE, key_style=lambda k, v, p: "label" if k == "a" else "summary")
show(TREE, highlight=lambda k, v, p: v == 1)
show(TREE, lowlight=lambda k, v, p: k == "l")
show(TREE, enable_summary=False)
show(TREE, enable_summary=True)
show(TREE, css_classes=["x", "y"])
show(TREE, title="my")
show(1, name="n", summary_color=("red", None))
show("abc", name="n", enable_summary_for_str=False)
show({"a": "abc"}, max_summary_len_for_str=2)
show(Shape(1)), ".shape{}" in pg.to_html(Shape(1)).styles.parts
show({"s": Shape(1, [2])})
show([Whole()]), Whole().to_html().content
show(Hidden()), show([Hidden()])
full(Content()), full([Content()])
H("a", Rule(), "b"), show(Rule()), show([Rule()])
Rule().to_html_str(content_only=True)
Point(1).to_html(**BARE).content == show(Point(1))
pg.to_html_str(1, content_only=True)
isinstance(Point(1), pg.views.HtmlConvertible), isinstance(1, pg.views.HtmlConvertible)
pg.to_html(1, nope=1)
pg.view(1, view_id="nope")
pg.View.create("nope")
sorted(pg.View.dir()), sorted(pg.views.HtmlView.dir())
pg.view(1, view_id="plain", times=2).content
pg.view(Named(), view_id="plain", name="n").content
[c.__name__ for c in Named.supported_view_classes()]
[c.__name__ for c in Shape.supported_view_classes()]
with pg.view_options(collapse_level=None) as o:
    print(o, show([[1]]))
with pg.view_options(**BARE):
    print(pg.to_html([[1]], collapse_level=0).content)
[level(a, b) for a in (0, 1, 2, (1, 0), (2, -1)) for b in (None, 0, 1, (2, -1))]
T.get_kwargs({"a": 1, "b": {"c": 1}}, {"b": {"d": 2}, "a": 3})
T.get_kwargs(
    {"collapse_level": (1, 0)}, {"collapse_level": 0, "uncollapse": ["x"]}, K("q")
)
T.get_child_kwargs({"a": 1, "b": 2}, {"x": {"a": 2}}, "x", K("x"))
T.get_child_kwargs({"a": 1}, {"x": {"child_config": {"y": 1}}}, "x", K("x"))
T.get_passthrough_kwargs(enable_summary=None, key_style="label", remove=["key_style"])
T.get_color(None, K(), 1, None), T.get_color(("a", "b"), K(), 1, None)
T.init_uncollapse(["a.b"]), T.init_uncollapse(None), T.init_uncollapse([])
T.merge_uncollapse(S(["a"]), S(["c"]), K("b")), T.merge_uncollapse(S(["a"]), None)
[T.css_class_name(v) for v in (1, "a", None, [], int, ValueError, ValueError(), len)]
[view.needs_summary(v) for v in (1, "a", "a" * 99, None, [], int)]
[view.needs_summary(v, name="n") for v in (1, "a", "a" * 99, None, [], int)]
[view.needs_summary(1, enable_summary=e) for e in (None, True, False)]
[view.should_collapse(1, None, K("a"), None, n, S(["a"])) for n in (None, 0, 1)]
[view.should_collapse([], None, K("a"), None, n, S(["b"])) for n in (None, 0, 1)]
view.summary([1], name="n", root_path=K("p")).content
view.summary("a"), view.summary([1], enable_summary=False)
view.object_key(K.parse("a.b"), value=1, parent=None, css_classes=["z"]).content
view.object_key(K([0]), value=1, parent=None, enable_key_tooltip=False).content
view.tooltip([1, "<"], id="q", css_classes=["a"]).content
view.tooltip(1, content=H("<b>")).content
view.simple_value("a\nb<").content, view.simple_value("a", css_classes=["k"]).content
view.content(1).content, view.content([1]).content, view.content({}).content
view.complex_value({"a": 1}, parent=None, root_path=K(), css_classes=["q"]).content
view.complex_value({0: 1, "k": 2}, parent=[1], root_path=K("p")).content
view.complex_value(
    {"b": 1, "a": 2}, parent=None, root_path=K(), include_keys=["a", "b"]
).content
H("a", None, lambda: "b", H("<i>", styles=["s"]), styles=["t", "s"], scripts=["j"])
str(H("a", styles=["t"], scripts=["j"], style_files=["f"], script_files=["g"]))
H().to_str(), H("a").body_section, H(styles=["a"]).head_section
H("a").add_style("b", "b").add_script("c").add_style_file("d").add_script_file("e")
H(1)
H(["a"])
H("a") + 1
H("a") + "b", "b" + H("a"), H("a") + None, H("a") + (lambda: "c")
H("a") == H("a"), H("a") == "a", H("a", styles=["x"]) == H("a")
H("a").write("b", H("c", styles=["s"]), shared_parts_only=True)
H.from_value(None), H.from_value("a"), H.from_value(lambda: "a")
H.escape("<a b='c'>&\""), H.escape(None), H.escape(H("<")), H.escape(lambda: "<")
H.escape("a\"b'\n\\", javascript_str=True)
H.concate(["a", None, ["b", "a"]]), H.concate(["a", "a"], dedup=False), H.concate([])
H.concate(["a", "b"], separator=";"), H.concate("a a"), H.concate(None)
(
    H.style_str({"a_b": 1, "c": None}),
    H.style_str("a:b"),
    H.style_str({}),
    H.style_str(None),
)
H.element(
    "div", ["a", H("b")], options="o", css_classes=["x", None], styles={"a": 1}, id="i"
).content
(
    H.element("p").content,
    H.element("p", css_classes=[]).content,
    H.element("a", data_x=1).content,
)
(
    H.Styles("a", "b").add("a"),
    H.Styles("a").add("b"),
    bool(H.Styles()),
    list(H.Styles("a").parts),
)
C.Label("a").to_html().content, C.Label(H("<i>")).to_html().content
C.Label(
    "a", "tip<", "/x", "i", ["q"], {"color": "red"}, target="_blank"
).to_html().content
C.Badge("a", css_classes=["q"]).to_html().content
C.LabelGroup(["a", None, C.Badge("b"), ["c"]], name="n", id="g").to_html().content
(
    C.Tooltip("a<", ".x", "q", ["m"]).to_html().content,
    C.Tooltip(H("<b>"), ".x").to_html().content,
)
C.Tooltip("a").to_html()
C.Label("a").update("b")
C.Label(1)
C.Label("a"), C.Tab("a", H("b"), name="n").name, C.Tab("a", "b").content
C.Label("a").to_json()["_type"], C.Tab("a", "b").to_json()["_type"]
C.Label("a").element_id(), C.Label("a", id="x").element_id()
t = C.TabControl(
    [C.Tab("a", H("A"), name="a"), None, [C.Tab("b", H("B"), name="b")]], "b"
)
t.selected, len(t.tabs), [t.indexof(i) for i in (0, -1, 9, "a", "no")]
t.append(C.Tab("c", H("C"), name="c"))
print(t.select("c"), t.select(0), t.select(["no", "b"]), t.selected)
t.insert("b", C.Tab("d", H("D"), name="d"))
print([tab.name for tab in t.tabs])
t.remove("a").name, [tab.name for tab in t.tabs]
t.select("no")
t.remove("no")
t.insert("no", C.Tab("x", H("")))
b = C.ProgressBar([C.SubProgress("a"), C.SubProgress("b", 2)], total=4)
[(p.name, p.value, p.total, p.width) for p in b.subprogresses]
b.subprogresses[0].increment()
print(b.subprogresses[0].width, b.subprogresses[0].value)
b.subprogresses[0].update(3)
print(b.subprogresses[0].width)
# Expected difference: text-is-escaped
show({"a<": 1})
# Expected difference: text-is-escaped
show(1, title="<i>")
# Expected difference: text-is-escaped
C.Label("a<").to_html().content
# Expected difference: text-is-escaped
C.Label("a", link="javascript:x()")
# Expected difference: text-is-escaped
H.element("a", title='"<').content
view.tooltip(1, content="<").content
# Expected difference: values-of-other-libraries
show([H("<hr>")], enable_summary=False)
# Expected difference: controls-change-as-the-page-does
C.TabControl([C.Tab("a", H("A"))], id="t").to_html().content
# Expected difference: controls-change-as-the-page-does
C.TabControl([C.Tab("a", H("A"))], selected=5).selected
# Expected difference: controls-change-as-the-page-does
b.update(total=9)
# Expected difference: views-hold-together
C.Badge("x").css_classes
show(pg.diff(Point(1), Point(2)), enable_key_tooltip=True)
show(pg.diff(Point(1), Point(2), mode="both"), enable_key_tooltip=True)
show(pg.diff(Point(1), Shape(1)), enable_key_tooltip=True)
show(pg.diff(1, 2)), show(pg.diff(1, 1))
show(pg.diff(pg.Dict(a=1), pg.Dict(b=2)), enable_key_tooltip=True)
show(pg.diff([1, 2], [1, 3, 4]), enable_key_tooltip=True)
show([pg.diff(pg.Dict(a=Point(1)), pg.Dict(a=Point(2)))], enable_key_tooltip=True)
bar = C.ProgressBar([C.SubProgress("a"), C.SubProgress("b b", 2)], total=3)
bar["b b"].value
bar["c"]
bar[0]


class Contextual(pg.ContextualObject):
    x: int = 1
    y: pg.typing.Any() = pg.contextual_attribute()
    z: int = pg.contextual_attribute(default=2)


class Context(pg.ContextualObject):
    child: Contextual
    y: pg.typing.Any() = pg.Dict(k=1)


show(Contextual())
show(Context(Contextual()))
show(Context(Contextual()).child)
show(pg.contextual_attribute(default=3), name="n")
# Expected difference: searches-have-views-of-their-own
show(pg.dna_spec(pg.oneof([1, 2])))
# Expected difference: searches-have-views-of-their-own
show(pg.DNA([1, 2]))
# Expected difference: searches-have-views-of-their-own
show(pg.ErrorInfo(tag="a", description="b", stacktrace="c"))
