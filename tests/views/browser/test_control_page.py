"""Controls in a browser: what readers do, and what Python changes on the page."""

import pytest

import pyglove as pg

C = pg.views.html.controls


def pages(*names):
    return [C.Tab(name, pg.Html(f"<p>{name} page</p>"), name=name) for name in names]


@pytest.mark.parametrize("position", ["top", "left"])
def test_tabs_switch(tab, position):
    tabs = C.TabControl(pages("one", "two"), tab_position=position)
    page = tab.show(tabs.to_html())
    first, second = page.get_by_text("one page"), page.get_by_text("two page")
    assert first.is_visible() and not second.is_visible()
    page.get_by_text("two", exact=True).click()
    assert second.is_visible() and not first.is_visible()
    selected = tab.style(".tab-button.selected", "backgroundColor")
    assert selected != tab.style(".tab-button:not(.selected)", "backgroundColor")


def test_tabs_change_from_python(tab):
    tabs = C.TabControl(pages("one", "two"))
    page = tab.show(tabs.to_html())
    with tabs.track_scripts() as scripts:
        tabs.append(pages("three")[0])
        tabs.insert("one", pages("zero")[0])
        tabs.select("three")
    tab.run(scripts)
    buttons = page.locator(".tab-button")
    assert buttons.all_inner_texts() == ["zero", "one", "two", "three"]
    assert page.get_by_text("three page").is_visible()
    with tabs.track_scripts() as scripts:
        tabs.remove("three")
    tab.run(scripts)
    assert buttons.all_inner_texts() == ["zero", "one", "two"]
    assert page.locator(".tab-content.selected").count() == 1


def test_a_progress_bar_grows(tab):
    bar = C.ProgressBar([C.SubProgress("done"), C.SubProgress("failed")])
    page = tab.show(bar.to_html())
    assert "n/a" in page.locator(".progress-bar").inner_text()
    with bar.track_scripts() as scripts:
        bar.update(total=20)
        bar["done"].increment(5)
        bar["failed"].increment()
    tab.run(scripts)
    assert "30.0% (6/20)" in page.locator(".progress-bar").inner_text()
    done, whole = (
        page.locator(selector).bounding_box()["width"]
        for selector in (".sub-progress.done", ".shade")
    )
    assert done / whole == pytest.approx(0.25, abs=0.01)
    page.locator(".progress-label").hover()
    tooltip = page.locator("span.tooltip")
    assert tooltip.is_visible()
    assert tooltip.inner_text().startswith("done: 25.0% (5/20)")


def test_labels_and_tooltips_change(tab):
    label = C.Label("old", tooltip="tip", link="#there", interactive=True)
    group = C.LabelGroup([label, C.Badge("badge")], name="group", interactive=True)
    page = tab.show(group.to_html())
    shown = group.labels[0]
    with shown.track_scripts() as scripts:
        shown.update(
            "<b>new</b>", tooltip="<i>tip</i>", styles={"color": "rgb(1, 2, 3)"}
        )
    tab.run(scripts)
    text = page.get_by_text("<b>new</b>")
    assert text.is_visible()
    tooltip = page.locator("span.tooltip").first
    assert not tooltip.is_visible()
    text.hover()
    assert tooltip.is_visible() and tooltip.inner_text() == "<i>tip</i>"
    assert tab.style("a.label", "color") == "rgb(1, 2, 3)"
