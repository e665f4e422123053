"""Views of the results of studies."""

import re

import pyglove as pg


def run(name, count=30, metrics=True):
    space = pg.Dict(x=pg.floatv(0.0, 1.0), kind=pg.oneof(["<a>", "b"]))
    for i, (program, feedback) in enumerate(
        pg.sample(space, pg.geno.Random(seed=1), num_examples=count, name=name)
    ):
        if i == 3:
            feedback.skip()
            continue
        feedback(program.x, metrics={"s<p>": 1 - program.x} if metrics else None)
    return pg.poll_result(name)


def test_a_study_with_two_objectives():
    result = run("view-two")
    html = pg.to_html(result)
    content = html.content
    best = result.best_trial
    assert "Study: 30 trials" in content and "29 completed" in content
    assert "1 infeasible" in content
    assert f"best: trial {best.id}, reward" in content
    assert content.count("<svg") == 2
    front = result.pareto_front(["reward", "s<p>"])
    ids = ", ".join(str(trial.id) for trial in front)
    assert f"Pareto front: trials {ids}" in content
    assert content.count("<tr") == 31 + content.count('decision-place"')
    assert content.count('class="best-trial"') == 1
    assert "s<p>" not in content and "s&lt;p&gt;" in content
    assert 'class="candidate chosen"' in content  # The best DNA, in its space.
    assert "<svg" in result._repr_html_()


def test_a_study_with_one_objective():
    content = pg.to_html(run("view-one", metrics=False)).content
    assert content.count("<svg") == 1 and "Pareto" not in content
    rewards = [
        float(text) for text in re.findall(r"<title>trial \d+: (.*?)</title>", content)
    ]
    marked = re.findall(r'front-point".*?<title>trial \d+: (.*?)</title>', content)
    assert len(rewards) == 29 and max(rewards) == float(marked[-1])


def test_a_study_that_has_just_begun_or_is_long():
    name = "view-new"
    for _, feedback in pg.sample(pg.oneof([1, 2]), pg.geno.Random(1), name=name):
        content = pg.to_html(pg.poll_result(name)).content
        assert "(running)" in content and "<svg" not in content
        feedback(float("nan"))
        break
    assert "1 completed" in pg.to_html(pg.poll_result(name)).content
    content = pg.to_html(run("view-long", 250)).content
    assert "50 earlier trials are not shown" in content
