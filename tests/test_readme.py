"""The code blocks of the documents run as they stand."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
# A block of code, and a block of text right after it that says what the code prints.
BLOCK = re.compile(
    r"^```python\n(.*?)^```\n(?:[^`#]*?^```text\n(.*?)^```\n)?",
    re.DOTALL | re.MULTILINE,
)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


def name(path: pathlib.Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(path: pathlib.Path) -> list[tuple[int, str, str]]:
    """(line, code, what it prints) of each Python block."""
    text = path.read_text(encoding="utf-8")
    return [
        (text.count("\n", 0, match.start(1)), match[1], match[2] or "")
        for match in BLOCK.finditer(text)
    ]


WITH_CODE = [path for path in DOCUMENTS if blocks(path)]


@pytest.mark.parametrize("path", WITH_CODE, ids=name)
def test_code_blocks_run(path, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    # The blocks of a document are read from top to bottom, and so they run.
    namespace: dict[str, object] = {"__name__": "__main__"}
    for line, code, expected in blocks(path):
        # Blank lines in front give tracebacks the line numbers of the document.
        exec(compile("\n" * line + code, str(path), "exec"), namespace)
        printed = capsys.readouterr().out
        assert not expected or printed == expected


def test_the_readme_has_code():
    assert ROOT / "README.md" in WITH_CODE


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_somewhere(path):
    links = LINK.findall(path.read_text(encoding="utf-8"))
    missing = [link for link in links if not (path.parent / link).exists()]
    assert not missing


def test_a_block_is_found_with_its_line_and_output(tmp_path):
    document = tmp_path / "some.md"
    document.write_text(
        "# Title\n\n```python\nprint(1)\n```\n\nIt prints:\n\n```text\n1\n```\n\n"
        "```python\nx = 1\n```\n\n## Other\n\n```text\nno output\n```\n"
    )
    assert blocks(document) == [(3, "print(1)\n", "1\n"), (13, "x = 1\n", "")]
