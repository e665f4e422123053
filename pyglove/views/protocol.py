"""View: a way to render values, which classes extend for their own objects."""

import abc
import contextlib
import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from pyglove import utils
from pyglove.utils import KeyPath
from pyglove.views.content import Content

# Tells whether a node is meant, by its path, its value and its parent.
NodeFilter = Callable[[KeyPath, Any, Any], bool]

_OPTIONS = "__pyglove_view_options__"
_classes: dict[str, type["View"]] = {}


@functools.lru_cache(maxsize=4096)
def _takes_view(function: Any) -> bool:
    """Whether a method of an extension has a `view` argument."""
    parameters = inspect.signature(function).parameters
    return "view" in parameters or any(
        p.kind is p.VAR_KEYWORD for p in parameters.values()
    )


class Extension:
    """Base of the classes whose objects say how a view renders them.

    Each view has an `Extension` of its own, with the methods that a class may override.
    """

    @classmethod
    def supported_view_classes(cls) -> set[type["View"]]:
        """Returns the registered views whose extension this class is."""
        return {
            view_class
            for view_class in _classes.values()
            if view_class.Extension is not Extension
            and issubclass(cls, view_class.Extension)
        }


class View(metaclass=abc.ABCMeta):
    """A way to render values of any kind into a content.

    A concrete view has a `VIEW_ID`, by which `pg.view` finds it, and usually an
    `Extension`, whose methods take over for objects of the classes that inherit it.

    Args:
      **kwargs: Accepted for subclasses; this class has no options.

    Example:
      >>> class Shout(pg.View):
      ...     VIEW_ID = 'doc-shout'
      ...     class Extension(pg.View.Extension):
      ...         def _shout(self, *, view, **kwargs):
      ...             return view.render(self, **kwargs)
      ...     @pg.View.extension_method('_shout')
      ...     def render(self, value, *, name=None, root_path=None, **kwargs):
      ...         return pg.Html(str(value).upper())
      >>> class Quiet(Shout.Extension):
      ...     def _shout(self, *, view, **kwargs):
      ...         return pg.Html('psst')
      >>> [pg.view(v, view_id='doc-shout').content for v in ('hi', Quiet())]
      ['HI', 'psst']
    """

    VIEW_ID: ClassVar[Any] = None
    Extension: ClassVar[Any] = Extension

    def __init__(self, **kwargs: Any) -> None:
        # The methods of extensions that are running: their calls of the view's method
        # for the same value are meant for the view itself.
        self._running: set[tuple[int, str]] = set()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if inspect.isabstract(cls):
            return
        if cls.VIEW_ID is None:
            raise ValueError(
                f"expected a `VIEW_ID` in the view {cls.__name__}, got none: give the "
                "class one, or leave a method abstract"
            )
        _classes[cls.VIEW_ID] = cls

    @abc.abstractmethod
    def render(
        self,
        value: Any,
        *,
        name: str | None = None,
        root_path: KeyPath | None = None,
        **kwargs: Any,
    ) -> Content:
        """Renders a value.

        Args:
          value: The value.
          name: The name by which its container has it.
          root_path: Its path in the tree that is shown.
          **kwargs: Options of the view.
        """

    @classmethod
    def dir(cls) -> dict[str, type["View"]]:
        """Returns the registered views that are of this class, by `VIEW_ID`."""
        return {
            view_id: view_class
            for view_id, view_class in _classes.items()
            if issubclass(view_class, cls)
        }

    @staticmethod
    def create(view_id: str, **kwargs: Any) -> "View":
        """Creates a view.

        Args:
          view_id: The `VIEW_ID` of its class.
          **kwargs: Arguments of the class.

        Raises:
          ValueError: No view has this id.
        """
        view_class = _classes.get(view_id)
        if view_class is None:
            raise ValueError(
                f"expected the `VIEW_ID` of a view, one of {sorted(_classes)}, "
                f"got {view_id!r}"
            )
        return view_class(**kwargs)

    @classmethod
    def extension_method(cls, method_name: str) -> Any:
        """Returns a decorator that lets extensions take over a method of a view.

        The method has an argument `value`. Where that is an extension with a method
        `method_name`, this is called instead, with the view as `view` (if it takes
        that) and the other arguments by name. What it calls of the view for the same
        value is the view's own method.

        Args:
          method_name: The name of the method of extensions.

        Raises:
          TypeError: The decorated method has no argument `value`.
        """

        def decorate(method: Any) -> Any:
            names = list(inspect.signature(method).parameters)
            if "value" not in names:
                raise TypeError(
                    "expected an argument `value`, which decides whose method is "
                    f"called, in {method.__qualname__}, got {names}"
                )

            @functools.wraps(method)
            def dispatch(self: Any, *args: Any, **kwargs: Any) -> Any:
                value = args[0] if args else kwargs.get("value")
                if isinstance(value, Extension):
                    own = getattr(value, method_name, None)
                    key = (id(value), method_name)
                    running = self._running
                    if own is not None and key not in running:
                        arguments = dict(zip(names[1:], args, strict=False)) | kwargs
                        del arguments["value"]
                        if _takes_view(getattr(own, "__func__", own)):
                            arguments["view"] = self
                        running.add(key)
                        try:
                            return own(**arguments)
                        finally:
                            running.discard(key)
                return method(self, *args, **kwargs)

            return dispatch

        return decorate


def view(
    value: Any,
    *,
    name: str | None = None,
    root_path: KeyPath | None = None,
    view_id: str = "html-tree-view",
    **kwargs: Any,
) -> Any:
    """Renders a value by a view.

    Args:
      value: The value. What is a content already is returned as it is.
      name: The name of the value, if it has one.
      root_path: The path of the value in its tree.
      view_id: The id of the view; `pg.View.dir()` has them all.
      **kwargs: Options of the view, which come before those of `pg.view_options`.

    Returns:
      The content that the view makes.

    Raises:
      ValueError: No view has this id.

    Example:
      >>> pg.view(1).content
      '<span class="simple-value int">1</span>'
    """
    if isinstance(value, Content):
        return value
    options = {**utils.thread_local_get(_OPTIONS, {}), **kwargs}
    return View.create(view_id).render(
        value, name=name, root_path=root_path or KeyPath(), **options
    )


@contextlib.contextmanager
def view_options(**kwargs: Any) -> Iterator[dict[str, Any]]:
    """Sets options of the views that render values in the scope.

    Args:
      **kwargs: Options of `pg.view`. Those of an inner scope come first.

    Yields:
      All options that hold in the scope.

    Example:
      >>> with pg.view_options(enable_summary=False):
      ...     pg.view({}).content
      '<div class="complex-value dict"><span class="empty-container"></span></div>'
    """
    options = {**utils.thread_local_get(_OPTIONS, {}), **kwargs}
    with utils.thread_local_value_scope(_OPTIONS, options, {}):
        yield options
