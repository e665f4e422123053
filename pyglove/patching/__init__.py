"""Patching: modification of programs by separate rules.

A rule modifies a symbolic value: by paths, by a function, or by a registered patcher,
which command lines and documents can refer to by a URI.
"""

from pyglove.patching.object_factory import ObjectFactory, from_maybe_serialized
from pyglove.patching.patcher import patcher
from pyglove.patching.pattern import (
    patch_on_key,
    patch_on_member,
    patch_on_path,
    patch_on_type,
    patch_on_value,
)
from pyglove.patching.registry import (
    allow_repeated_patcher_registration,
    from_uri,
    patcher_names,
)
from pyglove.patching.rule import Patcher, patch

__all__ = [
    # Rules.
    "patch",
    # Patterns.
    "patch_on_key",
    "patch_on_path",
    "patch_on_value",
    "patch_on_type",
    "patch_on_member",
    # Patchers.
    "Patcher",
    "patcher",
    "patcher_names",
    "from_uri",
    "allow_repeated_patcher_registration",
    # Object factories.
    "ObjectFactory",
    "from_maybe_serialized",
]


def __dir__() -> list[str]:
    return sorted(__all__)
