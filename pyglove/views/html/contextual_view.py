"""Contextual attributes in the tree view: the values that stand in for them."""

from typing import Any

from pyglove.symbolic import ContextualAttribute, Symbolic
from pyglove.utils import MISSING_VALUE, KeyPath
from pyglove.views.html.html import Html
from pyglove.views.html.tree_renderer import Presentation, register_presentation

_STYLE = """
.contextual-attribute {
  color: purple;
}
.unavailable-contextual {
  color: gray;
  font-style: italic;
}
"""

# What can be read on dark pages as well.
_COLOR = """
.pyglove.contextual-attribute {
  color: #a45cc9;
}
"""


def _content(
    view: Any,
    value: Any,
    *,
    parent: Any = None,
    root_path: KeyPath | None = None,
    **options: Any,
) -> Html:
    """The value that the context provides, if it does."""
    inferred = MISSING_VALUE
    if isinstance(parent, Symbolic) and root_path:
        inferred = parent.sym_inferred(root_path.key, MISSING_VALUE)
    if inferred == MISSING_VALUE:
        return Html('<div class="unavailable-contextual">(not available)</div>')
    html: Html = view.render(
        inferred,
        parent=value,
        root_path=KeyPath("<inferred>", root_path),
        collapse_level=options.pop("collapse_level"),
        **view.get_passthrough_kwargs(**options),
    )
    return html


register_presentation(
    ContextualAttribute,
    Presentation(
        content=_content, options={"collapse_level": None}, styles=[_STYLE, _COLOR]
    ),
)
