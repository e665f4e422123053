"""File access: the package that reads and writes files, loaded on demand."""

from collections.abc import Callable
from typing import Any

_providers: list[Callable[[], Any]] = []


def use_files(provider: Callable[[], Any]) -> None:
    """Sets the package that reads and writes files.

    Args:
      provider: Returns an object with the functions of `pg.io`.
    """
    _providers.append(provider)


def files() -> Any:
    """Returns an object with the functions of `pg.io`."""
    return _providers[-1]()
