"""The tests of symbolic values, with generated code or without.

`INTERPRETED=1 pytest tests/symbolic` leaves all work to the interpretive twins of
generated code. Both must pass all tests.
"""

import contextlib
import os

import pytest

from tests.symbolic import twin


@pytest.fixture(scope="session", autouse=True)
def _generated_code_or_twins():
    is_interpreted = bool(os.environ.get("INTERPRETED"))
    with twin.interpreted() if is_interpreted else contextlib.nullcontext():
        yield
