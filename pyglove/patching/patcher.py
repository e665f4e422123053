"""The decorator that creates patchers from functions."""

from collections.abc import Callable
from typing import Any

from pyglove import symbolic, utils
from pyglove import typing as pg_typing
from pyglove.patching.registry import register_patcher
from pyglove.patching.rule import Patcher
from pyglove.patching.uri import is_parsable

_TARGET_SPECS = (
    pg_typing.Any,
    pg_typing.Callable,
    pg_typing.Dict,
    pg_typing.List,
    pg_typing.Object,
)


def patcher(
    args: Any = None,
    name: str | None = None,
    auto_typing: bool = False,
    auto_doc: bool = False,
) -> Any:
    """Creates and registers a class of patchers from a function; used as a decorator.

    Args:
      args: Value specs of arguments, as a list of (name, value spec). Other arguments
        accept any value, and are strings in URIs. If the decorator is used without
        parentheses, the function.
      name: The name in URIs; by default that of the function.
      auto_typing: Whether annotations of arguments are converted to value specs.
      auto_doc: Whether the docstring of the function describes the arguments.

    Returns:
      A decorator that turns a function of the value to patch and of parameters into
      a subclass of `Patcher`. The function returns a rule; see `Patcher`.

    Raises:
      TypeError: It is not a function, has no argument to take the value to patch, or
        has arguments that URIs have no form for.
      KeyError: `args` names an argument that the function does not have; or the name
        is taken, see `pg.patching.allow_repeated_patcher_registration`.

    Example:
      >>> import pyglove as pg
      >>> import pyglove.patching as patching
      >>> @patching.patcher(auto_typing=True)
      ... def cosine_decay(trainer, rate: float, steps: int = 100):
      ...     return {'schedule': ['cosine', rate, steps]}
      >>> patching.patch(pg.Dict(schedule=None), 'cosine_decay?0.1&steps=9')
      {schedule=[0: 'cosine', 1: 0.1, 2: 9]}
    """

    def decorate(function: Callable[..., Any]) -> type[Patcher]:
        cls: Any = symbolic.functor_class(
            function,
            args,
            base_class=Patcher,
            auto_typing=auto_typing,
            auto_doc=auto_doc,
            add_to_registry=True,
        )
        _check_arguments(cls)
        register_patcher(name or function.__name__, cls)
        return cls

    if callable(args):
        function, args = args, None
        return decorate(function)
    return decorate


def _check_arguments(cls: Any) -> None:
    """Raises an error unless the arguments of a patcher are suitable."""
    if not cls.init_arg_list or cls.init_arg_list[0].startswith("*"):
        raise utils.PyGloveTypeError(
            "Expected a function with at least one argument, for the value to patch, "
            f"got {cls.__type_name__!r} without one."
        )
    target, *_ = cls.init_arg_list
    for key, field in cls.__schema__.items():
        spec = field.value
        if key == target:
            if not isinstance(spec, _TARGET_SPECS):
                raise utils.PyGloveTypeError(
                    "Expected a value spec of symbolic values (Any, Callable, Dict, "
                    f"Functor, List or Object) for {str(key)!r}, the value to patch, "
                    f"got {spec!r}. (patcher={cls.__type_name__!r})"
                )
        elif key.is_const and not is_parsable(spec):
            raise utils.PyGloveTypeError(
                "Expected a value spec that URIs have a form for (Any, Bool, Enum of "
                "strings, Float, Int, Str, or a List of one of these) for argument "
                f"{str(key)!r}, got {spec!r}. (patcher={cls.__type_name__!r}) "
                "Consider to take a string and to parse it in the function."
            )
