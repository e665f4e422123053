"""Formatting: symbolic trees as text and as JSON values."""

from collections.abc import Container, Iterable, Sequence
from typing import Any

from pyglove import utils
from pyglove.symbolic.node.node import JSON_ATOMS, Inferential
from pyglove.symbolic.tree import comparison
from pyglove.utils.descent import Steps
from pyglove.utils.formatting import Text, indent_of, join_texts
from pyglove.utils.serialization.json_mark import write_dict, write_list

MISSING_VALUE = utils.MISSING_VALUE


def read(value: Any, use_inferred: bool) -> Any:
    """Returns a value, with references resolved if `use_inferred`."""
    if use_inferred and isinstance(value, Inferential):
        try:
            return value.infer()
        except AttributeError:  # There is no value to show instead.
            return value
    return value


def list_text_step(
    node: Any,
    compact: bool,
    verbose: bool,
    root_indent: int,
    *,
    python_format: bool,
    use_inferred: bool,
    cls_name: str | None,
    bracket_type: Any,
    include_keys: Any = None,
    exclude_keys: Any = None,
    **kwargs: Any,
) -> Steps:
    """Formats a list with an item per line, or on one line if `compact`.

    As the other functions here, it is a step of `utils.descent`.
    """
    options = dict(
        kwargs,
        compact=compact,
        verbose=verbose,
        python_format=python_format,
        use_inferred=use_inferred,
    )
    items: list[Any] = []
    for i, value in list(node.sym_items()):
        text = yield (
            read(value, use_inferred),
            root_indent + 1,
            options,
            include_keys,
            exclude_keys,
        )
        if not python_format:
            text = Text(f"{i}: " if compact else f"{i} : ", text)
        items.append(text)
    return enclose(items, compact, root_indent, cls_name, bracket_type)


def dict_text_step(
    node: Any,
    compact: bool,
    verbose: bool,
    root_indent: int,
    *,
    python_format: bool,
    hide_frozen: bool,
    hide_default_values: bool,
    hide_missing_values: bool,
    include_keys: Any,
    exclude_keys: Any,
    use_inferred: bool,
    cls_name: str | None,
    bracket_type: Any,
    key_as_attribute: bool,
    **kwargs: Any,
) -> Steps:
    """Formats a node with named children; see `items_text_step`."""
    return items_text_step(
        node,
        compact,
        verbose,
        root_indent,
        cls_name,
        bracket_type,
        # In Python code, keys of dicts are strings, and arguments of calls are names.
        is_call=not python_format or cls_name is not None,
        python_format=python_format,
        hide_frozen=hide_frozen,
        hide_default_values=hide_default_values,
        hide_missing_values=hide_missing_values,
        include_keys=include_keys,
        exclude_keys=exclude_keys,
        use_inferred=use_inferred,
        key_as_attribute=key_as_attribute,
        **kwargs,
    )


def visible_items(
    node: Any,
    hide_frozen: bool,
    hide_default_values: bool,
    hide_missing_values: bool,
    include_keys: Any,
    exclude_keys: Any,
) -> Iterable[tuple[Any, Any, Any]]:
    """Iterates over the keys, values and fields that a text or JSON form shows."""
    for key, value in node.sym_items():
        if include_keys and key not in include_keys:
            continue
        if exclude_keys and key in exclude_keys:
            continue
        field = node.sym_attr_field(key)
        if field is not None:
            if hide_frozen and field.frozen:
                continue
            if hide_default_values and is_default(field.value, value):
                continue
        if hide_missing_values and isinstance(value, utils.MissingValue):
            continue
        yield key, value, field


def is_default(spec: Any, value: Any) -> bool:
    """Returns whether a value equals the default of a spec."""
    return spec.has_default and comparison.eq(value, spec.default)


