"""Dataclasses in JSON."""

import dataclasses
import datetime
from typing import Any

import pytest

import pyglove as pg

calls = []


@dataclasses.dataclass(frozen=True)
class Entry:
    result: Any
    expire: datetime.datetime | None = None
    tags: list = dataclasses.field(default_factory=list)
    size: int = dataclasses.field(init=False, default=0)

    def __post_init__(self):
        calls.append(self)


@dataclasses.dataclass(slots=True, frozen=True)
class Slotted:
    a: int


@dataclasses.dataclass
class Resource:
    path: str

    def __del__(self):
        calls.append(self.path)


@dataclasses.dataclass
class Pickled:
    a: int

    def __reduce__(self):
        return Pickled, (self.a,)


class Node(pg.Object):
    x: Any


def name(cls):
    return f"{cls.__module__}.{cls.__qualname__}"


def test_fields_are_written_and_nothing_is_called():
    entry = Entry(Node(1), datetime.datetime(2024, 2, 29), [Slotted(3)])
    value = pg.to_json(entry)
    assert value["_type"] == "dataclass" and value["class"] == name(Entry)
    assert value["fields"]["tags"] == [
        {"_type": "dataclass", "class": name(Slotted), "fields": {"a": 3}}
    ]
    del calls[:]
    assert pg.from_json(value) == entry
    assert calls == []
    tree = pg.Dict(a=entry, b=[entry])
    loaded = pg.from_json_str(tree.to_json_str())
    assert loaded.a == entry == loaded.b[0]
    assert pg.from_json({**value, "fields": {"result": 1}}).size == 0


def test_objects_that_are_more_than_their_fields_take_a_pickle():
    entry = Entry(1)
    object.__setattr__(entry, "more", 2)
    for value in (entry, Resource("a"), Pickled(1)):
        assert "Opaque" in pg.to_json(value)["_type"]
    for cls in (Resource, Pickled):
        with pytest.raises(TypeError, match="its objects are made"):
            pg.from_json({"_type": "dataclass", "class": name(cls), "fields": {}})
    assert calls[-1:] != ["b"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"class": 1, "fields": {}}, "name of a class"),
        ({"class": name(Entry)}, "name of a class"),
        ({"class": name(Entry), "fields": {"other": 1}}, "'other'"),
        ({"class": name(Node), "fields": {}}, "Expected a dataclass"),
        ({"class": "os.system", "fields": {}}, "Refused"),
        ({"class": "inspect.Attribute", "fields": {}}, "Refused"),
    ],
)
def test_what_is_no_dataclass_of_the_program_is_refused(fields, message):
    with pytest.raises(TypeError, match=message):
        pg.from_json({"_type": "dataclass", **fields})


def test_deep_dataclasses():
    entry = Entry(None)
    for _ in range(5000):
        entry = Entry(entry)
    text = pg.to_json_str(entry)
    loaded, depth = pg.from_json_str(text), 0
    while loaded is not None:
        loaded, depth = loaded.result, depth + 1
    assert depth == 5001
