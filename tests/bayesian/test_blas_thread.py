import threading

import numpy as np
import pytest

from pyglove.bayesian import blas_thread

np.ones((2, 2)) @ np.ones((2, 2))  # Loads what multiplies matrices.


def counts():
    return [library.get() for library in blas_thread._libraries()]


def test_one_thread_within_and_as_before_without():
    before = counts()
    with blas_thread.single_thread():
        assert set(counts()) <= {1}
        with blas_thread.single_thread():
            assert set(counts()) <= {1}
        assert set(counts()) <= {1}
    assert counts() == before


def test_an_error_restores_what_was_before():
    before = counts()
    with pytest.raises(KeyError), blas_thread.single_thread():
        raise KeyError
    assert counts() == before


def test_several_threads_at_once():
    before = counts()
    barrier = threading.Barrier(4)

    def work():
        for _ in range(50):
            with blas_thread.single_thread():
                pass
        barrier.wait(10)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts() == before


def test_where_the_system_does_not_tell(monkeypatch, tmp_path):
    monkeypatch.setattr(blas_thread, "_MAPS", tmp_path / "missing")
    assert blas_thread._libraries.__wrapped__() == []


def test_what_is_no_library(tmp_path):
    path = tmp_path / "libopenblas.so"
    path.write_text("nothing")
    assert blas_thread._find_functions(str(path)) is None
