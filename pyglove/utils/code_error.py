"""Errors of code that is given as text."""

import types
from typing import Any

from pyglove.utils.error import PyGloveError

# The prefix of file names in tracebacks of code that is compiled from text.
GENERATED_CODE = "<generated-code"


class CodeError(PyGloveError, RuntimeError):
    r"""An error of code given as text: it cannot be parsed, is not permitted, or fails.

    Attributes:
      code: The text.
      cause: The error: a `SyntaxError`, or the exception that the code raised.
      lineno: The first line of the statement that failed, counted from 1, in the text
        itself rather than in functions that it calls; None if it is unknown.
      end_lineno: The last line of that statement.

    Example:
      >>> import pyglove as pg
      >>> try:
      ...     pg.coding.evaluate('x = 1\nx / 0')
      ... except pg.coding.CodeError as error:
      ...     print(error.lineno, error.format(include_complete_code=False))
      2 ZeroDivisionError: division by zero (<unknown>, line 2)
      <BLANKLINE>
        x / 0
      <BLANKLINE>
    """

    def __init__(self, code: str, cause: BaseException) -> None:
        """Creates the error.

        Args:
          code: The text.
          cause: The error.
        """
        super().__init__(code, cause)
        self.code = code
        self.cause = cause
        self.lineno: int | None
        self.end_lineno: int | None
        if isinstance(cause, SyntaxError):
            self.lineno, self.end_lineno = cause.lineno, cause.end_lineno
        else:
            self.lineno = self.end_lineno = _line_of_code(cause.__traceback__)
        if self.end_lineno is None:
            self.end_lineno = self.lineno

    def __str__(self) -> str:
        return self.format(include_complete_code=True)

    def code_lines(self, start_line: int, end_line: int) -> str:
        """Returns some lines of the code.

        Args:
          start_line: The index of the first line, from 0.
          end_line: The index after that of the last line.

        Returns:
          The text of these lines.
        """
        return "\n".join(self.code.split("\n")[start_line:end_line])

    def format(self, include_complete_code: bool = True) -> str:
        """Returns the error as a text.

        Args:
          include_complete_code: Whether to append all of the code.

        Returns:
          A text of several lines.
        """
        message = str(self.cause).rstrip()
        parts = [f"{type(self.cause).__name__}: {message}"]
        if self.lineno is not None:
            if "line" not in message:
                parts.append(f" (<unknown>, line {self.lineno})")
            end_line = self.end_lineno or self.lineno
            lines = self.code_lines(self.lineno - 1, end_line)
            parts.append(f"\n\n{_indent(lines)}\n")
        if include_complete_code:
            parts.append(f"\n[Code]\n\n  ```python\n{_indent(self.code)}\n  ```\n")
        return "".join(parts)


def _indent(text: str) -> str:
    return "\n".join(f"  {line}" if line.strip() else line for line in text.split("\n"))


def _line_of_code(traceback: Any) -> int | None:
    """Returns the line of the outermost frame of compiled text."""
    while isinstance(traceback, types.TracebackType):
        filename = traceback.tb_frame.f_code.co_filename
        if filename.startswith(GENERATED_CODE):
            return traceback.tb_lineno
        traceback = traceback.tb_next
    return None
