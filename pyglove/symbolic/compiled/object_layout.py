"""Class layout: the properties and functions of a class, derived from its schema.

The layout is set when a class is defined, which is cheap. Its functions are compiled
when the first instance is created.
"""

import abc
import functools
import threading
import types
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compiled import object_runtime
from pyglove.symbolic.compiled.compilation import (
    STORAGE_PREFIX,
    CompiledRuntime,
    FieldPlan,
    compile_class,
    is_compilable,
)
from pyglove.symbolic.compiled.object_arguments import (
    assign_arguments,
    given_twice,
    init_signature,
    initialize,
    meant_class,
    split_arguments,
)
from pyglove.symbolic.compiled.object_form import reset_forms
from pyglove.symbolic.compiled.object_schema import complete_init_args
from pyglove.symbolic.node.conversion import convert
from pyglove.symbolic.node.copying import copy_node
from pyglove.symbolic.node.flag import SEALED as SEALED_SCOPE
from pyglove.symbolic.node.flag import WRITABLE_ACCESSORS
from pyglove.symbolic.node.node import (
    ATOMS,
    CONVERTERS,
    REFERS,
    SEALED,
    UNFINISHED,
    Node,
)
from pyglove.utils.class_info import own_annotations, static_attribute
from pyglove.utils.lazy_module import inspect
from pyglove.utils.lock import fork_safe

MISSING_VALUE = utils.MISSING_VALUE
_LIBRARY = __name__.partition(".")[0] + "."
# What an object has that forbids assignments, or stores values elsewhere.
_NOT_PLAIN = UNFINISHED | SEALED | REFERS
FunctionT = TypeVar("FunctionT", bound=Callable[..., None])


def apply_schema(cls: Any, schema: pg_typing.Schema) -> None:
    """Sets the layout of a class: storage and access of its fields.

    Args:
      cls: The class.
      schema: Its schema.
    """
    complete_init_args(cls, schema)
    cls.__schema__ = schema
    _convert_defaults(schema)
    specs = {str(k): f.value for k, f in schema.items() if k.is_const}
    cls._sym_specs = specs
    cls._sym_storage = {key: STORAGE_PREFIX + _identifier(key) for key in specs}
    cls._sym_has_dynamic = schema.dynamic_field is not None
    cls._sym_exact = ExactTypes(specs)
    if cls.allow_symbolic_attribute:
        if cls._sym_has_dynamic:
            if not hasattr(cls, "__getattr__"):
                cls.__getattr__ = cls._sym_get_dynamic
            if cls.__setattr__ is object.__setattr__:
                cls.__setattr__ = object_runtime.set_attribute
                cls.__delattr__ = object_runtime.delete_attribute
        make_property = hooked_property if reads_by_hook(cls) else field_property
        for key in specs:
            attribute = _implementation(cls, key)
            if attribute is None:
                if _field_owner(cls, key) is None:
                    setattr(cls, key, make_property(key))
            elif static_attribute(cls, key) is not attribute:
                setattr(cls, key, attribute)
    install_sym_getattr(cls)
    _install_stubs(cls)
    if getattr(cls, "__abstractmethods__", None):
        abc.update_abstractmethods(cls)


def _convert_defaults(schema: pg_typing.Schema) -> None:
    """Converts lists and dicts that are defaults to nodes; objects get copies."""
    for field in schema.values():
        spec = field.value
        if isinstance(spec, pg_typing.Dict) or not spec.type_resolved:
            continue
        if type(spec.default) in CONVERTERS:
            default = convert(None, None, spec, spec.default)
            spec.set_default(default, use_default_apply=False)


def _identifier(key: str) -> str:
    return key if key.isidentifier() else "".join(f"_{ord(c):x}" for c in key)


class ExactTypes(dict[str, frozenset[type]]):
    """The leaf types of each field that are stored without a check; filled on demand.

    Forward references can be resolved only after the class has been defined.
    """

    def __init__(self, specs: dict[str, pg_typing.ValueSpec]):
        super().__init__()
        self._specs = specs

    def __missing__(self, key: Any) -> frozenset[type]:
        spec = self._specs.get(key)
        if spec is None:
            return frozenset()
        types = exact_leaf_types(spec)
        if spec.type_resolved:
            self[key] = types
        return types


