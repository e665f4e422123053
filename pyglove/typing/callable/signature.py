"""Signatures of callables, with value specs of the arguments."""

import enum
import sys
import types
import typing
from collections.abc import Callable

from pyglove.typing.callable.argument import Argument, ArgumentKind
from pyglove.typing.callable.function_text import function_from_signature
from pyglove.typing.field.definition import create_schema
from pyglove.typing.field.field import Field
from pyglove.typing.field.key_spec import ConstStrKey, StrKey
from pyglove.typing.field.schema import Schema
from pyglove.typing.field.value_spec import ValueSpec
from pyglove.typing.spec.any_spec import Any
from pyglove.typing.spec.dict_spec import Dict
from pyglove.typing.spec.list_spec import List
from pyglove.utils import (
    MISSING_VALUE,
    DocStr,
    PyGloveKeyError,
    PyGloveTypeError,
    PyGloveValueError,
)
from pyglove.utils.call_form import CallFormattable, CallItems
from pyglove.utils.late_dataclass import late_dataclass
from pyglove.utils.lazy_module import dataclasses, inspect


class CallableType(enum.Enum):
    """Whether a callable is called on an instance."""

    FUNCTION = 1
    METHOD = 2


class DescribesCall:
    """Interface of callable objects that define their own signature."""

    __slots__ = ()

    def __call_signature__(self) -> "Signature":
        """Returns the signature of this object."""
        raise NotImplementedError


