"""Symbolic programming: objects, lists and dicts as trees that programs modify."""

import functools
import importlib
from typing import TYPE_CHECKING, Any

from pyglove.symbolic.adapter.error_info import ErrorInfo
from pyglove.symbolic.compiled.origin_tracking import track_origin
from pyglove.symbolic.container.dict import Dict
from pyglove.symbolic.container.list import List
from pyglove.symbolic.diff import Diff, diff
from pyglove.symbolic.form.persistence import (
    default_load_handler,
    default_save_handler,
    from_json,
    from_json_str,
    get_load_handler,
    get_save_handler,
    load,
    save,
    set_load_handler,
    set_save_handler,
    to_json,
    to_json_str,
)
from pyglove.symbolic.node.change import FieldUpdate
from pyglove.symbolic.node.error import WritePermissionError
from pyglove.symbolic.node.flag import (
    allow_partial,
    allow_writable_accessors,
    as_sealed,
    auto_call_functors,
    enable_type_check,
    is_change_notification_enabled,
    is_tracking_origin,
    is_type_check_enabled,
    is_under_accessor_writable_scope,
    is_under_partial_scope,
    is_under_sealed_scope,
    notify_on_change,
    should_call_functors_during_init,
)
from pyglove.symbolic.node.insertion import Insertion, mark_as_insertion
from pyglove.symbolic.node.node import Inferential
from pyglove.symbolic.object.class_policy import (
    allow_empty_field_description,
    allow_repeated_class_registration,
    is_empty_field_description_allowed,
    is_repeated_class_registration_allowed,
)
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.object.object_meta import (
    ObjectMeta,
    explicit_method_override,
    members,
    use_init_args,
)
from pyglove.symbolic.protocol.cloning import clone
from pyglove.symbolic.protocol.symbolic import Symbolic
from pyglove.symbolic.reference.inferred import InferredValue, ValueFromParentChain
from pyglove.symbolic.reference.ref import Ref, deref, maybe_ref
from pyglove.symbolic.tree.comparison import eq, gt, lt, ne
from pyglove.symbolic.tree.comparison import sym_hash as hash
from pyglove.symbolic.tree.completeness import (
    NonDeterministic,
    PureSymbolic,
    is_abstract,
    is_deterministic,
    is_partial,
    is_pure_symbolic,
)
from pyglove.symbolic.tree.origin import (
    Origin,
    get_origin_stacktrace_limit,
    set_origin_stacktrace_limit,
)
from pyglove.symbolic.tree.topology import DescendantQueryOption
from pyglove.symbolic.tree.traversal import TraverseAction, contains, query, traverse
from pyglove.utils.serialization.json_conversion import register_unknown_factory

if TYPE_CHECKING:
    from pyglove.symbolic.adapter.boilerplate import boilerplate_class
    from pyglove.symbolic.adapter.class_wrapper import ClassWrapper, wrap, wrap_module
    from pyglove.symbolic.adapter.compound import compound, compound_class
    from pyglove.symbolic.adapter.functor import (
        Functor,
        as_functor,
        functor,
        functor_class,
    )
    from pyglove.symbolic.adapter.symbolize import symbolize
    from pyglove.symbolic.adapter.unknown_symbol import (
        UnknownFunction,
        UnknownMethod,
        UnknownSymbol,
        UnknownType,
        UnknownTypedObject,
    )
    from pyglove.symbolic.adapter.wrapper_scope import apply_wrappers
    from pyglove.symbolic.form.json_lines import open_jsonl
    from pyglove.symbolic.reference.contextual_object import (
        ContextualAttribute,
        ContextualObject,
        contextual_attribute,
    )

# Names whose modules are imported when they are first used.
_LAZY = {
    "ClassWrapper": "adapter.class_wrapper",
    "ContextualAttribute": "reference.contextual_object",
    "ContextualObject": "reference.contextual_object",
    "Functor": "adapter.functor",
    "UnknownFunction": "adapter.unknown_symbol",
    "UnknownMethod": "adapter.unknown_symbol",
    "UnknownSymbol": "adapter.unknown_symbol",
    "UnknownType": "adapter.unknown_symbol",
    "UnknownTypedObject": "adapter.unknown_symbol",
    "apply_wrappers": "adapter.wrapper_scope",
    "as_functor": "adapter.functor",
    "boilerplate_class": "adapter.boilerplate",
    "compound": "adapter.compound",
    "compound_class": "adapter.compound",
    "contextual_attribute": "reference.contextual_object",
    "functor": "adapter.functor",
    "functor_class": "adapter.functor",
    "open_jsonl": "form.json_lines",
    "symbolize": "adapter.symbolize",
    "wrap": "adapter.class_wrapper",
    "wrap_module": "adapter.class_wrapper",
}


def _make_unknown(kind: str, values: Any) -> Any:
    """Makes the placeholder of an unknown name in a document."""
    module = importlib.import_module(f"{__name__}.adapter.unknown_symbol")
    return module.make_unknown(kind, values)


for _kind in ("object", "type", "function", "method"):
    register_unknown_factory(_kind, functools.partial(_make_unknown, _kind))


if not TYPE_CHECKING:  # Otherwise type checkers would accept any name.

    def __getattr__(name: str) -> Any:
        module = _LAZY.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(f"{__name__}.{module}"), name)
        globals()[name] = value  # The next access does not come here.
        return value


__all__ = [
    "ClassWrapper",
    "ContextualAttribute",
    "ContextualObject",
    "DescendantQueryOption",
    "Dict",
    "Diff",
    "ErrorInfo",
    "FieldUpdate",
    "Functor",
    "Inferential",
    "InferredValue",
    "Insertion",
    "List",
    "NonDeterministic",
    "Object",
    "ObjectMeta",
    "Origin",
    "PureSymbolic",
    "Ref",
    "Symbolic",
    "TraverseAction",
    "UnknownFunction",
    "UnknownMethod",
    "UnknownSymbol",
    "UnknownType",
    "UnknownTypedObject",
    "ValueFromParentChain",
    "WritePermissionError",
    "allow_empty_field_description",
    "allow_partial",
    "allow_repeated_class_registration",
    "allow_writable_accessors",
    "apply_wrappers",
    "as_functor",
    "as_sealed",
    "auto_call_functors",
    "boilerplate_class",
    "clone",
    "compound",
    "compound_class",
    "contains",
    "contextual_attribute",
    "default_load_handler",
    "default_save_handler",
    "deref",
    "diff",
    "enable_type_check",
    "eq",
    "explicit_method_override",
    "from_json",
    "from_json_str",
    "functor",
    "functor_class",
    "get_load_handler",
    "get_origin_stacktrace_limit",
    "get_save_handler",
    "gt",
    "hash",
    "is_abstract",
    "is_change_notification_enabled",
    "is_deterministic",
    "is_empty_field_description_allowed",
    "is_partial",
    "is_pure_symbolic",
    "is_repeated_class_registration_allowed",
    "is_tracking_origin",
    "is_type_check_enabled",
    "is_under_accessor_writable_scope",
    "is_under_partial_scope",
    "is_under_sealed_scope",
    "load",
    "lt",
    "mark_as_insertion",
    "maybe_ref",
    "members",
    "ne",
    "notify_on_change",
    "open_jsonl",
    "query",
    "save",
    "set_load_handler",
    "set_origin_stacktrace_limit",
    "set_save_handler",
    "should_call_functors_during_init",
    "symbolize",
    "to_json",
    "to_json_str",
    "track_origin",
    "traverse",
    "use_init_args",
    "wrap",
    "wrap_module",
]


def __dir__() -> object:
    return sorted(__all__)
