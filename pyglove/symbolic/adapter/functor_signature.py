"""Functor signature: an `inspect.Signature` with value specs."""

import functools
from typing import Any

from pyglove import typing as pg_typing
from pyglove.symbolic.compiled.object_arguments import init_signature
from pyglove.utils.lazy_module import inspect


def functor_signature(functor_class: Any) -> "inspect.Signature":
    """Returns the signature of the objects of a functor class.

    It is an `inspect.Signature`, and also has the attributes of `pg.typing.Signature`,
    such as `args` and `return_value`.

    Args:
      functor_class: The class.
    """
    plain = init_signature(functor_class)
    signature: inspect.Signature = _signature_class()(list(plain.parameters.values()))
    signature._call = call_signature(functor_class)  # type: ignore[attr-defined]
    return signature


@functools.cache
def _signature_class() -> Any:
    """Returns the class of signatures; its base class is imported on demand."""

    class FunctorSignature(inspect.Signature):
        """The signature of the calls of a functor."""

        _call: pg_typing.Signature | None = None

        def __getattr__(self, name: str) -> Any:
            if self._call is None or name.startswith("__"):
                raise AttributeError(
                    f"{type(self).__name__!r} object has no attribute {name!r}"
                )
            return getattr(self._call, name)

    return FunctorSignature


def call_signature(functor_class: Any) -> pg_typing.Signature:
    """Returns the signature of the calls of a functor, with value specs.

    Args:
      functor_class: The class of the functor.
    """
    return pg_typing.Signature.from_schema(
        functor_class.__schema__,
        functor_class.__module__,
        "__call__",
        functor_class.__qualname__,
        is_method=False,
    )


__all__ = ["call_signature", "functor_signature"]
