"""What all controls have."""

import sys
import types

import pytest

import pyglove as pg

controls = pg.views.html.controls


class Box(controls.HtmlControl):
    def _to_html(self, **kwargs):
        return pg.Html.element("p", id=self.element_id(), styles=self.styles)


def test_ids():
    assert Box().element_id() is None and Box().element_id("part") is None
    assert Box(id="x").element_id() == "x" and Box(id="x").element_id("a") == "x-a"
    box, other = Box(interactive=True), Box(interactive=True)
    assert box.element_id() == box.element_id() != other.element_id()
    assert box.element_id("a") == f"{box.element_id()}-a"
    assert f'id="{box.element_id()}"' in box.to_html().content


def test_styles_and_scripts():
    box = Box(id="x", interactive=True).add_style("a{}").add_script("f()")
    with box.track_scripts() as scripts:
        html = box.to_html()
        assert "a{}" in html.styles and "f()" in html.scripts and not scripts
        # Once it is shown they go to the page, each of them once.
        box.add_style("b{}", "</style><b>").add_style("b{}", "a{}").add_script("g()")
    assert len(scripts) == 3 and '"b{}"' in scripts[0] and scripts[2] == "g()"
    assert "</style>" not in scripts[1]


def test_scopes_that_track_scripts():
    label = controls.Label("a", interactive=True)
    label.to_html()
    with label.track_scripts() as outer:
        with pg.views.html.controls.HtmlControl.track_scripts() as inner:
            label.update("b")
        label.update("c")
    label.update("d")
    assert len(inner) == 1 and len(outer) == 2


def test_nothing_runs_before_it_is_shown():
    label = controls.Label("a", interactive=True)
    with label.track_scripts() as scripts:
        label.update("b")
    assert not scripts and label.text == "b"


def test_scripts_run_in_a_notebook(monkeypatch):
    shown = []
    display = types.SimpleNamespace(display=shown.append, Javascript=lambda code: code)
    module = types.SimpleNamespace(get_ipython=lambda: object(), display=display)
    monkeypatch.setitem(sys.modules, "IPython", module)
    label = controls.Label("a", interactive=True)
    label.to_html()
    label.update("b")
    assert len(shown) == 1 and '"b"' in shown[0]


def test_a_control_without_html():
    with pytest.raises(NotImplementedError, match="HtmlControl"):
        controls.HtmlControl().to_html()


def test_controls_are_symbolic_values():
    label = controls.Label("a", css_classes=["x"])
    assert label == controls.Label("a", css_classes=["x"])
    assert pg.from_json(label.to_json()) == label == label.clone()
    assert label.to_json()["_type"] == "pyglove.core.views.html.controls.label.Label"
    assert pg.to_html([label], enable_summary=False).content.count("label x") == 1
