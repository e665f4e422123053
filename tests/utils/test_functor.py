"""Functors, and methods that are overridden on purpose."""

import pytest

from pyglove import utils


def test_functor_is_abstract():
    with pytest.raises(TypeError, match="abstract"):
        utils.Functor()

    class Plus(utils.Functor):
        def __call__(self, x, y):
            return x + y

    assert Plus()(1, 2) == 3


def test_explicit_override():
    class A:
        @utils.explicit_method_override
        def f(self):
            return 1

        def g(self):
            pass

    assert A().f() == 1
    utils.ensure_explicit_method_override(A.f)
    with pytest.raises(TypeError, match=r"A.g at .* got it undecorated"):
        utils.ensure_explicit_method_override(A.g)
    with pytest.raises(TypeError, match=r"^no way$"):
        utils.ensure_explicit_method_override(A.g, "no way")
