"""Labels, badges and groups."""

import pytest

import pyglove as pg

Badge, Label, LabelGroup, Tooltip = (
    getattr(pg.views.html.controls, name)
    for name in ("Badge", "Label", "LabelGroup", "Tooltip")
)


def test_labels():
    assert Label("a<b").to_html().content == '<span class="label">a&lt;b</span>'
    assert Label(pg.Html("<i>")).to_html().content == '<span class="label"><i></span>'
    label = Label(
        "a", "tip<", "/x?a=1&b", "i", ["q"], {"color": "red"}, target="_blank"
    )
    assert label.to_html().content == (
        '<div class="label-container"><a class="label q" style="color:red;" id="i" '
        'href="/x?a=1&amp;b" target="_blank">a</a>'
        '<span class="tooltip">tip&lt;</span></div>'
    )
    assert ".label:hover + .tooltip" in label.to_html().head_section


def test_badges():
    html = Badge("a", css_classes=["q"]).to_html()
    assert html.content == '<span class="label q badge">a</span>'
    assert ".badge" in html.style_section


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", " JavaScript :x", "java\nscript:x", "data:text/html,x"],
)
def test_links_that_run_code_are_refused(link):
    with pytest.raises(ValueError, match="runs code"):
        Label("a", link=link)
    label = Label("a", link="/x", interactive=True)
    with pytest.raises(ValueError, match="runs code"):
        label.update("b", link=link)
    assert (label.text, label.link) == ("a", "/x")


def test_an_update():
    label = Label("a", "t", "/x", "i", ["old"], {"color": "red"}, interactive=True)
    label.to_html()
    with label.track_scripts() as scripts:
        label.update(
            "</script>",
            "u",
            "/y",
            {"width": "1px"},
            add_class="p",
            remove_class=["old"],
        )
    text = "\n".join(scripts)
    assert "</script>" not in text and 'textContent = "\\u003c/script>"' in text
    assert 'classList.add("p")' in text and 'classList.remove("old")' in text
    assert '"color:red;width:1px;"' in text and 'elem["href"] = "/y"' in text
    assert label.text == "</script>" and label.link == "/y"
    assert label.tooltip.content == "u" and label.css_classes == ["p"]
    assert label.styles == {"color": "red", "width": "1px"}
    assert label.to_html().content.count("p") and 'href="/y"' in label.to_html().content


def test_html_in_an_update_brings_its_styles():
    label = Label("a", interactive=True)
    label.to_html()
    with label.track_scripts() as scripts:
        label.update(pg.Html("<i>", styles=["i{}"]))
        label.update(pg.Html("<b>", styles=["i{}"]))
    assert len(scripts) == 3 and "innerHTML" in scripts[0] and '"i{}"' in scripts[1]


def test_updates_that_are_refused():
    with pytest.raises(ValueError, match="interactive=True"):
        Label("a").update("b")
    label = Label("a", interactive=True)
    for options in ({"tooltip": "t"}, {"link": "/x"}):
        with pytest.raises(ValueError, match="expected a label with a"):
            label.update("b", **options)
    assert label.text == "a"


def test_groups():
    group = LabelGroup(["a", None, Badge("b"), ["c", [pg.Html("<d>")]]], name="n")
    assert group.to_html().content == (
        '<div class="label-group"><span class="label group-name">n</span>'
        '<span class="label group-value">a</span>'
        '<span class="label badge group-value">b</span>'
        '<span class="label group-value">c</span>'
        '<span class="label group-value"><d></span></div>'
    )
    assert [type(label) for label in group.labels] == [Label, Badge, Label, Label]


def test_labels_of_an_interactive_group_are_so():
    group = LabelGroup(
        ["a"], id="g", css_classes=["k"], styles={"a": 1}, interactive=True
    )
    assert group.to_html().content.startswith(
        '<div class="label-group k" style="a:1;" id="g">'
        '<span class="label group-value" id='
    )
    with group.track_scripts() as scripts:
        group.labels[0].update("b")
    assert len(scripts) == 1 and group.labels[0].text == "b"
