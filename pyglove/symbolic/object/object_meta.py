"""Object metaclass: turns a class body into a symbolic class."""

import abc
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Never, TypeVar, dataclass_transform, overload

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compiled import object_arguments, object_layout, object_schema
from pyglove.symbolic.compiled.object_form import reset_forms
from pyglove.symbolic.node.node import LISTENS_TO_MOVES, SEALED, SPECIAL, UNFINISHED
from pyglove.symbolic.object.class_policy import (
    is_empty_field_description_allowed,
    is_repeated_class_registration_allowed,
)
from pyglove.symbolic.tree.completeness import missing_below
from pyglove.utils.lazy_module import inspect
from pyglove.utils.serialization.json_type import TYPE_REGISTRY, publish

T = TypeVar("T")
_PACKAGE = __name__.partition(".")[0] + "."
explicit_method_override = utils.explicit_method_override


@dataclass_transform(eq_default=True, kw_only_default=False)
class ObjectMeta(abc.ABCMeta):
    """Metaclass of `pg.Object`."""

    __schema__: pg_typing.Schema
    _sym_initial_flags: int
    _sym_serialization_key: str
    _published_name: str

    @property
    def __type_name__(cls) -> str:
        """Name of the class with its module, as shown in its schema.

        A class of the library has the name that files of the published package use.
        """
        return (
            cls.__dict__.get("_published_name")
            or f"{cls.__module__}.{cls.__qualname__}"
        )

    @property
    def __serialization_key__(cls) -> str:
        """Name of the class in JSON documents."""
        own = cls.__dict__
        return (
            own.get("_sym_serialization_key")
            or own.get("__serialization_key__")
            or cls.__type_name__
        )

    @__serialization_key__.setter
    def __serialization_key__(cls, key: str) -> None:
        """Sets the name that is written; the old one can still be read."""
        cls._sym_serialization_key = key
        TYPE_REGISTRY.write_as(cls, key)
        reset_forms(cls)

    @property
    def sym_fields(cls) -> pg_typing.Dict:
        """The fields of the class, as the value spec of a dict."""
        return pg_typing.Dict(cls.__schema__)

    @property
    def init_arg_list(cls) -> list[str]:
        """Names of the arguments that the constructor takes by position."""
        arguments: list[str] = cls.__schema__.metadata["init_arg_list"]
        return arguments

    @property
    def __signature__(cls) -> "inspect.Signature | None":
        """Signature of the constructor, for `inspect.signature`."""
        new: Any = cls.__new__
        if new is object.__new__:
            return None  # The signature of `__init__` is the right one.
        init = cls.__init__  # type: ignore[misc]
        is_managed = getattr(cls, "_sym_inherits_init", False) or hasattr(
            init, "_sym_is_managed"
        )
        if not is_managed or not hasattr(cls, "__schema__"):
            return None
        signature: inspect.Signature = cls._sym_signature()  # type: ignore[attr-defined]
        return signature

    def update_schema(
        cls,
        fields: Any,
        extend: bool = True,
        *,
        init_arg_list: Sequence[str] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        """Adds fields to the class, or replaces its fields.

        Args:
          fields: Definitions of fields; see `pg.members`.
          extend: Whether to keep the present fields.
          init_arg_list: Names of the arguments that the constructor takes by
            position.
          metadata: Additional metadata of the schema.
        """
        created = [
            pg_typing.create_field(f, parent_module=inspect.getmodule(cls))
            for f in field_definitions(fields)
        ]
        for field in created:
            field.set_origin(cls)
            if not field.description and not is_empty_field_description_allowed():
                raise utils.PyGloveValueError(
                    f"Expected a description of field '{field.key}' of "
                    f"{cls.__name__}, got none."
                )
        cls.apply_schema(
            object_schema.build_schema(cls, created, extend, init_arg_list, metadata)
        )

    def apply_schema(cls, schema: pg_typing.Schema | None = None) -> None:
        """Makes the fields of a schema the fields of the class.

        Args:
          schema: The schema. None applies the present one again.
        """
        object_layout.apply_schema(cls, cls.__schema__ if schema is None else schema)

    def register_for_deserialization(
        cls,
        serialization_key: str | None = None,
        additional_keys: Iterable[str] | None = None,
    ) -> None:
        """Registers the class, so that JSON documents can name it.

        Args:
          serialization_key: The name that is written; by default the name of the
            class with its module.
          additional_keys: Other names that are read.

        Raises:
          KeyError: if another class has one of the names, and
            `allow_repeated_class_registration` is off.
        """
        replace = is_repeated_class_registration_allowed()
        if serialization_key:
            TYPE_REGISTRY.register(serialization_key, cls, override_existing=replace)
        cls._sym_serialization_key = serialization_key or cls.__serialization_key__
        TYPE_REGISTRY.rename(cls, cls._sym_serialization_key)
        reset_forms(cls)
        keys = (f"{cls.__module__}.{cls.__qualname__}", *(additional_keys or ()))
        for key in keys:
            TYPE_REGISTRY.register(key, cls, override_existing=replace)
        if cls.__module__.startswith(_PACKAGE):
            for key in (cls._sym_serialization_key, *keys):
                if publish(cls, key):
                    break
            if hasattr(cls, "__schema__"):
                cls.__schema__.set_name(cls.__type_name__)


def combined_metaclass(
    metaclass: type[ObjectMeta], cls: type, **attributes: Any
) -> type:
    """Returns a metaclass for a symbolic subclass of any class.

    Args:
      metaclass: The metaclass of the symbolic base.
      cls: The other base, which may have its own metaclass.
      **attributes: Attributes of the metaclass, if a new one has to be derived from
        both.
    """
    other = type(cls)
    if issubclass(metaclass, other):
        return metaclass
    if issubclass(other, metaclass):
        return other
    return type(f"Symbolic{other.__name__}", (metaclass, other), attributes)


def field_definitions(fields: Any) -> list[Any]:
    """Returns definitions of fields, given as a dict or a sequence, as a list."""
    if isinstance(fields, dict):
        return [(k, *(v if isinstance(v, tuple) else (v,))) for k, v in fields.items()]
    return list(fields)


def define_class(cls: Any) -> None:
    """Sets up a class after its body has been executed.

    Args:
      cls: The class.

    Raises:
      TypeError: if the class overrides `__init__` without
        `pg.explicit_method_override`, or a default does not fit its field.
    """
    init = cls.__init__ if cls.auto_schema else cls.__dict__.get("__init__")
    if object_layout.is_user_function(init):
        utils.ensure_explicit_method_override(
            init,
            f"Expected {cls.__name__} to leave `__init__` to PyGlove, which generates "
            "it from the fields, got a method. Compute derived state in `_on_bound`, "
            "or decorate the method with `@pg.explicit_method_override`.",
        )
        if init is cls.__dict__.get("__init__"):
            checked = object_arguments.checked_init(init)
            if checked is not init:
                cls.__init__ = checked
                cls._sym_flags = UNFINISHED
    if "__serialization_key__" in cls.__dict__ and cls.auto_register:
        TYPE_REGISTRY.register(cls.__type_name__, cls, override_existing=True)
    cls._sym_base_init = object_layout.plain_base_init(cls)
    cls._sym_writable = bool(cls.allow_symbolic_assignment)
    cls._sym_listens = any(
        object_layout.overrides(cls, name) for name in ("_on_change", "_on_bound")
    )
    cls._sym_rebinds_itself = object_layout.overrides(cls, "_sym_rebind")
    cls._sym_sets_directly = not (
        cls._sym_rebinds_itself
        or cls._sym_lazy
        or object_layout.overrides(cls, "_sym_assign")
    )
    cls._sym_initial_flags = cls._sym_class_flags
    may_miss = (
        object_layout.overrides(cls, "_sym_missing")
        and cls._sym_missing is not missing_below
    )
    # What has a say in what it is accepted for may stand where atoms are expected.
    is_special = pg_typing.CustomTyping in cls.__mro__
    if may_miss or is_special or getattr(cls, "_sym_is_special", False):
        cls._sym_initial_flags |= SPECIAL
    if not cls.allow_symbolic_mutation:
        cls._sym_initial_flags |= SEALED
    if any(
        object_layout.overrides(cls, name)
        for name in ("_on_parent_change", "_on_path_change")
    ):
        cls._sym_initial_flags |= LISTENS_TO_MOVES
    if not cls.auto_schema:
        object_layout.install_sym_getattr(cls)
        return
    fields = (
        object_schema.infer_fields(cls)
        if cls.infer_symbolic_fields_from_annotations
        else []
    )
    object_layout.apply_schema(cls, object_schema.build_schema(cls, fields))


# Type checkers cannot know the constructor of a class with such fields, unless there
# are none.
@overload
def members(
    fields: list[Never],
    metadata: dict[str, Any] | None = None,
    init_arg_list: Sequence[str] | None = None,
    serialization_key: str | None = None,
    additional_keys: list[str] | None = None,
    add_to_registry: bool = True,
) -> Callable[[type[T]], type[T]]: ...


@overload
def members(
    fields: Any,
    metadata: dict[str, Any] | None = None,
    init_arg_list: Sequence[str] | None = None,
    serialization_key: str | None = None,
    additional_keys: list[str] | None = None,
    add_to_registry: bool = True,
) -> Callable[[type], Any]: ...


def members(
    fields: Any,
    metadata: dict[str, Any] | None = None,
    init_arg_list: Sequence[str] | None = None,
    serialization_key: str | None = None,
    additional_keys: list[str] | None = None,
    add_to_registry: bool = True,
) -> Any:
    """Returns a class decorator that declares fields.

    Args:
      fields: A list of tuples (key, value spec or annotation, description, metadata),
        of which the last two elements are optional; or a dict from keys to the other
        elements.
      metadata: Metadata of the schema.
      init_arg_list: Names of the arguments that the constructor takes by position;
        a name with a star takes all further ones.
      serialization_key: Name of the class in JSON documents.
      additional_keys: Other names of the class in JSON documents.
      add_to_registry: Whether JSON documents may name the class.

    Example:
      >>> @pg.members([('x', pg.typing.Int(min_value=0), 'Position.')])
      ... class Point(pg.Object):
      ...     pass
      >>> Point(1)
      Point(x=1)
    """

    def decorate(cls: Any) -> Any:
        cls.update_schema(fields, init_arg_list=init_arg_list, metadata=metadata)
        if add_to_registry and (serialization_key or additional_keys):
            cls.register_for_deserialization(serialization_key, additional_keys)
        return cls

    return decorate


def use_init_args(init_arg_list: Sequence[str]) -> Callable[[type[T]], type[T]]:
    """Returns a class decorator that sets the positional arguments of a constructor.

    Args:
      init_arg_list: Names of fields; a name with a star takes all further arguments.
    """

    def decorate(cls: Any) -> Any:
        cls.update_schema([], init_arg_list=init_arg_list)
        return cls

    return decorate
