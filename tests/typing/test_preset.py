import threading

import pytest

import pyglove.typing as pgt

ONE = pgt.PresetArgValue(default=1)
REQUIRED = pgt.PresetArgValue()


@pgt.enable_preset_args()
def fn(x, y=ONE, z=REQUIRED, *, w=2):
    return (x, y, z, w)


@pgt.enable_preset_args(include_all_preset_kwargs=True)
def open_fn(x, y=ONE, **kwargs):
    return (x, y, kwargs)


@pgt.enable_preset_args(preset_name="named")
def named_fn(x, y=ONE):
    return (x, y)


def test_values_come_from_the_call_the_preset_or_the_default():
    with pgt.preset_args({"z": 3, "x": 9, "w": 9}):
        assert fn(1) == (1, 1, 3, 2)
        assert fn(1, 2) == (1, 2, 3, 2)
        assert fn(1, z=4) == (1, 1, 4, 2)
        assert fn(1, w=5) == (1, 1, 3, 5)
        with pytest.raises(TypeError, match="missing 1 required positional"):
            fn()
    with pgt.preset_args({"y": 8, "z": 3}):
        assert fn(1) == (1, 8, 3, 2)
    assert fn(1, z=4) == (1, 1, 4, 2)


def test_value_without_default_must_come_from_somewhere():
    with pytest.raises(ValueError, match="a value for argument 'z', got none"):
        fn(1)


def test_everything_may_be_passed_on():
    with pgt.preset_args({"y": 4, "z": 3}):
        assert open_fn(1, q=2) == (1, 4, {"z": 3, "q": 2})
        assert open_fn(1, z=5) == (1, 4, {"z": 5})


def test_presets_have_names():
    with pgt.preset_args({"y": 4}):
        assert named_fn(1) == (1, 1)
    with pgt.preset_args({"y": 4}, preset_name="named"):
        assert named_fn(1) == (1, 4)


def test_inner_presets_replace_outer_ones_unless_they_inherit():
    with pgt.preset_args({"y": 5}):
        with pgt.preset_args({"z": 6}):
            assert fn(1) == (1, 1, 6, 2)
        with pgt.preset_args({"z": 6}, inherit_preset=True) as preset:
            assert fn(1) == (1, 5, 6, 2)
            assert preset == {"y": 5, "z": 6}
        with pgt.preset_args({}, preset_name="named", inherit_preset="global"):
            assert named_fn(1) == (1, 5)


def test_presets_are_those_of_the_thread():
    seen = []
    with pgt.preset_args({"y": 5}, preset_name="named"):
        thread = threading.Thread(target=lambda: seen.append(named_fn(1)))
        thread.start()
        thread.join()
    assert seen == [(1, 1)]


def test_functions_without_such_arguments_stay_as_they_are():
    def plain(x, y=1):
        pass

    assert pgt.enable_preset_args()(plain) is plain
    assert fn.__name__ == "fn"


def test_preset_arg_value():
    value = pgt.PresetArgValue(1)
    assert value.has_default and not pgt.PresetArgValue().has_default
    assert value == pgt.PresetArgValue(1) != pgt.PresetArgValue(2)
    assert hash(value) == hash(pgt.PresetArgValue(1))
    assert repr(value) == "PresetArgValue(default=1)"
    assert pgt.PresetArgValue.inspect(fn) == {"y": value, "z": pgt.PresetArgValue()}


def test_resolve_args():
    resolve = pgt.PresetArgValue.resolve_args
    default = pgt.PresetArgValue(3)
    assert resolve((1,), {}, ["x", "y"], {"y": default}, {"y": 4}) == ([1, 4], {})
    assert resolve((1,), {}, ["x", "y"], {"y": default}, {}) == ([1, 3], {})
    assert resolve((1, 2), {}, ["x", "y"], {"y": default}, {}) == ((1, 2), {})
    assert resolve((1,), {"z": 1}, ["x"], {"q": 8}, {"m": 5}, True) == (
        (1,),
        {"q": 8, "m": 5, "z": 1},
    )


def test_optional_keywords():
    def strict(x):
        return x

    def some(x, y=1):
        return (x, y)

    def anything(x, **kwargs):
        return (x, kwargs)

    optional = pgt.CallableWithOptionalKeywordArgs
    assert optional(strict, ["y", "w"])(1, y=2, w=3) == 1
    assert optional(some, ["y"])(1, y=2) == (1, 2)
    assert optional(anything, ["y"])(1, y=2) == (1, {"y": 2})
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        optional(strict, ["y"])(1, z=2)


def test_decorator_marks_only():
    assert pgt.Decorator(fn) is fn


class TestResolveArgs:
    def resolve(self, args, kwargs, preset, include_all=False):
        defaults = {"x": pgt.PresetArgValue(1), "y": 0}
        return pgt.PresetArgValue.resolve_args(
            args, kwargs, ["x", "y"], defaults, preset, include_all
        )

    def test_what_can_be_is_passed_by_position(self):
        assert self.resolve((), {}, {}) == ([1, 0], {})
        assert self.resolve((), {"x": 2}, {}) == ([2, 0], {})
        assert self.resolve((), {"x": 2, "z": 3}, {}) == ([2, 0], {"z": 3})
        assert self.resolve((5,), {"y": 6}, {"x": 7}) == ([5, 6], {})
        assert self.resolve((), {}, {"x": 7, "y": 8}) == ([7, 0], {})

    def test_all_that_is_preset(self):
        preset = {"x": 7, "y": 8, "z": 9}
        assert self.resolve((), {}, preset, True) == ([7, 0], {"z": 9})
        assert self.resolve((), {"z": 1}, preset, True) == ([7, 0], {"z": 1})
        resolved = pgt.PresetArgValue.resolve_args((), {}, ["x", "y"], {}, preset, True)
        assert resolved == ([7, 8], {"z": 9})

    def test_what_is_passed_twice_is_left_to_the_function(self):
        assert self.resolve((5,), {"x": 2}, {}) == ([5, 0], {"x": 2})
