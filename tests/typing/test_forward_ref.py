import copy
import operator
import sys

import pytest

import pyglove.typing as pgt

MODULE = sys.modules[__name__]


class A:
    class Inner:
        pass


def function():
    pass


def ref(name):
    return pgt.ForwardRef(MODULE, name)


def test_resolves_a_class():
    assert ref("A").cls is A and ref("A").resolved
    assert ref("A.Inner").cls is A.Inner
    assert ref("A").as_annotation() is A


def test_parts():
    inner = ref("A.Inner")
    assert inner.module is MODULE
    assert (inner.name, inner.qualname) == ("Inner", "A.Inner")
    assert inner.type_id == f"{__name__}.A.Inner"


def test_a_name_that_does_not_exist():
    assert not ref("Undefined").resolved
    assert ref("Undefined").as_annotation() == "Undefined"
    with pytest.raises(TypeError, match="Expected a class 'Undefined' in module"):
        _ = ref("Undefined").cls


def test_a_name_of_something_else():
    for attribute in ("cls", "resolved"):
        with pytest.raises(TypeError, match="Expected a class"):
            getattr(ref("function"), attribute)


def test_equality():
    assert ref("A") == ref("A") and hash(ref("A")) == hash(ref("A"))
    assert ref("A") == A and operator.eq(A, ref("A"))
    assert ref("A") != ref("A.Inner") and ref("Undefined") != A and ref("A") != "A"


def test_copies_are_itself():
    a = ref("A")
    assert copy.copy(a) is a and copy.deepcopy(a) is a


def test_text():
    assert repr(ref("A")) == f"ForwardRef(module={__name__!r}, name='A')"
