"""The registry of patchers by name."""

import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.patching.uri import parse_uri, parse_value

if TYPE_CHECKING:
    from pyglove.patching.rule import Patcher


class _Entry(NamedTuple):
    """A class of patchers, and its arguments in URIs.

    Attributes:
      cls: The class.
      specs: Value specs of the arguments, by name.
      positional: The names of positional arguments.
    """

    cls: Any
    specs: dict[str, pg_typing.ValueSpec]
    positional: list[str]

    @classmethod
    def of(cls, patcher_class: Any) -> "_Entry":
        """Returns the entry of a class, whose first argument is the value to patch."""
        schema = patcher_class.__schema__
        target, *positional = patcher_class.init_arg_list
        variadic = {n[1:] for n in positional if n.startswith("*")}
        specs = {
            str(key): field.value
            for key, field in schema.items()
            if key.is_const and key != target and key not in variadic
        }
        return cls(patcher_class, specs, [n for n in positional if n in specs])


class _Registry:
    """Classes of patchers by name.

    Attributes:
      allows_repetition: Whether a name may be registered again.
    """

    def __init__(self) -> None:
        self.allows_repetition = True
        self._entries: dict[str, _Entry] = {}
        self._lock = threading.Lock()

    def add(self, name: str, cls: Any) -> None:
        """Adds a class under a name."""
        with self._lock:
            if name in self._entries and not self.allows_repetition:
                raise utils.PyGloveKeyError(
                    f"Expected a new name for a patcher, got {name!r}, which is taken. "
                    "Choose another name, or call "
                    "`pg.patching.allow_repeated_patcher_registration()` to replace it."
                )
            self._entries[name] = _Entry.of(cls)

    def get(self, name: str) -> _Entry:
        """Returns the class of a name."""
        entry = self._entries.get(name)
        if entry is None:
            raise utils.PyGloveKeyError(
                f"Expected the name of a registered patcher, got {name!r}. Registered "
                f"are {self.names()!r}."
            )
        return entry

    def names(self) -> list[str]:
        """Returns the names in the order of their first registration."""
        return list(self._entries)


_registry = _Registry()


def register_patcher(name: str, cls: Any) -> None:
    """Registers a class of patchers.

    Args:
      name: The name.
      cls: The class.

    Raises:
      KeyError: The name is taken, and may not be registered again.
    """
    _registry.add(name, cls)


def allow_repeated_patcher_registration(allow: bool = True) -> None:
    """Sets whether a patcher may replace another one of the same name.

    By default it may, so that cells of a notebook can run twice.

    Args:
      allow: If False, registering a name twice is an error.

    Example:
      >>> import pyglove.patching as patching
      >>> patching.allow_repeated_patcher_registration(False)
      >>> patching.allow_repeated_patcher_registration()
    """
    _registry.allows_repetition = allow


def patcher_names() -> list[str]:
    """Returns the names of all patchers that `pg.patcher` registered.

    Example:
      >>> import pyglove.patching as patching
      >>> @patching.patcher()
      ... def darken(image):
      ...     return {'brightness': 0.5}
      >>> 'darken' in patching.patcher_names()
      True
    """
    return _registry.names()


def from_uri(uri: str) -> "Patcher":
    """Creates a patcher from its URI.

    The name must be registered. The value specs of the arguments define how text is
    converted: to integers, floats, booleans (`true`, `yes`, `1`, `false`, `no` or `0`),
    strings, which may be quoted (`"None"`), `None`, or lists of them, whose items are
    separated by colons (`sizes=8:16`). Nothing is imported or evaluated.

    Args:
      uri: The name of the patcher, optionally followed by a question mark and
        arguments, which are separated by ampersands, positional ones first:
        `'resize?8&unit=px'`. The value to patch is not an argument.

    Returns:
      The patcher.

    Raises:
      TypeError: It is not a string, or an argument is given twice.
      ValueError: It is not of this form, or a value is not accepted.
      KeyError: There is no such patcher, or it has no such argument.

    Example:
      >>> import pyglove as pg
      >>> import pyglove.patching as patching
      >>> @patching.patcher([('size', pg.typing.Int(min_value=1))])
      ... def resize(image, size):
      ...     return {'width': size, 'height': size}
      >>> patching.from_uri('resize?size=8').patch(pg.Dict(width=2, height=1))
      {width=8, height=8}
    """
    name, args, kwargs = parse_uri(uri)
    cls, specs, positional = _registry.get(name)
    if len(args) > len(positional):
        raise utils.PyGloveKeyError(
            f"Expected at most {len(positional)} positional arguments {positional!r} "
            f"for patcher {name!r}, got {args!r}."
        )
    texts = dict(zip(positional, args, strict=False))
    for key, text in kwargs.items():
        if key not in specs:
            raise utils.PyGloveKeyError(
                f"Expected one of the arguments {list(specs)!r} of patcher {name!r}, "
                f"got {key!r}."
            )
        if key in texts:
            raise utils.PyGloveTypeError(
                f"Expected one value for argument {key!r} of patcher {name!r}, got "
                f"{texts[key]!r} and {text!r}."
            )
        texts[key] = text
    values = {k: _checked_value(name, k, t, specs[k]) for k, t in texts.items()}
    patcher: Patcher = cls(**values)
    return patcher


def _checked_value(name: str, key: str, text: str, spec: pg_typing.ValueSpec) -> Any:
    def path() -> utils.KeyPath:
        return utils.KeyPath([name, key])

    value = parse_value(text, spec, path)
    # The constructor also checks it, but without the name of the patcher.
    spec.apply(value, root_path=path)
    return value
