"""Compilation: Python code that is generated from the fields of a class.

The source text of a class has a constructor that checks common types inline, a
constructor without checks, a copy function, and a getter per field. All other cases go
to the functions in `CompiledRuntime`. These are also the interpretive twins with which
tests compare the generated code.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypedDict

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.node.flag import TRACK_ORIGIN
from pyglove.symbolic.node.node import ATOMS, CONVERTERS, SEALED, SPECIAL, Node
from pyglove.utils.generated_code import define
from pyglove.utils.name import is_python_name

MISSING_VALUE = utils.MISSING_VALUE
STORAGE_PREFIX = "_sym_field_"


# Specs whose values, placeholders aside, need no copy.
ATOMIC_SPECS = frozenset(
    (pg_typing.Bool, pg_typing.Int, pg_typing.Float, pg_typing.Str)
)


class Required:
    """The default of an argument that the caller must provide."""

    def __repr__(self) -> str:
        return "MISSING_VALUE"


REQUIRED = Required()

# Whether this thread tracks origins, in which case the twins do the work. While no
# thread tracks origins, this reads one attribute; otherwise it costs other threads one
# call.
TRACKS = "_track.is_open and _tracks_here()"

# Base classes of values that are converted to nodes or may lack values.
_CHECKED_LEAVES = (list, dict, utils.MaybePartial)


class FieldPlan:
    """One field, as the compiler uses it.

    Attributes:
      key: Name of the field.
      storage: Attribute of the instance that holds its value.
      spec: The value spec of the field.
    """

    def __init__(self, key: str, storage: str, spec: pg_typing.ValueSpec):
        self.key = key
        self.storage = storage
        self.spec = spec

    @property
    def default(self) -> Any:
        """The default in the signature of the constructor."""
        spec = self.spec
        if not spec.has_default:
            return MISSING_VALUE if spec.frozen else REQUIRED
        return spec.default if type(spec.default) in ATOMS else MISSING_VALUE


class CompiledRuntime(TypedDict):
    """The functions that generated code calls outside of its fast branches.

    Attributes:
      initialize: Implements the constructor for unusual arguments:
        (self, values by name, options, class, surplus of positional arguments).
      bind: Checks, converts, places and stores one value: (self, key, value), or
        (self, key, value, new_children) -> new_children.
      own: Places one value that needs no check: (self, key, value) -> value.
      fail: Cleans up after a failed constructor: (self, error, keys, values).
      clone: Copies an instance that is not plain: (self, deep, memo, parent, key).
      clone_step: Copies an instance as a step of `utils.descent`.
      descend_after: Runs a step after a failure: (error, step, *args).
      deepcopy: Copies a value that is not a node: (value, memo) -> value.
      absent: Computes a value that is not stored: (self, key) -> value.
      assign: The setter of fields: (self, key, value).
      seal: Seals a finished object: (self).
      introduce: Notifies children of their parent: (self, new_children).
    """

    initialize: Callable[..., Any]
    bind: Callable[..., Any]
    own: Callable[..., Any]
    fail: Callable[..., Any]
    clone: Callable[..., Any]
    clone_step: Callable[..., Any]
    descend_after: Callable[..., Any]
    deepcopy: Callable[..., Any]
    absent: Callable[..., Any]
    assign: Callable[..., Any]
    seal: Callable[..., Any]
    introduce: Callable[..., Any]


# All names in generated code, including builtins, start with an underscore, so that
# fields may be named `type` or `list`.
_BUILTINS = {
    "_" + t.__name__: t
    for t in (type, list, dict, int, float, str, bool, bytes, complex)
} | {"_isinstance": isinstance, "_RecursionError": RecursionError}


def class_scope(cls: Any, runtime: CompiledRuntime) -> dict[str, Any]:
    """Returns the globals of functions that are generated for a class."""
    scope: dict[str, Any] = {
        **_BUILTINS,
        "_cls": cls,
        "_exact": cls,
        "_new": cls.__new__,
        "_context": getattr(cls, "_sym_context", None),
        "_getattribute": object.__getattribute__,
        "_special": SPECIAL,
        "_atoms": ATOMS,
        "_node": Node,
        "_missing": MISSING_VALUE,
        "_required": REQUIRED,
        "_convert_list": CONVERTERS[list],
        "_convert_dict": CONVERTERS[dict],
        "_track": TRACK_ORIGIN,
        "_tracks_here": TRACK_ORIGIN.read,
        "_keys": tuple(cls._sym_specs),
    }
    scope.update({f"_{name}": function for name, function in runtime.items()})
    return scope


def _end_source(flags: int, cls: Any) -> str:
    """Returns source that ends a constructor: hooks, and the seal."""
    hook = "\n    _self._on_init()" if has_init_hooks(cls) else ""
    return hook + ("\n    _seal(_self)" if flags & SEALED else "")


def compile_class(
    cls: type,
    plans: Sequence[FieldPlan],
    arguments: Sequence[str],
    flags: int,
    runtime: CompiledRuntime,
) -> dict[str, Any]:
    """Generates the functions of a class.

    Args:
      cls: The class.
      plans: Its fields, in order.
      arguments: Names of the fields that the constructor takes by position.
      flags: `Node` flags that each instance starts with.
      runtime: The functions that generated code calls for uncommon cases.

    Returns:
      The functions by name: `__init__`, `_sym_make`, `_sym_clone_node`,
      `_sym_state`, and `get_<key>` for each field.
    """
    scope = class_scope(cls, runtime)
    hook = "\n    new._on_init()" if has_init_hooks(cls) else ""
    source = "\n".join(
        [
            _init_source(plans, arguments, flags, cls, scope),
            _make_source(plans, flags, cls),
            _clone_source(plans, hook, cls, scope),
            _state_source(plans),
            *(_getter_source(p, cls) for p in plans),
        ]
    )
    define(f"constructor of {cls.__module__}.{cls.__qualname__}", source, scope)
    names = ["__init__", "_sym_make", "_sym_clone_node", "_sym_state"]
    functions = {n: scope[n] for n in [*names, *("get_" + p.key for p in plans)]}
    for name in names:
        functions[name].__qualname__ = f"{cls.__qualname__}.{name}"
        functions[name].__module__ = cls.__module__
    functions["__init__"]._sym_is_generated = True
    functions["_sym_clone_node"]._sym_is_default = True
    functions["_sym_make"] = staticmethod(functions["_sym_make"])
    return functions


def compile_form(
    cls: Any, source: str, scope: dict[str, Any], names: Sequence[str]
) -> dict[str, Any]:
    """Compiles further functions of a class.

    Args:
      cls: The class.
      source: Python source text. It passes instances whose class is not `_exact` to the
        interpretive twins.
      scope: The globals of the functions.
      names: The functions that `source` defines.

    Returns:
      The functions by name.
    """
    scope.update(_BUILTINS, _cls=cls, _exact=cls)
    define(f"forms of {cls.__module__}.{cls.__qualname__}", source, scope)
    functions = {name: scope[name] for name in names}
    for name, function in functions.items():
        function.__qualname__ = f"{cls.__qualname__}.{name}"
        function.__module__ = cls.__module__
    return functions


def has_init_hooks(cls: type) -> bool:
    """Returns whether new instances of `cls` must call `_on_init`."""
    return not (
        getattr(cls._on_init, "_sym_is_default", False)  # type: ignore[attr-defined]
        and getattr(cls._on_bound, "_sym_is_default", False)  # type: ignore[attr-defined]
    )


def _base_init(cls: Any) -> str:
    """Returns source that calls the constructor of an ordinary base class, if any."""
    return "" if cls._sym_base_init is None else "\n    _cls._sym_base_init(_self)"


def indent(lines: Sequence[str], depth: int) -> str:
    """Returns lines of code as a text, each indented by some levels."""
    return "\n".join("    " * depth + line for line in lines)


def _init_source(
    plans: Sequence[FieldPlan],
    arguments: Sequence[str],
    flags: int,
    cls: Any,
    scope: dict[str, Any],
) -> str:
    """Returns the source of the constructor."""
    by_key = {p.key: p for p in plans}
    positional = [by_key.pop(name) for name in arguments]
    for p in plans:
        scope[f"_default_{p.key}"] = p.default
    parameters = ["_self", *(f"{p.key}=_default_{p.key}" for p in positional)]
    parameters += ["*_more", *(f"{key}=_default_{key}" for key in by_key)]
    values = ", ".join(f"{p.key!r}: {p.key}" for p in plans)
    return f"""
