import pyglove.typing as pgt
from pyglove import utils


def test_names_the_specs_of_containers_and_objects():
    assert pgt.ValueSpec.ListType is pgt.List
    assert pgt.ValueSpec.DictType is pgt.Dict
    assert pgt.Int().ObjectType is pgt.Object


def test_a_spec_that_says_nothing_about_itself_is_not_inlined():
    class Opaque(pgt.Any):
        @property
        def exact_types(self):
            return pgt.ValueSpec.exact_types.fget(self)

    spec = Opaque()
    assert spec.exact_types == ()
    assert pgt.ValueSpec.inline_condition(spec, "x") is None
    assert pgt.ValueSpec.inline_constants(spec, "x") == {}


def test_subclasses_have_a_json_form_of_their_own():
    class Small(pgt.Int):
        pass

    assert type(utils.from_json(utils.to_json(pgt.Int()))) is pgt.Int
    assert type(utils.from_json(utils.to_json(Small(1)))) is Small
