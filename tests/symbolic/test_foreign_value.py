"""Arrays, data frames and other values whose `==` is no answer."""

import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest

import pyglove as pg
from tests.symbolic.helper import Pair

NAN = float("nan")
EQUAL = [
    (np.array([1.0, NAN]), np.array([1.0, NAN])),
    (np.array([]), np.array([])),
    (np.array([0.0]), np.array([-0.0])),
    (np.array([[1, 2], [3, 4]]), np.asfortranarray([[1, 2], [3, 4]])),
    (np.array([1, "a", None], object), np.array([1, "a", None], object)),
    (np.array(["NaT"], "M8[s]"), np.array(["NaT"], "M8[s]")),
    (np.array([(1, NAN)], "i4,f8"), np.array([(1, NAN)], "i4,f8")),
    (np.ma.array([1, 2], mask=[0, 1]), np.ma.array([1, 3], mask=[0, 1])),
    (np.array([1], np.longdouble), np.array([1], np.longdouble)),
    (np.float64(1), 1.0),
    (np.int64(1), np.int64(1)),
    (pd.DataFrame({"a": [1, None]}), pd.DataFrame({"a": [1, None]})),
    (pd.Series([1, 2], name="a"), pd.Series([1, 2], name="a")),
    (pd.Index([1, 2]), pd.Index([1, 2])),
]
DIFFERENT = [
    (np.array([1, 2]), np.array([1, 3])),
    (np.array([1]), np.array([1.0])),
    (np.array([1]), np.array([[1]])),
    (np.array([1]), 1),
    (np.array([1]), [1]),
    (np.array([1, 1]), 1),
    (np.array([1]), None),
    (np.array([1, "a"], object), np.array([1, "b"], object)),
    (np.array([(1, 2)], "i4,f8"), np.array([(1, 3)], "i4,f8")),
    (np.ma.array([1, 2], mask=[0, 1]), np.ma.array([1, 2], mask=[0, 0])),
    (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]})),
    (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1.0]})),
    (pd.Series([1], name="a"), pd.Series([1], name="b")),
    (pd.Series([1]), pd.DataFrame({"a": [1]})),
    (pd.Series([1, 2]), "ab"),
]
# Ways to hold a value.
HOLDERS = [
    lambda v: v,
    lambda v: [v],
    lambda v: (1, v),
    lambda v: {"k": v},
    lambda v: pg.List([0, v]),
    lambda v: pg.Dict(k=v),
    lambda v: Pair(v),
    lambda v: Pair([{"k": (v,)}]),
]
HELD = pytest.mark.parametrize("hold", HOLDERS)


@HELD
@pytest.mark.parametrize(("x", "y"), EQUAL)
def test_equal_content(hold, x, y):
    for a, b in ((hold(x), hold(y)), (hold(y), hold(x))):
        assert pg.eq(a, b) and not pg.ne(a, b)
        if not isinstance(a, (list, dict)) or isinstance(a, pg.Symbolic):
            assert pg.hash(a) == pg.hash(b)
        if isinstance(a, pg.Symbolic):
            assert a == b
            assert pg.diff(a, b) == pg.Diff()


@HELD
@pytest.mark.parametrize(("x", "y"), DIFFERENT)
def test_different_content(hold, x, y):
    for a, b in ((hold(x), hold(y)), (hold(y), hold(x))):
        assert not pg.eq(a, b) and pg.ne(a, b)


@pytest.mark.parametrize(("x", "y"), DIFFERENT[:3])
def test_symbolic_objects_that_differ(x, y):
    assert Pair(x) != Pair(y)
    assert pg.diff(Pair(x), Pair(y))
    assert pg.Dict(x=Pair(x)) != pg.Dict(x=Pair(y))


class Loud:
    def __eq__(self, other):
        raise TypeError("not comparable")

    __hash__ = object.__hash__


class Vague:
    """`==` gives something that is no answer."""

    def __eq__(self, other):
        return self

    def __bool__(self):
        raise ValueError("ambiguous")

    __hash__ = object.__hash__


STRANGERS = pytest.mark.parametrize("make", [Loud, Vague, lambda: np.array([1, 2])])


@pytest.mark.parametrize("make", [Loud, Vague])
def test_values_that_cannot_be_compared_equal_themselves_only(make):
    value = make()
    assert pg.eq(value, value) and pg.eq(Pair(value), Pair(value))
    assert pg.ne(value, make()) and pg.ne(value, 1) and pg.ne(1, value)
    assert Pair(value) != Pair(make())
    assert pg.Dict(x=Pair(value)) != pg.Dict(x=Pair(1))


