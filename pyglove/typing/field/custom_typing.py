"""The protocol of values that replace their own type check."""

import abc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from pyglove.typing.field.path import LazyPath

if TYPE_CHECKING:
    from pyglove.typing.field.field import Field
    from pyglove.typing.field.value_spec import ValueSpec


class CustomTyping(metaclass=abc.ABCMeta):
    """Interface of values that define how value specs check them.

    Placeholders use it to be accepted where an `int` is expected. Symbolic containers
    use it to store the spec of their field.

    Attributes:
      accepts_lazy_path: Whether `custom_apply` takes a function that returns the path
        instead of the path. It is False for subclasses that override `custom_apply`
        without setting it, so that their code gets paths.

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
        """Replaces the checks of a value spec.

        The first two arguments are passed by position, the others by keyword, so
        that `value_spec.apply(value, **kwargs)` checks another value in turn.

        Args:
          path: The path that the value will have.
          value_spec: The spec that the value is checked against.
          allow_partial: Whether parts of the value may be missing.
          child_transform: A function of path, field and value that is called on each
            nested value, and whose result replaces it.

        Returns:
          Whether the spec should continue with its own checks; and the value to check
          or, otherwise, to accept.
        """
