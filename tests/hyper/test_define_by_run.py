import random
import threading

import pytest

import pyglove as pg
from pyglove import hyper
from tests.hyper.helper import Layer


def run(context, decisions, fn):
    with context.apply(decisions):
        return fn()


def model():
    return (
        pg.oneof([1, 2]),
        pg.floatv(0.0, 1.0),
        pg.manyof(2, ["a", pg.oneof([3, 4]), "c"]),
        pg.oneof([lambda: pg.oneof([5, 6]), lambda: 7]),
        pg.intv(1, 9),
    )


def test_trace_and_apply():
    context = hyper.trace(model)
    assert [str(i) for i in context.dna_spec.decision_ids] == [
        "decision_0",
        "decision_1",
        "decision_2",
        "decision_3",
        "decision_4",
        "decision_4[=0/2].decision_5",
        "decision_6",
    ]
    assert run(context, [1, 0.5, 1, 1, 0, 0, 1, 3], model) == (2, 0.5, [4, "a"], 6, 3)
    assert run(context, [0, 0.5, 1, 1, 0, 1, 3], model) == (1, 0.5, [4, "a"], 7, 3)
    dna = context.dna_spec.random_dna(random.Random(1))
    assert run(context, dna, model) == run(context, dna.to_numbers(), model)
    assert isinstance(pg.oneof([1, 2]), hyper.OneOf)


def test_every_dna_runs():
    def fn():
        return sum(pg.oneof([0, 1]) for _ in range(3))

    context = hyper.trace(fn)
    results = [run(context, dna, fn) for dna in context.dna_spec.iter_dna()]
    assert results == [0, 1, 1, 2, 1, 2, 2, 3]


def test_a_name_stands_for_one_decision():
    def fn():
        return pg.oneof([1, 2], name="x"), pg.oneof([1, 2], name="x")

    context = hyper.trace(fn, require_hyper_name=True)
    assert list(context.hyper_dict) == ["x"]
    assert run(context, [1], fn) == (2, 2)


@pytest.mark.parametrize(
    "other",
    [lambda: pg.oneof([1, 2, 3], name="x"), lambda: pg.floatv(0.0, 1.0, name="x")],
)
def test_names_that_clash(other):
    with pytest.raises(ValueError, match="'x'"):
        hyper.trace(lambda: (pg.oneof([1, 2], name="x"), other()))


def test_names_may_be_required():
    with pytest.raises(ValueError, match="name"):
        hyper.trace(lambda: pg.oneof([1, 2]), require_hyper_name=True)


def test_names_below_a_multi_choice():
    def fn():
        return pg.manyof(
            2,
            [lambda: pg.oneof([1, 2], name="x"), lambda: pg.oneof([3, 4], name="y"), 5],
            distinct=False,
        )

    context = hyper.trace(fn)
    assert run(context, pg.DNA([(0, 1), (0, 0)]), fn) == [2, 1]
    assert run(context, pg.DNA([(1, 1), 2]), fn) == [4, 5]


def test_where_leaves_placeholders_to_others():
    def fn():
        return pg.oneof([1, 2], name="a"), pg.oneof([3, 4], name="b")

    first = hyper.trace(fn, where=lambda x: x.name == "a")
    second = hyper.trace(fn, where=lambda x: x.name == "b")
    assert list(first.hyper_dict) == ["a"] and list(second.hyper_dict) == ["b"]
    with first.apply([1]), second.apply([1]):
        assert fn() == (2, 4)
    assert isinstance(run(first, [0], fn)[1], hyper.OneOf)


def test_programs_made_under_decisions():
    def fn():
        return Layer(
            units=pg.oneof([1, 2]), inner=pg.oneof([Layer(pg.oneof([3, 4])), 5])
        )

    context = hyper.trace(fn)
    assert run(context, [1, 1, 0], fn) == Layer(2, inner=Layer(4))


def test_placeholders_made_elsewhere_are_conditional():
    outside = pg.oneof([Layer(pg.oneof([5, 6])), "z"])
    context = hyper.trace(lambda: pg.manyof(2, [outside, 7]))
    value = run(context, [0, 0, 1, 1], lambda: pg.manyof(2, [outside, 7]))
    assert value == [Layer(6), 7]


