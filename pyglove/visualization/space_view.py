"""Search spaces and DNA in the tree view: decisions, what they choose among, sizes."""

from collections.abc import Sequence
from typing import Any

from pyglove import geno, hyper
from pyglove.symbolic import Symbolic
from pyglove.utils import KeyPath, PyGloveError
from pyglove.views.html import Html
from pyglove.views.html.tree_renderer import Presentation, register_presentation

# Candidates of a choice, and decisions, that are shown at most.
_MAX_CANDIDATES = 50
_MAX_DECISIONS = 300

_STYLE = """
/* Search spaces. */
.space-overview {
  margin: 0.3em 0;
  padding: 0.3em 0.6em;
  border-left: 4px solid #3b7dd8;
  background: rgba(59, 125, 216, 0.12);
}
.decisions {
  border-collapse: collapse;
  color: inherit;
  font: inherit;
}
.decisions > tbody > tr > td {
  padding: 0.15em 0.6em 0.15em 0.2em;
  text-align: left;
  vertical-align: top;
  overflow-wrap: anywhere;
}
.decision-place {
  font-weight: 600;
}
.decision-kind {
  opacity: 0.75;
}
.candidate {
  display: inline-block;
  max-width: 100%;
  margin: 0.1em 0.3em 0.1em 0;
  padding: 0 0.4em;
  border: 1px solid rgba(128, 128, 128, 0.5);
  border-radius: 1em;
  overflow-wrap: anywhere;
}
.candidate.chosen {
  border-color: #2f8f6b;
  background: rgba(47, 143, 107, 0.25);
  font-weight: 600;
}
.not-active {
  opacity: 0.45;
}
.dna-bar {
  display: inline-block;
  position: relative;
  width: 8em;
  height: 0.5em;
  margin-left: 0.6em;
  border-radius: 0.25em;
  background: rgba(128, 128, 128, 0.3);
}
.dna-bar > span {
  position: absolute;
  top: -0.15em;
  width: 0.3em;
  height: 0.8em;
  border-radius: 0.15em;
  background: #2f8f6b;
}
"""


def _escape(value: Any) -> str:
    return str(Html.escape(str(value)))


def size_text(spec: geno.DNASpec) -> str:
    """Returns how many decisions and programs a space has."""
    return geno.outline(spec).partition("\n")[0]


# ---- Decisions -------------------------------------------------------------------


def _kind_text(point: Any) -> str:
    """What a decision point is, in a few words."""
    if point.is_categorical:
        count = point.num_choices
        size = len(point.candidates)
        if count == 1:
            return f"one of {size}"
        words = [word for word in ("distinct", "sorted") if getattr(point, word)]
        rules = ", ".join(words) or "with repetition"
        return f"{count} of {size} ({rules})"
    if point.is_custom_decision_point:
        return f"custom {point.hyper_type or ''}".strip()
    step = getattr(point, "step", 1)
    return _range_text(point.min_value, point.max_value, step, point.scale)


def _range_text(low: Any, high: Any, step: Any, scale: Any) -> str:
    kind = "int" if isinstance(low, int) else "float"
    text = f"{kind} from {low} to {high}"
    if step not in (None, 1):
        text += f" in steps of {step}"
    return f"{text} ({scale})" if scale else text


def _candidate(text: str, is_chosen: bool = False) -> str:
    css = "candidate chosen" if is_chosen else "candidate"
    return f'<span class="{css}">{_escape(text)}</span>'


def _more(count: int) -> str:
    if count <= _MAX_CANDIDATES:
        return ""
    return f'<span class="not-shown">and {count - _MAX_CANDIDATES:,} more</span>'


def _candidate_text(point: Any, index: int) -> str:
    return str(point.format_candidate(index, "literal"))


def _candidates(point: Any) -> Html:
    """The candidates of a choice, with the decisions that they open."""
    html = Html()
    size = len(point.candidates)
    for index in range(min(size, _MAX_CANDIDATES)):
        inner = point.candidates[index]
        text = _candidate_text(point, index)
        if not len(inner.elements):
            html.write(_candidate(text))
            continue
        html.write(
            '<details open class="pyglove"><summary><div class="summary-title">',
            f"{_escape(text)}</div></summary>",
            _decisions(inner.elements),
            "</details>",
        )
    return html.write(_more(size))


def _decisions(points: Sequence[Any]) -> Html:
    """Decision points, in a table."""
    html = Html('<table class="decisions"><tbody>')
    for point in list(points)[:_MAX_DECISIONS]:
        place = str(point.location) or "(root)"
        if point.name:
            place = f"{place} '{point.name}'"
        html.write(
            f'<tr><td class="decision-place">{_escape(place)}</td>'
            f'<td><span class="decision-kind">{_escape(_kind_text(point))}</span> ',
            _candidates(point) if point.is_categorical else None,
            "</td></tr>",
        )
    left = len(points) - _MAX_DECISIONS
    if left > 0:
        html.write(f'<tr><td class="not-shown">{left:,} more decisions</td></tr>')
    return html.write("</tbody></table>")


