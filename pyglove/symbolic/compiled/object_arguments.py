"""Arguments: the arguments of constructors, and the fields that they set."""

import functools
import keyword
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compiled import object_runtime
from pyglove.symbolic.compiled.compilation import REQUIRED
from pyglove.symbolic.node.node import UNFINISHED, is_default
from pyglove.utils.lazy_module import inspect

MISSING_VALUE = utils.MISSING_VALUE
FunctionT = TypeVar("FunctionT", bound=Callable[..., None])


def split_arguments(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    """Splits an `init_arg_list` into names and the name of the variadic argument."""
    names = [a for a in arguments if not a.startswith("*")]
    return names, next((a[1:] for a in arguments if a.startswith("*")), None)


def interpret_init(node: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Constructs an object without the generated constructor of its class.

    Args:
      node: The object.
      args: Values of fields, in the order of `init_arg_list`.
      kwargs: Values of fields by name, and options of `pg.Object`.
    """
    cls = type(node)
    if not hasattr(cls, "__schema__"):
        raise utils.PyGloveTypeError(
            f"Expected a class that declares fields, got {cls.__name__}. Create an "
            "object of a subclass instead."
        )
    names, rest = split_arguments(cls.__schema__.metadata["init_arg_list"])
    values = assign_arguments(cls, names, rest, args, kwargs)
    object_runtime.initialize(node, values, kwargs)


def initialize(
    node: Any,
    values: dict[str, Any],
    options: dict[str, Any],
    cls: Any,
    surplus: Sequence[Any],
) -> None:
    """Implements a generated constructor for unusual arguments.

    Args:
      node: The object.
      values: Values by field.
      options: Other keyword arguments.
      cls: The class whose constructor was called.
      surplus: Positional arguments that the constructor does not take. If it was called
        through `super()`, all positional arguments are for the fields of the object's
        own class, in the order of its `init_arg_list`.
    """
    if surplus:
        own = meant_class(node, cls)
        taken = cls.__schema__.metadata["init_arg_list"]
        args = (*[values.pop(name) for name in taken], *surplus)
        for key, value in values.items():
            if value is not REQUIRED and value is not MISSING_VALUE:
                options.setdefault(key, value)
        names, rest = split_arguments(own.__schema__.metadata["init_arg_list"])
        values = assign_arguments(own, names, rest, args, options)
    own_arguments = type(node).__schema__.metadata["init_arg_list"]
    if own_arguments and own_arguments[-1].startswith("*"):
        rest = own_arguments[-1][1:]
        if rest not in options and values.get(rest, REQUIRED) is REQUIRED:
            values[rest] = []
    object_runtime.initialize(node, values, options, cls)


def meant_class(node: Any, cls: Any) -> Any:
    """Returns the class whose fields the arguments of a constructor set.

    Args:
      node: The object.
      cls: The class whose constructor was called, possibly through `super()`.
    """
    own = type(node)
    return own if is_default(own, "_sym_foreign_init") else cls


def complete_init(init: FunctionT) -> FunctionT:
    """Marks an `__init__` that does all the work of that of `pg.Object`."""
    function: Any = init
    function._sym_is_complete = True
    return init


def checked_init(init: Any) -> Any:
    """Returns an `__init__` that checks that `pg.Object.__init__` has been called.

    Args:
      init: A user-defined `__init__`.
    """
    if hasattr(init, "_sym_is_complete"):
        return init

    @functools.wraps(init)
    def checked(self: Any, *args: Any, **kwargs: Any) -> None:
        try:
            init(self, *args, **kwargs)
        except AttributeError as error:
            # The attribute may be a field that has not been set yet.
            if object_runtime.is_initialized(self) or not _concerns(error, self):
                raise
            raise object_runtime.not_initialized(self) from error
        # The `__init__` of a subclass may still call it.
        if self._sym_flags & UNFINISHED and type(self).__init__ is checked:
            self._sym_init_without_super(args, kwargs)

    return checked


def _concerns(error: AttributeError, node: Any) -> bool:
    return error.obj is node or isinstance(error, utils.PyGloveError)


def assign_arguments(
    cls: Any,
    names: Sequence[str],
    rest: str | None,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> dict[str, Any]:
    """Returns the values of positional arguments by name.

    Args:
      cls: The class to be constructed, for error messages.
      names: Names of positional arguments.
      rest: Name of the variadic field, if any.
      args: Positional arguments.
      kwargs: Keyword arguments.

    Raises:
      TypeError: if there are too many values, or two for one name.
    """
    if len(args) > len(names) and rest is None:
        raise object_runtime.too_many_arguments(cls.__name__, names, args[len(names) :])
    values = dict(zip(names, args, strict=False))
    if rest is not None and len(args) > len(names):
        values[rest] = list(args[len(names) :])
    for key in values:
        if key in kwargs:
            raise given_twice(cls, key, values[key], kwargs[key])
    return values


def given_twice(cls: Any, key: str, value: Any, other: Any) -> utils.PyGloveTypeError:
    """Returns the error for an argument that is given by position and by keyword."""
    return utils.PyGloveTypeError(
        f"Expected one value of argument {key!r} of {cls.__name__}, got two: "
        f"{value!r} by position and {other!r} by keyword."
    )


def init_signature(cls: Any, with_self: bool = False) -> "inspect.Signature":
    """Returns the signature of the constructor of a class."""
    schema = cls.__schema__
    positional, others = [], []
    arguments = schema.metadata["init_arg_list"]
    fields = {str(k): f for k, f in schema.items() if k.is_const}
    parameter = inspect.Parameter
    if with_self:
        name = "_self" if "self" in fields else "self"
        positional.append(parameter(name, parameter.POSITIONAL_OR_KEYWORD))
    for name in arguments:
        if name.startswith("*"):
            spec: Any = fields.pop(name[1:]).value
            element = getattr(spec, "element", None)
            positional.append(
                parameter(
                    name[1:],
                    parameter.VAR_POSITIONAL,
                    annotation=_annotation(element.value if element else spec),
                )
            )
        else:
            field = fields.pop(name)
            if _names_parameter(name):
                kind = parameter.POSITIONAL_OR_KEYWORD
                positional.append(_parameter(name, field, kind))
    for name, field in fields.items():
        if not field.frozen and _names_parameter(name):
            others.append(_parameter(name, field, parameter.KEYWORD_ONLY))
    if schema.dynamic_field is not None:
        name = cls._sym_varkw_name or schema.metadata.get("varkw_name") or "kwargs"
        annotation = _annotation(schema.dynamic_field.value)
        others.append(parameter(name, parameter.VAR_KEYWORD, annotation=annotation))
    return inspect.Signature(_defaults_last(positional) + others)


def _names_parameter(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name)


def _parameter(name: str, field: pg_typing.Field, kind: Any) -> "inspect.Parameter":
    spec = field.value
    return inspect.Parameter(
        name,
        kind,
        default=spec.default if spec.has_default else inspect.Parameter.empty,
        annotation=_annotation(spec),
    )


def _annotation(spec: pg_typing.ValueSpec) -> Any:
    annotation = spec.annotation
    if annotation is MISSING_VALUE or annotation is None:
        return inspect.Parameter.empty
    return annotation


def _defaults_last(parameters: "list[inspect.Parameter]") -> "list[inspect.Parameter]":
    """Gives a default to each parameter that follows one with a default."""
    result, has_default = [], False
    for p in parameters:
        if p.kind is not p.POSITIONAL_OR_KEYWORD:
            result.append(p)
            continue
        if p.default is p.empty and has_default:
            p = p.replace(default=MISSING_VALUE)
        has_default = has_default or p.default is not p.empty
        result.append(p)
    return result
