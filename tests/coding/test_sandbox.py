"""Calls in a process of their own."""

import os
import time

import pytest

import pyglove as pg
from pyglove.coding import maybe_sandbox_call, run, sandbox_call


def test_a_call():
    pid = sandbox_call(lambda x, y: (x + y, os.getpid()), 1, y=2)
    assert pid[0] == 3
    assert pid[1] != os.getpid()


def test_changes_are_lost():
    items = []
    sandbox_call(items.append, 1)
    assert items == []


def test_large_results():
    assert len(sandbox_call(lambda: b"a" * 10**7)) == 10**7


def test_what_is_printed_appears_once(capfd):
    print("before")
    sandbox_call(print, "inside")
    assert capfd.readouterr().out == "before\ninside\n"


def test_there_is_no_input():
    with pytest.raises(EOFError):
        sandbox_call(input)


def test_the_time_limit():
    with pytest.raises(TimeoutError, match=r"within 0.2 seconds"):
        sandbox_call(time.sleep, 1_000_000, timeout=0.2)
    for timeout in (0, -1):
        with pytest.raises(TimeoutError):
            sandbox_call(int, timeout=timeout)


def test_memory_limit():
    with pg.coding.memory_limit(200_000_000):
        assert sandbox_call(lambda: len(bytes(50_000_000))) == 50_000_000
        with pytest.raises(MemoryError):
            sandbox_call(bytes, 1_000_000_000)
        with pytest.raises(pg.coding.CodeError) as raised:
            run("x = bytes(1_000_000_000)", sandbox=True)
        assert isinstance(raised.value.cause, MemoryError)
    assert sandbox_call(lambda: len(bytes(300_000_000))) == 300_000_000
    with pytest.raises(ValueError), pg.coding.memory_limit(0):
        pass


def test_what_cannot_be_called():
    with pytest.raises(TypeError, match="Expected a function"):
        sandbox_call(3)


def test_without_fork(monkeypatch):
    monkeypatch.delattr(os, "fork")
    with pytest.raises(RuntimeError, match=r"os\.fork"):
        sandbox_call(int)
    assert maybe_sandbox_call(int, sandbox=False) == 0


def test_maybe():
    here = os.getpid()
    assert maybe_sandbox_call(os.getpid) != here
    assert maybe_sandbox_call(os.getpid, sandbox=True) != here
    assert maybe_sandbox_call(os.getpid, sandbox=False) == here
    # What cannot come back is computed here.
    assert maybe_sandbox_call(lambda: lambda: os.getpid())() == here
    with pytest.raises(pg.coding.SerializationError):
        maybe_sandbox_call(lambda: lambda: 1, sandbox=True)
    with pytest.raises(TimeoutError):
        maybe_sandbox_call(time.sleep, 60, timeout=0.05)
    with pytest.raises(ValueError):
        maybe_sandbox_call(int, "a")


def test_run():
    assert run("1 + 1") == 2
    assert run("a + 1", global_vars={"a": 1}) == 2
    assert run("print(1)", returns_stdout=True) == "1\n"
    assert run("x = 1", outputs_intermediate=True)["x"] == 1
    code = "import os\nos.getpid()"
    assert run(code) != os.getpid()
    assert run(code, sandbox=False) == os.getpid()
    assert run("class A: x = 1\nA()").x == 1
    with pytest.raises(pg.coding.SerializationError):
        run("class A: x = 1\nA()", sandbox=True)
    with pytest.raises(TimeoutError):
        run("while True: pass", timeout=0.2)
    with pytest.raises(pg.coding.CodeError, match="is not allowed"):
        run("import os", permission=pg.coding.CodePermission.BASIC)
    with (
        pg.coding.permission(pg.coding.CodePermission.BASIC),
        pytest.raises(pg.coding.CodeError),
    ):
        run("import os")
