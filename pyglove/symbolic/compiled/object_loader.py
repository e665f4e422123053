"""Object loaders: constructors that read their arguments from JSON objects.

A loader creates objects like the constructor of its class, from JSON objects with
exactly the fields of the class. It passes all other JSON objects to its interpretive
twin.
"""

from collections.abc import Callable
from typing import Any

from pyglove.symbolic.compiled.compilation import (
    ATOMIC_SPECS,
    TRACKS,
    FieldPlan,
    class_scope,
    compile_form,
    construction_source,
    indent,
    is_compilable,
)
from pyglove.symbolic.compiled.object_runtime import RUNTIME
from pyglove.symbolic.node.node import JSON_ATOMS

# A function of a JSON object or list, and the state of loading its document.
Loader = Callable[[Any, Any], Any]


def compile_loader(cls: Any, load: Loader, twin: Loader) -> Loader:
    """Returns a function that creates objects of a class from JSON objects.

    Args:
      cls: A class whose constructor takes its fields only.
      load: Returns the value of a part of a document.
      twin: Creates an object from any fields. Like the loader, it adds the number of
        keys to the `key_count` of the state of loading the document.
    """
    specs = cls._sym_specs
    if (
        not is_compilable(list(specs))
        or any(spec.frozen for spec in specs.values())
        or not hasattr(cls.__init__, "_sym_is_generated")
        or type(cls).__call__ is not type.__call__
        or cls.__new__ is not object.__new__  # As in a detour.
    ):
        return twin
    plans = [FieldPlan(k, cls._sym_storage[k], specs[k]) for k in specs]
    scope = class_scope(cls, RUNTIME)
    scope.update(
        _init=cls.__init__,
        _json_atoms=JSON_ATOMS,
        _load=load,
        _twin=twin,
        _KeyError=KeyError,
        _len=len,
    )
    reads = [f"{p.key} = _values[{p.key!r}]" for p in plans]
    loads = [
        f"if _type({p.key}) not in _json_atoms: {p.key} = _load({p.key}, _loading)"
        for p in plans
        if type(p.spec) not in ATOMIC_SPECS
    ]
    given = "{0} if _type({0}) in _json_atoms else _load({0}, _loading)"
    build = construction_source(plans, cls._sym_initial_flags, cls, scope, given)
    source = f"""
def load(_values, _loading):
    if (
        _len(_values) != {len(plans) + 1}
        or _cls.__init__ is not _init
        or _cls.__new__ is not _new
        or {TRACKS}
    ):
        return _twin(_values, _loading)
    try:
        {"; ".join(reads) or "pass"}
    except _KeyError:
        return _twin(_values, _loading)
    _loading.key_count += {len(plans) + 1}
{indent(loads, 1)}
    _self = _new(_cls)
{build}
    return _self
"""
    loader: Loader = compile_form(cls, source, scope, ["load"])["load"]
    return loader
