"""The registry of the names of classes in JSON."""

import contextlib
import weakref
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from pyglove.utils.error import PyGloveKeyError
from pyglove.utils.scope import Scope

T = TypeVar("T")

# The prefixes of the names of classes in older files.
_PUBLISHED_PREFIXES = ("pyglove.core.", "pyglove.ext.")


class TypeRegistry:
    """Maps type names in documents to classes and back.

    There is one registry per process. Untrusted documents can only load registered
    classes.
    """

    def __init__(self) -> None:
        self._classes: dict[str, type[Any]] = {}
        # A class whose name another one has taken is not kept alive.
        self._names: weakref.WeakKeyDictionary[type[Any], str]
        self._names = weakref.WeakKeyDictionary()
        self._module_aliases: dict[str, str] = {}
        self._modules: set[str] = set()
        self._providers: dict[str, Callable[[], Any]] = {}
        # What makes objects of classes, by name: whoever loads documents fills it.
        self.loaders: dict[str, Callable[..., Any]] = {}
        self._scoped_types: Scope[dict[str, type[Any]]] = Scope("loadable_types", {})

    def register(
        self, type_name: str, cls: type[Any], override_existing: bool = False
    ) -> None:
        """Registers the name of a class in documents.

        Args:
          type_name: The name, usually the module and qualified name of the class.
          cls: The class.
          override_existing: If True, a class registered under this name before is
            replaced.

        Raises:
          KeyError: The name is taken by another class.
        """
        present = self._classes.get(type_name)
        if present is not None and present is not cls and not override_existing:
            raise PyGloveKeyError(
                f"Expected a new name for {cls!r}, got {type_name!r}, the name of "
                f"{present!r}. Pass `override_existing=True` to replace it."
            )
        self._classes[type_name] = cls
        self.loaders.clear()
        self._modules.add(cls.__module__)

    def rename(self, cls: type[Any], type_name: str) -> None:
        """Replaces the name under which a class is written and read."""
        former_name = self._names.get(cls)
        if former_name is not None and self._classes.get(former_name) is cls:
            del self._classes[former_name]
            self.loaders.clear()
        self.register(type_name, cls, override_existing=True)
        self._names[cls] = type_name

    def write_as(self, cls: type[Any], type_name: str) -> None:
        """Sets the name under which a class is written, besides those it is read by.

        Args:
            cls: The class.
            type_name: The name. The class is read by it, too, if no other class is.
        """
        self._classes.setdefault(type_name, cls)
        self._names[cls] = type_name

    def name_of(self, cls: type[Any]) -> str:
        """Returns the name under which a class is written."""
        name = self._names.get(cls)
        if name is None:
            name = getattr(cls, "__serialization_key__", None) or qualified_name(cls)
            self._names[cls] = name
        return name

    def is_registered(self, type_name: str) -> bool:
        """Whether a class is registered under a name (aliases do not count).

        Abstract classes do not count: they have no instances.
        """
        cls = self._classes.get(type_name)
        return cls is not None and not getattr(cls, "__abstractmethods__", None)

    def is_class_registered(self, cls: type[Any]) -> bool:
        """Whether a class is registered, under whatever name it is written."""
        return self._classes.get(self.name_of(cls)) is cls

    def has_module(self, module_name: str) -> bool:
        """Whether a registered class is defined in a module."""
        return module_name in self._modules

    def class_from_typename(self, type_name: str) -> type[Any] | None:
        """Finds the class of a name, including module aliases.

        Args:
          type_name: The name.

        Returns:
          The class, or None.
        """
        cls = self._classes.get(type_name)
        if cls is None:
            if self._scoped_types.open_count:
                scoped = self._scoped_types.get()
                cls = scoped.get(type_name.rpartition(".")[2])
            if cls is None and self._module_aliases:
                cls = self._classes.get(self.resolve_alias(type_name))
            if cls is None and self._load_provider(type_name):
                return self.class_from_typename(type_name)
        return cls

    def add_provider(self, type_names: Iterable[str], load: Callable[[], Any]) -> None:
        """Registers a function that loads classes when a document names them.

        Args:
          type_names: The names of the classes. No other name loads anything.
          load: Loads the package of the library that registers the classes.
        """
        self._providers.update(dict.fromkeys(type_names, load))

    def _load_provider(self, type_name: str) -> bool:
        """Loads the package that registers a class under a name, if there is one."""
        load = self._providers.pop(type_name, None)
        if load is None:
            return False
        load()
        return True

    def is_scoped(self, symbol: Any) -> bool:
        """Whether a `loadable` block around the caller names this class."""
        return bool(
            self._scoped_types.open_count
            and any(symbol is cls for cls in self._scoped_types.get().values())
        )

    def items(self) -> Iterable[tuple[str, type[Any]]]:
        """Returns all names with their classes."""
        return self._classes.items()

    def add_module_alias(self, module: str, alias: str | Sequence[str]) -> None:
        """Registers alternative names of a module in documents.

        Args:
          module: The current name of the module.
          alias: The alternative name or names, such as a former name.
        """
        for name in (alias,) if isinstance(alias, str) else alias:
            self._module_aliases[name] = module
        self.loaders.clear()

    def resolve_alias(self, name: str) -> str:
        """Replaces the longest module alias that a dotted name starts with."""
        prefix = name
        while prefix:
            module = self._module_aliases.get(prefix)
            if module is not None:
                return module + name[len(prefix) :]
            prefix = prefix.rpartition(".")[0]
        return name

    def loadable(
        self, types: Sequence[type[Any]]
    ) -> contextlib.AbstractContextManager[dict[str, type[Any]]]:
        """Makes classes loadable within a `with` block, registered or not.

        Args:
          types: The classes. Documents may use their names without module.

        Returns:
          A context manager that yields all classes made loadable, by name.
        """
        added = {cls.__name__: cls for cls in types}
        return self._scoped_types.bind({**self._scoped_types.get(), **added})


TYPE_REGISTRY = TypeRegistry()


def qualified_name(symbol: Any) -> str:
    """Returns the module and qualified name of a class or function."""
    return f"{symbol.__module__}.{symbol.__qualname__}"


def publish(cls: Any, type_name: str) -> bool:
    """Stores the name of a class in older files, if a name is one.

    Args:
      cls: The class.
      type_name: A name of the class in documents.

    Returns:
      Whether it is such a name.
    """
    if not type_name.startswith(_PUBLISHED_PREFIXES):
        return False
    cls._published_name = type_name
    return True


def published_as(type_name: str) -> Callable[[type[T]], type[T]]:
    """Sets the name of a class to that in older files.

    Args:
      type_name: The name, which replaces that of the class.

    Returns:
      A class decorator.
    """

    def decorate(cls: type[T]) -> type[T]:
        TYPE_REGISTRY.rename(cls, type_name)
        publish(cls, type_name)
        return cls

    return decorate
