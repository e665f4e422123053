"""The fuzzer writes valid programs, tells differences, and makes them small."""

import ast
import os
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tools"
# The interpreter of an environment with the published package, for what compares.
PUBLISHED = os.environ.get("PYGLOVE_PUBLISHED_PYTHON")


@pytest.fixture(scope="module", autouse=True)
def tools():
    """Makes the modules of the tool importable, as they are for its command."""
    sys.path.insert(0, str(TOOLS))
    yield
    sys.path.remove(str(TOOLS))


@pytest.fixture(scope="module")
def worker(tools):
    from fuzz import client

    worker = client.Worker(sys.executable, ROOT)
    yield worker
    worker.close()


def program(number, area=None):
    from fuzz import program

    return program.program(7, number, [area] if area else None)


def difference(
    statements, published, ours, aspect="outcome", area="objects", before=()
):
    from fuzz import comparison

    base = {"kind": "done", "log": [], "state": {}}
    return comparison.Difference(
        area,
        tuple(statements),
        aspect,
        {**base, **published},
        {**base, **ours},
        dict(before),
    )


def test_a_seed_and_a_number_give_a_program():
    assert [program(i) for i in range(50)] == [program(i) for i in range(50)]
    assert len({tuple(program(i).statements) for i in range(50)}) > 45


def test_programs_of_all_areas_are_valid_python():
    from fuzz import program as module

    for area in module.WRITERS:
        for number in range(60):
            made = program(number, area)
            assert made.area == area
            for statement in made.statements:
                assert len(ast.parse(statement).body) == 1


