"""Class wrappers: symbolic versions of classes that were not written for it."""

import inspect
import sys
import types
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, SupportsIndex

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compilation import REQUIRED
from pyglove.symbolic.node import REFERS, SPECIAL
from pyglove.symbolic.object import Object
from pyglove.symbolic.object_layout import is_user_function, managed
from pyglove.symbolic.object_meta import ObjectMeta, combined_metaclass
from pyglove.symbolic.object_schema import class_description
from pyglove.symbolic.wrapper_state import (
    MANAGED_PREFIX,
    WITHOUT_INIT,
    Stateful,
    state_of,
)
from pyglove.utils.json_type import published_as

MISSING_VALUE = utils.MISSING_VALUE


class ClassWrapperMeta(ObjectMeta):
    """Metaclass of class wrappers."""

    def __repr__(cls) -> str:
        wrapped = cls.__dict__.get("sym_wrapped_cls")
        return super().__repr__() if wrapped is None else f"Symbolic[{wrapped!r}]"


@published_as("pyglove.core.symbolic.class_wrapper.ClassWrapper")
class ClassWrapper(Object, metaclass=ClassWrapperMeta):
    """Base of symbolic versions of ordinary classes.

    A wrapper is a subclass of the wrapped class. Arguments of `__init__` become
    fields; the original `__init__` runs once they are bound to a program, and again
    after each change. As long as a placeholder or a missing value is among them, it
    does not run.

    `clone` and JSON make an object anew of the same arguments. `copy` and `pickle` also
    keep what has become of it, as code that knows the wrapped class expects.
    """

    allow_symbolic_attribute: ClassVar[bool] = False
    use_symbolic_comparison: ClassVar[bool] = False

    @property
    def sym_wrapped(self) -> Any:
        """The object of the wrapped class."""
        return self


class SubclassedWrapper(Stateful, ClassWrapper):
    """A wrapper that inherits from the class it wraps."""

    auto_schema: ClassVar[bool] = False

    # The class that was wrapped; None for a subclass of a wrapper.
    sym_wrapped_cls: ClassVar[type | None] = None
    # How to wrap that class again.
    _wrap_options: ClassVar[dict[str, Any]]
    # The `__init__` that the user wrote.
    _wrapped_init: ClassVar[Callable[..., None]]
    _reset_state_fn: ClassVar[Callable[[Any], None] | None] = None
    # Whether annotations are enforced, and docstrings describe fields.
    auto_typing: ClassVar[bool] = False
    auto_doc: ClassVar[bool] = False

    @property
    def wrapped_cls_initialized(self) -> bool:
        """Whether the original `__init__` has run with the present arguments."""
        return not (self._sym_flags & SPECIAL and self.sym_abstract)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "sym_wrapped_cls" not in cls.__dict__:
            cls.sym_wrapped_cls = None
        init = cls.__dict__.get("__init__")
        if is_user_function(init) and not hasattr(cls, "_wrapped_init"):
            super().__init_subclass__(**kwargs)
            return
        if is_user_function(init):
            # A subclass of a wrapper: its own `__init__` defines its fields.
            del cls.__init__
            cls._wrapped_init = init  # type: ignore[assignment]
            super().__init_subclass__(**kwargs)
            _apply_init_schema(cls, None)
            return
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "_wrapped_init"):
            _apply_init_schema(cls, None)

    @managed
    def __init__(self, *args: Any, **kwargs: Any):
        """Ends the chain of `super().__init__` calls of wrapped classes."""

    def _sym_foreign_init(self, cls: Any, values: dict[str, Any]) -> bool:
        """Runs the `__init__` of a base class, called through `super()`."""
        args, kwargs = _call_arguments(cls, values)
        cls._wrapped_init(self, *args, **kwargs)
        return True

    def _on_init(self) -> None:
        """Runs the original `__init__`, unless the state comes from elsewhere."""
        if not WITHOUT_INIT.open_count or not WITHOUT_INIT.get():
            self._on_bound()

    def _on_bound(self) -> None:
        """Runs the original `__init__`, unless the arguments are not a program."""
        if self._sym_flags & SPECIAL and self.sym_abstract:
            return
        cls = type(self)
        if cls._reset_state_fn is not None:
            cls._reset_state_fn(self)
        if self._sym_flags & REFERS:
            values = {k: self.sym_inferred(k) for k in self.sym_keys()}
        else:
            values = dict(self._sym_pairs())
        args, kwargs = _call_arguments(cls, values)
        cls._wrapped_init(self, *args, **kwargs)

    def _on_change(self, field_updates: Any) -> None:
        """Starts over with the changed arguments."""
        del field_updates
        if type(self)._reset_state_fn is None:
            state: dict[str, Any] = vars(self)
            for name in [k for k in state if not k.startswith(MANAGED_PREFIX)]:
                del state[name]
        self._on_bound()

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        _, (cls, values, flags) = super().__reduce_ex__(protocol)
        wrapped = cls.sym_wrapped_cls
        if wrapped is not None and not _stands_for_its_name(cls):
            cls = (wrapped, cls.__serialization_key__, cls._wrap_options)
        return _restore, (cls, values, flags), state_of(self)