def exact_leaf_types(spec: pg_typing.ValueSpec | None) -> frozenset[type]:
    """Returns the atomic types of which a spec accepts all values unchanged."""
    if spec is None or spec.accepts_any:
        return ATOMS
    if spec.inline_condition("x") != "":
        return frozenset()
    exact: set[type] = set(spec.exact_types)
    return frozenset(exact.intersection(ATOMS))


def _implementation(cls: Any, key: str) -> Any:
    """Returns the class attribute that is read instead of a field, or None.

    Like any attribute, it is looked up in the method resolution order. But properties
    of base classes for fields that they inherit do not count, and neither do plain
    values, which are replaced by a field that is added to the class.
    """
    if key in cls.__dict__:
        attribute = cls.__dict__[key]
        if is_field_property(attribute) or _is_plain(cls, key, attribute):
            return None
        return attribute
    if key in own_annotations(cls):
        return None
    for base in cls.__mro__[1:]:
        attribute = base.__dict__.get(key, MISSING_VALUE)
        if attribute is MISSING_VALUE:
            continue
        if _is_plain(cls, key, attribute):
            return None
        if not is_field_property(attribute):
            is_abstract = getattr(attribute, "__isabstractmethod__", False)
            return (
                None if isinstance(attribute, property) and is_abstract else attribute
            )
        if _declares(base, key):
            return None
    return None


def _field_owner(cls: Any, key: str) -> Any:
    """Returns the base class whose property of a field another class uses, if any.

    An attribute that is set on that base, such as a mock, then affects its subclasses.
    """
    for base in cls.__mro__:
        if key in base.__dict__:
            if is_field_property(base.__dict__[key]) and (
                base is cls or _reads_alike(base, cls)
            ):
                return base
            return None
    return None


def _reads_alike(base: Any, cls: Any) -> bool:
    """Returns whether two classes read fields in the same way."""
    return (
        base._sym_context is cls._sym_context
        and hasattr(base, "__getattr__") == hasattr(cls, "__getattr__")
        and not reads_by_hook(base)
        and not reads_by_hook(cls)
    )


def _is_plain(cls: Any, key: str, attribute: Any) -> bool:
    """Returns whether an attribute is a plain value that a field replaces."""
    return not hasattr(type(attribute), "__get__") and _declares(cls, key)


def _declares(cls: Any, key: str) -> bool:
    """Returns whether a class itself declares one of its fields."""
    schema = cls.__dict__.get("__schema__")
    field = None if schema is None else schema.get(key)
    return field is not None and field.origin is cls


def is_field_property(attribute: Any) -> bool:
    """Returns whether a class attribute is the property of a field."""
    return isinstance(attribute, property) and hasattr(attribute.fset, "_sym_key")


_properties: dict[str, property] = {}


def field_property(key: str) -> property:
    """Returns the property for fields named `key` of classes not yet compiled."""
    found = _properties.get(key)
    if found is None:
        storage = STORAGE_PREFIX + _identifier(key)

        def get(node: Any) -> Any:
            try:
                return object.__getattribute__(node, storage)
            except AttributeError:
                return node._sym_absent(key)

        def set_(node: Any, value: Any) -> None:
            # What is most common; `set_field` does the same.
            if (
                type(value) in node._sym_exact[key]
                and node._sym_sets_directly
                and node._sym_writable
                and not node._sym_flags & _NOT_PLAIN
                and not (SEALED_SCOPE.is_open or WRITABLE_ACCESSORS.is_open)
            ):
                old = getattr(node, storage)
                if type(old) in ATOMS:
                    setattr(node, storage, value)
                    if node._sym_parent is not None or node._sym_listens:
                        object_runtime.announce(node, key, old, value)
                    return
            object_runtime.set_field(node, key, value)

        def delete(node: Any) -> None:
            node._sym_delete(key)

        set_._sym_key = key  # type: ignore[attr-defined]
        found = _properties[key] = property(get, set_, delete)
    return found


def reads_by_hook(cls: Any) -> bool:
    """Returns whether a class overrides a hook that affects reads of fields."""
    names = ("sym_inferred", "sym_getattr", "_sym_inferred", "_sym_getattr")
    return any(overrides(cls, name) for name in names)