def test_classes_of_programs_have_the_fields_that_writers_know(tools):
    script = (
        "from fuzz import pool, values\n"
        "for name, fields in values.CLASSES.items():\n"
        "    schema = getattr(pool, name).__schema__\n"
        "    for field, _ in fields:\n"
        "        assert schema.get_field(field) is not None, (name, field)\n"
    )
    path = os.pathsep.join([str(TOOLS), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": path}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment)


def test_programs_run_and_most_statements_succeed(worker):
    from fuzz import program as module

    for area in module.WRITERS:
        kinds = [
            result["kind"]
            for number in range(25)
            for result in worker.run(program(number, area).statements)
        ]
        assert set(kinds) <= {"value", "done", "error"}
        assert kinds.count("error") < 0.5 * len(kinds)


def test_a_program_has_the_same_results_each_time(worker):
    from fuzz import comparison

    for number in range(60):
        statements = program(number).statements
        first, second = worker.run(statements), worker.run(statements)
        found = comparison.first_difference("objects", statements, first, second)
        assert found is None or found.aspect == "invariant"


def test_results_say_what_happened(worker):
    results = worker.run(
        [
            "a = Node(Hooked(1))",
            "a.rebind({'a.x': 2})",
            "print(a.a.x)",
            "a.rebind(c=1)",
            "del a",
        ]
    )
    assert [one["kind"] for one in results] == [
        "done",
        "value",
        "value",
        "error",
        "done",
    ]
    assert results[0]["log"][:2] == ["init 1", "bound 1"]
    assert results[0]["state"]["a"].startswith("Node[w]('a': Hooked[w]('x': 1")
    assert results[1]["log"] == ["change 2 x: 1 -> 2", "bound 2"]
    assert "Hooked[w]('x': 2" in results[1]["state"]["a"]
    assert results[2]["log"] == ["printed 2\n"]
    assert "KeyError" in results[3]["errors"]
    assert results[3]["state"] == {}
    assert results[4]["gone"] == ["a"]


def test_a_statement_that_hangs_ends_the_program(worker):
    results = worker.run(["a = 1", "while True: pass", "a = 2"])
    assert [one["kind"] for one in results] == ["done", "hang"]
    assert worker.run(["1"])[0]["text"] == "1"


def test_a_worker_that_dies_is_started_again(worker):
    restarts = worker.restarts
    results = worker.run(["a = 1", "import os; os._exit(1)"])
    assert {one["kind"] for one in results} == {"crash"}
    assert worker.run(["1 + 1"])[0]["text"] == "2"
    assert worker.restarts == restarts + 1


def test_states_that_differ_are_a_difference():
    from fuzz import comparison

    theirs = [
        {"kind": "done", "log": [], "state": {"a": "1"}},
        {"kind": "value", "text": "2", "log": [], "state": {"a": "2"}},
    ]
    ours = [theirs[0], {**theirs[1], "state": {"a": "3"}}]
    found = comparison.first_difference(
        "objects", ["a = 1", "f(a)", "g(a)"], theirs, ours
    )
    assert found is not None
    assert (found.aspect, found.statements) == ("state", ("a = 1", "f(a)"))
    assert found.signature == "objects: f(): state: value"
    assert found.before == {"a": "1"}
    assert comparison.first_difference("objects", ["a", "b"], theirs, theirs) is None


def test_an_error_of_ours_may_be_more_specific():
    from fuzz import comparison

    base = {"kind": "error", "message": "", "log": [], "state": {}}
    theirs = [{**base, "errors": ["KeyError", "LookupError"]}]
    ours = [{**base, "errors": ["PyGloveKeyError", "PyGloveError", "KeyError"]}]
    assert comparison.first_difference("objects", ["a"], theirs, ours) is None
    found = comparison.first_difference("objects", ["a"], ours, theirs)
    assert found is not None and found.aspect == "outcome"


def test_a_tree_that_contradicts_itself_is_a_difference():
    from fuzz import comparison

    wrong = [{"kind": "done", "log": [], "state": {"a": "Node[w](1: Leaf[!parent]())"}}]
    found = comparison.first_difference("objects", ["a"], wrong, wrong)
    assert found is not None and found.aspect == "invariant"
    half = [{"kind": "error", "errors": ["E"], "log": [], "state": {"a": "2"}}]
    found = comparison.first_difference("objects", ["a"], half, half)
    assert found is not None and found.aspect == "invariant"


def test_programs_are_made_small():
    from fuzz import minimizer

    statements = [
        "a = Node(Leaf(1), [1, 2, {'x': 3}])",
        "b = pg.Dict(p=1, q=a)",
        "a.rebind(b=1)",
        "with pg.allow_partial(True): b.update(p=[Leaf(5), 7], q=2)",
    ]

    def holds(program):
        text = "\n".join(program)
        return "b = " in text and "Leaf(" in program[-1] and "update" in program[-1]

    small = minimizer.minimized(statements, holds)
    assert small == ["b = 1", "b.update(Leaf())"] or small == [
        "b = 1",
        "b.update(p=Leaf())",
    ]


def test_operations_are_named():
    from fuzz import comparison

    assert comparison.operation("a.b.rebind(x=1)") == ".rebind()"
    assert comparison.operation("a[0] = 1") == "Subscript ="
    assert comparison.operation("with pg.as_sealed(): a.pop()") == (
        "with .as_sealed() .pop()"
    )
    assert comparison.operation("del a.x") == "Delete"


def test_each_rule_refers_to_a_heading_and_has_a_valid_example():
    import differential
    from fuzz import explanation

    document = (ROOT / "docs" / "differences.md").read_text(encoding="utf-8")
    headings = differential.anchors(document)
    assert len({one.name for one in explanation.RULES}) == len(explanation.RULES)
    for one in explanation.RULES:
        assert one.heading in headings, one.name
        assert one.example, one.name
        for statement in one.example:
            assert len(ast.parse(statement).body) == 1


def test_rules_explain_what_they_say_and_nothing_else():
    from fuzz import explanation

    error = {"kind": "error", "errors": ["KeyError"], "message": ""}
    half = difference(
        ["a.rebind(x=1)"], {**error, "state": {"a": "1"}}, error, aspect="state"
    )
    found = explanation.rule_for(half)
    assert found is not None
    assert found.heading == "a-change-that-is-refused-changes-nothing"
    ours = difference(
        ["a.rebind(x=1)"], error, {**error, "state": {"a": "1"}}, aspect="state"
    )
    assert explanation.rule_for(ours) is None
    other = difference(["a.x"], {"kind": "value", "text": "1"}, error)
    assert explanation.rule_for(other) is None


def test_marks_and_places_are_removed_from_descriptions():
    from fuzz import comparison, rule

    text = "@{Node:a[0]}Leaf[w!parent!path{a[1]}]('x': 1)"
    assert rule.unmarked(text) == "@{Node:a[0]}Leaf[w]('x': 1)"
    assert comparison.rootless(text) == "Leaf[w!parent!path{a[1]}]('x': 1)"


@pytest.mark.skipif(PUBLISHED is None, reason="PYGLOVE_PUBLISHED_PYTHON is not set.")
def test_each_rule_is_needed():
    import fuzz_differential
    from fuzz import explanation

    pair = fuzz_differential.Pair(PUBLISHED)
    needless = []
    try:
        for one in explanation.RULES:
            found = pair.difference(area_of(one), list(one.example))
            if found is None or found.statements != one.example:
                needless.append(f"{one.name}: the example shows no difference")
            elif not one.explains(found):
                needless.append(f"{one.name}: does not explain its example")
            elif explanation.rule_for(found) != one:
                needless.append(f"{one.name}: another rule explains its example")
    finally:
        pair.close()
    assert not needless


def area_of(rule):
    """The area that an example of a rule is likely to be of."""
    text = "\n".join(rule.example)
    words = {
        "operators": r"\bev\.",
        "spaces": r"template|pg\.(dna_spec|materialize|oneof)",
        "genomes": r"pg\.DNA|\bg\.",
        "specs": r"^hash\(t\.",
        "functors": r"returns_leaf|checked|holder|variadic",
    }
    for area, pattern in words.items():
        if re.search(pattern, text):
            return area
    return "objects"


@pytest.mark.skipif(PUBLISHED is None, reason="PYGLOVE_PUBLISHED_PYTHON is not set.")
def test_a_few_programs_show_nothing_unexplained(capsys):
    import fuzz_differential

    code = fuzz_differential.main(["--published", str(PUBLISHED), "--programs", "150"])
    output = capsys.readouterr().out
    assert "150 programs of" in output
    assert code == 0, output


def test_the_command_compares_two_environments(tmp_path, capsys):
    import fuzz_differential

    # This package plays the published one: nothing differs.
    python = tmp_path / "python"
    python.write_text(
        f'#!/bin/sh\nPYTHONPATH="$PYTHONPATH:{ROOT}" exec "{sys.executable}" "$@"\n'
    )
    python.chmod(0o755)
    code = fuzz_differential.main(
        [
            "--published",
            str(python),
            "--programs",
            "30",
            "--area",
            "paths",
            "--jobs",
            "1",
        ]
    )
    output = capsys.readouterr().out
    assert "30 programs of" in output
    assert "30 the same, 0 differences explained, 0 unexplained" in output
    assert code == 0
