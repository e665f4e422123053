"""Laws that hold for all value specs."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pyglove.typing as pgt
from pyglove import utils
from tests.typing.strategies import SPECS, leaf_specs, with_value

# Specs are costly to draw.
law = settings(max_examples=40)

ERRORS = (TypeError, ValueError, KeyError)


def outcome(spec, value, **kwargs):
    """What `apply` makes of a copy of a value: the result, or the error's class."""
    try:
        return spec.apply(copy.deepcopy(value), **kwargs)
    except ERRORS as e:
        return type(e)


def accepts(spec, value):
    return not isinstance(outcome(spec, value), type)


def same(x, y):
    """Equality in which not-a-number equals itself."""
    return repr(x) == repr(y)


@law
@given(with_value(SPECS), st.sampled_from(["x", "_x", "enum_x", "value_1"]))
def test_what_the_inline_condition_admits_is_applied_unchanged(case, name):
    spec, value = case
    condition = spec.inline_condition(name)
    if not spec.exact_types:
        assert condition is None
        assert spec.inline_constants(name) == {}
        return
    assert isinstance(condition, str)
    scope = {name: value, **spec.inline_constants(name)}
    admitted = type(value) in spec.exact_types
    if admitted and condition:
        admitted = eval(condition, {"__builtins__": {"type": type}}, scope)
    if admitted:
        assert spec.apply(value) is value


@law
@given(with_value(leaf_specs()))
def test_the_inline_condition_admits_all_good_values_of_exact_types(case):
    spec, value = case
    if type(value) in spec.exact_types and accepts(spec, value):
        condition = spec.inline_condition("x")
        constants = spec.inline_constants("x")
        # Not of another type, such as True for an enum of ints.
        assert not condition or eval(condition, constants, {"x": value})


@law
@given(with_value(SPECS))
def test_apply_is_idempotent(case):
    spec, value = case
    result = outcome(spec, value)
    if not isinstance(result, type):
        assert same(outcome(spec, result), result)


@law
@given(with_value(SPECS))
def test_partial_values_pass_where_complete_ones_do(case):
    spec, value = case
    if accepts(spec, value):
        assert same(outcome(spec, value, allow_partial=True), outcome(spec, value))


@law
@given(with_value(SPECS))
def test_paths_are_computed_on_failure_only(case):
    spec, value = case
    calls = []

    def path():
        calls.append(1)
        return utils.KeyPath("root")

    try:
        spec.apply(copy.deepcopy(value), root_path=path)
    except ERRORS as e:
        assert "root" in str(e)
    else:
        assert not calls


@law
@given(with_value(SPECS))
def test_lazy_paths_and_paths_give_the_same_errors(case):
    spec, value = case
    path = utils.KeyPath(["x", 0])
    errors = []
    for root_path in (path, lambda: path):
        try:
            spec.apply(copy.deepcopy(value), root_path=root_path)
        except ERRORS as e:
            errors.append((type(e), str(e)))
    assert len(errors) in (0, 2) and len(set(errors)) <= 1


@law
@given(with_value(SPECS))
def test_errors_are_of_the_library(case):
    spec, value = case
    try:
        spec.apply(copy.deepcopy(value))
    except Exception as e:
        assert isinstance(e, utils.PyGloveError)


@law
@given(with_value(SPECS))
def test_json_round_trip(case):
    spec, value = case
    loaded = utils.from_json(utils.to_json(spec))
    assert loaded == spec
    assert hash(loaded) == hash(spec)
    assert same(outcome(loaded, value), outcome(spec, value))
    assert repr(loaded) == repr(spec) and str(loaded) == str(spec)


@law
@given(SPECS)
def test_clones_are_equal_and_disjoint(spec):
    before = repr(spec)
    clone = spec.clone()
    assert clone == spec and type(clone) is type(spec)
    clone.noneable().freeze(None)
    assert repr(spec) == before
    assert copy.deepcopy(spec) == spec


@law
@given(with_value(SPECS))
def test_noneable_adds_none_and_nothing_else(case):
    spec, value = case
    noneable = spec.clone().noneable(use_none_as_default=False)
    assert noneable.apply(None) is None
    assert noneable.is_compatible(spec) or isinstance(spec, pgt.Union | pgt.Enum)
    if value is not None and accepts(spec, value):
        assert same(outcome(noneable, value), outcome(spec, value))


@law
@given(SPECS)
def test_a_spec_is_compatible_with_itself_and_any(spec):
    assert spec.is_compatible(spec.clone())
    assert pgt.Any().is_compatible(spec)


@law
@given(leaf_specs(), with_value(leaf_specs()))
def test_compatible_specs_accept_what_the_others_accept(spec, case):
    other, value = case
    # Patterns are not compared, and an int may become a float on the way.
    if isinstance(spec, pgt.Str) or not spec.is_compatible(other):
        return
    if accepts(other, value):
        assert accepts(spec, value)


@law
@given(with_value(leaf_specs()), leaf_specs())
def test_extended_specs_accept_what_the_base_accepts_only(case, base):
    spec, value = case
    if isinstance(spec, pgt.Str):
        return
    try:
        spec.extend(base)
    except TypeError:
        return
    if accepts(spec, value) and not isinstance(spec, pgt.Enum):
        assert accepts(base, value)


@law
@given(with_value(SPECS))
def test_default_is_a_good_value(case):
    spec, value = case
    if accepts(spec, value):
        spec.set_default(copy.deepcopy(value))
        assert spec.has_default
        assert accepts(spec, spec.default)
        assert same(spec.freeze().apply(pgt.MISSING_VALUE), spec.default)


@law
@given(with_value(SPECS))
def test_a_frozen_spec_accepts_its_default_only(case):
    spec, value = case
    spec.noneable().freeze(None)
    assert spec.apply(None) is None
    if value is not None:
        with pytest.raises(ValueError, match="the only value of a frozen spec"):
            spec.apply(value)


@law
@given(with_value(SPECS))
def test_fields_and_schemas_apply_what_their_specs_do(case):
    spec, value = case
    expected = outcome(spec, value)
    field = pgt.Field("k", spec)
    assert same(outcome(field, value), expected)
    applied = outcome(pgt.Schema([field]), {"k": value})
    assert same(applied, expected if isinstance(expected, type) else {"k": expected})


@law
@given(with_value(SPECS))
def test_child_transform_sees_each_child_once_with_its_path(case):
    spec, value = case
    seen = []

    def record(path, field, child):
        assert isinstance(path, utils.KeyPath) and isinstance(field, pgt.Field)
        seen.append(str(path))
        return child

    value = copy.deepcopy(value)
    root = utils.KeyPath("r")
    try:
        result = spec.apply(value, child_transform=record, root_path=root)
    except ERRORS:
        return
    assert len(seen) == len(set(seen))
    for path in seen:
        key_path = utils.KeyPath.parse(path) - root
        assert key_path.exists(result)


@law
@given(SPECS)
def test_annotations_convert_back_to_specs(spec):
    annotation = spec.annotation
    if annotation is pgt.MISSING_VALUE:
        return
    back = pgt.ValueSpec.from_annotation(annotation, auto_typing=True)
    if type(back) is type(spec) and back.value_type == spec.value_type:
        assert back.is_noneable == spec.is_noneable or isinstance(spec, pgt.Union)
