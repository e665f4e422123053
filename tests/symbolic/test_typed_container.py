"""Lists and dicts that have a value spec, and move to where another one is."""

import inspect
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import check_tree, picture

t = pg.typing
NATURALS = t.List(t.Int(min_value=0))


class Ints(pg.Object):
    xs: list[int]


class Plain(pg.Object):
    xs: list


class Anys(pg.Object):
    xs: list[Any]


class Naturals(pg.Object):
    xs: NATURALS


class Strs(pg.Object):
    xs: list[str]


class Either(pg.Object):
    xs: int | list[int]


class Wide(pg.Object):
    xs: int | list | dict[str, Any]


class Table(pg.Object):
    xs: dict[str, int]


class AnyTable(pg.Object):
    xs: dict[str, Any]


class PlainTable(pg.Object):
    xs: dict


class Named(pg.Object):
    xs: t.Dict([("n", t.Int())])


class NamedNatural(pg.Object):
    xs: t.Dict([("n", t.Int(min_value=0))])


class Nested(pg.Object):
    xs: list[list[int]]


class NestedNaturals(pg.Object):
    xs: t.List(NATURALS)


class NestedPlain(pg.Object):
    xs: list[list]


class NestedTable(pg.Object):
    xs: dict[str, list[int]]


class NestedEither(pg.Object):
    xs: list[int | list[int]]


class Symbolic(pg.Object):
    xs: pg.List


class Numbers(pg.Object):
    xs: int


ACCEPTED = [
    (Ints, [-1], Plain),
    (Ints, [-1], Anys),
    (Ints, [-1], Either),
    (Ints, [-1], Wide),
    (Ints, [-1], NestedEither),
    (Naturals, [1], Ints),
    (Naturals, [1], Plain),
    (Plain, ["a"], Anys),
    (Table, {"n": -1}, AnyTable),
    (Table, {"n": -1}, PlainTable),
    (Table, {"n": -1}, Wide),
    (NamedNatural, {"n": 1}, Named),
    (Nested, [[1]], NestedPlain),
    (NestedNaturals, [[1]], Nested),
]
REFUSED = [
    (Ints, [-1], Naturals),
    (Ints, [1], Naturals),
    (Ints, [1], Strs),
    (Ints, [1], Table),
    (Ints, [1], Nested),
    (Ints, [1], Symbolic),
    (Ints, [1], Numbers),
    (Plain, [1], Ints),
    (Anys, [1], Ints),
    (Plain, [1], Either),
    (Table, {"n": 1}, NamedNatural),
    (AnyTable, {"n": 1}, Table),
    (Named, {"n": -5}, NamedNatural),
    (NestedPlain, [[1]], Nested),
    (Nested, [[-1]], NestedNaturals),
]


def field_of(cls):
    return cls.__schema__["xs"].value


def put_by_constructor(cls, value):
    return cls(value).xs


def put_by_keyword(cls, value):
    return cls.partial(xs=value).xs


def put_by_rebind(cls, value):
    return cls.partial().rebind(xs=value).xs


def put_by_override(cls, value):
    return cls.partial().clone(override={"xs": value}).xs


def put_by_function(cls, value):
    return cls.partial().rebind(lambda k, v: value if k.depth == 1 else v).xs


def put_by_apply(cls, value):
    return field_of(cls).apply(value)


def put_into_a_list(cls, value):
    return pg.List([value], value_spec=t.List(field_of(cls)))[0]


def put_into_a_dict(cls, value):
    return pg.Dict(x=value, value_spec=t.Dict([("x", field_of(cls))])).x


def put_into_a_tuple(cls, value):
    return t.Tuple([field_of(cls)]).apply((value,))[0]


def put_into_an_argument(cls, value):
    function = pg.functor([("xs", field_of(cls))])(lambda xs: xs)
    return function()(value)


def put_into_a_bound_argument(cls, value):
    return pg.functor([("xs", field_of(cls))])(lambda xs: xs)(value).xs