def hooked_property(key: str) -> property:
    """Returns the property of a field whose reads go through `sym_inferred`."""
    plain = field_property(key)
    return property(lambda node: node.sym_inferred(key), plain.fset, plain.fdel)


def install_sym_getattr(cls: Any) -> None:
    """Gives a class a `sym_getattr` that reads stored values directly.

    The general `sym_getattr` is used if the class overrides hooks of it, and for a
    field without a stored value.

    Args:
      cls: The class, which has a layout.
    """
    general = getattr(cls.sym_getattr, "_sym_general", cls.sym_getattr)
    names = ("sym_getattr", "_sym_getattr", "_sym_rawget")
    if hasattr(cls, "__getattr__") or any(overrides(cls, name) for name in names):
        if general is not cls.sym_getattr:
            cls.sym_getattr = general
        return
    storage = cls._sym_storage

    @functools.wraps(general)
    def sym_getattr(self: Any, key: Any, default: Any = general.__defaults__[0]) -> Any:
        try:
            return getattr(self, storage[key])
        except (AttributeError, KeyError, TypeError):
            return general(self, key, default)

    sym_getattr._sym_general = general  # type: ignore[attr-defined]
    cls.sym_getattr = sym_getattr


class _InitStub:
    """The constructor of a class until its first instance is created.

    Its signature is computed on demand, since most classes never need it.
    """

    _sym_is_managed = True
    __name__ = "__init__"

    def __init__(self, cls: Any):
        self._cls = cls
        self.__qualname__ = f"{cls.__qualname__}.__init__"
        self.__module__ = cls.__module__

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self if instance is None else types.MethodType(self, instance)

    @property
    def __signature__(self) -> "inspect.Signature":
        return init_signature(self._cls, with_self=True)

    def __call__(self, _self: Any, /, *args: Any, **kwargs: Any) -> None:
        compile_layout(self._cls)
        self._cls.__dict__["__init__"](_self, *args, **kwargs)


def _install_stubs(cls: Any) -> None:
    """Gives a class functions that compile the class when first called."""

    def make(*values: Any) -> Any:
        compile_layout(cls)
        return cls._sym_make(*values)

    def clone_node(self: Any, deep: bool, memo: Any, parent: Any, key: Any) -> Any:
        compile_layout(cls)
        return cls._sym_clone_node(self, deep, memo, parent, key)

    def state(self: Any) -> Any:
        compile_layout(cls)
        return cls._sym_state(self)

    reset_forms(cls)
    if not keeps_init(cls):
        cls.__init__ = _InitStub(cls)
    clone_node._sym_is_default = True  # type: ignore[attr-defined]
    cls._sym_is_compiled = False
    cls._sym_make = staticmethod(make)
    cls._sym_state = state
    cls._sym_clone_node = (
        object_runtime.clone_by_hook if overrides(cls, "_sym_clone") else clone_node
    )


def overrides(cls: Any, name: str) -> bool:
    """Returns whether a class has its own version of a default method."""
    return not getattr(getattr(cls, name), "_sym_is_default", False)


def keeps_init(cls: Any) -> bool:
    """Returns whether a class has a constructor that must not be replaced."""
    if cls._sym_inherits_init or is_user_function(cls.__dict__.get("__init__")):
        return True
    for base in cls.__mro__:
        init = base.__dict__.get("__init__")
        if init is not None and not is_user_function(init):
            return False
        if getattr(init, "__explicit_override__", False):
            return True
    return False


def plain_base_init(cls: Any) -> Any:
    """Returns the first constructor of a base class that is not symbolic, if any."""
    mro = cls.__mro__
    last = max(i for i, base in enumerate(mro) if issubclass(base, Node))
    for base in mro[last + 1 : -1]:
        init = base.__dict__.get("__init__")
        if init is not None and base.__module__ != "typing":
            return init
    return None


def managed(init: FunctionT) -> FunctionT:
    """Marks a constructor that is replaced in subclasses."""
    function: Any = init
    function._sym_is_managed = True
    return init


def is_user_function(function: Any) -> bool:
    """Returns whether a function in a class body was written by the user."""
    return function is not None and not hasattr(function, "_sym_is_managed")


_compile_lock = fork_safe(threading.RLock())


