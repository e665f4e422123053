"""Sandboxed calls: in a process of their own, with limits on time and memory."""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

from pyglove import utils
from pyglove.coding import supervision, transfer
from pyglove.coding.code_permission import CodePermission
from pyglove.coding.error import SerializationError
from pyglove.coding.execution import evaluate
from pyglove.utils.scope import Scope

_memory_limit: Scope[int | None] = Scope("sandbox_memory_limit", None)


@contextlib.contextmanager
def memory_limit(num_bytes: int | None) -> Iterator[None]:
    """Limits the memory of sandboxed calls within a `with` block.

    A call gets that much on top of what this process has when it begins. Beyond that it
    fails with a `MemoryError`. What it starts is limited in the same way, each process
    on its own.

    Args:
        num_bytes: The limit in bytes; None for no limit.

    Yields:
        Nothing.

    Raises:
        ValueError: The limit is not positive.

    Example:
        >>> with pg.coding.memory_limit(100_000_000):
        ...     try:
        ...         pg.coding.sandbox_call(bytes, 1_000_000_000)
        ...     except MemoryError:
        ...         print('too large')
        too large
    """
    if num_bytes is not None and num_bytes <= 0:
        raise utils.PyGloveValueError(
            f"Expected a positive number of bytes, got {num_bytes!r}."
        )
    with _memory_limit.bind(num_bytes):
        yield


def sandbox_call(
    func: Callable[..., Any],
    *args: Any,
    timeout: float | None = None,
    **kwargs: Any,
) -> Any:
    """Calls a function in a process of its own.

    The process is a copy of this one, so the function and its arguments can be any.
    What it changes is lost; what it returns or raises is sent back. When it has ended,
    or its time is up, it is killed with all processes that it has started.

    This keeps accidents away: endless loops, crashes, memory that runs full. It does
    not keep anybody out. The function can read and write files, and what it returns is
    unpickled here, which a hostile function could abuse.

    Args:
        func: The function.
        *args: Positional arguments of the function.
        timeout: How many seconds it may take; None for any number.
        **kwargs: Keyword arguments of the function.

    Returns:
        What the function returns.

    Raises:
        TimeoutError: It took too long.
        SerializationError: What it returned cannot be sent back.
        RuntimeError: Its process ended without a result, such as by a crash or
            `sys.exit`; or this system has no `os.fork`.
        Exception: What the function raised, with its cause and context, and with its
            traceback in a note.

    Example:
        >>> pg.coding.sandbox_call(lambda x: x + 1, 1)
        2
        >>> import time
        >>> try:
        ...     pg.coding.sandbox_call(time.sleep, 60, timeout=0.1)
        ... except TimeoutError as error:
        ...     print(error)
        Expected a result within 0.1 seconds, got none.
    """
    if not callable(func):
        raise utils.PyGloveTypeError(f"Expected a function, got {func!r}.")
    if not hasattr(os, "fork"):
        raise utils.PyGloveRuntimeError(
            "Expected a system with os.fork for a sandboxed call. Pass "
            "`sandbox=False` to make the call in this process."
        )
    if timeout is not None and timeout <= 0:
        raise _timeout_error(timeout)
    limit = _memory_limit.get()

    def work() -> bytes:
        try:
            if limit is not None:
                _limit_memory(limit)
            return transfer.dump_result(func(*args, **kwargs))
        except (SystemExit, KeyboardInterrupt) as error:
            return _dump_error(
                utils.PyGloveRuntimeError(
                    f"Expected a result from the sandbox, got {error!r}."
                )
            )
        except BaseException as error:
            return _dump_error(error)

    outcome = supervision.call(work, timeout)
    if outcome.payload is None:
        if outcome.is_late and timeout is not None:
            raise _timeout_error(timeout)
        raise utils.PyGloveRuntimeError(
            "Expected a result from the sandbox, but its process "
            f"{_ending(outcome.status)}."
        )
    kind, value = transfer.load(outcome.payload)
    if kind == "error":
        raise value
    return value


def maybe_sandbox_call(
    func: Callable[..., Any],
    *args: Any,
    sandbox: bool | None = None,
    timeout: float | None = None,
    **kwargs: Any,
) -> Any:
    """Calls a function, in a process of its own where that is wanted and possible.

    Args:
        func: The function.
        *args: Positional arguments of the function.
        sandbox: True to call it as `sandbox_call` does, False to call it in this
            process. None to call it as `sandbox_call` does, and if its result cannot be
            sent back, once more in this process.
        timeout: How many seconds it may take; None for any number. A call in this
            process has no limit.
        **kwargs: Keyword arguments of the function.

    Returns:
        What the function returns.

    Raises:
        TimeoutError: It took too long.
        SerializationError: What it returned cannot be sent back (`sandbox=True`).
        Exception: What the function raised.

    Example:
        >>> pg.coding.maybe_sandbox_call(lambda: (lambda: 1))()
        1
    """
    if sandbox is False:
        return func(*args, **kwargs)
    try:
        return sandbox_call(func, *args, timeout=timeout, **kwargs)
    except SerializationError:
        if sandbox:
            raise
    return func(*args, **kwargs)


def run(
    code: str,
    *,
    global_vars: dict[str, Any] | None = None,
    permission: CodePermission | None = None,
    returns_stdout: bool = False,
    outputs_intermediate: bool = False,
    sandbox: bool | None = None,
    timeout: float | None = None,
) -> Any:
    r"""Runs a text of Python code, in a process of its own where possible.

    Args:
        code: The text; see `pg.coding.evaluate` for what its value is.
        global_vars: Names that the code can use.
        permission: What the code may do; see `CodePermission`.
        returns_stdout: Whether to return what the code has printed.
        outputs_intermediate: Whether to return all variables.
        sandbox: Whether to run it in a process of its own; see `maybe_sandbox_call`.
        timeout: How many seconds it may take there; None for any number.

    Returns:
        What `pg.coding.evaluate` returns.

    Raises:
        CodeError: The text is not Python, is not permitted, or raises an error.
        TimeoutError: It took too long.
        SerializationError: Its value cannot be sent back (`sandbox=True`).

    Example:
        >>> pg.coding.run('x = 1\nx + 1')
        2
    """
    return maybe_sandbox_call(
        evaluate,
        code,
        global_vars=global_vars,
        permission=permission,
        returns_stdout=returns_stdout,
        outputs_intermediate=outputs_intermediate,
        sandbox=sandbox,
        timeout=timeout,
    )


def _dump_error(error: BaseException) -> bytes:
    try:
        return transfer.dump_error(error)
    except SerializationError as failure:
        text = f"{type(error).__name__}: {error}"
        return transfer.dump_error(
            SerializationError(
                f"Expected an error that can be sent back, got {text}",
                RuntimeError(str(failure)),
            )
        )


def _timeout_error(timeout: float) -> utils.PyGloveTimeoutError:
    return utils.PyGloveTimeoutError(
        f"Expected a result within {timeout} seconds, got none."
    )


def _ending(status: int | None) -> str:
    if status is None:
        return "was killed"
    if os.WIFSIGNALED(status):
        return f"was killed by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"ended with exit code {os.WEXITSTATUS(status)}"


def _limit_memory(num_bytes: int) -> None:
    import resource

    used = 0
    with contextlib.suppress(OSError), open("/proc/self/statm") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    limit = used + num_bytes
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


__all__ = ["maybe_sandbox_call", "memory_limit", "run", "sandbox_call"]
