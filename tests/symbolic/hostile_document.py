"""Documents of strangers: values that notice what is done with them, and the like."""

import importlib
import inspect
import itertools
import sys
from collections.abc import Iterator
from typing import Any

import pyglove as pg
from tests.symbolic.helper import Leaf

PACKAGES = (
    "bayesian",
    "detouring",
    "early_stopping",
    "evolution",
    "mutfun",
    "patching",
    "reinforce",
    "scalars",
    "testing",
)

#: What was done that no document may have done.
calls: list[str] = []


class Work:
    """Counts calls in a block, which tells how much is done on any machine.

    Args:
      counts: Whether calls are counted. What may reach the end of the stack must not be
        profiled: CPython would lose count of its frames.

    Attributes:
      count: How many functions were called, builtin ones included.
    """

    def __init__(self, counts: bool = True) -> None:
        self.count = 0
        self._counts = counts

    def __enter__(self) -> "Work":
        self._before = sys.getprofile()
        if self._counts:
            sys.setprofile(self._note)
        return self

    def _note(self, frame: Any, event: str, arg: Any) -> None:
        self.count += event in ("call", "c_call")

    def __exit__(self, *error: Any) -> None:
        sys.setprofile(self._before)


def depth_of(text: str) -> int:
    """Returns how deep a document is, or more if there are brackets in its strings."""
    steps = ((char in "[{") - (char in "]}") for char in text)
    return max(itertools.accumulate(steps), default=0)


def record(*args: Any, **kwargs: Any) -> Any:
    """A function of the program."""
    calls.append("function")
    return args[0] if args else None


class Watchful(pg.Object):
    """A registered class that notices if it is treated like something else."""

    x: int = 1


_ANSWERS: dict[str, Any] = {
    "__iter__": lambda self: iter(()),
    "__next__": lambda self: 1,
    "__getitem__": lambda self, key: self,
    "__contains__": lambda self, key: True,
    "__len__": lambda self: 1,
    "__bool__": lambda self: True,
    "__eq__": lambda self, other: True,
    "__hash__": lambda self: 1,
    "__lt__": lambda self, other: True,
    "__gt__": lambda self, other: True,
    "__le__": lambda self, other: True,
    "__ge__": lambda self, other: True,
    "__add__": lambda self, other: self,
    "__radd__": lambda self, other: self,
    "__mul__": lambda self, other: self,
    "__rmul__": lambda self, other: self,
    "__float__": lambda self: 1.0,
    "__int__": lambda self: 1,
    "__index__": lambda self: 1,
    "__enter__": lambda self: self,
    "__call__": lambda self, *args, **kwargs: self,
    "keys": lambda self: (),
    "items": lambda self: (),
    "apply": lambda self, *args, **kwargs: 1,
    "match": lambda self, *args, **kwargs: True,
    "propose": lambda self, *args, **kwargs: None,
    "setup": lambda self, *args, **kwargs: None,
}


def _watch(name: str, answer: Any) -> Any:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        return answer(self, *args, **kwargs)

    return method


for _name, _answer in _ANSWERS.items():
    setattr(Watchful, _name, _watch(_name, _answer))


@pg.functor
def noticed(x: Any = 1) -> Any:
    """A functor of the program."""
    return record(x)


def _nested(depth: int, *outer: Any) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [*outer, value]
    return value


WATCHFUL = {"_type": Watchful.__serialization_key__}
FUNCTION = {"_type": "function", "name": f"{__name__}.record"}
TOP = {"_type": "pyglove.evolution.selectors.Top", "n": 1}
DNA = {"_type": "pyglove.geno.DNA", "value": 1}
ONEOF = {"_type": "hyper.OneOf", "candidates": [1, 2]}

#: What a stranger may put into a field.
VALUES: dict[str, Any] = {
    "object": WATCHFUL,
    "list of objects": [WATCHFUL],
    "dict of objects": {"a": WATCHFUL},
    "tuple of objects": ["__tuple__", WATCHFUL, WATCHFUL],
    "other object": {"_type": Leaf.__serialization_key__, "x": 1},
    "reference": {"_type": "pyglove.core.symbolic.ref.Ref", "value": WATCHFUL},
    "function": FUNCTION,
    "list of functions": [FUNCTION],
    "functor": {"_type": noticed.__serialization_key__},
    "class": {"_type": "type", "name": f"{__name__}.Watchful"},
    "operation": TOP,
    "list of operations": [TOP],
    "spec": {"_type": "pyglove.typing.Any", "default": 1},
    "placeholder": {**ONEOF, "candidates": [1, WATCHFUL]},
    "dna": DNA,
    "list of dna": [DNA] * 3,
    "space": {"_type": "pyglove.generators.geno.Template", "elements": []},
    "missing": {"_type": "pyglove.core.utils.missing.MissingValue"},
    "none": None,
    "true": True,
    "large": 10**9,
    "huge": 10**300,
    "negative": -(10**9),
    "float": 1e308,
    "nan": float("nan"),
    "infinity": float("inf"),
    "text": "x" * 2_000,
    "empty": "",
    "path": "a.b[0]" * 100,
    "code": "__import__('builtins').open('hit', 'w')",
    "lines": "a\nb",
    "numbers": list(range(500)),
    "equal strings": ["a"] * 500,
    "large numbers": [10**9, 10**9],
    "deep list": _nested(1_500),
    "deep tuple": _nested(100, "__tuple__"),
    "dict": {"a": {"b": [1]}},
    "empty dict": {},
    "empty list": [],
}

