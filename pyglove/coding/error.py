"""Errors of values on their way between processes."""

from pyglove import utils


class SerializationError(utils.PyGloveRuntimeError):
    """A result that cannot be sent back from the process that computed it.

    Attributes:
        message: What was tried, or None.
        cause: The error that came up.
    """

    def __init__(self, message: str | None, cause: BaseException) -> None:
        """Creates the error.

        Args:
            message: What was tried, or None.
            cause: The error that came up.
        """
        super().__init__(message, cause)
        self.message = message
        self.cause = cause

    def __str__(self) -> str:
        cause = f"{type(self.cause).__name__}: {self.cause}"
        return f"{self.message}\n\n{cause}" if self.message else cause
