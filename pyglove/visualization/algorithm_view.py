"""Evolution in the tree view: the graph of the operations that an algorithm is made of.

Operations that follow one another stand below one another, with arrows between them;
those that take the same inputs stand side by side.
"""

import functools
from typing import Any

from pyglove import evolution
from pyglove.symbolic import Symbolic
from pyglove.views.html import Html
from pyglove.views.html.tree_renderer import Presentation, register_presentation

_MAX_DEPTH = 40
_MAX_TEXT = 60

_STYLE = """
/* Graphs of operations. */
.flow {
  display: inline-flex;
  flex-direction: column;
  align-items: center;
  margin: 0.2em;
  vertical-align: top;
}
.flow-box {
  padding: 0.3em 0.7em;
  border: 1px solid rgba(128, 128, 128, 0.6);
  border-radius: 6px;
  text-align: center;
}
.flow-box.leaf {
  background: rgba(59, 125, 216, 0.12);
}
.flow-group {
  border-style: dashed;
}
.flow-title {
  font-weight: 600;
}
.flow-detail {
  max-width: 24em;
  font-size: 85%;
  opacity: 0.8;
  overflow-wrap: anywhere;
}
.flow-row {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5em;
  align-items: flex-start;
  justify-content: center;
}
.flow-arrow::before {
  content: '\\2193';
  opacity: 0.7;
}
.flow-phase {
  opacity: 0.75;
  font-style: italic;
}
"""

_SYMBOLS = {
    evolution.Concatenation: "+ all outputs",
    evolution.Union: "| union",
    evolution.Intersection: "& intersection",
    evolution.Difference: "- difference",
    evolution.SymmetricDifference: "^ symmetric difference",
    evolution.Inversion: "~ all but",
}
_ARROW = '<div class="flow-arrow"></div>'


def _escape(value: Any) -> str:
    return str(Html.escape(str(value)))


def _short(value: Any) -> str:
    """A value in a few characters."""
    if callable(value) and not isinstance(value, Symbolic):
        text = getattr(value, "__name__", None) or repr(value)
    else:
        text = repr(value)
    return text if len(text) <= _MAX_TEXT else f"{text[:_MAX_TEXT]}…"


def _box(title: str, detail: str = "", inner: Any = None, css: str = "leaf") -> Html:
    html = Html(f'<div class="flow-box {css}"><div class="flow-title">{title}</div>')
    if detail:
        html.write(f'<div class="flow-detail">{detail}</div>')
    return html.write(inner, "</div>")


def _sequence(*parts: Html) -> Html:
    """Parts below one another, with arrows between them."""
    html = Html('<div class="flow">')
    for i, part in enumerate(parts):
        html.write(_ARROW if i else None, part)
    return html.write("</div>")


def _row(*parts: Html) -> Html:
    """Parts side by side."""
    return Html('<div class="flow-row">', *parts, "</div>")


def _detail(operation: Any, hidden: set[str]) -> str:
    """The arguments of an operation that are not operations, nor defaults."""
    arguments = [
        f"{key}={_short(value)}"
        for key, value in operation.sym_nondefault(flatten=False).items()
        if key not in hidden
    ]
    return _escape(", ".join(arguments))


def _kind(operation: Any) -> str:
    """What kind of operation it is: some of different kinds have one name."""
    for cls in (evolution.Selector, evolution.Mutator, evolution.Recombinator):
        if isinstance(operation, cls):
            return cls.__name__.lower()
    return ""


def flow(operation: Any, depth: int = 0) -> Html:
    """Returns the graph of an operation.

    Args:
      operation: An operation, a function that stands in for one, or None.
      depth: How many operations it is in.
    """
    if operation is None:
        return _box("(nothing)")
    if not isinstance(operation, evolution.Operation):
        return _box(_escape(_short(operation)), "function")
    name = type(operation).__name__
    if depth > _MAX_DEPTH:
        return _box(_escape(name), "…")
    inner = functools.partial(flow, depth=depth + 1)
    if isinstance(operation, evolution.Pipeline):
        return _sequence(*map(inner, operation.ops))
    title = _escape(_SYMBOLS.get(type(operation), name))
    if isinstance(operation, evolution.Choice):
        parts = [
            _sequence(_box(_escape(_short(chance)), css="flow-group"), inner(op))
            for op, chance in operation.ops
        ]
        detail = _detail(operation, {"ops"})
        return _box(title, detail, _row(*parts), "flow-group")
    if isinstance(operation, evolution.Conditional):
        parts = [
            _sequence(_box("true", css="flow-group"), inner(operation.true_op)),
            _sequence(_box("false", css="flow-group"), inner(operation.false_op)),
        ]
        detail = _escape(f"predicate={_short(operation.predicate)}")
        return _box(title, detail, _row(*parts), "flow-group")
    held: dict[str, list[Any]] = {}
    for key, value in operation.sym_items():
        values = value if isinstance(value, list | tuple) else [value]
        operations = [v for v in values if isinstance(v, evolution.Operation)]
        if operations or key in ("ops", "op"):
            held[str(key)] = list(values)
    detail = _detail(operation, set(held))
    if not held:
        detail = "<br>".join(filter(None, (_kind(operation), detail)))
        return _box(title, detail)
    parts = [inner(op) for operations in held.values() for op in operations]
    return _box(title, detail, _row(*parts), "flow-group")


def _phase(name: str, *parts: Html) -> Html:
    return Html(
        f'<div class="flow"><div class="flow-phase">{name}</div>', *parts
    ).write("</div>")


def _algorithm_content(view: Any, value: Any, **options: Any) -> Html:
    """An algorithm: its initial population, and what each generation goes through."""
    init = value.population_init
    generator, size = init if isinstance(init, tuple) else (init, None)
    detail = f"{size} programs" if size else ""
    first = _box(_escape(type(generator).__name__), detail)
    update = value.population_update
    kept = _box("all are kept") if update is None else flow(update)
    return Html(
        '<div class="complex-value">',
        _sequence(
            _phase("initial population", first),
            _phase("reproduction", flow(value.reproduction)),
            _box("evaluation", css="flow-group"),
            _phase("population update", kept),
        ),
        '<div class="flow-phase">Reproduction follows again, when the children are '
        "evaluated.</div></div>",
    )


def _operation_content(view: Any, value: Any, **options: Any) -> Html:
    return Html('<div class="complex-value">', flow(value), "</div>")


register_presentation(
    evolution.Evolution, Presentation(content=_algorithm_content, styles=[_STYLE])
)
register_presentation(
    evolution.Operation, Presentation(content=_operation_content, styles=[_STYLE])
)
