"""Pickles that are read without unpickling."""

import io
import os
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import utils
from pyglove.utils.serialization.plain_pickle import read_plain_pickle
from pyglove.utils.serialization.trust import LoadOptions

UNTRUSTED = LoadOptions()

ran = []


def harm(*args):
    ran.append(args)


class Exploit:
    def __init__(self, *reduction):
        self.reduction = reduction

    def __reduce__(self):
        return self.reduction


class Stateful:
    def __setstate__(self, state):
        harm(state)

    def __getstate__(self):
        return 1


def read(data):
    return read_plain_pickle(data, UNTRUSTED)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=3)
    | st.binary(max_size=3),
    lambda children: (
        st.lists(children, max_size=3).map(tuple) | st.frozensets(children, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES | st.lists(VALUES, max_size=3) | st.sets(VALUES, max_size=3))
def test_reads_what_pickle_wrote(value):
    data = pickle.dumps(value, 4)
    try:
        loaded = read(data)
    except utils.UntrustedError as e:
        # The only thing beyond it: a part that stands in several places.
        assert "shared parts" in str(e)
    else:
        assert loaded == value and type(loaded) is type(value)


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(data):
    try:
        read(data)
    except utils.UntrustedError:
        pass


@given(VALUES, st.data())
def test_any_damage_is_survived(value, data):
    damaged = bytearray(pickle.dumps(value, 4))
    for _ in range(data.draw(st.integers(1, 3))):
        i = data.draw(st.integers(0, len(damaged) - 1))
        damaged[i] = data.draw(st.integers(0, 255))
    try:
        read(bytes(damaged))
    except utils.UntrustedError:
        pass


EXPLOITS = {
    "function": pickle.dumps(Exploit(os.system, ("exit 1",))),
    "own function": pickle.dumps(Exploit(harm, (1,))),
    "builtin": pickle.dumps(Exploit(eval, ("1/0",))),
    "state": pickle.dumps(Stateful()),
    "items": pickle.dumps(Exploit(list, (), None, iter([harm]))),
    "attribute": pickle.dumps(Exploit(getattr, ("a", "upper"))),
    "old protocol": b"cos\nsystem\n(S'exit 1'\ntR.",
    "instance": b"(S'exit 1'\nios\nsystem\n.",
    "persistent": b"Pabc\n.",
    "bare class": pickle.dumps(os.system),
    "class within": pickle.dumps((os.system, 1)),
}


@pytest.mark.parametrize("name", EXPLOITS)
def test_exploits_are_refused(name):
    with pytest.raises(utils.UntrustedError, match=r"takes pickle|not registered"):
        read(EXPLOITS[name])
    assert not ran


def test_constructors_take_no_other_arguments():
    for reduction in (
        (set, (range(10**12),)),
        (bytearray, (10**12,)),
        (frozenset, ("abc",)),
        (range, ("a",)),
        (complex, ("1" * 10,)),
    ):
        with pytest.raises(utils.UntrustedError):
            read(pickle.dumps(Exploit(*reduction)))


def test_nested_without_end():
    deep = b"\x80\x04)" + b"\x85" * 1_000_000 + b"."
    with pytest.raises(utils.UntrustedError, match="nested too deep"):
        read(deep)
    in_set = b"\x80\x04\x8f()" + b"\x85" * 1_000 + b"\x90."
    with pytest.raises(utils.UntrustedError, match="nested too deep"):
        read(in_set)


def test_doubled_without_end():
    value = (1, 2)
    for _ in range(100):
        value = (value, value)
    with pytest.raises(utils.UntrustedError, match="shared parts"):
        read(pickle.dumps(value))


def test_truncated():
    data = pickle.dumps({b"abc", 1.5})
    for end in range(len(data)):
        with pytest.raises(utils.UntrustedError):
            read(data[:end])
    assert read(data) == pickle.load(io.BytesIO(data))
