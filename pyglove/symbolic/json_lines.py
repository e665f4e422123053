"""JSON lines: files with a symbolic value per line."""

import os
from collections.abc import Iterator
from typing import IO, Any

from pyglove import utils
from pyglove.symbolic import persistence


class JSONLines:
    """A file with a JSON value per line, open for reading or for appending.

    It is a context manager; values are read by iterating over it.
    """

    def __init__(self, file: IO[str], options: dict[str, Any]):
        """Creates a view of an open file.

        Args:
          file: The file.
          options: Options of `pg.from_json` and `pg.to_json`.
        """
        self._file = file
        self._options = options

    def add(self, value: Any) -> None:
        """Appends a value.

        Args:
          value: Any value that JSON conversion knows.

        Raises:
          OSError: if the file is open for reading.
        """
        text = persistence.to_json_str(value, **self._options)
        self._file.write(text + "\n")

    def flush(self) -> None:
        """Lets the operating system have what was added."""
        self._file.flush()

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def __iter__(self) -> Iterator[Any]:
        number = 0
        try:
            for line in self._file:
                number += 1
                if not line.isspace():
                    yield persistence.from_json_str(line, **self._options)
        except UnicodeDecodeError as error:
            raise utils.PyGloveValueError(
                f"Expected lines of text in UTF-8, got other bytes in "
                f"{self._file.name!r} after line {number}: {error}."
            ) from error
        except utils.PyGloveError as error:
            error.add_note(f"This is about line {number} of {self._file.name!r}.")
            raise

    def __enter__(self) -> "JSONLines":
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def __del__(self) -> None:
        self._file.close()


def open_jsonl(
    path: str | os.PathLike[str], mode: str = "r", **kwargs: Any
) -> JSONLines:
    """Opens a file with a JSON value per line.

    Args:
      path: Path of the file.
      mode: 'r' to read, 'w' to write anew, 'a' to append.
      **kwargs: Options of `pg.from_json` or `pg.to_json`.

    Returns:
      The open file: a context manager, an iterable of values, with a method `add`.

    Raises:
      OSError: if the file cannot be opened.
      ValueError: if the mode is unknown.
    """
    return JSONLines(open(path, mode, encoding="utf-8"), kwargs)


__all__ = ["JSONLines", "open_jsonl"]
