"""What references to shared objects make of a document that a stranger wrote.

A document of a few lines can refer to shared objects, which refer to others, so often
that what it stands for would fill any memory; and each may be nested in the one before
so that the whole is far deeper than the text.
"""

from typing import Any

from pyglove.utils.error import PyGloveValueError
from pyglove.utils.serialization.json_text import MAX_DEPTH

# A document may stand for this many values by references, and for so many more with
# each value that it writes down.
_BASE = 100_000
_PER_VALUE = 10
# With what stands behind a `pg.Ref`, which is not copied.
MAX_EXPANDED_SIZE = 10_000_000

# Classes and specs are hashed and compared as a whole while they are loaded.
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
    """Refuses a document that stands for far more values than it writes down.

    Args:
      shared_objects: The shared objects, in JSON; each may refer to those before.
      root: The root, in JSON.

    Raises:
      ValueError: References stand for too many values, or nest them too deep.
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
    """What a part of a document stands for, references included."""

    __slots__ = ("copied", "depth", "size", "type_depth")

    def __init__(self) -> None:
        self.size = 0
        self.copied = 0  # Like `size`, without what stands behind a `pg.Ref`.
        self.depth = 0
        self.type_depth = 0  # Levels of types and specs.

    def measure(self, part: Any, extents: "list[_Extent]") -> int:
        """Measures a part.

        Args:
          part: A JSON value.
          extents: What the references in it stand for.

        Returns:
          The number of values written down.
        """
        written = 0
        # Values, their depth, that among types, whether they stand in a type, and
        # whether they are what a `pg.Ref` refers to.
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
                    # Types are compared as a whole, with what is behind references.
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
        # Beyond the limit, numbers do not count: they would grow without end.
        self.size = min(self.size + target.size, _UNLIMITED)
        self.copied = min(self.copied + copied, _UNLIMITED)
        self.depth = max(self.depth, depth + target.depth)
        self.type_depth = max(self.type_depth, type_depth + target.type_depth)


def _is_type(kind: str) -> bool:
    return kind == "type" or kind.startswith(_TYPE_PREFIXES)
