"""Functor: a function whose arguments are part of a symbolic tree."""

import abc
import types
from collections.abc import Callable
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Generic,
    Protocol,
    Self,
    TypeVar,
    overload,
)

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.adapter.functor_argument import FunctorArguments
from pyglove.symbolic.adapter.functor_signature import call_signature, functor_signature
from pyglove.symbolic.compiled import object_runtime
from pyglove.symbolic.compiled.object_arguments import complete_init, init_signature
from pyglove.symbolic.compiled.object_schema import class_description
from pyglove.symbolic.compiled.origin_tracking import record_origin
from pyglove.symbolic.node import flag
from pyglove.symbolic.node.error import WritePermissionError
from pyglove.symbolic.node.node import PARTIAL, REFERS, SPECIAL, default_hook, node_path
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.object.object_meta import explicit_method_override
from pyglove.symbolic.protocol.symbolic import Symbolic
from pyglove.symbolic.tree import completeness, rebinding
from pyglove.typing.internal import DescribesCall
from pyglove.utils.lazy_module import inspect
from pyglove.utils.serialization.carried_callable import refuse_functions
from pyglove.utils.serialization.json_type import published_as

MISSING_VALUE = utils.MISSING_VALUE
ResultT = TypeVar("ResultT")
FunctionT = TypeVar("FunctionT", bound=Callable[..., None])
# With these flags, the stored values may differ from the values to call with.
_UNRESOLVED = SPECIAL | REFERS


def _shared(init: FunctionT) -> FunctionT:
    """Marks the constructor that is copied to each functor class."""
    function: Any = init
    function._sym_is_shared = True
    return init


