"""JSON forms of dataclasses: their fields by name.

    {"_type": "dataclass", "class": "program.Entry", "fields": {"result": 1}}

An object is read as pickle would read it: its fields are set, and nothing of its class
is called, neither the constructor nor `__post_init__`. Classes that say how they are
copied or pickled, or that do something when an object goes away, are left to pickle.
"""

import dataclasses
from typing import Any

from pyglove.utils.error import PyGloveTypeError, UntrustedError
from pyglove.utils.serialization.trust import LoadOptions, find_symbol

DATACLASS_KIND = "dataclass"

# What a class defines whose objects are more than their fields.
_CUSTOM = (
    "__new__",
    "__reduce__",
    "__reduce_ex__",
    "__getnewargs__",
    "__getnewargs_ex__",
    "__del__",
    "__setstate__",
    "__getstate__",
)


def _is_plain(cls: Any) -> bool:
    """Returns whether objects of a dataclass are their fields, and nothing more."""
    for base in cls.__mro__[:-1]:
        if dataclasses.is_dataclass(base) and "__slots__" in base.__dict__:
            # A dataclass with slots gets methods for pickles, which set the fields.
            names = set(_CUSTOM) - {"__getstate__", "__setstate__"}
        else:
            names = set(_CUSTOM)
        if not names.isdisjoint(base.__dict__) or base.__module__ == "builtins":
            return False
    return True


def dataclass_fields(value: Any) -> dict[str, Any] | None:
    """Returns the values of an object by field, if that is all there is to it.

    Args:
      value: Any value.
    """
    cls = type(value)
    if not dataclasses.is_dataclass(cls) or "<" in cls.__qualname__:
        return None
    if not _is_plain(cls):
        return None
    names = [field.name for field in dataclasses.fields(cls)]
    if not getattr(value, "__dict__", {}).keys() <= set(names):
        return None
    return {name: getattr(value, name) for name in names if hasattr(value, name)}


def dataclass_to_json(value: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """Returns the JSON form of an object.

    Args:
      value: The object.
      fields: The JSON values of its fields.
    """
    cls = type(value)
    return {
        "_type": DATACLASS_KIND,
        "class": f"{cls.__module__}.{cls.__qualname__}",
        "fields": fields,
    }


def dataclass_from_json(
    json_value: dict[str, Any], options: LoadOptions
) -> tuple[type[Any], dict[str, Any]]:
    """Reads what `dataclass_to_json` wrote, but for the fields.

    Args:
      json_value: The JSON form.
      options: The permissions of the document.

    Returns:
      The class, and the JSON values of its fields.

    Raises:
      UntrustedError: Only a trusted document may have objects of this class.
      TypeError: The JSON form is malformed, or there is no such class.
    """
    name, fields = json_value.get("class"), json_value.get("fields")
    if not isinstance(name, str) or not isinstance(fields, dict):
        raise PyGloveTypeError(
            "Expected the name of a class and fields by name as 'class' and 'fields' "
            f"of a dataclass in JSON, got {name!r} and {fields!r:.100}."
        )
    cls = find_symbol("dataclass", name, options)
    if not isinstance(cls, type) or not dataclasses.is_dataclass(cls):
        raise PyGloveTypeError(f"Expected a dataclass in JSON, got {name!r}.")
    if not _is_plain(cls):
        raise UntrustedError(
            f"dataclass {name!r}", "it says itself how its objects are made"
        )
    known = {field.name for field in dataclasses.fields(cls)}
    unknown = sorted(set(fields) - known)
    if unknown:
        raise PyGloveTypeError(
            f"Expected fields of {name!r} in JSON, got {unknown[0]!r}. It has: "
            f"{', '.join(sorted(known))}."
        )
    return cls, fields


def make_dataclass(cls: type[Any], fields: dict[str, Any]) -> Any:
    """Returns an object of a class with some fields, by which nothing is called.

    Args:
      cls: A class that `dataclass_from_json` has returned.
      fields: The values of its fields.
    """
    made = object.__new__(cls)
    for key, value in fields.items():
        object.__setattr__(made, key, value)
    return made
