"""Class wrappers: symbolic versions of ordinary classes."""

import types
from collections.abc import Callable, Sequence
from typing import Any

from pyglove import utils
from pyglove.symbolic.adapter.compound_delegation import plain_new
from pyglove.symbolic.adapter.subclassed_wrapper import (
    SubclassedWrapper,
    WrapperOfNew,
    guarded_setattr,
)
from pyglove.symbolic.adapter.wrapper_base import (
    ClassWrapper,
    ClassWrapperMeta,
    own_new,
)
from pyglove.symbolic.adapter.wrapper_by_new import (
    derive_wrapper_by_new,
    made_repr,
    made_str,
)
from pyglove.symbolic.adapter.wrapper_schema import apply_init_schema, apply_new_schema
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.object.object_meta import combined_metaclass
from pyglove.utils.lazy_module import inspect


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
    """Creates a symbolic version of a class.

    Args:
      cls: The class.
      init_args: Definitions of fields for arguments of its `__init__`, as for
        `pg.members`; others are inferred from the signature.
      reset_state_fn: Called with the object before its `__init__` runs. By default
        all attributes are removed before it runs again after a change.
      repr: Whether `repr` and `str` show the symbolic form.
      eq: Whether `==` and `hash` compare symbolically, unless the class defines
        `__eq__`.
      class_name: Name of the new class; by default the name of `cls`.
      module_name: Module of the new class; by default the module of `cls`.
      auto_doc: Whether descriptions of fields come from docstrings.
      auto_typing: Whether annotations are enforced.
      serialization_key: Name of the new class in JSON documents.
      additional_keys: Other names of the new class in JSON documents.
      override: Attributes of the new class.

    Returns:
      A subclass of `cls` and `ClassWrapper`. A class that is symbolic already is
      returned as it is.

    Raises:
      TypeError: if `cls` is not a class.
      KeyError: if `init_args` names an argument that does not exist.
      ValueError: if `init_args` is given for a class without arguments, or the first
        argument of `__init__` is not `self`.

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
        raise utils.PyGloveTypeError(f"Expected a class to wrap, got {cls!r}.")
    if issubclass(cls, Object):
        return cls
    options = {k: v for k, v in locals().items() if k != "cls" and v is not None}
    namespace: dict[str, Any] = {
        "__module__": module_name or cls.__module__,
        "__qualname__": class_name or cls.__qualname__,
        "__doc__": cls.__doc__,
        "sym_wrapped_cls": cls,
        "_wrap": staticmethod(wrap),
        "_wrap_options": options,
        "auto_typing": auto_typing,
        "auto_doc": auto_doc,
        "auto_register": False,
        "use_symbolic_comparison": eq,
    }
    if eq and cls.__eq__ is object.__eq__:
        namespace["__eq__"] = Object.__eq__
        namespace["__ne__"] = Object.__ne__
        namespace["__hash__"] = Object.__hash__
    shown = utils.Formattable if repr else cls
    name = class_name or cls.__name__
    if cls.__init__ is object.__init__ and own_new(cls) is not object.__new__:
        namespace["__repr__"] = shown.__repr__ if repr else made_repr
        namespace["__str__"] = shown.__str__ if repr else made_str
        wrapper = derive_wrapper_by_new(cls, name, namespace, override or {})
        apply_new_schema(wrapper, cls, init_args)
    else:
        namespace["__repr__"] = shown.__repr__
        namespace["__str__"] = shown.__str__
        namespace["_reset_state_fn"] = (
            staticmethod(reset_state_fn) if reset_state_fn is not None else None
        )
        wrapper = _derive_subclassed_wrapper(cls, name, namespace, override or {})
        apply_init_schema(wrapper, wrapper._wrapped_init, init_args)
    # Registered last, so that a class with an error does not replace another one.
    wrapper.auto_register = True
    wrapper.register_for_deserialization(serialization_key, additional_keys)
    return wrapper


def _derive_subclassed_wrapper(
    cls: Any, name: str, namespace: dict[str, Any], override: dict[str, Any]
) -> Any:
    """Returns a wrapper of a class that has an `__init__`, without fields."""
    if cls.__setattr__ is not object.__setattr__:
        namespace["__setattr__"] = guarded_setattr(cls)
    base: type = SubclassedWrapper
    new = own_new(cls)
    if inspect.isfunction(new):
        base = WrapperOfNew
        namespace["__new__"] = plain_new(cls)
        namespace["_wrapped_new"] = staticmethod(new)
    namespace.update(override)
    wrapper: Any = types.new_class(
        name,
        (cls, base),
        {"metaclass": combined_metaclass(ClassWrapperMeta, cls)},
        lambda body: body.update(namespace),
    )
    wrapper._wrapped_init = cls.__init__
    return wrapper


def all_wrappers() -> list[Any]:
    """Returns the wrappers that documents can name, in order of their creation."""
    known = dict.fromkeys(cls for _, cls in utils.registered_types())
    return [c for c in known if vars(c).get("sym_wrapped_cls") is not None]


def wrap_module(
    module: Any,
    names: Sequence[str] | None = None,
    where: Callable[[type], bool] | None = None,
    export_to: types.ModuleType | None = None,
    **kwargs: Any,
) -> list[Any]:
    """Creates symbolic versions of the classes of a module.

    Args:
      module: The module, or any object with classes as attributes.
      names: Names of the classes; None for all.
      where: A predicate of the classes to wrap.
      export_to: A module to which the wrappers are added.
      **kwargs: Options of `wrap`.

    Returns:
      The wrappers.

    Raises:
      AttributeError: if the module has no attribute of a given or listed name.
    """
    if export_to is not None:
        kwargs["module_name"] = export_to.__name__
    wrappers: dict[type, Any] = {}
    if names is None:
        # For an object that acts as a module, `dir` also lists attributes of its class.
        names = [n for n in dir(module) if not (n[:2] == "__" and n[-2:] == "__")]
    for name in names:
        cls = getattr(module, name)
        if not inspect.isclass(cls) or (where is not None and not where(cls)):
            continue
        if cls not in wrappers:
            wrappers[cls] = wrap(cls, **kwargs)
        if export_to is not None:
            setattr(export_to, name, wrappers[cls])
    return list(wrappers.values())


__all__ = ["ClassWrapper", "SubclassedWrapper", "all_wrappers", "wrap", "wrap_module"]
