"""What is measured: an operation is a statement that several libraries can run.

Each module under `operations/` calls `operation` once for each row of the table. The
statement is compiled into the timing loop, so that nothing but the statement is timed;
what it refers to is made by `setup`, in a process that has one library only.
"""

import dataclasses

# The libraries in the order of the table's columns.
PUBLISHED = "published"
OURS = "ours"
PYDANTIC = "pydantic"
DATACLASSES = "dataclasses"
BUILTINS = "builtins"
OPTUNA = "optuna"
LIBRARIES = (PUBLISHED, OURS, PYDANTIC, DATACLASSES, BUILTINS, OPTUNA)
PYGLOVE = (PUBLISHED, OURS)


@dataclasses.dataclass(frozen=True)
class Code:
    """How a library does an operation.

    Attributes:
      statement: What is timed.
      setup: What runs once before, untimed: imports, and the objects to work on.
      fresh: What runs before each single run of the statement, untimed: objects
        that must not have been seen before.
    """

    statement: str
    setup: str
    fresh: str = ""


@dataclasses.dataclass(frozen=True)
class Operation:
    """One row of the table.

    Attributes:
      name: What is done.
      code: How each library that can do it does it.
      count: How many times a run of the statement does what the row names.
      asked: How many times faster than the published package we want to be.
      limits: For a peer, how much of its time ours may take: 1.5 allows half as
        much again, 0.5 asks for twice as fast.
      at_most: What ours may take, whatever others do: in seconds, or in megabytes
        for memory.
      is_memory: Whether memory is measured, at its peak, rather than time.
    """

    name: str
    code: dict[str, Code]
    count: int
    asked: float | None
    limits: dict[str, float]
    at_most: float | None = None
    is_memory: bool = False


OPERATIONS: dict[str, Operation] = {}


def operation(
    name: str,
    code: Code,
    *,
    libraries: tuple[str, ...] = PYGLOVE,
    peers: dict[str, Code] | None = None,
    count: int = 1,
    asked: float | None = None,
    limits: dict[str, float] | None = None,
    at_most: float | None = None,
    is_memory: bool = False,
) -> None:
    """Adds a row to the table.

    Args:
      name: What is done; no other row has this name.
      code: How all of `libraries` do it.
      libraries: Which libraries run this very code.
      peers: How other libraries do the same.
      count: How many times a run of the statement does what the row names.
      asked: How many times faster than the published package we want to be.
      limits: For a peer, how much of its time ours may take.
      at_most: What ours may take, in seconds or megabytes.
      is_memory: Whether memory is measured rather than time.
    """
    if name in OPERATIONS:
        raise ValueError(f"Expected a new name, got one that is taken: {name!r}.")
    everyone = {**dict.fromkeys(libraries, code), **(peers or {})}
    OPERATIONS[name] = Operation(
        name, everyone, count, asked, limits or {}, at_most, is_memory
    )
