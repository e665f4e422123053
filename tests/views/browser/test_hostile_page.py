"""Hostile values in a browser: no script of theirs runs, on any page."""

import pytest

import pyglove as pg

C = pg.views.html.controls
RUN = "window.hacked = true"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror='{RUN}'>",
    f'"><img src=x onerror="{RUN}">',
    f"' onmouseover='{RUN}' x='",
    f'" onclick="{RUN}" x="',
    f"</style><script>{RUN}</script>",
    f"--></title><svg/onload={RUN}>",
    f"javascript:{RUN}//",
    f"`${{{RUN}}}`\\u003cscript\\u003e",
    f"</span></summary></details><details open ontoggle='{RUN}'>",
]


class Repr:
    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text


class BadRepr(Repr):
    def __repr__(self):
        raise ValueError(self.text)


class Any_(pg.Object):
    value: pg.typing.Any()
    __kwargs__: pg.typing.Any()


def hostile_class(text):
    return type(text, (pg.Object,), {"__annotations__": {"x": int}, "x": 1})


def tree(text):
    error = pg.symbolic.ErrorInfo(tag=text, description=text, stacktrace=text)
    return {
        text: text,
        "key": {text: {text: [text]}},
        "repr": [Repr(text), BadRepr(text), text.encode()],
        "class": [hostile_class(text)(), hostile_class(text)],
        "error": [error, ValueError(text)],
        "object": Any_(text, **{text: text}),
        "reference": pg.Ref(Any_(text)),
        "diff": pg.diff(pg.Dict({text: text}), pg.Dict({text: 1, "b": text})),
        "long": text * 40,
    }


def named(text):
    def function(inputs):
        return inputs

    function.__name__ = text
    return function


def searches(text):
    space = pg.Dict(
        {
            text: pg.oneof([text, pg.Dict({text: pg.oneof([text, 2])})]),
            "n": pg.floatv(0.0, 1.0),
        }
    )
    yield space
    yield pg.dna_spec(space)
    name = f"hostile {text}"
    for _, feedback in pg.sample(space, pg.geno.Random(1), num_examples=4, name=name):
        feedback(1.0, metrics={text: 1.0})
    result = pg.poll_result(name)
    yield result
    yield result.best_trial.dna
    pg.tuning.delete(name)
    yield pg.evolution.selectors.Top(1) >> named(text)
    yield pg.evolution.GlobalStateSetter(text, text)


def shown_controls(text):
    label = C.Label(text, tooltip=text, css_classes=[text], interactive=True)
    tabs = C.TabControl([C.Tab(text, pg.Html("x"), name=text, css_classes=[text])])
    bar = C.ProgressBar([C.SubProgress(text, 1)], total=2)
    return [label, C.Badge(text), C.LabelGroup([text], name=text), tabs, bar]


def test_no_script_runs(tab):
    page = None
    for text in PAYLOADS:
        parts = [pg.to_html(tree(text), collapse_level=None)]
        parts += [
            pg.to_html(tree(text), name=text, collapse_level=None, key_style="label"),
            pg.to_html(text, title=text, css_classes=[text], key_color=(text, text)),
            pg.to_html({"a": text}, debug=True, extra_flags={text: text}),
        ]
        parts += [pg.to_html(value, collapse_level=None) for value in searches(text)]
        controls = shown_controls(text)
        parts += [control.to_html() for control in controls]
        page = tab.show(pg.Html(*parts))
        label, *_, tabs, bar = controls
        with label.track_scripts() as scripts:
            label.update(
                f"{text}2", tooltip=text, add_class="x", styles={"color": text}
            )
            tabs.append(C.Tab(text, pg.Html("y"), name=f"{text}2"))
            tabs.select(0)
            bar.update(total=4)
        tab.run(scripts)
        page.locator("summary").first.hover()
        page.locator(".tab-button").first.click()
        assert page.evaluate("window.hacked") is None, text
        # No element comes from a value.
        foreign = "script:not(head > script), img, style:not(head > style), iframe"
        assert page.locator(foreign).count() == 0, text
        handlers = page.evaluate(
            "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
            ".filter(a => a.name.startsWith('on') && !a.value.startsWith('openTab('))"
            ".map(a => a.value)"
        )
        assert handlers == [], text


def test_links_that_run_code_are_refused():
    for link in (
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>1</script>",
        "\x01javascript:alert(1)",
    ):
        with pytest.raises(ValueError, match="runs code"):
            C.Label("x", link=link)
        label = C.Label("x", link="/a", interactive=True)
        with pytest.raises(ValueError, match="runs code"):
            label.update(link=link)
        assert label.link == "/a"
