"""Docstrings with marked entries."""

from pyglove.utils import DocStr


def test_entries_span_lines():
    doc = DocStr.parse(
        """Short.

        :param x: What x is,
            told at length.
        :yields: Things.
        """
    )
    assert doc.args["x"].description == "What x is,\ntold at length."
    assert doc.returns.description == "Things." and doc.returns.is_yield


def test_type_may_stand_apart():
    doc = DocStr.parse("Short.\n\n:param x: X.\n:type x: str\n:param int y: Y.")
    assert (doc.args["x"].type_name, doc.args["x"].is_optional) == ("str", None)
    assert (doc.args["y"].type_name, doc.args["y"].is_optional) == ("int", False)


def test_first_of_several_returns_counts():
    doc = DocStr.parse("Short.\n\n:yields: A.\n:return: B.")
    assert doc.returns.description == "A."


def test_unknown_entries_are_dropped():
    doc = DocStr.parse("Short.\n\nLong.\n\n:since: 1.0\n:param x: X.")
    assert doc.long_description == "Long."
    assert list(doc.args) == ["x"]
