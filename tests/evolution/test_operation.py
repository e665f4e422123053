"""Operations and their algebra."""

import functools

import pytest

import pyglove as pg
from pyglove import evolution
from pyglove.geno import AttributeDict
from tests.evolution import helper

First, Last = evolution.selectors.First, evolution.selectors.Last
Uniform = evolution.mutators.Uniform

XS = list(range(10))
A, B, M = First(2), Last(3), Uniform()


def identity(inputs):
    return inputs


@pytest.mark.parametrize(
    ("op", "text"),
    [
        (A >> B, "Pipeline(ops=[0: {A}, 1: {B}])"),
        (A >> B >> M, "Pipeline(ops=[0: Pipeline(ops=[0: {A}, 1: {B}]), 1: {M}])"),
        (A >> (B >> M), "Pipeline(ops=[0: {A}, 1: Pipeline(ops=[0: {B}, 1: {M}])])"),
        (A + B, "Concatenation(ops=[0: {A}, 1: {B}])"),
        (
            (A >> B) + M,
            "Concatenation(ops=[0: Pipeline(ops=[0: {A}, 1: {B}]), 1: {M}])",
        ),
        (A | B, "Union(ops=[0: {A}, 1: {B}])"),
        (A & B, "Intersection(ops=[0: {A}, 1: {B}])"),
        (A - B, "Difference(ops=[0: {A}, 1: {B}])"),
        (A ^ B, "SymmetricDifference(ops=[0: {A}, 1: {B}])"),
        (~A, "Inversion(op={A})"),
        (-A, "Inversion(op={A})"),
        (A * 3, "Repeat(op={A}, k=3)"),
        (A**3, "Power(op={A}, k=3)"),
        (A[0], "Slice(op={A}, index=0)"),
        (A[1:2], "Slice(op={A}, index=slice(1, 2, None))"),
        (A.with_prob(0.5, 1), "Choice(ops=[0: ({A}, 0.5)], limit=None, seed=1)"),
        (A.for_each(M), "Pipeline(ops=[0: {A}, 1: ElementWise(op={M})])"),
        (A.flatten(2), "Pipeline(ops=[0: {A}, 1: Flatten(max_level=2)])"),
        (A.until_change(3), "UntilChange(op={A}, max_attempts=3)"),
        (A.global_state("k"), "GlobalStateGetter(key='k', default=None)"),
        (
            A.as_global_state("k"),
            "Pipeline(ops=[0: {A}, 1: GlobalStateSetter(key='k', "
            "value=(MISSING_VALUE,))])",
        ),
        (
            A.set_global_state("k", 1),
            "Concatenation(ops=[0: {A}, 1: GlobalStateSetter(key='k', value=1)])",
        ),
        (A >> None, "{A}"),
        (None >> A, "{A}"),
        (A + None, "{A}"),
        (None | A, "{A}"),
        (A & None, "{A}"),
        (A - None, "{A}"),
        (None - A, "Inversion(op={A})"),
        (None ^ A, "{A}"),
    ],
)
def test_algebra(op, text):
    names = {"A": "First(n=2)", "B": "Last(n=3)", "M": "Uniform(where=None, seed=None)"}
    assert repr(op) == text.format(**names)


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (identity >> A, [0, 1]),
        (A >> identity, [0, 1]),
        (identity + A, [*XS, 0, 1]),
        (identity - A, XS[2:]),
        (A & identity, [0, 1]),
        (identity & A, [0, 1]),
        (identity | A, XS),
        (identity ^ A, XS[2:]),
    ],
)
def test_functions_stand_in_for_operations(op, expected):
    assert op(XS) == expected


@pytest.mark.parametrize(
    "combine", [lambda: A >> 1, lambda: A + 1, lambda: B.__radd__([A])]
)
def test_what_is_no_operation(combine):
    with pytest.raises(TypeError, match="Expected a callable"):
        combine()


@pytest.mark.parametrize(
    "combine", [lambda: 3 * A, lambda: A / 2, lambda: A < B, lambda: A % 2]
)
def test_operators_that_mean_nothing(combine):
    with pytest.raises(TypeError):
        combine()