def __init__({", ".join(parameters)}, **_options):
    if _options or _more or _type(_self) is not _exact or {TRACKS}:
        return _initialize(_self, {{{values}}}, _options, _cls, _more)
{construction_source(plans, flags, cls, scope)}
"""


def construction_source(
    plans: Sequence[FieldPlan],
    flags: int,
    cls: Any,
    scope: dict[str, Any],
    given: str = "{}",
) -> str:
    """Returns source that stores the values of local variables in `_self`.

    Args:
      plans: The fields.
      flags: `Node` flags that each instance starts with.
      cls: The class.
      scope: Receives constants of the code.
      given: For fields of atomic specs, the expression that is checked if the value of
        the variable is of another type, with `{}` for the name of the variable.
    """
    stores: list[str] = []
    # Children are notified of their parent when it is complete.
    waits = len(plans) > 1 and any(type(p.spec) not in ATOMIC_SPECS for p in plans)
    for i, plan in enumerate(plans):
        value = (given if type(plan.spec) in ATOMIC_SPECS else "{}").format(plan.key)
        stores.extend(_store_source(i, plan, value, waits, scope))
    begin = "\n    _new_children = ()" if waits else ""
    introduce = ["if _new_children:", "    _introduce(_self, _new_children)"]
    stores += introduce if waits else []
    values = "".join(p.key + ", " for p in plans)
    return f"""\
    _self._sym_parent = None
    _self._sym_flags = {flags:d}{_base_init(cls)}{begin}
    try:
{indent(stores or ["pass"], 2)}
    except BaseException as _error:
        _fail(_self, _error, _keys, ({values}))
        raise{_end_source(flags, cls)}"""


def _store_source(
    index: int, plan: FieldPlan, given: str, waits: bool, scope: dict[str, Any]
) -> list[str]:
    """Returns source that checks and stores one value, common types inline."""
    key, store = plan.key, f"_self.{plan.storage} = {plan.key}"
    branches: list[tuple[str, list[str]]] = []
    leaf_test, node_types = accept_test(plan.spec, key, f"_{index}", scope)
    if leaf_test:
        branches.append((leaf_test, [store]))
    for i, node_type in enumerate(node_types):
        scope[f"_node_{index}_{i}"] = node_type
        branches.append(
            (
                f"_type({key}) is _node_{index}_{i} and {key}._sym_parent is None "
                f"and not {key}._sym_flags",
                [f"{key}._sym_parent = _self", f"{key}._sym_key = {key!r}", store],
            )
        )
    for name, kind in (("list", pg_typing.List), ("dict", pg_typing.Dict)):
        spec = container_spec(plan.spec, kind)
        if spec is not None:
            scope[f"_spec_{index}_{name}"] = spec if isinstance(spec, kind) else None
            branches.append(
                (
                    f"_type({key}) is _{name}",
                    [
                        f"_self.{plan.storage} = _convert_{name}("
                        f"{key}, _spec_{index}_{name}, _self, {key!r})"
                    ],
                )
            )
    lines: list[str] = []
    for i, (test, body) in enumerate(branches):
        lines.append(f"{'elif' if i else 'if'} {test}:")
        lines.extend("    " + line for line in body)
    bind = f"_bind(_self, {key!r}, {given})"
    if waits:
        bind = f"_new_children = {bind[:-1]}, _new_children)"
    return [*lines, "else:", f"    {bind}"] if branches else [bind]


def container_spec(
    spec: pg_typing.ValueSpec, kind: type[pg_typing.ValueSpec]
) -> pg_typing.ValueSpec | None:
    """Returns `spec` if it converts plain lists (or dicts) to nodes and does no more.

    Args:
      spec: The value spec of a field.
      kind: The class of list specs, or of dict specs.
    """
    if spec.frozen or spec.transform is not None:
        return None
    if spec.accepts_any or type(spec) is kind:
        return spec
    return None


def accept_test(
    spec: pg_typing.ValueSpec, name: str, suffix: str, scope: dict[str, Any]
) -> tuple[str, list[type]]:
    """Returns the source of a test that a value can be stored unchanged.

    Args:
      spec: The value spec.
      name: Name of the variable that holds the value.
      suffix: Suffix that makes the names in `scope` unique.
      scope: Receives the constants of the test.

    Returns:
      An expression ('' if there is none) that is true only for values that are
      not nodes and that `spec.apply` returns unchanged; and the node classes
      whose direct instances it returns unchanged.
    """
    if spec.accepts_any:
        return f"_type({name}) in _atoms", []
    exact = spec.exact_types
    leaf_types = [t for t in exact if not issubclass(t, (Node, *_CHECKED_LEAVES))]
    # Lists and dicts may have a value spec that is not compatible with this one.
    node_types = [
        t for t in exact if issubclass(t, Node) and not issubclass(t, (list, dict))
    ]
    condition = spec.inline_condition(name)
    if condition is None or not exact:
        return "", []
    if condition and node_types:
        return "", []
    scope.update(spec.inline_constants(name))
    test = _type_test(leaf_types, name, suffix, scope)
    if test and condition:
        test = f"{test} and ({condition})"
    return test, node_types


def _type_test(
    kinds: Sequence[type], name: str, suffix: str, scope: dict[str, Any]
) -> str:
    if not kinds:
        return ""
    if len(kinds) > 2:
        scope[f"_types{suffix}"] = frozenset(kinds)
        return f"_type({name}) in _types{suffix}"
    tests = []
    for i, kind in enumerate(kinds):
        if kind is type(None):
            tests.append(f"{name} is None")
        elif kind in ATOMS:
            tests.append(f"_type({name}) is _{kind.__name__}")
        else:
            scope[f"_type{suffix}_{i}"] = kind
            tests.append(f"_type({name}) is _type{suffix}_{i}")
    return tests[0] if len(tests) == 1 else "(" + " or ".join(tests) + ")"


def _make_source(plans: Sequence[FieldPlan], flags: int, cls: Any) -> str:
    """Returns the source of the constructor without checks."""
    lines = [f"_self.{p.storage} = {p.key}" for p in plans]
    for p in plans:
        lines.append(f"if _type({p.key}) not in _atoms:")
        lines.append(f"    _self.{p.storage} = _own(_self, {p.key!r}, {p.key})")
    return f"""
