"""Views of searches in a browser."""

import random

import pytest

import pyglove as pg

selectors, mutators = pg.evolution.selectors, pg.evolution.mutators


@pytest.fixture
def space():
    return pg.Dict(
        rate=pg.floatv(1e-3, 1.0, scale="log"),
        head=pg.oneof(["none", pg.Dict(units=pg.oneof([8, 16]))]),
        **{f"layer_{i}": pg.oneof(list(range(30))) for i in range(5)},
    )


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth") <= 1000


def test_a_space_and_a_dna(tab, space):
    page = tab.show(pg.to_html(pg.dna_spec(space)))
    nested = page.locator("details details").first
    units = page.get_by_text("units", exact=True)
    assert fits(page) and units.is_visible()
    nested.locator("> summary").click()
    assert not units.is_visible()
    dna = pg.dna_spec(space).random_dna(random.Random(1))
    page = tab.show(pg.to_html(dna))
    assert fits(page)
    chosen = tab.style(".candidate.chosen", "backgroundColor")
    assert chosen != tab.style(".candidate:not(.chosen)", "backgroundColor")
    bar, mark = (
        page.locator(selector).bounding_box()
        for selector in (".dna-bar", ".dna-bar > span")
    )
    assert bar["x"] <= mark["x"] <= bar["x"] + bar["width"]


def test_operations_have_their_places(tab):
    operation = selectors.Top(1) >> (mutators.Uniform() + selectors.Last(2))
    page = tab.show(pg.to_html(operation))
    top, left, right = (
        page.locator(".flow-box.leaf").nth(i).bounding_box() for i in range(3)
    )
    assert fits(page)
    assert top["y"] + top["height"] < left["y"]
    assert left["x"] + left["width"] < right["x"]
    assert left["y"] == pytest.approx(right["y"], abs=12)


def test_a_study_opens_its_trials(tab, space):
    name = "browser-study"
    for program, feedback in pg.sample(
        space, pg.geno.Random(seed=1), num_examples=12, name=name
    ):
        feedback(program.rate, metrics={"speed": -program.rate})
    page = tab.show(pg.to_html(pg.poll_result(name)))
    pg.tuning.delete(name)
    trials = page.locator(".trials")
    assert fits(page) and not trials.is_visible()
    page.locator(".trials-node > summary").click()
    assert trials.is_visible()
    assert trials.locator("tbody > tr").count() == 12
    charts = page.locator("svg.study-chart")
    assert charts.count() == 2
    for i in range(2):
        box = charts.nth(i).bounding_box()
        points = charts.nth(i).locator("circle")
        for k in range(points.count()):
            point = points.nth(k).bounding_box()
            assert box["x"] < point["x"] < box["x"] + box["width"]
            assert box["y"] < point["y"] < box["y"] + box["height"]
