"""The work that specs of a document cause while they are made.

A spec applies itself to its default. Where a stranger wrote both, few values may stand
for a lot of work: each item of the default may be completed with large defaults, tried
with many candidates, or matched with an expression that takes for ever. So the work is
counted, and no expression of the document is run.
"""

import typing

from pyglove.utils import PyGloveValueError, UntrustedError
from pyglove.utils.scope import Scope
from pyglove.utils.serialization.load_budget import LoadBudget, count_values

# What specs may cost while they are made of a document that is untrusted; None
# elsewhere. Hot code looks at its `open_count` first.
SPEC_WORK: Scope[LoadBudget | None] = Scope("spec_work", None)

# Longer expressions and annotations, nobody writes.
MAX_TEXT_LENGTH = 1_000


def spend(steps: int) -> None:
    """Counts steps, if specs are being made of a document.

    Args:
      steps: How many.

    Raises:
      ValueError: The document causes more work than its size permits.
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
    """Whether specs are being made of a document that is untrusted."""
    return SPEC_WORK.get() is not None


def check_annotation(text: str) -> None:
    """Refuses the text of an annotation that does more than to name types.

    Args:
      text: The text, if it is from a document.

    Raises:
      TypeError: There are calls in it.
      ValueError: It is too long.
    """
    check_text("a type annotation", text)
    if SPEC_WORK.open_count and is_untrusted() and "(" in text:
        raise UntrustedError(f"the annotation {text!r}", "it has calls in it")


def check_text(what: str, text: str) -> None:
    """Refuses text that takes long to understand, if it is from a document.

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
