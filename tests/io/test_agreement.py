"""Files in memory do what files on a disk do, whatever is done to them."""

import errno
import pathlib
import shutil
import tempfile

from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg

PATHS = st.sampled_from(["a", "b", "a/a", "a/b", "b/a", "a/a/a", "", "./a", "a//b"])
SAME_FILE = object()
NAMES = st.sampled_from(["", "1", "1\n2\n"])


def operations():
    """One operation: a function of a root, as a name and its arguments."""
    names = "mkdir mkdirs rm rmdir listdir isdir path_exists readfile"
    one = st.sampled_from(names.split())
    return st.one_of(
        st.tuples(one, PATHS),
        st.tuples(st.just("writefile"), PATHS, NAMES, st.sampled_from("wax")),
        st.tuples(st.sampled_from(["copy", "rename"]), PATHS, PATHS),
        st.tuples(st.just("glob"), st.sampled_from(["*", "**", "*/*", "**/a", "?/**"])),
    )


def outcome(root, operation):
    """What an operation returns or raises, without the root."""
    name, path, *args = operation
    path = f"{root}/{path}".rstrip("/")
    try:
        if name in ("copy", "rename"):
            value = getattr(pg.io, name)(path, f"{root}/{args[0]}".rstrip("/"))
        elif name == "writefile":
            value = pg.io.writefile(path, args[0], mode=args[1])
        else:
            value = getattr(pg.io, name)(path)
    except shutil.SameFileError:
        return SAME_FILE
    except OSError as error:
        return errno.errorcode[error.errno]
    if isinstance(value, list):
        return sorted(str(item).removeprefix(root) for item in value)
    return value


def tree(root):
    """All that is there."""
    return {
        path.removeprefix(root): pg.io.isdir(path) or pg.io.readfile(path)
        for path in pg.io.glob(f"{root}/**")
    }


@given(st.lists(operations(), max_size=12))
def test_memory_agrees_with_the_disk(steps):
    fs = pg.io.MemoryFileSystem("/agreement/")
    pg.io.add_file_system("/agreement/", fs)
    fs.mkdir("/agreement/root")
    with tempfile.TemporaryDirectory() as folder:
        disk = str(pathlib.Path(folder) / "root")
        pg.io.mkdir(disk)
        for step in steps:
            expected = outcome(disk, step)
            # In memory, to copy a file to itself is no error.
            assert outcome("/agreement/root", step) == expected or expected is SAME_FILE
        assert tree("/agreement/root") == tree(disk)
