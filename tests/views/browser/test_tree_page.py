"""Trees in a browser: nodes, tooltips, colours, and room for long texts."""

import re

import numpy as np
import pandas as pd
import pytest

import pyglove as pg


class Layer(pg.Object):
    units: int
    activation: str = "relu"


class Model(pg.Object):
    layers: list[Layer]
    name: str = "a model"
    rate: float | None = None


def test_nodes_open_and_close(tab):
    page = tab.show(pg.to_html(Model([Layer(4), Layer(8)])))
    layers = page.locator("details.list")
    units = page.locator(".summary-name", has_text="units").first
    assert not units.is_visible()
    layers.locator("> summary").click()
    first = page.locator("td details").first
    assert first.is_visible()
    first.locator("> summary").click()
    assert units.is_visible()
    page.locator("details > summary").first.click()
    assert not first.is_visible()


def test_tooltips_appear_over_titles_and_names(tab):
    page = tab.show(pg.to_html(Model([Layer(4)], name="<b>")))
    title = page.locator(".summary-title").first
    tooltip = page.locator("summary > span.tooltip").first
    assert not tooltip.is_visible()
    title.hover()
    assert tooltip.is_visible()
    assert "units=4" in tooltip.inner_text() and "<b>" in tooltip.inner_text()
    page.mouse.move(990, 690)
    page.locator(".summary-name").first.hover()
    assert not tooltip.is_visible()
    assert page.locator(".summary-name > span.tooltip").first.inner_text() == "layers"


def mixed():
    deep = node = {}
    for i in range(30):
        node["x"] = i
        node = node.setdefault(f"level_{i}", {})
    return {
        "text": "x" * 500,
        "long_key_" * 30: 1,
        "frame": pd.DataFrame({"a": range(3), "b": list("xyz")}),
        "array": np.arange(2000).reshape(40, 50),
        "bytes": b"\x00" * 300,
        "list": [1, 2.5, "x", True, None, [1, [2, {"k" * 200: 3}]]],
        "lines": "first\nsecond",
        "empty": {},
        "deep": deep,
        "type": int,
    }


@pytest.mark.parametrize("key_style", ["summary", "label"])
def test_long_texts_and_deep_trees_stay_within_the_page(tab, key_style):
    value = mixed()
    if key_style == "label":
        del value["deep"]  # Each level has its keys on the left.
    page = tab.show(pg.to_html(value, collapse_level=None, key_style=key_style))
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 1000
    # Short values stand beside their names.
    empty = page.locator("span.empty-container").first.bounding_box()
    assert empty["height"] < 40


def luminance(color):
    channels = [int(c) / 255 for c in re.findall(r"\d+", color)[:3]]
    linear = [
        c / 12.92 if c <= 0.04 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colors_can_be_read_on_the_page(tab):
    page = tab.show(pg.to_html(mixed(), collapse_level=None, key_style="label"))
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    # The page is painted in the reader's scheme, of which elements know.
    canvas = page.evaluate(
        "(() => { const e = document.createElement('p'); document.body.append(e);"
        "e.style.background = 'Canvas';"
        "return getComputedStyle(e).backgroundColor; })()"
    )
    background = luminance(canvas)
    assert (background < 0.1) == dark
    for selector in (
        ".summary-title",
        ".object-key.str",
        ".simple-value.str",
        ".simple-value.int",
        ".simple-value.none-type",
    ):
        color = luminance(tab.style(selector, "color"))
        high, low = max(color, background), min(color, background)
        assert (high + 0.05) / (low + 0.05) > 3.9, selector


def test_marks_and_diffs_have_colors(tab):
    page = tab.show(
        pg.Html(
            pg.to_html({"a": 1, "b": 2}, highlight=lambda k, v, p: v == 1),
            pg.to_html(pg.diff(Model([Layer(4)]), Model([Layer(5)], rate=1.0))),
        )
    )
    colors = {
        tab.style(selector, "backgroundColor")
        for selector in (".highlight", ".diff-left", ".diff-right", "body")
    }
    assert len(colors) == 4
    diff = page.locator("details.diff").first
    assert page.locator(".diff-left").first.is_visible()
    diff.locator("> summary").click()
    assert not page.locator(".diff-left").first.is_visible()
