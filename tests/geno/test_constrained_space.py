"""ConstrainedSpace: text, JSON and copies."""

import json
import pickle

import pytest

import pyglove as pg
from pyglove import geno
from tests.geno import helper


def space():
    """A space with constraints, one of whose candidates has constraints as well."""
    inner = geno.ConstrainedSpace(
        [geno.intv(1, 3, location="x"), geno.intv(1, 3, location="y")],
        constraints=[geno.Predicate(lambda x, y: x + y == 4, ["x", "y"], name="four")],
    )
    points = [
        geno.oneof([inner, geno.constant()], location="a", name="a"),
        geno.intv(0, 1, location="b"),
    ]
    return geno.ConstrainedSpace(
        points, constraints=[geno.Forbidden({"a": 0, "b": 1}), geno.Total("b", 0)]
    )


def test_text_shows_constraints_where_they_stand():
    assert str(space()) == (
        "Space({\n"
        "  0 = 'a': Choices(num_choices=1, [\n"
        "    (0): Space({\n"
        "      0 = 'x': Int(min_value=1, max_value=3)\n"
        "      1 = 'y': Int(min_value=1, max_value=3)\n"
        "    }, constraints=[\n"
        "      Predicate(space.<locals>.<lambda>, on=['x', 'y'], name='four')\n"
        "    ])\n"
        "    (1): Space()\n"
        "  ],   name='a')\n"
        "  1 = 'b': Int(min_value=0, max_value=1)\n"
        "}, constraints=[\n"
        "  Forbidden({'a': 0, 'b': 1})\n"
        "  Total('b', at_least=0)\n"
        "])"
    )


def test_text_of_a_space_with_nothing_to_decide():
    fixed = geno.ConstrainedSpace([], constraints=[geno.Predicate(None, name="p")])
    assert str(fixed) == (
        "Space(constraints=[\n"
        "  Predicate(not checked, as its function was not saved, name='p')\n"
        "])"
    )
    assert str(geno.ConstrainedSpace([])) == "Space()"


def test_all_fields_show_when_asked_for():
    assert "constraints = [" in space().format(compact=False)


def test_json_has_no_functions():
    text = pg.to_json_str(space())
    assert '"fn"' not in text and "lambda" not in text
    loaded = pg.from_json_str(text)
    assert "not checked, as its function was not saved" in str(loaded)
    assert len(list(space().iter_dna())) == 3 + 2
    # What only the function rules out is there.
    assert len(list(loaded.iter_dna())) == 9 + 2
    # What was loaded can be saved and loaded again.
    assert pg.eq(pg.from_json_str(pg.to_json_str(loaded)), loaded)


def test_json_without_defaults_has_no_functions():
    text = json.dumps(space().to_json(hide_default_values=True))
    assert '"fn"' not in text and '"four"' in text
    assert len(list(pg.from_json_str(text).iter_dna())) == 9 + 2


def test_spaces_without_constraints_have_none_in_json():
    plain = geno.space([geno.intv(0, 1)])
    assert "constraints" not in pg.to_json_str(plain)
    assert list(plain.constraints) == [] and plain.conditions is None


def test_copies_keep_functions():
    for copy in (space().clone(), space().clone(deep=True)):
        assert len(list(copy.iter_dna())) == 3 + 2


def sum_is_four(x, y):
    return x + y == 4


def test_pickling_keeps_functions_that_have_a_name():
    points = [geno.intv(1, 3, location="x"), geno.intv(1, 3, location="y")]
    spec = geno.ConstrainedSpace(
        points, constraints=[geno.Predicate(sum_is_four, ["x", "y"])]
    )
    loaded = pickle.loads(pickle.dumps(spec))
    assert len(list(loaded.iter_dna())) == 3


def test_the_size_is_that_without_constraints():
    assert space().space_size == (9 + 1) * 2


def test_constants_with_constraints():
    impossible = geno.ConstrainedSpace([], constraints=[Never(name="never")])
    spec = geno.space([geno.oneof([impossible, geno.constant()], location="c")])
    assert [dna.value for dna in spec.iter_dna()] == [1]
    assert {spec.random_dna().value for _ in range(10)} == {1}
    for use in (impossible.random_dna, impossible.first_dna):
        with pytest.raises(pg.geno.InfeasibleSpaceError, match="'never'"):
            use()


class Never(geno.Constraint):
    """A user's constraint on the program, which nothing meets."""

    @property
    def targets(self):
        return None

    def rule(self, scope):
        raise NotImplementedError

    def check(self, numbers):
        return False

    def _arguments(self):
        return []


def test_a_constraint_without_a_check():
    class Odd(Never):
        check = geno.Constraint.check

    spec = geno.ConstrainedSpace([geno.oneof(helper.constants(2))], constraints=[Odd()])
    with pytest.raises(NotImplementedError, match="Odd to implement `check`"):
        spec.first_dna()
