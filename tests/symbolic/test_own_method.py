"""Classes whose methods have names that symbolic values have."""

import copy
import pickle
import random
from typing import Any

import pytest

import pyglove as pg

NAMES = [
    *("to_json", "to_json_str", "clone", "rebind", "traverse", "query", "seal"),
    *("is_sealed", "is_partial", "is_abstract", "is_pure_symbolic"),
    *("is_deterministic", "missing_values", "non_default_values"),
    *("set_accessor_writable", "accessor_writable", "allow_partial", "inspect"),
    *("save", "keys", "items", "values", "get", "update", "copy", "eq", "ne"),
    *("hash", "lt", "gt", "diff", "value", "name", "path", "parent", "children"),
    *("to_html",),
]


def own(name):
    def method(self, *args, **kwargs):
        raise AssertionError(f"{name} is not for the library")

    return method


class Plain:
    def __init__(self, x, y=1):
        self.total = x


class Model(pg.Object):
    x: Any
    y: Any = 1


for name in NAMES:
    setattr(Plain, name, own(name))
    setattr(Model, name, own(name))
Plain.format = own("format")
Wrapped = pg.wrap(Plain, [("x", pg.typing.Any()), ("y", pg.typing.Any())])


class Fields(pg.Object):
    """Has fields of such names."""

    x: Any
    clone: Any = 1
    to_json: Any = 2
    format: Any = 3
    rebind: Any = 4


class Holder(pg.Object):
    o: Any
    items: list = []


def add_one(path, value, parent):
    return value + 1 if type(value) is int else value


@pytest.mark.parametrize("make", [Model, Wrapped, Fields])
@pytest.mark.parametrize(
    "hold",
    [
        lambda v: v,
        Holder,
        lambda v: pg.List([v]),
        lambda v: pg.Dict(k=[v]),
        lambda v: Holder(1, [pg.Dict(k=v)]),
    ],
)
def test_the_library_calls_its_own_methods(make, hold):
    value, other = hold(make(1)), hold(make(2))
    assert pg.eq(value, hold(make(1))) and pg.ne(value, other)
    assert pg.hash(value) == pg.hash(hold(make(1)))
    assert not pg.diff(value, hold(make(1))) and pg.diff(value, other)
    for duplicate in (
        pg.clone(value),
        pg.clone(value, deep=True),
        pg.clone(value, override={}),
        value.sym_clone(),
        copy.copy(value),
        copy.deepcopy(value),
        pickle.loads(pickle.dumps(value)),
        pg.from_json(pg.to_json(value)),
        pg.from_json_str(pg.to_json_str(value)),
        pg.Dict(a=value, b=value).b,
    ):
        assert pg.eq(duplicate, value)
    for text in (str(value), repr(value), pg.format(value, compact=True)):
        assert make.__name__ in text
    assert str(pg.Dict(r=pg.Ref(value))) and pg.to_json(pg.Dict(r=pg.Ref(value)))
    assert pg.traverse(value, lambda k, v, p: None)
    assert pg.contains(value, 1) and pg.query(value, where=lambda v: v == 1)
    assert value.sym_nondefault() and not value.sym_missing()
    assert not value.sym_abstract and not pg.is_abstract(value)
    assert value.sym_clone().sym_seal().sym_sealed
    assert pg.ne(value.sym_clone().sym_rebind(add_one), value)
    assert pg.ne(pg.patch(value.sym_clone(), add_one), value)
    assert pg.eq(pg.patching.patch_on_key(value.sym_clone(), "x", 2), other)


@pytest.mark.parametrize("make", [Model, Wrapped, Fields])
def test_such_values_in_searches(make):
    space = Holder(make(pg.oneof([1, 2])), [pg.oneof([make(3), make(4)])])
    programs = list(pg.iter(space))
    assert len(programs) == 4
    template = pg.template(space)
    for program in programs:
        assert pg.eq(template.decode(template.encode(program)), program)
    root = make(pg.oneof([1, 2]))
    assert pg.eq(pg.materialize(root, pg.DNA(1)), make(2))
    for example, feedback in pg.sample(root, pg.geno.Random(seed=1), 3):
        feedback(float(example.sym_init_args["x"]))
    assert str(pg.dna_spec(space))
    evolved = pg.evolve(Holder(make(1)), lambda k, v, p: 5 if v == 1 else v)
    assert evolved.mutate(Holder(make(1)), random.Random(1))
    assert pg.typing.Object(type(make(1))).apply(make(1))


def test_the_methods_stay_what_they_are():
    for value in (Model(1), Wrapped(1)):
        with pytest.raises(AssertionError, match="clone is not"):
            value.clone()
    assert Wrapped(3).total == 3
    assert Fields(1).format == 3


def test_a_class_may_say_how_it_is_shown():
    class Shown(pg.Object):
        x: int

        def format(self, compact=False, verbose=True, root_indent=0, **kwargs):
            return f"<{self.x}>"

    class Bare(pg.Object):
        x: int

        def format(self, template):
            return template.format(self.x)

    assert repr(Holder(Shown(1))) == "Holder(o=<1>, items=[])"
    assert str(pg.Dict(a=[Shown(1)])) == "{\n  a = [\n    0 : <1>\n  ]\n}"
    assert repr(Holder(Bare(1))) == "Holder(o=Bare(x=1), items=[])"
    assert Bare(1).format("={}") == "=1"
