"""Origin: the source of a symbolic value."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pyglove import utils
from pyglove.symbolic.node import flag

if TYPE_CHECKING:
    import traceback

_STACKTRACE_LIMIT: list[int] = [10]


class Origin(utils.Formattable):
    """The source of a symbolic value, and how the value was derived from it.

    Origins form a chain: the source of an origin may have an origin itself.

    Attributes:
      source: The value, or a description, from which a value was derived.
      tag: How it was derived, for example 'clone'.
      stack: The frames of the call that derived it, if recorded.
    """

    __slots__ = ("_source", "_stack", "_tag")

    def __init__(
        self,
        source: Any,
        tag: str,
        stacktrace: bool | None = None,
        stacklimit: int | None = None,
        stacktop: int = -1,
    ):
        """Creates an origin.

        Args:
          source: The value, or a description, from which a value was derived.
          tag: How it was derived.
          stacktrace: Whether to record the call stack; None records it while origins
            are tracked.
          stacklimit: How many frames to record; None for the global limit.
          stacktop: How many frames on top to omit, as a negative number.

        Raises:
          ValueError: if `tag` is not a string.
        """
        if not isinstance(tag, str):
            raise utils.PyGloveValueError(
                f"Expected a str as the tag of an origin, got {tag!r}."
            )
        self._source = source
        self._tag = tag
        self._stack: Any = None
        if stacktrace is None:
            stacktrace = flag.TRACK_ORIGIN.get()
        if stacktrace:
            import traceback

            limit = stacklimit if stacklimit is not None else _STACKTRACE_LIMIT[0]
            frames = traceback.extract_stack(limit=limit - stacktop)
            self._stack = list(frames)[: stacktop or None]

    @property
    def source(self) -> Any:
        """The value, or a description, from which a value was derived."""
        return self._source

    @property
    def tag(self) -> str:
        """How it was derived."""
        return self._tag

    @property
    def stack(self) -> "list[traceback.FrameSummary] | None":
        """The frames of the call that derived it, if recorded."""
        return self._stack

    @property
    def stacktrace(self) -> str | None:
        """The text of `stack`."""
        if self._stack is None:
            return None
        import traceback

        return "".join(traceback.format_list(self._stack))

    @property
    def root(self) -> "Origin":
        """The origin at the beginning of the chain."""
        origin = self
        while True:
            before = getattr(origin.source, "sym_origin", None)
            if before is None:
                return origin
            origin = before

    def history(
        self, condition: Callable[["Origin"], bool] | None = None
    ) -> list["Origin"]:
        """Returns the chain of origins, the earliest first.

        Args:
          condition: A predicate of origins; None selects all.
        """
        origin: Origin | None = self
        found = []
        while origin is not None:
            if condition is None or condition(origin):
                found.append(origin)
            origin = getattr(origin.source, "sym_origin", None)
        return found[::-1]

    def chain(self, tag: str | None = None) -> list["Origin"]:
        """Returns the chain of origins with a tag, the latest first.

        Args:
          tag: The tag; None selects all.
        """
        return self.history(lambda o: tag is None or o.tag == tag)[::-1]

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats this origin, with the address of an object; see `pg.format`."""
        options = {**kwargs, "compact": compact, "verbose": verbose}
        parts: list[tuple[str, Any, Any]] = [("tag", self._tag, None)]
        if self._source is not None:
            options["root_indent"] = root_indent + 1
            parts.append(("source", _located(self._source, options), None))
        options["root_indent"] = root_indent
        return utils.kvlist_str(parts, label=type(self).__name__, **options)

    def __eq__(self, other: Any) -> bool:
        return (
            isinstance(other, Origin)
            and self._source is other._source
            and self._tag == other._tag
        )

    def __ne__(self, other: Any) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((id(self._source), self._tag))


def _located(source: Any, options: dict[str, Any]) -> Any:
    """Returns a source to show: a description, or the text and address of an object."""
    if isinstance(source, str):
        return source
    text = utils.format(source, **options)
    return utils.RawText(f"{text} at 0x{id(source):8x}")


class OriginAware:
    """A value that may have an origin."""

    _sym_origin: Origin | None = None

    @property
    def sym_origin(self) -> Origin | None:
        """The origin of this value, or None if it was not recorded."""
        return self._sym_origin

    def sym_setorigin(
        self,
        source: Any,
        tag: str,
        stacktrace: bool | None = None,
        stacklimit: int | None = None,
        stacktop: int = -1,
    ) -> None:
        """Records the origin of this value.

        Args:
          source: The value, or a description, from which this value was derived.
          tag: How it was derived.
          stacktrace: Whether to record the call stack.
          stacklimit: How many stack frames to record.
          stacktop: How many frames on top to omit.

        Raises:
          ValueError: if an origin with another source has been recorded.
        """
        origin = self._sym_origin
        if (
            origin is not None
            and origin.source is not None
            and (origin.source is not source)
        ):
            raise utils.PyGloveValueError(
                f"Expected the source of the origin that is recorded, which is "
                f"{origin.source!r}, got another one: {source!r}."
            )
        self._sym_origin = Origin(source, tag, stacktrace, stacklimit, stacktop - 1)


def set_origin_stacktrace_limit(limit: int) -> None:
    """Sets how many stack frames an origin records.

    Args:
      limit: The number of frames.
    """
    _STACKTRACE_LIMIT[0] = limit


def get_origin_stacktrace_limit() -> int:
    """Returns how many stack frames an origin records."""
    return _STACKTRACE_LIMIT[0]
