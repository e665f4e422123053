"""Unknown symbols: placeholders for symbols that a document names but cannot find."""

from typing import Annotated, Any, ClassVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.form import formatting
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.object.object_meta import explicit_method_override
from pyglove.utils.descent import stepwise
from pyglove.utils.formatting import format_part
from pyglove.utils.serialization.json_conversion import (
    write_part,
)
from pyglove.utils.serialization.json_type import published_as


@published_as("pyglove.core.symbolic.unknown_symbols.UnknownSymbol")
class UnknownSymbol(Object, pg_typing.CustomTyping):
    """Base of placeholders for classes, functions and objects that are not found.

    `pg.from_json(..., convert_unknown=True)` creates them. They are accepted for any
    field, and their JSON form is the one from which they were read.
    """

    auto_register = False
    accepts_lazy_path: ClassVar[bool] = True

    def custom_apply(self, *args: Any, **kwargs: Any) -> tuple[bool, Any]:
        """Implements `ValueSpec.apply` for this value, which any spec accepts."""
        return False, self


@published_as("pyglove.core.symbolic.unknown_symbols.UnknownType")
class UnknownType(UnknownSymbol):
    """A placeholder for a class that is not found."""

    auto_register = True

    name: Annotated[str, "Module and name of the class."]
    args: Annotated[list[Any], "Type arguments."] = []

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Returns a placeholder for an object of the class.

        Args:
          *args: Not accepted, since their names are unknown.
          **kwargs: Values of the object.

        Raises:
          TypeError: if there are positional arguments.
        """
        if args:
            raise utils.PyGloveTypeError(
                f"Expected keyword arguments for the unknown class "
                f"{self.name!r}, got positional ones: {args!r}."
            )
        return UnknownTypedObject(self.name, **kwargs)

    def sym_jsonify(self, **kwargs: Any) -> Any:
        """Returns the JSON form of the class."""
        value: dict[str, Any] = {"_type": "type", "name": self.name}
        if self.args:
            value["args"] = utils.to_json(self.args, **kwargs)
        return value

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats this placeholder; see `pg.format`."""
        text = f"<unknown-type {self.name}>"
        if self.args:
            text += "[" + ", ".join(map(repr, self.args)) + "]"
        return text


class UnknownCallable(UnknownSymbol):
    """Base of placeholders for functions and methods that are not found."""

    CALLABLE_TYPE: ClassVar[str]

    name: Annotated[str, "Module and name of the function."]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Raises an error, since the function is unknown.

        Raises:
          TypeError: always.
        """
        raise utils.PyGloveTypeError(
            f"Expected a {self.CALLABLE_TYPE} that this program has, got "
            f"{self.name!r}, which was not found when the document that names it was "
            "loaded."
        )

    def sym_jsonify(self, **kwargs: Any) -> Any:
        """Returns the JSON form of the function."""
        return {"_type": self.CALLABLE_TYPE, "name": self.name}

    def format(self, *args: Any, **kwargs: Any) -> str:
        """Formats this placeholder; see `pg.format`."""
        return f"<unknown-{self.CALLABLE_TYPE} {self.name}>"


@published_as("pyglove.core.symbolic.unknown_symbols.UnknownFunction")
class UnknownFunction(UnknownCallable):
    """A placeholder for a function that is not found."""

    auto_register = True
    CALLABLE_TYPE = "function"


@published_as("pyglove.core.symbolic.unknown_symbols.UnknownMethod")
class UnknownMethod(UnknownCallable):
    """A placeholder for a method that is not found."""

    auto_register = True
    CALLABLE_TYPE = "method"


@published_as("pyglove.core.symbolic.unknown_symbols.UnknownTypedObject")
class UnknownTypedObject(UnknownSymbol):
    """A placeholder for an object whose class is not found; it keeps the values."""

    auto_register = True

    type_name: Annotated[str, "Module and name of the class."]
    __kwargs__: Annotated[Any, "Values of the object."]

    @explicit_method_override
    def __init__(self, type_name: str, **kwargs: Any):
        """Creates a placeholder.

        Args:
          type_name: Module and name of the class.
          **kwargs: Values of the object.
        """
        super().__init__(**{"type_name": type_name, **kwargs})

    @stepwise(write_part)
    def sym_jsonify(self, **kwargs: Any) -> Any:
        """Returns the JSON form of the object."""
        options = formatting.within_object(kwargs)
        values = yield from formatting.items_json_step(self, **options)
        return {"_type": values.pop("type_name"), **values}

    @stepwise(format_part, str)
    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> Any:
        """Formats this placeholder; see `pg.format`."""
        exclude_keys = {*(kwargs.pop("exclude_keys", None) or ()), "type_name"}
        return (
            yield from formatting.items_text_step(
                self,
                compact,
                verbose,
                root_indent,
                f"<unknown-type {self.type_name}>",
                utils.BracketType.ROUND,
                is_call=True,
                exclude_keys=exclude_keys,
                **kwargs,
            )
        )


def make_unknown(kind: str, values: dict[str, Any]) -> UnknownSymbol:
    """Returns the placeholder of an unknown name.

    Args:
      kind: 'object', 'type', 'function' or 'method'.
      values: The JSON form, with converted values.
    """
    match kind:
        case "object":
            fields = {k: v for k, v in values.items() if k != "_type"}
            return UnknownTypedObject(values["_type"], **fields)
        case "type":
            return UnknownType(values["name"], list(values.get("args", ())))
        case "function":
            return UnknownFunction(values["name"])
        case _:
            return UnknownMethod(values["name"])


__all__ = [
    "UnknownFunction",
    "UnknownMethod",
    "UnknownSymbol",
    "UnknownType",
    "UnknownTypedObject",
    "make_unknown",
]