def items_text_step(
    node: Any,
    compact: bool,
    verbose: bool,
    root_indent: int,
    cls_name: str | None,
    bracket_type: Any,
    *,
    is_call: bool,
    python_format: bool = False,
    hide_frozen: bool = True,
    hide_default_values: bool = False,
    hide_missing_values: bool = False,
    include_keys: Any = None,
    exclude_keys: Any = None,
    use_inferred: bool = False,
    key_as_attribute: bool = True,
    extra_blankline_for_field_docstr: bool = False,
    **kwargs: Any,
) -> Steps:
    """Formats a node with named children.

    Args:
      node: An object or dict.
      compact: Whether to write a single line.
      verbose: Whether fields are preceded by their descriptions, as comments.
      root_indent: Indentation level of the surrounding text.
      cls_name: Text before the opening bracket.
      bracket_type: The kind of brackets.
      is_call: Whether items are written as `key=value` rather than `'key': value`.
      python_format: Whether to write Python code.
      hide_frozen: Whether fields with a fixed value are left out.
      hide_default_values: Whether values equal to the default are left out.
      hide_missing_values: Whether missing values are left out.
      include_keys: Keys to write; None for all.
      exclude_keys: Keys to leave out.
      use_inferred: Whether references are resolved first.
      key_as_attribute: Accepted for subclasses; it has no effect here.
      extra_blankline_for_field_docstr: Whether a blank line precedes each described
        field but the first.
      **kwargs: Further options, passed on to the children.
    """
    options = dict(
        kwargs,
        compact=compact,
        verbose=verbose,
        python_format=python_format,
        hide_frozen=hide_frozen,
        hide_default_values=hide_default_values,
        hide_missing_values=hide_missing_values,
        use_inferred=use_inferred,
        extra_blankline_for_field_docstr=extra_blankline_for_field_docstr,
    )
    assign = "=" if compact or python_format else " = "
    with_comments = verbose and not compact
    items: list[Any] = []
    blank_before: set[int] = set()
    for key, value, field in list(
        visible_items(
            node,
            hide_frozen,
            hide_default_values,
            hide_missing_values,
            include_keys,
            exclude_keys,
        )
    ):
        text = yield read(value, use_inferred), root_indent + 1, options
        if is_call:
            is_name = isinstance(key, (str, utils.StrKey))
            text = Text(f"{key if is_name else f'[{key}]'}{assign}", text)
        else:
            text = Text(f"{key!r}: ", text)
        if with_comments and field is not None and field.description:
            text = Text(_comment(field.description, root_indent + 1), text)
            if extra_blankline_for_field_docstr and items:
                blank_before.add(len(items))
        items.append(text)
    return enclose(items, compact, root_indent, cls_name, bracket_type, blank_before)


def _comment(description: str, indent: int) -> str:
    """Returns a description as comment lines, to precede an item."""
    prefix = indent_of(indent)
    return "".join(f"# {line}\n{prefix}" for line in description.split("\n"))


def enclose(
    items: Sequence[str | Text],
    compact: bool,
    root_indent: int,
    cls_name: str | None,
    bracket_type: Any,
    blank_before: Container[int] = (),
) -> Text:
    """Encloses items in brackets, with an item per line unless `compact`.

    Args:
      items: The texts of the items.
      compact: Whether to write a single line.
      root_indent: Indentation level of the surrounding text.
      cls_name: Text before the opening bracket.
      bracket_type: The kind of brackets.
      blank_before: The indices of the items that a blank line precedes.
    """
    opening, closing = utils.bracket_chars(bracket_type)
    opening = f"{cls_name or ''}{opening}"
    if not items:
        return Text(opening, closing)
    if compact:
        return Text(opening, join_texts(", ", items), closing)
    indent = indent_of(root_indent + 1)
    parts: list[str | Text] = [opening]
    for i, item in enumerate(items):
        gap = ",\n" if i else "\n"
        parts += (f"{gap}\n{indent}" if i in blank_before else f"{gap}{indent}", item)
    return Text(*parts, f"\n{indent_of(root_indent)}{closing}")


def list_json_step(
    node: Any,
    *,
    use_inferred: bool = False,
    omit_symbolic_marker: bool = True,
    context: Any = None,
    **kwargs: Any,
) -> Steps:
    """Returns the JSON value of a list, as a step of `utils.descent`."""
    options = dict(
        kwargs, use_inferred=use_inferred, omit_symbolic_marker=omit_symbolic_marker
    )
    items = []
    for value in list(node.sym_values()):
        if type(value) not in JSON_ATOMS:
            value = yield read(value, use_inferred), context, options
        items.append(value)
    return write_list(items, symbolic=not omit_symbolic_marker)


def dict_json_step(
    node: Any, *, omit_symbolic_marker: bool = True, **kwargs: Any
) -> Steps:
    """Returns the JSON value of a dict, as a step of `utils.descent`."""
    items = yield from items_json_step(
        node, omit_symbolic_marker=omit_symbolic_marker, **kwargs
    )
    return write_dict(items, symbolic=not omit_symbolic_marker)


def items_json_step(
    node: Any,
    *,
    hide_frozen: bool = True,
    hide_default_values: bool = False,
    exclude_keys: Any = None,
    use_inferred: bool = False,
    context: Any = None,
    **kwargs: Any,
) -> Steps:
    """Returns the JSON values of the children of an object or dict by key."""
    options = dict(
        kwargs,
        hide_frozen=hide_frozen,
        hide_default_values=hide_default_values,
        use_inferred=use_inferred,
    )
    items = {}
    for key, value, _ in list(
        visible_items(node, hide_frozen, hide_default_values, True, None, exclude_keys)
    ):
        if type(value) not in JSON_ATOMS:
            value = yield read(value, use_inferred), context, options
        items[key] = value
    return items


def within_object(options: dict[str, Any]) -> dict[str, Any]:
    """Returns the options of JSON conversion for the field values of an object.

    The lists and dicts in an object need no marker, since they always load as symbolic.
    """
    if options.get("omit_symbolic_marker", True):
        return options
    return dict(options, omit_symbolic_marker=True)


__all__ = [
    "dict_text_step",
    "items_text_step",
    "list_text_step",
    "enclose",
    "is_default",
    "dict_json_step",
    "items_json_step",
    "list_json_step",
    "read",
    "visible_items",
    "within_object",
]
