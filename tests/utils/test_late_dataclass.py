"""Classes that become dataclasses when they are first used."""

import copy
import dataclasses
import inspect
import pickle
import threading

import pytest

from pyglove.utils.late_dataclass import (
    late_dataclass,
    late_default,
    late_frozen_dataclass,
)


@late_dataclass
class Point:
    x: int
    y: int = 0

    def norm(self):
        return abs(self.x) + abs(self.y)


@late_dataclass
class Pickled:
    x: int


def test_it_is_what_a_dataclass_is():
    @late_dataclass
    class Late:
        x: int
        y: list[int] = late_default(default_factory=list)
        z: str = "a"

    @dataclasses.dataclass
    class Plain:
        x: int
        y: list[int] = dataclasses.field(default_factory=list)
        z: str = "a"

    late, plain = Late(1), Plain(1)
    assert repr(late) == repr(plain).replace("Plain", "Late")
    assert late == Late(1, [], "a") != Late(1, [2])
    assert late != plain
    assert late.y is not Late(1).y
    assert dataclasses.asdict(late) == dataclasses.asdict(plain)
    assert dataclasses.replace(late, x=2) == Late(2)
    assert Late.__match_args__ == ("x", "y", "z")
    assert not hasattr(Late, "y")
    assert Late.__hash__ is None
    with pytest.raises(TypeError, match=r"Late.__init__"):
        Late()


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        (dataclasses.is_dataclass, True),
        (lambda cls: [f.name for f in dataclasses.fields(cls)], ["x"]),
        (lambda cls: list(inspect.signature(cls).parameters), ["x"]),
        (lambda cls: cls(3).x, 3),
        (lambda cls: cls.__new__(cls) == 1, False),
        (lambda cls: cls.__match_args__, ("x",)),
    ],
)
def test_whatever_is_done_first(look, expected):
    @late_dataclass
    class Late:
        x: int

    assert look(Late) == expected
    assert repr(Late(1)).endswith("Late(x=1)")


def test_subclasses():
    @late_dataclass
    class Place(Point):
        name: str = ""

    class Named(Place):
        pass

    assert Named(1, name="a").norm() == 1
    assert repr(Place(1)).endswith("Place(x=1, y=0, name='')")
    assert repr(Named(1)).endswith("Named(x=1, y=0, name='')")
    assert Named(1) != Place(1) != Point(1)


def test_what_a_class_defines_itself():
    class Shown:
        def __repr__(self):
            return "shown"

    @late_dataclass
    class Own(Shown):
        x: int
        y: int = 0

        __repr__ = Shown.__repr__

        def __post_init__(self):
            self.y = self.x + 1

        def __eq__(self, other):
            return isinstance(other, Own)

        def __hash__(self):
            return 7

    assert repr(Own(1)) == "shown"
    assert Own(1).y == 2
    assert Own(1) == Own(2)
    assert hash(Own(1)) == 7


def test_frozen():
    @late_frozen_dataclass
    class Frozen:
        x: int

    frozen = Frozen(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="x"):
        frozen.x = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="x"):
        del frozen.x
    assert frozen.x == 1
    assert {frozen: 1}[Frozen(1)] == 1
    assert copy.deepcopy(frozen) == frozen


def test_what_is_unpickled_first():
    data = pickle.dumps(Point(1))
    assert pickle.loads(data) == Point(1)
    # As in a process in which no object was made.
    value = object.__new__(Pickled)
    vars(value)["x"] = 1
    assert repr(value) == "Pickled(x=1)"
    assert value == Pickled(1)


def test_threads_may_be_first():
    for _ in range(30):

        @late_dataclass
        class Late:
            x: int

        barrier, made = threading.Barrier(4), []

        def work(late=Late, barrier=barrier, made=made):
            barrier.wait()
            made.append(late(1))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert made == [Late(1)] * 4
