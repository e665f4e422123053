"""The public names."""

import types

from pyglove import utils


def test_all_names_are_there_once():
    assert len(set(utils.__all__)) == len(utils.__all__)
    for name in utils.__all__:
        assert getattr(utils, name) is not None


def test_everything_public_has_a_docstring():
    for name in utils.__all__:
        value = getattr(utils, name)
        if isinstance(value, (type, types.FunctionType)):
            assert value.__doc__, name