def compile_layout(cls: Any) -> None:
    """Compiles a class and replaces its stubs."""
    with _compile_lock:
        if not cls.__dict__["_sym_is_compiled"]:
            _compile(cls)
            cls._sym_is_compiled = True


def _compile(cls: Any) -> None:
    specs = cls._sym_specs
    arguments = cls.__schema__.metadata["init_arg_list"]
    if not is_compilable(list(specs)) or any(a.startswith("*") for a in arguments):
        _install_interpreted(cls, arguments)
        return
    functions = compile_class(
        cls,
        [FieldPlan(k, cls._sym_storage[k], specs[k]) for k in specs],
        arguments,
        cls._sym_initial_flags,
        _RUNTIME,
    )
    is_hooked = reads_by_hook(cls)
    for key in specs:
        getter = functions.pop("get_" + key)
        attribute = static_attribute(cls, key)
        if is_field_property(attribute) and not is_hooked:
            owner = _field_owner(cls, key) or cls
            setattr(owner, key, property(getter, attribute.fset, attribute.fdel))
    _install(cls, functions)


def _initialize(
    node: Any,
    values: dict[str, Any],
    options: dict[str, Any],
    cls: Any,
    surplus: Sequence[Any],
) -> None:
    """Initializes an object, whose class is compiled first if necessary."""
    own = type(node)
    if own is not cls and not own._sym_is_compiled:
        compile_layout(own)
    initialize(node, values, options, cls, surplus)


_RUNTIME: CompiledRuntime = {**object_runtime.RUNTIME, "initialize": _initialize}


def _install(cls: Any, functions: dict[str, Any]) -> None:
    if keeps_init(cls):
        del functions["__init__"]
    else:
        functions["__init__"]._sym_is_managed = True
        functions["__init__"].__signature__ = init_signature(cls, with_self=True)
    if overrides(cls, "_sym_clone"):
        functions["_sym_clone_node"] = object_runtime.clone_by_hook
    elif _is_told_of_fields(cls):
        functions["_sym_clone_node"] = _cloned_for_a_field(functions["_sym_clone_node"])
    for name, function in functions.items():
        setattr(cls, name, function)


def _is_told_of_fields(cls: Any) -> bool:
    """Returns whether a class wants to know for which fields its objects are."""
    if not issubclass(cls, pg_typing.CustomTyping):
        return False
    # Values of the library ask for nothing that a copy would not have.
    return not cls.custom_apply.__module__.startswith(_LIBRARY)


def _cloned_for_a_field(clone: Callable[..., Any]) -> Callable[..., Any]:
    """Returns a function that copies an object and tells the copy of its field."""

    def clone_node(node: Any, deep: bool, memo: Any, parent: Any, key: Any) -> Any:
        new = clone(node, deep, memo, parent, key)
        if parent is not None:
            field = parent.sym_attr_field(key)
            if field is not None:
                path = utils.KeyPath(key, parent.sym_path)
                new.custom_apply(path, field.value, allow_partial=True)
        return new

    return clone_node


def _install_interpreted(cls: Any, arguments: Sequence[str]) -> None:
    """Gives a class interpreted functions, for any names and variadic arguments."""
    names, rest = split_arguments(arguments)

    def init(_self: Any, *args: Any, **kwargs: Any) -> None:
        own, positional, variadic = cls, names, rest
        if type(_self) is not cls and not type(_self)._sym_is_compiled:
            compile_layout(type(_self))
        if type(_self) is not cls and meant_class(_self, cls) is not cls:
            own = type(_self)
            positional, variadic = split_arguments(
                own.__schema__.metadata["init_arg_list"]
            )
        values = assign_arguments(own, positional, variadic, args, kwargs)
        if variadic is not None and variadic not in kwargs:
            values.setdefault(variadic, [])
        elif variadic is not None and args:
            raise given_twice(own, variadic, [], kwargs[variadic])
        object_runtime.initialize(_self, values, kwargs, cls)

    def make(*values: Any) -> Any:
        return object_runtime.make(cls, values)

    def state(self: Any) -> Any:
        return tuple(object_runtime.raw_get(self, k) for k in cls._sym_specs)

    functions = {
        "__init__": init,
        "_sym_make": staticmethod(make),
        "_sym_clone_node": copy_node,
        "_sym_state": state,
    }
    _install(cls, functions)
