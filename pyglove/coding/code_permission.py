"""Permissions: which kinds of statements a text of code may have."""

import contextlib
import enum
from collections.abc import Iterator

from pyglove import utils
from pyglove.utils.scope import Scope


class _CodePermissionMeta(enum.EnumMeta):
    """Adds unions of permissions that are not members themselves."""

    @property
    def BASIC(cls) -> "CodePermission":
        """Assignments and calls."""
        return CodePermission.ASSIGN | CodePermission.CALL

    @property
    def ALL(cls) -> "CodePermission":
        """Everything."""
        return ~CodePermission(0)


class CodePermission(enum.Flag, metaclass=_CodePermissionMeta):
    """What a text of code may do.

    Expressions without calls are always permitted. `CodePermission.BASIC` is
    `ASSIGN | CALL`, and `CodePermission.ALL` is everything.

    Permissions are about what stands in the text. They cannot stop what a permitted
    statement leads to: a call may run any function that the code can get at (`open`,
    `exec`, `__import__`, or what an attribute of an object leads to), and with a class
    definition operators are calls, too. For code that may be hostile, use a sandbox of
    the operating system: a container, or a virtual machine.

    Attributes:
        ASSIGN: `x = 1`, also with an operator or an annotation; `x := 1`, `del x`.
        CONDITION: `if` and `match`, as statements.
        LOOP: `for` and `while`, as statements.
        CALL: `f()`, and decorators.
        EXCEPTION: `raise`, `assert` and `try`.
        CLASS_DEFINITION: `class`.
        FUNCTION_DEFINITION: `def`, `lambda`, `return` and `yield`.
        IMPORT: `import`.
    """

    ASSIGN = enum.auto()
    CONDITION = enum.auto()
    LOOP = enum.auto()
    CALL = enum.auto()
    EXCEPTION = enum.auto()
    CLASS_DEFINITION = enum.auto()
    FUNCTION_DEFINITION = enum.auto()
    IMPORT = enum.auto()


_permission: Scope[CodePermission | None] = Scope("code_permission", None)


@contextlib.contextmanager
def permission(perm: CodePermission | None) -> Iterator[CodePermission | None]:
    """Sets the permission for code that is run within a `with` block.

    It holds for calls that are given no permission of their own. Where blocks nest,
    the outermost one decides.

    Args:
        perm: The permission. None sets nothing.

    Yields:
        The permission that holds.

    Raises:
        TypeError: `perm` is not a permission.

    Example:
        >>> with pg.coding.permission(pg.coding.CodePermission.ASSIGN):
        ...     pg.coding.evaluate('x = 1')
        1
    """
    check_permission(perm)
    outer = _permission.get()
    with _permission.bind(perm if outer is None else outer) as current:
        yield current


def get_permission() -> CodePermission | None:
    """Returns the permission that the blocks around the caller set, None if none does.

    Returns:
        The permission.
    """
    return _permission.get()


def check_permission(perm: object) -> None:
    """Raises a `TypeError` for what is neither a permission nor None."""
    if perm is not None and not isinstance(perm, CodePermission):
        raise utils.PyGloveTypeError(
            f"Expected a pg.coding.CodePermission or None, got {perm!r}."
        )


__all__ = ["CodePermission", "check_permission", "get_permission", "permission"]
