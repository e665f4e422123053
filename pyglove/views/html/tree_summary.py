"""Summaries of the tree view: the lines that open and close nodes, keys, tooltips."""

from typing import Any

from pyglove.utils import KeyPath
from pyglove.views.html import tree_style
from pyglove.views.html.html import Html
from pyglove.views.html.tree_helper import TreeHelpers
from pyglove.views.html.tree_markup import class_suffix, color_style
from pyglove.views.html.tree_text import (
    PRIMITIVES,
    TooltipTexts,
    class_name,
    escape,
    title_of,
)
from pyglove.views.protocol import View


class TreeSummaries(TreeHelpers):
    """Methods of the tree view that render what is around the contents of nodes."""

    _tooltip_texts: TooltipTexts

    def needs_summary(
        self,
        value: Any,
        *,
        name: str | None = None,
        parent: Any = None,
        title: Any = None,
        enable_summary: bool | None = None,
        enable_summary_for_str: bool = True,
        max_summary_len_for_str: int = 80,
    ) -> bool:
        """Returns whether a node has a summary.

        Args:
          value: The value.
          name: Its name.
          parent: Its parent.
          title: The title of the summary, if it is given.
          enable_summary: Whether it has one; if None, values that are simple and short
            have none, unless they have a name or a title.
          enable_summary_for_str: Whether texts may have one.
          max_summary_len_for_str: The longest text that counts as short.
        """
        if enable_summary is not None:
            return enable_summary
        if isinstance(value, str):
            if not enable_summary_for_str:
                return False
            if len(value) > max_summary_len_for_str:
                return True
        elif not isinstance(value, PRIMITIVES):
            return True
        return bool(name or title)

    @View.extension_method("_html_tree_view_summary")
    def summary(
        self,
        value: Any,
        *,
        name: str | None = None,
        parent: Any = None,
        root_path: KeyPath | None = None,
        css_classes: Any = None,
        title: Any = None,
        enable_summary: bool | None = None,
        enable_summary_tooltip: bool = True,
        summary_color: Any = None,
        max_summary_len_for_str: int = 80,
        enable_summary_for_str: bool = True,
        enable_key_tooltip: bool = True,
        summary_tooltip_fn: Any = None,
        key_tooltip_fn: Any = None,
        extra_flags: dict[str, Any] | None = None,
    ) -> Html | None:
        """Renders the summary of a node.

        Args:
          value: The value.
          name: Its name.
          parent: Its parent.
          root_path: Its path.
          css_classes: Classes of the parts of the summary.
          title: The title: text, which is escaped, or `pg.Html`. That of the class of
            the value by default.
          enable_summary: Whether there is a summary; see `needs_summary`.
          enable_summary_tooltip: Whether the title has a tooltip, with the value.
          summary_color: Colours of text and background, or a function of path, value
            and parent that returns them.
          max_summary_len_for_str: The longest text without a summary.
          enable_summary_for_str: Whether texts may have one.
          enable_key_tooltip: Whether the name has a tooltip, with the path.
          summary_tooltip_fn: What renders the tooltip, like `tooltip`.
          key_tooltip_fn: What renders the tooltip of the name, like `tooltip`.
          extra_flags: Flags for extensions.

        Returns:
          The summary, or None if the node has none.
        """
        if not self.needs_summary(
            value,
            name=name,
            parent=parent,
            title=title,
            enable_summary=enable_summary,
            enable_summary_for_str=enable_summary_for_str,
            max_summary_len_for_str=max_summary_len_for_str,
        ):
            return None
        path = KeyPath() if root_path is None else root_path
        css = class_suffix(css_classes)
        html = Html()
        texts = html._texts
        texts.append("<summary>")
        if name:
            style = color_style(self.get_color(summary_color, path, value, parent))
            texts.append(f'<div class="summary-name{css}"{style}>{escape(str(name))}')
            if key_tooltip_fn is not None:
                html.write(
                    key_tooltip_fn(
                        path,
                        name=name,
                        parent=parent,
                        root_path=path,
                        css_classes=css_classes,
                    )
                )
            elif enable_key_tooltip:
                texts.append(f'<span class="tooltip{css}">{escape(str(path))}</span>')
                html.styles.add(tree_style.TOOLTIP)
            texts.append("</div>")
        texts.append(f'<div class="summary-title{css}">')
        if title is None or title == "":
            texts.append(title_of(type(value)))
        else:
            html.write(escape(title) if isinstance(title, str) else title)
        texts.append("</div>")
        if enable_summary_tooltip:
            render = summary_tooltip_fn or self.tooltip
            html.write(
                render(value, parent=parent, root_path=path, css_classes=css_classes)
            )
        texts.append("</summary>")
        html.styles.add(tree_style.SUMMARY)
        return html

    def object_key(
        self,
        root_path: KeyPath,
        *,
        value: Any,
        parent: Any,
        css_classes: Any = None,
        key_color: Any = None,
        enable_key_tooltip: bool = True,
        key_tooltip_fn: Any = None,
        **kwargs: Any,
    ) -> Html:
        """Renders a key that stands beside its value.

        Args:
          root_path: The path of the value.
          value: The value.
          parent: Its parent.
          css_classes: Classes of the element.
          key_color: Colours of text and background, or a function that returns them.
          enable_key_tooltip: Whether it has a tooltip, with the path.
          key_tooltip_fn: What renders the tooltip, like `tooltip`.
          **kwargs: Ignored.
        """
        key = root_path.key if root_path else ""
        style = color_style(self.get_color(key_color, root_path, value, parent))
        kind = class_name(type(key))
        html = Html(
            f'<span class="object-key {kind}{class_suffix(css_classes)}"{style}>'
            f"{escape(str(key))}</span>"
        )
        html.styles.add(tree_style.OBJECT_KEY)
        if key_tooltip_fn is not None:
            html.write(
                key_tooltip_fn(value=root_path, parent=parent, root_path=root_path)
            )
        elif enable_key_tooltip:
            html._texts.append(f'<span class="tooltip">{escape(str(root_path))}</span>')
            html.styles.add(tree_style.TOOLTIP)
        return html

    def tooltip(
        self,
        value: Any,
        *,
        parent: Any = None,
        root_path: KeyPath | None = None,
        css_classes: Any = None,
        id: str | None = None,
        content: Any = None,
        **kwargs: Any,
    ) -> Html:
        """Renders a tooltip, which appears over the element before it.

        Args:
          value: The value.
          parent: Its parent.
          root_path: Its path.
          css_classes: Classes of the element.
          id: The id of the element.
          content: What it shows: HTML, or what can be written into `pg.Html`. The text
            of the value by default, which is escaped.
          **kwargs: Ignored.
        """
        if content is None:
            content = escape(self._tooltip_texts.text_of(value))
        identity = "" if id is None else f' id="{escape(id)}"'
        html = Html()
        html._texts.append(
            f'<span class="tooltip{class_suffix(css_classes)}"{identity}>'
        )
        html.write(content)
        html._texts.append("</span>")
        html.styles.add(tree_style.TOOLTIP)
        return html
