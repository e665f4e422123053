"""Functions that are compiled from a signature and a body."""

import typing
from collections.abc import Callable

from pyglove.utils import MISSING_VALUE, PyGloveValueError
from pyglove.utils.generated_code import define_within
from pyglove.utils.name import is_python_name

if typing.TYPE_CHECKING:
    from pyglove.typing.callable.argument import Argument
    from pyglove.typing.callable.signature import Signature


def function_from_signature(
    sig: "Signature",
    body: list[str],
    exec_globals: dict[str, typing.Any] | None = None,
    exec_locals: dict[str, typing.Any] | None = None,
) -> Callable[..., typing.Any]:
    """Implements `Signature.make_function`."""
    for name in (sig.name, *(arg.name for arg in _all_arguments(sig))):
        if not is_python_name(name):
            raise PyGloveValueError(
                "Expected names of Python for a function and its arguments, got "
                f"{name!r}."
            )
    scope: dict[str, typing.Any] = dict(exec_locals or {})
    parts = [_parameter(arg, scope) for arg in sig.args]
    if sig.varargs is not None:
        annotation = sig.varargs.value_spec.element.value.annotation  # type: ignore[attr-defined]
        parts.append("*" + _annotated(sig.varargs.name, annotation, scope))
    elif sig.kwonlyargs:
        parts.append("*")
    parts.extend(_parameter(arg, scope) for arg in sig.kwonlyargs)
    if sig.varkw is not None:
        annotation = sig.varkw.to_field().annotation
        parts.append("**" + _annotated(sig.varkw.name, annotation, scope))
    returns = ""
    if sig.return_value is not None:
        annotation = sig.return_value.annotation
        if annotation is not MISSING_VALUE:
            scope["_return_type_"] = annotation
            returns = " -> _return_type_"
    fn = define_within(
        f"function {sig.id}",
        sig.name,
        f"({', '.join(parts)}){returns}",
        body,
        scope,
        {} if exec_globals is None else exec_globals,
    )
    fn.__module__ = sig.module_name or fn.__module__
    fn.__qualname__ = sig.qualname
    return fn


def _all_arguments(sig: "Signature") -> "list[Argument]":
    others = [arg for arg in (sig.varargs, sig.varkw) if arg is not None]
    return [*sig.args, *sig.kwonlyargs, *others]


def _parameter(arg: "Argument", scope: dict[str, typing.Any]) -> str:
    text = _annotated(arg.name, arg.value_spec.annotation, scope)
    default = arg.value_spec.default
    if not arg.is_required:
        scope[f"_default_{arg.name}_"] = default
        text += f" = _default_{arg.name}_"
    return text


def _annotated(name: str, annotation: typing.Any, scope: dict[str, typing.Any]) -> str:
    if annotation is MISSING_VALUE:
        return name
    scope[f"_type_{name}_"] = annotation
    return f"{name}: _type_{name}_"
