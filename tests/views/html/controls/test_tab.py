"""Tabs."""

import pytest

import pyglove as pg

Label, Tab, TabControl = (
    getattr(pg.views.html.controls, name) for name in ("Label", "Tab", "TabControl")
)


def tab(name, **options):
    return Tab(name, pg.Html(f"<p>{name}</p>"), name=name, **options)


def names(control):
    return "".join(t.name for t in control.tabs)


@pytest.fixture
def control():
    return TabControl([tab("a"), None, [tab("b"), [tab("c")]]], "b", id="t")


def test_tabs(control):
    assert TabControl([tab("a", css_classes=["k"])], id="t").to_html().content == (
        '<table class="tab-control"><tr><td><div class="tab-button-group top" '
        'id="t-button-group"><button class="tab-button selected k" '
        "onclick=\"openTab(event, 't', 't-0')\"><span class=\"label\">a</span></button>"
        '</div></td></tr><tr><td><div class="tab-content-group top" '
        'id="t-content-group"><div class="tab-content selected k" id="t-0"><p>a</p>'
        "</div></div></td></tr></table>"
    )
    assert names(control) == "abc" and control.selected == 1
    text = control.to_html().content
    assert text.count("selected") == 2 and "</tr><tr>" in text
    left = TabControl([tab("a")], tab_position="left").to_html().content
    assert "</tr><tr>" not in left and "tab-button-group left" in left


def test_tabs_that_are_not_interactive_switch_in_the_browser():
    text = TabControl([tab("a")], interactive=False).to_html().content
    assert "'None" not in text and text.count("id=") == 3


def test_ids_stay_within_their_script():
    text = TabControl([tab("a")], id="x');alert(1);//\"").to_html().content
    assert "openTab(event, 'x\\');alert(1);//" in text and '//"' not in text


def test_text_and_values_as_contents():
    assert Tab("a", "text").content == Label("text")
    page = TabControl([Tab("a", pg.Dict(x=1)), Tab(pg.Html("<i>"), Label("l"))])
    text = page.to_html().content
    assert "pyglove dict" in text and "<i>" in text and '<span class="label">l' in text


def test_indices(control):
    found = [control.indexof(i) for i in (0, -1, 99, "c", "no", ["no", "b"])]
    assert found == [0, 2, 2, 2, -1, 1]
    assert TabControl([]).indexof(0) == -1
    assert TabControl([tab("a")], selected="no").selected == 0
    assert TabControl([tab("a")], selected=7).selected == 0


def test_a_selection(control):
    control.to_html()
    with control.track_scripts() as scripts:
        assert control.select(0) == 0 and control.selected == 0
        assert control.select("c") == "c" and control.select(["no", "b"]) == "b"
    assert len(scripts) == 3 and "children[2].click()" in scripts[1]
    with pytest.raises(ValueError, match=r"one of \['a', 'b', 'c'\], got 'no'"):
        control.select("no")
    assert control.selected == 1


def test_tabs_are_added(control):
    control.to_html()
    with control.track_scripts() as scripts:
        control.append(tab("d"))
        control.insert("c", tab("e"))
        control.insert(0, tab("f"))
        control.insert(99, tab("g"))
        control.extend([tab("h")])
    # What is shown stays so.
    assert names(control) == "fabecdgh" and control.tabs[control.selected].name == "b"
    assert len(scripts) == 10 and "beforeend" in scripts[0] and "t-3" in scripts[1]
    assert "children[2]" in scripts[2] and "beforebegin" in scripts[2]
    assert "t-4" in scripts[2] and "selected" not in "".join(scripts)
    with pytest.raises(ValueError, match="got 'no'"):
        control.insert("no", tab("x"))
    assert names(control) == "fabecdgh"


def test_tabs_are_removed(control):
    control.to_html()
    with control.track_scripts() as scripts:
        assert control.remove("a").name == "a"
    assert names(control) == "bc" and control.selected == 0 and len(scripts) == 2
    with control.track_scripts() as scripts:
        control.remove(0)
    # The next one is shown instead.
    assert names(control) == "c" and control.selected == 0 and len(scripts) == 3
    control.append(tab("d"))
    control.select(1)
    assert control.remove(-1).name == "d" and control.selected == 0
    control.remove(0)
    assert not control.tabs
    with pytest.raises(ValueError, match="got 0"):
        control.remove(0)


def test_tabs_of_a_copy():
    control = TabControl([tab("a")])
    copy = control.clone(deep=True)
    copy.append(tab("b"))
    assert names(control) == "a" and names(copy) == "ab"
    assert (
        pg.from_json(TabControl([Tab("a", "x")]).to_json()).tabs[0].content.text == "x"
    )