@late_dataclass
class Signature(CallFormattable):
    """The signature of a callable, with value specs of the arguments.

    Args:
      callable_type: Whether the callable is called on an instance.
      name: The name of the callable.
      module_name: The module that defines it.
      args: The arguments that may be passed by position.
      kwonlyargs: The arguments that are passed by keyword only.
      varargs: The argument that takes further positional arguments, or None.
      varkw: The argument that takes further keyword arguments, or None.
      return_value: The spec of the return value.
      qualname: The name within the module.
      description: What the callable does.

    Example:
      >>> import pyglove.typing as pgt
      >>> def f(x: int, y: str = 'a') -> bool: ...
      >>> pgt.signature(f).get_value_spec('y'), pgt.signature(f).return_value
      (Str(default='a'), Bool())
    """

    callable_type: CallableType
    name: str
    module_name: str | None
    args: list[Argument] = None  # type: ignore[assignment]
    kwonlyargs: list[Argument] = None  # type: ignore[assignment]
    varargs: Argument | None = None
    varkw: Argument | None = None
    return_value: ValueSpec | None = None
    qualname: str = None  # type: ignore[assignment]
    description: str | None = None

    __repr__ = CallFormattable.__repr__

    def __post_init__(self) -> None:
        # Each of these may be omitted or None.
        self.args = self.args or []
        self.kwonlyargs = self.kwonlyargs or []
        self.qualname = self.qualname or self.name

    @property
    def named_args(self) -> list[Argument]:
        """The arguments that can be passed by keyword."""
        return self.args + self.kwonlyargs

    @property
    def arg_names(self) -> list[str]:
        """The names of the arguments that can be passed by keyword."""
        return [arg.name for arg in self.named_args]

    def get_value_spec(self, name: str) -> ValueSpec | None:
        """Returns the value spec of an argument that is passed by keyword.

        Args:
          name: The keyword.

        Returns:
          The value spec, or None if there is no such argument.
        """
        for arg in self.named_args:
            if arg.name == name:
                return arg.value_spec
        return None if self.varkw is None else self.varkw.to_field().value

    @property
    def id(self) -> str:
        """The full name of the callable, module included."""
        return f"{self.module_name}.{self.qualname}"

    @property
    def has_varargs(self) -> bool:
        """Whether any number of positional arguments may be passed."""
        return self.varargs is not None

    @property
    def has_varkw(self) -> bool:
        """Whether any keyword arguments may be passed."""
        return self.varkw is not None

    @property
    def has_wildcard_args(self) -> bool:
        """Whether there are arguments without a fixed name."""
        return self.has_varargs or self.has_varkw

    def __hash__(self) -> int:
        return hash((Signature, self.module_name, self.qualname))

    def _format_items(self) -> CallItems:
        parts = {
            "args": self.args or None,
            "kwonlyargs": self.kwonlyargs or None,
            "returns": self.return_value,
            "varargs": self.varargs,
            "varkw": self.varkw,
            "description": self.description,
        }
        return [
            ("", self.id, None),
            *((key, part, None) for key, part in parts.items()),
        ]

    def annotate(
        self,
        args: dict[typing.Any, typing.Any] | list[typing.Any] | None = None,
        return_value: ValueSpec | None = None,
    ) -> "Signature":
        """Sets the value specs of arguments, in place.

        Args:
          args: Fields or their short definitions, or a dict from names to definitions.
            A field for any key, and fields with other names, apply to further keyword
            arguments.
          return_value: The spec or annotation of the return value.

        Returns:
          This signature.

        Raises:
          KeyError: An argument is unknown, or further keyword arguments are defined
            twice.
          TypeError: A value spec does not fit the kind of its argument.
          ValueError: A default differs from that of the function, or the return value
            has a default.
        """
        if args is not None:
            schema = create_schema(args, allow_nonconst_keys=True)
            for field in schema.values():
                self._annotate(field)
            name = None if self.varkw is None else self.varkw.name
            described_twice = name is not None and name in schema
            if described_twice and schema.dynamic_field is not None:
                raise PyGloveKeyError(
                    f"Expected one definition of **{name} of {self.id}, got one by "
                    "`StrKey` and one by the name."
                )
        if return_value is not None:
            spec = ValueSpec.from_annotation(return_value, auto_typing=True)
            # None is the default of noneable specs.
            if spec.frozen or (spec.has_default and spec.default is not None):
                raise PyGloveValueError(
                    f"Expected a value spec without a default for what {self.id} "
                    f"returns, got {spec!r}."
                )
            self.return_value = spec
        return self

    def _annotate(self, field: Field) -> None:
        if not isinstance(field.key, ConstStrKey):
            self._annotate_varkw(str(field.key), field)
            return
        name = field.key.text
        for arg in self.named_args:
            if arg.name == name:
                _set_spec(arg, field)
                return
        if self.varargs is not None and name == self.varargs.name:
            self._annotate_varargs(self.varargs, field)
        elif self.varkw is not None and name == self.varkw.name:
            self._annotate_varkw(name, field)
        elif self.varkw is not None:
            self.kwonlyargs.append(
                Argument(
                    name, ArgumentKind.KEYWORD_ONLY, field.value, field.description
                )
            )
        else:
            raise self._no_argument(name)

    def _no_argument(self, name: str) -> PyGloveKeyError:
        return PyGloveKeyError(
            f"Expected the name of an argument of {self.id}, got {name!r}. It has "
            f"{', '.join(self.arg_names) or 'none'}."
        )

    def _annotate_varargs(self, varargs: Argument, field: Field) -> None:
        spec = field.value
        if not isinstance(spec, List):
            raise PyGloveValueError(
                f"Expected a List spec for argument *{varargs.name}, got {spec!r}."
            )
        if not spec.has_default:
            spec.set_default([])
        varargs.value_spec = spec
        varargs.description = field.description or varargs.description

    def _annotate_varkw(self, name: str, field: Field) -> None:
        if self.varkw is None:
            raise self._no_argument(name)
        self.varkw.value_spec = Dict([(StrKey(), field.value)])
        self.varkw.description = field.description or self.varkw.description

    def fields(
        self, remove_self: bool = True, include_return: bool = False
    ) -> list[Field]:
        """Returns the fields of the arguments.

        Args:
          remove_self: If True, a first argument called 'self' is left out.
          include_return: If True, there is a field 'return' for the return value.

        Returns:
          Fields, in the order of the arguments.
        """
        removed = self._self_argument if remove_self else None
        arguments = (*self.args, self.varargs, *self.kwonlyargs, self.varkw)
        fields = [
            arg.to_field()
            for arg in arguments
            if arg is not None and arg is not removed
        ]
        if include_return and self.return_value is not None:
            fields.append(Field("return", self.return_value, "Return value."))
        return fields

    def to_schema(
        self, remove_self: bool = True, include_return: bool = False
    ) -> Schema:
        """Returns the schema of the arguments.

        Args:
          remove_self: If True, a first argument called 'self' is left out.
          include_return: If True, there is a field 'return' for the return value.

        Returns:
          The schema. Its metadata describes how the arguments are passed.
        """
        schema = Schema(
            self.fields(remove_self, include_return),
            self.id,
            description=self.description,
            allow_nonconst_keys=True,
        )
        schema.metadata.update(self._calling_convention())
        return schema

    def _calling_convention(self) -> dict[str, typing.Any]:
        """Returns how arguments are passed, in the form that `from_schema` reads."""
        varargs = None if self.varargs is None else self.varargs.name
        varkw = None if self.varkw is None else self.varkw.name
        removed = self._self_argument
        positional = [arg.name for arg in self.args if arg is not removed]
        return {
            "init_arg_list": positional + ([f"*{varargs}"] if varargs else []),
            "varargs_name": varargs,
            "varkw_name": varkw,
            "returns": self.return_value,
        }

    @property
    def _self_argument(self) -> Argument | None:
        """The argument 'self', if there is one."""
        return self.args[0] if self.args and self.args[0].name == "self" else None

    @classmethod
    def from_schema(
        cls,
        schema: Schema,
        module_name: str,
        name: str,
        qualname: str | None = None,
        is_method: bool = True,
    ) -> "Signature":
        """Creates the signature of a function from the schema of its arguments.

        Args:
          schema: The schema. Its metadata may describe how the arguments are passed.
          module_name: The module that defines the function.
          name: The name of the function.
          qualname: The name within the module.
          is_method: If True, the first argument is 'self'.

        Returns:
          The signature.

        Raises:
          ValueError: The metadata names an argument that the schema lacks.
        """
        metadata = schema.metadata
        names = list(metadata.get("init_arg_list") or [])
        varargs = None
        if names and names[-1].startswith("*"):
            field = _field_of(schema, names.pop()[1:])
            varargs = _argument_of(field, ArgumentKind.VAR_POSITIONAL)
        args = [
            _argument_of(_field_of(schema, n), ArgumentKind.POSITIONAL_OR_KEYWORD)
            for n in names
        ]
        passed = {*names, varargs.name if varargs else None}
        kwonlyargs, varkw = [], None
        for key, field in schema.items():
            if not isinstance(key, ConstStrKey):
                varkw = Argument(
                    metadata.get("varkw_name") or "kwargs",
                    ArgumentKind.VAR_KEYWORD,
                    Dict([(StrKey(), field.value)]),
                    field.description,
                )
            elif key.text not in passed:
                kwonlyargs.append(_argument_of(field, ArgumentKind.KEYWORD_ONLY))
        if is_method:
            args.insert(0, Argument("self", ArgumentKind.POSITIONAL_OR_KEYWORD, Any()))
        return cls(
            callable_type=(CallableType.METHOD if is_method else CallableType.FUNCTION),
            name=name,
            module_name=module_name,
            args=args,
            kwonlyargs=kwonlyargs,
            varargs=varargs,
            varkw=varkw,
            return_value=metadata.get("returns"),
            qualname=qualname or name,
            description=schema.description,
        )

    @classmethod
    def from_callable(
        cls,
        callable_object: Callable[..., typing.Any],
        auto_typing: bool = False,
        auto_doc: bool = False,
    ) -> "Signature":
        """Creates the signature of a callable.

        Args:
          callable_object: A function, a method, a class, or a callable object.
          auto_typing: If False, type annotations do not restrict the values.
          auto_doc: If True, descriptions are taken from the docstring.

        Returns:
          The signature.

        Raises:
          TypeError: The object is not callable.
        """
        if not callable(callable_object):
            raise PyGloveTypeError(
                f"Expected a callable that has a signature, got {callable_object!r}."
            )
        declared = getattr(callable_object, "__signature__", None)
        if isinstance(declared, Signature):
            return declared
        if isinstance(callable_object, type):
            return _signature_of_class(callable_object, auto_typing, auto_doc)
        if isinstance(callable_object, DescribesCall):
            return callable_object.__call_signature__()
        fn: typing.Any = callable_object
        if not inspect.isroutine(fn) and not hasattr(fn, "__wrapped__"):
            fn = fn.__call__
        return cls.from_signature(
            inspect.signature(fn),
            name=fn.__name__,
            callable_type=(
                CallableType.METHOD if inspect.ismethod(fn) else CallableType.FUNCTION
            ),
            module_name=getattr(fn, "__module__", None) or "wrapper",
            qualname=fn.__qualname__,
            auto_typing=auto_typing,
            docstr=_docstr(fn) if auto_doc else None,
            parent_module=sys.modules.get(getattr(fn, "__module__", None) or ""),
        )

    @classmethod
    def from_signature(
        cls,
        sig: "inspect.Signature",
        name: str,
        callable_type: CallableType,
        module_name: str | None = None,
        qualname: str | None = None,
        auto_typing: bool = False,
        docstr: str | DocStr | None = None,
        parent_module: types.ModuleType | None = None,
    ) -> "Signature":
        """Creates a signature from a signature of the `inspect` module.

        Args:
          sig: The other signature.
          name: The name of the callable.
          callable_type: Whether it is called on an instance.
          module_name: The module that defines it.
          qualname: The name within the module.
          auto_typing: If False, type annotations do not restrict the values.
          docstr: The docstring, which descriptions are taken from.
          parent_module: The module in which to look up names within text.

        Returns:
          The signature.
        """
        doc = DocStr.parse(docstr) if isinstance(docstr, str) else docstr
        args, kwonlyargs = [], []
        varargs = varkw = None
        for param in sig.parameters.values():
            entry = doc.parameter(param) if doc is not None else None
            arg = Argument.from_parameter(
                param,
                description=entry.description if entry is not None else None,
                auto_typing=auto_typing,
                parent_module=parent_module,
            )
            if arg.kind is ArgumentKind.POSITIONAL_OR_KEYWORD:
                args.append(arg)
            elif arg.kind is ArgumentKind.KEYWORD_ONLY:
                kwonlyargs.append(arg)
            elif arg.kind is ArgumentKind.VAR_POSITIONAL:
                varargs = arg
            else:
                varkw = arg
        return_value = None
        if sig.return_annotation is not inspect.Signature.empty:
            return_value = ValueSpec.from_annotation(
                sig.return_annotation,
                auto_typing=auto_typing,
                parent_module=parent_module,
            )
        return cls(
            callable_type=callable_type,
            name=name,
            module_name=module_name,
            args=args,
            kwonlyargs=kwonlyargs,
            varargs=varargs,
            varkw=varkw,
            return_value=return_value,
            qualname=qualname or name,
            description=doc.short_description if doc is not None else None,
        )

    def make_function(
        self,
        body: list[str],
        exec_globals: dict[str, typing.Any] | None = None,
        exec_locals: dict[str, typing.Any] | None = None,
    ) -> Callable[..., typing.Any]:
        """Compiles a function with this signature.

        Args:
          body: The lines of its body.
          exec_globals: The globals of the function.
          exec_locals: Further names for the body, which become variables of its
            closure.

        Returns:
          The function.
        """
        return function_from_signature(self, body, exec_globals, exec_locals)


