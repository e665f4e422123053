"""Object forms: equality, hash, JSON value and text of objects, compiled per class.

These are needed for every node of a tree, so each class has generated functions that
name its fields one by one. They are compiled when one of them is first called, and
handle complete instances of exactly this class. All other cases go to their
interpretive twins in this module, which define the result.
"""

import threading
from collections.abc import Sequence
from typing import Any

from pyglove import typing as pg_typing
from pyglove.symbolic.compiled.compilation import FieldPlan, compile_form, is_compilable
from pyglove.symbolic.node.node import ATOMS, JSON_ATOMS, REFERS, is_default
from pyglove.symbolic.node.own_method import formats_as_usual
from pyglove.symbolic.node.plain_form import (
    JSON_TEXTS,
    NotPlain,
    foreign_text,
    json_of,
    json_text_of,
    text_in_line,
    text_in_lines,
)
from pyglove.symbolic.tree import comparison
from pyglove.utils.lock import fork_safe
from pyglove.utils.serialization.json_type import TYPE_REGISTRY


def equals(self: Any, other: Any) -> bool:
    """Returns whether two objects of the same class have equal fields."""
    for x, y in zip(_values(self), _values(other), strict=True):
        if x is not y and not comparison.eq(x, y):
            return False
    if self._sym_extra or other._sym_extra:
        return comparison.eq(self._sym_extra or {}, other._sym_extra or {})
    return True


def hash_value(self: Any) -> int:
    """Returns a hash of the class and the fields of an object."""
    if self._sym_extra:
        keys = list(self.sym_keys())
        parts = [comparison.hash_part(v) for _, v in self.sym_items()]
        return comparison.combine_hashes(type(self), keys, parts)
    return hash((type(self), *map(comparison.hash_part, _values(self))))


def json(self: Any) -> Any:
    """Leaves the object to the general conversion to JSON."""
    raise NotPlain


def lines(self: Any, indent: int) -> str:
    """Returns the text of an object as `str` shows it."""
    return foreign_text(self, False, indent, self._sym_parent)


def line(self: Any, indent: int) -> str:
    """Returns the text of an object as `repr` shows it."""
    return foreign_text(self, True, indent, self._sym_parent)


def pairs(self: Any) -> Sequence[tuple[str, Any]]:
    """Returns names and symbolic values of the fields of an object."""
    if self._sym_lazy:
        self._sym_realize()
    return list(self._sym_all_items())


_TWINS: dict[str, Any] = {
    "_sym_pairs": pairs,
    "_sym_equals": equals,
    "_sym_hash_value": hash_value,
    "_sym_json": json,
    "_sym_json_text": json,
    "_sym_lines": lines,
    "_sym_line": line,
}


def _values(node: Any) -> tuple[Any, ...]:
    """Returns the symbolic values of the fields that the schema names."""
    if node._sym_flags & REFERS or node._sym_lazy:
        return tuple(node._sym_rawget(k) for k in node._sym_specs)
    state: tuple[Any, ...] = node._sym_state()
    return state


def reset_forms(cls: Any) -> None:
    """Discards the forms of a class whose fields have changed."""
    for name in _TWINS:
        if name in cls.__dict__:
            type.__delattr__(cls, name)
    TYPE_REGISTRY.loaders.clear()


_lock = fork_safe(threading.RLock())


def form_of(name: str) -> Any:
    """Returns the method of `pg.Object` for the form `name`.

    When it is called, it compiles the forms of the object's class. Compiled forms also
    call it for the cases that they do not handle.
    """
    twin = _TWINS[name]

    def form(self: Any, *args: Any) -> Any:
        cls: Any = type(self)
        if name not in cls.__dict__:
            with _lock:
                if name not in cls.__dict__:
                    _compile_forms(cls)
            return cls.__dict__[name](self, *args)
        return twin(self, *args)

    return form


def _compile_forms(cls: Any) -> None:
    """Gives a class its own forms, which are compiled if possible."""
    specs = cls._sym_specs
    forms = dict(_TWINS)
    if is_compilable(list(specs)) and not cls._sym_lazy:
        plans = [FieldPlan(k, cls._sym_storage[k], specs[k]) for k in specs]
        forms.update(_generate(cls, plans))
    if not is_default(cls, "sym_jsonify") or not is_default(cls, "_sym_to_json"):
        forms.update(_sym_json=json, _sym_json_text=json)
    if not formats_as_usual(cls):
        forms.update(_sym_lines=lines, _sym_line=line)
    for name, function in forms.items():
        setattr(cls, name, function)


def _generate(cls: Any, plans: Sequence[FieldPlan]) -> dict[str, Any]:
    """Generates the forms of a class by name."""
    scope: dict[str, Any] = {
        "_atoms": ATOMS,
        "_json_atoms": JSON_ATOMS,
        "_refers": REFERS,
        "_eq": comparison.eq,
        "_hash": comparison.hash_part,
        "_json": json_of,
        "_json_text": json_text_of,
        "_quote": _QUOTE,
        "_float_text": float.__repr__,
        "_key": cls.__serialization_key__,
        "_lines": text_in_lines,
        "_line": text_in_line,
        "_repr": repr,
        "_tuple_hash": hash,
        "_AttributeError": AttributeError,
    }
    for name in _TWINS:
        scope[f"_other{name}"] = form_of(name)
    visible = [p for p in plans if not p.spec.frozen]
    source = "\n".join(
        [
            _pairs_source(plans, cls),
            _equals_source(plans, cls),
            _hash_source(plans, cls),
            _json_source(visible, cls),
            _json_text_source(visible, cls),
            _lines_source(visible, cls),
            _line_source(visible, cls),
        ]
    )
    return compile_form(cls, source, scope, list(_TWINS))


