"""Documents of real values, changed at random: they load, or fail as documented."""

import contextlib
import copy
import datetime
import json
from typing import Any, Literal

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pyglove as pg
from tests.symbolic import hostile_document as hostile
from tests.symbolic.helper import Leaf, Pair, Tree

hostile.registered_classes()


@pg.functor
def add(x: int, y: Any = 1) -> Any:
    return x + y


def _algorithm() -> Any:
    selectors, mutators = pg.evolution.selectors, pg.evolution.mutators
    return pg.evolution.Evolution(
        selectors.Random(5, seed=1) >> selectors.Top(1) >> mutators.Uniform(seed=2),
        population_init=(pg.geno.Random(seed=3), 5),
        population_update=selectors.Last(10),
    )


def _values() -> list[Any]:
    space = pg.Dict(
        x=pg.oneof([1, Leaf(2), pg.Dict(y=pg.floatv(0.0, 1.0, name="y"))], name="x"),
        z=pg.manyof(2, ["a", "b", "c"], sorted=True),
        n=pg.intv(1, 9),
    )
    spec = pg.dna_spec(space)
    shared = [1, {"a": 2}]
    x = pg.mutfun.Var("x")
    union = pg.typing.Union([pg.typing.Int(min_value=1), pg.typing.Str(regex="a+")])
    return [
        Tree("t", [Leaf(1)], {"a": [1, (2,)]}, None, Pair(1, pg.Ref(Leaf(3)))),
        [shared, shared, (shared,)],
        add(1, y=add(2)),
        space,
        spec,
        pg.constrain(space, pg.geno.Forbidden({"n": 3})),
        pg.random_dna(spec),
        _algorithm(),
        pg.scalars.Constant(1.0) * pg.scalars.STEP + 2,
        pg.mutfun.Function("f", [pg.mutfun.Assign("y", x + 1), x * 2], ["x"]),
        pg.typing.Dict(
            [
                ("x", union.set_default(1)),
                ("y", pg.typing.List(pg.typing.Enum("a", ["a", "b"]), default=["a"])),
                (pg.typing.StrKey("k.*"), pg.typing.Tuple(int, size=2).noneable()),
                ("f", pg.typing.Callable([int], returns=str)),
            ]
        ),
        Tree.__schema__,
        [list[int], dict[str, Literal["a", 1]], int | None, Leaf, len, add],
        pg.diff(Pair(1, Leaf(2)), Pair(2, Leaf(3))),
        [{1, 2}, b"ab", 1j, datetime.datetime(2024, 1, 1), np.arange(3), Leaf],
        {"_type": 1, "n_:1": ["__tuple__"], 5: 2, "__ref__": 0},
        pg.reinforce.PPO(seed=1),
        pg.auto(seed=1),
    ]


DOCUMENTS = [pg.to_json(value) for value in _values()]
PARTS = st.one_of(
    st.sampled_from(list(hostile.VALUES.values())),
    st.sampled_from(DOCUMENTS),
    st.integers(-3, 10**6),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["__tuple__", "__symbolic__", "x", "a.b", "f(x)", "pyglove.geno"]),
)
KEYS = st.one_of(
    st.sampled_from(
        [
            *hostile.OPTIONS,
            "_type",
            "__ref__",
            "__context__",
            "__root__",
            "__symbolic__",
            "args",
            "candidates",
            "children",
            "default",
            "elements",
            "frozen",
            "items",
            "name",
            "num_choices",
            "transform",
            "value",
        ]
    ),
    st.text(max_size=3),
)
TYPES = st.sampled_from([name for name, _ in pg.registered_types()])


def places(document: Any) -> list[tuple[Any, Any]]:
    """All containers of a document with their keys."""
    found = []
    pending = [document]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            found += [(value, key) for key in value]
            pending += value.values()
        elif isinstance(value, list):
            found += [(value, key) for key in range(len(value))]
            pending += value
    return found


def change(document: Any, data: st.DataObject) -> Any:
    """Changes a document at one place."""
    root = [document]
    container, key = data.draw(st.sampled_from(places(root)))
    kind = data.draw(st.sampled_from(["put", "add", "move", "drop", "type", "repeat"]))
    if kind == "put":
        container[key] = copy.deepcopy(data.draw(PARTS))
    elif kind == "add" and isinstance(container, dict):
        container[data.draw(KEYS)] = copy.deepcopy(data.draw(PARTS))
    elif kind == "move":
        other, other_key = data.draw(st.sampled_from(places(root)))
        container[key] = copy.deepcopy(other[other_key])
    elif kind == "drop" and container is not root:
        del container[key]
    elif kind == "type" and isinstance(container, dict) and "_type" in container:
        container["_type"] = data.draw(TYPES)
    elif kind == "repeat" and isinstance(container, list) and container is not root:
        container += copy.deepcopy(container[:3]) * data.draw(st.integers(1, 20))
    return root[0]


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_changed_documents(data):
    document = copy.deepcopy(data.draw(st.sampled_from(DOCUMENTS)))
    for _ in range(data.draw(st.integers(1, 6))):
        try:
            document = change(document, data)
        except RecursionError:
            pass  # It is too deep to be copied by now.
    hostile.calls.clear()
    try:
        text = json.dumps(document)
    except (ValueError, RecursionError):
        text = None
    options = data.draw(st.sampled_from([{}, {}, {"convert_unknown": True}]))
    is_shallow = text is not None and hostile.depth_of(text) < 100
    for act in (
        lambda: pg.from_json(document, **options),
        lambda: pg.from_json_str(text, **options) if text else None,
    ):
        with (
            hostile.Work(counts=is_shallow) as work,
            contextlib.suppress(pg.PyGloveError),
        ):
            act()
        if is_shallow:
            assert work.count < 10_000 + 20 * len(text)
    assert not hostile.calls


def test_unchanged_documents():
    for value, document in zip(_values(), DOCUMENTS, strict=True):
        loaded = pg.from_json_str(json.dumps(pg.to_json(value)))
        assert type(loaded) is type(pg.from_json(document))
