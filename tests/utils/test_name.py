"""What a misspelt name may have been meant to be."""

import pytest

from pyglove.utils.name import did_you_mean


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("num_trials", " Did you mean `num_examples`?"),
        ("nam", " Did you mean `name`?"),
        ("region", ""),
        ("", ""),
    ],
)
def test_nearest_name(name, hint):
    assert did_you_mean(name, ["name", "num_examples"]) == hint


def test_nothing_is_near_where_there_is_nothing():
    assert did_you_mean("name", []) == ""
