"""Timing of nested blocks of code."""

import contextvars
import time
from collections import defaultdict
from types import TracebackType
from typing import Any, Optional

from pyglove.utils.error_info import ErrorInfo
from pyglove.utils.late_dataclass import (
    late_dataclass,
    late_default,
    late_frozen_dataclass,
)
from pyglove.utils.lazy_module import dataclasses
from pyglove.utils.serialization.json_convertible import JSONConvertible
from pyglove.utils.serialization.json_type import published_as

_CURRENT: contextvars.ContextVar[Optional["TimeIt"]] = contextvars.ContextVar(
    "timeit", default=None
)


class TimeIt:
    """Measures the time of a block of code and of timed blocks in it.

    Args:
      name: The name of the block, which precedes those of nested blocks unless it is
        empty.

    Example:
      >>> import pyglove.utils as utils
      >>> with utils.timeit('trial') as t:
      ...     with utils.timeit('train'):
      ...         pass
      >>> list(t.status())
      ['trial', 'trial.train']
    """

    @published_as("pyglove.core.utils.timing.TimeIt.Status")
    @late_frozen_dataclass
    class Status(JSONConvertible):
        """The status of a block.

        Attributes:
          name: The name of the block.
          elapse: The time it has taken so far, in seconds.
          has_ended: Whether it has ended.
          error: The error that it ended in.
        """

        name: str
        elapse: float = 0.0
        has_ended: bool = True
        error: ErrorInfo | None = None

        @property
        def has_started(self) -> bool:
            """Whether the block has started."""
            return self.elapse > 0

        @property
        def has_error(self) -> bool:
            """Whether the block ended in an error."""
            return self.error is not None

        def to_json(self, **kwargs: Any) -> Any:
            """Returns the JSON form, without default values."""
            return _write_dataclass(self, kwargs)

    @published_as("pyglove.core.utils.timing.TimeIt.StatusSummary")
    @late_dataclass
    class StatusSummary(JSONConvertible):
        """Statistics of blocks that run repeatedly.

        Attributes:
          breakdown: The statistics of each block, by name.
        """

        @published_as("pyglove.core.utils.timing.TimeIt.StatusSummary.Entry")
        @late_dataclass
        class Entry(JSONConvertible):
            """Statistics of all runs of a block.

            Attributes:
              num_started: The number of runs that were started.
              num_ended: The number of runs that ended.
              num_failed: The number of runs that ended in an error.
              avg_duration: The mean time of a run, in seconds.
              error_tags: The number of runs by the tag of their error.
            """

            num_started: int = 0
            num_ended: int = 0
            num_failed: int = 0
            avg_duration: float = 0.0
            error_tags: dict[str, int] = late_default(
                default_factory=lambda: defaultdict(int)
            )

            def update(self, status: "TimeIt.Status") -> None:
                """Adds a run."""
                total = self.avg_duration * self.num_started + status.elapse
                self.num_started += 1
                self.avg_duration = total / self.num_started
                if status.has_ended:
                    self.num_ended += 1
                if status.error is not None:
                    self.num_failed += 1
                    tag = status.error.tag
                    self.error_tags[tag] = self.error_tags.get(tag, 0) + 1

            def to_json(self, **kwargs: Any) -> Any:
                """Returns the JSON form, without default values."""
                return _write_dataclass(self, kwargs)

        breakdown: dict[str, "TimeIt.StatusSummary.Entry"] = late_default(
            default_factory=dict
        )

        def aggregate(self, timeit_status: dict[str, "TimeIt.Status"]) -> None:
            """Adds a run, given the result of `TimeIt.status`."""
            for name, status in timeit_status.items():
                entry = self.breakdown.get(name)
                if entry is None:
                    entry = self.breakdown[name] = TimeIt.StatusSummary.Entry()
                entry.update(status)

        def __bool__(self) -> bool:
            return bool(self.breakdown)

        def to_json(self, **kwargs: Any) -> Any:
            """Returns the JSON form, without default values."""
            return _write_dataclass(self, kwargs)

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._start_time: float | None = None
        self._end_time: float | None = None
        self._error: ErrorInfo | None = None
        self._children: list[TimeIt] = []
        self._parent: TimeIt | None = None

    @property
    def name(self) -> str:
        """The name of the block."""
        return self._name

    @property
    def children(self) -> list["TimeIt"]:
        """The timed blocks directly in this one."""
        return self._children

    def add(self, context: "TimeIt") -> None:
        """Adds a nested block."""
        self._children.append(context)

    def start(self) -> None:
        """Starts the clock."""
        self._error = None
        self._end_time = None
        self._start_time = time.time()

    def end(self, error: BaseException | None = None) -> bool:
        """Stops the clock.

        Args:
          error: The error that the block ended in.

        Returns:
          Whether the clock was running; if not, nothing is done.
        """
        if self.has_ended:
            return False
        self._end_time = time.time()
        if error is not None:
            self._error = ErrorInfo.from_exception(error)
        return True

    @property
    def start_time(self) -> float | None:
        """The time when the clock was started, in seconds since the epoch."""
        return self._start_time

    @property
    def end_time(self) -> float | None:
        """The time when the clock was stopped, in seconds since the epoch."""
        return self._end_time

    @property
    def has_started(self) -> bool:
        """Whether the clock was started."""
        return self._start_time is not None

    @property
    def has_ended(self) -> bool:
        """Whether the clock was stopped."""
        return self._end_time is not None

    @property
    def error(self) -> ErrorInfo | None:
        """The error that the block ended in."""
        return self._error

    @property
    def has_error(self) -> bool:
        """Whether the block ended in an error."""
        return self._error is not None

    @property
    def elapse(self) -> float:
        """The time that the block has taken so far, in seconds."""
        if self._start_time is None:
            return 0
        end = time.time() if self._end_time is None else self._end_time
        return end - self._start_time

    def status(self) -> dict[str, Status]:
        """Returns the status of this block and of those in it.

        Returns:
          The statuses by name, where the names of nested blocks are joined by dots.
          Blocks with the same name and parent are merged: their times are added, the
          status has ended if all have, and its error is the first one.
        """
        result: dict[str, TimeIt.Status] = {}
        self._collect("", result)
        return result

    def _collect(self, prefix: str, result: dict[str, Status]) -> None:
        path = f"{prefix}.{self._name}" if prefix else self._name
        status = TimeIt.Status(self._name, self.elapse, self.has_ended, self._error)
        other = result.get(path)
        if other is not None:  # Merge blocks of the same name.
            status = TimeIt.Status(
                self._name,
                other.elapse + status.elapse,
                other.has_ended and status.has_ended,
                other.error or status.error,
            )
        result[path] = status
        for child in self._children:
            child._collect(path if self._name else prefix, result)

    def __enter__(self) -> "TimeIt":
        self._parent = _CURRENT.get()
        if self._parent is not None:
            self._parent.add(self)
        _CURRENT.set(self)
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.end(exc_value)
        _CURRENT.set(self._parent)


def _write_dataclass(value: Any, kwargs: dict[str, Any]) -> Any:
    fields: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        default = field.default
        if field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        fields[field.name] = (getattr(value, field.name), default)
    return type(value).to_json_dict(fields, exclude_default=True, **kwargs)


def timeit(name: str = "") -> TimeIt:
    """Measures the time of a `with` block.

    Args:
      name: The name of the block.

    Returns:
      A context manager that yields itself.
    """
    return TimeIt(name)
