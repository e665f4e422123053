"""The process of a sandboxed call, and its end."""

import functools
import os
import pathlib
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

import pyglove as pg
from pyglove.coding import run, sandbox_call

ROOT = pathlib.Path(__file__).resolve().parents[2]


def is_running(pid: int) -> bool:
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def wait_for(condition, seconds=10.0):
    limit = time.monotonic() + seconds
    while not condition() and time.monotonic() < limit:
        time.sleep(0.01)
    return condition()


def test_ignoring_signals_does_not_help():
    def function():
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        time.sleep(60)

    with pytest.raises(TimeoutError):
        sandbox_call(function, timeout=0.2)


def start_others(path, then):
    """Starts a child, and a daemon that has cut all its ties; writes their ids."""
    child = subprocess.Popen(["sleep", "60"])
    code = (
        "import os; os.fork() and os._exit(0); os.setsid(); os.fork() and os._exit(0)"
    )
    code += "; print(os.getpid(), flush=True); os.close(1); import time; time.sleep(60)"
    daemon = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    pid = int(daemon.stdout.readline())
    path.write_text(f"{os.getpid()} {child.pid} {pid}")
    then()


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize("then", [lambda: time.sleep(60), lambda: None])
def test_all_that_it_started_is_killed(tmp_path, then):
    path = tmp_path / "pids"
    try:
        sandbox_call(start_others, path, then, timeout=5)
    except TimeoutError:
        pass
    pids = [int(pid) for pid in path.read_text().split()]
    assert len(pids) == 3
    assert not [pid for pid in pids if is_running(pid)]


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_all_ends_with_the_caller(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent(
            f"""
            import os, sys, time
            sys.path.insert(0, {str(ROOT)!r})
            import pyglove as pg

            def work():
                print(os.getpid(), os.getppid(), flush=True)
                time.sleep(60)

            pg.coding.sandbox_call(work)
            """
        )
    )
    caller = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE)
    pids = [int(pid) for pid in caller.stdout.readline().split()]
    assert all(map(is_running, pids))
    caller.kill()
    caller.wait()
    caller.stdout.close()
    assert wait_for(lambda: not any(map(is_running, pids)))


def test_an_interrupt_ends_the_call(tmp_path, request):
    path = tmp_path / "pid"

    def work():
        path.write_text(str(os.getpid()))
        time.sleep(60)

    def interrupt():
        wait_for(lambda: path.exists() and path.read_text())
        os.kill(os.getpid(), signal.SIGINT)

    # A shell that starts the tests in the background has interrupts ignored.
    request.addfinalizer(
        functools.partial(signal.signal, signal.SIGINT, signal.getsignal(signal.SIGINT))
    )
    signal.signal(signal.SIGINT, signal.default_int_handler)
    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        sandbox_call(work)
    thread.join()
    assert wait_for(lambda: not is_running(int(path.read_text())))


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (lambda: os._exit(3), "exit code 3"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "SIGKILL"),
        (lambda: sys.exit(3), r"SystemExit\(3\)"),
    ],
)
def test_an_end_without_a_result(function, text):
    with pytest.raises(RuntimeError, match=text):
        sandbox_call(function, timeout=20)


def test_a_function_that_kills_its_supervisor(tmp_path):
    path = tmp_path / "pid"

    def work():
        path.write_text(str(os.getpid()))
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)

    with pytest.raises(TimeoutError):
        sandbox_call(work, timeout=0.5)
    assert wait_for(lambda: not is_running(int(path.read_text())))


def test_calls_in_calls():
    assert sandbox_call(lambda: sandbox_call(lambda: 1) + 1) == 2


def test_many_threads():
    results = []

    def work(i):
        for _ in range(5):
            results.append(sandbox_call(lambda: i, timeout=60))

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == sorted([*range(8)] * 5)


def test_no_pipe_stays_open():
    sandbox_call(int)
    before = len(os.listdir("/dev/fd"))
    for _ in range(5):
        sandbox_call(int)
        with pytest.raises(TimeoutError):
            sandbox_call(time.sleep, 60, timeout=0.01)
    assert len(os.listdir("/dev/fd")) == before


def test_classes_are_compiled_in_other_threads_meanwhile():
    is_over = threading.Event()

    def work():
        while not is_over.is_set():

            class Some(pg.Object):
                x: int

            Some(1).rebind(x=2)
            pg.coding.evaluate("print(1)")

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    code = "class A(pg.Object):\n  x: int\nprint(A(1).x)"
    try:
        for _ in range(10):
            names = {"pg": pg}
            assert run(code, global_vars=names, returns_stdout=True, timeout=60)
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
