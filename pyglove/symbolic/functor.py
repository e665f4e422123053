"""Functor: a function whose arguments are part of a symbolic tree."""

import inspect
from collections.abc import Callable
from typing import Any, ClassVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic import flag, object_layout, object_runtime
from pyglove.symbolic.node import PARTIAL
from pyglove.symbolic.object import Object
from pyglove.symbolic.object_meta import explicit_method_override

MISSING_VALUE = utils.MISSING_VALUE


class Functor(Object):
    """A function with symbolic arguments, which may be bound before it is called.

    Arguments are bound when the functor is made, later by `rebind` or assignment,
    or at the call. Functors come from `pg.functor`, or from subclasses that declare
    fields and implement `_call`.

    Example:
      >>> @pg.functor
      ... def add(x, y=1):
      ...     return x + y
      >>> add(2)()
      3
      >>> add()(2, y=3)
      5
    """

    allow_symbolic_assignment: ClassVar[bool] = True
    _sym_class_flags: ClassVar[int] = PARTIAL
    _sym_inherits_init: ClassVar[bool] = True

    # The function behind a functor made from one, and its signature.
    _function: ClassVar[Callable[..., Any] | None] = None
    _parameters: ClassVar["_Parameters"]

    _specified: set[str]
    _override_args: bool = False
    _ignore_extra_args: bool = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "_call" in cls.__dict__ and cls._function is None:
            inspected = inspect.signature(cls._call).parameters
            if len(inspected) > 1:
                raise utils.PyGloveTypeError(
                    "`_call` of a subclassed Functor should take no argument. "
                    f"Encountered: {cls._call!r}."
                )
        cls._parameters = _Parameters.of_class(cls)

    @classmethod
    def is_subclassed_functor(cls) -> bool:
        """Whether this class implements `_call` rather than wrapping a function."""
        return cls._function is None

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        if flag.AUTO_CALL_FUNCTORS.open_count and flag.AUTO_CALL_FUNCTORS.get():
            node = object.__new__(cls)
            node.__init__(*args, **kwargs)  # type: ignore[misc]
            return node()
        return object.__new__(cls)

    @explicit_method_override
    def __init__(
        self,
        *args: Any,
        root_path: Any = None,
        override_args: bool = False,
        ignore_extra_args: bool = False,
        **kwargs: Any,
    ):
        """Creates a functor.

        Args:
          *args: Positional arguments to bind.
          root_path: Where the functor stands.
          override_args: Whether arguments of calls may replace bound ones.
          ignore_extra_args: Whether calls may have arguments that the function does
            not take.
          **kwargs: Keyword arguments to bind.

        Raises:
          TypeError: if there are arguments that the function does not take.
        """
        parameters = self._parameters
        sealed = kwargs.pop("sealed", None)
        kwargs.pop("allow_partial", None)
        values = parameters.bind(type(self), args, kwargs)
        if override_args:
            self._override_args = True
        if ignore_extra_args:
            self._ignore_extra_args = True
        self._specified = set(values)
        options: dict[str, Any] = {"root_path": root_path} if root_path else {}
        if sealed is not None:
            options["sealed"] = sealed
        for key in [k for k in values if k not in self._sym_specs]:
            options[key] = values.pop(key)
        object_runtime.initialize(self, values, options)

    def _call(self, *args: Any, **kwargs: Any) -> Any:
        """Does the work of the functor. Subclasses implement it."""
        function = type(self)._function
        if function is None:
            raise NotImplementedError(f"{type(self).__name__}._call")
        return function(*args, **kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Calls the function with bound and given arguments.

        Args:
          *args: Positional arguments.
          **kwargs: Keyword arguments, and the options `override_args` and
            `ignore_extra_args` of the constructor for this call.

        Returns:
          The result of the function.

        Raises:
          TypeError: if arguments are missing, unknown, bound already, or of a type
            that is not accepted.
        """
        parameters = self._parameters
        if args or kwargs:
            given = parameters.bind_call(self, args, kwargs)
        else:
            given = {}
        if type(self)._function is None:
            return self._call_subclassed(given)
        return parameters.call(self, given)

    def _call_subclassed(self, given: dict[str, Any]) -> Any:
        """Calls `_call` of a subclass, which reads its arguments from fields."""
        node = self
        if given:
            node = self.clone()
            node._override_args = True
            for key, value in given.items():
                node._sym_assign(key, value)
        node._parameters.check_complete(node, {})
        return node._call()

    # ---- Which arguments are bound -------------------------------------------

    @property
    def specified_args(self) -> set[str]:
        """Names of the arguments that were given, at construction or later."""
        return set(self._specified)

    @property
    def bound_args(self) -> set[str]:
        """Names of the arguments that have a value, given or by default."""
        return {
            k for k, v in self.sym_items() if not isinstance(v, utils.MissingValue)
        }

    @property
    def unbound_args(self) -> set[str]:
        """Names of the arguments that have no value."""
        return {k for k, v in self.sym_items() if isinstance(v, utils.MissingValue)}

    @property
    def default_args(self) -> set[str]:
        """Names of the arguments that have their default value."""
        return self.bound_args - self.non_default_args

    @property
    def non_default_args(self) -> set[str]:
        """Names of the arguments whose value differs from the default."""
        return set(self.sym_nondefault(flatten=False))

    @property
    def is_fully_bound(self) -> bool:
        """Whether every argument has a value."""
        return not self.unbound_args

    # ---- Node ----------------------------------------------------------------

    def _sym_assign(self, key: Any, value: Any) -> tuple[Any, Any]:
        result = super()._sym_assign(key, value)
        if value is MISSING_VALUE:
            self._specified.discard(key)
        else:
            self._specified.add(key)
        return result

    def _sym_clone(self, deep: bool, memo: Any = None) -> Any:
        new = object_runtime.clone(self, deep, {} if memo is None else memo, None, None)
        new._specified = set(self._specified)
        new._override_args = self._override_args
        new._ignore_extra_args = self._ignore_extra_args
        return new


class _Parameters:
    """How arguments are passed to the function of a functor class.

    Attributes:
      name: Name of the function, for messages.
      positional: Names of positional arguments.
      varargs: Name of the argument for further positional ones, or None.
      has_varkw: Whether any keyword is accepted.
      keyword_only: Names of arguments passed by keyword only.
    """

    def __init__(self, name: str, schema: pg_typing.Schema):
        arguments = schema.metadata["init_arg_list"]
        self.name = name
        self.positional, self.varargs = object_layout.split_arguments(arguments)
        self.has_varkw = schema.dynamic_field is not None
        known = {*self.positional, self.varargs}
        self.keyword_only = [
            str(k) for k in schema.keys() if k.is_const and str(k) not in known
        ]

    @classmethod
    def of_class(cls, functor_class: Any) -> "_Parameters":
        """Returns the parameters of a class that was laid out."""
        if not hasattr(functor_class, "__schema__"):
            return None  # type: ignore[return-value]
        schema = functor_class.__schema__
        return cls(schema.name or functor_class.__name__, schema)

    def bind(
        self, cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> dict[str, Any]:
        """Returns arguments of the constructor by name."""
        if len(args) > len(self.positional) and self.varargs is None:
            raise utils.PyGloveTypeError(self._too_many(args))
        values = object_layout.assign_arguments(
            cls, self.positional, self.varargs, args, kwargs
        )
        for key, value in kwargs.items():
            if value is not MISSING_VALUE:
                values[key] = value
        return values

    def bind_call(
        self, functor: Functor, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> dict[str, Any]:
        """Returns the checked arguments of a call by name."""
        override = kwargs.pop("override_args", functor._override_args)
        ignore_extra = kwargs.pop("ignore_extra_args", functor._ignore_extra_args)
        if len(args) > len(self.positional) and self.varargs is None:
            if not ignore_extra:
                raise utils.PyGloveTypeError(self._too_many(args))
            args = args[: len(self.positional)]
        given: dict[str, Any] = {}
        for i, (key, value) in enumerate(zip(self.positional, args, strict=False)):
            if key in functor._specified and not override:
                raise self._rebound(functor, key, value, f"position {i}", "but")
            given[key] = value
        if len(args) > len(self.positional) and self.varargs is not None:
            given[self.varargs] = list(args[len(self.positional) :])
        for key, value in kwargs.items():
            if key in given:
                raise utils.PyGloveTypeError(
                    f"{self.name}() got multiple values for keyword argument {key!r}."
                )
            if key not in functor._sym_specs and not self.has_varkw:
                if ignore_extra:
                    continue
                raise utils.PyGloveTypeError(
                    f"{self.name}() got an unexpected keyword argument {key!r}."
                )
            if key in functor._specified and not override:
                raise self._rebound(functor, key, value, "keyword argument", "while")
            given[key] = value
        return {k: self._checked(functor, k, v) for k, v in given.items()}

    def _checked(self, functor: Functor, key: str, value: Any) -> Any:
        """Checks an argument of a call against its field."""
        spec = object_runtime.spec_at(functor, key)
        if spec.accepts_any and value is not MISSING_VALUE:
            return value
        return spec.apply(
            value,
            root_path=lambda: utils.KeyPath(key),  # type: ignore[arg-type]
        )

    def _rebound(
        self, functor: Functor, key: str, value: Any, where: str, conjunction: str
    ) -> Exception:
        return utils.PyGloveTypeError(
            f"{self.name}() got new value for argument {key!r} from {where}, "
            f"{conjunction} 'override_args' is set to False. "
            f"Old value: {functor._sym_rawget(key)!r}, new value: {value!r}."
        )

    def _too_many(self, args: tuple[Any, ...]) -> str:
        count = len(self.positional)
        return (
            f"{self.name}() takes {count} positional argument"
            f"{'' if count == 1 else 's'} but {len(args)} "
            f"{'was' if len(args) == 1 else 'were'} given."
        )

    def check_complete(self, functor: Functor, given: dict[str, Any]) -> None:
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
                plural = "s" if len(missing) > 1 else ""
                raise utils.PyGloveTypeError(
                    f"{self.name}() missing {len(missing)} required {kind} "
                    f"argument{plural}: {', '.join(map(repr, missing))}."
                )

    def call(self, functor: Functor, given: dict[str, Any]) -> Any:
        """Calls the function with given arguments, and bound ones for the rest."""

        def value_of(key: str) -> Any:
            if key in given:
                return given[key]
            value = functor.sym_inferred(key)
            if isinstance(value, utils.MissingValue):
                self.check_complete(functor, given)
            return value

        args = [value_of(k) for k in self.positional]
        if self.varargs is not None:
            args.extend(value_of(self.varargs))
        kwargs = {k: value_of(k) for k in self.keyword_only}
        if self.has_varkw:
            kwargs.update(functor._sym_extra or {})
            kwargs.update((k, v) for k, v in given.items() if k not in functor._sym_specs)
        return functor._call(*args, **kwargs)


def functor(
    args: Any = None,
    returns: pg_typing.ValueSpec | None = None,
    base_class: type[Functor] | None = None,
    **kwargs: Any,
) -> Any:
    """Makes a functor class of a function; used as a decorator.

    Args:
      args: The function, when used without parentheses. Otherwise definitions of
        fields for its arguments, as for `pg.members`.
      returns: What the function returns.
      base_class: A subclass of `Functor` to inherit from.
      **kwargs: Options of `functor_class`.

    Returns:
      A functor class, or a decorator that returns one.

    Example:
      >>> @pg.functor([('x', pg.typing.Int())])
      ... def double(x):
      ...     return 2 * x
      >>> double(4)()
      8
    """
    if callable(args):
        return functor_class(args, None, returns, base_class, **kwargs)
    return lambda fn: functor_class(fn, args, returns, base_class, **kwargs)


def functor_class(
    func: Callable[..., Any],
    args: Any = None,
    returns: pg_typing.ValueSpec | None = None,
    base_class: type[Functor] | None = None,
    *,
    auto_doc: bool = False,
    auto_typing: bool = False,
    serialization_key: str | None = None,
    additional_keys: list[str] | None = None,
    add_to_registry: bool = False,
) -> type[Functor]:
    """Makes a functor class of a function.

    Args:
      func: The function.
      args: Definitions of fields for its arguments, as for `pg.members`.
      returns: What the function returns.
      base_class: A subclass of `Functor` to inherit from.
      auto_doc: Whether descriptions of fields come from the docstring.
      auto_typing: Whether annotations are enforced.
      serialization_key: Name of the class in JSON documents.
      additional_keys: More names by which documents may know the class.
      add_to_registry: Whether documents may name the class.

    Returns:
      The class.

    Raises:
      TypeError: if `func` is not a function, or `args` do not fit it.
    """
    if not callable(func) or inspect.isclass(func):
        raise utils.PyGloveTypeError(f"{func!r} is not a function.")
    schema = pg_typing.schema(
        func,
        args=args,
        returns=returns,
        auto_typing=auto_typing,
        auto_doc=auto_doc,
        remove_self=False,
        include_return=True,
    )
    base = base_class or Functor
    namespace = {
        "__module__": func.__module__,
        "__qualname__": getattr(func, "__qualname__", func.__name__),
        "__doc__": func.__doc__,
        "auto_schema": False,
        "auto_register": add_to_registry,
        "_function": staticmethod(func),
    }
    cls: Any = type(base)(func.__name__, (base,), namespace)
    schema.set_name(cls.__type_name__)
    cls._sym_init_args = schema.metadata["init_arg_list"]
    cls.apply_schema(schema)
    cls._parameters = _Parameters.of_class(cls)
    if add_to_registry or serialization_key:
        cls.register_for_deserialization(serialization_key, additional_keys)
    return cls


def as_functor(
    func: Callable[..., Any], ignore_extra_args: bool = False
) -> Functor:
    """Returns a functor object for a function, with nothing bound.

    Args:
      func: The function.
      ignore_extra_args: Whether calls may have arguments that it does not take.
    """
    return functor_class(func)(ignore_extra_args=ignore_extra_args)


__all__ = ["Functor", "as_functor", "functor", "functor_class"]
