"""Letter case of names, and suggestions for misspelt ones."""

import pytest

from pyglove import utils
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


@pytest.mark.parametrize(
    ("camel", "snake"),
    [
        ("AbcDef", "abc_def"),
        ("ABCDef", "abc_def"),
        ("AbcDEF", "abc_def"),
        ("Abc1D", "abc1_d"),
        ("HTTPServer2XX", "http_server2_xx"),
        ("aBc", "a_bc"),
        ("aB", "ab"),
        ("abc", "abc"),
        ("", ""),
    ],
)
def test_camel_to_snake(camel, snake):
    assert utils.camel_to_snake(camel) == snake
    assert utils.camel_to_snake(camel, "-") == snake.replace("_", "-")
