"""The differential tool tells alike from different, and explained from not."""

import json
import pathlib
import shutil
import subprocess
import sys

import pytest

TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools"

PUBLISHED = """
class Node:
    def __repr__(self):
        return f'<{type(self).__module__}.Node at {hex(id(self))}>'

Node.__module__ = 'pyglove.core.symbolic.node'

def add(x, y):
    return x + y

def fail(kind):
    raise kind('the published words')

def shout():
    print('loud')
"""
OURS = """
class Node:
    def __repr__(self):
        return f'<{type(self).__module__}.Node at {hex(id(self))}>'

Node.__module__ = 'pyglove.symbolic.node'

def add(x, y):
    return x - y

class PyGloveError(Exception):
    pass

def fail(kind):
    raise type(f'PyGlove{kind.__name__}', (PyGloveError, kind), {})('our words')

def shout():
    print('quiet')
"""
DOCUMENT = "# Differences\n\n## Adding, and `more`\n\nIt differs.\n"
ALIKE = """
pg.Node()
pg.fail(KeyError)
value = 1
value + 1
with open("file", "w") as f:
    f.write("text")
"""


class Project:
    """A project with the tool, a package, and another one that plays the published."""

    def __init__(self, root: pathlib.Path):
        self.root = root
        self.snippets = root / "tools" / "snippets"
        self.snippets.mkdir(parents=True)
        for name in ("differential.py", "snippet_runner.py"):
            shutil.copy(TOOLS / name, root / "tools" / name)
        (root / "docs").mkdir()
        (root / "docs" / "differences.md").write_text(DOCUMENT)
        (root / "pyglove.py").write_text(OURS)
        (root / "published").mkdir()
        (root / "published" / "pyglove.py").write_text(PUBLISHED)
        self.python = root / "published" / "python"
        self.python.write_text(
            f'#!/bin/sh\nPYTHONPATH="{root}/published" exec "{sys.executable}" "$@"\n'
        )
        self.python.chmod(0o755)

    def write(self, snippets: str, name: str = "group") -> None:
        text = f"import pyglove as pg\n\n# Snippets\n{snippets}"
        (self.snippets / f"{name}.py").write_text(text)

    def run(self, *options: str) -> tuple[int, str]:
        """The exit code of the tool and what it said."""
        done = subprocess.run(
            [
                sys.executable,
                str(self.root / "tools" / "differential.py"),
                "--published",
                str(self.python),
                *options,
            ],
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


def test_what_is_alike(project):
    project.write(ALIKE)
    code, text = project.run()
    assert (code, text) == (
        0,
        "group: 5 snippets\n5 the same, 0 differ as documented, 0 wrong.\n",
    )


def test_all_is_shown_on_request(project):
    project.write("pg.fail(KeyError)\n")
    code, text = project.run("--show-all")
    assert code == 0
    assert "KeyError: 'the published words'" in text
    assert "PyGloveKeyError: 'our words'" in text


@pytest.mark.parametrize(
    ("snippet", "published", "ours"),
    [
        ("pg.add(1, 2)", "3  <int>", "-1  <int>"),
        ("pg.shout()", "loud", "quiet"),
        ("pg.PyGloveError", "AttributeError", "pyglove.PyGloveError"),
        ("pg.add('a', 'b')", "ab", "TypeError"),
        ("1 if pg.add(1, 1) else True", "1  <int>", "True  <bool>"),
        ("pg.fail(KeyError if pg.add(1, 1) else IndexError)", "KeyError", "IndexError"),
    ],
)
def test_a_difference_is_found(project, snippet, published, ours):
    project.write(f"{snippet}\n")
    code, text = project.run()
    assert code == 1
    assert f"  line 4: not documented\n    {snippet}\n" in text
    assert "0 the same, 0 differ as documented, 1 wrong." in text
    theirs, _, mine = text.partition("published:")[2].partition("ours:")
    assert published in theirs
    assert ours in mine


def test_a_statement_may_differ_in_whether_it_fails(project):
    project.write("text = pg.add('a', 'b')\n")
    code, text = project.run()
    assert code == 1
    assert "(nothing)" in text


def test_an_explained_difference(project):
    project.write("# Expected difference: adding-and-more\npg.add(1, 2)\n")
    code, text = project.run()
    assert code == 0
    assert "0 the same, 1 differ as documented, 0 wrong." in text
    assert "see 'adding-and-more'" in project.run("--show-all")[1]


def test_an_explanation_that_is_not_there(project):
    project.write("# Expected difference: nothing-such\npg.add(1, 2)\n")
    code, text = project.run()
    assert code == 1
    assert "no heading 'nothing-such' in differences.md" in text


def test_an_explained_difference_that_is_gone(project):
    project.write("# Expected difference: adding-and-more\npg.add(1, 0)\n")
    code, text = project.run()
    assert code == 1
    assert "no longer differs as 'adding-and-more' says" in text


def test_a_group_that_cannot_be_run(project):
    project.write("1\n", "good")
    project.write("import os\nos._exit(3)\n", "bad")
    code, text = project.run()
    assert code == 1
    assert "failed after 1 snippets" in text
    assert "good: 1 snippets" in text


def test_a_group_by_name(project):
    project.write("1\n", "one")
    project.write("2\n", "two")
    code, text = project.run("--only", "two")
    assert code == 0
    assert "one:" not in text
    code, text = project.run("--only", "three")
    assert code == 1
    assert "No group 'three'; there are: one, two." in text


def test_a_file_without_the_mark(project):
    (project.snippets / "group.py").write_text("1\n")
    code, text = project.run()
    assert code == 1
    assert "Expected one line '# Snippets', got 0." in text


def test_snippets_run_in_one_namespace_and_in_order(tmp_path):
    path = tmp_path / "group.py"
    path.write_text(
        "x = [1]\n# Snippets\nx.append(2)\n@lambda f: f()\ndef y():\n    return x\ny\n"
    )
    done = subprocess.run(
        [sys.executable, str(TOOLS / "snippet_runner.py"), str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert (first["line"], first["type"], first["text"]) == (3, "NoneType", "None")
    assert (second["line"], second["kind"]) == (4, "done")
    assert (third["line"], third["text"]) == (7, "[1, 2]")


def test_every_explanation_that_snippets_name_is_there():
    headings = {
        "".join(c for c in line.lstrip("# ").lower() if c.isalnum() or c in "-_ ")
        .strip()
        .replace(" ", "-")
        for line in (TOOLS.parent / "docs" / "differences.md").read_text().splitlines()
        if line.startswith("#")
    }
    files = sorted((TOOLS / "snippets").glob("*.py"))
    assert files
    for path in files:
        for line in path.read_text().splitlines():
            if line.startswith("# Expected difference: "):
                assert line.removeprefix("# Expected difference: ") in headings
