from hypothesis import given
from hypothesis import strategies as st

from pyglove.geno.dna import nested

VALUES = st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.text())
NESTED = st.recursive(
    VALUES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(st.integers(), inner),
        st.tuples(st.integers(), st.integers(), inner),
    ),
    max_leaves=8,
)


@given(NESTED)
def test_canonical_forms(value):
    form = nested.normalize(value)
    assert nested.normalize(form) == form
    assert nested.join(*nested.split(form)) == form
    assert nested.from_json(nested.to_json(form)) == form
    assert nested.compare(form, form) == 0


@given(NESTED)
def test_numbers_survive(value):
    def leaves(v):
        if isinstance(v, (list, tuple)):
            return [x for item in v for x in leaves(item)]
        return [] if v is None else [v]

    form = nested.normalize(value)
    assert list(nested.numbers(form)) == leaves(value)
