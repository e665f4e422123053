"""Arguments of functions that indirect callers preset."""

import contextlib
import functools
import types
import typing
from collections.abc import Callable, Iterator, Sequence

from pyglove import utils
from pyglove.utils import MISSING_VALUE, PyGloveValueError
from pyglove.utils.call_form import CallFormattable, CallItems
from pyglove.utils.lazy_module import inspect
from pyglove.utils.scope import Scope

_F = typing.TypeVar("_F", bound=Callable[..., typing.Any])


class PresetArgValue(CallFormattable):
    """The default of an argument that indirect callers may preset.

    Args:
      default: The value to use if none is preset; without it, presetting one is
        mandatory.
    """

    def __init__(self, default: typing.Any = MISSING_VALUE) -> None:
        self.default = default

    @property
    def has_default(self) -> bool:
        """Whether there is a value to use if none is preset."""
        return not isinstance(self.default, utils.MissingValue)

    def __eq__(self, other: typing.Any) -> bool:
        return isinstance(other, PresetArgValue) and self.default == other.default

    def __ne__(self, other: typing.Any) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(PresetArgValue)

    def _format_items(self) -> CallItems:
        return [("default", self.default, MISSING_VALUE)]

    @classmethod
    def inspect(cls, func: types.FunctionType) -> dict[str, "PresetArgValue"]:
        """Returns the arguments of a function that may be preset.

        Args:
          func: The function.

        Returns:
          Their default values by name.
        """
        return {
            name: param.default
            for name, param in inspect.signature(func).parameters.items()
            if isinstance(param.default, cls)
        }

    @classmethod
    def resolve_args(
        cls,
        call_args: tuple[typing.Any, ...],
        call_kwargs: dict[str, typing.Any],
        positional_arg_names: Sequence[str],
        arg_defaults: dict[str, typing.Any],
        preset_kwargs: dict[str, typing.Any],
        include_all_preset_kwargs: bool = False,
    ) -> tuple[Sequence[typing.Any], dict[str, typing.Any]]:
        """Completes the arguments of a call by preset values.

        Args:
          call_args: The positional arguments of the call.
          call_kwargs: The keyword arguments of the call.
          positional_arg_names: The names of the arguments that may be passed by
            position.
          arg_defaults: The defaults of the function.
          preset_kwargs: The preset values by name.
          include_all_preset_kwargs: If True, preset values are passed even if the
            function has no argument of that name.

        Returns:
          The positional and the keyword arguments to call the function with.

        Raises:
          ValueError: An argument without a default is neither passed nor preset.
        """
        passed = set(positional_arg_names[: len(call_args)])
        values: dict[str, typing.Any] = {}
        for name, default in arg_defaults.items():
            if name in passed or name in call_kwargs:
                continue
            value = default
            if isinstance(default, cls):
                value = preset_kwargs.get(name, default.default)
                if isinstance(value, utils.MissingValue):
                    raise PyGloveValueError(
                        f"Expected a value for argument {name!r}, got none. Pass it, "
                        "or preset it by `pg.typing.preset_args`."
                    )
            values[name] = value
        if include_all_preset_kwargs:
            for name, value in preset_kwargs.items():
                if name not in passed:
                    values.setdefault(name, value)
        # Keep arguments that are passed twice: the function rejects them.
        values.update(call_kwargs)
        if len(call_args) >= len(positional_arg_names):
            return call_args, values
        filled = []
        for name in positional_arg_names[len(call_args) :]:
            if name not in values:
                break
            filled.append(values.pop(name))
        return [*call_args, *filled], values


_SCOPE: Scope[dict[str, dict[str, typing.Any]]] = Scope("preset_args", {})


@contextlib.contextmanager
def preset_args(
    kwargs: dict[str, typing.Any],
    *,
    preset_name: str = "global",
    inherit_preset: str | bool = False,
) -> Iterator[dict[str, typing.Any]]:
    """Presets arguments of functions that are called within a `with` block.

    Args:
      kwargs: The values by the names of the arguments.
      preset_name: The name of the group of preset values, which functions choose.
      inherit_preset: If True, inherits values from an outer block of the same
        `preset_name`; or the name of the group to inherit.

    Yields:
      The values that apply.

    Example:
      >>> import pyglove.typing as pgt
      >>> @pgt.enable_preset_args()
      ... def scale(x, by=pgt.PresetArgValue(default=1)):
      ...     return x * by
      >>> with pgt.preset_args({'by': 3}):
      ...     scale(2)
      6
    """
    outer = _SCOPE.get()
    values = dict(kwargs)
    if inherit_preset:
        source = preset_name if inherit_preset is True else inherit_preset
        values = {**outer.get(source, {}), **values}
    with _SCOPE.hold({**outer, preset_name: values}):
        yield values


def enable_preset_args(
    include_all_preset_kwargs: bool = False, preset_name: str = "global"
) -> Callable[[_F], _F]:
    """Decorates a function so that arguments with a `PresetArgValue` can be preset.

    Args:
      include_all_preset_kwargs: If True, all preset values are passed, also those for
        `**kwargs`.
      preset_name: The name of the group of preset values.

    Returns:
      A decorator, which returns functions without such arguments unchanged.
    """

    def decorate(func: _F) -> _F:
        parameters = inspect.signature(func).parameters.values()
        names = [
            p.name
            for p in parameters
            if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
        ]
        defaults = {p.name: p.default for p in parameters if p.default is not p.empty}
        takes_any = include_all_preset_kwargs and any(
            p.kind is p.VAR_KEYWORD for p in parameters
        )
        if not any(isinstance(d, PresetArgValue) for d in defaults.values()):
            return func

        @functools.wraps(func)
        def call(*args: typing.Any, **kwargs: typing.Any) -> typing.Any:
            args_to_pass, kwargs_to_pass = PresetArgValue.resolve_args(
                args,
                kwargs,
                names,
                defaults,
                _SCOPE.get().get(preset_name, {}),
                takes_any,
            )
            return func(*args_to_pass, **kwargs_to_pass)

        return typing.cast(_F, call)

    return decorate


class CallableWithOptionalKeywordArgs:
    """A wrapper of a callable that ignores keywords that it does not take.

    Args:
      func: The callable.
      optional_keywords: The keywords to pass only if the callable takes them.

    Example:
      >>> import pyglove.typing as pgt
      >>> fn = pgt.CallableWithOptionalKeywordArgs(lambda x: x, ['verbose'])
      >>> fn(1, verbose=True)
      1
    """

    def __init__(
        self, func: Callable[..., typing.Any], optional_keywords: list[str]
    ) -> None:
        parameters = inspect.signature(func).parameters
        takes_any = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
        self._func = func
        self._dropped = frozenset(
            k for k in optional_keywords if k not in parameters and not takes_any
        )

    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Calls the callable without keywords that it does not take."""
        for keyword in self._dropped:
            kwargs.pop(keyword, None)
        return self._func(*args, **kwargs)


def Decorator(d: _F) -> _F:
    """Marks a function as a decorator, for static type checkers.

    Args:
      d: The function.

    Returns:
      The function.
    """
    return d
