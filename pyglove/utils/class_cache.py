"""What is worked out of a class, and kept for as long as the class lives."""

import functools
import weakref
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def per_class(function: Callable[[Any], T]) -> Callable[[Any], T]:
    """Lets a function of a class be computed once for each class.

    Two threads that ask at once may both compute it. What it returns must not lead to
    the class, which would then live as long as the process.

    Args:
      function: A function of a class, whose result does not change.

    Returns:
      The function with a cache.

    Example:
      >>> from pyglove.utils.class_cache import per_class
      >>> @per_class
      ... def doubled_name(cls):
      ...   print('once')
      ...   return cls.__name__ * 2
      >>> doubled_name(int), doubled_name(int)
      once
      ('intint', 'intint')
    """
    known: dict[int, tuple[T, weakref.ref[Any]]] = {}

    @functools.wraps(function)
    def cached(cls: Any) -> T:
        # By identity, for it is quicker than a hash that a metaclass may redefine.
        number = id(cls)
        found = known.get(number)
        if found is None:
            forget = weakref.ref(cls, lambda _: known.pop(number, None))
            found = known[number] = (function(cls), forget)
        return found[0]

    return cached
