"""Value specs of objects and of classes."""

import typing
from collections.abc import Callable

from pyglove.typing.field import late
from pyglove.typing.field.error import extension_error, type_text, value_error
from pyglove.typing.field.json_form import JSONItems
from pyglove.typing.field.value_spec import ChildTransform, ValueSpec
from pyglove.typing.introspection.forward_ref import ForwardRef, calling_module
from pyglove.typing.introspection.generic import Generic
from pyglove.typing.introspection.inspection import get_type, is_subclass
from pyglove.typing.spec.base import ValueSpecBase
from pyglove.utils import MISSING_VALUE, MaybePartial, PyGloveTypeError, RawText
from pyglove.utils.call_form import CallItems
from pyglove.utils.serialization.json_type import published_as

if typing.TYPE_CHECKING:
    from pyglove.typing.field.schema import Schema


@late.object_type.bind
@published_as("pyglove.typing.Object")
class Object(Generic, ValueSpecBase):
    """Instances of a class.

    Args:
      t: The class; its name in the calling module, where it may not exist yet; or
        a generic class with arguments.
      default: The default value.
      transform: A function that is applied to values before they are checked.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import datetime
      >>> import pyglove.typing as pgt
      >>> pgt.Object(datetime.date).apply('today')
      Traceback (most recent call last):
        ...
      pyglove.utils.error.PyGloveTypeError: Expected a value of type datetime.date, ...
    """

    _native = True

    def __init__(
        self,
        t: typing.Any,
        default: typing.Any = MISSING_VALUE,
        transform: Callable[[typing.Any], typing.Any] | None = None,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        if t is None:
            raise PyGloveTypeError(
                "Expected a class, or the name of one, for an Object spec, got None."
            )
        self._forward_ref: ForwardRef | None = None
        if isinstance(t, str):
            t = ForwardRef(calling_module(), t)
        if isinstance(t, ForwardRef):
            t._resolve()  # Raises an error if the name does not refer to a class.
            self._forward_ref = t
        elif not isinstance(t, type) and getattr(t, "__no_type_check__", False):
            t = object
        elif t is object:
            raise PyGloveTypeError(
                f"Expected a more special class for an Object spec, got {t!r}. Use "
                "`typing.Any` for any value."
            )
        elif (
            not isinstance(t, type)
            and typing.get_origin(t) is None
            and (t is not typing.Any and not hasattr(t, "__origin__"))
        ):
            raise PyGloveTypeError(
                f"Expected a class, or the name of one, for an Object spec, got {t!r}."
            )
        super().__init__(t, default, transform, is_noneable, frozen)

    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Creates an object and checks it."""
        return self.apply(self.value_type(*args, **kwargs))

    @property
    def forward_refs(self) -> set[ForwardRef]:
        """The forward reference to the class, if it is one."""
        return set() if self._forward_ref is None else {self._forward_ref}

    @property
    def type_resolved(self) -> bool:
        """Whether the class exists."""
        return self._forward_ref is None or self._forward_ref.resolved

    @property
    def cls(self) -> typing.Any:
        """The class."""
        return self.value_type

    @property
    def value_type(self) -> typing.Any:
        """The class.

        Raises:
          TypeError: It does not exist.
        """
        if self._forward_ref is not None:
            return self._forward_ref.cls
        return self._value_type

    @property
    def schema(self) -> "Schema | None":
        """The schema of the class, if it has one."""
        return getattr(get_type(self.value_type), "__schema__", None)

    def _checked_type(self) -> typing.Any:
        return self.value_type if self.type_resolved else None

    def _apply(
        self,
        value: typing.Any,
        allow_partial: bool,
        child_transform: ChildTransform | None,
        root_path: typing.Any,
    ) -> typing.Any:
        if not allow_partial and isinstance(value, MaybePartial):
            # A symbolic class may define another `is_partial`.
            is_partial = getattr(value, "sym_partial", None)
            if value.is_partial if is_partial is None else is_partial:
                raise value_error(
                    "Expected an object that lacks no value, got a partial one: "
                    f"{value!r}.",
                    root_path,
                )
        return value

    def extend(self, base: ValueSpec) -> "Object":
        """Inherits the constraints of a base spec, whose class must be a base class."""
        return super().extend(base)

    def _can_extend(self, base: ValueSpec) -> bool:
        return super()._can_extend(base) or base.is_compatible(self)

    def _extend(self, base: ValueSpec) -> None:
        if not isinstance(base, Object):
            return  # The base is the spec of callables, which the instances are.
        if not self._covered_by(base):
            raise extension_error(
                self, base, f"its class is no subclass of {type_text(base.cls)}"
            )

    def _covered_by(self, base: "Object") -> bool:
        if not self.type_resolved or not base.type_resolved:
            return True  # Classes are checked when values are.
        return is_subclass(self.value_type, base.value_type)

    def _is_compatible(self, other: "Object") -> bool:
        return other._covered_by(self)

    def _annotate(self) -> typing.Any:
        if self._forward_ref is not None:
            return self._forward_ref.as_annotation()
        return self._value_type

    def _exact_types(self) -> tuple[type[typing.Any], ...]:
        cls = self._value_type
        if self._forward_ref is not None:
            if not self._forward_ref.resolved:
                return ()
            cls = self._forward_ref.cls
        # The type of a generic class with arguments is not a metaclass.
        if not issubclass(type(cls), type) or getattr(cls, "_is_protocol", False):
            return ()
        # Generated code can only test whether symbolic values are partial.
        if issubclass(cls, MaybePartial) and not hasattr(cls, "sym_partial"):
            return ()
        return (cls,)

    def _format_items(self) -> CallItems:
        return [("", RawText(self._shown_class()), None), *super()._format_items()]

    def _shown_class(self) -> str:
        """Returns the name of the class, which may not exist yet."""
        if self._forward_ref is not None:
            return self._forward_ref.name
        return str(getattr(self._value_type, "__name__", repr(self._value_type)))

    def _json_items(self) -> JSONItems:
        common = super()._json_items()
        return {
            "t": (self._annotate(), None),
            "default": common["default"],
            "transform": (self._transform, None),
            "is_noneable": common["is_noneable"],
            "frozen": common["frozen"],
        }

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> "Object":
        """`Object[cls]`."""
        if len(type_args) != 1:
            raise PyGloveTypeError(
                f"Expected one class, as in `Object[A]`, got {type_args!r}."
            )
        return cls(type_args[0])


@published_as("pyglove.typing.Type")
class Type(Generic, ValueSpecBase):
    """Subclasses of a class.

    Args:
      t: The class; its name in the calling module, where it may not exist yet; or
        `typing.Any` for all classes.
      default: The default value.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Type(Exception).apply(ValueError)
      <class 'ValueError'>
    """

    _native = True

    def __init__(
        self,
        t: typing.Any,
        default: typing.Any = MISSING_VALUE,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        self._forward_ref: ForwardRef | None = None
        if isinstance(t, str):
            t = ForwardRef(calling_module(), t)
        if isinstance(t, ForwardRef):
            self._forward_ref = t
        elif (
            t is not typing.Any
            and not isinstance(t, type)
            and (typing.get_origin(t) is None)
        ):
            raise PyGloveTypeError(
                f"Expected a class, or the name of one, for a Type spec, got {t!r}."
            )
        self._expected_type = t
        super().__init__(type, default, None, is_noneable, frozen)

    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Returns the class whose subclasses are acceptable."""
        return self.type

    @property
    def type(self) -> typing.Any:
        """The class whose subclasses are acceptable.

        Raises:
          TypeError: It does not exist.
        """
        if self._forward_ref is not None:
            return self._forward_ref.cls
        return self._expected_type

    @property
    def forward_refs(self) -> set[ForwardRef]:
        """The forward reference to the class, if it is one."""
        return set() if self._forward_ref is None else {self._forward_ref}

    def _validate(self, path: typing.Any, value: typing.Any) -> None:
        if self.type_resolved and not _is_subtype(value, self.type):
            raise value_error(
                f"Expected a subclass of {type_text(self.type)}, got {value!r}.", path
            )

    def _extend(self, base: "Type") -> None:
        if not self._covered_by(base):
            raise extension_error(
                self, base, f"its class is no subclass of {type_text(base.type)}"
            )

    def _covered_by(self, base: "Type") -> bool:
        if not self.type_resolved or not base.type_resolved:
            return True
        return _is_subtype(self.type, base.type)

    def _is_compatible(self, other: "Type") -> bool:
        return other._covered_by(self)

    def _annotate(self) -> typing.Any:
        t = self._expected_type
        if self._forward_ref is not None:
            t = self._forward_ref.as_annotation()
        return typing.Type[t]  # noqa: UP006 - the published form.

    def _eq(self, other: "Type") -> bool:
        return bool(self._expected_type == other._expected_type)

    def _format_items(self) -> CallItems:
        ref = self._forward_ref
        shown = self._expected_type if ref is None else ref.qualname
        return [("", shown, None), *super()._format_items()]

    def _json_items(self) -> JSONItems:
        t = self._expected_type
        if self._forward_ref is not None:
            t = self._forward_ref.as_annotation()
        return {"t": (t, None), **super()._json_items()}

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> "Type":
        """`Type[cls]`."""
        if len(type_args) != 1:
            raise PyGloveTypeError(
                f"Expected one class, as in `Type[A]`, got {type_args!r}."
            )
        return cls(type_args[0])


def _is_subtype(value: typing.Any, target: typing.Any) -> bool:
    """Whether a class is a subclass of another one, or of a member of a union."""
    if typing.get_origin(target) in _UNIONS:
        return any(is_subclass(value, t) for t in typing.get_args(target))
    return is_subclass(value, target)


_UNIONS = (typing.Union, type(int | str))
