"""Functor arguments: bound and given arguments of a call."""

from collections.abc import Callable, Mapping
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compiled import object_arguments, object_runtime
from pyglove.symbolic.node import flag
from pyglove.symbolic.node.node import REFERS, SPECIAL, Node, is_default
from pyglove.symbolic.tree.binding import refuse_partial
from pyglove.utils.name import did_you_mean

MISSING_VALUE = utils.MISSING_VALUE
_NOTHING_GIVEN: Mapping[str, Any] = {}


class FunctorArguments:
    """The arguments and the result of a functor class.

    Attributes:
      name: Name of the function, for messages.
      positional: Names of positional arguments.
      varargs: Name of the variadic positional argument, or None.
      keyword_only: Names of keyword-only arguments.
      has_varkw: Whether any keyword is accepted.
      returns: The value spec of the result; None to accept anything.
      function: A function that takes the values of all fields by position and computes
        the result; None if a call takes more steps.
    """

    function: Callable[..., Any] | None = None

    def __init__(self, name: str, schema: pg_typing.Schema):
        arguments = schema.metadata["init_arg_list"]
        self.name = name
        self.positional, self.varargs = object_arguments.split_arguments(arguments)
        self.has_varkw = schema.dynamic_field is not None
        known = {*self.positional, self.varargs}
        self.keyword_only = [
            str(k) for k in schema if k.is_const and str(k) not in known
        ]
        returns = schema.metadata.get("returns")
        self.returns: pg_typing.ValueSpec | None = (
            None if returns is None or returns.accepts_any else returns
        )
        # Whether all arguments are fields, the positional ones first.
        self._is_simple = (
            self.varargs is None
            and not self.has_varkw
            and [str(k) for k in schema] == [*self.positional, *self.keyword_only]
        )

    @classmethod
    def of_class(cls, functor_class: Any) -> "FunctorArguments":
        """Returns the arguments of a functor class that has a schema."""
        schema = functor_class.__schema__
        arguments = cls(schema.name or functor_class.__name__, schema)
        if (
            arguments._is_simple
            and not arguments.keyword_only
            and arguments.returns is None
            and is_default(functor_class, "_call")
        ):
            arguments.function = functor_class._function
        return arguments

    def bind(
        self, cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> dict[str, Any]:
        """Returns arguments of the constructor by name, without missing values."""
        count = len(self.positional)
        if len(args) > count and self.varargs is None:
            raise object_runtime.too_many_arguments(
                self.name, self.positional, args[count:]
            )
        values = object_arguments.assign_arguments(
            cls, self.positional, self.varargs, args, kwargs
        )
        values.update(kwargs)
        return {k: v for k, v in values.items() if v is not MISSING_VALUE}

    def bind_call(
        self, functor: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> dict[str, Any]:
        """Returns the checked arguments of a call by name."""
        override = kwargs.pop("override_args", functor._override_args)
        ignore_extra = kwargs.pop("ignore_extra_args", functor._ignore_extra_args)
        count = len(self.positional)
        if len(args) > count and self.varargs is None:
            if not ignore_extra:
                raise object_runtime.too_many_arguments(
                    self.name, self.positional, args[count:]
                )
            args = args[:count]
        given: dict[str, Any] = {}
        for i, (key, value) in enumerate(zip(self.positional, args, strict=False)):
            if key in functor._specified and not override:
                raise self._rebound(functor, key, value, f"at position {i}")
            given[key] = value
        if len(args) > count and self.varargs is not None:
            given[self.varargs] = list(args[count:])
        for key, value in kwargs.items():
            if key in given:
                raise utils.PyGloveTypeError(
                    f"Expected one value of argument {key!r} of {self.name}, got two: "
                    f"{given[key]!r} by position and {value!r} by keyword."
                )
            if key == self.varargs or (
                key not in functor._sym_specs and not self.has_varkw
            ):
                if ignore_extra:
                    continue
                raise utils.PyGloveTypeError(
                    f"Expected keywords that {self.name} takes, got {key!r}."
                    f"{did_you_mean(key, functor._sym_specs)}"
                )
            if key in functor._specified and not override:
                raise self._rebound(functor, key, value, "by keyword")
            given[key] = value
        return {k: self._checked(functor, k, v) for k, v in given.items()}

    def _checked(self, functor: Any, key: str, value: Any) -> Any:
        """Checks an argument of a call against its field."""
        spec = object_runtime.spec_at(functor, key)
        if spec.accepts_any and value is not MISSING_VALUE:
            return value
        return self._apply(spec, value, key)

    def _apply(self, spec: pg_typing.ValueSpec, value: Any, role: str) -> Any:
        if flag.TYPE_CHECK.open_count and not flag.TYPE_CHECK.get():
            return value
        return spec.apply(value, root_path=lambda: utils.KeyPath(role))

    def _rebound(self, functor: Any, key: str, value: Any, where: str) -> Exception:
        return utils.PyGloveTypeError(
            f"Expected no second value of argument {key!r} of {self.name}, which is "
            f"bound to {functor._sym_rawget(key)!r}, got {value!r} {where}. Pass "
            "`override_args=True` to replace it."
        )

    def check_complete(
        self, functor: Any, given: Mapping[str, Any] = _NOTHING_GIVEN
    ) -> None:
        """Raises an error that names all arguments without a value."""
        for kind, names in (
            ("positional", self.positional),
            ("keyword-only", self.keyword_only),
        ):
            missing = [
                k
                for k in names
                if k not in given
                and isinstance(functor._sym_rawget(k), utils.MissingValue)
            ]
            if missing:
                raise utils.PyGloveTypeError(
                    f"Expected a value of every {kind} argument of {self.name}, got "
                    f"none for {', '.join(map(repr, missing))}."
                )

    def call(
        self,
        functor: Any,
        function: Callable[..., Any],
        given: Mapping[str, Any] = _NOTHING_GIVEN,
    ) -> Any:
        """Calls a function with the given and the bound arguments."""
        if (
            not given
            and self._is_simple
            and not functor._sym_flags & (SPECIAL | REFERS)
        ):
            values = functor._sym_state()
            if not self.keyword_only:
                return self.checked_result(function(*values))
            count = len(self.positional)
            named = dict(zip(self.keyword_only, values[count:], strict=True))
            return self.checked_result(function(*values[:count], **named))
        self.check_complete(functor, given)

        def value_of(key: str) -> Any:
            return given[key] if key in given else functor.sym_inferred(key)

        args = [value_of(k) for k in self.positional]
        if self.varargs is not None:
            args.extend(value_of(self.varargs))
        kwargs = {k: value_of(k) for k in self.keyword_only}
        if self.has_varkw:
            extra = functor._sym_extra or ()
            kwargs.update({k: functor.sym_inferred(k) for k in extra if k not in given})
            kwargs.update(
                {k: v for k, v in given.items() if k not in functor._sym_specs}
            )
        return self.checked_result(function(*args, **kwargs))

    def checked_result(self, result: Any) -> Any:
        """Checks the result of a call."""
        if self.returns is None or result is MISSING_VALUE:
            return result
        result = self._apply(self.returns, result, "returns")
        if isinstance(result, Node) and result._sym_flags & SPECIAL:
            refuse_partial(utils.KeyPath("returns"), self.returns, result)
        return result
