"""Classes, annotations and functions in JSON."""

import collections
import functools
import math
import typing

import pytest

from pyglove import utils


def plus(x, y=1, *, z=0):
    return x + y + z


class Outer:
    class Inner:
        @classmethod
        def create(cls):
            return cls()

        @staticmethod
        def helper():
            return 1

        def method(self):
            return 2

    class Derived(Inner):
        pass


@pytest.mark.parametrize(
    ("value", "kind", "name"),
    [
        (int, "type", "builtins.int"),
        (type(None), "type", "builtins.NoneType"),
        (..., "type", "builtins.Ellipsis"),
        (Outer.Inner, "type", f"{__name__}.Outer.Inner"),
        (typing.Any, "type", "typing.Any"),
        (list, "type", "builtins.list"),
        (dict, "type", "builtins.dict"),
        (len, "function", "builtins.len"),
        (math.sin, "function", "math.sin"),
        (plus, "function", f"{__name__}.plus"),
        (Outer.Inner.helper, "function", f"{__name__}.Outer.Inner.helper"),
        (Outer.Inner.method, "function", f"{__name__}.Outer.Inner.method"),
        (Outer.Inner.create, "method", f"{__name__}.Outer.Inner.create"),
        (Outer.Derived.create, "method", f"{__name__}.Outer.Derived.create"),
        (collections.OrderedDict, "type", "collections.OrderedDict"),
        (ValueError, "type", "builtins.ValueError"),
    ],
)
def test_named(value, kind, name):
    json_value = {"_type": kind, "name": name}
    assert utils.to_json(value) == json_value
    assert utils.from_json(json_value) == value
    assert utils.from_json(json_value, trusted=True) == value


@pytest.mark.parametrize(
    ("annotation", "name"),
    [
        (typing.List[int], "typing.List"),  # noqa: UP006
        (typing.Dict[str, int], "typing.Dict"),  # noqa: UP006
        (typing.Sequence[int], "typing.Sequence"),
        (typing.Union[int, str], "typing.Union"),  # noqa: UP007
        (typing.Optional[int], "typing.Union"),  # noqa: UP045
        (typing.Callable[[int], str], "typing.Callable"),
        (typing.Callable[..., str], "typing.Callable"),
        (typing.Annotated[int, "doc"], "typing.Annotated"),
        (typing.Literal["a", 1], "typing.Literal"),
        (list[int], "builtins.list"),
        (dict[str, list[int]], "builtins.dict"),
        (tuple[int, ...], "builtins.tuple"),
        (type[int], "builtins.type"),
        (collections.abc.Sequence[int], "collections.abc.Sequence"),
        (collections.abc.Callable[[int], str], "collections.abc.Callable"),
    ],
)
def test_annotations(annotation, name):
    json_value = utils.to_json(annotation)
    assert json_value["_type"] == "type" and json_value["name"] == name
    assert utils.from_json(json_value) == annotation


@pytest.mark.parametrize(
    ("annotation", "loaded"),
    [
        (int | str, typing.Union[int, str]),  # noqa: UP007
        (typing.Tuple[int], tuple[int]),  # noqa: UP006
        (typing.Type[int], type[int]),  # noqa: UP006
        (typing.Iterable[int], collections.abc.Iterable[int]),
    ],
)
def test_annotations_with_another_name(annotation, loaded):
    assert utils.from_json(utils.to_json(annotation)) == loaded


@pytest.mark.parametrize(
    "value",
    [
        typing.TypeVar("T"),
        typing.ForwardRef("X"),
        type(len),
        Outer.Inner().method,
        [].append,
        functools.lru_cache(plus),
    ],
)
def test_without_a_name(value):
    with pytest.raises(ValueError, match=r"to convert to JSON"):
        utils.to_json(value)


def test_name_that_is_not_there():
    for kind in ("type", "function", "method"):
        reference = {"_type": kind, "name": f"{__name__}.nope"}
        with pytest.raises(
            TypeError, match=f"a {kind} that exists in JSON, got '{__name__}"
        ):
            utils.from_json(reference)


def test_bad_type_arguments():
    for args in ([], 1):
        with pytest.raises(TypeError, match=r"type arguments|Expected a list"):
            utils.from_json({"_type": "type", "name": "builtins.int", "args": args})


def test_functions_with_code_take_a_trusted_document():
    offset = 10

    def local(x, y=2, *, z=3):
        return x + y + z + offset

    for function in (local, lambda x: x + math.floor(16.5)):
        with pytest.warns(UserWarning, match="`trusted=True` only") as warned:
            json_value = utils.to_json(function)
        assert warned[0].filename == __file__
        with pytest.raises(TypeError, match="it carries its own code"):
            utils.from_json(json_value)
        assert utils.from_json(json_value, trusted=True)(1) == function(1)


def test_code_finds_the_globals_of_its_module():
    with pytest.warns(UserWarning, match="is saved with its code"):
        json_value = utils.to_json(lambda x: plus(x))
    assert utils.from_json(json_value, trusted=True)(1) == 2


def test_classes_that_are_local_to_a_function():
    class Local:
        pass

    class Symbolic(utils.JSONConvertible):
        def to_json(self, **kwargs):
            return self.to_json_dict({}, **kwargs)

    for value in (Local, Symbolic, list[Local], (1, Local), int | Local):
        with pytest.raises(
            ValueError,
            match=r"Cannot convert local class .* to JSON: .* local to a function",
        ):
            utils.to_json(value)
    assert isinstance(utils.from_json(utils.to_json(Symbolic())), Symbolic)
