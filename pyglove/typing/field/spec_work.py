"""The work of creating the value specs of an untrusted document.

A spec checks its default when it is created. A small document can make that costly:
each item of the default may be completed with large defaults, checked by many
candidates, or matched with an expression that takes forever. So the work is counted,
and no expression of the document is matched.
"""

import typing

from pyglove.utils import PyGloveValueError, UntrustedError
from pyglove.utils.scope import Scope
from pyglove.utils.serialization.load_budget import LoadBudget, count_values

# The work that specs may cause while an untrusted document is loaded; otherwise None.
# Hot code tests `open_count` first.
SPEC_WORK: Scope[LoadBudget | None] = Scope("spec_work", None)

# No program writes longer expressions and annotations.
MAX_TEXT_LENGTH = 1_000


def spend(steps: int) -> None:
    """Counts steps while an untrusted document is loaded.

    Args:
      steps: The number of steps.

    Raises:
      ValueError: The document causes more work than its size justifies.
    """
    budget = SPEC_WORK.get()
    if budget is not None:
        budget.spend(steps)


def spend_on_copy(value: typing.Any) -> None:
    """Counts the values of a default that is about to be copied.

    Args:
      value: The default.
    """
    budget = SPEC_WORK.get()
    if budget is not None:
        budget.spend(count_values(value))


def is_untrusted() -> bool:
    """Whether specs are being loaded from an untrusted document."""
    return SPEC_WORK.get() is not None


def check_annotation(text: str) -> None:
    """Rejects annotations of an untrusted document that do more than name types.

    Args:
      text: The text, if it is from a document.

    Raises:
      TypeError: It contains calls.
      ValueError: It is too long.
    """
    check_text("a type annotation", text)
    if SPEC_WORK.open_count and is_untrusted() and "(" in text:
        raise UntrustedError(f"the annotation {text!r}", "it has calls in it")


def check_text(what: str, text: str) -> None:
    """Rejects text of an untrusted document that is costly to process.

    Args:
      what: What the text is, for the error message.
      text: The text.

    Raises:
      ValueError: It is too long.
    """
    if SPEC_WORK.open_count and is_untrusted() and len(text) > MAX_TEXT_LENGTH:
        raise PyGloveValueError(
            f"Expected at most {MAX_TEXT_LENGTH} characters as {what}, got "
            f"{len(text)}: {text[:40]!r}..."
        )
