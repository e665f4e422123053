"""Value spec classes that take type arguments, such as `List[int]`."""

import abc
import typing

from pyglove.utils import PyGloveTypeError


class GenericMeta(abc.ABCMeta):
    """Metaclass of classes that can be subscripted with type arguments."""

    def __getitem__(cls, type_args: typing.Any) -> typing.Any:
        args = type_args if isinstance(type_args, tuple) else (type_args,)
        return typing.cast(type[Generic], cls).with_type_args(args)


class Generic(metaclass=GenericMeta):
    """Base class of classes that define what their type arguments create.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.List[int]
      List(Int())
    """

    __slots__ = ()

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> typing.Any:
        """Creates the value of `cls[type_args]`.

        Args:
          type_args: The arguments between the brackets.

        Returns:
          The value, usually a value spec.
        """
        raise NotImplementedError(
            f"Expected a class that takes type arguments, got {cls.__name__}."
        )


class GenericTypeAlias(Generic):
    """Base class of aliases that take type arguments, such as `Optional[int]`."""

    __slots__ = ()

    def __init__(self, *args: typing.Any, **kwargs: typing.Any) -> None:
        raise PyGloveTypeError(
            f"Expected type arguments, as in `{type(self).__name__}[int]`, got a call."
        )
