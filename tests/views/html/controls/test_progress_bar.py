"""Progress bars."""

import pytest

import pyglove as pg

ProgressBar, SubProgress = (
    getattr(pg.views.html.controls, name) for name in ("ProgressBar", "SubProgress")
)


@pytest.fixture
def bar():
    failed = SubProgress("failed", 2, css_classes=["f"], styles={"color": "red"})
    return ProgressBar([SubProgress("done"), failed], total=4)


def test_a_bar(bar):
    text = bar.to_html().content
    assert text.startswith('<div class="progress-bar"><div class="shade">')
    assert 'class="sub-progress done" style="width:0%;"' in text
    assert 'class="sub-progress failed f" style="color:red;width:50%;"' in text
    assert "> 50.0% (2/4)</span>" in text
    assert "done: 0.0% (0/4)\nfailed: 50.0% (2/4)</span>" in text


def test_parts_know_their_bar(bar):
    part = bar.subprogresses[1]
    assert part.parent is bar and part.total == 4 and part.width == "50%"
    alone = SubProgress("<a>")
    assert alone.parent is None and alone.total is None and alone.width is None
    assert "sub-progress &lt;a&gt;" in alone.to_html().content


def test_updates(bar):
    bar.to_html()
    with bar.track_scripts() as scripts:
        bar.subprogresses[0].increment()
    assert bar.subprogresses[0].width == "25%" and '"width:25%;"' in scripts[0]
    assert '" 75.0% (3/4)"' in scripts[1] and "done: 25.0%" in scripts[2]
    bar.subprogresses[0].update(2)
    bar.subprogresses[0].increment(-1)
    with bar.track_scripts() as scripts:
        bar.update(total=10)
    assert bar.total == 10 and '"width:10%;"' in scripts[0]
    assert any("30.0% (3/10)" in script for script in scripts)


def test_steps_that_are_not_known():
    bar = ProgressBar([SubProgress("a")])
    text = bar.to_html().content
    assert ">n/a</span>" in text and "Not started" in text and "style" not in text
    bar.subprogresses[0].increment(2)
    bar.update(total=8)
    assert bar.subprogresses[0].width == "25%"
    assert "0.0% (0/0)" in ProgressBar([SubProgress("a")], total=0).to_html().content


def test_a_bar_that_is_not_interactive():
    bar = ProgressBar([SubProgress("a", interactive=False)], 3, interactive=False)
    for update in (bar.update, bar.subprogresses[0].increment):
        with pytest.raises(ValueError, match="interactive=True"):
            update(1)
    assert bar.total == 3 and bar.subprogresses[0].value == 0
