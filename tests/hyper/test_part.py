"""Parts of a space: programs are made of decisions, and decisions found in programs."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg


class Cell(pg.Object):
    op: Any
    size: int = 1
    inner: Any = None


class Watched(pg.Object):
    """Has a hook, and keeps what it was made of."""

    x: Any

    def _on_bound(self):
        super()._on_bound()
        self.seen = self.x


class Free(pg.Object):
    """Takes fields of any name."""

    a: Any
    __kwargs__: Any


@pg.functor
def add(x, y=1):
    return x + y


CHOICES = st.sampled_from(
    [
        lambda: pg.oneof([1, 2]),
        lambda: pg.oneof(["a", None, 0.5]),
        lambda: pg.oneof([Cell(1), Cell(pg.oneof([3, 4]))]),
        lambda: pg.intv(5, 7),
        lambda: pg.manyof(2, [1, 2, 3]),
    ]
).map(lambda make: make())
CONSTANTS = st.sampled_from([None, 1, "s", (1, 2)])


def containers(children):
    return st.one_of(
        st.dictionaries(st.sampled_from("abc"), children, max_size=3).map(pg.Dict),
        st.lists(children, max_size=3).map(pg.List),
        st.builds(Cell, children, st.integers(1, 3), children),
        st.builds(Watched, children),
        st.builds(Free, children, b=children),
        st.builds(add, children),
    )


PROGRAMS = containers(st.recursive(CHOICES | CONSTANTS, containers, max_leaves=6))


@given(PROGRAMS, st.integers(0, 10**6))
def test_a_program_leads_back_to_its_decisions(space, seed):
    template = pg.template(space)
    dna = pg.random_dna(template.dna_spec(), random.Random(seed))
    program = template.decode(dna)
    assert pg.is_deterministic(program) and type(program) is type(space)
    assert template.encode(program) == dna
    # The same decisions make an equal program, which has nothing in common with it.
    again = template.decode(dna)
    assert pg.eq(again, program)
    assert not {id(n) for n in parts(again)} & {id(n) for n in parts(program)}
    for node in parts(program):
        if isinstance(node, Watched):
            assert node.seen is node.x
        for key, child in node.sym_items():
            if isinstance(child, pg.Symbolic):
                assert child.sym_parent is node and child.sym_path.key == key


def parts(value):
    return [value, *value.sym_descendants(lambda v: isinstance(v, pg.Symbolic))]


@given(PROGRAMS)
def test_the_space_stays_as_it_is(space):
    before = space.clone(deep=True)
    template = pg.template(space)
    program = template.decode(template.dna_spec().first_dna())
    for node in parts(program):
        for key, value in node.sym_items():
            if value == 1:
                node.rebind({key: 2})
    assert pg.eq(space, before) and pg.eq(template.value, before)


SPACE = pg.Dict(
    a=pg.List([1, pg.oneof([1, 2])]), b=Cell(pg.oneof(["x", "y"])), c=add(pg.intv(0, 3))
)


@pytest.mark.parametrize(
    ("update", "where"),
    [
        ({"a[0]": 3}, r"a\[0\]"),
        ({"a[1]": 3}, r"a\[1\]"),
        ({"a[2]": 3}, "a"),
        ({"b": 3}, "b"),
        ({"b": Watched(1)}, "b"),
        ({"b.op": "z"}, r"b\.op"),
        ({"b.size": 2}, r"b\.size"),
        ({"c.x": 7}, r"c\.x"),
        ({"c.y": 2}, r"c\.y"),
        ({"d": 1}, "d"),
    ],
)
def test_a_program_of_another_space_is_refused_where_it_differs(update, where):
    template = pg.template(SPACE)
    program = template.decode(pg.DNA([1, 0, 2]))
    assert template.encode(program) == pg.DNA([1, 0, 2])
    program.rebind(update)
    with pytest.raises(ValueError, match=where):
        template.encode(program)


def test_parts_of_a_program_that_are_missing_are_refused():
    template = pg.template(SPACE)
    program = template.decode(pg.DNA([1, 0, 2]))
    del program["b"]
    with pytest.raises(ValueError):
        template.encode(program)
    with pytest.raises(ValueError):
        template.encode(pg.List([1]))
