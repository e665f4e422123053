"""Compounds: functions that make an object, as symbolic classes."""

import inspect
from collections.abc import Callable
from typing import Any, ClassVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.node import SPECIAL
from pyglove.symbolic.object import Object
from pyglove.symbolic.object_schema import class_description


class Compound(Object):
    """Base of classes made of a function that makes an object of another class.

    A compound has the arguments of the function as fields. It is an instance of the
    class that the function returns, and behaves like what it returns for the values
    of the fields.
    """

    auto_schema: ClassVar[bool] = False
    _sym_lazy_build: ClassVar[bool] = True

    _decomposed: Any = None

    @property
    def decomposed(self) -> Any:
        """What the function makes of the values of the fields."""
        if self._decomposed is None:
            self._decomposed = self._decompose()
        return self._decomposed

    def _decompose(self) -> Any:
        raise NotImplementedError

    def _on_bound(self) -> None:
        """Forgets what was made of former values."""
        self._decomposed = None
        if not self._sym_lazy_build and not (
            self._sym_flags & SPECIAL and self.sym_abstract
        ):
            self._decomposed = self._decompose()

    def _sym_absent(self, key: str) -> Any:
        if key in self._sym_specs:
            return super()._sym_absent(key)
        return getattr(self.decomposed, key)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_sym_") or name in ("_decomposed",):
            raise utils.PyGloveAttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}"
            )
        return getattr(self.decomposed, name)


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
    """Makes a class of a function that makes an object.

    Args:
      factory_fn: The function.
      base_class: The class of the objects that it makes; by default the annotation of
        its result.
      args: Definitions of fields for its arguments, as for `pg.members`.
      lazy_build: Whether the function is called when the result is first needed,
        rather than each time the arguments are bound.
      auto_doc: Whether descriptions of fields come from the docstring.
      auto_typing: Whether annotations are enforced.
      serialization_key: Name of the class in JSON documents.
      additional_keys: More names by which documents may know the class.
      add_to_registry: Whether documents may name the class.

    Returns:
      A subclass of `Compound` and `base_class`.

    Raises:
      ValueError: if there is no base class.
    """
    schema = pg_typing.schema(
        factory_fn, args=args, auto_typing=auto_typing, auto_doc=auto_doc
    )
    if base_class is None:
        returns = schema.metadata.get("returns")
        if not isinstance(returns, pg_typing.Object):
            raise utils.PyGloveValueError(
                "Cannot inference the base class from return value annotation. Please "
                "either add an annotation for the return value or provide the value "
                "for the `base_class` argument."
            )
        base_class = returns.value_type
    else:
        schema.metadata["returns"] = pg_typing.Object(base_class)
    bases = (Compound, base_class) if issubclass(base_class, Object) else (Compound,)
    name = getattr(factory_fn, "__name__", "compound")
    metaclass: Any = type(Object)
    cls = metaclass(
        name,
        bases,
        {
            "__module__": factory_fn.__module__,
            "__qualname__": getattr(factory_fn, "__qualname__", name),
            "__doc__": factory_fn.__doc__,
            "auto_schema": False,
            "auto_register": add_to_registry,
            # A class of another kind is refused when an object is made.
            "_sym_lazy_build": lazy_build and issubclass(base_class, Object),
            "_sym_specs": {},
            "_sym_init_args": schema.metadata["init_arg_list"],
            "_decompose": _decompose_by(factory_fn, schema, base_class),
        },
    )
    schema.set_name(cls.__type_name__)
    schema.set_description(class_description(cls))  # type: ignore[arg-type]
    cls.apply_schema(schema)
    if add_to_registry or serialization_key:
        cls.register_for_deserialization(serialization_key, additional_keys)
    return cls


def _decompose_by(
    factory_fn: Callable[..., Any], schema: pg_typing.Schema, base_class: Any
) -> Callable[[Any], Any]:
    arguments = schema.metadata["init_arg_list"]

    def decompose(self: Any) -> Any:
        if not issubclass(base_class, Object):
            raise utils.PyGloveTypeError(
                f"Expected a subclass of pg.Object as the base class of a compound, "
                f"got {base_class!r}."
            )
        values = {k: self.sym_inferred(k) for k in self.sym_keys()}
        positional: list[Any] = []
        for name in arguments:
            if name.startswith("*"):
                positional.extend(values.pop(name[1:]))
            else:
                positional.append(values.pop(name))
        return factory_fn(*positional, **values)

    return decompose


def compound(base_class: Any = None, args: Any = None, **kwargs: Any) -> Any:
    """Makes a class of a function that makes an object; used as a decorator.

    Args:
      base_class: The function, when used without parentheses. Otherwise the class of
        the objects that it makes.
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
