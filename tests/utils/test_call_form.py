"""Text in the form of a call."""

from pyglove import utils
from pyglove.utils.call_form import CallFormattable


class Point(CallFormattable):
    def __init__(self, x, y=0):
        self.x, self.y = x, y

    def _format_items(self):
        return [("", self.x, None), ("y", self.y, 0)]


def test_call_formattable():
    assert repr(Point(1)) == "Point(1)"
    assert repr(Point(1, Point("a"))) == "Point(1, y=Point('a'))"
    assert str(Point(1, 2)) == "Point(\n  1,\n  y=2\n)"
    assert str(Point(None)) == "Point()"
    assert utils.format(Point("abc"), compact=True, max_str_len=1) == "Point('a...')"


def test_nested_text_is_indented():
    assert str(Point(Point(1))) == "Point(\n  Point(\n    1\n  )\n)"


def test_kvlist_str():
    pairs = [("a", 1, None), ("b", "x", "x"), ("c", [{"d": 1}], None)]
    assert utils.kvlist_str(pairs) == "a=1, c=[{'d': 1}]"
    assert utils.kvlist_str(pairs, label="L") == "L(a=1, c=[{'d': 1}])"
    assert utils.kvlist_str(pairs[:1], compact=False, label="L", root_indent=1) == (
        "L(\n    a=1\n  )"
    )
    assert utils.kvlist_str(pairs[:1] * 2, compact=False) == "a=1,\na=1"
    assert utils.kvlist_str([]) == ""
    assert utils.kvlist_str([], compact=False, label="L") == "L()"
    assert utils.kvlist_str([("", 1, None), (None, 2, None)]) == "1, 2"
    square = utils.BracketType.SQUARE
    assert utils.kvlist_str(pairs[:1], label="L", bracket_type=square) == "L[a=1]"


def test_kvlist_str_leaves_out_any_of_several_defaults():
    assert utils.kvlist_str([("a", 1, (1, 2)), ("b", 2, (1, 2))]) == ""
    missing = utils.MISSING_VALUE
    assert utils.kvlist_str([("a", None, missing), ("b", missing, missing)]) == "a=None"


def test_brackets():
    chars = [utils.bracket_chars(kind) for kind in utils.BracketType]
    assert chars == [("(", ")"), ("[", "]"), ("{", "}")]
