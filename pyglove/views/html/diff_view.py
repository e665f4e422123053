"""Diffs in the tree view: what is on the left, and what is on the right."""

from typing import Any

from pyglove.symbolic import Diff
from pyglove.utils import KeyPath
from pyglove.views.html import tree_style
from pyglove.views.html.html import Html
from pyglove.views.html.tree_renderer import register_renderer

_STYLE = """
/* Differences. */
.diff-value > * {
  margin-right: 0.3em;
}
.diff-left {
  background: rgba(220, 60, 50, 0.25);
}
.diff-right {
  background: rgba(40, 160, 80, 0.25);
}
.diff-left .simple-value, .diff-left.simple-value,
.diff-right .simple-value, .diff-right.simple-value {
  color: inherit;
}
.no-diff {
  opacity: 0.6;
}
.diff-empty::before {
  content: '(no difference)';
  font-style: italic;
}
"""

_SUMMARY_OPTIONS = (
    "enable_summary_tooltip",
    "enable_key_tooltip",
    "summary_color",
    "extra_flags",
)


def _is_same(diff: Any) -> bool:
    return diff.is_leaf and not diff


def _render(
    view: Any,
    value: Any,
    *,
    name: str | None = None,
    parent: Any = None,
    root_path: KeyPath | None = None,
    css_classes: Any = None,
    **options: Any,
) -> Html:
    """Renders a diff by the tree view."""
    path = KeyPath() if root_path is None else root_path
    passed = view.get_passthrough_kwargs(**options)
    # What differs is what a reader looks for: a diff opens as a whole.
    passed["collapse_level"] = options.get("collapse_level", 1)

    def side(part: Any, css_class: str, key: str = "left") -> Any:
        if part == Diff.MISSING:
            return None
        return view.render(
            part,
            name=name,
            parent=parent,
            root_path=KeyPath(key, path),
            css_classes=[css_class, css_classes],
            **passed,
        )

    if value.is_leaf and not (value.left == Diff.MISSING == value.right):
        if _is_same(value):
            return Html(side(value.left, "no-diff"), styles=[_STYLE])
        sides = [
            side(value.left, "diff-left"),
            side(value.right, "diff-right", "right"),
        ]
        return Html.element("div", sides, css_classes="diff-value").add_style(_STYLE)

    left, right = (getattr(v, "__name__", "Diff") for v in (value.left, value.right))
    mark = "no-diff" if value.is_leaf else "has-diff"
    summary = view.summary(
        value,
        name=name,
        parent=parent,
        root_path=path,
        css_classes=[mark, css_classes],
        title=(
            "Diff" if value.is_leaf else left if left == right else f"{left} | {right}"
        ),
        enable_summary=True,
        **{key: options[key] for key in _SUMMARY_OPTIONS if key in options},
    )
    is_closed = view.should_collapse(
        value,
        name=name,
        root_path=path,
        parent=parent,
        collapse_level=options.get("collapse_level", 1),
        uncollapse=view.init_uncollapse(options.get("uncollapse")),
    )
    css = Html.escape(Html.concate(["pyglove", "diff", mark, css_classes]))
    html = Html(f'<details{"" if is_closed else " open"} class="{css}">', summary)
    if value.is_leaf:
        html.write('<span class="diff-empty"></span>')
    else:
        html.write(_children(view, value, path, passed))
    return html.write("</details>").add_style(
        tree_style.DETAILS, tree_style.COMPLEX_VALUE, _STYLE
    )


def _children(view: Any, value: Any, path: KeyPath, options: dict[str, Any]) -> Html:
    """The differences of the parts, in a table."""
    is_list = isinstance(value.left, type) and issubclass(value.left, list)
    html = Html(f'<div class="complex-value {view.css_class_name(value.left)}"><table>')
    for key, child in value.children.sym_items():
        child_path = KeyPath(int(key) if is_list else key, path)
        label = view.object_key(
            child_path,
            value=child,
            parent=value,
            css_classes="no-diff" if _is_same(child) else None,
            **{
                k: options[k]
                for k in ("key_color", "enable_key_tooltip")
                if k in options
            },
        )
        shown = view.render(child, parent=value, root_path=child_path, **options)
        html.write("<tr><td>", label, "</td><td>", shown, "</td></tr>")
    return html.write("</table></div>")


register_renderer(Diff, _render)
