"""Symbolic programming: objects, lists and dicts as trees that programs modify."""

from pyglove.symbolic.boilerplate import boilerplate_class
from pyglove.symbolic.change import FieldUpdate
from pyglove.symbolic.class_policy import (
    allow_empty_field_description,
    allow_repeated_class_registration,
    is_empty_field_description_allowed,
    is_repeated_class_registration_allowed,
)
from pyglove.symbolic.class_wrapper import ClassWrapper, wrap, wrap_module
from pyglove.symbolic.cloning import clone
from pyglove.symbolic.comparison import eq, gt, lt, ne
from pyglove.symbolic.comparison import sym_hash as hash
from pyglove.symbolic.completeness import (
    NonDeterministic,
    PureSymbolic,
    is_abstract,
    is_deterministic,
    is_partial,
    is_pure_symbolic,
)
from pyglove.symbolic.compound import compound, compound_class
from pyglove.symbolic.contextual_object import (
    ContextualAttribute,
    ContextualObject,
    contextual_attribute,
)
from pyglove.symbolic.dict import Dict
from pyglove.symbolic.diff import Diff, diff
from pyglove.symbolic.error import WritePermissionError
from pyglove.symbolic.error_info import ErrorInfo
from pyglove.symbolic.flag import (
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
from pyglove.symbolic.functor import Functor, as_functor, functor, functor_class
from pyglove.symbolic.inferred import InferredValue, ValueFromParentChain
from pyglove.symbolic.insertion import Insertion, mark_as_insertion
from pyglove.symbolic.json_lines import open_jsonl
from pyglove.symbolic.list import List
from pyglove.symbolic.node import Inferential
from pyglove.symbolic.object import Object
from pyglove.symbolic.object_meta import (
    ObjectMeta,
    explicit_method_override,
    members,
    use_init_args,
)
from pyglove.symbolic.origin import (
    Origin,
    get_origin_stacktrace_limit,
    set_origin_stacktrace_limit,
)
from pyglove.symbolic.origin_tracking import track_origin
from pyglove.symbolic.persistence import (
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
from pyglove.symbolic.ref import Ref, deref, maybe_ref
from pyglove.symbolic.symbolic import Symbolic
from pyglove.symbolic.symbolize import symbolize
from pyglove.symbolic.topology import DescendantQueryOption
from pyglove.symbolic.traversal import TraverseAction, contains, query, traverse
from pyglove.symbolic.unknown_symbol import (
    UnknownFunction,
    UnknownMethod,
    UnknownSymbol,
    UnknownType,
    UnknownTypedObject,
)
from pyglove.symbolic.wrapper_scope import apply_wrappers

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
