"""Value specs of functions and functors."""

import typing
from collections import abc

from pyglove import utils
from pyglove.typing.callable.signature import Signature
from pyglove.typing.field.error import type_error, value_text
from pyglove.typing.field.json_form import JSONItems
from pyglove.typing.field.value_spec import ValueSpec
from pyglove.typing.introspection.forward_ref import ForwardRef
from pyglove.typing.introspection.generic import Generic
from pyglove.typing.spec.any_spec import Any
from pyglove.typing.spec.base import ValueSpecBase
from pyglove.typing.spec.list_spec import List
from pyglove.typing.spec.object_spec import Object
from pyglove.utils import MISSING_VALUE, PyGloveTypeError
from pyglove.utils.call_form import CallItems
from pyglove.utils.serialization.json_type import published_as


@published_as("pyglove.typing.Callable")
class Callable(Generic, ValueSpecBase):
    """Callables with a compatible signature.

    The annotations of a callable, if it has some, must be compatible with the specs.

    Args:
      args: The specs or type annotations of the positional arguments it is called
        with.
      kw: Tuples of name and spec or annotation of the keyword arguments it is
        called with.
      returns: The spec or type annotation of what it returns.
      default: The default value.
      transform: A function that is applied to values before they are checked.
      callable_type: The class of the callable, if it must be of one.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Callable[[int], str]
      Callable(args=[Int()], returns=Str())
      >>> pgt.Callable([int]).apply(lambda: 1)
      Traceback (most recent call last):
        ...
      pyglove.utils.error.PyGloveTypeError: Expected a callable that takes 1 ...
    """

    _native = True

    def __init__(
        self,
        args: list[typing.Any] | None = None,
        kw: list[tuple[str, typing.Any]] | None = None,
        returns: typing.Any = None,
        default: typing.Any = MISSING_VALUE,
        transform: abc.Callable[[typing.Any], abc.Callable[..., typing.Any]]
        | None = None,
        callable_type: type[typing.Any] | None = None,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        if args is not None and not isinstance(args, list):
            raise PyGloveTypeError(
                f"Expected a list of value specs as `args` of a Callable, got {args!r}."
            )
        if kw is not None and not (
            isinstance(kw, list)
            and all(
                isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str)
                for item in kw
            )
        ):
            raise PyGloveTypeError(
                "Expected a list of tuples (name, value spec) as `kw` of a Callable, "
                f"got {kw!r}."
            )
        self._args = [_spec(arg) for arg in args or ()]
        self._kw = [(name, _spec(value)) for name, value in kw or ()]
        self._return_value = None if returns is None else _spec(returns)
        super().__init__(callable_type, default, transform, is_noneable, frozen)

    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Raises a TypeError: the spec has no type to call."""
        raise PyGloveTypeError(
            f"Expected a value spec of a single type to call, got {self!r}."
        )

    @property
    def args(self) -> list[ValueSpec]:
        """The positional arguments that the callable is called with."""
        return self._args

    @property
    def kw(self) -> list[tuple[str, ValueSpec]]:
        """The keyword arguments that the callable is called with."""
        return self._kw

    @property
    def return_value(self) -> ValueSpec | None:
        """The spec of the return value, or None if it is not checked."""
        return self._return_value

    @property
    def forward_refs(self) -> set[ForwardRef]:
        """The forward references that this spec uses."""
        specs = [*self._args, *(spec for _, spec in self._kw)]
        if self._return_value is not None:
            specs.append(self._return_value)
        return set().union(*(spec.forward_refs for spec in specs))

    def may_accept(self, value: typing.Any) -> bool:
        """Whether a value is callable; used by unions."""
        return callable(value)

    def _validate(self, path: typing.Any, value: typing.Any) -> None:
        if not callable(value):
            raise type_error(f"Expected a callable, got {value_text(value)}.", path)
        if not self._args and not self._kw and self._return_value is None:
            return
        sig = Signature.from_callable(value)
        self._validate_args(path, sig)
        for name, spec in self._kw:
            found = sig.get_value_spec(name)
            if found is None:
                raise type_error(
                    f"Expected a callable with an argument {name!r}, got {value!r} "
                    "without one.",
                    path,
                )
            if not found.is_compatible(spec):
                raise type_error(
                    f"Expected a callable whose argument {name!r} accepts {spec!r}, "
                    f"got {value!r}, where it accepts {found!r}.",
                    path,
                )
        returned = sig.return_value
        if (
            self._return_value is not None
            and returned is not None
            and not isinstance(returned, Any)
            and not self._return_value.is_compatible(returned)
        ):
            raise type_error(
                f"Expected a callable that returns {self._return_value!r}, got "
                f"{value!r}, which returns {returned!r}.",
                path,
            )

    def _validate_args(self, path: typing.Any, sig: Signature) -> None:
        if len(self._args) > len(sig.args) and sig.varargs is None:
            raise type_error(
                f"Expected a callable that takes {len(self._args)} positional "
                f"arguments, as {self!r} demands, got {sig.id}, which takes "
                f"{len(sig.args)}.",
                path,
            )
        for i, spec in enumerate(self._args):
            if i < len(sig.args):
                found = sig.args[i].value_spec
            else:
                found = typing.cast(
                    List, typing.cast(typing.Any, sig.varargs).value_spec
                ).element.value
            if not found.is_compatible(spec):
                raise type_error(
                    f"Expected a callable whose positional argument {i} accepts "
                    f"{spec!r}, got {sig.id}, where it accepts {found!r}.",
                    path,
                )

    def _extend(self, base: "Callable") -> None:
        self._args = self._args or base._args
        self._kw = self._kw or base._kw
        self._return_value = self._return_value or base._return_value

    def is_compatible(self, other: ValueSpec) -> bool:
        """Whether this spec accepts every value that another spec accepts."""
        if isinstance(other, Object) and other.type_resolved:
            # Look in `vars`: every class has the `__call__` of its metaclass.
            declares_call = any("__call__" in vars(c) for c in _mro(other.value_type))
            return self._value_type is None and declares_call
        return super().is_compatible(other)

    def _is_compatible(self, other: "Callable") -> bool:
        if len(self._args) > len(other._args):
            return False
        if not all(
            mine.is_compatible(theirs)
            for mine, theirs in zip(self._args, other._args, strict=False)
        ):
            return False
        theirs_by_name = dict(other._kw)
        for name, spec in self._kw:
            if name not in theirs_by_name or not spec.is_compatible(
                theirs_by_name[name]
            ):
                return False
        return (
            self._return_value is None
            or other._return_value is None
            or self._return_value.is_compatible(other._return_value)
        )

    def _annotate(self) -> typing.Any:
        returns: typing.Any = None
        if self._return_value is not None:
            returns = _annotation(self._return_value)
        if self._kw:
            return typing.Callable[..., returns]
        return typing.Callable[[_annotation(arg) for arg in self._args], returns]

    def _exact_types(self) -> tuple[type[typing.Any], ...]:
        if self._args or self._kw or self._return_value or self._value_type:
            return ()
        return (_FunctionType,)

    def _eq(self, other: "Callable") -> bool:
        return (
            self._args == other._args
            and self._kw == other._kw
            and self._return_value == other._return_value
        )

    def _format_items(self) -> CallItems:
        return [
            ("args", self._args, []),
            ("kw", self._kw, []),
            ("returns", self._return_value, None),
            ("default", self._default, MISSING_VALUE),
            ("noneable", self._is_noneable, False),
            ("frozen", self._frozen, False),
        ]

    def _json_items(self) -> JSONItems:
        common = super()._json_items()
        return {
            "args": (self._args, []),
            "kw": (self._kw, []),
            "returns": (self._return_value, None),
            "default": common["default"],
            "transform": (self._transform, None),
            "callable_type": (self._value_type, None),
            "is_noneable": common["is_noneable"],
            "frozen": common["frozen"],
        }

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> "Callable":
        """`Callable[[arg1, arg2], returned]`, or `Callable[..., returned]`."""
        if len(type_args) != 2:
            raise PyGloveTypeError(
                "Expected types of arguments and of what is returned, as in "
                f"`{cls.__name__}[[int], str]`, got {type_args!r}."
            )
        args, returns = type_args
        if args is ...:
            args = []
        elif not isinstance(args, list):
            args = [args]
        return cls(args, returns=_spec(returns))


@published_as("pyglove.typing.Functor")
class Functor(Callable):
    """Functors with a compatible signature.

    Args:
      args: The specs or type annotations of the positional arguments it is called
        with.
      kw: Tuples of name and spec or annotation of the keyword arguments it is
        called with.
      returns: The spec or type annotation of what it returns.
      default: The default value.
      transform: A function that is applied to values before they are checked.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.
    """

    def __init__(
        self,
        args: list[typing.Any] | None = None,
        kw: list[tuple[str, typing.Any]] | None = None,
        returns: typing.Any = None,
        default: typing.Any = MISSING_VALUE,
        transform: abc.Callable[[typing.Any], abc.Callable[..., typing.Any]]
        | None = None,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        super().__init__(
            args=args,
            kw=kw,
            returns=returns,
            default=default,
            transform=transform,
            callable_type=utils.Functor,
            is_noneable=is_noneable,
            frozen=frozen,
        )

    def _annotate(self) -> typing.Any:
        return utils.Functor

    def _json_items(self) -> JSONItems:
        items = super()._json_items()
        del items["callable_type"]
        return items


_FunctionType = type(lambda: None)


def _spec(value: typing.Any) -> ValueSpec:
    if isinstance(value, ValueSpec):
        return value
    return ValueSpec.from_annotation(value, auto_typing=True)


def _annotation(spec: ValueSpec) -> typing.Any:
    annotation = spec.annotation
    return typing.Any if annotation is MISSING_VALUE else annotation


def _mro(cls: typing.Any) -> tuple[type[typing.Any], ...]:
    return getattr(typing.get_origin(cls) or cls, "__mro__", ())