WAYS = pytest.mark.parametrize(
    "put", [f for n, f in globals().items() if n.startswith("put_")]
)


@WAYS
@pytest.mark.parametrize(("source", "items", "target"), ACCEPTED)
def test_what_fits_wherever_it_comes_from(put, source, items, target):
    original = source(items)
    spec = original.xs.value_spec
    taken = put(target, original.xs)
    assert taken == items and taken.value_spec is spec
    assert original.xs == items and original.xs.sym_parent is original
    check_tree(original)


@WAYS
@pytest.mark.parametrize(("source", "items", "target"), REFUSED)
def test_what_might_not_fit(put, source, items, target):
    original = source(items)
    before = picture(original)
    with pytest.raises(ValueError, match="values that do not fit there"):
        put(target, original.xs)
    assert picture(original) == before
    check_tree(original)


def test_the_error_names_both_specs_and_the_path():
    with pytest.raises(ValueError) as error:
        pg.Dict(a=Naturals([1])).rebind({"a.xs": Ints([1]).xs})
    for part in ("List(Int(min=0))", "List(Int())", "a.xs", "plain list"):
        assert part in str(error.value)


def test_a_plain_copy_is_checked_item_by_item():
    assert Naturals([*Ints([1]).xs]).xs.value_spec == NATURALS
    with pytest.raises(ValueError):
        Naturals([*Ints([-1]).xs])


CHANGES = [
    lambda xs, value: xs.append(value),
    lambda xs, value: xs.insert(0, value),
    lambda xs, value: xs.extend([value]),
    lambda xs, value: xs.__iadd__([value]),
    lambda xs, value: xs.__setitem__(0, value),
    lambda xs, value: xs.__setitem__(slice(0, 1), [value]),
    lambda xs, value: xs.__setitem__(slice(0, 1, 2), [value]),
    lambda xs, value: xs.rebind({0: value}),
    lambda xs, value: xs.rebind({0: pg.Insertion(value)}),
    lambda xs, value: xs.rebind({0: value, 5: value}),
]


@pytest.mark.parametrize("change", CHANGES, ids=inspect.getsource)
def test_changes_of_lists(change):
    nested = Nested([[1]])
    change(nested.xs, Naturals([7]).xs)
    assert [7] in nested.xs
    check_tree(nested)
    for source in (Plain([1]), Strs(["a"]), Table({})):
        before = picture(nested)
        with pytest.raises(ValueError):
            change(nested.xs, source.xs)
        assert picture(nested) == before
        check_tree(nested)


@pytest.mark.parametrize(
    "change",
    [
        lambda xs, value: xs.__setitem__("k", value),
        lambda xs, value: setattr(xs, "k", value),
        lambda xs, value: xs.setdefault("q", value),
        lambda xs, value: xs.update({"q": value}),
        lambda xs, value: xs.update(k=value),
        lambda xs, value: xs.rebind(k=value),
    ],
    ids=inspect.getsource,
)
def test_changes_of_dicts(change):
    table = NestedTable({"k": [1]})
    change(table.xs, Naturals([7]).xs)
    assert [7] in table.xs.values()
    table = NestedTable({"k": [1]})
    before = picture(table)
    with pytest.raises(ValueError):
        change(table.xs, Plain([1]).xs)
    assert picture(table) == before
    check_tree(table)


def test_annotated_arguments():
    @pg.functor(auto_typing=True)
    def plain(xs: list):
        return xs

    @pg.functor(auto_typing=True)
    def ints(xs: list[int]):
        return xs

    assert plain()(Ints([1]).xs) == plain(Ints([1]).xs)() == [1]
    with pytest.raises(ValueError):
        ints()(Plain([1]).xs)
    with pytest.raises(ValueError):
        ints(Plain([1]).xs)


