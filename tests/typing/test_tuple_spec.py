import typing

import pytest

import pyglove.typing as pgt
from pyglove import utils

PATH = utils.KeyPath.parse("x")


def test_a_spec_for_each_item():
    spec = pgt.Tuple([int, float])
    assert spec.apply((1, 2)) == (1, 2.0)
    assert spec.fixed_length and len(spec) == 2
    assert (spec.min_size, spec.max_size) == (2, 2)
    with pytest.raises(TypeError, match=r"got 'a' of type str\. \(path=x\[1\]\)"):
        spec.apply((1, "a"), root_path=PATH)


@pytest.mark.parametrize("value", [(1,), (1, 2, 3)])
def test_number_of_items_must_match(value):
    with pytest.raises(ValueError, match="a tuple of 2 items"):
        pgt.Tuple([int, int]).apply(value)


def test_one_spec_for_all_items():
    spec = pgt.Tuple(float, min_size=1, max_size=2)
    assert spec.apply((1,)) == (1.0,)
    assert not spec.fixed_length and len(spec) == 0 and spec
    with pytest.raises(ValueError, match="a tuple of 1 or more items"):
        spec.apply(())
    with pytest.raises(ValueError, match="a tuple of 2 or fewer items"):
        spec.apply((1, 2, 3))


def test_size_repeats_the_spec():
    assert pgt.Tuple(int, size=2) == pgt.Tuple([int, int])


def test_keeps_named_tuples():
    class Point(typing.NamedTuple):
        x: float
        y: float

    point = pgt.Tuple(float).apply(Point(1, 2))
    assert type(point) is Point and point == (1.0, 2.0)


def test_bad_definitions():
    with pytest.raises(ValueError, match="at least one value spec"):
        pgt.Tuple([])
    with pytest.raises(ValueError, match="a list of value specs or a size"):
        pgt.Tuple([int], min_size=1)
    with pytest.raises(TypeError, match="value spec can express, got 1"):
        pgt.Tuple([1])
    with pytest.raises(TypeError, match="Expected a value of type tuple"):
        pgt.Tuple(int).apply([1])


def test_elements_are_fields():
    fixed = pgt.Tuple([int, str]).elements
    assert [e.key.index for e in fixed] == [0, 1]
    assert [e.value for e in fixed] == [pgt.Int(), pgt.Str()]
    assert pgt.Tuple(int).elements[0].key == pgt.TupleKey()


def test_child_transform_sees_items():
    def transform(path, field, value):
        return (str(path), field.key.index, value)

    spec = pgt.Tuple([int, str])
    assert spec.apply((1, "a"), child_transform=transform) == (
        ("[0]", 0, 1),
        ("[1]", 1, "a"),
    )


def test_extend():
    low = pgt.Int(min_value=0)
    assert pgt.Tuple([int]).extend(pgt.Tuple(low)) == pgt.Tuple([low])
    assert pgt.Tuple(int).extend(pgt.Tuple(low, max_size=2)).max_size == 2
    sized = pgt.Tuple(int, max_size=3).extend(pgt.Tuple(int, min_size=1))
    assert (sized.min_size, sized.max_size) == (1, 3)
    for spec, base, message in [
        (pgt.Tuple([int]), pgt.Tuple(int, min_size=2), "fewer than 2 items"),
        (pgt.Tuple([int, int]), pgt.Tuple(int, max_size=1), "more than 1 items"),
        (pgt.Tuple(int), pgt.Tuple([int]), "its number of items may vary"),
        (pgt.Tuple([int]), pgt.Tuple([int, int]), "it has 1 items"),
        (pgt.Tuple(int, min_size=1), pgt.Tuple(int, min_size=2), "fewer than 2 items"),
        (pgt.Tuple(int, max_size=3), pgt.Tuple(int, max_size=2), "more than 2 items"),
        (pgt.Tuple(int), pgt.Tuple(str), "it is of another type"),
    ]:
        with pytest.raises(TypeError, match=message):
            spec.extend(base)


def test_is_compatible():
    assert pgt.Tuple(int).is_compatible(pgt.Tuple([int]))
    assert not pgt.Tuple([int]).is_compatible(pgt.Tuple(int))
    assert not pgt.Tuple(int, min_size=2).is_compatible(pgt.Tuple([int]))
    assert not pgt.Tuple(int, max_size=1).is_compatible(pgt.Tuple(int))
    assert not pgt.Tuple([int]).is_compatible(pgt.Tuple([str]))


def test_type_arguments_and_call():
    assert pgt.Tuple[int, ...] == pgt.Tuple(int)
    assert pgt.Tuple[int, str] == pgt.Tuple([int, str])
    assert pgt.Tuple(int)([1]) == (1,)


@pytest.mark.parametrize(
    ("spec", "text", "annotation"),
    [
        (pgt.Tuple([int, str]), "Tuple([Int(), Str()])", "typing.Tuple[int, str]"),
        (pgt.Tuple(int, min_size=1), "Tuple(Int(), min_size=1)", "Tuple[int, ...]"),
    ],
)
def test_text_json_and_annotation(spec, text, annotation):
    assert repr(spec) == text
    assert repr(spec.annotation).endswith(annotation)
    assert utils.from_json(utils.to_json(spec)) == spec
