"""Objects that a JSON document shares."""

from collections.abc import Callable, Iterable
from typing import Any

from pyglove.utils.error import (
    PyGloveIndexError,
    PyGloveTypeError,
    PyGloveValueError,
)
from pyglove.utils.late_dataclass import late_dataclass
from pyglove.utils.serialization.json_convertible import CODEC, JSONConvertible
from pyglove.utils.serialization.json_type import published_as
from pyglove.utils.serialization.load_budget import LoadBudget

_UNFINISHED = -1


@published_as("pyglove.core.utils.json_conversion.JSONConversionContext")
class JSONConversionContext(JSONConvertible):
    """The objects that occur more than once in a document.

    The second occurrence of an object is written as a reference. If there are
    references, the final document lists the shared objects and refers to them
    everywhere.
    """

    __slots__ = (
        "_budget",
        "_has_shared",
        "_index_by_id",
        "_ref_counts",
        "_serialized",
        "_values",
    )

    @late_dataclass
    class ObjectEntry:
        """An object that may be shared.

        Attributes:
          value: The object.
          serialized: Its JSON form.
          ref_index: Its index among the entries.
          ref_count: The number of its occurrences.
        """

        value: Any
        serialized: Any
        ref_index: int
        ref_count: int

    def __init__(self, document: Any = None) -> None:
        """Creates a context.

        Args:
          document: The whole document to load, if known.
        """
        # The columns of the entries, since most entries are never requested.
        self._values: list[Any] = []
        self._serialized: list[Any] = []
        self._ref_counts: list[int] = []
        # The index of a finished entry; `_UNFINISHED` while it is being written.
        self._index_by_id: dict[int, int] = {}
        self._has_shared = False
        self._budget = None if document is None else LoadBudget(document)

    def budget_for(self, json_value: Any) -> LoadBudget:
        """Returns the budget of loading the document.

        Args:
          json_value: The value to use as the document if it is unknown.
        """
        if self._budget is None:
            self._budget = LoadBudget(json_value)
        return self._budget

    def get_shared(self, ref_index: int) -> ObjectEntry:
        """Returns the entry at an index.

        Raises:
          IndexError: There is no such entry.
          TypeError: The index is not an `int`.
        """
        if not isinstance(ref_index, int):
            raise PyGloveTypeError(
                f"Expected an int as reference to a shared object, got {ref_index!r}."
            )
        if not 0 <= ref_index < len(self._values):
            raise PyGloveIndexError(
                f"Expected a reference to one of {len(self._values)} earlier objects, "
                f"got {ref_index}."
            )
        return JSONConversionContext.ObjectEntry(
            self._values[ref_index],
            self._serialized[ref_index],
            ref_index,
            self._ref_counts[ref_index],
        )

    def add_shared(self, shared: ObjectEntry) -> None:
        """Appends an entry."""
        self._values.append(shared.value)
        self._serialized.append(shared.serialized)
        self._ref_counts.append(shared.ref_count)

    def next_shared_index(self) -> int:
        """Returns the index of the next entry."""
        return len(self._values)

    def serialize_maybe_shared(
        self,
        value: Any,
        json_fn: Callable[..., Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Writes an object, or a reference if it was written before.

        Args:
          value: The object.
          json_fn: A function of `context` and `kwargs` that writes the object. The
            default is `to_json`.
          **kwargs: Options for writing it.

        Returns:
          The JSON form, which `to_json` may still change.

        Raises:
          ValueError: The object contains itself.
        """
        reference = self.enter(value)
        if reference is not None:
            return reference
        if json_fn is None:
            return self.leave(value, CODEC.content_to_json(value, self, kwargs))
        return self.leave(value, json_fn(context=self, **kwargs))

    def enter(self, value: Any) -> Any:
        """Begins to write an object.

        Args:
          value: The object.

        Returns:
          A reference if it was written before; otherwise None, and the caller must
          write it and call `leave` afterwards.

        Raises:
          ValueError: The object contains itself.
        """
        index = self._index_by_id.get(id(value))
        if index is not None:
            return self._refer(value, index)
        self._index_by_id[id(value)] = _UNFINISHED
        return None

    def leave(self, value: Any, serialized: Any) -> Any:
        """Finishes writing an object.

        Args:
          value: The object.
          serialized: Its JSON form.

        Returns:
          What takes its place in the document.
        """
        index = self._index_by_id[id(value)] = len(self._values)
        self._values.append(value)  # This also keeps the id in use.
        self._serialized.append(serialized)
        self._ref_counts.append(1)
        if isinstance(serialized, (dict, list)):
            return serialized
        # `to_json` can only find containers in the document.
        self._has_shared = True
        return _Reference(index)

    def _refer(self, value: Any, index: int) -> Any:
        if index == _UNFINISHED:
            raise PyGloveValueError(
                "Expected a value without cycles to convert to JSON, got an object of "
                f"type {type(value).__name__!r} that contains itself."
            )
        self._ref_counts[index] += 1
        self._has_shared = True
        return _Reference(index)

    def to_json(  # type: ignore[override]
        self, *, root: Any, **kwargs: Any
    ) -> Any:
        """Finishes a document.

        Args:
          root: The JSON form of the root, written with this context.
          **kwargs: Ignored.

        Returns:
          The document, which is `root` itself if there are no references.
        """
        if not self._has_shared:
            return root
        shared = [i for i, count in enumerate(self._ref_counts) if count > 1]
        final_index = {index: i for i, index in enumerate(shared)}
        first_place = {id(self._serialized[index]): index for index in shared}

        def finish(value: Any, is_shared: bool = False) -> Any:
            result = [value]
            # Container and key of values to finish, and whether they are shared
            # objects.
            pending: list[tuple[Any, Any, bool]] = [(result, 0, is_shared)]
            while pending:
                out, key, is_shared = pending.pop()
                value = out[key]
                if isinstance(value, _Reference):
                    index = value.ref_index
                    if index in final_index:
                        out[key] = {"__ref__": final_index[index]}
                    else:
                        out[key] = self._serialized[index]
                        pending.append((out, key, False))
                elif not is_shared and id(value) in first_place:
                    out[key] = {"__ref__": final_index[first_place[id(value)]]}
                elif isinstance(value, list):
                    out[key] = value = list(value)
                    pending.extend([(value, i, False) for i in range(len(value))])
                elif isinstance(value, dict):
                    out[key] = value = dict(value)
                    pending.extend([(value, k, False) for k in value])
            return result[0]

        shared_objects = [finish(self._serialized[i], is_shared=True) for i in shared]
        root = finish(root)
        if not shared_objects:
            return root
        return {"__context__": {"shared_objects": shared_objects}, "__root__": root}

    @classmethod
    def from_json(cls, json_value: Any, **kwargs: Any) -> "JSONConversionContext":
        """Creates a context from the shared objects of a document."""
        kwargs.pop("context", None)
        context = cls(json_value)
        unknown = set(json_value or ()) - {"_type", "shared_objects"}
        if unknown:
            raise PyGloveTypeError(
                f"Expected 'shared_objects' in JSON, got {min(map(str, unknown))!r}."
            )
        shared = json_value.get("shared_objects") if json_value else None
        context.read_shared(shared or (), **kwargs)
        return context

    def read_shared(self, shared_objects: Iterable[Any], **kwargs: Any) -> None:
        """Reads shared objects, which may refer to earlier ones.

        Args:
          shared_objects: The objects in JSON.
          **kwargs: Options for reading them.
        """
        for item in shared_objects:
            value = CODEC.from_json(item, context=self, **kwargs)
            self._values.append(value)
            self._serialized.append(item)
            self._ref_counts.append(0)


class _Reference(dict[str, Any]):
    """A placeholder for an entry of a context until the document is finished."""

    __slots__ = ("ref_index",)

    def __init__(self, ref_index: int) -> None:
        super().__init__(__ref__=ref_index)
        self.ref_index = ref_index
