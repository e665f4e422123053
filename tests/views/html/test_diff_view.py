"""Diffs as HTML."""

import pyglove as pg

BARE = {"enable_summary_tooltip": False, "enable_key_tooltip": False}


class Point(pg.Object):
    x: int
    y: str = "a"


def show(diff, **options):
    return pg.to_html(diff, **{**BARE, **options}).content


def test_both_sides_are_marked():
    assert show(pg.diff(1, "<")) == (
        '<div class="diff-value"><span class="simple-value int diff-left">1</span>'
        '<span class="simple-value str diff-right">&#x27;&lt;&#x27;</span></div>'
    )
    assert ".diff-left" in pg.to_html(pg.diff(1, 2)).head_section


def test_parts_that_differ_are_in_a_table():
    sides = (
        '<div class="diff-value"><span class="simple-value int diff-left">1</span>'
        '<span class="simple-value int diff-right">2</span></div>'
    )
    assert show(pg.diff(Point(1), Point(2))) == (
        '<details open class="pyglove diff has-diff"><summary>'
        '<div class="summary-title has-diff">Point</div></summary>'
        '<div class="complex-value point-class"><table><tr><td>'
        f'<span class="object-key str">x</span></td><td>{sides}</td></tr></table></div>'
        "</details>"
    )
    both = show(pg.diff(Point(1), Point(2), mode="both"))
    assert '<span class="object-key str no-diff">y</span>' in both
    assert '<span class="simple-value str no-diff">' in both


def test_what_one_side_lacks():
    text = show(pg.diff([1], [1, 2]))
    assert '<span class="object-key int">1</span>' in text
    assert "diff-left" not in text and text.count("diff-right") == 1


def test_nothing_differs():
    assert show(pg.diff(1, 1)) == (
        '<details open class="pyglove diff no-diff"><summary>'
        '<div class="summary-title no-diff">Diff</div></summary>'
        '<span class="diff-empty"></span></details>'
    )


def test_a_diff_opens_as_a_whole():
    diff = pg.diff(pg.Dict(a=Point(1)), pg.Dict(a=Point(2)))
    assert show(diff).count("<details open") == show(diff).count("<details ") == 2
    text = show([diff])
    assert text.count("<details open") == 1 and text.count("<details ") == 3
    assert show([diff], collapse_level=2).count("<details open") == 3
    assert "P | Q" not in text and show(diff, title="ignored").count("Dict") == 1
