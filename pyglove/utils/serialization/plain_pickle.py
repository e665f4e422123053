"""Reads pickles of plain values, without unpickling.

Unpickling may run any code. The pickles of plain values of the standard library (byte
strings, sets, dates, enumerators, ...) consist of few instructions. This reader
interprets these, and rejects all others.
"""

import datetime
import enum
import importlib
import re
from collections.abc import Callable
from typing import Any

from pyglove.utils.error import UntrustedError
from pyglove.utils.serialization.collision import Buckets, check_collisions
from pyglove.utils.serialization.trust import LoadOptions, find_symbol

# Hashing nested tuples recurses in C, and may crash for deep ones.
_MAX_DEPTH = 50

_CONTAINERS = (tuple, list, set, frozenset)


def read_plain_pickle(data: bytes, options: LoadOptions) -> Any:
    """Reads a pickle of a plain value.

    Args:
      data: The pickle.
      options: The permissions of the document.

    Returns:
      The value.

    Raises:
      TypeError: The value is not plain, or the pickle is malformed.
    """
    try:
        return _Reader(options).read(data)
    except UntrustedError:
        raise
    except (LookupError, ValueError, TypeError, ArithmeticError) as e:
        raise _refusal("malformed data") from e


def _refusal(what: str) -> UntrustedError:
    return UntrustedError("an opaque object", f"reading it back takes pickle ({what})")


class _Mark:
    """A marker of the first of several operands on the stack."""


class _ClassName:
    """A class that a pickle names."""

    def __init__(self, name: str) -> None:
        self.name = name


class _Reader:
    """A stack machine for the instructions that plain values need."""

    def __init__(self, options: LoadOptions) -> None:
        self._options = options
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}
        self._depths: dict[int, int] = {}
        # The members of incomplete sets, by hash.
        self._buckets: dict[int, Buckets] = {}

    def read(self, data: bytes) -> Any:
        """Runs the instructions."""
        import pickletools

        for opcode, operand, _ in pickletools.genops(data):
            if opcode.name == "STOP":
                break
            step = _STEPS.get(opcode.name)
            if step is None:
                raise _refusal(f"instruction {opcode.name}")
            step(self, operand)
        (value,) = self._stack
        if not _is_complete(value):
            raise _refusal("a bare class")
        return value

    def push(self, value: Any) -> None:
        self._stack.append(value)

    def memoize(self, _: Any) -> None:
        self._memo[len(self._memo)] = self._stack[-1]

    def put(self, index: int) -> None:
        self._memo[index] = self._stack[-1]

    def get(self, index: int) -> None:
        value = self._memo[index]
        if isinstance(value, _CONTAINERS) and value:
            # Shared parts let a small pickle expand to a value of any size.
            raise _refusal("shared parts")
        self._stack.append(value)

    def pop_to_mark(self) -> list[Any]:
        stack = self._stack
        for i in range(len(stack) - 1, -1, -1):
            if isinstance(stack[i], _Mark):
                items = stack[i + 1 :]
                del stack[i:]
                return items
        raise LookupError("no mark")

    def push_container(self, make: Callable[[list[Any]], Any], items: Any) -> None:
        """Pushes a container, unless it is nested too deeply."""
        container = make(self.check_depth(items))
        self._depths[id(container)] = self._depth(items)
        self._stack.append(container)

    def check_depth(self, items: list[Any]) -> list[Any]:
        if self._depth(items) > _MAX_DEPTH:
            raise _refusal("nested too deep")
        return items

    def _depth(self, items: list[Any]) -> int:
        return 1 + max((self._depths.get(id(item), 0) for item in items), default=0)

    def push_tuple(self, size: int) -> None:
        start = len(self._stack) - size
        if start < 0:
            raise LookupError("stack is empty")
        items = self._stack[start:]
        del self._stack[start:]
        self.push_container(tuple, items)

    def extend(self, items: list[Any]) -> None:
        """Adds items to the list or set on top of the stack."""
        target = self._stack[-1]
        self.check_depth(items)
        if isinstance(target, list):
            target.extend(items)
        elif isinstance(target, set):
            check_collisions(items, self._buckets.setdefault(id(target), {}))
            target.update(items)
        else:
            raise TypeError("not a list or set")
        depth = max(self._depths.get(id(target), 0), self._depth(items))
        self._depths[id(target)] = depth

    def name_class(self, _: Any) -> None:
        name = self._stack.pop()
        module = self._stack.pop()
        if not (isinstance(name, str) and isinstance(module, str)):
            raise TypeError("not a name")
        self._stack.append(_ClassName(f"{module}.{name}"))

    def construct(self, _: Any) -> None:
        args = self._stack.pop()
        cls = self._stack.pop()
        if not isinstance(cls, _ClassName) or not isinstance(args, tuple):
            raise TypeError("not a class with arguments")
        make = _CONSTRUCTORS.get(cls.name)
        value = self._enumerator(cls, args) if make is None else make(*args)
        self._depths[id(value)] = self._depths.get(id(args), 0)
        self._stack.append(value)

    def _enumerator(self, cls: _ClassName, args: tuple[Any, ...]) -> Any:
        if cls.name == "builtins.getattr":
            # Some versions of Python pickle enumerators by name.
            owner, member = args
            return self._enum_class(owner).__members__[member]
        return self._enum_class(cls)(*args)

    def _enum_class(self, cls: Any) -> enum.EnumMeta:
        if not isinstance(cls, _ClassName):
            raise TypeError("not a class")
        found = find_symbol("opaque object of class", cls.name, self._options)
        if not isinstance(found, enum.EnumMeta):
            raise _refusal(f"class {cls.name!r}")
        return found


