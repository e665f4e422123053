"""HTML form: symbolic values as HTML, by views that are loaded on demand."""

from collections.abc import Callable
from typing import Any

_providers: list[Callable[[], Any]] = []
# Functions that load the views of the classes of a package, by name of the package.
_presentations: dict[str, Callable[[], Any]] = {}


def use_views(provider: Callable[[], Any]) -> None:
    """Sets the package that renders symbolic values.

    Args:
      provider: Returns an object with functions `default_html` and `view`, which take
        a value and options.
    """
    _providers.append(provider)


def use_presentations(package: str, load: Callable[[], Any]) -> None:
    """Sets the function that loads the views of the classes of a package.

    Args:
      package: Full name of the package.
      load: Called before the first object of one of its classes is shown.
    """
    _presentations[package] = load


def load_presentations(module: str) -> None:
    """Loads the views of the classes that a module defines, if any.

    Args:
      module: Full name of the module.
    """
    package = ".".join(module.split(".", 2)[:2])
    load = _presentations.pop(package, None)
    if load is not None:
        load()


class HtmlForm:
    """A value that `pg.to_html` and notebooks can render."""

    def to_html(self, **kwargs: Any) -> Any:
        """Returns the HTML of this value.

        Args:
          **kwargs: Options of `pg.to_html`.
        """
        return _providers[-1]().default_html(self, **kwargs)

    def to_html_str(self, *, content_only: bool = False, **kwargs: Any) -> str:
        """Returns the HTML of this value as text.

        Args:
          content_only: Whether to leave out styles and scripts.
          **kwargs: Options of `pg.to_html`.
        """
        return self.to_html(**kwargs).to_str(content_only=content_only)

    def _repr_html_(self) -> str:
        """Returns the HTML that a notebook displays."""
        return _providers[-1]().view(self).to_str()
