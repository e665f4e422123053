"""Symbolic programming: objects, lists and dicts as trees that programs modify."""

from pyglove.symbolic.change import FieldUpdate
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
from pyglove.symbolic.dict import Dict
from pyglove.symbolic.error import WritePermissionError
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
    track_origin,
)
from pyglove.symbolic.functor import Functor, as_functor, functor, functor_class
from pyglove.symbolic.insertion import Insertion, mark_as_insertion
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

__all__ = [
    "ClassWrapper",
    "DescendantQueryOption",
    "Dict",
    "FieldUpdate",
    "Functor",
    "Inferential",
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
    "WritePermissionError",
    "allow_partial",
    "allow_writable_accessors",
    "as_functor",
    "as_sealed",
    "auto_call_functors",
    "clone",
    "contains",
    "default_load_handler",
    "default_save_handler",
    "deref",
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
    "is_partial",
    "is_pure_symbolic",
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
