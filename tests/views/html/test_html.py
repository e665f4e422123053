"""`pg.Html`."""

import pytest

import pyglove as pg

Html = pg.Html


def test_a_page():
    html = Html(
        "abc",
        Html("<b>", styles=["s1"]),
        styles=["s0", "s1"],
        scripts=["j"],
        style_files=["f.css"],
        script_files=["f.js"],
    )
    assert html.to_str() == (
        '<html>\n<head>\n<link rel="stylesheet" href="f.css">\n'
        '<style>\ns0\ns1\n</style>\n<script src="f.js"></script>\n'
        "<script>\nj\n</script>\n</head>\n<body>\nabc<b>\n</body>\n</html>"
    )
    assert html.to_str(content_only=True) == "abc<b>"
    assert html.head_section.count("s1") == 1 and html.styles.parts["s1"] == 2
    assert html._repr_html_() == str(html)
    assert html.body_section == "<body>\nabc<b>\n</body>"


def test_parts_are_added_one_by_one():
    html = Html("x").add_style("a", "b", "a").add_style_file("u").add_script("k")
    html.add_script_file("z")
    assert list(html.styles) == ["a", "b"] and list(html.scripts) == ["k"]
    assert list(html.style_files) == ["u"] and list(html.script_files) == ["z"]
    assert html.style_section == '<link rel="stylesheet" href="u">\n' + (
        "<style>\na\nb\n</style>"
    )
    assert Html().head_section == "<head>\n</head>"


def test_a_url_stays_in_its_attribute():
    html = Html(script_files=['"><script>alert(1)</script>'])
    assert '"&quot;>' in html.head_section


def test_values_that_convert_to_html():
    class Rule(pg.views.HtmlConvertible):
        def to_html(self, **kwargs):
            return Html(f"<hr>{kwargs}", styles=["hr{}"])

    html = Html("a", Rule())
    assert html.content == "a<hr>{}" and list(html.styles) == ["hr{}"]
    assert Html.element("p", Rule()).content == "<p><hr>{}</p>"
    assert "'a': 1" in pg.to_html(Rule(), a=1).content
    assert Rule().to_html_str(content_only=True) == "<hr>{}"
    assert "hr{}" in Rule()._repr_html_()


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        (["div"], {}, "<div></div>"),
        (["div", ["a", Html("b"), None]], {}, "<div>ab</div>"),
        (["div"], {"css_classes": ["a", None, ["b", "a"]]}, '<div class="a b"></div>'),
        (["details"], {"options": ["open", None]}, "<details open></details>"),
        (["p", "x"], {"styles": {"a_b": 1, "c": None}}, '<p style="a-b:1;">x</p>'),
        (["p"], {"styles": {}, "css_classes": [], "options": []}, "<p></p>"),
        (["a"], {"data_x": 1, "href": None}, '<a data-x="1"></a>'),
        (["a"], {"title": '"><i>'}, '<a title="&quot;><i>"></a>'),
        (["a"], {"css_classes": 'x" y="'}, '<a class="x&quot; y=&quot;"></a>'),
    ],
)
def test_elements(arguments, options, expected):
    assert Html.element(*arguments, **options).content == expected


def test_escape():
    assert Html.escape('<a b="c">\'&') == "&lt;a b=&quot;c&quot;&gt;&#x27;&amp;"
    assert Html.escape(None) is None and Html.escape(lambda: "<") == "&lt;"
    escaped = Html.escape(Html("<a>", styles=["<s>"]))
    assert escaped == Html("&lt;a&gt;", styles=["<s>"])
    script = Html.escape('a"\n\\</script>', javascript_str=True)
    assert script == 'a\\"\\n\\\\<\\/script>'
    with pytest.raises(TypeError):
        Html.escape(1)


def test_concate():
    assert Html.concate(["a", None, ["b", "a", ["c", None]]]) == "a b c"
    assert Html.concate(["a", "a"], dedup=False) == "a a"
    assert Html.concate(["a", "b"], separator=";") == "a;b"
    assert Html.concate("a a") == "a a"
    assert Html.concate(None) is None and Html.concate([None, [None]]) is None


def test_style_str():
    assert Html.style_str({"background_color": "red", "x": None}) == (
        "background-color:red;"
    )
    assert Html.style_str("a:b") == "a:b"
    assert Html.style_str(None) is None and Html.style_str({"x": None}) is None


def test_json():
    html = Html("<b>x</b>", styles=["b {}"], scripts=["run()"], script_files=["/a.js"])
    value = pg.to_json(html)
    assert value == {
        "_type": "pyglove.core.views.html.base.Html",
        "content": "<b>x</b>",
        "styles": ["b {}"],
        "script_files": ["/a.js"],
        "scripts": ["run()"],
    }
    assert pg.from_json(value) == html
    controls = pg.views.html.controls
    label = controls.TabControl(
        [controls.Tab(Html("<i>a</i>"), html)], id="x", selected=0
    )
    text = pg.to_json_str(label)
    assert "Opaque" not in text
    loaded = pg.from_json_str(text)
    assert loaded.tabs[0].content == html
    assert loaded.to_html().content == label.to_html().content
    assert pg.from_json(pg.to_json(Html())) == Html()


@pytest.mark.parametrize(
    "fields",
    [
        {"content": 1},
        {"styles": "b {}"},
        {"styles": [1]},
        {"scripts": {"a": "b"}},
        {"other": ["a"]},
    ],
)
def test_json_of_another_form_is_refused(fields):
    with pytest.raises(TypeError, match=r"pg\.Html"):
        pg.from_json({"_type": "pyglove.core.views.html.base.Html", **fields})
