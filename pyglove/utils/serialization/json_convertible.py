"""The interface of values that convert to JSON and back."""

import contextlib
from abc import ABCMeta, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, Union

from pyglove.utils.error import PyGloveTypeError
from pyglove.utils.serialization.json_type import TYPE_REGISTRY

if TYPE_CHECKING:
    from pyglove.utils.serialization.json_context import JSONConversionContext

T = TypeVar("T")

# Programs may pass these unions to functions of `typing` at run time.
Nestable = Union[T, list[Any], dict[Union[str, int], Any]]  # noqa: UP007
JSONValueType = Union[  # noqa: UP007
    int, float, bool, str, None, list[Any], dict[str | int, Any]
]

TypeConverterLookup = Callable[[type[Any]], Callable[[Any], Any] | None]
_converter_lookups: list[TypeConverterLookup] = []


class Codec:
    """The conversion of values of any kind, which this interface delegates to.

    The module that depends on all kinds installs it.
    """

    to_json: Callable[..., Any]
    from_json: Callable[..., Any]
    content_to_json: Callable[..., Any]

    def install(
        self,
        to_json: Callable[..., Any],
        from_json: Callable[..., Any],
        content_to_json: Callable[..., Any],
    ) -> None:
        """Installs the conversion.

        Args:
          to_json: Converts any value to JSON.
          from_json: Converts JSON to any value.
          content_to_json: Converts the content of an object, given context and options,
            without looking for references.
        """
        self.to_json = to_json
        self.from_json = from_json
        self.content_to_json = content_to_json


CODEC = Codec()


def register_type_converter_lookup(lookup: TypeConverterLookup) -> None:
    """Registers a look-up of converters of values to JSON values.

    Args:
      lookup: A function of a class that returns its converter, or None.
    """
    _converter_lookups.append(lookup)


