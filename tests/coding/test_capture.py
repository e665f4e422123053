"""What code prints, captured for each thread apart."""

import io
import sys
import threading

from pyglove.coding import evaluate


def test_nested_captures():
    code = "print(1)\nx = evaluate('print(2)', returns_stdout=True)\nprint(3)"
    result = evaluate(code, global_vars={"evaluate": evaluate}, returns_stdout=True)
    assert result == "1\n3\n"


def test_threads_capture_for_themselves():
    stdout = sys.stdout
    barrier = threading.Barrier(8)
    results = {}

    def work(i):
        barrier.wait()
        for _ in range(20):
            code = f"for _ in range(5): print({i})"
            results[i] = evaluate(code, returns_stdout=True)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {i: f"{i}\n" * 5 for i in range(8)}
    assert sys.stdout is stdout


def test_a_stream_that_is_set_meanwhile_stays(monkeypatch):
    other = io.StringIO()
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    evaluate("sys.stdout = other", global_vars={"sys": sys, "other": other})
    assert sys.stdout is other
