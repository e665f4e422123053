"""Files, file systems and sequences."""

import os
import pathlib
import tempfile

import pyglove as pg

IO = pg.io
STD = tempfile.mkdtemp()
MEM = "/mem/snippets"


def shown(function, *args, **kwargs):
    """What a call does, without the folder that it was done in."""
    try:
        value = function(*args, **kwargs)
    except OSError as error:
        return type(error).__name__
    if isinstance(value, list):
        value = sorted(value)
    return repr(value).replace(STD, "STD")


class Recorder(IO.FileSystem):
    """Prints the calls of some methods."""


def recording(name):
    def method(self, *args, **kwargs):
        print(name, args, kwargs)
        return [] if name in ("listdir", "glob") else None

    return method


for _name in sorted(IO.FileSystem.__abstractmethods__):
    setattr(Recorder, _name, recording(_name))
Recorder.__abstractmethods__ = frozenset()
IO.add_file_system("/rec/", Recorder())


class Format(IO.SequenceIO):
    def open(self, path, mode, *, perms, serializer, deserializer, **kwargs):
        return path, mode, perms, serializer, deserializer


IO.add_sequence_io("rec", Format())


# Snippets
[shown(IO.mkdirs, root) for root in (STD, MEM)]
[shown(IO.mkdirs, root, exist_ok=False) for root in (STD, MEM)]
[shown(IO.mkdir, root) for root in (STD, MEM)]
[shown(IO.mkdir, root + "/x") for root in (STD, MEM)]
[shown(IO.mkdir, root + "/no/y") for root in (STD, MEM)]
[shown(IO.listdir, root) for root in (STD, MEM)]
[shown(IO.listdir, root, fullpath=True) for root in (STD, MEM)]
[shown(IO.listdir, root + "/no") for root in (STD, MEM)]
[shown(IO.writefile, root + "/f", "hello\nworld\n") for root in (STD, MEM)]
[shown(IO.readfile, root + "/f") for root in (STD, MEM)]
shown(IO.readfile, STD + "/f", mode="rb")
# Expected difference: files-in-memory-are-files
shown(IO.readfile, MEM + "/f", mode="rb")
[shown(IO.readfile, root + "/no") for root in (STD, MEM)]
[shown(IO.readfile, root + "/no", nonexist_ok=True) for root in (STD, MEM)]
[shown(IO.writefile, root + "/b", b"ab", mode="wb") for root in (STD, MEM)]
[shown(IO.readfile, root + "/b", mode="rb") for root in (STD, MEM)]
[shown(IO.writefile, root + "/no/f", "x") for root in (STD, MEM)]
IO.writefile(STD + "/g", b"x")
IO.writefile(MEM + "/g", b"x")
shown(IO.writefile, STD + "/f", "more", mode="a"), shown(IO.readfile, STD + "/f")
IO.writefile(MEM + "/f", "more", mode="a")
# Expected difference: files-in-memory-are-files
IO.readfile(MEM + "/f")
IO.writefile(STD + "/p", "x", perms=0o600), oct(os.stat(STD + "/p").st_mode)
IO.writefile(STD + "/p", "x"), oct(os.stat(STD + "/p").st_mode)
f = IO.open(STD + "/f")
f.readline(), f.tell(), f.seek(0), f.read(3), f.read(None), f.read(), f.readline()
f.seek(0, 2)
f.write("x")
f.close()
f.read()
IO.writefile(MEM + "/r", "hello\nworld\n")
f = IO.open(MEM + "/r")
f.readline(), f.tell(), f.seek(0), f.read(3), f.read(None), f.read(), f.readline()
# Expected difference: files-in-memory-are-files
f.write("x")
f.close()
# Expected difference: files-in-memory-are-files
f.read()
IO.open(STD + "/f", "q")
# Expected difference: files-in-memory-are-files
type(IO.open(MEM + "/r", "q")).__name__
[shown(IO.open, root + "/x") for root in (STD, MEM)]
[shown(IO.open, root + "/x", "w") for root in (STD, MEM)]
[type(IO.open(root + "/f")).__name__ for root in (STD, MEM)]
with IO.open(MEM + "/c", "w") as f:
    print(f.write("abc"), IO.readfile(MEM + "/c"))
    f.flush()
    print(IO.readfile(MEM + "/c"))
