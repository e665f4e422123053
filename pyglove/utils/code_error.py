"""Errors of code that is given as text: where it fails, and the text itself."""

import types
from typing import Any

from pyglove.utils.error import PyGloveError

# How the file names of code begin that is compiled from a text, in tracebacks.
GENERATED_CODE = "<generated-code"


class CodeError(PyGloveError, RuntimeError):
    r"""Code given as text that cannot be parsed, is not permitted, or has failed.

    Attributes:
      code: The text.
      cause: The error: a `SyntaxError`, or what the code raised.
      lineno: The first line at fault, counted from 1: of the statement of the text
        (not of a function that it calls). None where that is unknown.
      end_lineno: The last line at fault.

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
          cause: What went wrong.
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
          start_line: The first of them, counted from 0.
          end_line: The one after the last of them.

        Returns:
          The text of these lines.
        """
        return "\n".join(self.code.split("\n")[start_line:end_line])

    def format(self, include_complete_code: bool = True) -> str:
        """Returns the error as a text.

        Args:
          include_complete_code: Whether all of the code follows the lines at fault.

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
    """Returns the line at which compiled text was left, the outermost if several."""
    while isinstance(traceback, types.TracebackType):
        filename = traceback.tb_frame.f_code.co_filename
        if filename.startswith(GENERATED_CODE):
            return traceback.tb_lineno
        traceback = traceback.tb_next
    return None
