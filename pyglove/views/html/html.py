"""Html: HTML text with the styles and scripts that it needs, each of them once."""

import html as html_lib
import inspect
import json
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Union

from pyglove import utils
from pyglove.utils.serialization.json_type import published_as
from pyglove.views.content import Content, SharedParts
from pyglove.views.html.convertible import (
    HtmlConvertible,
    default_html,
    has_own_html,
)


class _StyleFiles(SharedParts):
    """Style sheets by URL."""

    @property
    def content(self) -> str:
        return "\n".join(
            f'<link rel="stylesheet" href="{_attribute(url)}">' for url in self
        )


class _Styles(SharedParts):
    """Rules of CSS."""

    @property
    def content(self) -> str:
        return _section("style", self)


class _ScriptFiles(SharedParts):
    """Scripts by URL."""

    @property
    def content(self) -> str:
        return "\n".join(f'<script src="{_attribute(url)}"></script>' for url in self)


class _Scripts(SharedParts):
    """JavaScript."""

    @property
    def content(self) -> str:
        return _section("script", self)


for _class in (_StyleFiles, _Styles, _ScriptFiles, _Scripts):
    _class.__name__ = _class.__name__[1:]
    _class.__qualname__ = f"Html.{_class.__name__}"


_PART_CLASSES: dict[str, type[SharedParts]] = {
    "style_files": _StyleFiles,
    "styles": _Styles,
    "script_files": _ScriptFiles,
    "scripts": _Scripts,
}


class _HtmlParts(dict[str, SharedParts]):
    """Shared parts by name. They are made when they are used: most HTML has few."""

    def __missing__(self, name: str) -> SharedParts:
        self[name] = parts = _PART_CLASSES[name]()
        return parts


def _section(tag: str, parts: Iterable[str]) -> str:
    texts = [inspect.cleandoc(part) for part in parts]
    return "\n".join([f"<{tag}>", *texts, f"</{tag}>"]) if texts else ""


def _attribute(value: Any) -> str:
    """A value between double quotes. Entities that it has are left as they are."""
    return str(value).replace('"', "&quot;")


def _nested(value: Any) -> Iterable[str]:
    """The strings of a nested sequence."""
    if isinstance(value, str):
        yield value
    elif value is not None:
        for item in value:
            yield from _nested(item)


