"""The extension of the tree view: what classes override to be shown in another way."""

from typing import Any

from pyglove.utils import KeyPath
from pyglove.views.html.html import Html
from pyglove.views.html.html_view import HtmlView
from pyglove.views.html.tree_text import class_name


class TreeExtension(HtmlView.Extension):
    """Base of the classes whose objects say how the tree view shows them.

    Example:
      >>> class Point(pg.Object, pg.views.HtmlTreeView.Extension):
      ...     x: int
      ...     y: int
      ...     def _html_tree_view_content(self, *, view, **kwargs):
      ...         return pg.Html.element('b', [f'({self.x}, {self.y})'])
      >>> pg.to_html(Point(1, 2), enable_summary=False).content
      '<b>(1, 2)</b>'
    """

    def _html_tree_view_render(
        self,
        *,
        view: Any,
        name: str | None = None,
        parent: Any = None,
        root_path: KeyPath | None = None,
        **kwargs: Any,
    ) -> Html:
        """Returns the HTML of this value."""
        return self._html_tree_view(
            view=view, name=name, parent=parent, root_path=root_path, **kwargs
        )

    def _html_tree_view(
        self,
        *,
        view: Any,
        name: str | None = None,
        parent: Any = None,
        root_path: KeyPath | None = None,
        **kwargs: Any,
    ) -> Html:
        """Returns the HTML of this value."""
        return view._render(
            self, name=name, parent=parent, root_path=root_path, **kwargs
        )

    def _html_tree_view_summary(
        self,
        *,
        view: Any,
        name: str | None = None,
        parent: Any = None,
        root_path: KeyPath | None = None,
        **kwargs: Any,
    ) -> Html | None:
        """Returns the summary of this value, or None for none."""
        return view.summary(
            self, name=name, parent=parent, root_path=root_path, **kwargs
        )

    def _html_tree_view_content(
        self,
        *,
        view: Any,
        name: str | None = None,
        parent: Any = None,
        root_path: KeyPath | None = None,
        **kwargs: Any,
    ) -> Html:
        """Returns the content of this value."""
        return view.content(
            self, name=name, parent=parent, root_path=root_path, **kwargs
        )

    def _html_element_class(self) -> list[str]:
        """Returns the classes for CSS of the elements of this value."""
        return [class_name(type(self))]

    @classmethod
    def _html_tree_view_config(cls) -> dict[str, Any]:
        """Returns options that hold for values of this class."""
        return {}

    @classmethod
    def _html_tree_view_css_styles(cls) -> list[str]:
        """Returns rules of CSS that values of this class need."""
        return []
