"""Laws of spaces of every placeholder, nested at random."""

import json
import math
import random

from hypothesis import given, settings
from hypothesis import strategies as st

import pyglove as pg
from tests.hyper import helper

SEEDS = st.integers(0, 2**32)
KEYS = ("id", "name_or_id", "dna_spec")
VALUES = ("value", "dna", "choice", "literal", "choice_and_literal")
MULTI = ("subchoice", "parent", "both")


class Word(pg.hyper.CustomHyper):
    """Stands for a list of up to three letters."""

    def custom_decode(self, dna):
        return list(dna.value)

    def custom_encode(self, value):
        return pg.DNA("".join(value))

    def next_dna(self, dna=None):
        if dna is None:
            return pg.DNA("a")
        return pg.DNA(dna.value + "a") if len(dna.value) < 3 else None

    def random_dna(self, random_generator=None, previous_dna=None):
        return pg.DNA("".join(random_generator.choices("ab", k=3)))


@pg.symbolize
class Kept:
    """A class that was not written for it."""

    def __init__(self, value):
        self.kept = value


def twice(inner):
    """A program that has a part once more, by a reference."""
    return helper.unique(pg.Dict(once=inner, again=pg.hyper.reference("once")))


def endless():
    """Placeholders with more values than can be counted."""
    return st.one_of(
        st.builds(lambda: helper.unique(pg.floatv(-1.0, 1.0))),
        st.builds(lambda: helper.unique(pg.floatv(1e-3, 1.0, "log"))),
        st.builds(lambda: helper.unique(pg.intv(1, 10**9, 3, "log"))),
        st.builds(lambda: helper.unique(Word())),
    )


def countable():
    """Placeholders with few values."""
    return st.one_of(
        helper.constants(),
        st.builds(lambda n: helper.unique(pg.intv(0, n)), st.integers(0, 3)),
        st.builds(lambda: helper.unique(pg.permutate(["a", "b", "c"]))),
        st.builds(lambda: twice(pg.oneof(["x", "y"]))),
    )


def nested(leaves):
    """Programs with such placeholders, nested."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            helper.choices(inner),
            st.builds(helper.unique, inner),
            st.builds(lambda x, y: helper.unique(pg.List([x, y])), inner, inner),
            st.builds(lambda x: helper.unique(helper.Layer(1, inner=x)), inner),
            st.builds(lambda x: helper.unique(helper.act(x)), inner),
            st.builds(lambda x: helper.unique(Kept(x)), inner),
        ),
        max_leaves=6,
    )


def programs():
    return nested(st.one_of(countable(), endless()))


def draw(program, seed):
    """A template, its spec and a random DNA."""
    template = pg.template(program)
    spec = template.dna_spec()
    return template, spec, spec.random_dna(random.Random(seed))


@settings(max_examples=60, deadline=None)
@given(programs(), SEEDS)
def test_a_random_dna_is_valid(program, seed):
    template, spec, dna = draw(program, seed)
    spec.validate(dna)
    assert pg.DNA(dna.to_numbers(flatten=False)).use_spec(spec) == dna
    assert pg.is_deterministic(template.decode(dna))
    again = spec.random_dna(random.Random(seed))
    assert again == dna and hash(again) == hash(dna)


@settings(max_examples=60, deadline=None)
@given(programs(), SEEDS)
def test_encode_undoes_decode(program, seed):
    template, _, dna = draw(program, seed)
    decoded = template.decode(dna)
    assert template.encode(decoded) == dna
    assert pg.eq(template.decode(template.encode(decoded)), decoded)
    assert template.encode(pg.from_json(pg.to_json(decoded))) == dna


@settings(max_examples=40, deadline=None)
@given(nested(countable()))
def test_sweeping_visits_each_program_once(program):
    spec = pg.dna_spec(program)
    if spec.is_constant or not 0 < spec.space_size <= 150:
        return
    seen = list(pg.iter(program))
    assert len(seen) == spec.space_size
    assert len({pg.to_json_str(p) for p in seen}) == len(seen)
    numbers = [dna.to_numbers() for dna in spec.iter_dna()]
    assert len(numbers) == len(seen) and numbers == sorted(numbers)
    template = pg.template(program)
    for number, one in zip(numbers, seen, strict=True):
        assert template.encode(one).to_numbers() == number


@settings(max_examples=50, deadline=None)
@given(
    programs(),
    SEEDS,
    st.sampled_from(KEYS),
    st.sampled_from(VALUES),
    st.sampled_from(MULTI),
    st.booleans(),
)
def test_every_form_leads_back(program, seed, key, value, multi, inactive):
    _, spec, dna = draw(program, seed)
    assert pg.DNA.from_numbers(dna.to_numbers(), spec) == dna
    assert pg.DNA.parse(dna.to_json(type_info=False), spec) == dna
    assert pg.DNA.parse(json.loads(json.dumps(dna.to_json())), spec) == dna
    assert pg.from_json_str(dna.to_json_str()) == dna
    assert pg.from_json(dna.to_json(compact=False)) == dna
    assert pg.DNA.from_parameters(dna.parameters(True), spec, True) == dna
    items = dna.to_dict(key, value, multi, inactive)
    try:
        back = pg.DNA.from_dict(items, spec, use_ints_as_literals=value == "literal")
    except ValueError:
        # Numbers that choose and numbers that are chosen look alike.
        assert value == "literal"
    else:
        assert back == dna


@settings(max_examples=40, deadline=None)
@given(programs(), SEEDS)
def test_spaces_are_saved_and_loaded(program, seed):
    template, spec, dna = draw(program, seed)
    loaded = pg.from_json_str(spec.to_json_str())
    assert pg.eq(loaded, spec) and str(loaded) == str(spec)
    loaded.validate(dna)
    space = pg.from_json_str(pg.to_json_str(program))
    assert pg.eq(pg.template(space).decode(dna), template.decode(dna))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(nested(countable()), st.integers(0, 2)), max_size=4), SEEDS)
def test_parts_of_a_space_multiply_up(fields, seed):
    """Each loop decides the fields of one group, whatever is nested in them."""
    program = pg.Dict({f"f{i}_{group}": x for i, (x, group) in enumerate(fields)})

    def of(group):
        return lambda x: str(x.sym_path).split(".")[0].split("[")[0][-1] == str(group)

    whole = pg.dna_spec(program)
    sizes = [pg.dna_spec(program, of(group)).space_size for group in range(3)]
    assert math.prod(sizes) == whole.space_size
    rng = random.Random(seed)
    decided = program
    for group in range(3):
        template = pg.template(decided, of(group))
        decided = template.decode(template.dna_spec().random_dna(rng))
        assert template.encode(decided) is not None
    assert pg.is_deterministic(decided)
    whole.validate(pg.template(program).encode(decided))


@settings(max_examples=30, deadline=None)
@given(programs(), SEEDS)
def test_algorithms_repeat_themselves(program, seed):
    if pg.dna_spec(program).is_constant:
        return
    runs = [list(pg.random_sample(program, 3, seed=seed)) for _ in range(2)]
    assert pg.eq(*runs)
