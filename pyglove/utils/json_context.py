"""What several places of one JSON document share."""

import dataclasses
from collections.abc import Callable
from typing import Any

from pyglove.utils.error import (
    PyGloveIndexError,
    PyGloveTypeError,
    PyGloveValueError,
)
from pyglove.utils.json_convertible import CODEC, JSONConvertible
from pyglove.utils.json_type import published_as

_MISSING = object()


@published_as("pyglove.core.utils.json_conversion.JSONConversionContext")
class JSONConversionContext(JSONConvertible):
    """The objects that several places of one document share.

    An object that is met a second time is written as a reference. At the end, unless
    nothing was, the document lists the shared objects and refers to them throughout.
    """

    __slots__ = ("_entries", "_entry_by_id", "_has_shared")

    @dataclasses.dataclass
    class ObjectEntry:
        """An object that may be shared.

        Attributes:
            value: The object.
            serialized: Its JSON form.
            ref_index: Its index among the entries.
            ref_count: How often it was met while writing.
        """

        value: Any
        serialized: Any
        ref_index: int
        ref_count: int

    def __init__(self) -> None:
        self._entries: list[JSONConversionContext.ObjectEntry] = []
        self._entry_by_id: dict[int, JSONConversionContext.ObjectEntry | None] = {}
        self._has_shared = False

    def get_shared(self, ref_index: int) -> ObjectEntry:
        """The entry at an index.

        Raises:
            IndexError: There is none.
            TypeError: The index is not an `int`.
        """
        if not isinstance(ref_index, int):
            raise PyGloveTypeError(
                f"Expected an int as reference to a shared object, got {ref_index!r}."
            )
        if not 0 <= ref_index < len(self._entries):
            raise PyGloveIndexError(
                f"Reference to shared object {ref_index}, but only "
                f"{len(self._entries)} precede it."
            )
        return self._entries[ref_index]

    def add_shared(self, shared: ObjectEntry) -> None:
        """Appends an entry."""
        self._entries.append(shared)

    def next_shared_index(self) -> int:
        """The index that the next entry will have."""
        return len(self._entries)

    def serialize_maybe_shared(
        self,
        value: Any,
        json_fn: Callable[..., Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Writes an object, or a reference to it when it was written before.

        Args:
            value: The object.
            json_fn: Writes it; called with `context` and `kwargs`. By default, it is
                written as `to_json` writes it.
            **kwargs: Options for writing it.

        Returns:
            The JSON form, which is final only after `to_json`.

        Raises:
            ValueError: The object contains itself.
        """
        key = id(value)
        entry = self._entry_by_id.get(key, _MISSING)
        if entry is _MISSING:
            self._entry_by_id[key] = None  # Until it is finished.
            if json_fn is None:
                serialized = CODEC.content_to_json(value, self, kwargs)
            else:
                serialized = json_fn(context=self, **kwargs)
            index = len(self._entries)
            entry = JSONConversionContext.ObjectEntry(value, serialized, index, 1)
            self._entries.append(entry)
            self._entry_by_id[key] = entry
            if isinstance(serialized, (dict, list)):
                return serialized
            # A value that is not a container cannot be found again in the document.
            self._has_shared = True
            return _Reference(index)
        if not isinstance(entry, JSONConversionContext.ObjectEntry):
            raise PyGloveValueError(
                f"Cannot convert to JSON: an object of type {type(value).__name__} "
                "contains itself."
            )
        entry.ref_count += 1
        self._has_shared = True
        return _Reference(entry.ref_index)

    def to_json(  # type: ignore[override]
        self, *, root: Any, **kwargs: Any
    ) -> Any:
        """Finishes a document.

        Args:
            root: The JSON form of the root, written with this context.
            **kwargs: Ignored.

        Returns:
            The document: `root` itself when nothing is shared.
        """
        if not self._has_shared:
            return root
        index_by_entry: dict[int, int] = {}
        first_places: dict[int, int] = {}
        for entry in self._entries:
            if entry.ref_count > 1:
                index_by_entry[entry.ref_index] = len(index_by_entry)
                first_places[id(entry.serialized)] = entry.ref_index

        def finish(value: Any, is_shared: bool = False) -> Any:
            if isinstance(value, _Reference):
                index = value.ref_index
                if index in index_by_entry:
                    return {"__ref__": index_by_entry[index]}
                return finish(self._entries[index].serialized)
            if not is_shared:
                index = first_places.get(id(value), -1)
                if index >= 0:
                    return {"__ref__": index_by_entry[index]}
            if isinstance(value, list):
                return [finish(item) for item in value]
            if isinstance(value, dict):
                return {key: finish(item) for key, item in value.items()}
            return value

        shared = [
            finish(entry.serialized, is_shared=True)
            for entry in self._entries
            if entry.ref_count > 1
        ]
        root = finish(root)
        if not shared:
            return root
        return {"__context__": {"shared_objects": shared}, "__root__": root}

    @classmethod
    def from_json(cls, json_value: Any, **kwargs: Any) -> "JSONConversionContext":
        """Reads the shared objects of a document, which precede its root."""
        context = cls()
        shared = json_value.get("shared_objects") if json_value else None
        kwargs.pop("context", None)
        for i, item in enumerate(shared or ()):
            value = CODEC.from_json(item, context=context, **kwargs)
            context.add_shared(cls.ObjectEntry(value, item, i, 0))
        return context


class _Reference(dict[str, Any]):
    """Stands for an entry of a context until the document is finished."""

    __slots__ = ("ref_index",)

    def __init__(self, ref_index: int) -> None:
        super().__init__(__ref__=ref_index)
        self.ref_index = ref_index
