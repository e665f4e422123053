"""Type annotations out of their text, as far as the names in it exist."""

import ast
import builtins
import re
import types
import typing

from pyglove.utils import PyGloveTypeError

_DOTTED_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")

_Unresolved = typing.ForwardRef


def annotation_from_str(
    annotation_str: str, parent_module: types.ModuleType | str | None = None
) -> typing.Any:
    """Makes a type annotation of its text.

    Args:
        annotation_str: The text of an annotation.
        parent_module: The module in which to look up names. Given by its name, it
            is not looked into before a forward reference is resolved.

    Returns:
        The annotation, with a `typing.ForwardRef` for each name that does not exist.

    Raises:
        SyntaxError: The text is not an annotation.
        TypeError: The text has arguments for a type that does not exist, or that
            takes none.

    Example:
        >>> import pyglove.typing as pgt
        >>> pgt.annotation_from_str('list[int | None]')
        list[int | None]
        >>> pgt.annotation_from_str('NotThereYet')
        ForwardRef('NotThereYet')
    """
    text = annotation_str.strip()
    if _DOTTED_NAME.fullmatch(text):
        return _Evaluator(parent_module, text).name(text)
    tree = ast.parse(text, mode="eval")
    return _Evaluator(parent_module, text).annotation(tree.body)


class _Evaluator:
    """Evaluates the syntax tree of an annotation."""

    def __init__(self, module: types.ModuleType | str | None, text: str) -> None:
        self._module = module
        self._scope = vars(module) if isinstance(module, types.ModuleType) else {}
        self._text = text

    def annotation(self, node: ast.expr) -> typing.Any:
        match node:
            case ast.Name() | ast.Attribute():
                return self.name(self._dotted(node))
            case ast.Subscript():
                return self._subscript(node)
            case ast.BinOp(op=ast.BitOr()):
                return self._union(node)
            case ast.List():
                return [self.annotation(item) for item in node.elts]
            case ast.Constant(value=None):
                return None
            case ast.Constant(value=value) if value is ...:
                return ...
            case ast.Constant(value=str() as text):
                return annotation_from_str(text, self._module)
        raise self._error(node)

    def name(self, dotted: str) -> typing.Any:
        if dotted == "None":
            return None
        first, *rest = dotted.split(".")
        scope = self._scope
        try:
            value = scope[first] if first in scope else getattr(builtins, first)
            for name in rest:
                value = getattr(value, name)
        except AttributeError:
            return _Unresolved(dotted, module=self._module)
        return value

    def _dotted(self, node: ast.expr) -> str:
        match node:
            case ast.Name():
                return node.id
            case ast.Attribute():
                return f"{self._dotted(node.value)}.{node.attr}"
        raise self._error(node)

    def _subscript(self, node: ast.Subscript) -> typing.Any:
        origin = self.annotation(node.value)
        items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if origin is typing.Literal:
            args = tuple(self._value(item) for item in items)
        elif origin is typing.Annotated:
            args = (
                self.annotation(items[0]),
                *(self._value(item) for item in items[1:]),
            )
        else:
            args = tuple(self.annotation(item) for item in items)
        if isinstance(origin, _Unresolved):
            raise PyGloveTypeError(
                f"Expected a type that exists before '[', got "
                f"{origin.__forward_arg__!r} in annotation {self._text!r}."
            )
        if len(args) == 1 and not isinstance(node.slice, ast.Tuple):
            return origin[args[0]]
        return origin[args]

    def _union(self, node: ast.BinOp) -> typing.Any:
        left, right = self.annotation(node.left), self.annotation(node.right)
        try:
            return left | right
        except TypeError:
            return typing.Union[left, right]  # noqa: UP007 - forward references.

    def _value(self, node: ast.expr) -> typing.Any:
        """Evaluates what is not a type: a literal, or metadata."""
        try:
            return ast.literal_eval(node)
        except ValueError:
            pass
        scope = dict(self._scope)
        code = compile(ast.Expression(node), "<annotation>", "eval")
        return eval(code, scope)

    def _error(self, node: ast.expr) -> SyntaxError:
        return SyntaxError(
            f"Expected type identifier, got {ast.unparse(node)!r} at position "
            f"{node.col_offset}.\n\n{self._text}\n{' ' * node.col_offset}^"
        )
