"""BLAS threads: products of small matrices on one thread.

NumPy hands products of matrices to a library, which spreads them over all cores. For
matrices of a few hundred rows that gains little; and where the cores are busy with what
is being searched for, threads that wait for each other cost ten times as much as one.
One thread also sums up in one order, so that results are the same, to the last bit,
whatever the number of cores.
"""

import contextlib
import ctypes
import functools
import pathlib
import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple

# Names of the functions in the libraries; they depend on the build.
_PREFIXES = ("scipy_openblas_", "openblas_")
_SUFFIXES = ("64_", "")
_MAPS = pathlib.Path("/proc/self/maps")


class _Library(NamedTuple):
    """A library that is loaded.

    Attributes:
      get: Returns its number of threads.
      set: Sets its number of threads.
    """

    get: Callable[[], int]
    set: Callable[[int], None]


@functools.cache
def _libraries() -> list[_Library]:
    """Returns the libraries that NumPy may use, as far as the system tells."""
    try:
        lines = _MAPS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []  # Another system than Linux.
    paths = {line.split(maxsplit=5)[-1] for line in lines if "openblas" in line}
    found = [_find_functions(path) for path in sorted(paths)]
    return [library for library in found if library is not None]


def _find_functions(path: str) -> _Library | None:
    try:
        library = ctypes.CDLL(path)
    except OSError:
        return None
    for prefix in _PREFIXES:
        for suffix in _SUFFIXES:
            get = getattr(library, f"{prefix}get_num_threads{suffix}", None)
            set_ = getattr(library, f"{prefix}set_num_threads{suffix}", None)
            if get is not None and set_ is not None:
                return _Library(get, set_)
    return None


_lock = threading.Lock()
_num_users = 0
_before: list[int] = []


@contextlib.contextmanager
def single_thread() -> Iterator[None]:
    """Lets NumPy multiply matrices on one thread, where that can be said.

    Several threads may enter at once; the last one to leave restores the old number.
    """
    global _num_users, _before
    with _lock:
        if not _num_users:
            _before = [library.get() for library in _libraries()]
            for library in _libraries():
                library.set(1)
        _num_users += 1
    try:
        yield
    finally:
        with _lock:
            _num_users -= 1
            if not _num_users:
                for library, count in zip(_libraries(), _before, strict=True):
                    library.set(count)