[IO.mkdirs(root + "/x/y") for root in (STD, MEM)]
[IO.writefile(root + "/x/y/z.txt", "1") for root in (STD, MEM)]
[shown(IO.glob, root + "/?") for root in (STD, MEM)]
[shown(IO.glob, root + "/[fx]") for root in (STD, MEM)]
[shown(IO.glob, root + "/f") for root in (STD, MEM)]
[shown(IO.glob, root + "/no*") for root in (STD, MEM)]
# Expected difference: globs-are-the-same-everywhere
[shown(IO.glob, root + "/**/*.txt") for root in (STD, MEM)]
# Expected difference: globs-are-the-same-everywhere
[shown(IO.glob, root + "/*/*") for root in (STD, MEM)]
[shown(IO.rename, root + "/f", root + "/g") for root in (STD, MEM)]
[shown(IO.rename, root + "/f", root + "/g") for root in (STD, MEM)]
[shown(IO.rename, root + "/x", root + "/xx") for root in (STD, MEM)]
[shown(IO.readfile, root + "/xx/y/z.txt") for root in (STD, MEM)]
[shown(IO.rename, root + "/g", root + "/no/g") for root in (STD, MEM)]
[shown(IO.rename, root + "/g", root + "/xx") for root in (STD, MEM)]
[shown(IO.copy, root + "/g", root + "/h") for root in (STD, MEM)]
[shown(IO.copy, root + "/no", root + "/h") for root in (STD, MEM)]
[shown(IO.copy, root + "/xx", root + "/i") for root in (STD, MEM)]
[shown(IO.copy, root + "/g", root + "/xx") for root in (STD, MEM)]
[shown(IO.listdir, root + "/xx") for root in (STD, MEM)]
[shown(IO.copy, root + "/g", root + "/no/h") for root in (STD, MEM)]
[shown(IO.rm, root + "/h") for root in (STD, MEM)]
[shown(IO.rm, root + "/h") for root in (STD, MEM)]
[shown(IO.rm, root + "/xx") for root in (STD, MEM)]
[shown(IO.rmdir, root + "/xx") for root in (STD, MEM)]
[shown(IO.rmdir, root + "/no") for root in (STD, MEM)]
[shown(IO.rmdir, root + "/g") for root in (STD, MEM)]
[IO.mkdirs(root + "/d/e/f") for root in (STD, MEM)]
[shown(IO.rmdir, root + "/d/e/f") for root in (STD, MEM)]
[shown(IO.rmdirs, root + "/d/e") for root in (STD, MEM)]
[shown(IO.rmdirs, root + "/xx") for root in (STD, MEM)]
[shown(IO.rmdirs, root + "/no") for root in (STD, MEM)]
[shown(IO.listdir, root) for root in (STD, MEM)]
[shown(IO.chmod, root + "/g", 0o600) for root in (STD, MEM)]
# Expected difference: files-in-memory-are-files
[shown(IO.chmod, root + "/no", 0o600) for root in (STD, MEM)]
[type(IO.getctime(root + "/g")).__name__ for root in (STD, MEM)]
[type(IO.getmtime(root + "/g")).__name__ for root in (STD, MEM)]
[shown(IO.getmtime, root + "/no") for root in (STD, MEM)]
[[IO.path_exists(root + p) for p in ("", "/g", "/xx", "/no")] for root in (STD, MEM)]
[[IO.isdir(root + p) for p in ("", "/g", "/xx", "/no")] for root in (STD, MEM)]
[shown(IO.mkdir, root + "/g") for root in (STD, MEM)]
# Expected difference: files-in-memory-are-files
[shown(IO.mkdirs, root + "/g") for root in (STD, MEM)]
[shown(IO.mkdirs, root + "/g/a") for root in (STD, MEM)]
# Expected difference: files-in-memory-are-files
[shown(IO.listdir, root + "/g") for root in (STD, MEM)]
# Expected difference: files-in-memory-are-files
[IO.readfile(pathlib.Path(root) / "g") for root in (STD, MEM)]
# Expected difference: files-in-memory-are-files
[shown(IO.readfile, root + "/xx/../g") for root in (STD, MEM)]
[IO.resolve_path(p) for p in ("a/../b", pathlib.PurePosixPath("a/b"), "~/x", "")]
# Expected difference: copies-go-anywhere
shown(IO.copy, MEM + "/g", STD + "/other")
# Expected difference: copies-go-anywhere
shown(IO.rename, STD + "/xx/g", MEM + "/other")
# Expected difference: prefixes-can-be-registered-again
IO.isdir("/mem")
# Expected difference: urls-need-fsspec
IO.path_exists("unknown-protocol://a/b")
IO.open("/rec/a")
IO.open("/rec/a", "w", x=1)
IO.listdir("/rec/a")
IO.glob("/rec/*")
IO.mkdir("/rec/a", 0o700)
IO.mkdirs("/rec/a", 0o700, False)
IO.rm("/rec/a"), IO.rmdir("/rec/a"), IO.rmdirs("/rec/a")
IO.rename("/rec/a", "/rec/b")
IO.copy("/rec/a", "/rec/b")
IO.chmod("/rec/a", 0o600)
IO.path_exists("/rec/a"), IO.isdir("/rec/a")
IO.getctime("/rec/a"), IO.getmtime("/rec/a")
IO.File()
IO.FileSystem()
with IO.open_sequence(MEM + "/s/a.txt", "w") as s:
    s.add("a"), s.add("b\n"), s.add(""), s.add("c")
