"""Content: text of a medium, with parts that appear once, however often used."""

import abc
import collections
import os
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, TypeVar, Union

from pyglove import utils
from pyglove.symbolic.internal import files

ContentT = TypeVar("ContentT", bound="Content")


class SharedParts(utils.Formattable, metaclass=abc.ABCMeta):
    """Texts that a content has once, in the order in which they were added.

    Attributes:
      parts: How often each text was added.
    """

    def __init__(self, *parts: str) -> None:
        self._parts: dict[str, int] = collections.defaultdict(int)
        if parts:
            self.add(*parts)

    @property
    def parts(self) -> dict[str, int]:
        """How often each text was added."""
        return self._parts

    def add(self, *parts: Any) -> bool:
        """Adds texts, or the texts of other shared parts.

        Args:
          *parts: Texts, or shared parts of this kind.

        Returns:
          Whether one of them is new.
        """
        mine = self._parts
        before = len(mine)
        for part in parts:
            if isinstance(part, SharedParts):
                for text, count in part._parts.items():
                    mine[text] += count
            elif part is not None:
                mine[part] += 1
        return len(mine) > before

    @property
    @abc.abstractmethod
    def content(self) -> str:
        """The text that stands for all parts."""

    def __bool__(self) -> bool:
        return bool(self._parts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __contains__(self, text: object) -> bool:
        return text in self._parts

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats the parts: their text, or their counts on one line."""
        if not compact:
            return self.content
        parts = f"parts={dict(self._parts)}" if self._parts else ""
        return f"{type(self).__name__}({parts})"


# What the class below has under this name, too.
_Parts = SharedParts


class Content(utils.Formattable, metaclass=abc.ABCMeta):
    """What a view makes: text with shared parts.

    A subclass says what the shared parts are, and how all of it becomes one text.
    `pg.Html` is the content of HTML views.

    Args:
      *content: What is written: texts, contents, callables that return either, or None.
      **shared_parts: The shared parts by name.
    """

    SharedParts = SharedParts
    WritableTypes: ClassVar[Any] = Union[
        str, "Content", Callable[[], Union[str, "Content", None]], None
    ]

    def __init__(self, *content: Any, **shared_parts: _Parts) -> None:
        self._texts: list[str] = []
        self._shared_parts = shared_parts
        if content:
            self.write(*content)

    @property
    def content(self) -> str:
        """The text without the shared parts."""
        texts = self._texts
        if len(texts) > 1:
            texts[:] = ["".join(texts)]
        return texts[0] if texts else ""

    @property
    def shared_parts(self) -> dict[str, _Parts]:
        """The shared parts by name."""
        return self._shared_parts

    @classmethod
    def _content_of(cls, value: Any) -> Any:
        """A content of this class, a text, or None."""
        if value is None or isinstance(value, str | cls):
            return value
        if callable(value):
            return cls._content_of(value())
        raise TypeError(
            f"expected text, `{cls.__name__}`, a function that returns either, or None "
            f"to write, got {value!r}"
        )

    def write(self: ContentT, *parts: Any, shared_parts_only: bool = False) -> ContentT:
        """Appends parts.

        Args:
          *parts: Texts, contents, callables that return either, or None for nothing.
          shared_parts_only: Whether to take the shared parts alone, and no text.

        Returns:
          This content.

        Raises:
          TypeError: A part is none of these; nothing is written then.

        Example:
          >>> str(pg.Html('a').write('b', None, lambda: 'c').content)
          'abc'
        """
        cls = type(self)
        # Most parts are of these two types, and checks for abstract classes are slow.
        found = [
            part if type(part) in (str, cls) else self._content_of(part)
            for part in parts
        ]
        for part in found:
            if part is None:
                continue
            if isinstance(part, str):
                if not shared_parts_only:
                    self._texts.append(part)
                continue
            if not shared_parts_only:
                self._texts.extend(part._texts)
            for name, others in part._shared_parts.items():
                if others._parts:
                    mine = self._shared_parts[name]._parts
                    for text, count in others._parts.items():
                        mine[text] += count
        return self

    @classmethod
    def from_value(cls: type[ContentT], value: Any, copy: bool = False) -> Any:
        """Returns a content with what could be written, or None for None.

        Args:
          value: Text, a content, a callable that returns either, or None.
          copy: Whether to copy what is a content already.
        """
        if value is None:
            return None
        if isinstance(value, cls) and not copy:
            return value
        return cls(value)

    def __add__(self: ContentT, other: Any) -> ContentT:
        return type(self)(self, other)

    def __radd__(self: ContentT, other: Any) -> ContentT:
        return type(self)(other, self)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Content)
            and type(other) is type(self)
            and self.content == other.content
            and self.shared_parts == other.shared_parts
        )

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((type(self), self.content))

    @abc.abstractmethod
    def to_str(self, *, content_only: bool = False, **kwargs: Any) -> str:
        """Returns the text.

        Args:
          content_only: Whether to leave out the shared parts.
          **kwargs: Ignored.
        """

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        content_only: bool = False,
        **kwargs: Any,
    ) -> str:
        """Formats this content: its text, or its parts on one line."""
        if not compact:
            return self.to_str(content_only=content_only)
        if content_only:
            return self.content
        items = [f"content={self.content!r}"] if self.content else []
        for name, parts in self.shared_parts.items():
            items.append(f"{name}={parts.format(compact=True)}")
        return f"{type(self).__name__}({', '.join(items)})"

    def save(self, file: str, **kwargs: Any) -> None:
        """Writes the text to a file.

        Args:
          file: The path, of any file system that `pg.io` knows.
          **kwargs: Options of `to_str`.
        """
        files().writefile(os.fspath(file), self.to_str(**kwargs))
