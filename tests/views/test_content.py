"""Contents and their shared parts."""

import pytest

import pyglove as pg


class Text(pg.views.Content):
    class Notes(pg.views.Content.SharedParts):
        @property
        def content(self):
            return "\n".join(self)

    def __init__(self, *content, notes=()):
        super().__init__(*content, notes=Text.Notes(*notes))

    def to_str(self, *, content_only=False, **kwargs):
        return self.content if content_only else f"{self.content}\n{self.notes}"

    @property
    def notes(self):
        return self.shared_parts["notes"]


def test_what_is_written_brings_its_shared_parts_once():
    part = Text("b", notes=["n", "m"])
    text = Text("a", part, lambda: part, None, lambda: None)
    assert text.content == "abb" and list(text.notes) == ["n", "m"]
    assert text.notes.parts == {"n": 2, "m": 2}
    assert text.to_str() == "abb\nn\nm" and str(text) == text.to_str()
    assert repr(text) == "Text(content='abb', notes=Notes(parts={'n': 2, 'm': 2}))"


def test_shared_parts_alone():
    text = Text("a").write(Text("b", notes=["n"]), "c", shared_parts_only=True)
    assert text.content == "a" and list(text.notes) == ["n"]


def test_a_value_that_cannot_be_written_leaves_all_as_it_was():
    text = Text("a")
    for value in (1, ["a"], lambda: 1, pg.Html("x")):
        with pytest.raises(TypeError, match="expected text, `Text`"):
            text.write("b", value)
    assert text.content == "a"


def test_shared_parts_say_whether_they_are_new():
    notes = Text.Notes("a")
    assert not notes.add("a", None) and notes.add("b") and notes.add(Text.Notes("c"))
    assert list(notes) == ["a", "b", "c"] and "c" in notes and notes
    assert notes == Text.Notes("a", "b", "c") and notes != Text.Notes("a")
    assert not Text.Notes()


def test_contents_add_up_and_compare():
    a = Text("a", notes=["n"])
    assert a + "b" == Text("ab", notes=["n"]) and "b" + a == Text("ba", notes=["n"])
    assert a + None == a and (a + (lambda: "c")).content == "ac"
    assert a != Text("a") and a != "a" and a != pg.Html("a")
    assert hash(a) == hash(Text("a", notes=["n"]))
    with pytest.raises(TypeError):
        a + 1


def test_from_value():
    a = Text("a")
    assert Text.from_value(None) is None and Text.from_value(a) is a
    copy = Text.from_value(a, copy=True)
    assert copy == a and copy is not a and Text.from_value(lambda: "a") == a


def test_contents_are_saved_to_any_file_system():
    pg.Html("<p>a</p>").save("/mem/views-a.html", content_only=True)
    assert pg.io.readfile("/mem/views-a.html") == "<p>a</p>"
