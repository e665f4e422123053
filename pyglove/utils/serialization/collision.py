"""Detection of hash collisions, which make sets and dicts quadratic.

The hashes of strings differ between processes. Those of numbers, and of tuples of
numbers, do not: an attacker can choose many with the same hash.
"""

from collections.abc import Iterable
from typing import Any

from pyglove.utils.error import PyGloveValueError

# Up to 17 64-bit numbers have the same hash.
_MAX_ALIKE = 32


Buckets = dict[int, list[Any]]


def check_collisions(values: Iterable[Any], buckets: Buckets | None = None) -> None:
    """Rejects values of which too many have the same hash.

    Args:
      values: Values of a document, of classes that do not define `__hash__`.
      buckets: Earlier values by hash, to which these are added.

    Raises:
      ValueError: Too many of them have the same hash.

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
            continue  # It is rejected later, when it is used.
        if value in bucket:
            continue
        bucket.append(value)
        if len(bucket) > _MAX_ALIKE:
            raise PyGloveValueError(
                "Expected keys or members that hash differently in JSON, got more than "
                f"{_MAX_ALIKE} that hash alike."
            )
