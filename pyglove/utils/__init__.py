"""Utilities that all other packages use.

Key paths, formatting, JSON conversion, trees of plain values, contextual values,
docstrings, timing and errors. Nothing here depends on symbolic objects.
"""

from pyglove.utils.call_form import BracketType, bracket_chars, kvlist_str
from pyglove.utils.contextual import (
    ContextualOverride,
    all_contextual_values,
    contextual_override,
    contextual_value,
    get_contextual_override,
    with_contextual_override,
)
from pyglove.utils.docstring.docstr import (
    DocStr,
    DocStrArgument,
    DocStrEntry,
    DocStrExample,
    DocStrRaises,
    DocStrReturns,
    DocStrStyle,
    docstr,
)
from pyglove.utils.error import (
    PyGloveAttributeError,
    PyGloveError,
    PyGloveImportError,
    PyGloveIndexError,
    PyGloveKeyError,
    PyGloveOverflowError,
    PyGloveRuntimeError,
    PyGloveSyntaxError,
    PyGloveTimeoutError,
    PyGloveTypeError,
    PyGloveValueError,
    UntrustedError,
)
from pyglove.utils.error_info import ErrorInfo
from pyglove.utils.error_matching import CatchErrorsContext, catch_errors, match_error
from pyglove.utils.formatting import (
    Formattable,
    RawText,
    auto_plural,
    comma_delimited_str,
    format,
    maybe_markdown_quote,
    print,
    quote_if_str,
    repr_format,
    str_format,
)
from pyglove.utils.functor import (
    Functor,
    ensure_explicit_method_override,
    explicit_method_override,
)
from pyglove.utils.missing import MISSING_VALUE, MaybePartial, MissingValue
from pyglove.utils.name import camel_to_snake
from pyglove.utils.path.hierarchy import (
    canonicalize,
    flatten,
    is_partial,
    merge,
    merge_tree,
    transform,
    traverse,
    try_listify_dict_with_int_keys,
)
from pyglove.utils.path.key_path import KeyPath, message_on_path
from pyglove.utils.path.key_path_set import KeyPathSet
from pyglove.utils.path.key_text import StrKey
from pyglove.utils.scalar import python_scalar
from pyglove.utils.serialization.json_context import JSONConversionContext
from pyglove.utils.serialization.json_conversion import from_json, to_json
from pyglove.utils.serialization.json_convertible import (
    JSONConvertible,
    JSONValueType,
    Nestable,
    registered_types,
)
from pyglove.utils.serialization.trust import admit
from pyglove.utils.text_color import colored, colored_block, decolor
from pyglove.utils.thread_local import (
    thread_local_decrement,
    thread_local_del,
    thread_local_get,
    thread_local_has,
    thread_local_increment,
    thread_local_peek,
    thread_local_pop,
    thread_local_push,
    thread_local_set,
    thread_local_value_scope,
)
from pyglove.utils.timing import TimeIt, timeit

__all__ = [
    # Paths of tree nodes.
    "KeyPath",
    "KeyPathSet",
    "StrKey",
    "message_on_path",
    # Formatting.
    "Formattable",
    "RawText",
    "BracketType",
    "format",
    "print",
    "str_format",
    "repr_format",
    "kvlist_str",
    "bracket_chars",
    "python_scalar",
    "quote_if_str",
    "comma_delimited_str",
    "maybe_markdown_quote",
    "camel_to_snake",
    "auto_plural",
    "colored",
    "colored_block",
    "decolor",
    # JSON.
    "JSONConvertible",
    "JSONConversionContext",
    "JSONValueType",
    "Nestable",
    "to_json",
    "from_json",
    "registered_types",
    "admit",
    # Missing values.
    "MISSING_VALUE",
    "MissingValue",
    "MaybePartial",
    "is_partial",
    # Trees of dictionaries and lists.
    "traverse",
    "transform",
    "flatten",
    "canonicalize",
    "merge",
    "merge_tree",
    "try_listify_dict_with_int_keys",
    # Contextual and thread-local values.
    "ContextualOverride",
    "contextual_override",
    "contextual_value",
    "get_contextual_override",
    "all_contextual_values",
    "with_contextual_override",
    "thread_local_has",
    "thread_local_get",
    "thread_local_set",
    "thread_local_del",
    "thread_local_increment",
    "thread_local_decrement",
    "thread_local_push",
    "thread_local_peek",
    "thread_local_pop",
    "thread_local_value_scope",
    # Docstrings.
    "DocStr",
    "DocStrArgument",
    "DocStrEntry",
    "DocStrExample",
    "DocStrRaises",
    "DocStrReturns",
    "DocStrStyle",
    "docstr",
    # Errors.
    "PyGloveError",
    "PyGloveAttributeError",
    "PyGloveImportError",
    "PyGloveIndexError",
    "PyGloveKeyError",
    "PyGloveOverflowError",
    "PyGloveRuntimeError",
    "PyGloveSyntaxError",
    "PyGloveTimeoutError",
    "PyGloveTypeError",
    "PyGloveValueError",
    "UntrustedError",
    "ErrorInfo",
    "CatchErrorsContext",
    "catch_errors",
    "match_error",
    # Functors, overriding and timing.
    "Functor",
    "explicit_method_override",
    "ensure_explicit_method_override",
    "TimeIt",
    "timeit",
]


def __dir__() -> list[str]:
    return sorted(__all__)
