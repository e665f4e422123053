"""Where two runs of a program begin to differ, and of what kind the difference is."""

import ast
import dataclasses
import re
from typing import Any

Result = dict[str, Any]
Results = list[Result]
MARK = re.compile(r"!(?:parent|path)")


def outcome(result: Result) -> str:
    """The outcome of a statement as a text."""
    if result["kind"] == "value":
        return str(result["text"])
    if result["kind"] == "error":
        return f"{result['errors'][0]}: {result['message']}"
    return str(result["kind"])


def kind(result: Result) -> str:
    """The outcome in a word: that of an error without what packages call their own."""
    if result["kind"] != "error":
        return str(result["kind"])
    names = [one for one in result["errors"] if not one.startswith("PyGlove")]
    return names[0] if names else "PyGloveError"


@dataclasses.dataclass(frozen=True)
class Difference:
    """A program whose last statement has two outcomes.

    Attributes:
      area: What the program is about.
      statements: The program.
      aspect: 'outcome', 'value', 'log', 'state' or 'invariant'.
      published: What came of the last statement in the published package.
      ours: What came of it here.
      before: The state of the variables before that, here.
    """

    area: str
    statements: tuple[str, ...]
    aspect: str
    published: Result
    ours: Result
    before: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def last(self) -> str:
        """The statement that differs."""
        return self.statements[-1]

    @property
    def text(self) -> str:
        """The program."""
        return "\n".join(self.statements)

    @property
    def kinds(self) -> tuple[str, str]:
        """The two outcomes in a word each."""
        return kind(self.published), kind(self.ours)

    @property
    def signature(self) -> str:
        """What differences of the same cause are likely to have in common."""
        published, ours = self.kinds
        pair = published if published == ours else f"{published} / {ours}"
        return f"{self.area}: {operation(self.last)}: {self.aspect}: {pair}"


def operation(statement: str) -> str:
    """The outermost call or operator of a statement."""
    node: ast.AST = ast.parse(statement).body[0]
    word = ""
    if isinstance(node, ast.With):
        context = node.items[0].context_expr
        word = f"with {operation(ast.unparse(context))} "
        node = node.body[0]
    if isinstance(node, ast.Expr | ast.Assign) and isinstance(node.value, ast.AST):
        if isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name):
            return word + f"{type(node.targets[0]).__name__} ="
        node = node.value
    if isinstance(node, ast.Call):
        function = node.func
        if isinstance(function, ast.Attribute):
            return word + f".{function.attr}()"
        return word + f"{ast.unparse(function)}()"
    if isinstance(node, ast.Attribute):
        return word + f".{node.attr}"
    return word + type(node).__name__


def alike(published: Result, ours: Result) -> bool:
    """Whether two outcomes, without logs and states, count as the same."""
    if published["kind"] != ours["kind"]:
        return False
    if published["kind"] == "error":
        return published["errors"][0] in ours["errors"]
    return published.get("text") == ours.get("text")


def aspect_of(published: Result, ours: Result) -> str | None:
    """In what the results of a statement differ, or None."""
    if published["kind"] != ours["kind"] or published["kind"] == "error":
        if not alike(published, ours):
            return "outcome"
    elif published.get("text") != ours.get("text"):
        return "value"
    if published["state"] != ours["state"]:
        return "state"
    if published["log"] != ours["log"]:
        return "log"
    return None


def rootless(text: str) -> str:
    """A description without the place of its value in a tree."""
    return re.sub(r"^@\{[^}]*\}", "", text)


def broken(result: Result, before: dict[str, str]) -> bool:
    """Whether a result of ours shows a tree that contradicts itself, or a half change."""
    if result["kind"] == "error":
        for name, text in result["state"].items():
            if rootless(text) != rootless(before.get(name, "")):
                return True
    return any(MARK.search(text) for text in result["state"].values())


def first_difference(
    area: str, statements: list[str], published: Results, ours: Results
) -> Difference | None:
    """The program up to the first statement that differs, or None where none does."""
    before: dict[str, str] = {}
    if published[0]["kind"] == "crash" or ours[0]["kind"] == "crash":
        if published[0]["kind"] == ours[0]["kind"] == "crash":
            return None
        whole = tuple(statements)
        return Difference(area, whole, "outcome", published[-1], ours[-1], before)
    for index, (theirs, mine) in enumerate(zip(published, ours, strict=False)):
        aspect = aspect_of(theirs, mine)
        if aspect is None and broken(mine, before):
            aspect = "invariant"
        if aspect is not None:
            part = tuple(statements[: index + 1])
            return Difference(area, part, aspect, theirs, mine, before)
        before = {**before, **mine["state"]}
    return None
