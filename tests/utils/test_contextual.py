"""Contextual variables."""

import dataclasses
import threading

import pytest

from pyglove import utils
from pyglove.utils import ContextualOverride


def in_thread(fn):
    result = []
    thread = threading.Thread(target=lambda: result.append(fn()))
    thread.start()
    thread.join()
    return result[0]


def test_values_hold_within_the_block():
    with utils.contextual_override(x=1, y=None) as overrides:
        assert overrides["x"] == ContextualOverride(1)
        assert utils.contextual_value("x") == 1
        assert utils.contextual_value("y", 5) is None
        assert utils.all_contextual_values() == {"x": 1, "y": None}
    assert utils.all_contextual_values() == {}


def test_absent_value():
    with pytest.raises(KeyError, match="contextual variable 'x', got none"):
        utils.contextual_value("x")
    assert utils.contextual_value("x", None) is None
    assert utils.contextual_value("x", utils.MISSING_VALUE) == utils.MISSING_VALUE
    assert utils.get_contextual_override("x") is None


def test_inner_block_prevails():
    with utils.contextual_override(x=1, y=1), utils.contextual_override(x=2):
        assert utils.all_contextual_values() == {"x": 2, "y": 1}


def test_cascading_outer_block_prevails():
    with (
        utils.contextual_override(cascade=True, x=1),
        utils.contextual_override(x=2, y=2),
    ):
        assert utils.all_contextual_values() == {"x": 1, "y": 2}


def test_options_of_overrides():
    with utils.contextual_override(cascade=True, override_attrs=True, x=1):
        assert utils.get_contextual_override("x") == ContextualOverride(1, True, True)
    with utils.contextual_override(x=ContextualOverride(1, cascade=True)):
        assert utils.get_contextual_override("x").cascade


def test_override_is_immutable():
    with pytest.raises(dataclasses.FrozenInstanceError):
        ContextualOverride(1).value = 2


def test_other_threads_see_what_they_are_handed():
    def value():
        return utils.contextual_value("x", None)

    with utils.contextual_override(x=1):
        assert in_thread(value) is None
        handed = utils.with_contextual_override(value)
        assert in_thread(handed) == 1
    assert handed() == 1
    assert value() is None


def test_handed_function_takes_arguments():
    assert utils.with_contextual_override(lambda a, b=2: (a, b))(1, b=3) == (1, 3)
