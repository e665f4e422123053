"""Generation of functions out of the texts of their arguments and bodies."""

from collections.abc import Sequence
from typing import Any

from pyglove.utils.generated_code import define_within


class _NoTypeAnnotation:
    """The mark of a function that has no annotation of what it returns."""

    def __repr__(self) -> str:
        return "NO_TYPE_ANNOTATION"


NO_TYPE_ANNOTATION = _NoTypeAnnotation()


def make_function(
    name: str,
    args: Sequence[str],
    body: Sequence[str],
    *,
    exec_globals: dict[str, Any] | None = None,
    exec_locals: dict[str, Any] | None = None,
    return_type: Any = NO_TYPE_ANNOTATION,
) -> Any:
    """Makes a function of the text of its arguments and body.

    Args:
        name: The name of the function.
        args: The text of each argument, with its annotation and default if any. A '*'
            or '/' can be among them.
        body: The lines of the body, indented among each other as in a program.
        exec_globals: The globals of the function.
        exec_locals: More names that annotations, defaults and the body can use.
        return_type: The annotation of what it returns.

    Returns:
        The function.

    Raises:
        SyntaxError: A text is not Python.

    Example:
        >>> add = pg.coding.make_function(
        ...     'add', ['x: int', 'y: int = 1'], ['z = x + y', 'return z'],
        ...     return_type=int)
        >>> add(1)
        2
        >>> import inspect
        >>> print(inspect.signature(add))
        (x: int, y: int = 1) -> int
    """
    scope = {**(exec_locals or {})}
    result = ""
    if return_type is not NO_TYPE_ANNOTATION:
        type_name = "_return_type"
        while any(type_name in text for text in (*args, *body, *scope)):
            type_name += "_"
        scope[type_name] = return_type
        result = f" -> {type_name}"
    function = define_within(
        f"function {name}",
        name,
        f"({', '.join(args)}){result}",
        [line for text in body for line in text.split("\n")],
        scope,
        {"__name__": __name__} if exec_globals is None else exec_globals,
    )
    function.__qualname__ = name
    return function


__all__ = ["NO_TYPE_ANNOTATION", "make_function"]
