"""The programs that are searched though not written for it, at a small scale."""

import re

import pytest

from existing_code import compare
from existing_code.compare import COMPARISONS, Changes, Run, count_changes

OLD = """\
import a

def build():
    return Net(
        width=16,
        dropout=0.2,
    )
"""


def test_equal_programs_have_no_changes():
    assert count_changes(OLD, OLD) == Changes(6, changed=0, added=0, removed=0)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("width=16", "width=pg.oneof([16, 32])", Changes(6, 1, 0, 0)),
        ("import a\n", "import a\nimport pyglove as pg\n", Changes(6, 0, 1, 0)),
        ("        dropout=0.2,\n", "", Changes(6, 0, 0, 1)),
        ("import a\n", "import b\nimport c\nimport d\n", Changes(6, 1, 2, 0)),
        ("        width=16,\n        dropout=0.2,\n", "*args\n", Changes(6, 1, 0, 1)),
        ("\n\n", "\n\n\n   \n\n", Changes(6, 0, 0, 0)),
        ("    return", "        return", Changes(6, 1, 0, 0)),
        (OLD, "", Changes(6, 0, 0, 6)),
    ],
)
def test_lines_are_changed_added_or_removed(before, after, expected):
    changes = count_changes(OLD, OLD.replace(before, after))
    assert changes == expected
    assert changes.touched == expected.changed + expected.added + expected.removed


def test_lines_that_repeat_are_counted_too():
    # Of long texts, difflib would leave out lines that are frequent.
    text = "x = 1\n" * 300
    assert count_changes(text, text + "x = 1\n") == Changes(300, 0, 1, 0)


@pytest.mark.parametrize("name", COMPARISONS)
def test_searches_are_small_changes_of_real_programs(name):
    comparison = COMPARISONS[name]
    changes = compare.changes_of(comparison)
    original, search = (
        (compare.FOLDER / file).read_text(encoding="utf-8")
        for file in (comparison.original, comparison.search)
    )
    assert "pyglove" not in original
    assert "import pyglove as pg" in search
    assert changes.removed == 0
    if name == "detour":
        assert (changes.changed, changes.added) == (0, len(compare._lines(search)))
    else:
        assert changes.touched < 40
    if name == "torch":
        assert changes.lines >= 100


def test_the_diff_has_the_lines_that_are_counted(capsys):
    compare.main(["--diff", "torch"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["--- torch_digits.py", "+++ torch_digits_search.py"]
    changes = compare.changes_of(COMPARISONS["torch"])
    added = [line for line in lines[2:] if line.startswith("+") and line != "+"]
    removed = [line for line in lines[2:] if line.startswith("-") and line != "-"]
    assert len(added) == changes.changed + changes.added
    assert len(removed) == changes.changed + changes.removed


def test_the_diff_of_a_search_from_outside_is_its_file(capsys):
    compare.main(["--diff", "detour"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "--- /dev/null"
    assert all(line.startswith("+") for line in lines[3:])


def test_the_table_is_aligned():
    original = Run(accuracy=0.96, images=600, seconds=1.0)
    search = Run(accuracy=0.975, images=600, seconds=34.4)
    rows = [(one, 20, original, search) for one in COMPARISONS.values()]
    lines = compare.table(rows).splitlines()
    assert lines[3].split() == [
        *("sklearn_pipeline.py", *_counts("sklearn")),
        *("96.0", "±", "0.8", "97.5", "±", "0.6", "20", "34"),
    ]
    assert len(lines) == 6
    assert len({len(line) for line in lines[1:]}) == 1


def _counts(name: str) -> list[str]:
    changes = compare.changes_of(COMPARISONS[name])
    numbers = (changes.lines, changes.changed, changes.added, changes.removed)
    return [*map(str, numbers), str(changes.touched)]


def test_unknown_programs_are_refused(capsys):
    with pytest.raises(SystemExit):
        compare.main(["tensorflow"])
    expected = "expected sklearn or torch or detour, got 'tensorflow'"
    assert expected in capsys.readouterr().err


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(compare.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"pip install '\.\[existing-code\]'"):
        compare.main(["torch"])


def test_a_program_that_says_nothing_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setattr(compare, "FOLDER", tmp_path)
    (tmp_path / "silent.py").write_text("print('done')")
    with pytest.raises(ValueError, match=r"Expected silent\.py to print"):
        compare.run("silent.py", ())


@pytest.mark.parametrize("name", COMPARISONS)
def test_programs_and_searches_run(name, capsys, monkeypatch):
    pytest.importorskip("sklearn")
    pytest.importorskip(COMPARISONS[name].package)
    monkeypatch.setenv("PYTHONPATH", str(compare.FOLDER.parent.parent))
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    compare.main(["--quick", name])
    printed = capsys.readouterr().out
    assert len(re.findall(r"^validation accuracy: 0\.\d{4}$", printed, re.M)) == 2
    assert "found: " in printed
    (row,) = re.findall(rf"^{re.escape(COMPARISONS[name].label)} .*$", printed, re.M)
    label_width = len(COMPARISONS[name].label)
    assert row[label_width:].split()[:5] == _counts(name)
    assert "a PyTorch ResNet of 353 lines needs 15" in printed
