"""Rules, and what patchers make of them."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from pyglove import patching
from pyglove.patching import patch

T = pg.typing


class Point(pg.Object):
    x: int = 1
    y: str = "a"


def shape(point):
    return point.x, point.y


@patching.patcher([("x", T.Int()), ("y", T.Str())])
def rule_move(point, x, y="q"):
    return {"x": x, "y": y}


@patching.patcher()
def rule_nothing(point):
    return {}


def returning(result):
    return patching.patcher(name="rule_returning")(lambda point: result)()


class Log(list):
    def check(self, name, error=None):
        def validate(point):
            self.append((name, *shape(point)))
            if error is not None:
                raise error

        return validate


# Kinds of rules.


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"x": 7}, (7, "a")),
        ({"x": 7, "y": "b"}, (7, "b")),
        ({pg.KeyPath("x"): 7}, (7, "a")),
        (pg.Dict(x=7), (7, "a")),
        ({}, (1, "a")),
        ({"x": 1}, (1, "a")),
        ({"x": pg.MISSING_VALUE}, (1, "a")),
        (lambda k, v: v + 1 if isinstance(v, int) else v, (2, "a")),
        (lambda k, v, p: p.y if k == "y" and p else v, (1, "a")),
        (rule_move(x=7), (7, "q")),
        ("rule_move?7&b", (7, "b")),
        ([], (1, "a")),
        ([{"x": 7}, {"x": 8}], (8, "a")),
        (pg.List([{"x": 7}]), (7, "a")),
        ([{"x": 7}, "rule_move?8&b", lambda k, v: v * 2 if k == "x" else v], (16, "b")),
    ],
)
def test_rules(rule, expected):
    point = Point()
    assert patch(point, rule) is point
    assert shape(point) == expected


@pytest.mark.parametrize(
    "rule", [None, 1, {1}, ({"x": 6},), [[{"x": 6}]], [None], b"rule_move", Point()]
)
def test_what_is_no_rule(rule):
    with pytest.raises(TypeError, match=r"Expected a dictionary.*as a rule, got"):
        patch(Point(), rule)


def test_a_class_of_patchers_is_no_rule():
    with pytest.raises(TypeError, match=r"got the class 'rule_move'.*`rule_move\(\)`"):
        patch(Point(), rule_move)


def test_values_in_the_tree():
    tree = pg.Dict(points=[Point(), Point()])
    patch(tree, {"points[1].x": 5})
    assert [p.x for p in tree.points] == [1, 5]


@pytest.mark.parametrize("rule", [{"": Point(9)}, {pg.KeyPath(): Point(9)}])
def test_replacing_the_value_itself(rule):
    tree = pg.Dict(point=Point())
    replaced = patch(tree.point, rule)
    assert (shape(replaced), shape(tree.point)) == ((9, "a"), (1, "a"))
    assert shape(patch(Point(), [rule, {"y": "b"}])) == (9, "b")


def test_replacing_the_value_by_anything():
    assert patch(Point(), {"": 3}) == 3
    assert patch(Point(), {"": None}) is None


def test_replacing_the_value_itself_and_a_part():
    with pytest.raises(KeyError):
        patch(Point(), {"": Point(), "y": "b"})


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 3)), max_size=4))
def test_a_list_of_rules_is_one_rule_after_the_other(rules):
    expected = {"a": 0, "b": 0, "c": 0}
    for rule in rules:
        expected.update(rule)
    values = pg.Dict(a=0, b=0, c=0)
    assert patch(values, rules) == expected


# Errors.


def test_rules_are_looked_at_before_the_first_is_applied():
    point = Point()
    with pytest.raises(KeyError):
        patch(point, [{"x": 5}, "rule_absent"])
    with pytest.raises(TypeError):
        patch(point, [{"x": 5}, 3])
    with pytest.raises(ValueError, match=r"rule_move.x"):
        patch(point, [{"x": 5}, "rule_move?a"])
    assert shape(point) == (1, "a")


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ({"z": 1}, KeyError),
        ({"x": "a"}, TypeError),
        (lambda v: v, TypeError),
        ("rule_move", TypeError),
    ],
)
def test_rules_that_do_not_fit(rule, error):
    point = Point()
    with pytest.raises(error):
        patch(point, rule)
    assert shape(point) == (1, "a")


@pytest.mark.parametrize("value", [{"x": 1}, 1, None])
def test_values_that_are_not_symbolic(value):
    with pytest.raises(AttributeError, match="Expected a symbolic value to patch"):
        patch(value, {"x": 2})
    assert patch(value, []) == value


def test_sealed_values():
    with pytest.raises(pg.WritePermissionError):
        patch(Point().seal(), {"x": 2})


# Patchers.


def test_patcher_returns_its_rule_when_called():
    assert rule_move(x=2)(Point()) == {"x": 2, "y": "q"}
    assert rule_move(Point(), x=2)(Point(3)) == {"x": 2, "y": "q"}


def test_patcher_takes_the_value_only():
    with pytest.raises(TypeError):
        rule_move(x=2)(Point(), y="b")
    with pytest.raises(TypeError, match="none for 'x'"):
        rule_move()(Point())


def test_patcher_patches():
    point = Point()
    assert rule_move(x=2).patch(point) is point
    assert shape(point) == (2, "q")


def test_patcher_sees_the_value_in_its_tree():
    seen = []
    tree = pg.Dict(point=Point())
    patching.patcher(name="rule_seeing")(
        lambda p: seen.append(p.sym_path) or {}
    )().patch(tree.point)
    assert seen == ["point"]


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"x": 8}, (8, "a")),
        ("rule_move?8", (8, "q")),
        (rule_move(x=8), (8, "q")),
        ([{"x": 8}, "rule_move?9"], (9, "q")),
        (lambda k, v: 8 if k == "x" else v, (8, "a")),
        ({"": Point(8)}, (8, "a")),
        (({"x": 8}, None), (8, "a")),
        ((["rule_move?8"], lambda point: False), (8, "q")),
    ],
)
def test_what_patchers_return(result, expected):
    assert shape(returning(result).patch(Point())) == expected
    assert shape(patch(Point(), "rule_returning")) == expected


@pytest.mark.parametrize("result", [None, 3, Point(), (1, 2, 3), ({"x": 8},)])
def test_patchers_that_return_no_rule(result):
    with pytest.raises(TypeError, match="as a rule, got"):
        patch(Point(), returning(result))


def test_a_check_that_is_no_function():
    with pytest.raises(TypeError, match=r"a tuple of a rule and a function, got .*3"):
        patch(Point(), returning(({"x": 8}, 3)))


def test_patchers_are_symbolic():
    patcher = rule_move(x=2)
    assert shape(patch(Point(), patcher.clone())) == (2, "q")
    assert shape(patch(Point(), pg.from_json(patcher.to_json()))) == (2, "q")
    assert shape(patch(Point(), patcher.rebind(x=3))) == (3, "q")
    space = rule_move(x=pg.oneof([4, 5]))
    assert [patch(Point(), p).x for p in pg.iter(space)] == [4, 5]


def test_subclasses():
    class Grow(patching.Patcher):
        point: T.Any() = None
        by: int = 1

        def _call(self):
            return {"x": self.point.x + self.by}

    assert patch(Point(), Grow(by=3)).x == 4
    assert "Grow" not in patching.patcher_names()


def test_the_base_class_is_abstract():
    with pytest.raises(TypeError, match="abstract"):
        patching.Patcher()


# Checks.


def test_checks_run_after_all_rules():
    log = Log()
    first = returning(({"x": 8}, log.check("first")))
    second = returning(({"y": "b"}, log.check("second")))
    patch(Point(), [first, second, {"x": 99}])
    assert log == [("first", 99, "b"), ("second", 99, "b")]


def test_checks_of_inner_patchers_run_when_these_are_done():
    log = Log()
    inner = returning(({"x": 8}, log.check("inner")))
    outer = returning(([inner, {"y": "b"}], log.check("outer")))
    patch(Point(), [outer, {"x": 99}])
    assert log == [("inner", 8, "b"), ("outer", 99, "b")]


def test_a_check_that_fails():
    log = Log()
    bad = returning(({"x": 8}, log.check("bad", OverflowError("too far"))))
    other = returning(({"y": "b"}, log.check("other")))
    with pytest.raises(OverflowError, match="too far"):
        patch(Point(), [bad, other])
    assert log == [("bad", 8, "b")]


def test_validate_runs_the_check_of_the_last_patch():
    log = Log()
    patcher = returning(({"x": 8}, log.check("check")))
    patcher.validate(Point())
    patcher.patch(Point())
    assert log == []
    patcher.validate(Point(3))
    assert log == [("check", 3, "a")]
    patcher.clone().validate(Point(4))
    assert len(log) == 1


def test_validate_forgets_checks_that_no_longer_hold():
    log = Log()

    @patching.patcher(name="rule_checking")
    def rule_checking(point):
        return {}, log.check("check") if point.x > 1 else None

    patcher = rule_checking()
    patcher.patch(Point(2))
    patcher.patch(Point(1))
    patcher.validate(Point())
    assert log == []


def test_subclasses_may_check_by_themselves():
    class Checking(patching.Patcher):
        point: T.Any() = None

        def _call(self):
            return {"x": 5}

        def validate(self, x):
            raise OverflowError(x.x)

    with pytest.raises(OverflowError, match="5"):
        patch(Point(), Checking())


def test_threads_share_a_patcher():
    barrier = threading.Barrier(4)
    wrong = []

    @patching.patcher(name="rule_threads")
    def rule_threads(point):
        x = point.x
        return {"y": "b"}, lambda p: wrong.append((x, p.x)) if p.x != x else None

    patcher = rule_threads()

    def work(x):
        barrier.wait()
        for _ in range(100):
            patch(Point(x), patcher)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
