"""Large constant parts of programs, which are copied when somebody reads them."""

import copy
import pickle
import threading
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pyglove as pg


class Leaf(pg.Object):
    x: int
    y: float = 0.5
    made = 0

    def _on_bound(self):
        super()._on_bound()
        Leaf.made += 1


class Group(pg.Object):
    name: str
    leaves: list[Leaf] = []
    inner: Any = None


class Net(pg.Object):
    groups: list[Group] = []
    choice: Any = None
    body: Any = None


@pg.functor
def scaled(groups, factor=1):
    return len(groups) * factor


def group(count=20, inner=None):
    return Group(f"g{count}", [Leaf(i) for i in range(count)], inner)


SHARED = Leaf(1)


def space(choice=None):
    return Net(
        [group(), group(3, group(30))],
        pg.oneof([1, 2]) if choice is None else choice,
        pg.Dict(a=group(40, pg.List([group(17), 5])), b=[1, 2]),
    )


def decoded(value=None, dna=1):
    return pg.template(space() if value is None else value).decode(pg.DNA(dna))


def eager(choice=2):
    """The program that `decoded` makes, made by hand."""
    return space(choice)


def test_parts_are_made_when_they_are_read():
    template = pg.template(space())
    template.decode(pg.DNA(0))  # Makes what is copied from now on.
    Leaf.made = 0
    program = template.decode(pg.DNA(0))
    assert Leaf.made == 0 and program.choice == 1
    assert len(program.groups) == 2
    # Small parts come with what they are in.
    assert Leaf.made == 3
    assert len(program.groups[0].leaves) == 20 and Leaf.made == 23
    assert program.groups[0] is program.groups[0]
    assert program.groups[0].leaves[1] is program.groups[0].leaves[1]
    assert Leaf.made == 23


def test_parts_have_their_place():
    program = decoded()
    leaf = program.body.a.inner[0].leaves[16]
    assert leaf.sym_path == "body.a.inner[0].leaves[16]"
    assert leaf.sym_root is program
    assert leaf.sym_parent is program.body.a.inner[0].leaves
    assert leaf.sym_parent.value_spec == Group.__schema__["leaves"].value


def test_programs_do_not_share_parts():
    template = pg.template(space())
    first, second = template.decode(pg.DNA(0)), template.decode(pg.DNA(0))
    assert first.groups[0].leaves[0] is not second.groups[0].leaves[0]
    first.rebind({"groups[0].leaves[0].x": 77})
    assert second.groups[0].leaves[0].x == 0
    assert template.decode(pg.DNA(0)).groups[0].leaves[0].x == 0
    assert template.value.groups[0].leaves[0].x == 0


def test_programs_keep_what_was_decoded():
    program = space()
    template = pg.template(program)
    first = template.decode(pg.DNA(0))
    program.rebind({"groups[0].leaves[0].x": 77, "body.a.name": "other"})
    assert first.groups[0].leaves[0].x == 0 and first.body.a.name == "g40"


READS = {
    "eq": lambda p: (pg.eq(p, eager()), pg.eq(eager(), p), p == eager()),
    "hash": lambda p: hash(p) == hash(eager()),
    "json": lambda p: p.to_json(),
    "text": lambda p: p.to_json_str(),
    "str": str,
    "repr": repr,
    "clone": lambda p: (pg.eq(p.clone(), eager()), pg.eq(p.clone(deep=True), eager())),
    "copy": lambda p: (copy.copy(p) == eager(), copy.deepcopy(p) == eager()),
    "pickle": lambda p: pickle.loads(pickle.dumps(p)) == eager(),
    "query": lambda p: dict(pg.query(p, ".*x").items()),
    "items": lambda p: [(k, repr(v)) for k, v in p.sym_items()],
    "args": lambda p: repr(p.sym_init_args),
    "get": lambda p: repr(p.sym_getattr("body")),
    "contains": lambda p: pg.contains(p, 39),
    "diff": lambda p: repr(pg.diff(p, eager())),
    "partial": lambda p: (p.is_partial, p.is_abstract, pg.is_deterministic(p)),
    "missing": lambda p: p.sym_missing(),
    "read": lambda p: p.groups[1].inner.leaves[3].x,
    "encode": lambda p: pg.template(space()).encode(p),
}
CHANGES = {
    "leaf": lambda p: p.rebind({"groups[0].leaves[2].x": 5}, raise_on_no_change=False),
    "whole": lambda p: p.rebind(body=None, raise_on_no_change=False),
    "every": lambda p: p.rebind(
        lambda k, v, parent: v + 1 if k and k.key == "x" else v,
        raise_on_no_change=False,
    ),
    "group": lambda p: p.rebind({"groups[0]": Group("new")}, raise_on_no_change=False),
    "seal": lambda p: p.seal() and p.seal(False),
}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(READS)), max_size=2),
    st.sampled_from(["", *sorted(CHANGES)]),
    st.lists(st.sampled_from(sorted(set(READS) - {"encode"})), max_size=2),
)
def test_nobody_can_tell(before, change, after):
    program, twin = decoded(), eager()
    for name in before:
        assert READS[name](program) == READS[name](twin)
    if change:
        CHANGES[change](program)
        CHANGES[change](twin)
    for name in after:
        assert READS[name](program) == READS[name](twin)
    assert pg.eq(program, twin)