#: Arguments of constructors and of `from_json` that are no fields of anything.
OPTIONS = (
    "_self",
    "_sym_flags",
    "_sym_parent",
    "__class__",
    "__dict__",
    "accessor_writable",
    "allow_partial",
    "auto_symbolic",
    "base_schema_list",
    "cls",
    "context",
    "dna_spec",
    "explicit_init",
    "for_cls",
    "ignore_extra_args",
    "kwargs",
    "onchange_callback",
    "origin",
    "override_args",
    "root_path",
    "sealed",
    "self",
    "spec",
    "trusted",
    "value_spec",
)


def registered_classes() -> dict[type[Any], str]:
    """All classes of the library that documents can have objects of, with a name."""
    for package in PACKAGES:
        importlib.import_module(f"pyglove.{package}")
    found: dict[type[Any], str] = {}
    for name, cls in list(pg.registered_types()):
        if cls.__module__.startswith("pyglove.") and not inspect.isabstract(cls):
            found.setdefault(cls, name)
    return found


_INT = {"_type": "pyglove.typing.Int"}
_STR = {"_type": "pyglove.typing.Str"}
_SPACE = {"_type": "pyglove.generators.geno.Template", "elements": []}
_CHOICE = {
    "_type": "pyglove.generators.geno.Choices",
    "num_choices": 1,
    "candidates": [_SPACE, _SPACE],
    "name": "x",
}
_CONSTANT = {"_type": "pyglove.ext.scalars.base.Constant", "value": 1}
_POLICY = {"_type": "pyglove.ext.early_stopping.base.And", "children": []}

# Fields of documents of classes whose fields depend on one another.
_FIELDS: dict[str, dict[str, Any]] = {
    "pyglove.typing.Tuple": {"element_values": [_INT, _STR]},
    "pyglove.typing.List": {"element_value": _INT},
    "pyglove.typing.Union": {"candidates": [_INT, _STR]},
    "pyglove.typing.Enum": {"values": [1, 2]},
    "pyglove.typing.Field": {"key_spec": "x", "value_spec": _INT},
    "pyglove.typing.Object": {"t": {"_type": "type", "name": "builtins.set"}},
    "pyglove.typing.Type": {"t": {"_type": "type", "name": "builtins.set"}},
    "pyglove.typing.ConstStrKey": {"text": "x"},
    "pyglove.typing.Schema": {"fields": []},
    "pyglove.core.symbolic.ref.Ref": {"value": 1},
    "pyglove.core.geno.base.DNA": {"value": 0, "children": [DNA], "metadata": {}},
    "pyglove.core.symbolic.diff.Diff": {"left": 1, "right": 2},
    "pyglove.core.utils.timing.TimeIt.Status": {"name": "a"},
    "pyglove.ext.early_stopping.base.Not": {"children": [_POLICY]},
    "pyglove.ext.evolution.base.Choice": {"ops": [["__tuple__", TOP, 1.0]]},
    "pyglove.ext.scalars.step_wise.StepWise": {
        "phases": [["__tuple__", 1, _CONSTANT]],
    },
    "pyglove.ext.early_stopping.step_wise.StepWise": {
        "plan": [["__tuple__", 1, FUNCTION]],
    },
    "pyglove.geno.Forbidden": {"values": {"x": 1}},
    "pyglove.geno.Total": {"on": ["x"], "at_least": 1},
    "pyglove.geno.ConstrainedSpace": {
        "elements": [_CHOICE],
        "constraints": [{"_type": "pyglove.geno.Forbidden", "values": {"x": 1}}],
    },
}


def document_of(cls: type[Any], name: str, depth: int = 0) -> dict[str, Any]:
    """A document of an object of a class, as far as that can be guessed."""
    fields = _FIELDS.get(name)
    if fields is None:
        specs: dict[str, Any] = getattr(cls, "_sym_specs", {})
        fields = {
            key: _sample(spec, depth)
            for key, spec in specs.items()
            if not spec.has_default
        }
    return {"_type": name, **fields}


def _sample(spec: Any, depth: int) -> Any:
    pgt = pg.typing
    match spec:
        case pgt.Int():
            return spec.min_value or 1
        case pgt.Float():
            return 1.0
        case pgt.Str():
            return "x"
        case pgt.List():
            return [_sample(spec.element.value, depth)] * max(1, spec.min_size)
        case pgt.Dict():
            return {}
        case pgt.Enum():
            return spec.values[0]
        case pgt.Union():
            return _sample(spec.candidates[0], depth)
        case pgt.Callable():
            return FUNCTION
        case pgt.Object() if depth < 3 and isinstance(spec.cls, type):
            for cls, name in registered_classes().items():
                if issubclass(cls, spec.cls):
                    document = document_of(cls, name, depth + 1)
                    try:
                        pg.from_json(document)
                    except Exception:
                        continue
                    return document
    return 1


def fields_of(cls: type[Any]) -> list[str]:
    """The names by which the document of a class may say something."""
    names = list(getattr(cls, "_sym_specs", {}))
    own = inspect.signature(cls.__init__).parameters  # type: ignore[misc]
    if not names:
        names = [n for n in own if n not in ("self", "args", "kwargs")]
    extra = {"DNA": ["format"], "Ref": ["value"]}
    return names + extra.get(cls.__name__, [])


def attacks(cls: type[Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Documents of a class in which one field is not what it should be."""
    base = document_of(cls, name)
    for field in fields_of(cls):
        for kind, value in VALUES.items():
            yield f"{name}: {kind} as {field}", {**base, field: value}