@STRANGERS
def test_strangers_beside_defaults(make):
    default = make()

    class Holder(pg.Object):
        x: Any = 1
        y: Any = default
        z: Any = pg.MISSING_VALUE

    value = make()
    holder = Holder(value, z=0)
    assert holder.sym_nondefault()["x"] is value
    assert "x" in holder.format(hide_default_values=True)
    assert holder.format(compact=True, hide_default_values=True)
    holder = Holder(x=1, y=Holder.__schema__["y"].default_value, z=0)
    assert set(holder.sym_nondefault()) == {"z"}
    assert "y" not in holder.format(compact=True, hide_default_values=True)
    json = Holder(x=value, z=2).to_json(
        hide_default_values=True, exclude_keys={"x", "y"}
    )
    assert json["z"] == 2


@STRANGERS
def test_strangers_are_found(make):
    value = make()
    tree = Pair([make(), value])
    assert pg.contains(tree, value)
    assert tree.sym_contains(value)
    assert pg.query(tree, where=lambda v: v is value) == {"n[1]": value}
    assert not pg.contains(tree, 5)


def test_arrays_are_found_by_content():
    tree = Pair([np.array([1, 2])])
    assert pg.contains(tree, np.array([1, 2]))
    assert not pg.contains(tree, np.array([1, 3]))
    assert not pg.contains(tree, np.array([1.0, 2.0]))


@pytest.mark.parametrize("kind", ["g", "G", "d", "D", "i", "O", "U1", "M8[s]"])
def test_arrays_that_are_equal_hash_alike(kind):
    first, second = (np.array([1, 2]).astype(kind) for _ in range(2))
    assert pg.eq(Pair(first), Pair(second))
    assert pg.hash(Pair(first)) == pg.hash(Pair(second))
    assert type(pg.hash(first)) is int and pg.hash(first) == pg.hash(second)
    # The type of items counts, whatever can be told of their values.
    other = np.array([1, 2], "f4")
    assert pg.hash(Pair(first)) != pg.hash(Pair(other))


@pytest.mark.parametrize("kind", ["d", "D", "i", "O", "U1", "M8[s]"])
def test_hashes_tell_arrays_apart(kind):
    hashes = {
        pg.hash(Pair(np.array(items).astype(kind)))
        for items in ([1, 2], [2, 1], [1, 3], [[1, 2]], [1])
    }
    assert len(hashes) == 5


def test_the_same_content_is_no_change():
    heard = []

    class Model(pg.Object):
        weights: Any
        parts: list = []
        table: dict = {}

        def _on_change(self, field_updates):
            heard.append(sorted(map(str, field_updates)))

    first = np.array([1.0, NAN])
    model = Model(first, [first], {"k": first})
    for path in ("weights", "parts[0]", "table.k"):
        model.rebind({path: first.copy()})
        assert not heard
        model.rebind({path: first.astype("f4")})
        assert heard.pop() == [path]
    model = Model(first, [first], {"k": first})
    model.rebind(weights=first.copy())
    assert model.weights is first  # What was made of it is still right.
    model.parts[0] = first.copy()
    model.table.k = first.copy()
    assert not heard


def test_spaces_of_arrays():
    arrays = [np.array([1, 2]), np.array([3, 4])]
    template = pg.template(pg.Dict(x=pg.oneof(arrays), y=1))
    program = template.decode(pg.DNA(1))
    assert template.encode(program) == pg.DNA(1)
    assert template.encode(pg.Dict(x=np.array([1, 2]), y=1)) == pg.DNA(0)
    fixed = pg.template(pg.Dict(x=np.array([1, 2]), y=pg.oneof([1, 2])))
    assert fixed.encode(pg.Dict(x=np.array([1, 2]), y=2)) == pg.DNA(1)
    with pytest.raises(ValueError):
        fixed.encode(pg.Dict(x=np.array([1, 3]), y=2))


def test_no_library_is_imported_for_it():
    program = (
        "import sys; import pyglove as pg; "
        "assert pg.eq(pg.Dict(x=[1, object]), pg.Dict(x=[1, object])); "
        "pg.hash(pg.Dict(x=object())); "
        "sys.exit('numpy' in sys.modules or 'pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
