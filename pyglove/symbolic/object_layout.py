"""Layout: from the annotations of a class to its fields, properties and functions.

A class is laid out when it is defined, which is cheap, and compiled when the first
instance is made.
"""

import inspect
import keyword
import re
import sys
import threading
import types
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic import object_runtime
from pyglove.symbolic.binding import convert
from pyglove.symbolic.compilation import (
    STORAGE_PREFIX,
    FieldPlan,
    compile_class,
    is_compilable,
)
from pyglove.symbolic.node import ATOMS, CONVERTERS, Node
from pyglove.symbolic.object_form import reset_forms

MISSING_VALUE = utils.MISSING_VALUE
FunctionT = TypeVar("FunctionT", bound=Callable[..., None])


def infer_fields(cls: Any) -> list[pg_typing.Field]:
    """Returns the fields that the body of a class declares.

    Annotated attributes become fields, unless their names are private or those of
    constants (all in capitals). A class attribute with the name of an
    inherited field gives that field a new default; a method with the name of a
    callable field implements it.

    Args:
      cls: The class, its body executed.

    Raises:
      TypeError: if a default does not fit its annotation, or a final field has none.
    """
    fields = []
    annotations = {
        name: annotation
        for name, annotation in inspect.get_annotations(cls).items()
        if not _is_class_variable(name, annotation)
    }
    module = sys.modules.get(cls.__module__)
    for name, annotation in annotations.items():
        key = pg_typing.StrKey() if name == "__kwargs__" else name
        if isinstance(annotation, pg_typing.ValueSpec):
            annotation = annotation.clone()  # A class may share it with others.
        field = pg_typing.Field.from_annotation(
            key, annotation, auto_typing=True, parent_module=module
        )
        if name in cls.__dict__ and name != "__kwargs__":
            _take_default(cls, name, field.value)
        if field.value.frozen and not field.value.has_default:
            raise utils.PyGloveTypeError(
                f"Expected a value for field {name!r} of {cls.__name__}, which is "
                "declared as final."
            )
        fields.append(field)
    for name, field in inherited_fields(cls).items():
        if name in cls.__dict__ and name not in annotations:
            if _is_implementation(cls.__dict__[name], field.value):
                continue
            spec = field.value.clone()
            _take_default(cls, name, spec)
            fields.append(pg_typing.Field(name, spec, field.description))
    for field in fields:
        field.set_origin(cls)
    return fields


def _is_class_variable(name: str, annotation: Any) -> bool:
    if name == "__kwargs__":
        return False
    if name.startswith("_") or name.isupper():
        return True
    if isinstance(annotation, str):
        return annotation.startswith(("ClassVar", "typing.ClassVar"))
    return "ClassVar" in str(annotation)[:20]


def _is_implementation(value: Any, spec: pg_typing.ValueSpec) -> bool:
    """Returns whether a class attribute implements rather than defaults a field."""
    if isinstance(value, (property, classmethod, staticmethod)):
        return True
    if isinstance(value, types.FunctionType):
        return not isinstance(spec, (pg_typing.Callable, pg_typing.Any))
    return hasattr(value, "__get__") and not isinstance(value, (type, types.MethodType))


def _take_default(cls: Any, name: str, spec: pg_typing.ValueSpec) -> None:
    """Makes a class attribute the default of a field, or its implementation."""
    value = cls.__dict__[name]
    is_method = isinstance(value, types.FunctionType) and value.__name__ == name
    if is_method and isinstance(spec, pg_typing.Callable):
        spec.freeze(value)
        return
    if value is not MISSING_VALUE:
        spec.set_default(value)
    if not is_method:
        type.__delattr__(cls, name)


def _convert_defaults(schema: pg_typing.Schema) -> None:
    """Makes nodes of the lists and dicts that are defaults; objects get copies."""
    for field in schema.values():
        spec = field.value
        if isinstance(spec, pg_typing.Dict) or not spec.type_resolved:
            continue
        if type(spec.default) in CONVERTERS:
            default = convert(None, None, spec, spec.default)
            spec.set_default(default, use_default_apply=False)


