"""The generated constructor, and its interpretive twin, do the same."""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pyglove as pg
from pyglove.symbolic.compiled import object_runtime
from pyglove.symbolic.compiled.compilation import REQUIRED
from pyglove.symbolic.node.copying import copy_node
from tests.symbolic.helper import check_tree, disjoint
from tests.symbolic.strategy import FIELD_VALUES, classes


def interpreted(cls, args, kwargs, allow_partial):
    """Constructs an object without generated code."""
    node = cls.__new__(cls)
    values = dict(zip(cls.init_arg_list, args, strict=False))
    options = dict(kwargs)
    if allow_partial:
        options["allow_partial"] = True
    object_runtime.initialize(node, {**values}, options)
    return node


def outcome(make):
    """The object that is made, or the class of the error."""
    try:
        return make()
    except Exception as error:
        return type(error)


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(classes(), st.data(), st.booleans())
def test_compiled_equals_interpreted(cls, data, allow_partial):
    positional = cls.init_arg_list
    count = data.draw(st.integers(0, len(positional)))
    args = [data.draw(FIELD_VALUES) for _ in range(count)]
    rest = [str(k) for k in cls.__schema__ if str(k) not in positional[:count]]
    chosen = data.draw(st.lists(st.sampled_from([*rest, "nope"]), unique=True))
    kwargs = {k: data.draw(FIELD_VALUES) for k in chosen}
    options = {"allow_partial": True} if allow_partial else {}

    other_args, other_kwargs = copy.deepcopy((args, kwargs))
    compiled = outcome(lambda: cls(*args, **kwargs, **options))
    twin = outcome(lambda: interpreted(cls, other_args, other_kwargs, allow_partial))
    if isinstance(compiled, type):
        assert compiled is twin
        return
    assert not isinstance(twin, type), twin
    assert repr(compiled) == repr(twin)
    check_tree(compiled)
    check_tree(twin)
    assert compiled.sym_partial == twin.sym_partial
    assert compiled.sym_abstract == twin.sym_abstract


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(classes(), st.data())
def test_copies_of_random_objects(cls, data):
    kwargs = {str(k): data.draw(FIELD_VALUES) for k in cls.__schema__}
    try:
        node = cls(**kwargs)
    except (TypeError, ValueError, KeyError):
        return
    for new in (
        node.clone(),
        node.clone(deep=True),
        copy.copy(node),
        copy.deepcopy(node),
        copy_node(node, True, {}, None, None),
    ):
        assert new == node
        assert hash(new) == hash(node) if _is_hashable(node) else True
        assert repr(new) == repr(node)
        assert disjoint(new, node)
        check_tree(new)


def _is_hashable(node):
    try:
        hash(node)
    except TypeError:
        return False
    return True


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(classes(), st.data())
def test_the_trusted_constructor_takes_what_was_checked(cls, data):
    kwargs = {str(k): data.draw(FIELD_VALUES) for k in cls.__schema__}
    try:
        node = cls(**kwargs)
    except (TypeError, ValueError, KeyError):
        return
    values = [pg.clone(v, deep=True) for _, v in node.sym_items()]
    new = cls._sym_make(*values)
    assert new == node
    check_tree(new)


def test_a_required_argument_shows_as_missing():
    assert repr(REQUIRED) == "MISSING_VALUE"


class Layer(pg.Object):
    units: int
    activation: str = "relu"


class Model(pg.Object):
    layer: Layer
    name: str = "m"


class Stack(pg.Object):
    name: str
    layers: list[Layer] = []
    sizes: dict[str, int] = {}


@pg.functor
def scaled(value, factor=1):
    return value * factor


