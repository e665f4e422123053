"""Wrapper base: the common base of symbolic versions of ordinary classes."""

import sys
from collections.abc import Callable
from typing import Any, ClassVar

from pyglove import utils
from pyglove.symbolic.compiled import object_layout
from pyglove.symbolic.compiled.compilation import REQUIRED
from pyglove.symbolic.node.node import SPECIAL
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.object.object_meta import ObjectMeta
from pyglove.symbolic.tree.wrapper_state import WITHOUT_INIT
from pyglove.utils.serialization.json_type import published_as

MISSING_VALUE = utils.MISSING_VALUE


class ClassWrapperMeta(ObjectMeta):
    """Metaclass of class wrappers."""

    def __repr__(cls) -> str:
        wrapped = cls.__dict__.get("sym_wrapped_cls")
        return super().__repr__() if wrapped is None else f"Symbolic[{wrapped!r}]"

    def __setattr__(cls, name: str, value: Any) -> None:
        # `dataclass` sets fields first, and then an `__init__` unless there is one.
        if name == "__dataclass_fields__":
            params: Any = cls.__dict__.get("__dataclass_params__")
            init = cls.__dict__.get("__init__")
            if params is not None and params.init and hasattr(init, "_sym_is_managed"):
                type.__delattr__(cls, "__init__")
        elif name == "__init__" and object_layout.is_user_function(value):
            if "__init__" not in cls.__dict__ and cls._sym_take_own_init(value):  # type: ignore[attr-defined]
                return
        super().__setattr__(name, value)


@published_as("pyglove.core.symbolic.class_wrapper.ClassWrapper")
class ClassWrapper(Object, metaclass=ClassWrapperMeta):
    """Base of symbolic versions of ordinary classes.

    A wrapper is a subclass of the wrapped class. Arguments of `__init__` become fields.
    The original `__init__` runs when the fields have values, and again after each
    change. It does not run while one of them is a placeholder or missing.

    `clone` and JSON construct an object anew from the same arguments. `copy` and
    `pickle` also keep its attributes, as code that uses the wrapped class expects.
    """

    allow_symbolic_attribute: ClassVar[bool] = False
    use_symbolic_comparison: ClassVar[bool] = False

    # The class that was wrapped; None for a subclass of a wrapper.
    sym_wrapped_cls: ClassVar[type | None] = None
    # The function that has made the wrapper, and its options.
    _wrap: ClassVar[Callable[..., Any] | None] = None
    _wrap_options: ClassVar[dict[str, Any]] = {}
    # Names of positional-only arguments.
    _positional_only: ClassVar[tuple[str, ...]] = ()
    # Whether annotations are enforced, and docstrings describe fields.
    auto_typing: ClassVar[bool] = False
    auto_doc: ClassVar[bool] = False

    @property
    def wrapped_cls_initialized(self) -> bool:
        """Whether the original `__init__` has run with the present arguments."""
        return not (self._sym_flags & SPECIAL and self.sym_abstract)

    @property
    def sym_wrapped(self) -> Any:
        """The object of the wrapped class."""
        return self

    @classmethod
    def _sym_take_own_init(cls, init: Any) -> bool:
        """Called when a subclass of a wrapper gets an `__init__` after its definition.

        Args:
          init: The `__init__`.

        Returns:
          Whether it becomes the original one, so that the attribute must not be set.
        """
        return False

    def _sym_portable_class(self) -> Any:
        """Returns the class in a form that can be pickled; see `restore`."""
        cls = type(self)
        wrapped = cls.sym_wrapped_cls
        if wrapped is None or _stands_for_its_name(cls):
            return cls
        return wrapped, cls.__serialization_key__, cls._wrap_options, cls._wrap


def _stands_for_its_name(cls: type) -> bool:
    """Returns whether `pickle` finds a class by its module and name."""
    found: Any = sys.modules.get(cls.__module__)
    for name in cls.__qualname__.split("."):
        found = getattr(found, name, None)
    return found is cls


def restore(cls: Any, values: dict[str, Any], flags: int) -> Any:
    """Creates an object that was pickled, without running its `__init__`.

    Args:
      cls: The class; or the arguments of `_find_wrapper` if the name of the wrapper
        refers to the wrapped class.
      values: Values by field.
      flags: Flags of the node.
    """
    if not isinstance(cls, type):
        cls = _find_wrapper(*cls)
    with WITHOUT_INIT.bind(True):
        node = cls._sym_from_fields({**values, "allow_partial": True})
    node._sym_flags = flags
    return node


def _find_wrapper(
    wrapped: type, key: str, options: dict[str, Any], wrap: Callable[..., Any]
) -> Any:
    """Returns the wrapper of a class, which this process may have to create."""
    found = utils.JSONConvertible.class_from_typename(key)
    if getattr(found, "sym_wrapped_cls", None) is wrapped:
        return found
    return wrap(wrapped, **options)


def call_arguments(
    cls: Any, values: dict[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """Splits values by field into arguments of the original `__init__`."""
    kwargs = {
        k: v for k, v in values.items() if v is not REQUIRED and v is not MISSING_VALUE
    }
    args: list[Any] = []
    if cls._positional_only:
        args = [kwargs.pop(name) for name in cls._positional_only if name in kwargs]
    arguments = cls.__schema__.metadata["init_arg_list"]
    if arguments and arguments[-1].startswith("*"):
        rest = kwargs.pop(arguments[-1][1:], ())
        if rest:
            args += [kwargs.pop(name) for name in arguments[:-1] if name in kwargs]
            args.extend(rest)
    return args, kwargs


def own_new(cls: Any) -> Any:
    """Returns the `__new__` of a class without the one of `apply_wrappers`."""
    new = cls.__new__
    while hasattr(new, "_sym_diverts"):
        new = new._sym_original
    return new


__all__ = [
    "ClassWrapper",
    "ClassWrapperMeta",
    "call_arguments",
    "own_new",
    "restore",
]
