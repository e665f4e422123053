"""The protocol by which values take part in their own type check."""

import abc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from pyglove.typing.field.path import LazyPath

if TYPE_CHECKING:
    from pyglove.typing.field.field import Field
    from pyglove.typing.field.value_spec import ValueSpec


class CustomTyping(metaclass=abc.ABCMeta):
    """Interface of values that decide themselves how a value spec applies to them.

    Placeholders use it to stand where an `int` is expected, symbolic containers to
    bind the spec that they are placed under.

    Attributes:
      accepts_lazy_path: Whether `custom_apply` takes a function that returns the
        path in place of the path. Left False by subclasses that override
        `custom_apply` without setting it, so that their code sees real paths.

    Example:
      >>> import pyglove.typing as pgt
      >>> class AnyInt(pgt.CustomTyping):
      ...     def custom_apply(self, path, value_spec, **kwargs):
      ...         return (False, self)
      >>> isinstance(pgt.Int().apply(AnyInt()), AnyInt)
      True
    """

    __slots__ = ()

    accepts_lazy_path: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = vars(cls)
        if "custom_apply" in own and "accepts_lazy_path" not in own:
            cls.accepts_lazy_path = False

    @abc.abstractmethod
    def custom_apply(
        self,
        path: LazyPath,
        value_spec: "ValueSpec",
        allow_partial: bool,
        child_transform: Callable[[Any, "Field", Any], Any] | None = None,
    ) -> tuple[bool, Any]:
        """Called in place of the checks of a value spec.

        The first two arguments are passed by position, the others by keyword, so
        that `value_spec.apply(value, **kwargs)` checks another value in turn.

        Args:
          path: The path that the value will have.
          value_spec: The spec that the value is checked against.
          allow_partial: Whether parts of the value may be missing.
          child_transform: A function of path, field and value that is called on
            each value inside, whose result takes the value's place.

        Returns:
          Whether the spec should go on with its checks, and the value to go on
          with (or to accept as it is).
        """
