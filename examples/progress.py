"""A progress bar for work that takes seconds to minutes."""

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TextIO, TypeVar

T = TypeVar("T")

BAR_WIDTH = 30
REDRAW_SECONDS = 0.1


def progress(
    items: Sequence[T], label: str, stream: TextIO | None = None
) -> Iterator[T]:
    """Passes `items` through and shows how many are done.

    On a terminal one line is redrawn in place. Anywhere else (a file, a pipe, a CI
    log) a line is printed at each tenth of the way, so that logs stay readable.

    Args:
      items: What to pass through.
      label: What is counted, such as `searches`.
      stream: Where to write; standard error when not given.

    Yields:
      The items, one by one.
    """
    stream = sys.stderr if stream is None else stream
    on_terminal = stream.isatty()
    total = len(items)
    start = drawn = time.perf_counter()
    for done, item in enumerate(items, start=1):
        yield item
        now = time.perf_counter()
        if on_terminal:
            if now - drawn < REDRAW_SECONDS and done < total:
                continue
            drawn = now
            left = (now - start) / done * (total - done)
            line = (
                f"{bar(done / total)} {done:,} of {total:,} {label}, {left:.0f} s left"
            )
            stream.write(f"\r{line}\033[K" + "\n" * (done == total))
        elif 10 * done // total > 10 * (done - 1) // total:
            stream.write(f"{done:,} of {total:,} {label} after {now - start:.1f} s\n")
        stream.flush()


def bar(fraction: float) -> str:
    """A bar of fixed width, filled up to `fraction` of it."""
    filled = int(BAR_WIDTH * fraction)
    return "█" * filled + "░" * (BAR_WIDTH - filled)
