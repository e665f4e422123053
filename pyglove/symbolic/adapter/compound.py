"""Compounds: symbolic classes from functions that create objects."""

import types
import typing
from collections.abc import Callable
from typing import Any, ClassVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.adapter.compound_delegation import delegating_namespace
from pyglove.symbolic.compiled import object_arguments, object_layout
from pyglove.symbolic.compiled.object_schema import class_description
from pyglove.symbolic.container.dict import Dict
from pyglove.symbolic.container.list import List
from pyglove.symbolic.node.node import SPECIAL
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.object.object_meta import (
    ObjectMeta,
    combined_metaclass,
    define_class,
)
from pyglove.symbolic.tree.topology import TopologyAware
from pyglove.utils.lazy_module import inspect
from pyglove.utils.serialization.json_type import TYPE_REGISTRY

_UNMADE: Any = object()


class Compound(Object):
    """Base of classes that are created from a factory function.

    The fields of a compound are the arguments of the function. A compound is an
    instance of the class of the objects that the function creates, and behaves like the
    object that the function returns for its fields. The function is called when that
    object is first needed, and again after a change.
    """

    auto_schema: ClassVar[bool] = False
    allow_symbolic_attribute: ClassVar[bool] = True

    # A compound of a wrapper is not a wrapper itself.
    sym_wrapped_cls: ClassVar[type | None] = None
    _sym_lazy_build: ClassVar[bool] = True
    # The function, and its arguments, of which the last may have a star.
    _sym_factory: ClassVar[Any] = None
    _sym_factory_args: ClassVar[list[str]] = []

    # The object that the function has created, and the error that it raised instead.
    _sym_made = _UNMADE
    _sym_failure = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # The base classes that follow in the resolution order are not notified.
        if cls.auto_register:
            name = TYPE_REGISTRY.name_of(cls)
            TYPE_REGISTRY.register(name, cls, override_existing=True)
        define_class(cls)
        cls._sym_base_init = None

    @object_layout.managed
    def __init__(self, *args: Any, **kwargs: Any):
        """Creates a compound; each subclass has its own constructor."""
        object_arguments.interpret_init(self, args, kwargs)

    @property
    def decomposed(self) -> Any:
        """The object that the function creates from the fields."""
        return self._sym_decompose()

    def _sym_decompose(self) -> Any:
        made = self._sym_made
        if made is _UNMADE:
            made = self._sym_make_object()
        if (
            isinstance(made, TopologyAware)
            and made._sym_key is None
            and made._sym_parent is not self._sym_parent
        ):
            # It is not in the tree, but may infer values from the ancestors of this
            # node.
            made.sym_setparent(self._sym_parent)
        return made

    def _sym_make_object(self) -> Any:
        values = {k: self.sym_inferred(k) for k in self.sym_keys()}
        try:
            made = self._sym_call_factory(values)
        except AttributeError as error:
            # Python calls `__getattr__` next, which raises this error again.
            self._sym_failure = error
            raise
        # Another thread may have stored its object first.
        state: dict[str, Any] = vars(self)
        return state.setdefault("_sym_made", made)

    def _sym_call_factory(self, values: dict[str, Any]) -> Any:
        positional: list[Any] = []
        for name in self._sym_factory_args:
            if name.startswith("*"):
                positional.extend(values.pop(name[1:]))
            else:
                positional.append(values.pop(name))
        return type(self)._sym_factory(*positional, **values)

    @property
    def _sym_is_made(self) -> bool:
        """Whether the function has been called since the last change."""
        return self._sym_made is not _UNMADE

    def _on_bound(self) -> None:
        """Discards the object that was created from the old values."""
        state: dict[str, Any] = vars(self)
        state.pop("_sym_made", None)
        if not self._sym_lazy_build and not (
            self._sym_flags & SPECIAL and self.sym_abstract
        ):
            self._sym_make_object()

    def __getattr__(self, name: str) -> Any:
        failure = self._sym_failure
        if failure is not None:
            self._sym_failure = None
            raise failure
        if self._sym_extra is not None and name in self._sym_extra:
            return self.sym_inferred(name)
        if name.startswith("_sym_") or (name.startswith("__") and name.endswith("__")):
            raise utils.PyGloveAttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}"
            )
        try:
            made = self._sym_decompose()
        finally:
            self._sym_failure = None
        return getattr(made, name)

    def __dir__(self) -> list[str]:
        names = set(super().__dir__())
        if self._sym_is_made:
            names.update(dir(self.decomposed))
        return sorted(names)


