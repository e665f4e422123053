"""The tests of symbolic values, with generated code or without.

`INTERPRETED=1 pytest tests/symbolic` leaves all work to the interpretive twins of
generated code. Both must pass all tests.
"""

import os

import pytest

from pyglove.symbolic.compiled.compilation import use_fast_branches

IS_INTERPRETED = bool(os.environ.get("INTERPRETED"))


@pytest.fixture(autouse=True)
def _compiled_or_interpreted():
    use_fast_branches(not IS_INTERPRETED)
    yield
    use_fast_branches(True)
