"""Laws that hold for any program."""

import copy
import pickle

from hypothesis import given, settings

import pyglove as pg
from tests.mutfun.helper import NAMES, Assign, Function, Var, outcome, programs

few = settings(max_examples=30)

# Calls of which the first are interpreted, and those after them compiled.
MANY = 25


@few
@given(programs(foreign=True))
def test_compiled_is_interpreted(program):
    interpreted = outcome(program, 2, 3)
    compiled = {outcome(program, 2, 3) for _ in range(MANY)}
    assert compiled == {interpreted}
    at_once = program.clone(deep=True)
    at_once.compile()
    assert outcome(at_once, 2, 3) == interpreted


@few
@given(programs())
def test_the_text_is_python_that_does_the_same(program):
    scope = dict(NAMES)
    exec(str(program), scope)
    assert outcome(scope["f"], 2, 3) == outcome(program, 2, 3)


@few
@given(programs())
def test_indented_text_is_the_same_text(program):
    lines = str(program).splitlines()
    assert program.python_repr(2).splitlines() == ["    " + line for line in lines]


@few
@given(programs(foreign=True))
def test_pruning_changes_no_result(program):
    pruned = program.clone(deep=True)
    pruned.prune()
    before, after = outcome(program, 2, 3), outcome(pruned, 2, 3)
    # An error of a line that did not matter is gone with it.
    assert after == before or isinstance(before, type)
    again = pruned.clone(deep=True)
    again.prune()
    assert pg.eq(again, pruned)


@few
@given(programs(foreign=True))
def test_a_program_survives_copies_and_files(program):
    for other in (
        program.clone(deep=True),
        copy.deepcopy(program),
        pickle.loads(pickle.dumps(program)),
        pg.from_json_str(program.to_json_str()),
    ):
        assert pg.eq(other, program)
        assert other != program
        assert str(other) == str(program)
        assert outcome(other, 2, 3) == outcome(program, 2, 3)


@few
@given(programs(foreign=True))
def test_what_is_read_is_seen(program):
    program.compile()
    for line in program.body:
        assert line.input_vars() <= line.seen_vars()


@few
@given(programs(foreign=True))
def test_definitions_and_references_mirror_one_another(program):
    for line in program.body:
        for definition in line.input_defs(transitive=False):
            references = definition.output_refs(transitive=False)
            assert any(line is reference.line() for reference in references)
        for reference in line.output_refs(transitive=False):
            sources = reference.line().input_defs(transitive=False)
            assert any(line is source.line() for source in sources)


@few
@given(programs(foreign=True))
def test_what_is_downstream_has_this_upstream(program):
    for line in program.body:
        users = {id(x.line()): x.line() for x in line.output_refs()}
        for user in users.values():
            assert any(line is source.line() for source in user.input_defs())


@few
@given(programs())
def test_a_change_counts_at_once(program):
    for _ in range(MANY):
        outcome(program, 2, 3)
    program.body.insert(0, Assign("a", Var("b") - 5))
    fresh = pg.from_json_str(program.to_json_str())
    assert outcome(program, 2, 3) == outcome(fresh, 2, 3)
    del program.body[0]
    program.rebind(args=["b", "a"])
    fresh = Function("f", program.clone(deep=True).body, ["a", "b"])
    assert outcome(program, 2, 3) == outcome(fresh, 3, 2)
