"""Copies of wrapped objects keep what has become of them."""

import copy
import pickle
import string
import subprocess
import sys
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import check_tree


class Model:
    def __init__(self, size, parts=()):
        self.size, self.parts = size, parts
        self.weights = [0.0] * size

    def fit(self):
        self.weights = [w + 1.0 for w in self.weights]
        self.is_fitted = True
        return self


# The name `Model` remains with the wrapped class, that of `Net` goes to the wrapper.
Wrapped = pg.wrap(Model)


@pg.symbolize
class Net(Model):
    pass


class Slotted:
    __slots__ = ("__dict__", "size", "weights")

    def __init__(self, size):
        self.size = size
        self.weights = None


class Careful:
    """A class with a say in what is pickled of it."""

    def __init__(self, size):
        self.size = size
        self.lock = lambda: size

    def __getstate__(self):
        state = dict(self.__dict__)
        del state["lock"]
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = lambda: -self.size


WrappedSlotted = pg.wrap(Slotted)
WrappedCareful = pg.wrap(Careful)


def there_and_back(value):
    return pickle.loads(pickle.dumps(value))


@pytest.mark.parametrize("cls", [Wrapped, Net])
@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, there_and_back])
def test_copies_keep_the_state(cls, duplicate):
    model = cls(2).fit()
    other = duplicate(model)
    assert type(other) is cls
    assert other.weights == [1.0, 1.0]
    assert other.is_fitted
    assert pg.eq(other, model)
    assert (other.weights is model.weights) == (duplicate is copy.copy)
    other.extra = 1
    assert not hasattr(model, "extra")
    check_tree(other)


def test_clones_are_made_anew():
    model = Wrapped(2).fit()
    for other in (model.clone(), model.clone(deep=True), pg.clone(model, deep=True)):
        assert other.weights == [0.0, 0.0]
        assert not hasattr(other, "is_fitted")


def test_a_copy_can_be_changed_like_any_other():
    other = copy.deepcopy(Wrapped(2).fit())
    other.rebind(size=3)
    assert other.weights == [0.0] * 3


@pytest.mark.parametrize("duplicate", [copy.deepcopy, there_and_back])
def test_what_an_object_kept_of_its_arguments_is_copied_once(duplicate):
    model = Net(1, [Wrapped(2).fit(), Net(3, [Wrapped(4)])])
    model.best = model.parts[1].parts[0].fit()
    other = duplicate(model)
    assert other.parts is other.sym_init_args.parts
    assert other.parts is not model.parts
    assert other.parts[0].weights == [1.0, 1.0]
    assert other.best is other.parts[1].parts[0]
    assert other.best.weights == [1.0] * 4
    assert other.best.sym_path == "parts[1].parts[0]"
    check_tree(other)


def test_a_shallow_copy_shares_the_state_of_arguments():
    model = Net(1, [Wrapped(2).fit()])
    other = copy.copy(model)
    assert other.parts is model.parts
    assert other.sym_init_args.parts is not model.parts
    assert other.sym_init_args.parts[0].weights is model.parts[0].weights


class Holder(pg.Object):
    model: Any


@pytest.mark.parametrize("duplicate", [copy.deepcopy, there_and_back])
def test_trees_are_copied_with_the_states_in_them(duplicate):
    tree = pg.Dict(a=[Wrapped(1).fit()], b=Holder(Net(2).fit()), c=1)
    other = duplicate(tree)
    assert other.a[0].weights == [1.0]
    assert other.b.model.is_fitted
    assert duplicate(tree.a)[0].is_fitted
    assert duplicate(tree.b).model.is_fitted
    check_tree(other)


def test_plain_containers_are_copied_with_the_states_in_them():
    model = Wrapped(1).fit()
    first, second = copy.deepcopy([model, model])
    assert first is second
    assert first.is_fitted


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, there_and_back])
def test_a_space_has_no_state(duplicate):
    other = duplicate(Net(pg.oneof([1, 2]), [Wrapped(3)]))
    assert other.sym_abstract
    assert not hasattr(other, "weights")
    other.rebind(size=2)
    assert other.weights == [0.0, 0.0]


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, there_and_back])
def test_slots_are_state(duplicate):
    value = WrappedSlotted(2)
    value.weights, value.extra = [1.0], 1
    other = duplicate(value)
    assert (other.size, other.weights, other.extra) == (2, [1.0], 1)


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, there_and_back])
def test_a_class_has_a_say_in_its_state(duplicate):
    value = WrappedCareful(2)
    value.size = 5
    other = duplicate(value)
    assert other.lock() == -5
    assert other.sym_init_args.size == 2


def test_a_process_without_the_wrapper_makes_one():
    wrapper = pg.wrap(string.Template, [("template", pg.typing.Str())])
    template = wrapper("$a and $b")
    template.used = 3
    program = (
        "import pickle, sys, string\n"
        "value = pickle.load(sys.stdin.buffer)\n"
        "assert isinstance(value, string.Template)\n"
        "again = pickle.loads(pickle.dumps(value))\n"
        "assert type(again) is type(value) is not string.Template\n"
        "assert value.rebind(template='$a').substitute(a=1) == '1'\n"
        "print(again.substitute(a=1, b=2), again.used, repr(again))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        input=pickle.dumps(template),
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().split("\n")[0] == (
        "1 and 2 3 Template(template='$a and $b')"
    )


def test_a_class_that_cannot_be_found_by_name_is_not_pickled():
    class Local:
        def __init__(self, x):
            self.x = x

    with pytest.raises((AttributeError, pickle.PicklingError), match="Local"):
        pickle.dumps(pg.wrap(Local)(1))
    assert copy.deepcopy(pg.wrap(Local)(1)).x == 1


def test_an_object_that_is_not_complete_is_pickled():
    partial = Wrapped.partial(parts=(1,))
    for new in (pickle.loads(pickle.dumps(partial)), copy.deepcopy(partial)):
        assert pg.eq(new, partial)
        assert new.is_partial and not hasattr(new, "weights")
        new.rebind(size=2)
        assert new.weights == [0.0, 0.0]
