"""Transfer of results and errors from one process to another, errors whole.

Python pickles an error as its class and arguments. That loses its cause, context and
traceback, and fails for classes whose constructors take other arguments, and for those
defined in the code that was run. Here each error is sent with all of these; its
traceback becomes a note. The class of an error that the receiver does not have is made
anew, as a subclass of the next of its bases that it has.
"""

import io
import pickle
import traceback
from typing import Any

from pyglove.coding.error import SerializationError

_NOTE = "Traceback in the sandbox:\n"


def dump_result(value: Any) -> bytes:
    """Returns a result as bytes.

    Args:
        value: The result.

    Raises:
        SerializationError: It cannot be pickled.
    """
    return _dump(("result", value), type(value).__name__)


def dump_error(error: BaseException) -> bytes:
    """Returns an error, with all that led to it, as bytes.

    Args:
        error: The error.
    """
    return _dump(("error", error), "error")


def load(data: bytes) -> tuple[str, Any]:
    """Returns ('result', value) or ('error', error) out of bytes.

    Args:
        data: What `dump_result` or `dump_error` returned.

    Raises:
        SerializationError: This process lacks what the bytes refer to.
    """
    try:
        return pickle.loads(data)
    except Exception as error:
        raise SerializationError(
            "Expected a result that this process can unpickle.", error
        ) from error


def _dump(value: Any, what: str) -> bytes:
    buffer = io.BytesIO()
    try:
        _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(value)
    except Exception as error:
        raise SerializationError(
            f"Expected a result that can be pickled, got an object of type {what!r}.",
            error,
        ) from error
    return buffer.getvalue()


class _Pickler(pickle.Pickler):
    """Pickles errors whole."""

    def reducer_override(self, obj: Any) -> Any:
        if not isinstance(obj, BaseException):
            return NotImplemented
        state = {
            "attributes": _attributes(obj),
            "cause": obj.__cause__,
            "context": obj.__context__,
            "suppress": obj.__suppress_context__,
        }
        function, args = _recipe(obj)
        return function, args, state, None, None, _set_state


def _attributes(error: BaseException) -> dict[str, Any]:
    result = {}
    for name, value in vars(error).items():
        if _can_send(value):
            result[name] = value
    if error.__traceback__ is not None:
        note = _NOTE + "".join(traceback.format_tb(error.__traceback__))
        notes = result.get("__notes__", [])
        result["__notes__"] = [*(n for n in notes if not n.startswith(_NOTE)), note]
    return result


def _set_state(error: BaseException, state: dict[str, Any]) -> None:
    vars(error).update(state["attributes"])
    error.__cause__ = state["cause"]
    error.__context__ = state["context"]
    error.__suppress_context__ = state["suppress"]


def _recipe(error: BaseException) -> tuple[Any, tuple[Any, ...]]:
    """Returns a function, and its arguments, that make such an error."""
    cls = type(error)
    args = tuple(arg if _can_send(arg) else repr(arg) for arg in error.args)
    if not _can_pickle(cls):
        base = next(base for base in cls.__mro__ if _can_pickle(base))
        return _make_other, (base, cls.__name__, cls.__module__, args, str(error))
    reduced: Any = error.__reduce__()
    try:
        remade = reduced[0](*reduced[1])
        if type(remade) is cls and all(map(_can_send, (reduced[0], *reduced[1]))):
            return reduced[0], reduced[1]
    except Exception:
        pass
    return _make_bare, (cls, args)


def _make_bare(cls: type[BaseException], args: tuple[Any, ...]) -> BaseException:
    """Makes an error without a call of its constructor."""
    error = cls.__new__(cls, *args)
    error.args = args
    return error


def _make_other(
    base: type[BaseException],
    name: str,
    module: str,
    args: tuple[Any, ...],
    text: str,
) -> BaseException:
    """Makes an error of a class that looks like one that this process does not have."""
    cls = type(name, (base,), {"__module__": module, "__str__": lambda self: text})
    return _make_bare(cls, args)


def _can_send(value: Any) -> bool:
    # An error can always be sent, and trying it at each level would take long.
    return isinstance(value, BaseException) or _can_pickle(value)


def _can_pickle(value: Any) -> bool:
    try:
        _Pickler(io.BytesIO(), pickle.HIGHEST_PROTOCOL).dump(value)
    except Exception:
        return False
    return True
