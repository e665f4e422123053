"""What keeps a tree from being a program."""

from typing import Any

import pytest

import pyglove as pg
from pyglove.symbolic import NonDeterministic, PureSymbolic
from tests.symbolic.helper import Leaf, Pair, Placeholder, Tree


def test_missing_values():
    leaf = Leaf.partial()
    assert leaf.is_partial and leaf.sym_partial and leaf.is_abstract
    assert not leaf.is_pure_symbolic
    assert leaf.missing_values() == leaf.sym_missing() == {"x": pg.MISSING_VALUE}
    assert leaf.x == pg.MISSING_VALUE
    assert not leaf.rebind(x=1).is_partial
    assert leaf.sym_missing() == {}


def test_missing_values_below():
    pair = Pair([Leaf.partial()], {"a": Leaf.partial(), "b": Leaf(1)})
    missing = pg.MISSING_VALUE
    assert pair.is_partial
    assert pair.sym_missing() == {"n[0].x": missing, "m.a.x": missing}
    assert pair.sym_missing(flatten=False) == {
        "n": {0: {"x": missing}},
        "m": {"a": {"x": missing}},
    }
    pair.rebind({"n[0].x": 1, "m.a.x": 2})
    assert not pair.is_partial


def test_flags_follow_what_is_put_in():
    pair = Pair(Pair())
    assert not pair.is_abstract
    pair.n.rebind(n=[1, Leaf.partial()])
    assert pair.is_partial
    pair.n.rebind({"n[1]": Placeholder()})
    assert not pair.is_partial and pair.is_pure_symbolic
    assert pair.clone().is_pure_symbolic
    pair.n.n.pop()
    assert not pair.is_abstract


def test_placeholders():
    assert Pair(Placeholder()).sym_puresymbolic
    assert Pair(Placeholder()).is_deterministic
    assert pg.symbolic.is_pure_symbolic([{"a": Placeholder()}])
    assert not pg.symbolic.is_pure_symbolic([1])
    assert pg.symbolic.is_abstract(Pair(Placeholder()))
    assert Tree("t", left=Placeholder()).sym_abstract

    class Chance(NonDeterministic):
        pass

    class Unknown(PureSymbolic):
        pass

    assert not Pair([Chance()]).is_deterministic
    assert Pair(Chance()).is_pure_symbolic
    assert Pair({"a": Unknown()}).is_pure_symbolic
    assert not pg.symbolic.is_deterministic(Pair(Chance()))
    assert Pair(Leaf(1)).is_deterministic


def test_tuples_are_values():
    assert not Pair((Leaf.partial(),)).is_partial
    assert not Pair((Placeholder(),)).is_pure_symbolic


def test_plain_values():
    is_partial = pg.symbolic.is_partial
    assert is_partial(pg.MISSING_VALUE)
    assert is_partial([Leaf.partial()]) and is_partial({"a": [Leaf.partial()]})
    assert not is_partial([1, Leaf(1)]) and not is_partial(3)


class Lacking(pg.utils.MaybePartial):
    def missing_values(self, flatten=True):
        return {"a": 1}


def test_other_partial_values():
    assert pg.symbolic.is_partial(Lacking())


class Lenient(pg.Object):
    """Does not mind what it lacks."""

    x: int

    def _sym_missing(self):
        return {}


class Strict(pg.Object):
    """Lacks what no field says."""

    x: int = pg.MISSING_VALUE

    def _sym_missing(self):
        return {"soul": pg.MISSING_VALUE}

    def _sym_nondefault(self):
        return {"x": "special"}


def test_classes_say_what_they_lack():
    assert not Lenient.partial().is_partial
    assert not Pair(Lenient.partial()).is_partial
    assert Pair(Lenient.partial()).sym_missing() == {}
    strict = Strict.partial()
    assert strict.is_partial
    assert Pair(strict).sym_missing() == {"n.soul": pg.MISSING_VALUE}
    assert pg.Dict(a=strict).sym_nondefault() == {"a.x": "special"}


