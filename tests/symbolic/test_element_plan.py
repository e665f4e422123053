"""What containers accept is worked out once, and rightly."""

import pyglove as pg
from pyglove.symbolic.compiled.element_plan import DICT_PLANS, LIST_PLANS, PlanCache
from tests.symbolic.helper import Leaf


def test_plans_are_remembered():
    spec = pg.typing.List(pg.typing.Int())
    assert LIST_PLANS.get(spec) is LIST_PLANS.get(spec)
    assert LIST_PLANS.get(spec).spec is spec
    assert LIST_PLANS.get(None) is LIST_PLANS.any
    assert DICT_PLANS.get(None) is DICT_PLANS.any


def test_the_cache_is_bounded():
    cache = PlanCache(lambda spec: object(), limit=2)
    specs = [pg.typing.List(pg.typing.Int()) for _ in range(3)]
    first = cache.get(specs[0])
    assert cache.get(specs[0]) is first
    for spec in specs[1:]:
        cache.get(spec)
    assert cache.get(specs[0]) is not first


def test_items_of_exact_types_need_no_check():
    plan = LIST_PLANS.get(pg.typing.List(pg.typing.Int(), min_size=1))
    assert plan.atoms == {int} and plan.is_sized
    assert LIST_PLANS.get(pg.typing.List(pg.typing.Int(min_value=0))).atoms == set()
    assert LIST_PLANS.get(pg.typing.List(pg.typing.Object(Leaf))).nodes == {Leaf}
    assert int in LIST_PLANS.any.atoms and not LIST_PLANS.any.is_sized


class Early(pg.Object):
    items: list["Late"] = []  # noqa: F821 - defined by a test.


def test_classes_that_come_later():
    assert Early().items == []
    globals()["Late"] = type(pg.Object)("Late", (pg.Object,), {"__module__": __name__})
    early = Early([Late()])  # noqa: F821
    assert type(early.items[0]).__name__ == "Late"
    try:
        early.items.append(1)
    except TypeError as error:
        assert "path=items[1]" in str(error)
    assert len(early.items) == 1