@published_as("pyglove.core.views.html.base.Html")
class Html(Content, utils.JSONConvertible):
    """HTML with styles, scripts and files of both, each of which appears once.

    What is written into it brings its styles and scripts along.

    Args:
      *content: HTML text, `pg.Html`, values that convert to it, functions that return
        one of these, or None. Text is taken as HTML: `pg.Html.escape` escapes.
      style_files: URLs of style sheets.
      styles: Rules of CSS.
      script_files: URLs of scripts.
      scripts: JavaScript.

    Example:
      >>> note = pg.Html('<i>hi</i>', styles=['i { color: red; }'])
      >>> page = pg.Html('<p>', note, note, '</p>')
      >>> print(page)
      <html>
      <head>
      <style>
      i { color: red; }
      </style>
      </head>
      <body>
      <p><i>hi</i><i>hi</i></p>
      </body>
      </html>
    """

    StyleFiles = _StyleFiles
    Styles = _Styles
    ScriptFiles = _ScriptFiles
    Scripts = _Scripts

    WritableTypes: ClassVar[Any] = Union[
        str,
        "Html",
        HtmlConvertible,
        Callable[[], Union[str, "Html", HtmlConvertible, None]],
        None,
    ]

    def __init__(
        self,
        *content: Any,
        style_files: Iterable[str] | None = None,
        styles: Iterable[str] | None = None,
        script_files: Iterable[str] | None = None,
        scripts: Iterable[str] | None = None,
    ) -> None:
        self._texts = []
        self._shared_parts = parts = _HtmlParts()
        if style_files:
            parts["style_files"].add(*style_files)
        if styles:
            parts["styles"].add(*styles)
        if script_files:
            parts["script_files"].add(*script_files)
        if scripts:
            parts["scripts"].add(*scripts)
        if content:
            self.write(*content)

    @classmethod
    def _content_of(cls, value: Any) -> Any:
        if isinstance(value, HtmlConvertible):
            return value.to_html() if has_own_html(value) else default_html(value)
        return super()._content_of(value)

    # ---- Parts -----------------------------------------------------------------

    @property
    def shared_parts(self) -> dict[str, SharedParts]:
        """The styles and scripts, and the files of both."""
        return {name: self._shared_parts[name] for name in _PART_CLASSES}

    @property
    def style_files(self) -> Any:
        """The URLs of style sheets."""
        return self._shared_parts["style_files"]

    @property
    def styles(self) -> Any:
        """The rules of CSS."""
        return self._shared_parts["styles"]

    @property
    def script_files(self) -> Any:
        """The URLs of scripts."""
        return self._shared_parts["script_files"]

    @property
    def scripts(self) -> Any:
        """The JavaScript."""
        return self._shared_parts["scripts"]

    def add_style(self, *css: str) -> "Html":
        """Adds rules of CSS."""
        self.styles.add(*css)
        return self

    def add_script(self, *js: str) -> "Html":
        """Adds JavaScript."""
        self.scripts.add(*js)
        return self

    def add_style_file(self, *url: str) -> "Html":
        """Adds URLs of style sheets."""
        self.style_files.add(*url)
        return self

    def add_script_file(self, *url: str) -> "Html":
        """Adds URLs of scripts."""
        self.script_files.add(*url)
        return self

    @property
    def style_section(self) -> str:
        """Style sheets and rules, as they stand in the head."""
        return _lines(self.style_files.content, self.styles.content)

    @property
    def script_section(self) -> str:
        """Scripts, as they stand in the head."""
        return _lines(self.script_files.content, self.scripts.content)

    @property
    def head_section(self) -> str:
        """The head of the page."""
        return _lines("<head>", self.style_section, self.script_section, "</head>")

    @property
    def body_section(self) -> str:
        """The body of the page."""
        return f"<body>\n{self.content}\n</body>"

    def to_str(self, *, content_only: bool = False, **kwargs: Any) -> str:
        """Returns the page.

        Args:
          content_only: Whether to return what the body has, alone.
          **kwargs: Ignored.
        """
        if content_only:
            return self.content
        return f"<html>\n{self.head_section}\n{self.body_section}\n</html>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return self.to_str()

    def to_json(self, **kwargs: Any) -> Any:
        """Returns the JSON value: the content, and the shared parts.

        Args:
          **kwargs: Options of `pg.to_json`.
        """
        fields: dict[str, Any] = {"content": (self.content, "")}
        fields.update((k, (list(v), [])) for k, v in self.shared_parts.items())
        return self.to_json_dict(fields, exclude_default=True, **kwargs)

    @classmethod
    def from_json(cls, json_value: Any, **kwargs: Any) -> "Html":
        """Reads what `to_json` wrote.

        Args:
          json_value: The JSON value.
          **kwargs: Options of `pg.from_json`.

        Raises:
          TypeError: The value is not made of texts.
        """
        fields = cls._decoded_fields(json_value, **kwargs)
        content = fields.pop("content", "")
        for name, value in {"content": [content], **fields}.items():
            if name not in ("content", *_PART_CLASSES):
                raise utils.PyGloveTypeError(
                    f"expected a part of `pg.Html` in JSON, got {name!r}"
                )
            if not isinstance(value, list) or {type(v) for v in value} - {str}:
                raise utils.PyGloveTypeError(
                    f"expected text as {name!r} of `pg.Html` in JSON, got {value!r}"
                )
        return cls(content, **fields)

    # ---- Helpers ---------------------------------------------------------------

    @classmethod
    def escape(cls, s: Any, javascript_str: bool = False) -> Any:
        """Escapes what could be written.

        Args:
          s: Text, `pg.Html`, a function that returns either, or None.
          javascript_str: Whether the text goes between double quotes in JavaScript,
            rather than into HTML.

        Returns:
          The same kind of value, escaped; styles and scripts are left as they are.

        Example:
          >>> pg.Html.escape('<a>')
          '&lt;a&gt;'
        """
        value = cls._content_of(s)
        if value is None:
            return None
        text = value if isinstance(value, str) else value.content
        if javascript_str:
            text = json.dumps(text, ensure_ascii=False)[1:-1].replace("</", "<\\/")
        else:
            text = html_lib.escape(text)
        if isinstance(value, str):
            return text
        return cls(text).write(value, shared_parts_only=True)

    @classmethod
    def concate(
        cls, nestable_str: Any, separator: str = " ", dedup: bool = True
    ) -> str | None:
        """Joins the strings of a nested sequence.

        Args:
          nestable_str: A string, None, or a sequence of such, nested at will.
          separator: What stands between two of them.
          dedup: Whether to leave out strings that are there already.

        Returns:
          The strings joined, or None if there are none.

        Example:
          >>> pg.Html.concate(['a', None, ['b', 'a']])
          'a b'
        """
        if isinstance(nestable_str, str):
            return nestable_str
        found: Iterable[str] = _nested(nestable_str)
        found = list(dict.fromkeys(found) if dedup else found)
        return separator.join(found) if found else None

    @classmethod
    def style_str(cls, style: Any) -> str | None:
        """Returns the value of a `style` attribute.

        Args:
          style: That value, or a dict of properties, where `_` stands for `-` and
            properties that are None are left out.

        Returns:
          The value, or None if there is no property.

        Example:
          >>> pg.Html.style_str(dict(background_color='red', width=None))
          'background-color:red;'
        """
        if not style:
            return None
        if isinstance(style, str):
            return style
        return (
            "".join(
                f"{key.replace('_', '-')}:{value};"
                for key, value in style.items()
                if value is not None
            )
            or None
        )

    @classmethod
    def element(
        cls,
        tag: str,
        inner_html: Any = None,
        *,
        options: Any = None,
        css_classes: Any = None,
        styles: Any = None,
        **properties: Any,
    ) -> "Html":
        """Creates an element.

        Args:
          tag: Its tag.
          inner_html: What it has inside: what can be written, or a list of such. Text
            is taken as HTML.
          options: Attributes without a value, such as `open`.
          css_classes: Its classes, nested at will.
          styles: Its style; see `style_str`.
          **properties: Its attributes, where `_` stands for `-`. Those that are None
            are left out; double quotes are escaped.

        Example:
          >>> pg.Html.element('a', 'home', css_classes=['x', None], href='/').content
          '<a class="x" href="/">home</a>'
        """
        head = [tag]
        if options := cls.concate(options):
            head.append(options)
        if classes := cls.concate(css_classes):
            head.append(f'class="{_attribute(classes)}"')
        if style := cls.style_str(styles):
            head.append(f'style="{_attribute(style)}"')
        for name, value in properties.items():
            if value is not None:
                head.append(f'{name.replace("_", "-")}="{_attribute(value)}"')
        result = cls(f"<{' '.join(head)}>")
        if isinstance(inner_html, list | tuple):
            result.write(*inner_html)
        else:
            result.write(inner_html)
        result._texts.append(f"</{tag}>")
        return result


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
