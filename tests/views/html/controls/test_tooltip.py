"""Tooltips."""

import pytest

import pyglove as pg

Tooltip = pg.views.html.controls.Tooltip


def test_a_tooltip():
    html = Tooltip("a<", ".x", "q", ["m"], {"b": 1}).to_html()
    assert html.content == '<span class="tooltip m" style="b:1;" id="q">a&lt;</span>'
    assert ".x:hover + .tooltip" in html.style_section
    html = Tooltip(pg.Html("<b>"), ".x").to_html()
    assert html.content == '<span class="tooltip html-content"><b></span>'


def test_a_tooltip_for_nothing():
    with pytest.raises(ValueError, match="for_element"):
        Tooltip("a").to_html()


def test_an_update():
    tooltip = Tooltip("a", ".x", "q", interactive=True)
    tooltip.to_html()
    with tooltip.track_scripts() as scripts:
        tooltip.update(pg.Html("<b>"))
        tooltip.update("c")
    assert 'classList.add("html-content")' in scripts[1]
    assert 'classList.remove("html-content")' in scripts[3]
    assert tooltip.content == "c"
