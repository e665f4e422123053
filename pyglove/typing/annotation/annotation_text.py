"""Conversion of text to type annotations, which need not exist yet."""

import builtins
import re
import types
import typing

from pyglove.typing.field.spec_work import check_annotation
from pyglove.typing.field.value_spec import ValueSpec
from pyglove.utils import PyGloveSyntaxError, PyGloveTypeError
from pyglove.utils.code_error import CodeError
from pyglove.utils.lazy_module import ast

_DOTTED_NAME = r"[^\W\d]\w*(\.[^\W\d]\w*)*"

_Unresolved = typing.ForwardRef


def annotation_from_str(
    annotation_str: str, parent_module: types.ModuleType | str | None = None
) -> typing.Any:
    """Converts text to a type annotation.

    The text is parsed, not evaluated. It may consist of names, type arguments, `|` and
    nested text. Values in `Literal[...]` and metadata in `Annotated[...]` may be
    literals, names, f-strings, and value specs such as `pg.typing.Int(min_value=1)`.

    Args:
      annotation_str: The text of an annotation.
      parent_module: The module in which to look up names. If it is the name of a
        module, names are not looked up before a forward reference is resolved.

    Returns:
      The annotation, with a `typing.ForwardRef` for each name that does not exist.

    Raises:
      SyntaxError: The text is not an annotation.
      TypeError: This is no text; it has arguments for a type that does not exist,
        or that takes none; or it has a name that a module lacks.
      RuntimeError: Code stands where a literal is expected (a
        `pg.coding.CodeError`).

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.annotation_from_str('list[int | None]')
      list[int | None]
      >>> pgt.annotation_from_str('NotThereYet')
      ForwardRef('NotThereYet')
    """
    if not isinstance(annotation_str, str):
        raise PyGloveTypeError(
            f"Expected the text of an annotation, got {annotation_str!r}."
        )
    check_annotation(annotation_str)
    text = annotation_str.strip()
    if re.fullmatch(_DOTTED_NAME, text):
        found = _Evaluator(parent_module, text).name(text)
        if found is typing.Literal:
            raise _bare_literal(text)
        return found
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise PyGloveSyntaxError(
            f"Expected the text of an annotation, got {text!r}: {error}."
        ) from error
    return _Evaluator(parent_module, text).annotation(tree.body)


class _Evaluator:
    """Evaluates the syntax tree of an annotation."""

    def __init__(self, module: types.ModuleType | str | None, text: str) -> None:
        self._module = module
        self._scope = vars(module) if isinstance(module, types.ModuleType) else {}
        self._text = text

    def annotation(self, node: "ast.expr") -> typing.Any:
        match node:
            case ast.Name() | ast.Attribute():
                found = self.name(self._dotted(node))
                if found is typing.Literal:
                    raise _bare_literal(self._text)
                return found
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
        value: typing.Any = None
        name = first
        try:
            value = scope[first] if first in scope else getattr(builtins, first)
            for name in rest:
                value = getattr(value, name)
        except AttributeError:
            if _is_complete_module(value):
                raise PyGloveTypeError(
                    f"Expected the name of a type, got {dotted!r}: module "
                    f"{value.__name__!r} has no {name!r}."
                ) from None
            return _Unresolved(dotted, module=self._module)
        return value

    def _dotted(self, node: "ast.expr") -> str:
        match node:
            case ast.Name():
                return node.id
            case ast.Attribute():
                return f"{self._dotted(node.value)}.{node.attr}"
        raise self._error(node)

    def _subscript(self, node: "ast.Subscript") -> typing.Any:
        origin = self._origin(node.value)
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

    def _origin(self, node: "ast.expr") -> typing.Any:
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self.name(self._dotted(node))
        return self.annotation(node)

    def _union(self, node: "ast.BinOp") -> typing.Any:
        left, right = self.annotation(node.left), self.annotation(node.right)
        try:
            return left | right
        except TypeError:
            return typing.Union[left, right]  # noqa: UP007 - forward references.

    def _value(self, node: "ast.expr") -> typing.Any:
        """Evaluates a literal or metadata."""
        match node:
            case ast.Name() | ast.Attribute() if _is_dotted(node):
                found = self.name(self._dotted(node))
                if not isinstance(found, _Unresolved):
                    return found
            case ast.JoinedStr():
                return "".join(map(self._text_of, node.values))
            case ast.Tuple():
                return tuple(map(self._value, node.elts))
            case ast.Call() if _is_dotted(node.func):
                return self._call(node)
            case _:
                try:
                    return ast.literal_eval(node)
                except (ValueError, TypeError, SyntaxError, MemoryError):
                    pass
        raise self._code_error(node)

    def _text_of(self, part: "ast.expr") -> str:
        """Returns the text of a part of an f-string."""
        match part:
            case ast.Constant(value=str() as text):
                return text
            case ast.FormattedValue(conversion=-1, format_spec=None):
                return str(self._value(part.value))
            case ast.FormattedValue(conversion=114, format_spec=None):  # `!r`
                return repr(self._value(part.value))
        raise self._code_error(part)

    def _call(self, node: "ast.Call") -> typing.Any:
        """Creates a value spec or a dict; nothing else may be called."""
        callee = self.name(self._dotted(node.func))
        is_spec = isinstance(callee, type) and issubclass(callee, ValueSpec)
        if not is_spec and callee is not dict:
            raise self._code_error(node)
        if any(keyword.arg is None for keyword in node.keywords):
            raise self._code_error(node)
        args = [self._argument(arg) for arg in node.args]
        kwargs = {str(k.arg): self._argument(k.value) for k in node.keywords}
        return callee(*args, **kwargs)

    def _argument(self, node: "ast.expr") -> typing.Any:
        """Evaluates an argument of a value spec, which may contain annotations."""
        match node:
            case ast.List():
                return [self._argument(item) for item in node.elts]
            case ast.Tuple():
                return tuple(self._argument(item) for item in node.elts)
            case ast.Subscript() | ast.BinOp(op=ast.BitOr()):
                return self.annotation(node)
        return self._value(node)

    def _code_error(self, node: "ast.expr") -> Exception:
        code = ast.unparse(node)
        return CodeError(
            code,
            PyGloveSyntaxError(
                f"Expected a literal or a name, got {code!r} in annotation "
                f"{self._text!r}. Assign the value to a name of the module."
            ),
        )

    def _error(self, node: "ast.expr") -> SyntaxError:
        return PyGloveSyntaxError(
            f"Expected the name of a type, got {ast.unparse(node)!r} at position "
            f"{node.col_offset}.\n\n{self._text}\n{' ' * node.col_offset}^"
        )


def _is_dotted(node: "ast.expr") -> bool:
    """Whether a node is a name, with or without dots."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _is_complete_module(value: typing.Any) -> bool:
    """Whether a value is a module whose import is finished."""
    if not isinstance(value, types.ModuleType):
        return False
    return not getattr(value.__spec__, "_initializing", False)


def _bare_literal(text: str) -> SyntaxError:
    return PyGloveSyntaxError(
        f"Expected values after `Literal`, as in `Literal['a', 'b']`, got {text!r}."
    )
