"""Symbolize: one decorator for classes and functions."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

from pyglove import utils
from pyglove.symbolic.adapter.class_wrapper import ClassWrapper, wrap
from pyglove.symbolic.adapter.functor import functor_class
from pyglove.symbolic.container.dict import Dict
from pyglove.symbolic.container.list import List
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.protocol.symbolic import Symbolic
from pyglove.utils.lazy_module import inspect

if TYPE_CHECKING:
    from pyglove.symbolic.adapter.functor import FunctionFunctor

ResultT = TypeVar("ResultT")
SymbolicT = TypeVar("SymbolicT", bound=Symbolic)


class Symbolizer(Protocol):
    """The result of `symbolize` if it is called with options."""

    @overload
    def __call__(  # type: ignore[overload-overlap]
        self, target: type[SymbolicT], /
    ) -> type[SymbolicT]: ...

    @overload
    def __call__(self, target: type[object], /) -> Any: ...

    @overload
    def __call__(
        self, target: Callable[..., ResultT], /
    ) -> "type[FunctionFunctor[ResultT]]": ...

    def __call__(self, target: Any, /) -> Any:
        """Creates a symbolic version of a class or function."""


# Python has no type for a class with an additional base: a class that type checkers
# should treat as symbolic names `pg.Symbolic` among its bases.
@overload
def symbolize(  # pyright: ignore[reportOverlappingOverload]
    target: type[SymbolicT], /, *args: Any, **kwargs: Any
) -> type[SymbolicT]: ...


@overload
def symbolize(target: type[object], /, *args: Any, **kwargs: Any) -> Any: ...


@overload
def symbolize(
    target: Callable[..., ResultT], /, *args: Any, **kwargs: Any
) -> "type[FunctionFunctor[ResultT]]": ...


@overload
def symbolize(
    init_args: list[Any] | dict[Any, Any] = ..., /, **kwargs: Any
) -> Symbolizer: ...


def symbolize(*args: Any, **kwargs: Any) -> Any:
    """Creates a symbolic version of a class or function; usable as a decorator.

    Args:
      *args: The class or function, unless used as a decorator; and definitions of
        fields for its arguments, as for `pg.members`.
      **kwargs: Options of `pg.wrap` for classes, of `pg.functor_class` for
        functions.

    Returns:
      A symbolic class (or functor class), or a decorator that returns one.

    Raises:
      TypeError: if the argument is neither a class nor a function.
      ValueError: if the class is symbolic already, if there are further positional
        arguments, or if fields are given for `dict` or `list`.

    Example:
      >>> @pg.symbolize
      ... class Conv:
      ...     def __init__(self, filters, kernel=3):
      ...         self.area = kernel * kernel
      >>> conv = Conv(8)
      >>> conv.rebind(kernel=5).area
      25
    """
    if args and (inspect.isclass(args[0]) or inspect.isfunction(args[0])):
        return _symbolize(args[0], *args[1:], **kwargs)
    if args and not isinstance(args[0], (list, dict)):
        raise utils.PyGloveTypeError(
            f"Expected a class or a function to symbolize, got {args[0]!r}."
        )
    return lambda target: _symbolize(target, *args, **kwargs)


def _symbolize(target: Any, *args: Any, **kwargs: Any) -> Any:
    if target is dict or target is list:
        if args or kwargs:
            raise utils.PyGloveValueError(
                f"Expected no definitions of fields and no options for {target!r}, got "
                f"{(*args, *kwargs)!r}. Use a `value_spec` for `pg.Dict` and `pg.List`."
            )
        return Dict if target is dict else List
    if len(args) > 1:
        raise utils.PyGloveValueError(
            "Expected the definitions of fields as the only positional argument, got "
            f"{len(args)}: {args!r}."
        )
    if inspect.isclass(target):
        is_symbolic = issubclass(target, (Object, Dict, List))
        if is_symbolic and not issubclass(target, ClassWrapper):
            raise utils.PyGloveValueError(
                f"Expected a class that is not symbolic yet, got {target!r}. Use "
                "`pg.members` to add fields to it."
            )
        return wrap(target, *args, **kwargs)
    if inspect.isfunction(target):
        return functor_class(target, *args, add_to_registry=True, **kwargs)
    raise utils.PyGloveTypeError(
        f"Expected a class or a function to symbolize, got {target!r}."
    )
