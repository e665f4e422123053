"""JSON forms of values that only pickle can write.

The pickled bytes are written as text. Reading them by `pickle` may run any code, so it
requires a trusted document. Plain values of the standard library are read without
`pickle`; see `plain_pickle`.
"""

from typing import Any

from pyglove.utils.error import PyGloveTypeError, PyGloveValueError
from pyglove.utils.lazy_module import base64
from pyglove.utils.serialization.plain_pickle import read_plain_pickle
from pyglove.utils.serialization.trust import LoadOptions

# The name of these values in older files.
OPAQUE_TYPE_NAME = "pyglove.core.utils.json_conversion._OpaqueObject"


def opaque_to_json(value: Any) -> dict[str, Any]:
    """Writes a value by pickling it.

    Args:
      value: The value.

    Returns:
      The JSON form.

    Raises:
      ValueError: The value cannot be pickled.
    """
    import pickle

    try:
        data = pickle.dumps(value)
    except Exception as e:
        raise PyGloveValueError(
            f"Expected a value that pickle can write to convert to JSON, got {value!r}."
        ) from e
    text = base64.encodebytes(data).decode("utf-8")
    return {"_type": OPAQUE_TYPE_NAME, "value": text}


def opaque_from_json(json_value: dict[str, Any], options: LoadOptions) -> Any:
    """Reads a value that was written by `opaque_to_json`.

    Args:
      json_value: The JSON form.
      options: The permissions of the document.

    Returns:
      The value.

    Raises:
      TypeError: Only a trusted document may have this value.
      ValueError: The JSON form is malformed.
    """
    text = json_value.get("value")
    if not isinstance(text, str):
        raise PyGloveTypeError(
            f"Expected a str as 'value' of an opaque object in JSON, got {text!r}."
        )
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except ValueError as e:
        raise PyGloveValueError(
            "Expected base64 text as 'value' of an opaque object in JSON, got "
            f"{json_value.get('value')!r:.100}."
        ) from e
    if not options.trusted:
        return read_plain_pickle(data, options)
    import pickle

    try:
        return pickle.loads(data)
    except Exception as e:
        raise PyGloveValueError(
            f"Expected an opaque object in JSON that pickle can read: {e!r}."
        ) from e