def test_operations_are_symbolic():
    op = A >> B
    assert op == First(2) >> Last(3)
    assert op != First(1) >> Last(3)
    op.rebind({"ops[0].n": 4})
    assert op(XS) == [1, 2, 3]
    restored = pg.from_json(pg.to_json(op))
    assert restored == op
    assert restored(XS) == [1, 2, 3]


def test_rebinding_deep_below():
    op = (A >> (B >> First(1))) + Last(1)
    op.rebind({"ops[0].ops[1].ops[0].n": 1})
    assert op(XS) == [1, 9]


def test_an_operation_can_be_part_of_several():
    op = A + A
    assert op(XS) == [0, 1, 0, 1]


@pytest.mark.parametrize(
    "method",
    [
        lambda self, inputs: [inputs],
        lambda self, inputs, step: [inputs, step],
        lambda self, inputs, global_state: [inputs, dict(global_state)],
        lambda self, inputs, step=1, global_state=None: [
            inputs,
            dict(global_state),
            step,
        ],
        lambda self, inputs, *, step, **kwargs: [inputs, dict(**kwargs), step],
        lambda self, inputs, unrelated=7: [inputs, unrelated],
    ],
)
def test_method_takes_of_the_context_what_it_names(method):
    class Op(evolution.Operation):
        call = method

    output = Op()([1], AttributeDict(a=2), 3)
    assert output[0] == [1]
    for item in output[1:]:
        assert item in (3, 7, {"a": 2}, {"global_state": {"a": 2}})


@pytest.mark.parametrize(
    ("fn", "expected"),
    [
        (lambda x, step: [step], [3]),
        (lambda x, global_state: [global_state.a], [2]),
        (lambda x, **kwargs: sorted(kwargs), ["global_state", "step"]),
        (functools.partial(lambda y, x, step: [y, step], 9), [9, 3]),
        (sorted, [1]),
    ],
)
def test_function_takes_of_the_context_what_it_names(fn, expected):
    op = evolution.Lambda(fn)
    assert op([1], AttributeDict(a=2), 3) == expected
    assert (op >> identity)([1], AttributeDict(a=2), 3) == expected


def test_callable_object_takes_of_the_context_what_it_names():
    class Add:
        def __call__(self, inputs, step):
            return [x + step for x in inputs]

    assert evolution.Lambda(Add())([1], step=3) == [4]


def test_functor_as_operation():
    @pg.functor()
    def plus(inputs, offset, step):
        return [x + offset + step for x in inputs]

    assert (plus(offset=10) >> First(1))([1, 2], step=5) == [16]


def test_base_operation_does_nothing_of_its_own():
    with pytest.raises(NotImplementedError):
        evolution.Operation()([1])
    op = evolution.Operation()
    assert (op.input_element_type, op.output_element_type) == (None, None)


def test_element_types_are_checked():
    class Strings(evolution.Operation):
        input_element_type = str
        output_element_type = int

        def call(self, inputs):
            return [int(x) if x.isdigit() else x for x in inputs]

    assert Strings()(["1", "2"]) == [1, 2]
    with pytest.raises(TypeError, match=r"input .* got 3 at position 1"):
        Strings()(["1", 3])
    with pytest.raises(TypeError, match=r"output .* got 'a' at position 0"):
        Strings()(["a"])


def test_dna_operations_take_dna_only():
    with pytest.raises(TypeError, match="list of"):
        M([1])
    with pytest.raises(TypeError, match="list of"):
        M(helper.random_dna(helper.flat_space(2), 1)[0])


def test_hyper_parameter_that_changes_over_time():
    class Head(evolution.Operation):
        n: evolution.scalar_spec(pg.typing.Int()) = 1

        def call(self, inputs, step):
            return inputs[: evolution.scalar_value(self.n, step)]

    assert Head(evolution.scalars.STEP + 1)(XS, step=2) == [0, 1, 2]
    assert Head(lambda step: step)(XS, step=2) == [0, 1]
    assert Head()(XS, step=2) == [0]