def test_large_parts_of_candidates():
    choice = pg.oneof([group(), Net([group()], pg.oneof([3, 4]))])
    template = pg.template(Net(choice=choice))
    program = template.decode(pg.DNA((1, 1)))
    assert pg.eq(program, Net(choice=Net([group()], 4)))
    assert pg.eq(template.decode(pg.DNA(0)).choice, group())
    assert template.encode(program) == pg.DNA((1, 1))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (pg.Dict(a=group(), b=pg.oneof([1, 2])), pg.Dict(a=group(), b=2)),
        (pg.List([group(), pg.oneof([1, 2])]), pg.List([group(), 2])),
        (scaled([group()] * 20, pg.oneof([1, 2])), scaled([group()] * 20, 2)),
        (
            Net(choice=pg.oneof([1, 2]), body=scaled([group()] * 20)),
            Net(choice=2, body=scaled([group()] * 20)),
        ),
        (
            Net(choice=pg.oneof([1, 2]), body=group().seal()),
            Net(choice=2, body=group().seal()),
        ),
        (
            Net(choice=pg.oneof([1, 2]), body=group(20, pg.Ref(SHARED))),
            Net(choice=2, body=group(20, pg.Ref(SHARED))),
        ),
    ],
)
def test_all_kinds_of_containers(value, expected):
    program = decoded(value)
    assert pg.eq(program, expected)
    assert program.to_json() == expected.to_json()


def test_functors_with_large_arguments_can_be_called():
    assert decoded(scaled([group()] * 20, pg.oneof([1, 2])))() == 40
    program = decoded(Net(choice=pg.oneof([1, 2]), body=scaled([group()] * 20)))
    assert program.body(factor=3) == 60


def test_sealed_parts_stay_sealed():
    program = decoded(Net(choice=pg.oneof([1, 2]), body=group().seal()))
    with pytest.raises(pg.WritePermissionError):
        program.body.rebind(name="x")


def test_threads_read_the_same_part():
    for _ in range(20):
        program = decoded()
        start = threading.Barrier(4)
        seen: list[Any] = []

        def read(program=program, start=start, seen=seen):
            start.wait()
            seen.append((program.groups, program.body, program.groups[0].leaves))

        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(seen) == 4
        assert all(a is b for x in seen for a, b in zip(x, seen[0], strict=True))
        assert seen[0][2].sym_root is program


class Curious(pg.Object):
    """Looks at the whole that it is about to become a part of."""

    ask: Any = None

    def _on_bound(self):
        super()._on_bound()
        if self.ask is not None and WATCHED:
            SEEN.append(WATCHED.pop().body)


WATCHED: list[Any] = []
SEEN: list[Any] = []


def test_a_part_that_was_made_in_the_meantime_stays():
    # As another thread might, a hook reads the part while it is being made.
    part = group(20, Curious(ask=1))
    template = pg.template(Net(choice=pg.oneof([1, 2]), body=part))
    program = template.decode(pg.DNA(0))
    SEEN.clear()
    WATCHED.append(program)
    body = program.body
    (seen,) = SEEN
    assert body is seen
    assert program.body is seen
    assert seen.sym_parent is program
    assert pg.eq(program, Net(choice=1, body=part.clone()))


def test_references_among_candidates():
    shared = Leaf(5)
    template = pg.template(Net(choice=pg.oneof([pg.Ref(shared), 3])))
    program = template.decode(pg.DNA(0))
    assert program.choice is shared
    assert isinstance(program.sym_getattr("choice"), pg.Ref)
    assert template.encode(program) == pg.DNA(0)
