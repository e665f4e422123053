"""Limits of references to shared objects in untrusted documents.

Shared objects may refer to each other repeatedly, so that a short document expands to a
value that exceeds any memory, or that is nested far deeper than the text.
"""

from typing import Any

from pyglove.utils.error import PyGloveValueError
from pyglove.utils.serialization.json_text import MAX_DEPTH

# The number of values that references may expand to, and what each value in the
# document adds.
_BASE = 100_000
_PER_VALUE = 10
# The limit that includes values of `pg.Ref`, which are not copied.
MAX_EXPANDED_SIZE = 10_000_000

# Classes and specs are hashed and compared recursively while they are loaded.
_MAX_TYPE_DEPTH = 200

_REF_TYPES = frozenset(
    (
        "pyglove.core.symbolic.ref.Ref",
        "pyglove.symbolic.reference.ref.Ref",
        "pyglove.symbolic.Ref",
    )
)
_TYPE_PREFIXES = ("pyglove.typing.", "pyglove.core.typing.")

_UNLIMITED = 10 * MAX_EXPANDED_SIZE


def check_references(shared_objects: list[Any], root: Any) -> None:
    """Rejects a document that expands to far more values than it contains.

    Args:
      shared_objects: The shared objects, in JSON, which may refer to earlier ones.
      root: The root, in JSON.

    Raises:
      ValueError: References expand to too many values, or nest them too deeply.
    """
    extents: list[_Extent] = []
    written = 0
    for part in (*shared_objects, root):
        extent = _Extent()
        written += extent.measure(part, extents)
        extents.append(extent)
    copied = sum(extent.copied for extent in extents)
    size = sum(extent.size for extent in extents)
    limit = min(_BASE + _PER_VALUE * written, MAX_EXPANDED_SIZE)
    if copied > limit or size > MAX_EXPANDED_SIZE:
        raise PyGloveValueError(
            f"Expected JSON of {written} values that stands for at most {limit} values "
            f"by references to shared objects, and for {MAX_EXPANDED_SIZE} with what "
            "`pg.Ref` refers to, got more. Pass `trusted=True` if you trust where the "
            "document comes from."
        )
    depth = max(extent.depth for extent in extents)
    type_depth = max(extent.type_depth for extent in extents)
    if depth > MAX_DEPTH or type_depth > _MAX_TYPE_DEPTH:
        raise PyGloveValueError(
            f"Expected JSON of at most {MAX_DEPTH} levels, {_MAX_TYPE_DEPTH} of them "
            f"types. This one is nested too deeply through references to shared "
            f"objects: {depth} levels, {type_depth} of them types."
        )


class _Extent:
    """The size and depth of a part of a document, with references expanded."""

    __slots__ = ("copied", "depth", "size", "type_depth")

    def __init__(self) -> None:
        self.size = 0
        self.copied = 0  # Like `size`, without values of `pg.Ref`.
        self.depth = 0
        self.type_depth = 0  # Levels of types and specs.

    def measure(self, part: Any, extents: "list[_Extent]") -> int:
        """Measures a part.

        Args:
          part: A JSON value.
          extents: The extents of the shared objects that it refers to.

        Returns:
          The number of values in the part itself.
        """
        written = 0
        # Values with their depth, their depth in types, whether they are part of a
        # type, and whether they are the value of a `pg.Ref`.
        pending: list[tuple[Any, int, int, bool, bool]] = [(part, 1, 0, False, False)]
        while pending:
            value, depth, type_depth, in_type, referred = pending.pop()
            written += 1
            self.depth = max(self.depth, depth)
            if isinstance(value, list):
                pending += [(v, depth + 1, type_depth, in_type, False) for v in value]
            elif isinstance(value, dict):
                kind = value.get("_type")
                if isinstance(kind, str) and _is_type(kind):
                    in_type = True
                    type_depth += 1
                    self.type_depth = max(self.type_depth, type_depth)
                index = value.get("__ref__")
                if isinstance(index, int) and 0 <= index < len(extents):
                    target = extents[index]
                    # Types are compared recursively, including references.
                    copied = target.size if in_type else target.copied
                    self._add(
                        target,
                        depth,
                        type_depth,
                        0 if referred and not in_type else copied,
                    )
                is_ref = isinstance(kind, str) and kind in _REF_TYPES
                pending += [
                    (v, depth + 1, type_depth, in_type, is_ref) for v in value.values()
                ]
        self.size += written
        self.copied += written
        return written

    def _add(self, target: "_Extent", depth: int, type_depth: int, copied: int) -> None:
        # Cap the numbers, which could grow exponentially.
        self.size = min(self.size + target.size, _UNLIMITED)
        self.copied = min(self.copied + copied, _UNLIMITED)
        self.depth = max(self.depth, depth + target.depth)
        self.type_depth = max(self.type_depth, type_depth + target.type_depth)


def _is_type(kind: str) -> bool:
    return kind == "type" or kind.startswith(_TYPE_PREFIXES)