def _sym_make({", ".join(p.key for p in plans)}):
    _self = _new(_cls)
    _self._sym_parent = None
    _self._sym_flags = {flags:d}{_base_init(cls)}
{indent(lines or ["pass"], 1)}{_end_source(flags, cls)}
    return _self
"""


def _clone_source(
    plans: Sequence[FieldPlan], hook: str, cls: Any, scope: dict[str, Any]
) -> str:
    """Returns the source of the copy function for instances without flags.

    Each class has its own, so that it is called for direct instances only.
    """
    extra = " or self._sym_extra is not None" if cls._sym_has_dynamic else ""
    lines = []
    for i, p in enumerate(plans):
        if type(p.spec) in ATOMIC_SPECS:
            lines.append(f"new.{p.storage} = self.{p.storage}")
            continue
        copy = f"value = value._sym_clone_node(deep, memo, new, {p.key!r})"
        lines.append(f"value = self.{p.storage}")
        # The source of the constructor has named the node class of the field, if any.
        if f"_node_{i}_0" in scope:
            lines += [f"if _type(value) is _node_{i}_0:", f"    {copy}"]
            lines.append("elif _type(value) not in _atoms:")
        else:
            lines.append("if _type(value) not in _atoms:")
        lines += [
            "    if _isinstance(value, _node):",
            f"        {copy}",
            "    elif deep:",
            "        value = _deepcopy(value, memo)",
            f"new.{p.storage} = value",
        ]
    return f"""
