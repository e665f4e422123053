"""Generated code: seen by debuggers, safe with threads, right for any name."""

import inspect
import linecache
import threading
import traceback
from typing import Any

import pytest

import pyglove as pg
from pyglove.symbolic.compiled.compilation import is_compilable
from tests.symbolic import twin
from tests.symbolic.helper import check_tree


@twin.needs_generated_code
def test_generated_code_shows_in_tracebacks():
    class Shown(pg.Object):
        x: int

        def _on_bound(self):
            raise RuntimeError("in hook")

    try:
        Shown(1)
    except RuntimeError:
        text = traceback.format_exc()
    assert "_self._on_init()" in text
    filename = Shown.__init__.__code__.co_filename
    linecache.checkcache()
    assert any("def __init__" in line for line in linecache.getlines(filename))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["a", "b"], True),
        (["class"], False),
        (["_a"], False),
        (["a.b"], False),
        ([f"f{i}" for i in range(300)], False),
    ],
)
def test_which_names_can_be_parameters(keys, expected):
    assert is_compilable(keys) is expected


def test_names_of_all_kinds():
    class Builtins(pg.Object):
        type: int
        list: Any
        dict: Any = None
        isinstance: str = "p"
        value: Any = None
        new: int = 0
        deep: int = 0
        memo: int = 0
        parent: int = 0
        key: int = 0
        self: int = 0
        cls: int = 0

    value = Builtins(1, [2], self=3, cls=4)
    assert (value.type, value.list, value.self, value.cls) == (1, [2], 3, 4)
    assert value.clone() == value
    assert pg.from_json(value.to_json()) == value


def test_names_that_are_no_parameters():
    @pg.members(
        [
            ("class", pg.typing.Int()),
            ("a b", pg.typing.Int(2)),
            ("_c", pg.typing.List(pg.typing.Int(), default=[])),
        ]
    )
    class Odd(pg.Object):
        pass

    odd = Odd(1, _c=[3])
    assert odd.sym_init_args == {"class": 1, "a b": 2, "_c": [3]}
    assert odd.clone() == odd
    odd.rebind({"a b": 5, "class": 4})
    assert odd.sym_getattr("a b") == 5 and odd.sym_getattr("class") == 4
    check_tree(odd)
    assert pg.from_json(odd.to_json()) == odd
    with pytest.raises(TypeError):
        Odd("a")
    with pytest.raises(TypeError, match="at most 3 positional"):
        Odd(1, 2, [3], 4)


def test_many_fields():
    fields = [(f"f{i}", pg.typing.Int(i)) for i in range(300)]
    many = pg.members(fields)(type(pg.Object)("Many", (pg.Object,), {}))
    value = many(7, f299=8)
    assert (value.f0, value.f1, value.f299) == (7, 1, 8)
    assert value.clone() == value


def test_variadic_arguments():
    @pg.members(
        [("x", pg.typing.Int()), ("rest", pg.typing.List(pg.typing.Int()))],
        init_arg_list=["x", "*rest"],
    )
    class Variadic(pg.Object):
        pass

    value = Variadic(1, 2, 3)
    assert (value.x, value.rest) == (1, [2, 3])
    assert Variadic(x=1, rest=[5]).rest == [5]
    assert Variadic(1).rest == []
    assert str(inspect.signature(Variadic)) == "(x: int, *rest: int)"
    assert value.clone() == value
    assert pg.from_json(value.to_json()) == value
    with pytest.raises(TypeError, match="by position and"):
        Variadic(1, 2, rest=[3])
    with pytest.raises(TypeError, match=r"'rest' of .*: \[\] by position and \[3\]"):
        Variadic(1, rest=[3])
    with pytest.raises(TypeError, match=r"path=rest\[0\]"):
        Variadic(1, "a")


def test_classes_are_compiled_once_for_all_threads():
    problems = []
    for _ in range(20):

        class Fresh(pg.Object):
            x: int
            child: Any = None
            items: list[int] = [1]

        ready = threading.Barrier(4)

        def work(cls=Fresh, ready=ready):
            try:
                ready.wait()
                value = cls(1, cls(2))
                assert value.clone(deep=True) == value
                assert value.rebind(x=3).x == 3
                check_tree(value)
                with pytest.raises(TypeError):
                    cls("bad")
            except BaseException as error:
                problems.append(error)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert problems == []


def test_fields_that_change_after_the_first_instance():
    class Growing(pg.Object):
        x: int = 1

    assert repr(Growing()) == "Growing(x=1)"
    Growing.update_schema([("y", pg.typing.Int(2))])
    assert repr(Growing(5, 6)) == "Growing(x=5, y=6)"
    assert Growing(1).y == 2
    assert Growing(1).clone() == Growing(1)


def test_names_that_python_takes_for_one():
    for one, other in (("\ufb01", "fi"), ("x", "\uff58"), ("\u00b5", "\u03bc")):

        @pg.members([(one, pg.typing.Int()), (other, pg.typing.Int())])
        class Both(pg.Object):
            pass

        node = Both(**{one: 1, other: 2})
        for copy in (node, node.clone(), pg.from_json_str(pg.to_json_str(node))):
            assert [copy.sym_getattr(k) for k in (one, other)] == [1, 2]
        assert node.rebind({one: 5}).sym_getattr(other) == 2
        assert f"{one}=5" in repr(node) and f"{other}=2" in repr(node)


def test_names_of_other_alphabets_are_compiled():
    assert is_compilable(["gr\u00f6\u00dfe", "\u5927\u5c0f"])
    assert not is_compilable(["\ufb01"])


def test_names_that_are_code():
    hits = []
    for key in ("x=hits", "x, *y", "x\n", "f'{x}'", "{x}", "x'", '"', "\\", "import"):
        schema = pg.typing.create_schema([(key, pg.typing.Any())])
        loaded = pg.from_json(pg.to_json(schema))

        class Odd(pg.Object):
            pass

        loaded.metadata["init_arg_list"] = []
        Odd.apply_schema(loaded)
        node = Odd(**{key: hits})
        assert node.clone() == node and pg.eq(pg.from_json(pg.to_json(node)), node)
        assert key in repr(node) and key in str(node)
