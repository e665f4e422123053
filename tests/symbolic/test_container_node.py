"""What lists and dicts that are nodes have in common."""

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, check_tree, picture

INTS = pg.typing.List(pg.typing.Int())
TABLE = pg.typing.Dict([("a", pg.typing.Int()), ("b", pg.typing.Int(default=2))])


def ints(*values):
    return pg.List(values)


def table(*values):
    return pg.Dict(zip("ab", values, strict=False))


KINDS = pytest.mark.parametrize(
    ("make", "spec", "other"),
    [
        (ints, INTS, pg.typing.List(pg.typing.Str())),
        (table, TABLE, pg.typing.Dict([("a", pg.typing.Str())])),
    ],
)


@KINDS
def test_a_value_spec_holds_from_then_on(make, spec, other):
    node = make(1)
    assert node.value_spec is None
    assert node.use_value_spec(spec) is node
    assert node.value_spec is spec
    assert node.use_value_spec(spec) is node
    before = picture(node)
    with pytest.raises(TypeError):
        node.rebind({next(iter(node.sym_keys())): "x"})
    assert picture(node) == before
    with pytest.raises(RuntimeError, match="Make a new `pg"):
        node.use_value_spec(other)
    assert node.use_value_spec(None).value_spec is None
    check_tree(node)


@KINDS
def test_a_value_spec_that_does_not_fit_changes_nothing(make, spec, other):
    node = make(Leaf(1))
    before = picture(node)
    with pytest.raises(TypeError):
        node.use_value_spec(other)
    assert node.value_spec is None and picture(node) == before
    check_tree(node)


@KINDS
def test_value_specs_of_another_kind(make, spec, other):
    kind = type(spec).__name__
    for wrong in (pg.typing.Int(), INTS if spec is TABLE else TABLE):
        with pytest.raises(ValueError, match=f"Expected a `pg.typing.{kind}`"):
            make(1).use_value_spec(wrong)


@KINDS
def test_a_spec_that_is_applied_is_taken(make, spec, other):
    node = make(1)
    assert spec.apply(node) is node
    assert node.value_spec is spec
    assert spec.apply(node) is node
    with pytest.raises(ValueError, match="values that do not fit there"):
        other.apply(node)
    with pytest.raises(ValueError):
        pg.typing.Int().apply(node)


@KINDS
def test_a_spec_is_taken_without_a_check_where_there_are_none(make, spec, other):
    node = make("x")
    key = next(iter(node.sym_keys()))
    with pg.enable_type_check(False):
        assert node.use_value_spec(spec).value_spec is spec
        node.rebind({key: "y"})
    assert node == make("y")
    with pytest.raises(TypeError):
        node.rebind({key: "z"})


def test_a_dict_takes_a_spec_that_lacks_its_keys_where_there_are_no_checks():
    with pg.enable_type_check(False):
        node = pg.Dict(a=1, z=2).use_value_spec(TABLE)
        assert pg.Dict(z=2, value_spec=TABLE) == {"z": 2}
        many = pg.typing.List(pg.typing.Int(), max_size=1)
        assert pg.List([1, 2], value_spec=many).value_spec is many
    assert node == {"a": 1, "z": 2} and node.value_spec is TABLE
    assert node.clone() == node and node.sym_attr_field("z") is None
    assert node.pop("z") == 2 and node == {"a": 1}
    assert str(node) == "{\n  a = 1\n}"


def test_only_an_equal_spec_can_be_used_again():
    node = pg.List([1], value_spec=INTS)
    node.use_value_spec(pg.typing.List(pg.typing.Int()))
    for wider in (pg.typing.List(pg.typing.Any()), pg.typing.List(int | str)):
        assert wider.is_compatible(INTS)
        with pytest.raises(RuntimeError):
            node.use_value_spec(wider)


@KINDS
def test_a_callback_hears_of_changes_below(make, spec, other):
    heard = []
    node = type(make())(make(Leaf(1)), onchange_callback=heard.append)
    key = next(iter(node.sym_keys()))
    node.rebind({f"[{key}].x" if type(key) is int else f"{key}.x": 2})
    [updates] = heard
    [path] = updates
    assert path.keys == [key, "x"]


@KINDS
def test_references_are_found_when_read(make, spec, other):
    leaf = Leaf(1)
    node = make(leaf.clone())
    key = next(iter(node.sym_keys()))
    node.rebind({key: pg.Ref(leaf)})
    assert node[key] is leaf
    assert isinstance(node.sym_getattr(key), pg.Ref)
    assert pg.eq(node.clone(), node) and pg.eq(node, make(pg.Ref(leaf)))


# ---- Defaults that a value spec adds are changes

PART = pg.typing.Dict([("p", pg.typing.Int(default=1))])
HEARD = []


def listening(name, *args, **kwargs):
    """A dict that notes what it hears of."""

    def hear(updates):
        HEARD.append(
            (name, {str(k): (u.old_value, u.new_value) for k, u in updates.items()})
        )

    return pg.Dict(*args, onchange_callback=hear, **kwargs)


@pytest.fixture
def heard():
    HEARD.clear()
    return HEARD


ADDED = {"p": (pg.MISSING_VALUE, 1)}


@pytest.mark.parametrize(
    "put",
    [
        lambda d: pg.Dict(c=d, value_spec=pg.typing.Dict([("c", PART)])),
        lambda d: d.use_value_spec(PART),
        lambda d: PART.apply(d),
        lambda d: pg.List(value_spec=pg.typing.List(PART)).append(d),
        lambda d: pg.typing.Union([pg.typing.Int(), PART]).apply(d),
    ],
)
def test_a_dict_hears_of_defaults(put, heard):
    put(listening("d"))
    assert heard == [("d", ADDED)]
    heard.clear()
    put(listening("d", p=1))
    assert heard == []


def test_containers_around_hear_of_defaults(heard):
    spec = pg.typing.Dict([("c", PART), ("n", pg.typing.Int(default=2))])
    listening("out", c=listening("in")).use_value_spec(spec)
    assert heard == [
        ("in", ADDED),
        ("out", {"c.p": (pg.MISSING_VALUE, 1)}),
        ("out", {"n": (pg.MISSING_VALUE, 2)}),
    ]
    heard.clear()
    items = pg.typing.Dict([("c", pg.typing.List(PART))])
    listening("out", c=[{}]).use_value_spec(items)
    assert heard == [("out", {"c[0].p": (pg.MISSING_VALUE, 1)})]


def test_nobody_hears_of_a_spec_that_is_refused(heard):
    spec = pg.typing.Dict([("c", PART), ("n", pg.typing.Int())])
    with pytest.raises(ValueError):
        listening("out", c={}).use_value_spec(spec)
    assert heard == []


def test_the_path_of_a_default_is_complete(heard):
    paths = []

    class Owner(pg.Object):
        c: PART

    part = pg.Dict(onchange_callback=lambda u: paths.extend(x.path for x in u.values()))
    owner = Owner(part)
    assert paths == ["c.p"] and part.sym_path == "c"
    assert owner.c is part
