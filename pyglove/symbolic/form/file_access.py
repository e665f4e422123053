"""File access: the package that reads and writes files, loaded when it is needed."""

from collections.abc import Callable
from typing import Any

_providers: list[Callable[[], Any]] = []


def use_files(provider: Callable[[], Any]) -> None:
    """Sets what values are saved to and loaded from.

    Args:
      provider: Returns what has the functions of `pg.io`.
    """
    _providers.append(provider)


def files() -> Any:
    """Returns what has the functions of `pg.io`."""
    return _providers[-1]()
