"""Arguments of functions."""

import enum
import types
import typing

from pyglove.typing.field.field import Field
from pyglove.typing.field.key_spec import StrKey
from pyglove.typing.field.value_spec import ValueSpec
from pyglove.typing.spec.any_spec import Any
from pyglove.typing.spec.dict_spec import Dict
from pyglove.typing.spec.list_spec import List
from pyglove.utils import MISSING_VALUE, PyGloveTypeError
from pyglove.utils.late_dataclass import late_dataclass
from pyglove.utils.lazy_module import inspect


class ArgumentKind(enum.Enum):
    """How an argument is passed."""

    # It is public as an attribute of `Argument`.
    __qualname__ = "Argument.Kind"

    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    @classmethod
    def from_parameter(cls, param: "inspect.Parameter") -> "ArgumentKind":
        """Returns the kind of a parameter. Positional-only is not a kind of its own."""
        if param.kind is inspect.Parameter.POSITIONAL_ONLY:
            return cls.POSITIONAL_OR_KEYWORD
        return cls[param.kind.name]


ArgumentKind.__name__ = "Kind"


@late_dataclass
class Argument:
    """An argument of a function.

    Args:
      name: The name.
      kind: How the argument is passed.
      value_spec: The spec of its values; a List for `*args`, and a Dict for `**kwargs`.
      description: What the argument is for.

    Example:
      >>> import pyglove.typing as pgt
      >>> def f(x: int, *args: str): ...
      >>> [arg.name for arg in pgt.signature(f).args]
      ['x']
      >>> pgt.signature(f).varargs.value_spec
      List(Str(), default=[])
    """

    Kind = ArgumentKind

    name: str
    kind: ArgumentKind
    value_spec: ValueSpec
    description: str | None = None

    def __post_init__(self) -> None:
        if self.kind is ArgumentKind.VAR_POSITIONAL:
            if not isinstance(self.value_spec, List):
                raise PyGloveTypeError(
                    f"Expected a List spec for argument *{self.name}, got "
                    f"{self.value_spec!r}."
                )
            if not self.value_spec.has_default:
                self.value_spec.set_default([])
        elif self.kind is ArgumentKind.VAR_KEYWORD and not isinstance(
            self.value_spec, Dict
        ):
            raise PyGloveTypeError(
                f"Expected a Dict spec for argument **{self.name}, got "
                f"{self.value_spec!r}."
            )

    @classmethod
    def from_annotation(
        cls,
        name: str,
        kind: ArgumentKind,
        annotation: typing.Any,
        auto_typing: bool = False,
        parent_module: types.ModuleType | None = None,
    ) -> "Argument":
        """Creates an argument from a type annotation.

        Args:
          name: The name.
          kind: How the argument is passed.
          annotation: A type annotation or a value spec.
          auto_typing: If False, type annotations do not restrict the values.
          parent_module: The module in which to look up names within text.

        Returns:
          The argument.
        """
        spec = ValueSpec.from_annotation(
            annotation, auto_typing=auto_typing, parent_module=parent_module
        )
        return cls(name, kind, spec)

    @classmethod
    def from_parameter(
        cls,
        param: "inspect.Parameter",
        description: str | None = None,
        auto_typing: bool = True,
        parent_module: types.ModuleType | None = None,
    ) -> "Argument":
        """Creates an argument from a parameter.

        Args:
          param: The parameter.
          description: What the argument is for.
          auto_typing: If False, type annotations do not restrict the values.
          parent_module: The module in which to look up names within text.

        Returns:
          The argument.

        Raises:
          TypeError: The default is not of the annotated type.
          ValueError: The default is not acceptable.
        """
        kind = ArgumentKind.from_parameter(param)
        spec = ValueSpec.from_annotation(
            param.annotation, auto_typing=auto_typing, parent_module=parent_module
        )
        if kind is ArgumentKind.VAR_POSITIONAL:
            spec = List(spec, default=[])
        elif kind is ArgumentKind.VAR_KEYWORD:
            spec = Dict([(StrKey(), spec)])
        elif param.default is not inspect.Parameter.empty:
            spec = spec.set_default(param.default)
        return cls(param.name, kind, spec, description)

    def to_field(self) -> Field:
        """Returns the field of the argument in a schema."""
        if self.kind is ArgumentKind.VAR_KEYWORD:
            schema = typing.cast(Dict, self.value_spec).schema
            dynamic = schema.dynamic_field if schema is not None else None
            element = dynamic.value if dynamic is not None else Any()
            return Field(StrKey(), element, self.description)
        return Field(self.name, self.value_spec, self.description)

    @property
    def is_required(self) -> bool:
        """Whether the argument has to be passed."""
        return (
            self.kind in (ArgumentKind.POSITIONAL_OR_KEYWORD, ArgumentKind.KEYWORD_ONLY)
            and self.value_spec.default == MISSING_VALUE
        )
