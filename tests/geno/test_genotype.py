"""The forms of a DNA: numbers, nested values and a tree are one and the same."""

import copy
import pickle

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import pyglove as pg
from tests.geno import helper


def forms(spec, numbers):
    """One DNA, made in all ways."""
    flat = pg.DNA.from_numbers(list(numbers), spec)
    nested = pg.DNA.from_json(flat.to_json())
    tree = pg.DNA(flat.value, [child.clone() for child in flat.children])
    return [
        flat,
        nested,
        tree,
        tree.clone().use_spec(spec),
        flat.clone(deep=True),
        copy.deepcopy(nested),
        pickle.loads(pickle.dumps(flat)),
    ]


def look(dna):
    """What shows of a DNA and of all below."""
    return dna.value, [look(child) for child in dna.children]


@given(helper.finite_spaces(), st.data())
def test_forms_agree(spec, data):
    every = helper.enumerate_numbers(spec)
    dnas = forms(spec, data.draw(st.sampled_from(every)))
    others = forms(spec, data.draw(st.sampled_from(every)))
    for dna in dnas:
        assert dna == dnas[0] and hash(dna) == hash(dnas[0])
        assert look(dna) == look(dnas[0])
        assert dna.to_numbers() == dnas[0].to_numbers()
        assert repr(dna) == repr(dnas[0])
        for other in others:
            assert (dna == other) == (look(dna) == look(other))
            assert [dna < other, dna == other, other < dna].count(True) == 1


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(helper.finite_spaces(), st.data())
def test_a_change_of_the_tree_is_one_of_the_numbers(spec, data):
    every = [list(n) for n in helper.enumerate_numbers(spec) if len(n) > 1]
    assume(every)
    numbers = data.draw(st.sampled_from(every))
    after = [n for n in every if n[:-1] == numbers[:-1] and n[-1] > numbers[-1]]
    assume(after)
    dna = data.draw(st.sampled_from(forms(spec, numbers)))
    before, twin = dna.to_numbers(), dna.clone()
    hash(dna), dna.to_json(), dna == twin
    leaf = dna
    while leaf.children:
        leaf = leaf.children[-1]
    assert leaf.is_leaf and not dna.is_leaf
    assert leaf.root is dna and leaf.parent_dna.children[-1] is leaf
    leaf.rebind(value=after[0][-1])
    assert dna.to_numbers() == after[0]
    assert dna != twin and twin < dna and twin.to_numbers() == before
    leaf.rebind(value=before[-1])
    assert dna == twin and hash(dna) == hash(twin)


def pair():
    return pg.dna_spec(pg.Dict(x=pg.oneof([pg.oneof([1, 2]), 3]), y=pg.intv(0, 3)))


def test_each_node_is_bound_to_its_part_of_the_spec():
    spec = pair()
    for dna in forms(spec, [0, 1, 2]):
        assert dna.use_spec(spec) is dna and dna.use_spec(spec) is dna
        x, y = dna.children
        assert dna.spec is spec
        assert (x.spec.id, y.spec.id) == ("x", "y")
        assert x.children[0].spec.id == "x[=0/2]"
        assert dna["x"] is x and dna[spec["y"]] is y


@pytest.mark.parametrize("decisions", [[0, 2], [(0, 2), 0], [1, 4], [1], 1, [1, 0.5]])
def test_what_does_not_fit_is_refused_and_stays_unbound(decisions):
    dna = pg.DNA(decisions)
    with pytest.raises(ValueError):
        dna.use_spec(pair())
    assert dna.spec is None
    with pytest.raises(ValueError):
        pg.DNA(decisions, spec=pair())


def test_notes_that_are_cloneable_come_along():
    dna = pg.DNA([(0, 1), 2], spec=pair())
    dna.set_metadata("kept", 1, cloneable=True).set_metadata("left", 2)
    dna.set_userdata("kept", {1}, cloneable=True).set_userdata("left", {2})
    dna.children[0].children[0].set_userdata("below", 3, cloneable=True)
    for new in (dna.clone(), dna.clone(deep=True), copy.copy(dna)):
        assert dict(new.metadata) == {"kept": 1}
        assert dict(new.userdata) == {"kept": {1}}
        assert new.children[0].children[0].userdata.below == 3
        # And from there, too.
        assert new.clone().userdata.kept == {1}
    with pytest.raises(KeyError):
        dna.set_metadata(1, 2)


def test_metadata_count_for_symbolic_equality_only():
    plain, noted = pg.DNA([1, 2]), pg.DNA([1, 2], metadata={"a": 1})
    assert plain == noted and hash(plain) == hash(noted)
    assert pg.ne(plain, noted) and pg.hash(plain) != pg.hash(noted)
    assert pg.eq(noted, pg.DNA([1, 2], metadata={"a": 1}))
    assert pg.eq(pickle.loads(pickle.dumps(noted)), noted)


def test_what_is_no_dna_is_neither_equal_nor_less():
    assert pg.DNA(1) != 1 and pg.DNA([1]) != [1]
    with pytest.raises(TypeError, match="to compare a DNA with"):
        pg.DNA(1) < 2  # noqa: B015


def test_sealed_dna():
    dna = pg.DNA([1, 2], sealed=True)
    with pytest.raises(pg.WritePermissionError):
        dna.children[0].rebind(value=2)
    with pytest.raises(TypeError, match="for a DNA, got 'unknown'"):
        pg.DNA(1, unknown=2)