@pytest.mark.parametrize(
    ("fail", "error", "pattern"),
    [
        (lambda: Layer("8"), TypeError, r"path=units\) \(field=Layer\.units\)$"),
        (lambda: Model(3), TypeError, r"path=layer\) \(field=Model\.layer\)$"),
        (
            lambda: Model(Layer(1)).rebind({"layer.units": "8"}),
            TypeError,
            r"path=layer\.units\) \(field=Layer\.units\)$",
        ),
        (
            lambda: Stack("s", [Layer(1), 3]),
            TypeError,
            r"path=layers\[1\]\) \(field=Stack\.layers\)$",
        ),
        (
            lambda: Stack("s", [Layer(1), Layer("3")]),
            TypeError,
            r"\(field=Layer.units\)$",
        ),
        (
            lambda: Stack("s", [], {"a": 1, "b": "x"}),
            TypeError,
            r"path=sizes\.b\) \(field=Stack\.sizes\)$",
        ),
        (lambda: Layer(8, unit=3), TypeError, r"'unit'.*Did you mean `units`"),
        (lambda: Layer(8, zzzzz=3), TypeError, r"'zzzzz'\.$"),
        (lambda: Layer(8).rebind(unit=3), KeyError, r"'unit'.*Did you mean `units`"),
        (lambda: scaled(valu=3), TypeError, r"'valu'.*Did you mean `value`"),
        (lambda: scaled()(facto=3), TypeError, r"'facto'.*Did you mean `factor`"),
        (lambda: Layer(1, "a", 3), TypeError, r"\(units, activation\), got 3"),
        (lambda: scaled(1, 2, 3), TypeError, r"\(value, factor\), got 3"),
        (lambda: scaled()(1, 2, 3), TypeError, r"\(value, factor\), got 3"),
    ],
)
def test_errors_name_the_place_and_the_cure(fail, error, pattern):
    with pytest.raises(error, match=pattern):
        fail()


class Assigned(pg.Object):
    """Permits assignments, of which it keeps a record."""

    allow_symbolic_assignment = True

    x: Any = 1
    y: pg.typing.Int(min_value=0) = 1

    def _on_bound(self):
        self.heard = [*getattr(self, "heard", []), (self.x, self.y)]


class Quiet(pg.Object):
    allow_symbolic_assignment = True

    x: Any = 1
    n: float = 1.0


def test_fields_are_set_as_by_rebind():
    first = pg.Dict(y=1)
    values = (2, 2, True, first, 3, pg.Ref(first), 4, [1], None, pg.MISSING_VALUE)
    for cls in (Assigned, Quiet):
        assigned, rebound = cls(), cls()
        for value in values:
            assigned.x = value
            rebound.rebind(x=value, raise_on_no_change=False)
            assert assigned.x == rebound.x and pg.eq(assigned, rebound)
        assert getattr(assigned, "heard", 0) == getattr(rebound, "heard", 0)
        assert first.sym_parent is None
    assigned.n = 2
    assert type(assigned.n) is float


def test_what_is_set_is_checked():
    value = Assigned()
    for wrong in (-1, "a"):
        with pytest.raises((TypeError, ValueError)):
            value.y = wrong
    value.set_accessor_writable(False)
    with pytest.raises(pg.WritePermissionError):
        value.y = 2
    with pg.allow_writable_accessors(True):
        value.y = 2
    value.set_accessor_writable(True)
    with pg.allow_writable_accessors(False), pytest.raises(pg.WritePermissionError):
        value.y = 3
    with pg.as_sealed(), pytest.raises(pg.WritePermissionError):
        value.y = 3
    value.seal()
    with pytest.raises(pg.WritePermissionError):
        value.y = 3
    assert value.y == 2 and value.heard == [(1, 1), (1, 2)]


def test_those_above_hear_of_what_is_set():
    heard = []
    root = pg.Dict(quiet=Quiet(), onchange_callback=heard.append)
    root.quiet.x = 2
    root.quiet.x = 2
    assert [list(update) for update in heard] == [["quiet.x"]]
    assert heard[0]["quiet.x"].old_value == 1
    with pg.notify_on_change(False):
        root.quiet.n = 2.0
    root.quiet.n = 2.0
    assert len(heard) == 1


def test_setters_of_users_are_asked():
    class Counting(Quiet):
        def _sym_rebind(self, path_value_pairs):
            asked.append(path_value_pairs)
            return super()._sym_rebind(path_value_pairs)

    asked = []
    value = Counting()
    value.x = 2
    assert value.x == 2 and asked == [{"x": 2}]
