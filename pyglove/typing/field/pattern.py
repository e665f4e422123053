"""Regular expressions of keys and strings."""

import re

from pyglove.typing.field.spec_work import SPEC_WORK, check_text, is_untrusted, spend
from pyglove.utils import PyGloveTypeError

# The cost of compiling a set of characters beyond ASCII, in steps.
_WIDE_SET = 5_000
_WIDE_ESCAPES = r"\\[uUx]"


def compile_regex(regex: str) -> re.Pattern[str]:
    """Compiles a regular expression, within limits for untrusted documents.

    Args:
      regex: The expression.

    Returns:
      The compiled pattern.

    Raises:
      ValueError: The expression is from an untrusted document and too costly.
      TypeError: It is neither a str nor a pattern.
      re.error: It is malformed.
    """
    if not isinstance(regex, (str, re.Pattern)):
        raise PyGloveTypeError(
            f"Expected a str or a pattern as regular expression, got {regex!r}."
        )
    if SPEC_WORK.open_count and is_untrusted() and isinstance(regex, str):
        check_text("a regular expression", regex)
        spend(1)
        if not regex.isascii() or re.search(_WIDE_ESCAPES, regex):
            spend(_WIDE_SET * regex.count("["))
    return re.compile(regex)


def may_match(pattern: re.Pattern[str] | None, text: str) -> bool:
    """Returns whether the start of a text matches a pattern.

    While specs are loaded from an untrusted document, the only text to match is their
    default, which is from the same document. Matching could take forever, so it is
    skipped.

    Args:
      pattern: The pattern; None matches everything.
      text: The text.
    """
    if pattern is None or (SPEC_WORK.open_count and is_untrusted()):
        return True
    return pattern.match(text) is not None
