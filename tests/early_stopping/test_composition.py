"""Policies that are made of others."""

import itertools

import pytest

import pyglove as pg
from pyglove import early_stopping, tuning
from tests.early_stopping.helper import Says, trial

TRIAL = trial(1, (1, 0.5))


@pytest.mark.parametrize(
    ("left", "right"), list(itertools.product([False, True], repeat=2))
)
def test_operators_are_those_of_logic(left, right):
    a, b = Says(left), Says(right)
    assert (a & b).should_stop_early(TRIAL) is (left and right)
    assert (a | b).should_stop_early(TRIAL) is (left or right)
    assert (~a).should_stop_early(TRIAL) is (not left)
    assert (-a).should_stop_early(TRIAL) is (not left)
    de_morgan = ~(a & b), ~a | ~b
    assert len({policy.should_stop_early(TRIAL) for policy in de_morgan}) == 1


def test_policies_are_asked_up_to_the_one_that_decides():
    both = Says(False) & Says(True)
    both.should_stop_early(TRIAL)
    assert [child.asked for child in both.children] == [1, 0]
    either = Says(True) | Says(True)
    either.should_stop_early(TRIAL)
    assert [child.asked for child in either.children] == [1, 0]


def test_no_policies():
    assert early_stopping.And().should_stop_early(TRIAL)
    assert not early_stopping.Or().should_stop_early(TRIAL)


@pytest.mark.parametrize("count", [0, 2])
def test_a_negation_is_of_one_policy(count):
    with pytest.raises(ValueError, match=f"Expected one policy to negate, got {count}"):
        early_stopping.Not(*[Says(True) for _ in range(count)])


@pytest.mark.parametrize("other", [1, "policy", [Says(True)]])
def test_only_policies_can_be_combined(other):
    with pytest.raises(TypeError):
        Says(True) & other


def test_a_policy_of_another_kind_can_be_combined():
    class Plain(tuning.EarlyStoppingPolicy):
        def should_stop_early(self, trial):
            return True

    assert (Says(True) & Plain()).should_stop_early(TRIAL)


def test_all_policies_are_set_up():
    policy = (Says(True) & ~Says(False)) | Says(True)
    spec = pg.dna_spec(pg.oneof([1, 2]))
    policy.setup(spec)
    (both, last) = policy.children
    assert policy.dna_spec is last.dna_spec is both.children[0].dna_spec is spec
    assert both.children[1].children[0].dna_spec is spec


def test_all_policies_are_recovered():
    policy = Says(True) & Says(False)
    policy.recover(iter([trial(1), trial(2)]))
    assert [child.history for child in policy.children] == [[1, 2], [1, 2]]


def test_policies_are_saved_and_compared():
    policy = early_stopping.early_stop_by_value([(1, 0.5)])() | ~Says(True)
    assert pg.from_json_str(policy.to_json_str()) == policy
    assert policy.clone(deep=True) == policy
    assert (Says(True) & Says(False)) != (Says(False) & Says(True))
    assert repr(~Says(True)) == "Not(children=[0: Says(stop=True)])"


@pytest.mark.parametrize("name", ["And", "Or", "Not"])
def test_files_of_the_published_package_can_be_read(name):
    document = {"_type": f"pyglove.ext.early_stopping.base.{name}", "children": []}
    document["children"] = [Says(True).to_json()]
    assert type(pg.from_json(document)) is getattr(early_stopping, name)


def test_the_base_is_abstract():
    with pytest.raises(TypeError):
        early_stopping.EarlyStopingPolicyBase()
