"""Mutants: what is changed, what is left alone, and what the changed module does."""

import pathlib
import sys

import pytest

TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture(scope="module", autouse=True)
def tools():
    """Makes the modules of the tool importable, as they are for its command."""
    sys.path.insert(0, str(TOOLS))
    yield
    sys.path.remove(str(TOOLS))


def mutants(source):
    from mutation import mutant

    return mutant.find_mutants("module.py", source)


def changes(source):
    return [one.change for one in mutants(source)]


def run(source, number):
    """The names that a mutant defines."""
    from mutation import mutant

    scope = {}
    exec(compile(mutant.mutated(source, number), "module.py", "exec"), scope)
    return scope


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x = a + b", ["`a + b` -> `None`", "`a + b` -> `a - b`"]),
        ("x.y = a", ["`x.y = a` -> `pass`"]),
        ("x += a", ["`x += a` -> `pass`", "`x += a` -> `x -= a`"]),
        ("f(a is b)", ["`f(a is b)` -> `pass`", "`a is b` -> `a is not b`"]),
        (
            "if a and not b: f()",
            [
                "`a and (not b)` -> `not (a and (not b))`",
                "`a and (not b)` -> `a or not b`",
                "`not b` -> `b`",
                "`f()` -> `pass`",
            ],
        ),
        (
            "while a < b <= c: pass",
            ["`a < b <= c` -> `a <= b <= c`", "`a < b <= c` -> `a < b < c`"],
        ),
        ("return 1", ["`1` -> `None`", "`1` -> `2`"]),
        ("return", []),
        ("return True", ["`True` -> `None`", "`True` -> `False`"]),
        ("return f'a{b}'", ["`f'a{b}'` -> `None`", "`'a'` -> `'XXa'`"]),
        ("raise ValueError('text')", ["`raise ValueError('text')` -> `pass`"]),
        ("for x in y: break", ["`break` -> `continue`"]),
        ("del x", ["`del x` -> `pass`"]),
        (
            "return a if b else c",
            ["`a if b else c` -> `None`", "`b` -> `not b`"],
        ),
    ],
)
def test_what_is_changed(line, expected):
    assert changes(f"def f():\n    {line}\n") == expected


@pytest.mark.parametrize(
    "source",
    [
        '"""Text."""',
        'def f():\n    """Text."""',
        "import a",
        '__all__ = ["a"]',
        'class A:\n    __slots__ = ("a",)',
        "def f(x: int | str) -> int | None: ...",
        "def f() -> ValueError:\n    return ValueError('text')",
        "T = TypeVar('T', bound=1)",
        "Alias = dict[str, int]",
        "Alias: TypeAlias = int | str",
        "if TYPE_CHECKING:\n    x = 1",
        "def f():\n    assert x == 1",
        "x = ('A sentence of some words.',)",
        "def f():\n    logging.info('text')",
        "@dataclass(eq=False)\nclass A:\n    x: int",
        "@typing.overload\ndef f():\n    return 1",
        "class A:\n    @abc.abstractmethod\n    def f(self):\n        return 1",
    ],
)
def test_what_is_left_alone(source):
    assert changes(source) == []


def test_a_mutant_differs_in_one_place():
    source = "def f(x):\n    if x > 3:\n        return 'big'\n    return 'small'\n"
    found = mutants(source)
    results = [
        [run(source, one.number)["f"](value) for value in (3, 4)] for one in found
    ]
    assert [
        (one.line, one.change, *result)
        for one, result in zip(found, results, strict=True)
    ] == [
        (2, "`x > 3` -> `x >= 3`", "big", "big"),
        (2, "`3` -> `4`", "small", "small"),
        (3, "`'big'` -> `None`", "small", None),
        (3, "`'big'` -> `'XXbig'`", "small", "XXbig"),
        (4, "`'small'` -> `None`", None, "big"),
        (4, "`'small'` -> `'XXsmall'`", "XXsmall", "big"),
    ]


def test_lines_are_those_that_tests_execute():
    source = (
        "LIMIT = 3\n"
        "def f(x=1):\n"
        '    """Text."""\n'
        "    y = (x +\n"
        "        1)\n"
        "    return y\n"
    )
    lines = {one.change: sorted(one.lines) for one in mutants(source)}
    assert lines["`3` -> `4`"] == []  # Executed by the import alone.
    assert lines["`x + 1` -> `x - 1`"] == [4, 5]
    assert lines["`y` -> `None`"] == [6]
    default = next(one for one in mutants(source) if one.line == 2)
    assert sorted(default.lines) == [2, 4, 5, 6]  # The body gets to see it.
