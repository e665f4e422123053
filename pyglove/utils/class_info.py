"""What is known of a class: what it says itself, and what was worked out of it.

Of what it says, `inspect` tells the same and more; but it takes a while to import, and
each definition of a symbolic class asks.
"""

import functools
import sys
import weakref
from collections.abc import Callable
from typing import Any, TypeVar

from pyglove.utils.lazy_module import inspect

T = TypeVar("T")


def own_annotations(cls: type[Any]) -> dict[str, Any]:
    """Returns the annotations in the body of a class, without those of its bases.

    Args:
      cls: The class.

    Example:
      >>> from pyglove.utils.class_info import own_annotations
      >>> class A:
      ...   x: int
      >>> class B(A):
      ...   y: str
      >>> own_annotations(B)
      {'y': <class 'str'>}
    """
    if sys.version_info >= (3, 14):  # They are evaluated when they are asked for.
        return inspect.get_annotations(cls)
    return {**cls.__dict__.get("__annotations__", {})}  # noqa: RUF063


def own_docstring(cls: type[Any]) -> str:
    """Returns the docstring of a class without its indentation; '' if it has none.

    Args:
      cls: The class.
    """
    first, *rest = (cls.__dict__.get("__doc__") or "").expandtabs().split("\n")
    margins = [len(line) - len(line.lstrip()) for line in rest if line.strip()]
    margin = min(margins, default=0)
    return "\n".join([first.lstrip(), *(line[margin:] for line in rest)]).strip("\n")


def static_attribute(cls: type[Any], name: str, default: Any = None) -> Any:
    """Returns an attribute of a class or its bases, without asking descriptors.

    Args:
      cls: The class.
      name: Name of the attribute.
      default: What to return if there is none.

    Example:
      >>> from pyglove.utils.class_info import static_attribute
      >>> class A:
      ...   x = property(len)
      >>> static_attribute(A, 'x')
      <property object at 0x...>
    """
    for base in cls.__mro__:
        if name in base.__dict__:
            return base.__dict__[name]
    return default


def per_class(function: Callable[[Any], T]) -> Callable[[Any], T]:
    """Lets a function of a class be computed once for each class.

    Two threads that ask at once may both compute it. What it returns must not lead to
    the class, which would then live as long as the process.

    Args:
      function: A function of a class, whose result does not change.

    Returns:
      The function with a cache.

    Example:
      >>> from pyglove.utils.class_info import per_class
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
