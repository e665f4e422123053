"""Permissions, and where they hold."""

import threading

import pytest

import pyglove as pg
from pyglove.coding import CodePermission, evaluate, get_permission, permission


def test_unions_are_no_members():
    assert CodePermission.BASIC == CodePermission.ASSIGN | CodePermission.CALL
    assert list(CodePermission.ALL) == list(CodePermission)
    assert set(CodePermission.__members__) == {
        "ASSIGN",
        "CONDITION",
        "LOOP",
        "CALL",
        "EXCEPTION",
        "CLASS_DEFINITION",
        "FUNCTION_DEFINITION",
        "IMPORT",
    }


def test_there_is_none_by_default():
    assert get_permission() is None
    assert evaluate("import os\nos.sep") == "/"


def test_the_outermost_block_decides():
    with permission(CodePermission.ASSIGN) as outer:
        assert outer is CodePermission.ASSIGN
        with permission(CodePermission.ALL) as inner:
            assert inner is get_permission() is CodePermission.ASSIGN
            with pytest.raises(pg.coding.CodeError):
                evaluate("f()")
    assert get_permission() is None


def test_a_permission_given_to_a_call_comes_first():
    with permission(CodePermission.ASSIGN):
        assert evaluate("int('1')", permission=CodePermission.CALL) == 1
    with permission(CodePermission.ALL), pytest.raises(pg.coding.CodeError):
        evaluate("int('1')", permission=CodePermission.ASSIGN)


def test_none_sets_nothing():
    with permission(None) as outer:
        assert outer is None
        with permission(CodePermission.CALL) as inner:
            assert inner is CodePermission.CALL


def test_other_threads_have_their_own():
    seen = []
    with permission(CodePermission.ASSIGN):
        thread = threading.Thread(target=lambda: seen.append(get_permission()))
        thread.start()
        thread.join()
    assert seen == [None]


@pytest.mark.parametrize("value", ["ALL", 1])
def test_what_is_no_permission_is_refused(value):
    with pytest.raises(TypeError, match=r"pg.coding.CodePermission"), permission(value):
        pass
    with pytest.raises(TypeError, match=r"pg.coding.CodePermission"):
        evaluate("1", permission=value)
