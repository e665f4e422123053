"""Docstrings as values."""

import inspect

import pytest

from pyglove import utils
from pyglove.utils import DocStr, DocStrStyle


def add(x, *args, y=1, **kwargs):
    """Adds numbers.

    Args:
      x: The first.
      *args: More.
      y: The last.
      **kwargs: Options.
    """


def test_docstr_of_symbols():
    class NoDoc:
        pass

    class Derived(DocStr):
        pass

    assert utils.docstr(add).short_description == "Adds numbers."
    assert utils.docstr(NoDoc) is None
    assert utils.docstr(Derived.description).short_description is not None
    assert utils.docstr(lambda: 1) is None


def test_parameters():
    doc = utils.docstr(add)
    parameters = inspect.signature(add).parameters.values()
    descriptions = [doc.parameter(p).description for p in parameters]
    assert descriptions == ["The first.", "More.", "The last.", "Options."]
    unknown = inspect.Parameter("z", inspect.Parameter.POSITIONAL_ONLY)
    assert doc.parameter(unknown) is None


@pytest.mark.parametrize(
    ("text", "short", "long", "blank"),
    [
        ("", None, None, False),
        ("Short.", "Short.", None, False),
        ("Short.\n\n  Long.\n\n  More.\n  ", "Short.", "Long.\n\nMore.", True),
        ("\n  Short\n  goes on.\n", "Short", "goes on.", False),
    ],
)
def test_descriptions(text, short, long, blank):
    doc = DocStr.parse(text)
    assert doc.style is DocStrStyle.REST
    assert (doc.short_description, doc.long_description) == (short, long)
    assert doc.blank_after_short_description == blank
    assert (doc.args, doc.returns, doc.raises, doc.examples) == ({}, None, [], [])


@pytest.mark.parametrize(
    ("text", "description"),
    [("", None), ("A.", "A."), ("A.\n\nB.", "A.\n\nB."), ("A.\nB.", "A.\nB.")],
)
def test_description(text, description):
    assert DocStr.parse(text).description == description


STYLES = {
    DocStrStyle.GOOGLE: """Short.

        Long.

        Args:
          x: What x is.
          y (int, optional): What y is. Defaults to 3.

        Returns:
          What comes out.

        Raises:
          ValueError: If bad.
        """,
    DocStrStyle.NUMPYDOC: """Short.

        Long.

        Parameters
        ----------
        x
            What x is.
        y : int, optional
            What y is. Defaults to 3.

        Returns
        -------
        int
            What comes out.

        Raises
        ------
        ValueError
            If bad.
        """,
    DocStrStyle.REST: """Short.

        Long.

        :param x: What x is.
        :param int? y: What y is. Defaults to 3.
        :returns: What comes out.
        :rtype: int
        :raises ValueError: If bad.
        """,
    DocStrStyle.EPYDOC: """Short.

        Long.

        @param x: What x is.
        @param y: What y is. Defaults to 3.
        @type y: int?
        @return: What comes out.
        @rtype: int
        @raise ValueError: If bad.
        """,
}


@pytest.mark.parametrize("style", STYLES)
def test_all_styles_say_the_same(style):
    doc = DocStr.parse(STYLES[style])
    assert doc == DocStr.parse(STYLES[style], style)
    assert doc == DocStr(
        style=style,
        short_description="Short.",
        long_description="Long.",
        examples=[],
        args={
            "x": utils.DocStrArgument("What x is.", "x"),
            "y": utils.DocStrArgument(
                "What y is. Defaults to 3.", "y", "int", "3", is_optional=True
            ),
        },
        returns=utils.DocStrReturns("What comes out."),
        raises=[utils.DocStrRaises("If bad.", "ValueError")],
    )


@pytest.mark.parametrize("style", STYLES)
def test_other_styles_find_nothing(style):
    for other in set(DocStrStyle) - {style}:
        doc = DocStr.parse(STYLES[style], other)
        assert doc.short_description == "Short."
        assert (doc.args, doc.returns, doc.raises) == ({}, None, [])
