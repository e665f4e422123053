"""HtmlControl: an element of a page that Python may change after it is shown."""

import contextlib
import json
import sys
import uuid
from collections.abc import Iterator
from typing import Any

from pyglove import utils
from pyglove.symbolic import Object
from pyglove.utils.serialization.json_type import published_as
from pyglove.views.html.html import Html
from pyglove.views.html.tree_style import PAGE

_TRACKED = "__pyglove_tracked_scripts__"


def js_string(text: Any) -> str:
    """Returns a text as a literal of JavaScript, which no HTML around it ends."""
    return json.dumps(str(text)).replace("<", "\\u003c")


@published_as("pyglove.core.views.html.controls.base.HtmlControl")
class HtmlControl(Object):
    """Base of controls: elements that Python may change after they are shown.

    Subclasses implement `_to_html`.

    Attributes:
      id: The id of the element; one is made if an interactive control has none.
      css_classes: Classes of the element.
      styles: Its own styles.
      interactive: Whether it may be changed after it is shown. Its element has an id
        then.
    """

    id: str | None = None
    css_classes: list[str] = []
    styles: dict[str, Any] = {}
    interactive: bool = False

    def _on_bound(self) -> None:
        super()._on_bound()
        if not hasattr(self, "_rules"):
            self._made_id: str | None = None
            self._is_shown = False
            # What was added to this control, and what its page has.
            self._rules: list[str] = []
            self._scripts: list[str] = []
            self._page_rules: set[str] = set()

    def add_style(self, *css: str) -> "HtmlControl":
        """Adds rules of CSS to the page.

        Args:
          *css: The rules.
        """
        self._rules.extend(css)
        if self._is_shown:
            for rules in css:
                self._add_css_rules(rules)
        return self

    def add_script(self, *scripts: str) -> "HtmlControl":
        """Adds JavaScript, which runs at once if the control is shown already.

        Args:
          *scripts: The scripts.
        """
        self._scripts.extend(scripts)
        if self._is_shown:
            for script in scripts:
                self._run_javascript(script)
        return self

    def to_html(self, **kwargs: Any) -> Html:
        """Returns the HTML of this control.

        Args:
          **kwargs: Options of `pg.to_html`, for subclasses.
        """
        html = self._to_html(**kwargs)
        html.add_style(PAGE, *self._rules)
        html.add_script(*self._scripts)
        self._page_rules.update(html.styles)
        self._is_shown = True
        return html

    def _to_html(self, **kwargs: Any) -> Html:
        """Returns the HTML of this control; for subclasses."""
        raise NotImplementedError(
            f"expected {type(self).__name__} to implement `_to_html`"
        )

    @classmethod
    @contextlib.contextmanager
    def track_scripts(cls) -> Iterator[list[str]]:
        """Collects the scripts that controls run on their pages in the scope.

        Yields:
          The scripts, as they come.

        Example:
          >>> label = pg.views.html.controls.Label('a', id='x', interactive=True)
          >>> _ = label.to_html()
          >>> with label.track_scripts() as scripts:
          ...     label.update('b')
          >>> len(scripts)
          1
        """
        scripts: list[str] = []
        trackers = [*utils.thread_local_get(_TRACKED, []), scripts]
        with utils.thread_local_value_scope(_TRACKED, trackers, []):
            yield scripts

    def element_id(self, child: str | None = None) -> str | None:
        """Returns the id of the element of this control, or of a part of it.

        Args:
          child: The name of the part.

        Returns:
          The id, or None if the control has none.
        """
        base = self.id
        if base is None and self.interactive:
            if self._made_id is None:
                self._made_id = f"control-{uuid.uuid4().hex[:12]}"
            base = self._made_id
        if base is None or child is None:
            return base
        return f"{base}-{child}"

    # ---- Changes of a control that is shown -------------------------------------

    def _check_interactive(self) -> None:
        if not self.interactive:
            raise ValueError(
                "expected an interactive control to update, got a "
                f"{type(self).__name__} "
                "that is not: create it with `interactive=True`"
            )

    def _sync_members(self, **fields: Any) -> None:
        """Sets fields to what the page shows."""
        self.rebind(fields, skip_notification=True, raise_on_no_change=False)

    def _run_javascript(self, code: str, debug: bool = False) -> None:
        """Runs a script on the page, if this control is on one."""
        if not self._is_shown:
            return
        for scripts in utils.thread_local_get(_TRACKED, []):
            scripts.append(code)
        if debug:
            utils.print(code)
        ipython = sys.modules.get("IPython")
        if ipython is not None and ipython.get_ipython() is not None:
            ipython.display.display(ipython.display.Javascript(code))

    def _on_element(self, statement: str, child: str | None = None) -> None:
        """Runs a statement on the element of this control, or of a part, as `elem`."""
        self._check_interactive()
        identity = js_string(self.element_id(child))
        self._run_javascript(
            "(() => {\n"
            f"  const elem = document.getElementById({identity});\n"
            f"  if (elem) {{ {statement} }}\n}})();"
        )

    def _add_css_rules(self, css: str) -> None:
        """Adds rules to the page, unless it has them."""
        if not css or css in self._page_rules:
            return
        self._page_rules.add(css)
        self._run_javascript(
            "(() => {\n  const style = document.createElement('style');\n"
            f"  style.textContent = {js_string(css)};\n"
            "  document.head.appendChild(style);\n})();"
        )

    def _apply_css_rules(self, html: Html) -> None:
        """Adds the rules that a piece of HTML needs to the page."""
        for css in html.styles:
            self._add_css_rules(css)

    def _insert_adjacent_html(
        self,
        element_selector_js: str,
        html: Html,
        var_name: str = "elem",
        position: str = "beforeend",
    ) -> None:
        """Inserts HTML by an element that a JavaScript expression finds."""
        self._run_javascript(
            f"(() => {{\n  const {var_name} = {element_selector_js};\n"
            f"  if ({var_name}) {{ {var_name}.insertAdjacentHTML("
            f"{js_string(position)}, {js_string(html.content)}); }}\n}})();"
        )
        self._apply_css_rules(html)

    def _update_content(self, content: Any, child: str | None = None) -> None:
        """Replaces what an element has inside, by text or by HTML."""
        if isinstance(content, str):
            self._update_text(content, child)
        else:
            self._update_inner_html(content, child)

    def _update_text(self, content: str, child: str | None = None) -> str:
        """Replaces what an element has inside by text."""
        self._on_element(f"elem.textContent = {js_string(content)};", child)
        return content

    def _update_inner_html(self, html: Html, child: str | None = None) -> Html:
        """Replaces what an element has inside by HTML."""
        self._on_element(f"elem.innerHTML = {js_string(html.content)};", child)
        self._apply_css_rules(html)
        return html

    def _update_style(
        self,
        styles: dict[str, Any],
        *,
        child: str | None = None,
        updates_only: bool = False,
    ) -> dict[str, Any]:
        """Sets the styles of an element, or adds to those of this control."""
        result = styles if updates_only else {**self.styles, **styles}
        style = Html.style_str(result) or ""
        self._on_element(f"elem.style.cssText = {js_string(style)};", child)
        return result

    def _update_property(self, name: str, value: str, child: str | None = None) -> str:
        """Sets a property of an element."""
        self._on_element(f"elem[{js_string(name)}] = {js_string(value)};", child)
        return value

    def _add_css_class(self, css_class: str, child: str | None = None) -> str:
        """Adds a class to an element."""
        self._on_element(f"elem.classList.add({js_string(css_class)});", child)
        return css_class

    def _remove_css_class(self, css_class: str, child: str | None = None) -> str:
        """Removes a class from an element."""
        self._on_element(f"elem.classList.remove({js_string(css_class)});", child)
        return css_class
