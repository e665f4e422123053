"""How what is bound and what is given becomes one call."""

from hypothesis import given, settings
from hypothesis import strategies as st

import pyglove as pg


def function(a, b=2, *args, c, d=4, **kw):
    return (a, b, args, c, d, kw)


def simple(a, b=2, *, c=3):
    return (a, b, c)


FUNCTORS = {
    function: pg.functor(function),
    simple: pg.functor(simple),
}
ARGS = st.lists(st.integers(0, 9), max_size=4)
KWARGS = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 9), max_size=4)


def outcome(call):
    try:
        return call()
    except TypeError:
        return TypeError


@settings(max_examples=150)
@given(st.sampled_from(list(FUNCTORS)), ARGS, KWARGS)
def test_a_call_is_what_python_makes_of_it(fn, args, kwargs):
    expected = outcome(lambda: fn(*args, **kwargs))
    functor = FUNCTORS[fn]
    assert outcome(lambda: functor(*args, **kwargs)()) == expected
    assert outcome(lambda: functor()(*args, **kwargs)) == expected


@settings(max_examples=150)
@given(st.sampled_from(list(FUNCTORS)), ARGS, KWARGS, KWARGS)
def test_bound_and_given_arguments_add_up(fn, args, bound, given_):
    names = ["a", "b"][: len(args)]
    later = {k: v for k, v in given_.items() if k not in bound and k not in names}
    expected = outcome(lambda: fn(*args, **{**bound, **later}))
    functor = FUNCTORS[fn]
    assert outcome(lambda: functor(*args, **bound)(**later)) == expected