def test_references_to_typed_lists():
    ints = Ints([-1])
    assert Plain(pg.Ref(ints.xs)).xs is ints.xs
    with pytest.raises(ValueError):
        Naturals(pg.Ref(ints.xs))


def test_what_a_document_holds_is_checked_afresh():
    with pytest.raises(ValueError):
        pg.from_json({**Naturals([1]).to_json(), "xs": Ints([-1]).to_json()["xs"]})
    assert pg.from_json(Naturals([1]).to_json()).xs.value_spec == NATURALS


# ---- Tuples


class Tupled(pg.Object):
    xs: tuple[list[int], dict[str, int]]


class TupledNaturals(pg.Object):
    xs: t.Tuple([NATURALS, t.Any()])


class Deep(pg.Object):
    xs: tuple[tuple[list[float], int], ...] | int


def test_lists_in_tuples_have_a_spec():
    xs, table = Tupled(([1], {"x": 1})).xs
    assert xs.value_spec == t.List(t.Int())
    assert xs.sym_parent is None and str(xs.sym_path) == "xs[0]"
    assert type(table) is pg.Dict and table.value_spec == t.Dict[str, int]
    with pytest.raises(TypeError):
        xs.append("a")
    with pytest.raises(TypeError):
        table.y = "a"


def test_lists_in_tuples_that_move():
    original = Tupled(([-1], {}))
    assert Plain(original.xs[0]).xs == [-1]
    with pytest.raises(ValueError):
        Naturals(original.xs[0])
    with pytest.raises(ValueError):
        TupledNaturals(original.xs)
    assert Tupled(TupledNaturals(([1], {})).xs).xs == ([1], {})


def test_lists_in_nested_tuples():
    given = ([1], 2)
    deep = Deep((given,))
    inner = deep.xs[0][0]
    assert inner.value_spec == t.List(t.Float()) and str(inner.sym_path) == "xs[0][0]"
    assert type(inner[0]) is float
    assert type(given[0]) is list and type(given[0][0]) is int
    assert Deep(3).xs == 3


def test_lists_in_tuples_are_loaded_and_rebound():
    loaded = pg.from_json(Tupled(([1], {"x": 1})).to_json())
    assert loaded.xs[0].value_spec == t.List(t.Int())
    loaded.rebind({"xs[0][0]": 5})
    assert loaded.xs == ([5], {"x": 1})
    assert type(pg.List([([1], 2)])[0][0]) is list  # Nothing is said of these.


def test_parts_of_tuples_must_be_whole():
    class Leaf(pg.Object):
        x: int

    class Leaves(pg.Object):
        xs: tuple[Leaf, list[Leaf]]

    partial = Leaf.partial()
    for xs in ((partial, []), (Leaf(1), [partial]), (pg.Ref(partial), [])):
        with pytest.raises(ValueError, match="got a partial one"):
            Leaves(xs)
        assert Leaves.partial(xs).xs[1] == xs[1]


# ---- Conversions


def test_what_a_transform_makes_has_the_spec():
    class Split(pg.Object):
        xs: t.List(t.List(t.Int()), transform=lambda v: [[int(v)]])
        table: t.Dict([("n", t.Int(default=1))], transform=lambda v: {})
        either: t.Union([t.Int(), t.List(t.Str(), transform=list)])

    split = Split("3", "", ["a"])
    assert split.xs == [[3]] and split.xs[0].value_spec == t.List(t.Int())
    assert split.table == {"n": 1}
    for change in (
        lambda: split.xs.append(1),
        lambda: split.xs[0].append("a"),
        lambda: split.table.rebind(n="a"),
    ):
        with pytest.raises(TypeError):
            change()
    check_tree(split)


def test_lists_of_a_class_are_symbolic():
    class Objects(pg.Object):
        xs: t.Object(list)
        table: t.Object(dict)

    value = Objects([[1]], {"a": []})
    assert type(value.xs) is pg.List and type(value.table) is pg.Dict
    check_tree(value)
