"""Object loaders: constructors that read their arguments from JSON objects.

A loader does what the constructor of its class does, for the JSON objects that the
class writes: with all fields and nothing else. It leaves all others to its twin.
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

# Makes a value of (JSON object or list, what its document is loaded with).
Loader = Callable[[Any, Any], Any]


def compile_loader(cls: Any, load: Loader, twin: Loader) -> Loader:
    """Returns what makes objects of a class.

    Args:
      cls: A class whose constructor takes its fields, and nothing else.
      load: Returns the value of a part of a document.
      twin: Makes an object of whatever fields there are. As the loader does, it adds
        the number of keys to the `key_count` of what the document is loaded with.
    """
    specs = cls._sym_specs
    if (
        not is_compilable(list(specs))
        or any(spec.frozen for spec in specs.values())
        or not hasattr(cls.__init__, "_sym_is_generated")
        or type(cls).__call__ is not type.__call__
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
