import pytest

import pyglove.typing as pgt


def test_optional():
    assert pgt.Optional[int] == pgt.Int().noneable()
    assert pgt.Optional[pgt.Int(1)].default == 1


def test_sequence():
    spec = pgt.Sequence[int]
    assert spec.apply([1]) == [1] and spec.apply((1,)) == (1,)
    with pytest.raises(TypeError):
        spec.apply({1})


def test_annotated():
    annotated = pgt.Annotated[int, "Doc.", {"a": 1}]
    assert annotated.value_spec == pgt.Int()
    assert (annotated.docstring, annotated.metadata) == ("Doc.", {"a": 1})
    assert pgt.Annotated[int].docstring is None
    assert pgt.Annotated(pgt.Str()).value_spec == pgt.Str()


@pytest.mark.parametrize("args", [(int, 1), (int, "Doc.", 1), (int, "Doc.", {}, 1)])
def test_annotated_takes_text_and_metadata(args):
    with pytest.raises(TypeError):
        pgt.Annotated[args]


@pytest.mark.parametrize("alias", [pgt.Optional, pgt.Sequence])
def test_aliases_take_one_argument_and_are_no_specs(alias):
    with pytest.raises(TypeError, match="as in `"):
        alias[int, str]
    with pytest.raises(TypeError, match="Expected type arguments"):
        alias()


def test_a_generic_without_type_arguments():
    class Plain(pgt.Generic):
        pass

    with pytest.raises(NotImplementedError, match="takes type arguments, got Plain"):
        Plain[int]