def inherited_fields(cls: Any) -> dict[str, pg_typing.Field]:
    """Returns the constant fields of the base classes, nearest first."""
    fields: dict[str, pg_typing.Field] = {}
    for base in cls.__mro__[1:]:
        schema = base.__dict__.get("__schema__")
        if schema is not None:
            for key, field in schema.items():
                if key.is_const:
                    fields.setdefault(str(key), field)
    return fields


def build_schema(
    cls: Any,
    fields: Sequence[pg_typing.Field],
    extend: bool = True,
    init_arg_list: Sequence[str] | None = None,
    metadata: dict[str, Any] | None = None,
) -> pg_typing.Schema:
    """Returns the schema of a class.

    Args:
      cls: The class.
      fields: Its own fields.
      extend: Whether fields of base classes (or of its present schema) are kept.
      init_arg_list: Names of the arguments that the constructor takes by
        position; all fields by default.
      metadata: More metadata of the schema.
    """
    bases = []
    if extend:
        own = cls.__dict__.get("__schema__")
        bases = (
            [own]
            if own is not None
            else [b.__schema__ for b in cls.__bases__ if hasattr(b, "__schema__")]
        )
    schema = pg_typing.Schema(
        list(fields),
        name=cls.__type_name__,
        base_schema_list=bases,
        description=class_description(cls),
        allow_nonconst_keys=True,
        for_cls=cls,
    )
    schema.metadata.update(metadata or {})
    if init_arg_list is not None:
        cls._sym_init_args = list(init_arg_list)
    elif fields and "_sym_init_args" not in cls.__dict__:
        cls._sym_init_args = None
    arguments = cls._sym_init_args
    if arguments is None:
        arguments = [str(k) for k, f in schema.items() if k.is_const and not f.frozen]
    for name in arguments:
        if name.removeprefix("*") not in schema:
            raise utils.PyGloveTypeError(
                f"Argument {name!r} from `init_arg_list` is not a field of "
                f"{cls.__name__}. Fields: {[str(k) for k in schema]!r}."
            )
    schema.metadata["init_arg_list"] = arguments
    return schema


_SECTION = re.compile(
    r"^(Args|Arguments|Attributes|Example|Examples|Raises|Returns|Yields)\s*:\s*$",
    re.MULTILINE,
)


def class_description(cls: Any) -> str | None:
    """Returns the docstring of a class, up to the first of its sections."""
    doc = cls.__dict__.get("__doc__")
    if not doc:
        return None
    doc = inspect.cleandoc(doc)
    section = _SECTION.search(doc)
    return (doc[: section.start()] if section else doc).strip() or None


def apply_schema(cls: Any, schema: pg_typing.Schema) -> None:
    """Lays out a class: where its fields live and how they are reached.

    Args:
      cls: The class.
      schema: Its schema.
    """
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
        make_property = hooked_property if reads_by_hook(cls) else field_property
        for key in specs:
            if _may_have_property(cls, key):
                setattr(cls, key, make_property(key))
    _install_stubs(cls)


def _identifier(key: str) -> str:
    return key if key.isidentifier() else "".join(f"_{ord(c):x}" for c in key)


