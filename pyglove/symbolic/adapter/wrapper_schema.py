"""Wrapper schema: from the constructor of a class to the fields of its wrapper."""

import sys
from collections.abc import Callable
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compiled.object_schema import class_description
from pyglove.symbolic.node.default_factory import DefaultFactory
from pyglove.utils.lazy_module import inspect


def apply_init_schema(cls: Any, init: Any, init_args: Any) -> None:
    """Turns the arguments of an `__init__` into fields of a wrapper.

    Args:
      cls: The wrapper.
      init: The `__init__` of the wrapped class.
      init_args: Definitions of fields, which complete the signature.

    Raises:
      KeyError: if `init_args` names an argument that does not exist.
      ValueError: if `init_args` is given for a class without arguments, or the first
        argument is not `self`.
    """
    if init is object.__init__:
        if init_args:
            raise utils.PyGloveValueError(
                f"Expected no definitions of arguments of {cls.__name__}, which has no "
                f"`__init__`, got {init_args!r}."
            )
        apply_signature(cls, inspect.Signature(), init_args)
        return
    signature = inspect.signature(init)
    parameters = list(signature.parameters.values())
    if parameters and _is_positional(parameters[0]):
        if parameters[0].name != "self":
            raise utils.PyGloveValueError(
                f"Expected `self` as the first argument of `{cls.__name__}.__init__`, "
                f"got {parameters[0].name!r}."
            )
        signature = signature.replace(parameters=parameters[1:])
    apply_signature(cls, signature, init_args, utils.DocStr.parse(init.__doc__ or ""))


def apply_new_schema(cls: Any, wrapped: type, init_args: Any) -> None:
    """Turns the arguments of a class without an `__init__` into fields.

    Args:
      cls: The wrapper.
      wrapped: The wrapped class.
      init_args: Definitions of fields, which complete the signature.
    """
    try:
        signature = inspect.signature(wrapped)
    except ValueError:  # Some classes written in C have no signature.
        signature = inspect.signature(_take_anything)
    apply_signature(cls, signature, init_args)


def apply_signature(
    cls: Any,
    signature: "inspect.Signature",
    init_args: Any,
    doc: utils.DocStr | None = None,
) -> None:
    """Turns the parameters of a signature into fields of a wrapper.

    Args:
      cls: The wrapper.
      signature: The signature, without `self`.
      init_args: Definitions of fields, which complete the signature.
      doc: The docstring of the constructor, which adds to that of the class.
    """
    cls._positional_only = tuple(
        p.name for p in signature.parameters.values() if p.kind is p.POSITIONAL_ONLY
    )
    parameters = [
        p.replace(kind=p.POSITIONAL_OR_KEYWORD) if _is_positional(p) else p
        for p in signature.parameters.values()
    ]
    signature = signature.replace(parameters=parameters)
    factories = _default_factories(cls, signature)
    described = pg_typing.Signature.from_signature(
        _without_defaults(signature, factories),
        name=cls.__name__,
        callable_type=pg_typing.CallableType.METHOD,
        module_name=cls.__module__,
        qualname=cls.__qualname__,
        auto_typing=cls.auto_typing,
        docstr=_docstr(cls, doc) if cls.auto_doc else None,
        parent_module=sys.modules.get(cls.__module__),
    )
    schema = described.annotate(init_args).to_schema()
    for name, factory in factories.items():
        schema[name].value.set_default(DefaultFactory(factory), use_default_apply=False)
    cls._sym_varkw_name = schema.metadata.get("varkw_name")
    for key in [k for k in schema.metadata if k != "init_arg_list"]:
        del schema.metadata[key]
    schema.set_name(cls.__type_name__)
    schema.set_description(class_description(cls))  # type: ignore[arg-type]
    for field in schema.values():
        field.set_origin(cls)
    cls.apply_schema(schema)


def _take_anything(*args, **kwargs):  # type: ignore[no-untyped-def]
    """Provides the signature of classes without one, such as some written in C."""


def _is_positional(parameter: "inspect.Parameter") -> bool:
    kinds = (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
    return parameter.kind in kinds


def _docstr(cls: Any, doc: utils.DocStr | None) -> utils.DocStr:
    """Returns the merged docstrings of a class and its constructor."""
    merged = utils.DocStr.parse(cls.__doc__ or "")
    if doc is not None:
        merged.args.update(doc.args)
    return merged


def _default_factories(
    cls: Any, signature: "inspect.Signature"
) -> dict[str, Callable[[], Any]]:
    """Returns the default factories of a dataclass by parameter."""
    fields = getattr(cls, "__dataclass_fields__", {})
    return {
        name: fields[name].default_factory
        for name, parameter in signature.parameters.items()
        # The default in the signature is an object of a private class.
        if type(parameter.default).__module__ == "dataclasses" and name in fields
    }


def _without_defaults(
    signature: "inspect.Signature", names: dict[str, Any]
) -> "inspect.Signature":
    parameters = [
        p.replace(default=p.empty) if p.name in names else p
        for p in signature.parameters.values()
    ]
    return inspect.Signature(
        parameters,
        return_annotation=signature.return_annotation,
        __validate_parameters__=False,
    )


__all__ = ["apply_init_schema", "apply_new_schema", "apply_signature"]