def _set_spec(arg: Argument, field: Field) -> None:
    """Sets the value spec and the description of an argument from a field."""
    spec = field.value
    default = arg.value_spec.default
    if spec.has_default and spec.default is not None and not isinstance(spec, Dict):
        if not (spec.default is default or spec.default == default):
            raise PyGloveValueError(
                f"Expected {default!r} as the default of argument {arg.name!r}, as the "
                f"function has it, got {spec.default!r}."
            )
    elif spec.default is None or default != MISSING_VALUE:
        # The default of the function replaces None as the default of a noneable spec.
        spec.set_default(default)
    arg.value_spec = spec
    arg.description = field.description or arg.description


def _field_of(schema: Schema, name: str) -> Field:
    field = schema.get(name)
    if field is None:
        raise PyGloveValueError(
            f"Expected a field for argument {name!r}, got a schema without one: "
            f"{', '.join(map(str, schema))}."
        )
    return field


def _argument_of(field: Field, kind: ArgumentKind) -> Argument:
    return Argument(str(field.key), kind, field.value, field.description)


def _signature_of_class(
    cls: type[typing.Any], auto_typing: bool, auto_doc: bool
) -> Signature:
    """Returns the signature of the constructor of a class."""
    doc = _docstr_of_class(cls) if auto_doc else None
    try:
        sig = inspect.signature(cls)
    except ValueError:  # Some builtin classes have no signature.
        sig = inspect.signature(cls.__init__)
    if isinstance(sig, Signature):
        return sig
    module = getattr(cls, "__module__", "")
    return Signature.from_signature(
        sig,
        name=cls.__name__,
        callable_type=CallableType.METHOD,
        module_name=module,
        qualname=cls.__qualname__,
        auto_typing=auto_typing,
        docstr=doc,
        parent_module=sys.modules.get(module),
    )


def _docstr_of_class(cls: type[typing.Any]) -> DocStr | None:
    """Merges the docstrings of a class and its constructor, which takes precedence."""
    doc = _docstr(cls)
    # The docstring of the constructor of `object` does not describe this class.
    init = cls.__init__
    init_doc = None if init is object.__init__ else _docstr(init)
    if doc is None and init_doc is not None:
        return dataclasses.replace(init_doc, short_description=None)
    if doc is not None and init_doc is not None:
        doc.args.update(init_doc.args)
    return doc


def _docstr(symbol: typing.Any) -> DocStr | None:
    text = getattr(symbol, "__doc__", None)
    return DocStr.parse(text) if text else None
