"""Aliases of combinations of value specs."""

import typing

from pyglove.typing.field.value_spec import ValueSpec
from pyglove.typing.introspection.generic import Generic, GenericTypeAlias
from pyglove.typing.spec.list_spec import List
from pyglove.typing.spec.tuple_spec import Tuple
from pyglove.typing.spec.union_spec import Union
from pyglove.utils import PyGloveTypeError


class Optional(GenericTypeAlias):
    """`Optional[t]` is the spec of `t`, with None allowed and the default.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Optional[int]
      Int(default=None, noneable=True)
    """

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> ValueSpec:
        """`Optional[t]`."""
        _check_single("Optional", type_args)
        return ValueSpec.from_annotation(type_args[0], auto_typing=True).noneable()


class Sequence(GenericTypeAlias):
    """`Sequence[t]` is the spec of lists and tuples of `t`.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Sequence[int]
      Union([List(Int()), Tuple(Int())])
    """

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> Union:
        """`Sequence[t]`."""
        _check_single("Sequence", type_args)
        return Union([List(type_args[0]), Tuple(type_args[0])])


class Annotated(Generic):
    """`Annotated[t, docstring, metadata]` describes a field.

    Args:
      t: The value spec or type annotation of the values.
      docstring: What the field is for.
      metadata: Additional data to store with the field.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Annotated[int, 'A number.'].docstring
      'A number.'
    """

    def __init__(
        self,
        t: typing.Any,
        docstring: str | None = None,
        metadata: dict[str, typing.Any] | None = None,
    ) -> None:
        self._value_spec = ValueSpec.from_annotation(t, auto_typing=True)
        self._docstring = docstring
        self._metadata = metadata or {}

    @property
    def value_spec(self) -> ValueSpec:
        """The spec of the values."""
        return self._value_spec

    @property
    def docstring(self) -> str | None:
        """What the field is for."""
        return self._docstring

    @property
    def metadata(self) -> dict[str, typing.Any]:
        """Additional data that is stored with the field."""
        return self._metadata

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> "Annotated":
        """`Annotated[t, docstring, metadata]`."""
        if not 1 <= len(type_args) <= 3:
            raise PyGloveTypeError(
                "Expected a type, a docstring and metadata, of which the last two may "
                f"be left out, in `Annotated[...]`, got {type_args!r}."
            )
        t, docstring, metadata = (*type_args, None, None)[:3]
        if docstring is not None and not isinstance(docstring, str):
            raise PyGloveTypeError(
                "Expected a str as docstring, the second argument of `Annotated[...]`, "
                f"got {docstring!r}."
            )
        if metadata is not None and not isinstance(metadata, dict):
            raise PyGloveTypeError(
                "Expected a dict as metadata, the third argument of `Annotated[...]`, "
                f"got {metadata!r}."
            )
        return cls(t, docstring, metadata)


def _check_single(name: str, type_args: tuple[typing.Any, ...]) -> None:
    if len(type_args) != 1:
        raise PyGloveTypeError(
            f"Expected one type, as in `{name}[int]`, got {type_args!r}."
        )
