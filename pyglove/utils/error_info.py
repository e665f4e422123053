"""Records of errors that can be stored."""

from abc import ABCMeta, abstractmethod
from collections.abc import Callable


class ErrorInfo(metaclass=ABCMeta):
    """Interface of the record of an error, with its class, message and stack trace."""

    __slots__ = ()

    @property
    @abstractmethod
    def tag(self) -> str:
        """The names of the classes of the error and its causes."""

    @property
    @abstractmethod
    def description(self) -> str:
        """The message of the error."""

    @property
    @abstractmethod
    def stacktrace(self) -> str:
        """The formatted stack trace."""

    @classmethod
    def from_exception(cls, error: BaseException) -> "ErrorInfo":
        """Records an error.

        Args:
          error: The error.

        Returns:
          The record.
        """
        import traceback

        return _factory[-1](
            compute_tag(error),
            str(error),
            "".join(traceback.format_exception(error)),
        )


def compute_tag(error: BaseException) -> str:
    """Returns the names of the classes of an error and its causes, joined by dots.

    Cycles of causes are visited once.
    """
    names: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        names.append(type(cause).__name__)
        cause = cause.__cause__
    return ".".join(names)


def register_error_info(factory: Callable[[str, str, str], ErrorInfo]) -> None:
    """Registers the factory of records.

    Args:
      factory: A function of tag, description and stack trace that returns a record.
    """
    _factory.append(factory)


class _PlainErrorInfo(ErrorInfo):
    """The record that is used until a symbolic one is registered."""

    __slots__ = ("_description", "_stacktrace", "_tag")

    def __init__(self, tag: str, description: str, stacktrace: str) -> None:
        self._tag = tag
        self._description = description
        self._stacktrace = stacktrace

    @property
    def tag(self) -> str:
        return self._tag

    @property
    def description(self) -> str:
        return self._description

    @property
    def stacktrace(self) -> str:
        return self._stacktrace


_factory: list[Callable[[str, str, str], ErrorInfo]] = [_PlainErrorInfo]
