"""JSON form of values that only pickle can write.

The pickled bytes travel as text. Reading them back by `pickle` may run any code, so
it takes a trusted document. Plain values of the standard library (byte strings, sets,
dates, enumerators, ...) are read without `pickle`: a small reader understands the few
instructions that their pickles consist of, and refuses all others.
"""

import base64
import binascii
import enum
import importlib
import re
from collections.abc import Callable
from typing import Any

from pyglove.utils.error import PyGloveTypeError, PyGloveValueError, UntrustedError
from pyglove.utils.trust import LoadOptions, find_symbol

# The name under which published files carry these values.
OPAQUE_TYPE_NAME = "pyglove.core.utils.json_conversion._OpaqueObject"


def opaque_to_json(value: Any) -> dict[str, Any]:
    """Writes a value by pickling it.

    Args:
        value: The value.

    Returns:
        The JSON form.

    Raises:
        ValueError: The value cannot be pickled.
    """
    # Loading the pickle module takes a millisecond, which few programs need.
    import pickle

    try:
        data = pickle.dumps(value)
    except Exception as e:
        raise PyGloveValueError(
            f"Cannot encode opaque object {value!r} with pickle."
        ) from e
    text = base64.encodebytes(data).decode("utf-8")
    return {"_type": OPAQUE_TYPE_NAME, "value": text}


def opaque_from_json(json_value: dict[str, Any], options: LoadOptions) -> Any:
    """Reads a value that was written by `opaque_to_json`.

    Args:
        json_value: The JSON form.
        options: What the document may do.

    Returns:
        The value.

    Raises:
        TypeError: Only a trusted document may have this value.
        ValueError: The JSON form is malformed.
    """
    text = json_value.get("value")
    if not isinstance(text, str):
        raise PyGloveTypeError(
            f"Expected a str as 'value' of an opaque object in JSON, got {text!r}."
        )
    try:
        data = base64.decodebytes(text.encode("utf-8"))
    except binascii.Error as e:
        raise PyGloveValueError(
            "Cannot decode opaque object: its 'value' is not base64 text."
        ) from e
    if not options.trusted:
        return _PlainReader(options).read(data)
    import pickle

    try:
        return pickle.loads(data)
    except Exception as e:
        raise PyGloveValueError("Cannot decode opaque object with pickle.") from e


class _Mark:
    """Where a variable number of operands begins on the stack."""


class _Constructor:
    """A class, or what stands for one, that a pickle wants to call."""

    def __init__(self, name: str) -> None:
        self.name = name


class _PlainReader:
    """Reads pickles of plain values, without unpickling."""

    def __init__(self, options: LoadOptions) -> None:
        self._options = options
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}

    def read(self, data: bytes) -> Any:
        """The value that was pickled."""
        import pickletools

        try:
            for opcode, argument, _ in pickletools.genops(data):
                if opcode.name == "STOP":
                    break
                step = _STEPS.get(opcode.name)
                if step is None:
                    raise self._refusal(f"instruction {opcode.name}")
                step(self, argument)
            (value,) = self._stack
        except (LookupError, ValueError, TypeError, OverflowError) as e:
            if isinstance(e, UntrustedError):
                raise
            raise self._refusal("malformed data") from e
        if isinstance(value, (_Mark, _Constructor)):
            raise self._refusal("a bare class")
        return value

    def _refusal(self, what: str) -> UntrustedError:
        return UntrustedError(
            "an opaque object", f"reading it back takes pickle ({what})"
        )

    def push(self, value: Any) -> None:
        self._stack.append(value)

    def memoize(self, _: Any) -> None:
        self._memo[len(self._memo)] = self._stack[-1]

    def put(self, index: int) -> None:
        self._memo[index] = self._stack[-1]

    def get(self, index: int) -> None:
        self._stack.append(self._memo[index])

    def pop_to_mark(self) -> list[Any]:
        stack = self._stack
        for i in range(len(stack) - 1, -1, -1):
            if isinstance(stack[i], _Mark):
                items = stack[i + 1 :]
                del stack[i:]
                return items
        raise LookupError("no mark")

    def pop_tuple(self, size: int) -> None:
        items = tuple(self._stack[len(self._stack) - size :])
        if len(items) != size:
            raise LookupError("stack is empty")
        del self._stack[len(self._stack) - size :]
        self._stack.append(items)

    def add_items(self, _: Any) -> None:
        items = self.pop_to_mark()
        target = self._stack[-1]
        if not isinstance(target, set):
            raise TypeError("not a set")
        target.update(items)

    def append_items(self, _: Any) -> None:
        items = self.pop_to_mark()
        target = self._stack[-1]
        if not isinstance(target, list):
            raise TypeError("not a list")
        target.extend(items)

    def append_item(self, _: Any) -> None:
        item = self._stack.pop()
        target = self._stack[-1]
        if not isinstance(target, list):
            raise TypeError("not a list")
        target.append(item)

    def name_constructor(self, _: Any) -> None:
        name = self._stack.pop()
        module = self._stack.pop()
        if not (isinstance(name, str) and isinstance(module, str)):
            raise TypeError("not a name")
        self._stack.append(_Constructor(f"{module}.{name}"))

    def construct(self, _: Any) -> None:
        args = self._stack.pop()
        constructor = self._stack.pop()
        if not isinstance(constructor, _Constructor) or not isinstance(args, tuple):
            raise TypeError("not a class with arguments")
        make = _PLAIN_CONSTRUCTORS.get(constructor.name)
        value = self._enumerator(constructor, args) if make is None else make(*args)
        self._stack.append(value)

    def _enumerator(self, constructor: _Constructor, args: tuple[Any, ...]) -> Any:
        if constructor.name == "builtins.getattr" and len(args) == 2:
            # Some versions of Python pickle enumerators by their names.
            constructor, member = args
            return self._enum_class(constructor).__members__[member]
        return self._enum_class(constructor)(*args)

    def _enum_class(self, constructor: Any) -> enum.EnumMeta:
        if isinstance(constructor, _Constructor):
            cls = find_symbol("opaque object of class", constructor.name, self._options)
            if isinstance(cls, enum.EnumMeta):
                return cls
            raise self._refusal(f"class {constructor.name!r}")
        raise TypeError("not a class")


