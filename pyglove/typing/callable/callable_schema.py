"""Signatures and schemas of callables."""

import typing
from collections.abc import Callable

from pyglove.typing.callable.signature import Signature
from pyglove.typing.field.schema import Schema
from pyglove.typing.field.value_spec import ValueSpec


def signature(
    func: Callable[..., typing.Any], auto_typing: bool = True, auto_doc: bool = True
) -> Signature:
    """Returns the signature of a callable, with value specs of the arguments.

    Args:
      func: A function, a method, a class, or a callable object.
      auto_typing: If False, type annotations do not restrict the values.
      auto_doc: If True, descriptions are taken from the docstring.

    Returns:
      The signature.

    Raises:
      TypeError: The object is not callable.

    Example:
      >>> import pyglove.typing as pgt
      >>> def area(width: float, height: float = 1.0) -> float: ...
      >>> pgt.signature(area).arg_names
      ['width', 'height']
    """
    return Signature.from_callable(func, auto_typing, auto_doc)


get_signature = signature


def schema(
    cls_or_fn: Callable[..., typing.Any],
    args: list[typing.Any] | dict[typing.Any, typing.Any] | None = None,
    returns: ValueSpec | None = None,
    *,
    auto_typing: bool = True,
    auto_doc: bool = True,
    remove_self: bool = True,
    include_return: bool = False,
) -> Schema:
    """Returns the schema of the arguments of a callable.

    Args:
      cls_or_fn: A function, a method, a class, or a callable object.
      args: Fields or their short definitions, which override annotations of arguments.
      returns: The spec of the return value.
      auto_typing: If False, type annotations do not restrict the values.
      auto_doc: If True, descriptions are taken from the docstring.
      remove_self: If True, a first argument called 'self' is left out.
      include_return: If True, the schema has a field 'return' for the return value.

    Returns:
      The schema; for a symbolic class, its own schema.

    Raises:
      TypeError: The object is not callable.
      KeyError: `args` names an unknown argument.

    Example:
      >>> import pyglove.typing as pgt
      >>> def area(width: float, height: float = 1.0) -> float: ...
      >>> list(pgt.schema(area).keys())
      [width, height]
    """
    declared = getattr(cls_or_fn, "__schema__", None)
    if isinstance(declared, Schema):
        return declared
    sig = signature(cls_or_fn, auto_typing, auto_doc)
    return sig.annotate(args, returns).to_schema(remove_self, include_return)