class JSONConvertible(metaclass=ABCMeta):
    """Interface of values that convert to JSON and back.

    Subclasses are registered by module and name, so that documents can load them.

    Example:
      >>> import pyglove.utils as utils
      >>> class Point(utils.JSONConvertible):
      ...     def __init__(self, x):
      ...         self.x = x
      ...     def to_json(self, **kwargs):
      ...         return self.to_json_dict({'x': self.x}, **kwargs)
      >>> utils.from_json(utils.to_json(Point((1, 2)))).x
      (1, 2)
    """

    __slots__ = ()

    # The key of the name of the class of a JSON object.
    TYPE_NAME_KEY: ClassVar[str] = "_type"
    # The first item of a JSON list that represents a tuple.
    TUPLE_MARKER: ClassVar[str] = "__tuple__"
    # The key of a JSON object that represents a symbolic dictionary.
    SYMBOLIC_MARKER: ClassVar[str] = "__symbolic__"
    # The key of a reference to a shared object.
    REF_KEY: ClassVar[str] = "__ref__"
    # The keys of the shared objects of a document, and of its root.
    CONTEXT_KEY: ClassVar[str] = "__context__"
    ROOT_VALUE_KEY: ClassVar[str] = "__root__"

    # Whether subclasses are registered when they are defined.
    auto_register: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.auto_register:
            TYPE_REGISTRY.register(
                TYPE_REGISTRY.name_of(cls), cls, override_existing=True
            )

    @abstractmethod
    def to_json(
        self, *, context: "JSONConversionContext | None" = None, **kwargs: Any
    ) -> Any:
        """Converts the value to JSON.

        Args:
          context: The objects that the document shares, to be passed on.
          **kwargs: Options, to be passed on.

        Returns:
          The JSON value, usually what `to_json_dict` returns.
        """

    @classmethod
    def from_json(cls, json_value: Any, **kwargs: Any) -> Any:
        """Creates an instance from its JSON form.

        By default the items of the JSON object are the arguments of the constructor.

        Args:
          json_value: The JSON form, whose '_type' is optional.
          **kwargs: Options, to be passed on.

        Returns:
          The instance.

        Raises:
          TypeError: `json_value` is not a JSON object.
        """
        return cls(**cls._decoded_fields(json_value, **kwargs))

    @classmethod
    def _decoded_fields(cls, json_value: Any, **kwargs: Any) -> dict[str, Any]:
        """Returns the converted values of the items of a JSON object, by name.

        Args:
          json_value: The JSON object.
          **kwargs: Options, to be passed on.

        Raises:
          TypeError: `json_value` is not a JSON object.
        """
        if not isinstance(json_value, dict):
            raise PyGloveTypeError(
                f"Expected a JSON object for {cls.__name__}, got {json_value!r}."
            )
        return {
            str(key): CODEC.from_json(item, **kwargs)
            for key, item in json_value.items()
            if key != "_type"
        }

    @classmethod
    def to_json_dict(
        cls,
        fields: dict[str, tuple[Any, Any] | Any],
        *,
        exclude_default: bool = False,
        exclude_keys: set[str] | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Writes the name of the class and the fields of an instance.

        Args:
          fields: The values by field; with `exclude_default`, tuples of value and
            default value.
          exclude_default: If True, fields with their default value are omitted.
          exclude_keys: Fields to omit.
          **kwargs: Options, to be passed on.

        Returns:
          The JSON object.
        """
        json_dict: dict[str, Any] = {"_type": TYPE_REGISTRY.name_of(cls)}
        for key, value in fields.items():
            if exclude_keys and key in exclude_keys:
                continue
            if exclude_default:
                value, default = value
                if value is default or value == default:
                    continue
            json_dict[key] = CODEC.to_json(value, **kwargs)
        return json_dict

    @staticmethod
    def TYPE_CONVERTER(src: type[Any]) -> Callable[[Any], Any] | None:
        """Returns the function that converts values of a class to JSON values, if any.

        Args:
          src: The class.

        Returns:
          The function, or None.
        """
        for lookup in _converter_lookups:
            converter = lookup(src)
            if converter is not None:
                return converter
        return None

    @classmethod
    def register(
        cls,
        type_name: str,
        subclass: type["JSONConvertible"],
        override_existing: bool = False,
    ) -> None:
        """Registers the name of a class in documents.

        Args:
          type_name: The name.
          subclass: The class.
          override_existing: If True, a class registered under this name before is
            replaced.

        Raises:
          KeyError: The name is taken by another class.
        """
        TYPE_REGISTRY.register(type_name, subclass, override_existing)

    @classmethod
    def is_registered(cls, type_name: str) -> bool:
        """Whether a class is registered under a name."""
        return TYPE_REGISTRY.is_registered(type_name)

    @classmethod
    def class_from_typename(cls, type_name: str) -> type["JSONConvertible"] | None:
        """Returns the class of a name, or None."""
        return TYPE_REGISTRY.class_from_typename(type_name)

    @classmethod
    def registered_types(cls) -> Iterable[tuple[str, type["JSONConvertible"]]]:
        """Returns all names with their classes."""
        return TYPE_REGISTRY.items()

    @classmethod
    def add_module_alias(cls, module: str, alias: str | Sequence[str]) -> None:
        """Registers alternative names of a module in documents, such as former ones.

        Args:
          module: The current name of the module.
          alias: The alternative name or names.
        """
        TYPE_REGISTRY.add_module_alias(module, alias)

    @classmethod
    def load_types_for_deserialization(
        cls, *types_to_deserialize: type[Any]
    ) -> contextlib.AbstractContextManager[dict[str, type[Any]]]:
        """Makes classes loadable within a `with` block, registered or not.

        Args:
          *types_to_deserialize: The classes.

        Returns:
          A context manager that yields all classes made loadable, by name.
        """
        return TYPE_REGISTRY.loadable(types_to_deserialize)


def registered_types() -> Iterable[tuple[str, type[JSONConvertible]]]:
    """Returns all registered names, with the classes."""
    return TYPE_REGISTRY.items()
