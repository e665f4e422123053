"""Random value specs, with values for and against them."""

import math

from hypothesis import strategies as st

import pyglove.typing as pgt

PLAIN_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-20, 20),
    st.floats(-20, 20),
    st.sampled_from([math.nan, math.inf, -math.inf]),
    st.text("abc", max_size=3),
    st.binary(max_size=2),
)

VALUES = st.recursive(
    PLAIN_VALUES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner),
        st.tuples(inner, inner),
        st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3),
    ),
    max_leaves=4,
)


@st.composite
def _bounds(draw, numbers):
    low, high = draw(st.none() | numbers), draw(st.none() | numbers)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return {"min_value": low, "max_value": high}


@st.composite
def leaf_specs(draw):
    """Specs of values without parts."""
    spec = draw(
        st.one_of(
            st.builds(pgt.Bool),
            st.builds(lambda b: pgt.Int(**b), _bounds(st.integers(-9, 9))),
            st.builds(lambda b: pgt.Float(**b), _bounds(st.floats(-9, 9))),
            st.builds(
                lambda r: pgt.Str(regex=r), st.sampled_from([None, "a", "[ab]+$"])
            ),
            st.builds(
                lambda values: pgt.Enum(pgt.MISSING_VALUE, values),
                st.lists(
                    st.one_of(
                        st.none(),
                        st.booleans(),
                        st.integers(-3, 3),
                        st.sampled_from(["a", "b", 1.5]),
                    ),
                    min_size=1,
                    max_size=4,
                ),
            ),
            st.builds(pgt.Any),
            st.builds(lambda c: pgt.Object(c), st.sampled_from([bytes, complex])),
        )
    )
    return spec.noneable() if draw(st.booleans()) else spec


def _list_spec(element, sizes):
    low, high = sorted(sizes)
    return pgt.List(element, min_size=low, max_size=high)


@st.composite
def _union_specs(draw, inner):
    by_kind = {}
    for spec in draw(st.lists(inner, min_size=2, max_size=3)):
        by_kind[(type(spec), str(spec.value_type))] = spec
    if len(by_kind) < 2:
        return next(iter(by_kind.values()))
    return pgt.Union(list(by_kind.values()))


SPECS = st.recursive(
    leaf_specs(),
    lambda inner: st.one_of(
        st.builds(_list_spec, inner, st.tuples(st.integers(0, 2), st.integers(0, 3))),
        st.builds(lambda e: pgt.Tuple(e), inner),
        st.builds(lambda e: pgt.Tuple(e), st.lists(inner, min_size=1, max_size=2)),
        st.builds(
            lambda d: pgt.Dict(list(d.items())),
            st.dictionaries(st.sampled_from(["a", "b"]), inner, min_size=1, max_size=2),
        ),
        st.builds(lambda e: pgt.Dict([(pgt.StrKey("[ab]"), e)]), inner),
        _union_specs(inner),
    ),
    max_leaves=3,
)


def _integers_of(spec):
    return st.integers(
        -30 if spec.min_value is None else spec.min_value,
        30 if spec.max_value is None else spec.max_value,
    )


def _floats_of(spec):
    return st.one_of(
        st.floats(spec.min_value, spec.max_value), st.just(math.nan), st.just(1)
    )


def good_values(spec):
    """Values that a spec should mostly accept."""
    match spec:
        case pgt.Bool():
            values = st.booleans()
        case pgt.Int():
            values = _integers_of(spec)
        case pgt.Float():
            values = _floats_of(spec)
        case pgt.Str():
            values = st.text("ab", min_size=1, max_size=3)
        case pgt.Enum():
            return st.sampled_from(spec.values)
        case pgt.List():
            values = st.lists(
                good_values(spec.element.value), min_size=spec.min_size, max_size=3
            )
        case pgt.Tuple() if spec.fixed_length:
            values = st.tuples(*(good_values(e.value) for e in spec.elements))
        case pgt.Tuple():
            element = good_values(spec.elements[0].value)
            values = st.lists(element, max_size=3).map(tuple)
        case pgt.Dict() if spec.schema.dynamic_field is not None:
            values = st.dictionaries(
                st.sampled_from(["a", "b"]),
                good_values(spec.schema.dynamic_field.value),
            )
        case pgt.Dict():
            values = st.fixed_dictionaries(
                {
                    str(key): good_values(field.value)
                    for key, field in spec.schema.items()
                }
            )
        case pgt.Union():
            values = st.one_of(*map(good_values, spec.candidates))
        case pgt.Object():
            values = st.just(spec.cls(1))
        case _:
            values = PLAIN_VALUES
    return st.none() | values if spec.is_noneable else values


def with_value(specs):
    """Specs with a value each, a good one more often than not."""
    return specs.flatmap(
        lambda spec: st.tuples(
            st.just(spec), st.one_of(good_values(spec), good_values(spec), VALUES)
        )
    )