def test_custom_placeholders():
    class Digits(hyper.CustomHyper):
        def custom_decode(self, dna):
            return int(dna.value)

        def next_dna(self, dna=None):
            return pg.DNA("3")

    context = hyper.trace(Digits)
    assert run(context, ["7"], Digits) == 7
    with pytest.raises(ValueError):
        run(context, [7], Digits)


@pytest.mark.parametrize(
    "decisions", [[0, 0.5], [0, 0.5, 0, 0, 1, 1, 1, 1], [5], [0.5], [0, 1], ["a"]]
)
def test_decisions_that_do_not_fit(decisions):
    context = hyper.trace(model)
    with pytest.raises(ValueError):
        run(context, decisions, model)


@pytest.mark.parametrize("decisions", [{"a": 1}, 1, None, "abc"])
def test_decisions_are_dna_or_numbers(decisions):
    with pytest.raises(ValueError):
        run(hyper.trace(model), decisions, model)


def test_errors_of_the_function_come_through():
    context = hyper.trace(lambda: pg.oneof([1, 2]))
    with pytest.raises(KeyError), context.apply([1]):
        raise KeyError("x")


def test_external_specs():
    spec = hyper.trace(lambda: pg.oneof([1, 2])).dna_spec
    context = hyper.DynamicEvaluationContext(dna_spec=spec)
    assert context.is_external and context.dna_spec is spec
    assert context.hyper_dict is None
    assert run(context, [1], lambda: pg.oneof([1, 2])) == 2
    with pytest.raises(ValueError), context.collect():
        pass


def test_evaluate_needs_decisions():
    context = hyper.trace(lambda: pg.oneof([1, 2]))
    with pytest.raises(ValueError):
        context.evaluate(pg.oneof([1, 2]))
    with context.apply([1]):
        assert context.evaluate(_choice()) == 2


def _choice():
    with hyper.dynamic_evaluate(None):
        return pg.oneof([1, 2])


def test_threads():
    def fn():
        return pg.oneof([1, 2])

    def in_thread(context):
        found = []
        with context.apply([1]):
            thread = threading.Thread(target=lambda: found.append(fn()))
            thread.start()
            thread.join()
            if context.per_thread:
                fn()
        return found[0]

    assert isinstance(in_thread(hyper.trace(fn)), hyper.OneOf)
    assert in_thread(hyper.trace(fn, per_thread=False)) == 2


def test_dynamic_evaluate():
    seen, ended = [], []
    with hyper.dynamic_evaluate(
        lambda x: seen.append(x) or "E", "Y", lambda: ended.append(1)
    ) as y:
        assert pg.oneof([1, 2]) == "E" and y == "Y" and not ended
        with hyper.dynamic_evaluate(None):
            assert isinstance(pg.oneof([1, 2]), hyper.OneOf)
    assert len(seen) == 1 and ended == [1]
    for arguments in ((1,), (None, None, 1)):
        with pytest.raises(ValueError), hyper.dynamic_evaluate(*arguments):
            pass


def test_templates_as_decision_points():
    context = hyper.DynamicEvaluationContext()
    assert context.add_decision_point(pg.template(1)) == 1
    assert context.add_decision_point(pg.template(pg.Dict(x=1))) == pg.Dict(x=1)
    assert context.hyper_dict == {}
    for wrong in (1, pg.Dict(x=1)):
        with pytest.raises(TypeError, match="placeholder"):
            context.add_decision_point(wrong)


@pytest.mark.parametrize("per_thread", [True, False])
def test_scopes_for_one_thread_and_for_all(per_thread):
    outer = hyper.DynamicEvaluationContext(per_thread=per_thread)
    inner = hyper.DynamicEvaluationContext(per_thread=not per_thread)
    alike = hyper.DynamicEvaluationContext(per_thread=per_thread)
    with outer.collect():
        with pytest.raises(ValueError, match="per_thread"), inner.collect():
            pass
        with pytest.raises(ValueError, match="per_thread"), inner.apply([]):
            pass
        with alike.collect():
            pg.oneof([1, 2])
    assert not outer.hyper_dict and len(alike.hyper_dict) == 1
    # One after the other is fine.
    with inner.collect():
        pg.oneof([1, 2])
    assert len(inner.hyper_dict) == 1
