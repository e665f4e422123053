"""Symbols: names that are defined, and references to them."""

import pytest

from pyglove import mutfun
from tests.mutfun.helper import Assign, Call, x, y


def test_an_assignment_has_a_value():
    context = {"x": 2}
    assert Assign("y", Assign("z", x + 1)).evaluate(context) == 3
    assert context == {"x": 2, "y": 3, "z": 3}


def test_values_that_are_no_code_are_assigned_as_they_are():
    values = [x, 1]
    assert Assign("y", values).evaluate({"x": 2})[1] == 1


def test_a_variable_has_to_be_defined():
    with pytest.raises(KeyError, match="'y'"):
        y.evaluate({"x": 1})


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (Assign("y", Assign("z", 1)), "y = z = 1"),
        (Assign("y", mutfun.Add(Assign("z", 1), 1)), "y = (z := 1) + 1"),
        (mutfun.Negate(Assign("z", Assign("w", 1))), "-(z := (w := 1))"),
        (Call("g", [Assign("z", 1), "a", [x, 2]]), "g((z := 1), 'a', [x, 2])"),
        (Assign("y", {"a": x}), "y = {'a': x}"),
        (Assign("y", float("inf")), "y = float('inf')"),
        (Assign("y", None), "y = None"),
    ],
)
def test_text(code, text):
    assert str(code) == text
    assert code.python_repr(1) == "  " + text


def test_assignments_of_users_do_what_users_say():
    class Twice(mutfun.Assign):
        def evaluate(self, context):
            value = context[self.name] = 2 * mutfun.evaluate(self.value, context)
            return value

    f = mutfun.Function("f", [Twice("y", x), y + 1], ["x"])
    for _ in range(25):
        assert f(3) == 7
