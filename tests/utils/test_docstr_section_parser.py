"""Docstrings with sections."""

from pyglove.utils import DocStr, DocStrStyle


def google(text):
    return DocStr.parse(text, DocStrStyle.GOOGLE)


def numpy(text):
    return DocStr.parse(text, DocStrStyle.NUMPYDOC)


def test_google_entries_span_paragraphs():
    doc = google(
        """Short.

        Args:
          x: First line,
            second line.

          y:
            Below.

            Second paragraph.
        """
    )
    assert doc.args["x"].description == "First line,\nsecond line."
    assert doc.args["y"].description == "Below.\n\nSecond paragraph."


def test_google_types():
    doc = google("S.\n\nArgs:\n  x (List[int]): X.\n  y (int?): Y.\n  z: Z.")
    assert [(a.type_name, a.is_optional) for a in doc.args.values()] == [
        ("List[int]", False),
        ("int", True),
        (None, None),
    ]


def test_google_sections():
    doc = google(
        """Short.

        Example::

          x = 1

        Attributes:
          a: A.

        Yields:
          int: Numbers.

        Raises:
          ValueError: If bad,
            or worse.

        Examples:
          >>> f()
          1
        """
    )
    assert doc.long_description == "Example::\n\n  x = 1"
    assert list(doc.args) == ["a"]
    assert (doc.returns.description, doc.returns.is_yield) == ("Numbers.", True)
    assert [(r.type_name, r.description) for r in doc.raises] == [
        ("ValueError", "If bad,\nor worse.")
    ]
    assert [e.description for e in doc.examples] == [">>> f()\n1"]


def test_google_returns_may_hold_colons():
    doc = google("S.\n\nReturns:\n  A :class:`X` object.")
    assert doc.returns.description == "A :class:`X` object."


def test_google_section_that_is_none():
    doc = google("Short.\n\nArgs:\n  all of them")
    assert doc.long_description == "Args:\n  all of them"
    assert doc.args == {}


def test_text_after_google_sections_is_dropped():
    doc = google("Short.\n\nArgs:\n  x: X.\n\nNote:\n  Something.")
    assert doc.args["x"].description == "X."
    assert doc.long_description is None


def test_numpy_arguments():
    doc = numpy(
        """Short.

        Parameters
        ----------
        x, y : float, default: 1.5
            Numbers.
        z : int
            One. Default is 2.
        w

        Notes
        -----
        Something.
        """
    )
    args = doc.args.values()
    assert [(a.name, a.type_name, a.default, a.is_optional) for a in args] == [
        ("x, y", "float", "1.5", True),
        ("z", "int", "2", False),
        ("w", None, None, None),
    ]
    assert doc.args["w"].description is None


def test_numpy_returns_may_have_a_name():
    doc = numpy("S.\n\nReturns\n-------\nout : int\n    The result.")
    assert (doc.returns.name, doc.returns.description) == ("out", "The result.")


def test_numpy_examples_leave_out_code():
    doc = numpy(
        """Short.

        Examples
        --------
        Adding:

        >>> (1 +
        ...  2)
        3
        """
    )
    assert [e.description for e in doc.examples] == ["Adding:", "3"]