def _stands_for_its_name(cls: type) -> bool:
    """Returns whether `pickle` finds a class by its module and name."""
    found: Any = sys.modules.get(cls.__module__)
    for name in cls.__qualname__.split("."):
        found = getattr(found, name, None)
    return found is cls


def _restore(cls: Any, values: dict[str, Any], flags: int) -> Any:
    """Makes an object whose `__init__` has run in another life.

    Args:
      cls: Its class; or arguments of `_find_wrapper` for one that is not where its name
        says, since the wrapped class is there.
      values: Its fields.
      flags: Its flags.
    """
    if not isinstance(cls, type):
        cls = _find_wrapper(*cls)
    with WITHOUT_INIT.bind(True):
        node = cls._sym_from_fields({**values, "allow_partial": True})
    node._sym_flags = flags
    return node


def _find_wrapper(wrapped: type, key: str, options: dict[str, Any]) -> Any:
    """Returns the wrapper of a class, which this process may not have made yet."""
    found = utils.JSONConvertible.class_from_typename(key)
    if getattr(found, "sym_wrapped_cls", None) is wrapped:
        return found
    return wrap(wrapped, **options)


def _call_arguments(
    cls: Any, values: dict[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """Splits values by field into arguments of the original `__init__`."""
    kwargs = {
        k: v for k, v in values.items() if v is not REQUIRED and v is not MISSING_VALUE
    }
    args: list[Any] = []
    arguments = cls.__schema__.metadata["init_arg_list"]
    if arguments and arguments[-1].startswith("*"):
        rest = kwargs.pop(arguments[-1][1:], ())
        if rest:
            args = [kwargs.pop(name) for name in arguments[:-1]]
            args.extend(rest)
    return args, kwargs


def _apply_init_schema(cls: Any, init_args: Any) -> None:
    """Makes the arguments of the original `__init__` the fields of a wrapper."""
    schema = _init_schema(cls, init_args)
    for field in schema.values():
        field.set_origin(cls)
    cls.apply_schema(schema)


def _init_schema(cls: Any, init_args: Any) -> pg_typing.Schema:
    init = cls._wrapped_init
    if init is object.__init__:
        schema = pg_typing.Schema(
            [], name=cls.__type_name__, allow_nonconst_keys=True, for_cls=cls
        )
        schema.metadata["init_arg_list"] = []
        return schema
    schema = pg_typing.schema(
        init,
        args=init_args,
        auto_typing=cls.auto_typing,
        auto_doc=cls.auto_doc,
        remove_self=True,
    )
    schema.set_name(cls.__type_name__)
    cls._sym_varkw_name = schema.metadata.get("varkw_name")
    for key in [k for k in schema.metadata if k != "init_arg_list"]:
        del schema.metadata[key]
    schema.set_description(class_description(cls))  # type: ignore[arg-type]
    return schema


def wrap(
    cls: type,
    init_args: Any = None,
    *,
    reset_state_fn: Callable[[Any], None] | None = None,
    repr: bool = True,
    eq: bool = False,
    class_name: str | None = None,
    module_name: str | None = None,
    auto_doc: bool = False,
    auto_typing: bool = False,
    serialization_key: str | None = None,
    additional_keys: list[str] | None = None,
    override: dict[str, Any] | None = None,
) -> Any:
    """Makes a symbolic version of a class.

    Args:
      cls: The class.
      init_args: Definitions of fields for arguments of its `__init__`, as for
        `pg.members`; others are inferred from the signature.
      reset_state_fn: Called with the object before its `__init__` runs. By default
        all attributes are removed when it runs again after a change.
      repr: Whether `repr` and `str` show the symbolic form.
      eq: Whether `==` and `hash` compare symbolically, unless the class has an
        `__eq__` of its own.
      class_name: Name of the new class; that of `cls` by default.
      module_name: Module of the new class; that of `cls` by default.
      auto_doc: Whether descriptions of fields come from docstrings.
      auto_typing: Whether annotations are enforced.
      serialization_key: Name of the new class in JSON documents.
      additional_keys: More names by which documents may know it.
      override: Attributes of the new class.

    Returns:
      A subclass of `cls` and `ClassWrapper`. A class that is symbolic already is
      returned as it is.

    Raises:
      TypeError: if `cls` is not a class.

    Example:
      >>> class Layer:
      ...     def __init__(self, units):
      ...         self.weights = [0.0] * units
      >>> SymbolicLayer = pg.wrap(Layer)
      >>> layer = SymbolicLayer(2)
      >>> len(layer.rebind(units=3).weights)
      3
    """
    if not isinstance(cls, type):
        raise utils.PyGloveTypeError(f"Class wrapper expects a class, got {cls!r}.")
    if issubclass(cls, Object):
        return cls
    options = {k: v for k, v in locals().items() if k != "cls" and v is not None}
    name = class_name or cls.__name__
    namespace: dict[str, Any] = {
        "__module__": module_name or cls.__module__,
        "__qualname__": class_name or cls.__qualname__,
        "__doc__": cls.__doc__,
        "sym_wrapped_cls": cls,
        "_wrap_options": options,
        "_reset_state_fn": (
            staticmethod(reset_state_fn) if reset_state_fn is not None else None
        ),
        "auto_typing": auto_typing,
        "auto_doc": auto_doc,
        "auto_register": False,
        "use_symbolic_comparison": eq,
    }
    namespace["__repr__"] = utils.Formattable.__repr__ if repr else cls.__repr__
    namespace["__str__"] = utils.Formattable.__str__ if repr else cls.__str__
    if eq and cls.__eq__ is object.__eq__:
        namespace["__eq__"] = Object.__eq__
        namespace["__ne__"] = Object.__ne__
        namespace["__hash__"] = Object.__hash__
    if cls.__setattr__ is not object.__setattr__:
        namespace["__setattr__"] = _guarded_setattr(cls)
    namespace.update(override or {})
    metaclass: Any = combined_metaclass(ClassWrapperMeta, cls)
    wrapper: Any = types.new_class(
        name,
        (cls, SubclassedWrapper),
        {"metaclass": metaclass},
        lambda body: body.update(namespace),
    )
    wrapper._wrapped_init = cls.__init__
    _apply_init_schema(wrapper, init_args)
    # Not before, for what cannot be laid out should not replace another class.
    wrapper.auto_register = True
    wrapper.register_for_deserialization(serialization_key, additional_keys)
    return wrapper


def all_wrappers() -> list[Any]:
    """Returns the classes that `wrap` has made and documents may name, in order."""
    known = dict.fromkeys(cls for _, cls in utils.registered_types())
    return [c for c in known if vars(c).get("sym_wrapped_cls") is not None]


def _guarded_setattr(cls: Any) -> Callable[[Any, str, Any], None]:
    """Returns a `__setattr__` that keeps symbolic state from that of a class.

    Classes such as neural network modules register the objects assigned to them;
    they must not see the parent of a node as a part of it.
    """
    original = cls.__setattr__

    def set_attribute(self: Any, name: str, value: Any) -> None:
        if name.startswith(MANAGED_PREFIX):
            object.__setattr__(self, name, value)
        else:
            original(self, name, value)

    set_attribute.__name__ = "__setattr__"
    return set_attribute


def wrap_module(
    module: types.ModuleType,
    names: Sequence[str] | None = None,
    where: Callable[[type], bool] | None = None,
    export_to: types.ModuleType | None = None,
    **kwargs: Any,
) -> list[Any]:
    """Makes symbolic versions of the classes of a module.

    Args:
      module: The module.
      names: Names of the classes; None for all.
      where: A predicate of classes that are to be wrapped.
      export_to: A module that gets the wrappers as attributes.
      **kwargs: Options of `wrap`.

    Returns:
      The wrappers.

    Raises:
      AttributeError: if the module has no attribute of a given name.
    """
    if export_to is not None:
        kwargs["module_name"] = export_to.__name__
    wrappers: dict[type, Any] = {}
    for name in names if names is not None else list(module.__dict__):
        cls = getattr(module, name)
        if not inspect.isclass(cls) or (where is not None and not where(cls)):
            continue
        if cls not in wrappers:
            wrappers[cls] = wrap(cls, **kwargs)
        if export_to is not None:
            setattr(export_to, name, wrappers[cls])
    return list(wrappers.values())


__all__ = ["ClassWrapper", "SubclassedWrapper", "wrap", "wrap_module"]
