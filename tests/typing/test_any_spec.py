import pytest

import pyglove.typing as pgt
from pyglove import utils


def test_accepts_everything_but_missing_values():
    for value in (1, None, "a", [1], object()):
        assert pgt.Any().apply(value) is value
    with pytest.raises(ValueError, match="got MISSING_VALUE"):
        pgt.Any(1).apply(pgt.MISSING_VALUE)


def test_says_so_to_generators():
    assert pgt.Any().accepts_any and pgt.Any(1).accepts_any
    assert pgt.Any().exact_types == ()
    assert not pgt.Any(1).freeze().accepts_any
    assert not pgt.Any(transform=str).accepts_any
    assert not pgt.Int().accepts_any


def test_keeps_an_annotation():
    spec = pgt.Any(annotation=int)
    assert spec.annotation is int
    assert pgt.Any().annotation == pgt.MISSING_VALUE
    assert pgt.Any().annotate(int) == spec


def test_extends_itself_only_and_is_extended_by_all():
    assert pgt.Any(annotation=int).extend(pgt.Any(1)) == pgt.Any(annotation=int)
    assert pgt.Int().extend(pgt.Any()) == pgt.Int()
    with pytest.raises(TypeError, match="it is of another type"):
        pgt.Any().extend(pgt.Int())


def test_is_compatible_with_everything():
    for spec in (pgt.Int(), pgt.Int().noneable(), pgt.List(int)):
        assert pgt.Any().is_compatible(spec)
        assert not spec.is_compatible(pgt.Any())


def test_text_and_json():
    spec = pgt.Any(1, annotation=int)
    assert repr(spec) == "Any(default=1, annotation=<class 'int'>)"
    assert utils.from_json(utils.to_json(spec)) == spec
    assert repr(pgt.Any().noneable()) == "Any(default=None)"
    with pytest.raises(TypeError, match="value spec of a single type to call"):
        pgt.Any()(1)
