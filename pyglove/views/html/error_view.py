"""Errors in the tree view: what went wrong, and the lines that led to it."""

import re
from typing import Any

from pyglove.symbolic import ErrorInfo
from pyglove.views.html.html import Html
from pyglove.views.html.tree_renderer import Presentation, register_presentation
from pyglove.views.html.tree_text import cut, escape

_STYLE = """
/* Errors. */
.error-description {
  padding: 0.2em 0.4em;
  color: #c0583c;
  font-weight: 600;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.error-traceback {
  max-height: 30em;
  margin: 0.2em;
  padding: 0.4em;
  overflow: auto;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  border-radius: 4px;
  background: rgba(128, 128, 128, 0.12);
  font: 12px/1.4 ui-monospace, Menlo, Consolas, 'Liberation Mono', monospace;
}
.error-traceback > .frame {
  font-weight: 600;
}
"""

_FRAME = re.compile(r"^(  File .*)$", re.MULTILINE)


def _title(value: Any) -> str:
    return f"{type(value).__name__}: {value.tag}"


def _content(view: Any, value: Any, **options: Any) -> Html:
    """The description of an error, and its traceback."""
    trace = escape(cut(value.stacktrace, 100_000))
    trace = _FRAME.sub(r'<span class="frame">\1</span>', trace)
    return Html(
        f'<div class="complex-value"><div class="error-description">'
        f"{escape(cut(value.description, 100_000))}</div>"
        '<details open class="pyglove traceback"><summary><div class="summary-title">'
        f'Traceback</div></summary><pre class="error-traceback">{trace}</pre></details>'
        "</div>"
    )


register_presentation(
    ErrorInfo, Presentation(title=_title, content=_content, styles=[_STYLE])
)