def _space_html(spec: Any) -> Html:
    """A space: its size, its decisions, and its constraints."""
    points = spec.elements if spec.is_space else [spec]
    html = Html(
        f'<div class="space-overview">{_escape(size_text(spec))}</div>',
        _decisions(points),
    )
    for constraint in getattr(spec, "constraints", None) or ():
        text = _escape(constraint.format())
        html.write(f'<div class="decision-kind">constraint: {text}</div>')
    return html


def _spec_content(view: Any, value: Any, **options: Any) -> Html:
    return _space_html(value)


def _template_content(view: Any, value: Any, **options: Any) -> Html:
    return _space_html(value.dna_spec())


# ---- Placeholders ----------------------------------------------------------------


def _placeholder_title(value: Any) -> str:
    if isinstance(value, hyper.Choices):
        count, size = value.num_choices, len(value.candidates)
        return f"one of {size}" if count == 1 else f"{count} of {size}"
    if isinstance(value, hyper.Float | hyper.Int):
        step = getattr(value, "step", None)
        return _range_text(value.min_value, value.max_value, step, value.scale)
    return f"{type(value).__name__}(...)"


def _placeholder_content(
    view: Any,
    value: Any,
    *,
    parent: Any = None,
    root_path: KeyPath | None = None,
    **options: Any,
) -> Html:
    """Candidates, each shown as the view shows it; or what the fields say."""
    view.head_page("space", _overview)
    path = KeyPath() if root_path is None else root_path
    if isinstance(value, hyper.Choices):
        path = KeyPath("candidates", path)
        children = dict(enumerate(value.candidates))
        value = value.candidates
    elif isinstance(value, hyper.Float | hyper.Int):
        name = f"{value.name!r}" if value.name else ""
        return Html(f'<span class="decision-kind">{_escape(name)}</span>')
    else:
        children = dict(value.sym_items())
    options.pop("summary_color", None)
    html: Html = view.complex_value(children, parent=value, root_path=path, **options)
    return html


def _overview(root: Any) -> Html | None:
    """The size of the space that the value of a page is, if it is one."""
    if not isinstance(root, Symbolic | list | tuple | dict):
        return None
    try:
        text = size_text(hyper.dna_spec(root))
    except (PyGloveError, TypeError, ValueError):
        return None  # It holds placeholders, but is no space.
    html = Html(f'<div class="space-overview">Search space: {_escape(text)}</div>')
    return html.add_style(_STYLE)


# ---- DNA -------------------------------------------------------------------------


def _dna_title(dna: Any) -> str:
    text = repr(dna)
    return text if len(text) <= 80 else f"{text[:80]}…"


def _dna_content(view: Any, value: Any, **options: Any) -> Html:
    """The decisions of a DNA beside what they were chosen from."""
    if value.spec is None:
        options.pop("summary_color", None)
        html: Html = view.content(value, **options)
        return html
    chosen = value.to_dict(key_type="id", value_type="value")
    html = Html('<table class="decisions"><tbody>')
    points = value.spec.decision_points
    for point in points[:_MAX_DECISIONS]:
        decision = chosen.get(point.id)
        row = "" if decision is not None else ' class="not-active"'
        html.write(
            f'<tr{row}><td class="decision-place">{_escape(point.id)}</td><td>',
            _choice_html(point, decision),
            "</td></tr>",
        )
    left = len(points) - _MAX_DECISIONS
    if left > 0:
        html.write(f'<tr><td class="not-shown">{left:,} more decisions</td></tr>')
    return html.write("</tbody></table>")


def _choice_html(point: Any, decision: Any) -> str:
    if point.is_categorical:
        size = len(point.candidates)
        shown = list(range(min(size, _MAX_CANDIDATES)))
        if isinstance(decision, int) and decision >= len(shown):
            shown.append(decision)
        chips = [_candidate(_candidate_text(point, i), i == decision) for i in shown]
        return "".join(chips) + _more(size)
    if decision is None:
        return f'<span class="decision-kind">{_escape(_kind_text(point))}</span>'
    text = _candidate(str(decision), True)
    kind = f'<span class="decision-kind">{_escape(_kind_text(point))}</span>'
    if point.is_numerical and isinstance(decision, int | float):
        share = 100 * point.to_unit(decision)
        kind += f'<span class="dna-bar"><span style="left:{share:.1f}%"></span></span>'
    return f"{text} {kind}"


register_presentation(
    geno.DNASpec, Presentation(content=_spec_content, styles=[_STYLE])
)
register_presentation(
    hyper.ObjectTemplate, Presentation(content=_template_content, styles=[_STYLE])
)
register_presentation(
    hyper.HyperPrimitive,
    Presentation(
        title=_placeholder_title, content=_placeholder_content, styles=[_STYLE]
    ),
)
register_presentation(
    geno.DNA, Presentation(title=_dna_title, content=_dna_content, styles=[_STYLE])
)