IO.readfile(MEM + "/s/a.txt")
with IO.open_sequence(MEM + "/s/a.txt") as s:
    print([x for x in s], [x for x in s])
with IO.open_sequence(MEM + "/s/a.txt", deserializer=len) as s:
    print([x for x in s])
# Expected difference: records-are-lines
list(IO.open_sequence(MEM + "/s/a.txt"))
len(IO.open_sequence(MEM + "/s/a.txt"))
IO.open_sequence(MEM + "/s/a.txt", "a").add(1)
IO.open_sequence(MEM + "/s/b.txt", "w").add(b"x")
# Expected difference: records-are-lines
IO.open_sequence(MEM + "/s/b.txt", "w").add("x\ny")
IO.open_sequence(MEM + "/s/no.txt")
IO.open_sequence(MEM + "/no/x.txt", "w", make_dirs_if_not_exist=False)
with IO.open_sequence(MEM + "/s/c.txt", "w", serializer=str) as s:
    s.add(1), s.add(2)
with IO.open_sequence(MEM + "/s/c.txt", deserializer=int) as s:
    print([x for x in s])
with IO.open_sequence("/a/b.mem", "w") as s:
    s.add("x\ny"), s.add(b"z"), print(len(s), type(s).__name__)
with IO.open_sequence("/a/b.mem") as s:
    print(len(s), list(s), list(s))
with IO.open_sequence("/a/b.mem", "a") as s:
    s.add("w"), print(len(s))
IO.open_sequence("/a/b.mem").add("x")
list(IO.open_sequence("/a/b.mem", "w"))
IO.open_sequence("/a/b.mem", "w").add(1)
len(IO.open_sequence("/a/c.mem"))
len(IO.open_sequence("/a/b.mem@3"))
IO.open_sequence("/tmp/x.rec")
IO.open_sequence("/tmp/x.rec", "r", perms=None, serializer=str, deserializer=int)
pg.save(pg.Dict(x=1), MEM + "/v/a.json")
pg.load(MEM + "/v/a.json")
IO.readfile(MEM + "/v/a.json")
pg.save(pg.Dict(x=1), MEM + "/v/a.txt", file_format="txt")
IO.readfile(MEM + "/v/a.txt")
with pg.open_jsonl(MEM + "/v/a.jsonl", "w") as s:
    s.add(pg.Dict(x=1)), s.add([1, "a\nb"]), print(type(s).__name__)
with pg.open_jsonl(MEM + "/v/a.jsonl") as s:
    print([x for x in s])
# Expected difference: saved-files-respect-the-umask
pg.save(1, STD + "/v/a.json"), oct(os.stat(STD + "/v/a.json").st_mode)