class ExactTypes(dict[str, frozenset[type]]):
    """For each field, the leaf types stored without a check; filled when asked.

    Forward references can be resolved only after the class is defined.
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
    """Returns the types whose values a spec takes as they are, whatever they are."""
    if spec is None or spec.accepts_any:
        return ATOMS
    if spec.inline_condition("x") != "":
        return frozenset()
    exact: set[type] = set(spec.exact_types)
    return frozenset(exact.intersection(ATOMS))


def _may_have_property(cls: Any, key: str) -> bool:
    """Returns whether a field may be read as an attribute of its name."""
    if key in cls.__dict__:
        return is_field_property(cls.__dict__[key])
    if key in inspect.get_annotations(cls):
        return True
    return not hasattr(cls, key) or is_field_property(inspect.getattr_static(cls, key))


def is_field_property(attribute: Any) -> bool:
    """Returns whether a class attribute is the property of a field."""
    return isinstance(attribute, property) and hasattr(attribute.fset, "_sym_key")


_properties: dict[str, property] = {}


def field_property(key: str) -> property:
    """Returns the property for fields named `key`, as long as nothing is compiled."""
    found = _properties.get(key)
    if found is None:
        storage = STORAGE_PREFIX + _identifier(key)

        def get(node: Any) -> Any:
            try:
                return object.__getattribute__(node, storage)
            except AttributeError:
                return node._sym_absent(key)

        def set_(node: Any, value: Any) -> None:
            object_runtime.set_field(node, key, value)

        set_._sym_key = key  # type: ignore[attr-defined]
        found = _properties[key] = property(get, set_)
    return found


def reads_by_hook(cls: Any) -> bool:
    """Returns whether a class has a say in what a read of a field gives."""
    names = ("sym_inferred", "sym_getattr", "_sym_inferred", "_sym_getattr")
    return any(overrides(cls, name) for name in names)


def hooked_property(key: str) -> property:
    """Returns the property of a field whose reads go through `sym_inferred`."""
    return property(lambda node: node.sym_inferred(key), field_property(key).fset)


class _InitStub:
    """The constructor of a class until its first instance is made.

    It works out its signature when asked, which most classes never are.
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
    def __signature__(self) -> inspect.Signature:
        return init_signature(self._cls, with_self=True)

    def __call__(self, _self: Any, /, *args: Any, **kwargs: Any) -> None:
        compile_layout(self._cls)
        self._cls.__dict__["__init__"](_self, *args, **kwargs)


def _install_stubs(cls: Any) -> None:
    """Gives a class functions that compile it when one of them is first called."""

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
    """Returns the first constructor behind those of symbolic classes, if any."""
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


_compile_lock = threading.RLock()


def compile_layout(cls: Any) -> None:
    """Compiles a class that was laid out, in place of its stubs."""
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
        object_runtime.RUNTIME,
    )
    is_hooked = reads_by_hook(cls)
    for key in specs:
        getter = functions.pop("get_" + key)
        attribute = inspect.getattr_static(cls, key, None)
        if is_field_property(attribute) and not is_hooked:
            setattr(cls, key, property(getter, attribute.fset))
    _install(cls, functions)


def _install(cls: Any, functions: dict[str, Any]) -> None:
    if keeps_init(cls):
        del functions["__init__"]
    else:
        functions["__init__"]._sym_is_managed = True
        functions["__init__"].__signature__ = init_signature(cls, with_self=True)
    if overrides(cls, "_sym_clone"):
        functions["_sym_clone_node"] = object_runtime.clone_by_hook
    for name, function in functions.items():
        setattr(cls, name, function)


def _install_interpreted(cls: Any, arguments: Sequence[str]) -> None:
    """Gives a class constructors that work for any names and variadic arguments."""
    names, rest = split_arguments(arguments)

    def init(_self: Any, *args: Any, **kwargs: Any) -> None:
        values = assign_arguments(cls, names, rest, args, kwargs)
        if rest is not None and rest not in kwargs:
            values.setdefault(rest, [])
        elif rest is not None and args:
            raise _given_twice(cls, rest, [], kwargs[rest])
        object_runtime.initialize(_self, values, kwargs, cls)

    def make(*values: Any) -> Any:
        return object_runtime.make(cls, values)

    def state(self: Any) -> Any:
        return tuple(object_runtime.raw_get(self, k) for k in cls._sym_specs)

    functions = {
        "__init__": init,
        "_sym_make": staticmethod(make),
        "_sym_clone_node": object_runtime.clone,
        "_sym_state": state,
    }
    _install(cls, functions)


