import pytest

import pyglove.typing as pgt
from pyglove import utils

PATH = utils.KeyPath.parse("x.y")


def test_checks_items_in_place():
    value = [1, 2.0]
    assert pgt.List(float).apply(value) is value
    assert value == [1.0, 2.0] and type(value[0]) is float


def test_error_tells_the_item():
    with pytest.raises(TypeError, match=r"got 'a' of type str\. \(path=x\.y\[1\]\)"):
        pgt.List(int).apply([1, "a"], root_path=PATH)
    with pytest.raises(ValueError, match=r"\(path=\[0\]\[1\]\)"):
        pgt.List(pgt.List(int)).apply([[1, None]])


def test_is_a_list():
    with pytest.raises(TypeError, match="Expected a value of type list"):
        pgt.List(int).apply((1, 2))


def test_items_may_be_missing_in_partial_values():
    value = pgt.List(int).apply([pgt.MISSING_VALUE], allow_partial=True)
    assert value[0].value_spec == pgt.Int()
    with pytest.raises(ValueError, match="got MISSING_VALUE"):
        pgt.List(pgt.Int(1)).apply([pgt.MISSING_VALUE])


def test_size():
    spec = pgt.List(int, min_size=1, max_size=2)
    assert (spec.min_size, spec.max_size) == (1, 2)
    assert spec.apply([1]) == [1]
    with pytest.raises(ValueError, match=r"a list of 1 or more items, got 0"):
        spec.apply([])
    with pytest.raises(ValueError, match=r"a list of 2 or fewer items, got 3"):
        spec.apply([1, 2, 3])
    assert pgt.List(int, size=2).min_size == pgt.List(int, size=2).max_size == 2


@pytest.mark.parametrize(
    "sizes",
    [{"size": 1, "min_size": 2}, {"min_size": -1}, {"min_size": 2, "max_size": 1}],
)
def test_sizes_must_make_sense(sizes):
    with pytest.raises(ValueError):
        pgt.List(int, **sizes)


def test_element_is_a_field():
    element = pgt.List(int, max_size=3).element
    assert element.key == pgt.ListKey(0, 3)
    assert element.value == pgt.Int()


def test_child_transform_sees_items_inside_out():
    seen = []

    def transform(path, field, value):
        seen.append((str(path), field.value))
        return value if isinstance(value, list) else value + 1

    spec = pgt.List(pgt.List(int))
    assert spec.apply([[1], [2]], child_transform=transform) == [[2], [3]]
    assert seen == [
        ("[0][0]", pgt.Int()),
        ("[0]", pgt.List(int)),
        ("[1][0]", pgt.Int()),
        ("[1]", pgt.List(int)),
    ]


def test_child_transform_sees_lazy_paths_if_the_caller_is_lazy():
    seen = []

    def transform(path, field, value):
        seen.append(path())
        return value

    pgt.List(pgt.List(int)).apply(
        [[1]], child_transform=transform, root_path=lambda: PATH
    )
    assert seen == ["x.y[0][0]", "x.y[0]"]


def test_extend():
    spec = pgt.List(pgt.Int(), min_size=1)
    spec.extend(pgt.List(pgt.Int(min_value=0), min_size=1, max_size=3))
    assert spec == pgt.List(pgt.Int(min_value=0), min_size=1, max_size=3)
    with pytest.raises(TypeError, match="within those of the base"):
        pgt.List(int).extend(pgt.List(int, min_size=1))
    with pytest.raises(TypeError, match=r"no more than Str\(\), got Int\(\)"):
        pgt.List(int).extend(pgt.List(str))


def test_is_compatible():
    spec = pgt.List(int, max_size=3)
    assert spec.is_compatible(pgt.List(pgt.Int(min_value=1), max_size=2))
    assert not spec.is_compatible(pgt.List(int))
    assert not spec.is_compatible(pgt.List(str, max_size=2))
    assert pgt.List(int).is_compatible(spec)


def test_type_argument_and_call():
    assert pgt.List[int] == pgt.List(int)
    assert pgt.List(int)((1, 2)) == [1, 2]
    with pytest.raises(TypeError, match="as in `"):
        pgt.List[int, str]


def test_text_json_and_annotation():
    spec = pgt.List(int, min_size=1, default=[1])
    assert repr(spec) == "List(Int(), min_size=1, default=[1])"
    assert utils.to_json(spec) == {
        "_type": "pyglove.typing.List",
        "element_value": {"_type": "pyglove.typing.Int"},
        "default": [1],
        "min_size": 1,
    }
    assert spec.annotation == list[int] or repr(spec.annotation) == "typing.List[int]"


def test_is_not_inlined():
    assert pgt.List(int).exact_types == ()
