"""Checks of search algorithms as tests of pytest."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from pyglove.testing.generator_check import (
    GeneratorFactory,
    check_other_process,
    check_subject,
    make_subjects,
)


def parametrize_generators(
    makers: Mapping[str, GeneratorFactory],
    unsupported: Mapping[str, Sequence[str]] | None = None,
    num_trials: int = 60,
) -> Any:
    """Returns a decorator that makes a test of each algorithm on each sample space.

    The test has one argument, `check`, which it calls. Needs pytest.

    Args:
      makers: What makes an algorithm, by its name; see `check_generator`.
      unsupported: By name of the algorithm, the spaces that it has to refuse.
      num_trials: How long searches are.

    Example:
      >>> @pg.testing.parametrize_generators({'sweeping': pg.geno.Sweeping},
      ...     unsupported={'sweeping': ['continuous']})
      ... def test_conformance(check):
      ...   check()
    """
    import pytest

    params = []
    for name, make in makers.items():
        refused = (unsupported or {}).get(name, ())
        subjects = make_subjects(make, num_trials=num_trials)
        for space, subject in subjects.items():
            check = functools.partial(check_subject, subject, space in refused)
            params.append(pytest.param(check, id=f"{name}-{space}"))
        supported = [s for s in subjects.values() if s.space not in refused]
        check_elsewhere = functools.partial(check_other_process, supported)
        params.append(pytest.param(check_elsewhere, id=f"{name}-other_process"))
    return pytest.mark.parametrize("check", params)
