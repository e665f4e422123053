"""Views of evolution: operations as a graph."""

import re

import pyglove as pg

selectors, mutators = pg.evolution.selectors, pg.evolution.mutators
recombinators = pg.evolution.recombinators


def texts(value):
    content = pg.to_html(value, enable_summary_tooltip=False).content
    return [
        text
        for text in map(str.strip, re.sub(r"<[^>]+>", "\0", content).split("\0"))
        if text
    ]


def test_a_pipeline_goes_down():
    shown = texts(selectors.Random(3) >> selectors.Top(1) >> mutators.Uniform())
    assert shown[1:] == [
        *("Random", "selector", "n=3"),
        *("Top", "selector", "n=1"),
        *("Uniform", "mutator"),
    ]
    html = pg.to_html(selectors.Top(1) >> mutators.Uniform())
    assert html.content.count("flow-arrow") == 1


def test_operations_side_by_side():
    top, last = selectors.Top(1), selectors.Last(2)
    for operation, title in (
        (top + last, "+ all outputs"),
        (top | last, "| union"),
        (top & last, "&amp; intersection"),
        (top - last, "- difference"),
        (top ^ last, "^ symmetric difference"),
    ):
        shown = texts(operation)
        assert shown[1] == title and shown[2:] == [
            *("Top", "selector", "n=1"),
            *("Last", "selector", "n=2"),
        ]
    assert texts(~top)[1:3] == ["~ all but", "Top"]
    assert "k=3" in texts(mutators.Uniform() * 3)


def test_choices_conditions_and_functions():
    def is_early(inputs):
        return True

    choice = pg.evolution.Choice([(mutators.Uniform(), 0.25), (mutators.Swap(), 0.75)])
    shown = texts(choice)
    assert "0.25" in shown and "0.75" in shown and "Swap" in shown
    shown = texts(
        pg.evolution.Conditional(is_early, selectors.Top(1), selectors.Last(1))
    )
    assert "predicate=is_early" in shown and "true" in shown and "false" in shown
    shown = texts(selectors.Top(1) >> (lambda inputs: inputs[:1]))
    assert any("&lt;lambda&gt;" in text for text in shown)


def test_an_algorithm():
    algorithm = pg.evolution.Evolution(
        selectors.Random(10)
        >> (
            (selectors.Top(1) >> mutators.Uniform())
            + (selectors.Top(2) >> recombinators.Uniform())
        ),
        population_init=(pg.geno.Random(), 20),
        population_update=selectors.Last(30),
    )
    shown = texts(algorithm)
    order = [
        shown.index(text)
        for text in ("initial population", "reproduction", "evaluation")
    ]
    assert order == sorted(order)
    assert "20 programs" in shown and "n=30" in shown
    assert "mutator" in shown and "recombinator" in shown
    assert "all are kept" in texts(pg.evolution.Evolution(selectors.Top(1)))
    assert "flow" in algorithm._repr_html_()
    assert "flow" in pg.to_html([algorithm]).content


def test_deep_operations_end():
    operation = selectors.Top(1)
    for _ in range(60):
        operation = pg.evolution.Inversion(operation)
    assert "…" in texts(operation)
