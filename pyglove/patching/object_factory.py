"""Object factories: values from a file or a function, with patches and overrides."""

import json
from typing import Any

from pyglove import symbolic, utils
from pyglove.patching.rule import patch, require_symbolic


@symbolic.functor(
    serialization_key="pyglove.core.patching.object_factory.ObjectFactory",
    additional_keys=["pyglove.patching.ObjectFactory"],
    add_to_registry=True,
)
def ObjectFactory(
    value_type: type[Any] | tuple[type[Any], ...],
    base_value: Any,
    patches: Any = None,
    params_override: dict[Any, Any] | str | None = None,
) -> Any:
    """Creates a symbolic value from a base value, patches and overrides.

    Use it at the entry points of programs, so that their users can select a
    configuration by a file name, patchers and single values.

    Each call returns a new value: a base value that is an object is copied.

    Args:
      value_type: The class of the value, or a tuple of classes.
      base_value: An object of that class, a function that returns one, or the path of a
        file that contains one, for `pg.load`.
      patches: A rule as for `pg.patch`, or None.
      params_override: A dictionary of paths to values that are set in the end; or a
        JSON text, or the path of a JSON file, of such a dictionary. Dictionaries
        and lists in it are merged into what is there: `{'a': {'x': 1}}` is
        `{'a.x': 1}`. An empty one replaces what is there.

    Returns:
      The value.

    Raises:
      TypeError: The base value is not of the type, a patch is not a rule, or the
        overrides are not a dictionary; or see `pg.patch`.
      ValueError: See `pg.patch`; or JSON is malformed.
      KeyError: See `pg.patch`.
      OSError: A file cannot be read.

    Example:
      >>> import pyglove as pg
      >>> import pyglove.patching as patching
      >>> class Trainer(pg.Object):
      ...     rate: float = 0.1
      ...     steps: int = 10
      >>> factory = patching.ObjectFactory(
      ...     Trainer, Trainer, {'rate': 0.5}, '{"steps": 20}')
      >>> factory()
      Trainer(rate=0.5, steps=20)
    """
    value = _make_base_value(value_type, base_value)
    if patches is not None:
        value = patch(value, patches)
    if params_override:
        overrides = from_maybe_serialized(params_override, dict)
        value = require_symbolic(value).sym_rebind(
            utils.flatten(overrides), raise_on_no_change=False
        )
    return value


def _make_base_value(value_type: Any, base_value: Any) -> Any:
    _require_class(value_type)
    value = base_value
    if isinstance(value, value_type):
        return symbolic.clone(value) if isinstance(value, symbolic.Symbolic) else value
    if isinstance(value, str):
        value = symbolic.load(value)
    elif callable(value):
        value = value()
    if not isinstance(value, value_type):
        raise utils.PyGloveTypeError(
            f"Expected an object of {value_type!r}, or a function or the path of a "
            f"file that produces one, as base value, got {base_value!r}"
            + ("." if value is base_value else f", which produces {value!r}.")
        )
    return value


def from_maybe_serialized(source: Any, value_type: Any = None) -> Any:
    """Loads a value from JSON text or a file, unless it is already loaded.

    Args:
      source: The path of a file, if it ends with `.json`; another string, which is JSON
        text; or the value itself.
      value_type: A class, or a tuple of classes, of which the value must be an
        instance.

    Returns:
      The value. Dictionaries and lists in JSON become symbolic ones.

    Raises:
      TypeError: It is not of the type, or of a class that cannot be loaded; see
        `pg.from_json`.
      ValueError: It is not JSON.
      OSError: The file cannot be read.

    Example:
      >>> import pyglove.patching as patching
      >>> patching.from_maybe_serialized('{"steps": 20}', dict)
      {steps=20}
    """
    value = source
    if isinstance(source, str):
        is_path = source.endswith(".json")
        value = symbolic.load(source) if is_path else _parse(source)
    if value_type is not None:
        _require_class(value_type)
        if not isinstance(value, value_type):
            raise utils.PyGloveTypeError(
                f"Expected a value of {value_type!r}, got {value!r}"
                + ("." if value is source else f" from {source!r}.")
            )
    return value


def _parse(text: str) -> Any:
    try:
        return symbolic.from_json_str(text)
    except json.JSONDecodeError as error:
        error.add_note(
            f"Expected JSON text or a path that ends with '.json', got {text!r}."
        )
        raise


def _require_class(value_type: Any) -> None:
    try:
        isinstance(None, value_type)
    except TypeError:
        raise utils.PyGloveTypeError(
            f"Expected a class or a tuple of classes as value type, got {value_type!r}."
        ) from None