def _is_complete(value: Any) -> bool:
    if isinstance(value, _CONTAINERS):
        return all(_is_complete(item) for item in value)
    return not isinstance(value, (_Mark, _ClassName))


def _standard(
    module: str, name: str, *types: type[Any], pattern: str = ""
) -> Callable[..., Any]:
    """Restricts a constructor of the standard library to arguments of some types."""

    def make(*args: Any) -> Any:
        for arg in args:
            if not isinstance(arg, types):
                raise TypeError(f"not an argument of {name}")
            if pattern and isinstance(arg, str) and not re.fullmatch(pattern, arg):
                raise ValueError(f"not the text of a {name}")
        return getattr(importlib.import_module(module), name)(*args)

    return make


def _set_of(make: Callable[[Any], Any]) -> Callable[..., Any]:
    """Restricts a constructor of sets to members without many hash collisions."""

    def make_set(items: Any = ()) -> Any:
        if not isinstance(items, (list, tuple)):
            raise TypeError("not the members of a set")
        check_collisions(items)
        return make(items)

    return make_set


_CONSTRUCTORS: dict[str, Callable[..., Any]] = {
    "builtins.bytearray": _standard("builtins", "bytearray", bytes),
    "builtins.complex": _standard("builtins", "complex", float),
    "builtins.frozenset": _set_of(frozenset),
    "builtins.set": _set_of(set),
    "builtins.range": _standard("builtins", "range", int),
    "builtins.slice": _standard("builtins", "slice", int, type(None)),
    "decimal.Decimal": _standard("decimal", "Decimal", str),
    "fractions.Fraction": _standard(
        "fractions", "Fraction", int, str, pattern=r"-?\d+(/\d+)?"
    ),
    "datetime.date": _standard("datetime", "date", bytes),
    "datetime.datetime": _standard("datetime", "datetime", bytes, datetime.timezone),
    "datetime.time": _standard("datetime", "time", bytes, datetime.timezone),
    "datetime.timedelta": _standard("datetime", "timedelta", int),
    "datetime.timezone": _standard("datetime", "timezone", datetime.timedelta, str),
    **{
        f"{module}.{name}": _standard("pathlib", name, str)
        for module in ("pathlib", "pathlib._local")
        for name in ("PosixPath", "PurePosixPath", "PureWindowsPath", "WindowsPath")
    },
}


def admit_constructor(name: str, make: Callable[..., Any]) -> None:
    """Admits values of a class of the library in pickles.

    Args:
      name: Module and qualified name of the class in pickles.
      make: Creates the value from the arguments in the pickle.
    """
    _CONSTRUCTORS[name] = make


def _push_new(make: Callable[[], Any]) -> Callable[[_Reader, Any], None]:
    return lambda reader, _: reader.push(make())


_Step = Callable[[_Reader, Any], None]

_STEPS: dict[str, _Step] = {
    **dict.fromkeys(("PROTO", "FRAME"), lambda reader, operand: None),
    **dict.fromkeys(
        (
            "BININT",
            "BININT1",
            "BININT2",
            "LONG1",
            "BINFLOAT",
            "SHORT_BINUNICODE",
            "BINUNICODE",
            "BINUNICODE8",
            "SHORT_BINBYTES",
            "BINBYTES",
            "BINBYTES8",
            "BYTEARRAY8",
        ),
        _Reader.push,
    ),
    "NONE": _push_new(lambda: None),
    "NEWTRUE": _push_new(lambda: True),
    "NEWFALSE": _push_new(lambda: False),
    "MARK": _push_new(_Mark),
    "EMPTY_TUPLE": _push_new(tuple),
    "EMPTY_LIST": _push_new(list),
    "EMPTY_SET": _push_new(set),
    "MEMOIZE": _Reader.memoize,
    "BINPUT": _Reader.put,
    "LONG_BINPUT": _Reader.put,
    "BINGET": _Reader.get,
    "LONG_BINGET": _Reader.get,
    "TUPLE": lambda reader, _: reader.push_container(tuple, reader.pop_to_mark()),
    "TUPLE1": lambda reader, _: reader.push_tuple(1),
    "TUPLE2": lambda reader, _: reader.push_tuple(2),
    "TUPLE3": lambda reader, _: reader.push_tuple(3),
    "FROZENSET": lambda reader, _: reader.push_container(
        _set_of(frozenset), reader.pop_to_mark()
    ),
    "ADDITEMS": lambda reader, _: reader.extend(reader.pop_to_mark()),
    "APPENDS": lambda reader, _: reader.extend(reader.pop_to_mark()),
    "APPEND": lambda reader, _: reader.extend([reader._stack.pop()]),
    "STACK_GLOBAL": _Reader.name_class,
    "REDUCE": _Reader.construct,
    "NEWOBJ": _Reader.construct,
}