def split_arguments(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    """Splits an `init_arg_list` into names and the name of what takes the rest."""
    names = [a for a in arguments if not a.startswith("*")]
    return names, next((a[1:] for a in arguments if a.startswith("*")), None)


def interpret_init(node: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Constructs an object without the generated constructor of its class.

    Args:
      node: The object.
      args: Values of fields, in the order of `init_arg_list`.
      kwargs: Values of fields by name, and options of `pg.Object`.
    """
    cls = type(node)
    if not hasattr(cls, "__schema__"):
        raise utils.PyGloveTypeError(
            f"{cls.__name__} has no fields. Subclass it and declare some."
        )
    names, rest = split_arguments(cls.__schema__.metadata["init_arg_list"])
    values = assign_arguments(cls, names, rest, args, kwargs)
    object_runtime.initialize(node, values, kwargs)


def assign_arguments(
    cls: Any,
    names: Sequence[str],
    rest: str | None,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> dict[str, Any]:
    """Returns the values of positional arguments by name.

    Args:
      cls: The class to be constructed, for messages.
      names: Names of positional arguments.
      rest: Name of the field for further positional arguments, if any.
      args: Positional arguments.
      kwargs: Keyword arguments.

    Raises:
      TypeError: if there are too many values, or two for one name.
    """
    if len(args) > len(names) and rest is None:
        raise object_runtime.too_many_arguments(
            cls.__name__ + ".__init__", len(names), args[len(names) :]
        )
    values = dict(zip(names, args, strict=False))
    if rest is not None and len(args) > len(names):
        values[rest] = list(args[len(names) :])
    for key in values:
        if key in kwargs:
            raise _given_twice(cls, key, values[key], kwargs[key])
    return values


def _given_twice(cls: Any, key: str, value: Any, other: Any) -> utils.PyGloveTypeError:
    return utils.PyGloveTypeError(
        f"{cls.__name__}.__init__() got multiple values for argument "
        f"{key!r}: {value!r}, {other!r}."
    )


def init_signature(cls: Any, with_self: bool = False) -> inspect.Signature:
    """Returns the signature of the constructor of a class."""
    schema = cls.__schema__
    positional, others = [], []
    arguments = schema.metadata["init_arg_list"]
    fields = {str(k): f for k, f in schema.items() if k.is_const}
    parameter = inspect.Parameter
    if with_self:
        name = "_self" if "self" in fields else "self"
        positional.append(parameter(name, parameter.POSITIONAL_OR_KEYWORD))
    for name in arguments:
        if name.startswith("*"):
            spec: Any = fields.pop(name[1:]).value
            element = getattr(spec, "element", None)
            positional.append(
                parameter(
                    name[1:],
                    parameter.VAR_POSITIONAL,
                    annotation=_annotation(element.value if element else spec),
                )
            )
        else:
            field = fields.pop(name)
            if _names_parameter(name):
                kind = parameter.POSITIONAL_OR_KEYWORD
                positional.append(_parameter(name, field, kind))
    for name, field in fields.items():
        if not field.frozen and _names_parameter(name):
            others.append(_parameter(name, field, parameter.KEYWORD_ONLY))
    if schema.dynamic_field is not None:
        name = cls._sym_varkw_name or schema.metadata.get("varkw_name") or "kwargs"
        others.append(parameter(name, parameter.VAR_KEYWORD))
    return inspect.Signature(_defaults_last(positional) + others)


def _names_parameter(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name)


def _parameter(name: str, field: pg_typing.Field, kind: Any) -> inspect.Parameter:
    spec = field.value
    return inspect.Parameter(
        name,
        kind,
        default=spec.default if spec.has_default else inspect.Parameter.empty,
        annotation=_annotation(spec),
    )


def _annotation(spec: pg_typing.ValueSpec) -> Any:
    annotation = spec.annotation
    if annotation is MISSING_VALUE or annotation is None:
        return inspect.Parameter.empty
    return annotation


def _defaults_last(parameters: list[inspect.Parameter]) -> list[inspect.Parameter]:
    """Gives a default to each parameter behind one that has a default."""
    result, has_default = [], False
    for p in parameters:
        if p.kind is not p.POSITIONAL_OR_KEYWORD:
            result.append(p)
            continue
        if p.default is p.empty and has_default:
            p = p.replace(default=MISSING_VALUE)
        has_default = has_default or p.default is not p.empty
        result.append(p)
    return result
