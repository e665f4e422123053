"""Values that hash alike, of which a set or dict makes quadratic work.

Strings hash differently in each process. Numbers, and tuples of them, do not: whoever
knows how they hash can write down as many as he likes that end up in one place.
"""

from collections.abc import Iterable
from typing import Any

from pyglove.utils.error import PyGloveValueError

# Among 64-bit numbers, up to 17 hash alike.
_MAX_ALIKE = 32


Buckets = dict[int, list[Any]]


def check_collisions(values: Iterable[Any], buckets: Buckets | None = None) -> None:
    """Refuses values of which too many hash alike, before they are put into a set.

    Args:
      values: Values of a document, whose classes are known not to decide on their
        hashes.
      buckets: Earlier values by their hash, to which these are added.

    Raises:
      ValueError: Too many of them hash alike.

    Example:
      >>> from pyglove.utils.serialization.collision import check_collisions
      >>> check_collisions(range(1000))
      >>> check_collisions([i * (2**61 - 1) for i in range(1000)])
      Traceback (most recent call last):
      ...
      pyglove.utils.error.PyGloveValueError: Expected keys or members that hash ...
    """
    if buckets is None:
        buckets = {}
    for value in values:
        try:
            bucket = buckets.setdefault(hash(value), [])
        except TypeError:
            continue  # It will be refused where it is used.
        if value in bucket:
            continue
        bucket.append(value)
        if len(bucket) > _MAX_ALIKE:
            raise PyGloveValueError(
                "Expected keys or members that hash differently in JSON, got more than "
                f"{_MAX_ALIKE} that hash alike."
            )
