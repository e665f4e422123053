"""JSON lines: files with one value per line."""

import os
from typing import Any

from pyglove.symbolic.form import persistence
from pyglove.symbolic.form.file_access import files


def open_jsonl(path: str | os.PathLike[str], mode: str = "r", **kwargs: Any) -> Any:
    """Opens a file with one JSON value per line.

    Args:
      path: Path of the file, in any file system that `pg.io` knows.
      mode: 'r' to read, 'w' to write a new file, 'a' to append.
      **kwargs: Options of `pg.from_json` or `pg.to_json`, and the options `perms` and
        `make_dirs_if_not_exist` of `pg.io.open_sequence`.

    Returns:
      A `pg.io.Sequence`: a context manager and an iterable of values with a method
      `add`.

    Raises:
      OSError: if the file cannot be opened.
      ValueError: if the mode is unknown.

    Example:
      >>> with pg.open_jsonl('/mem/values.jsonl', 'w') as values:
      ...     values.add(pg.Dict(x=1))
      ...     values.add([2])
      >>> with pg.open_jsonl('/mem/values.jsonl') as values:
      ...     list(values)
      [{x=1}, [2]]
    """

    def serialize(value: Any) -> str:
        return persistence.to_json_str(value, **kwargs)

    def deserialize(text: str) -> Any:
        return persistence.from_json_str(text, **kwargs)

    perms = kwargs.pop("perms", None)
    make_dirs = kwargs.pop("make_dirs_if_not_exist", True)
    return files().open_sequence(
        path,
        mode,
        perms=perms,
        serializer=serialize,
        deserializer=deserialize,
        make_dirs_if_not_exist=make_dirs,
        skip_blank_lines=True,
    )


__all__ = ["open_jsonl"]
