"""Colours and styles of text in a terminal."""

import os
import re
import sys

from pyglove.utils.error import PyGloveKeyError

_COLORS = {
    name: code
    for code, name in enumerate(
        ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "light_grey"), 30
    )
}
_COLORS["grey"] = _COLORS["black"]
_COLORS.update(
    (name, code)
    for code, name in enumerate(
        (
            "dark_grey",
            "light_red",
            "light_green",
            "light_yellow",
            "light_blue",
            "light_magenta",
            "light_cyan",
            "white",
        ),
        90,
    )
)
_BACKGROUND_OFFSET = 10

_STYLES = {
    "bold": 1,
    "dark": 2,
    "italic": 3,
    "underline": 4,
    "blink": 5,
    "reverse": 7,
    "concealed": 8,
    "strike": 9,
}

_ESCAPE = r"\x1b\[[0-9;]*m"
_RESET = "\x1b[0m"


def _is_colorful() -> bool:
    """Whether the environment, or else the terminal, enables colours."""
    if "NO_COLOR" in os.environ or "ANSI_COLORS_DISABLED" in os.environ:
        return False
    if "FORCE_COLOR" in os.environ:
        return True
    if os.environ.get("TERM") == "dumb":
        return False
    return bool(getattr(sys.stdout, "isatty", lambda: False)())


def _code(table: dict[str, int], name: str, what: str) -> int:
    code = table.get(name)
    if code is None:
        raise PyGloveKeyError(
            f"Expected a {what} among {', '.join(sorted(table))}, got {name!r}."
        )
    return code


def colored(
    text: str,
    color: str | None = None,
    background: str | None = None,
    styles: list[str] | None = None,
) -> str:
    """Colours a text if the standard output shows colours.

    The environment variables `NO_COLOR` and `FORCE_COLOR` take precedence.

    Args:
      text: The text.
      color: The name of a colour, e.g. 'red' or 'light_blue'.
      background: The name of the colour behind the text.
      styles: Names of styles, e.g. 'bold' or 'underline'.

    Returns:
      The text with escape sequences.

    Raises:
      KeyError: There is no such colour or style.
    """
    text = str(text)
    if not (color or background or styles) or not _is_colorful():
        return text
    codes = []
    if color is not None:
        codes.append(_code(_COLORS, color, "color"))
    if background is not None:
        codes.append(_code(_COLORS, background, "color") + _BACKGROUND_OFFSET)
    codes.extend(_code(_STYLES, style, "style") for style in styles or ())
    for code in codes:
        text = f"\x1b[{code}m{text}"
    return text + _RESET


def decolor(text: str) -> str:
    """Returns the text without escape sequences of colours and styles."""
    return re.sub(_ESCAPE, "", text)


def colored_block(
    text: str,
    block_start: str,
    block_end: str,
    color: str | None = None,
    background: str | None = None,
    styles: list[str] | None = None,
) -> str:
    """Colours the parts of a text between two marks, including the marks.

    Args:
      text: The text, which may contain colours.
      block_start: The mark at the start of a part.
      block_end: The mark at the end of a part.
      color: The name of a colour.
      background: The name of the colour behind the text.
      styles: Names of styles.

    Returns:
      The text with escape sequences. Each part is followed by the colours before it.

    Raises:
      KeyError: There is no such colour or style.
    """
    if not (color or background or styles):
        return text
    pieces: list[str] = []
    end = 0
    pattern = f"{re.escape(block_start)}.*?{re.escape(block_end)}"
    for match in re.finditer(pattern, text, re.DOTALL):
        before = text[end : match.start()]
        pieces += [before, colored(match.group(), color, background, styles)]
        end = match.end()
        outer = re.findall(_ESCAPE, text[: match.start()])
        if pieces[-1] != match.group() and outer and outer[-1] != _RESET:
            pieces.append(outer[-1])
    return "".join((*pieces, text[end:]))