def _guard(name: str, cls: Any, arguments: str = "", flags: str = "") -> str:
    """Returns the source by which a form passes special cases to its twin."""
    extra = " or self._sym_extra is not None" if cls._sym_has_dynamic else ""
    flags = flags or "self._sym_flags"
    return (
        f"    if _type(self) is not _exact or {flags} & _refers{extra}:\n"
        f"        return _other{name}(self{arguments})"
    )


def _pairs_source(plans: Sequence[FieldPlan], cls: Any) -> str:
    items = "".join(f"({p.key!r}, self.{p.storage}), " for p in plans)
    return "\n".join(
        [
            "def _sym_pairs(self):",
            _guard("_sym_pairs", cls),
            "    try:",
            f"        return ({items})",
            "    except _AttributeError:  # Some fields have no value yet.",
            "        return _other_sym_pairs(self)",
        ]
    )


def _equals_source(plans: Sequence[FieldPlan], cls: Any) -> str:
    flags = "(self._sym_flags | other._sym_flags)"
    result = ["def _sym_equals(self, other):"]
    result.append(_guard("_sym_equals", cls, ", other", flags))
    if cls._sym_has_dynamic:
        result.append("    if other._sym_extra is not None:")
        result.append("        return _other_sym_equals(self, other)")
    for p in plans:
        result += [
            f"    x = self.{p.storage}",
            f"    y = other.{p.storage}",
            "    if x is not y and (x != y if _type(x) in _atoms "
            "and _type(y) in _atoms else not _eq(x, y)):",
            "        return False",
        ]
    return "\n".join([*result, "    return True"])


def _hash_source(plans: Sequence[FieldPlan], cls: Any) -> str:
    parts = "".join(
        f", x if _type(x := self.{p.storage}) in _atoms else _hash(x)" for p in plans
    )
    return "\n".join(
        [
            "def _sym_hash_value(self):",
            _guard("_sym_hash_value", cls),
            f"    return _tuple_hash((_cls{parts or ','}))",
        ]
    )


def _json_source(plans: Sequence[FieldPlan], cls: Any) -> str:
    if any(p.key == "_type" for p in plans):  # The twin raises the error.
        return "def _sym_json(self):\n    return _other_sym_json(self)"
    items = "".join(
        f", {p.key!r}: x if _type(x := self.{p.storage}) in _json_atoms else _json(x)"
        for p in plans
    )
    return "\n".join(
        [
            "def _sym_json(self):",
            _guard("_sym_json", cls),
            f"    return {{'_type': _key{items}}}",
        ]
    )


# How a value of a common type is written in JSON text: the text, and a test for it.
_QUOTE = JSON_TEXTS[str]
_JSON_TEXT_BRANCHES: dict[type, str] = {
    pg_typing.Int: "x if _type(x := self.{}) is _int",
    pg_typing.Str: "_quote(x) if _type(x := self.{}) is _str",
    pg_typing.Float: "_float_text(x) if _type(x := self.{}) is _float and x - x == 0",
}


def _json_text_source(plans: Sequence[FieldPlan], cls: Any) -> str:
    if any(p.key == "_type" for p in plans):  # Which the twin refuses.
        return "def _sym_json_text(self):\n    return _other_sym_json_text(self)"
    pieces = [_literal(f'{{"_type": {_QUOTE(cls.__serialization_key__)}')]
    for p in plans:
        common = _JSON_TEXT_BRANCHES.get(type(p.spec))
        read = f"_json_text(self.{p.storage})"
        if common is not None:
            read = f"{common.format(p.storage)} else _json_text(x)"
        pieces.append(_literal(f", {_QUOTE(p.key)}: ") + "{" + read + "}")
    return "\n".join(
        [
            "def _sym_json_text(self):",
            _guard("_sym_json_text", cls),
            f"    return f'{''.join(pieces)}}}}}'",
        ]
    )


def _literal(text: str) -> str:
    """Writes a text as a part of an f-string in single quotes."""
    for old, new in (("\\", "\\\\"), ("'", "\\'"), ("{", "{{"), ("}", "}}")):
        text = text.replace(old, new)
    return text


def _lines_source(plans: Sequence[FieldPlan], cls: Any) -> str:
    items = ",".join(
        f"{{_pad}}{p.key} = {{_repr(x) if _type(x := self.{p.storage}) in _atoms "
        f"else _lines(x, _below, self)}}"
        for p in plans
    )
    body = f"{items}\\n{{'  ' * indent}}" if items else ""
    return "\n".join(
        [
            "def _sym_lines(self, indent):",
            _guard("_sym_lines", cls, ", indent"),
            "    _below = indent + 1",
            "    _pad = '\\n' + '  ' * _below",
            f'    return f"{{_cls.__name__}}({body})"',
        ]
    )


def _line_source(plans: Sequence[FieldPlan], cls: Any) -> str:
    items = ", ".join(
        f"{p.key}={{_repr(x) if _type(x := self.{p.storage}) in _atoms "
        f"else _line(x, indent + 1, self)}}"
        for p in plans
    )
    return "\n".join(
        [
            "def _sym_line(self, indent):",
            _guard("_sym_line", cls, ", indent"),
            f'    return f"{{_cls.__name__}}({items})"',
        ]
    )