def compound_class(
    factory_fn: Callable[..., Any],
    base_class: Any = None,
    args: Any = None,
    *,
    lazy_build: bool = True,
    auto_doc: bool = True,
    auto_typing: bool = True,
    serialization_key: str | None = None,
    additional_keys: list[str] | None = None,
    add_to_registry: bool = False,
) -> Any:
    """Creates a symbolic class from a factory function.

    Args:
      factory_fn: The function.
      base_class: The class of the objects that it creates; by default the annotation
        of its result.
      args: Definitions of fields for its arguments, as for `pg.members`.
      lazy_build: Whether the function is called when its result is first needed,
        instead of each time that the arguments are bound.
      auto_doc: Whether descriptions of fields come from the docstring.
      auto_typing: Whether annotations are enforced.
      serialization_key: Name of the class in JSON documents.
      additional_keys: Other names of the class in JSON documents.
      add_to_registry: Whether JSON documents may name the class.

    Returns:
      A subclass of `Compound` and `base_class`. No code of `base_class` runs for its
      instances themselves.

    Raises:
      ValueError: if the base class is neither given nor annotated.
      TypeError: if `factory_fn` is not a function, or no class can be derived from the
        base class.
    """
    if not inspect.isfunction(factory_fn):
        raise utils.PyGloveTypeError(
            f"Expected a function that makes an object, got {factory_fn!r}."
        )
    schema = pg_typing.schema(
        factory_fn, args=args, auto_typing=auto_typing, auto_doc=auto_doc
    )
    base = _base_class(schema, base_class)
    is_container = issubclass(base, (List, Dict))
    if is_container:
        base = Object
    arguments = schema.metadata["init_arg_list"]
    name = getattr(factory_fn, "__name__", "compound")
    namespace: dict[str, Any] = {
        **delegating_namespace(Compound, base),
        **{
            str(key): object_layout.field_property(str(key))
            for key in schema
            if key.is_const and not hasattr(Compound, str(key))
        },
        "__module__": factory_fn.__module__,
        "__qualname__": getattr(factory_fn, "__qualname__", name),
        "__doc__": factory_fn.__doc__,
        "auto_schema": False,
        "auto_register": add_to_registry,
        "_sym_lazy_build": lazy_build and not is_container,
        "_sym_factory": staticmethod(_refuse if is_container else factory_fn),
        "_sym_factory_args": arguments,
        "_sym_specs": {},
    }
    cls: Any = types.new_class(
        name,
        (base,) if issubclass(base, Compound) else (Compound, base),
        # The metaclass of `base` must not create the class or its instances.
        {
            "metaclass": combined_metaclass(
                ObjectMeta, base, __call__=type.__call__, __init__=type.__init__
            )
        },
        lambda body: body.update(namespace),
    )
    cls.__abstractmethods__ = frozenset()
    schema.set_name(cls.__type_name__)
    schema.set_description(class_description(cls))  # type: ignore[arg-type]
    cls.apply_schema(schema)
    if add_to_registry or serialization_key:
        cls.register_for_deserialization(serialization_key, additional_keys)
    return cls


def _base_class(schema: pg_typing.Schema, base_class: Any) -> Any:
    """Returns the class of the objects of a factory; adds it to the schema."""
    if base_class is None:
        returns = schema.metadata.get("returns")
        if not isinstance(returns, pg_typing.Object):
            raise utils.PyGloveValueError(
                f"Expected the class of what {schema.name} makes, got a function that "
                "does not annotate its result with a class. Annotate it, or pass "
                "`base_class`."
            )
        base_class = returns.value_type
    else:
        schema.metadata["returns"] = pg_typing.Object(base_class)
    return typing.get_origin(base_class) or base_class


def _refuse(*args: Any, **kwargs: Any) -> Any:
    """Replaces a factory of lists or dicts, which compounds do not support."""
    raise utils.PyGloveTypeError(
        "Expected a compound that makes an object, got one that makes a list or a "
        "dict. Use `pg.functor` for functions that make containers."
    )


def compound(base_class: Any = None, args: Any = None, **kwargs: Any) -> Any:
    """Creates a symbolic class from a factory function; used as a decorator.

    Args:
      base_class: The function, if used without parentheses; otherwise the class of the
        objects that it creates.
      args: Definitions of fields for its arguments, as for `pg.members`.
      **kwargs: Options of `compound_class`.

    Returns:
      A class, or a decorator that returns one.

    Example:
      >>> class Layer(pg.Object):
      ...     units: int
      ...     activation: str
      >>> @pg.compound
      ... def relu(units: int) -> Layer:
      ...     return Layer(units, 'relu')
      >>> relu(8), relu(8).activation, isinstance(relu(8), Layer)
      (relu(units=8), 'relu', True)
    """
    kwargs.setdefault("add_to_registry", True)
    if inspect.isfunction(base_class):
        return compound_class(base_class, None, args, **kwargs)
    return lambda fn: compound_class(fn, base_class, args, **kwargs)


__all__ = ["Compound", "compound", "compound_class"]