class Defaults(pg.Object):
    leaf: Leaf = Leaf(1)
    maybe: Leaf | None = None
    table: pg.typing.Dict(
        [("p", pg.typing.Object(Leaf, default=Leaf(3))), ("q", pg.typing.Int(2))]
    )
    anything: Any = Leaf(5)


class Required(pg.Object):
    leaf: Leaf
    leaves: list[Leaf] = []


LEAVES = pg.typing.List(pg.typing.Object(Leaf, default=Leaf(1)))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Pair(), {}),
        (Leaf(1), {"x": 1}),
        (Leaf(1, 1.0, "b"), {"x": 1, "z": "b"}),
        (Leaf.partial(), {}),
        (Pair(Pair(1)), {"n": Pair(1)}),
        (Pair([1, Leaf(2)]), {"n": [1, Leaf(2)]}),
        (Required(Leaf(1)), {"leaf": Leaf(1)}),
        (Required(Leaf(1), [Leaf(2)]), {"leaf": Leaf(1), "leaves": [Leaf(2)]}),
        (Required.partial(), {}),
        (pg.List([Leaf(1)], value_spec=LEAVES), {0: {"x": 1}}),
        (Defaults(), {}),
        (Defaults(Leaf(2)), {"leaf": {"x": 2}}),
        (Defaults(Leaf(1, 2.0)), {"leaf": {"y": 2.0}}),
        (Defaults(maybe=Leaf(1)), {"maybe": Leaf(1)}),
        (Defaults(table={"q": 3}), {"table": {"q": 3}}),
        (Defaults(table={"p": Leaf(4)}), {"table": {"p": {"x": 4}}}),
        (Defaults(anything=Leaf(6)), {"anything": {"x": 6}}),
        (Defaults(anything=Pair()), {"anything": Pair()}),
        (pg.List([1, Leaf(1)]), {0: 1, 1: {"x": 1}}),
        (pg.Dict(a=Leaf(1), b=[1, {}]), {"a": {"x": 1}, "b": {0: 1}}),
    ],
)
def test_nondefault_values(value, expected):
    assert value.sym_nondefault(flatten=False) == expected
    assert value.non_default_values() == pg.utils.flatten(expected)


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (lambda v: Tree("t", left=v), "left"),
        (lambda v: Tree("t", [v]), r"leaves\[0\]"),
        (lambda v: Tree("t", [Leaf(1), v]), r"leaves\[1\]"),
        (lambda v: Tree("t").rebind(left=v), "left"),
        (lambda v: Tree("t", []).leaves.append(v), r"leaves\[0\]"),
    ],
)
def test_typed_fields_take_whole_objects(make, path):
    with pytest.raises(ValueError, match=rf"got a partial one: Leaf.*path={path}"):
        make(Leaf.partial())


def test_partial_objects_are_taken_where_it_is_said_so():
    assert Pair(Leaf.partial()).is_partial
    assert Tree("t", right=Leaf.partial()).is_partial
    assert Tree("t", table={"a": Leaf.partial()}).is_partial
    assert Tree.partial("t", left=Leaf.partial()).is_partial
    with pg.allow_partial():
        tree = Tree("t", [Leaf()])
    assert tree.sym_missing() == {"leaves[0].x": pg.MISSING_VALUE}
    with (
        pg.allow_partial(False),
        pytest.raises(
            TypeError, match=r"every required field .* missing 1 required argument\."
        ),
    ):
        Leaf.partial()


def test_a_whole_object_stays_whole():
    leaf, partial = Leaf(1), Leaf.partial(1)
    with pytest.raises(ValueError, match="got MISSING_VALUE"):
        leaf.rebind(x=pg.MISSING_VALUE)
    assert leaf == Leaf(1)
    assert partial.rebind(x=pg.MISSING_VALUE).is_partial
