"""The tests of symbolic values, with generated code or without.

`INTERPRETED=1 pytest tests/symbolic` leaves all work to the interpretive twins of
generated code. Both must pass all tests.
"""

import contextlib

import pytest

from tests.symbolic import twin


@pytest.fixture(scope="session", autouse=True)
def _generated_code_or_twins():
    with twin.interpreted() if twin.IS_INTERPRETED else contextlib.nullcontext():
        yield
