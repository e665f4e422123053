"""What class definitions may leave out or do again."""

from typing import Any

import pytest

import pyglove as pg


@pytest.fixture
def restored():
    yield
    pg.symbolic.allow_empty_field_description(True)
    pg.symbolic.allow_repeated_class_registration(True)


def test_fields_without_a_description(restored):
    def declare(fields):
        @pg.members(fields)
        class Described(pg.Object):
            pass

        return Described

    assert declare([("x", pg.typing.Int())])(1).x == 1
    pg.symbolic.allow_empty_field_description(False)
    with pytest.raises(ValueError, match="description"):
        declare([("x", pg.typing.Int())])
    assert declare([("x", pg.typing.Int(), "A number.")])(1).x == 1
    pg.symbolic.allow_empty_field_description()
    assert declare([("x", pg.typing.Int())])(1).x == 1


def test_two_classes_of_one_name(restored):
    def declare():
        class Twin(pg.Object):
            x: Any = None

        Twin.register_for_deserialization("tests.symbolic.twin")
        return Twin

    first = declare()
    second = declare()
    assert type(pg.from_json({"_type": "tests.symbolic.twin"})) is second
    pg.symbolic.allow_repeated_class_registration(False)
    with pytest.raises(KeyError, match=r"tests\.symbolic\.twin|Twin"):
        declare()
    assert type(pg.from_json({"_type": "tests.symbolic.twin"})) is second
    assert first(1) != second(1)