def _bytearray(data: bytes) -> bytearray:
    if not isinstance(data, bytes):
        raise TypeError("not bytes")
    return bytearray(data)


def _fraction(*args: Any) -> Any:
    if not all(isinstance(arg, int) for arg in args) and not (
        len(args) == 1
        and isinstance(args[0], str)
        and re.fullmatch(r"-?\d+(/\d+)?", args[0])
    ):
        raise TypeError("not a fraction")
    return _standard("fractions", "Fraction")(*args)


def _path(module: str, name: str) -> Callable[..., Any]:
    def make(*parts: Any) -> Any:
        if not all(isinstance(part, str) for part in parts):
            raise TypeError("not the parts of a path")
        return _standard(module, name)(*parts)

    return make


def _standard(module: str, name: str) -> Callable[..., Any]:
    """A class of the standard library, loaded when first needed."""
    return lambda *args: getattr(importlib.import_module(module), name)(*args)


_PLAIN_CONSTRUCTORS: dict[str, Callable[..., Any]] = {
    "builtins.bytearray": _bytearray,
    "builtins.complex": complex,
    "builtins.frozenset": frozenset,
    "builtins.range": range,
    "builtins.set": set,
    "builtins.slice": slice,
    "decimal.Decimal": _standard("decimal", "Decimal"),
    "fractions.Fraction": _fraction,
    **{
        f"datetime.{name}": _standard("datetime", name)
        for name in ("date", "datetime", "time", "timedelta", "timezone")
    },
    **{
        f"{module}.{name}": _path("pathlib", name)
        for module in ("pathlib", "pathlib._local")
        for name in ("PosixPath", "PurePosixPath", "PureWindowsPath", "WindowsPath")
    },
}


def _push_new(make: Callable[[], Any]) -> Callable[[_PlainReader, Any], None]:
    return lambda reader, _: reader.push(make())


def _push_operand(reader: _PlainReader, operand: Any) -> None:
    reader.push(operand)


def _ignore(reader: _PlainReader, operand: Any) -> None:
    del reader, operand


_STEPS: dict[str, Callable[[_PlainReader, Any], None]] = {
    **dict.fromkeys(("PROTO", "FRAME"), _ignore),
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
        ),
        _push_operand,
    ),
    "BYTEARRAY8": lambda reader, data: reader.push(bytearray(data)),
    "NONE": _push_new(lambda: None),
    "NEWTRUE": _push_new(lambda: True),
    "NEWFALSE": _push_new(lambda: False),
    "MARK": _push_new(_Mark),
    "EMPTY_TUPLE": _push_new(tuple),
    "EMPTY_LIST": _push_new(list),
    "EMPTY_SET": _push_new(set),
    "MEMOIZE": _PlainReader.memoize,
    "BINPUT": _PlainReader.put,
    "LONG_BINPUT": _PlainReader.put,
    "BINGET": _PlainReader.get,
    "LONG_BINGET": _PlainReader.get,
    "TUPLE": lambda reader, _: reader.push(tuple(reader.pop_to_mark())),
    "TUPLE1": lambda reader, _: reader.pop_tuple(1),
    "TUPLE2": lambda reader, _: reader.pop_tuple(2),
    "TUPLE3": lambda reader, _: reader.pop_tuple(3),
    "FROZENSET": lambda reader, _: reader.push(frozenset(reader.pop_to_mark())),
    "ADDITEMS": _PlainReader.add_items,
    "APPEND": _PlainReader.append_item,
    "APPENDS": _PlainReader.append_items,
    "STACK_GLOBAL": _PlainReader.name_constructor,
    "REDUCE": _PlainReader.construct,
}
