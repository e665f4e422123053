import decimal
import fractions

import numpy as np
import pytest

from pyglove import utils


@pytest.mark.parametrize(
    ("value", "scalar"),
    [
        (np.int64(1), 1),
        (np.uint8(1), 1),
        (np.bool_(True), True),
        (np.float32(1.5), 1.5),
        (np.float16(1.5), 1.5),
        (np.array(1), 1),
        (np.array(1.5), 1.5),
        (np.array("a"), "a"),
    ],
)
def test_scalars_of_numpy(value, scalar):
    found = utils.python_scalar(value)
    assert found == scalar and type(found) is type(scalar)


@pytest.mark.parametrize(
    "value",
    [
        1,
        True,
        1.5,
        "a",
        None,
        [],
        (),
        np.float64(1.5),
        np.str_("a"),
        np.array([1]),
        np.array([]),
        np.complex64(1),
        np.datetime64(1, "s"),
        np.timedelta64(1, "s"),
        np.ma.masked,
        np.bytes_(b"a"),
        np.ndarray,
        decimal.Decimal(1),
        fractions.Fraction(1, 2),
    ],
)
def test_others_are_left_alone(value):
    assert utils.python_scalar(value) is value


def test_what_has_no_value_yet_is_left_alone():
    class Lazy:
        shape = ()

        def item(self):
            raise RuntimeError("Not computed yet.")

    lazy = Lazy()
    assert utils.python_scalar(lazy) is lazy
