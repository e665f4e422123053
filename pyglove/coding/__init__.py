"""Code given as text: parsed, held to permissions, and run, here or in a sandbox.

A permission says which kinds of statements a text may have; it is checked before
anything runs. It keeps honest programs, such as those that a language model writes,
within bounds. It is no jail: see `CodePermission` for what it cannot stop.
"""

from pyglove.coding.code_permission import CodePermission, get_permission, permission
from pyglove.coding.error import SerializationError
from pyglove.coding.execution import context, evaluate, get_context
from pyglove.coding.function_generation import NO_TYPE_ANNOTATION, make_function
from pyglove.coding.parsing import parse
from pyglove.coding.sandbox import (
    maybe_sandbox_call,
    memory_limit,
    run,
    sandbox_call,
)
from pyglove.utils.code_error import CodeError

__all__ = [
    "CodeError",
    "CodePermission",
    "NO_TYPE_ANNOTATION",
    "SerializationError",
    "context",
    "evaluate",
    "get_context",
    "get_permission",
    "make_function",
    "maybe_sandbox_call",
    "memory_limit",
    "parse",
    "permission",
    "run",
    "sandbox_call",
]


def __dir__() -> list[str]:
    return sorted(__all__)