@published_as("pyglove.core.symbolic.functor.Functor")
class Functor(Object, utils.Functor, DescribesCall):
    """A function with symbolic arguments, which may be bound before it is called.

    Arguments are bound when the functor is constructed, later by `rebind` or
    assignment, or when it is called. Functor classes are created by `pg.functor`, or
    are subclasses that declare fields and implement `_call`.

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
    _sym_is_function: ClassVar[bool] = True

    # The function of a functor class that was created from one.
    _function: ClassVar[Callable[..., Any] | None] = None
    _arguments: ClassVar[FunctorArguments]

    # Names of the arguments that were given, at construction or later. These attributes
    # have no annotations, since type checkers would take them for fields.
    _specified = set[str]()
    _override_args = False
    _ignore_extra_args = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        returns = None
        if cls._function is None and cls._call is not Functor._call:
            call = pg_typing.signature(cls._call, auto_typing=True, auto_doc=False)
            if len(call.named_args) > 1:
                raise utils.PyGloveTypeError(
                    f"Expected `{cls.__name__}._call` to have no parameter but `self`, "
                    f"got {[a.name for a in call.named_args[1:]]!r}. Declare fields."
                )
            returns = call.return_value
        if hasattr(cls, "__schema__"):
            cls.__schema__.metadata["returns"] = returns
            cls._arguments = FunctorArguments.of_class(cls)
        if hasattr(cls.__init__, "_sym_is_shared"):
            cls.__init__ = _constructor_of(cls)  # type: ignore[method-assign]

    @classmethod
    def is_subclassed_functor(cls) -> bool:
        """Whether this class implements `_call` rather than wrapping a function."""
        return cls._function is None

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """Creates a functor, and calls it at once under `auto_call_functors`."""
        node = object.__new__(cls)
        if flag.AUTO_CALL_FUNCTORS.open_count and flag.AUTO_CALL_FUNCTORS.get():
            node.__init__(*args, **kwargs)  # type: ignore[misc]
            return node()
        return node

    @_shared
    @complete_init
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
          root_path: The path of the functor.
          override_args: Whether arguments of calls may replace bound ones.
          ignore_extra_args: Whether calls may pass arguments that the function does
            not take.
          **kwargs: Keyword arguments to bind.

        Raises:
          TypeError: if there are arguments that the function does not take.
        """
        sealed = kwargs.pop("sealed", None)
        kwargs.pop("allow_partial", None)
        values = self._arguments.bind(type(self), args, kwargs)
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

    @classmethod
    def _sym_from_document(cls, values: dict[str, Any]) -> Any:
        """Creates a functor from the arguments in a document.

        The functor is not called, not even under `auto_call_functors`. Functions that
        the document may not have called are refused as arguments.
        """
        refuse_functions(f"a functor ({cls.__name__})", values.values(), classes=True)
        node = object.__new__(cls)
        node.__init__(**values)  # type: ignore[misc]
        return node

    @abc.abstractmethod
    def _call(self, *args: Any, **kwargs: Any) -> Any:
        """Implements the call. Subclasses override it."""

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
        arguments = self._arguments
        if (
            not args
            and not kwargs
            and arguments.function is not None
            and not self._sym_flags & _UNRESOLVED
            and not flag.TRACK_ORIGIN.open_count
        ):
            return arguments.function(*self._sym_state())
        given = arguments.bind_call(self, args, kwargs) if args or kwargs else {}
        if type(self)._function is not None:
            result = arguments.call(self, self._call, given)
        else:
            node = self._with_values(given) if given else self
            arguments.check_complete(node)
            result = arguments.checked_result(node._call())
        if flag.TRACK_ORIGIN.open_count and isinstance(result, Symbolic):
            record_origin(result, self, "return")
        return result

    def _with_values(self, values: dict[str, Any]) -> Any:
        """Returns a temporary copy of this functor with other values, for one call."""
        node = object.__new__(type(self))
        state = dict(self.__dict__)
        for name in ("_sym_raw", "_sym_extra"):
            if state.get(name) is not None:
                state[name] = dict(state[name])
        vars(node).update(state)
        for key, value in values.items():
            object_runtime.store(node, key, value)
        return node

    @property
    def __signature__(self) -> "inspect.Signature":
        """Signature of the call, for `inspect.signature`."""
        return type(self)._sym_signature()

    @classmethod
    def _sym_signature(cls) -> "inspect.Signature":
        return functor_signature(cls)

    def __call_signature__(self) -> pg_typing.Signature:
        """Signature of the call, for `pg.typing.signature`."""
        return call_signature(type(self))

    # ---- Which arguments are bound -------------------------------------------

    @property
    def specified_args(self) -> set[str]:
        """Names of the arguments that were given, at construction or later."""
        return set(self._specified)

    @property
    def bound_args(self) -> set[str]:
        """Names of the arguments that have a value, given or by default."""
        return {k for k, v in self.sym_items() if not isinstance(v, utils.MissingValue)}

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
        old, new = super()._sym_assign(key, value)
        if isinstance(new, utils.MissingValue):
            self._specified.discard(key)
        elif value is MISSING_VALUE or not rebinding.is_same(old, new):
            self._specified.add(key)
        return old, new

    def _sym_init_without_super(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Binds the arguments of an `__init__` that has not done so."""
        Functor.__init__(self, *args, **kwargs)

    def _sym_delete(self, key: str) -> None:
        """Unbinds an argument, or resets it to its default."""
        if rebinding.is_sealed(self):
            raise WritePermissionError(
                utils.message_on_path(
                    f"Expected a functor that may be modified to delete {key!r}, got a "
                    "sealed one. Call `seal(False)` first.",
                    node_path(self),
                )
            )
        rebinding.rebind(self, None, {key: MISSING_VALUE}, raise_on_no_change=False)
        self._specified.discard(key)

    def _sym_undo(self, key: Any, value: Any) -> Callable[[], None]:
        undo = super()._sym_undo(key, value)
        specified = set(self._specified)

        def restore() -> None:
            undo()
            self._specified = specified

        return restore

    # A call can supply unbound arguments.
    _sym_missing = completeness.missing_below  # pyright: ignore[reportAssignmentType]

    def _sym_end_clone(self, source: Any, deep: bool, parent: Any, key: Any) -> None:
        self._specified = set(source._specified)
        self._override_args = source._override_args
        self._ignore_extra_args = source._ignore_extra_args
        super()._sym_end_clone(source, deep, parent, key)


class _Described:
    """A callable that carries the signature of a constructor."""

    def __init__(self, cls: Any):
        self._cls = cls

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # It is never called, but `inspect.signature` requires a callable.
        raise NotImplementedError

    @property
    def __signature__(self) -> "inspect.Signature":
        return init_signature(self._cls, with_self=True)


def _constructor_of(cls: Any) -> Any:
    """Returns the constructor of functors, with the signature of a class."""
    shared = cls.__init__
    own = types.FunctionType(
        shared.__code__, shared.__globals__, "__init__", None, shared.__closure__
    )
    own.__kwdefaults__ = shared.__kwdefaults__
    own.__dict__.update(shared.__dict__)
    own.__doc__ = shared.__doc__
    own.__qualname__ = f"{cls.__qualname__}.__init__"
    own.__module__ = cls.__module__
    own.__wrapped__ = _Described(cls)  # type: ignore[attr-defined]
    return own


if TYPE_CHECKING:

    class FunctionFunctor(Functor, Generic[ResultT]):
        """The type of functors that are created from functions, for type checkers.

        Arguments may be bound one by one and later, so only the result can be checked.
        """

        def __new__(cls, *args: Any, **kwargs: Any) -> Self: ...

        def __init__(self, *args: Any, **kwargs: Any) -> None: ...

        def __getattr__(self, name: str) -> Any: ...

        def __call__(self, *args: Any, **kwargs: Any) -> ResultT: ...

        def _call(self, *args: Any, **kwargs: Any) -> ResultT: ...

    class FunctorDecorator(Protocol):
        """The result of `functor` if it is called with options."""

        def __call__(
            self, fn: Callable[..., ResultT], /
        ) -> type[FunctionFunctor[ResultT]]: ...


@overload
def functor(
    args: Callable[..., ResultT],
    returns: pg_typing.ValueSpec | None = None,
    base_class: None = None,
    **kwargs: Any,
) -> "type[FunctionFunctor[ResultT]]": ...


@overload
def functor(
    args: list[Any] | dict[Any, Any] | None = None,
    returns: pg_typing.ValueSpec | None = None,
    base_class: None = None,
    **kwargs: Any,
) -> "FunctorDecorator": ...


@overload
def functor(
    args: Any = None,
    returns: pg_typing.ValueSpec | None = None,
    *,
    base_class: type[Functor],
    **kwargs: Any,
) -> Any: ...


def functor(
    args: Any = None,
    returns: pg_typing.ValueSpec | None = None,
    base_class: type[Functor] | None = None,
    **kwargs: Any,
) -> Any:
    """Creates a functor class from a function; used as a decorator.

    Args:
      args: The function, if used without parentheses; otherwise definitions of fields
        for its arguments, as for `pg.members`.
      returns: The value spec of the result.
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
    kwargs.setdefault("add_to_registry", True)
    if callable(args):
        return functor_class(args, None, returns, base_class, **kwargs)
    return lambda fn: functor_class(fn, args, returns, base_class, **kwargs)


def functor_class(
    func: Callable[..., ResultT],
    args: Any = None,
    returns: pg_typing.ValueSpec | None = None,
    base_class: type[Functor] | None = None,
    *,
    auto_doc: bool = False,
    auto_typing: bool = False,
    serialization_key: str | None = None,
    additional_keys: list[str] | None = None,
    add_to_registry: bool = False,
) -> "type[FunctionFunctor[ResultT]]":
    """Creates a functor class from a function.

    Args:
      func: The function.
      args: Definitions of fields for its arguments, as for `pg.members`.
      returns: The value spec of the result.
      base_class: A subclass of `Functor` to inherit from.
      auto_doc: Whether descriptions of fields come from the docstring.
      auto_typing: Whether annotations are enforced.
      serialization_key: Name of the class in JSON documents.
      additional_keys: Other names of the class in JSON documents.
      add_to_registry: Whether JSON documents may name the class.

    Returns:
      The class.

    Raises:
      TypeError: if `func` is not a function, or `args` do not fit it.
    """
    if not inspect.isfunction(func):
        raise utils.PyGloveTypeError(f"Expected a function, got {func!r}.")
    schema = pg_typing.schema(
        func,
        args=args,
        returns=returns,
        auto_typing=auto_typing,
        auto_doc=auto_doc,
        remove_self=False,
    )
    base: Any = base_class or Functor
    namespace = {
        "__module__": func.__module__,
        "__qualname__": getattr(func, "__qualname__", func.__name__),
        "__doc__": func.__doc__,
        "auto_schema": False,
        "auto_register": add_to_registry,
        "_function": staticmethod(func),
        "_call": _call_function,
    }
    cls: Any = type(base)(func.__name__, (base,), namespace)
    schema.set_name(cls.__type_name__)
    description = class_description(cls)
    if description:
        schema.set_description(description)
    cls.apply_schema(schema)
    cls._arguments = FunctorArguments.of_class(cls)
    if add_to_registry or serialization_key:
        cls.register_for_deserialization(serialization_key, additional_keys)
    return cls


@default_hook
def _call_function(self: Any, *args: Any, **kwargs: Any) -> Any:
    """Implements `_call` for functors that are created from functions."""
    return type(self)._function(*args, **kwargs)


def as_functor(
    func: Callable[..., ResultT], ignore_extra_args: bool = False
) -> "FunctionFunctor[ResultT]":
    """Returns a functor of a function, without bound arguments.

    Args:
      func: The function.
      ignore_extra_args: Whether calls may pass arguments that it does not take.
    """
    return functor_class(func)(ignore_extra_args=ignore_extra_args)


__all__ = ["Functor", "as_functor", "functor", "functor_class"]