def _sym_clone_node(self, deep, memo, parent, key):
    if self._sym_flags{extra} or {TRACKS}:
        return _clone(self, deep, memo, parent, key)
    new = _new(_cls)
    new._sym_parent = parent
    new._sym_key = key
    new._sym_flags = 0{_base_init(cls).replace("_self", "new")}
    try:
{indent(lines or ["pass"], 2)}
    except _RecursionError as _error:
        return _descend_after(_error, _clone_step, self, deep, memo, parent, key){hook}
    return new
"""


def _state_source(plans: Sequence[FieldPlan]) -> str:
    """Returns the source of a function that returns all stored values."""
    values = "".join(f"self.{p.storage}, " for p in plans)
    return f"""
def _sym_state(self):
    return ({values})
"""


def _getter_source(plan: FieldPlan, cls: Any) -> str:
    read = f"self.{plan.storage}"
    if hasattr(cls, "__getattr__"):
        read = f"_getattribute(self, {plan.storage!r})"
    guard = ""
    if cls._sym_context is not None:
        guard = f"""
    if _context.open_count:
        return self._sym_read_in_context({plan.key!r})"""
    return f"""
def get_{plan.key}(self):{guard}
    try:
        return {read}
    except AttributeError:
        return _absent(self, {plan.key!r})
"""


def is_compilable(keys: Sequence[Any]) -> bool:
    """Returns whether field names can be parameters of a generated function."""
    return len(keys) < 255 and all(
        isinstance(k, str) and not k.startswith("_") and is_python_name(k) for k in keys
    )
