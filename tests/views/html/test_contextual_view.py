"""Contextual attributes in the tree view."""

import pyglove as pg

BARE = {"enable_summary_tooltip": False, "enable_key_tooltip": False}


class Inner(pg.ContextualObject):
    x: int = 1
    y: int = pg.contextual_attribute()
    z: pg.typing.Any() = pg.contextual_attribute(default=5)


class Outer(pg.ContextualObject):
    inner: pg.typing.Any()
    y: pg.typing.Any() = pg.Dict(k=1)


def contextual(name, content):
    return (
        '<details open class="pyglove contextual-attribute"><summary>'
        f'<div class="summary-name">{name}</div>'
        '<div class="summary-title">ContextualAttribute(...)</div></summary>'
        f"{content}</details>"
    )


def test_what_the_context_provides():
    alone = pg.to_html(Inner(), **BARE)
    assert (
        contextual("y", '<div class="unavailable-contextual">(not available)</div>')
        in alone.content
    )
    assert contextual("z", '<span class="simple-value int">5</span>') in alone.content
    assert any("unavailable-contextual" in css for css in alone.styles)
    inner = Outer(Inner()).inner
    assert (
        contextual(
            "y",
            '<details open class="pyglove dict"><summary><div class="summary-title">'
            'Dict(...)</div></summary><div class="complex-value dict"><details open '
            'class="pyglove int"><summary><div class="summary-name">k</div><div '
            'class="summary-title">int</div></summary><span class="simple-value int">1'
            "</span></details></div></details>",
        )
        in pg.to_html(inner, **BARE).content
    )


def test_an_attribute_without_an_object():
    text = pg.to_html(pg.contextual_attribute(default=3), name="n", **BARE).content
    assert "(not available)" in text
    text = pg.to_html(pg.Dict(a=pg.contextual_attribute(default=7)), **BARE).content
    assert contextual("a", '<span class="simple-value int">7</span>') in text
