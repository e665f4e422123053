"""Results of studies in the tree view: trials, the best one, and the Pareto front."""

import math
from collections.abc import Sequence
from typing import Any

from pyglove import tuning
from pyglove.utils import PyGloveError
from pyglove.views.html import Html
from pyglove.views.html.tree_renderer import Presentation, register_presentation

# Trials that the table and a chart show at most: the latest.
_MAX_ROWS = 200
_MAX_POINTS = 2000
_WIDTH, _HEIGHT, _MARGIN = 440, 230, 36
# What the left margin has in addition, for numbers.
_NUMBERS = 34

_STYLE = """
/* Results of studies. */
.study-facts {
  margin: 0.3em 0;
}
.study-chart {
  display: inline-block;
  margin: 0.3em 1em 0.3em 0;
}
.study-chart text {
  fill: currentColor;
  font-size: 11px;
}
.study-chart .axis, .study-chart .best-line {
  fill: none;
  stroke: currentColor;
  stroke-opacity: 0.5;
}
.study-chart .best-line {
  stroke: #2f8f6b;
  stroke-opacity: 1;
}
.study-chart .trial-point {
  fill: #3b7dd8;
  fill-opacity: 0.6;
}
.study-chart .front-point {
  fill: #c0583c;
}
.trials {
  border-collapse: collapse;
  color: inherit;
  font: inherit;
}
.trials td, .trials th {
  padding: 0.15em 0.6em;
  border-bottom: 1px solid rgba(128, 128, 128, 0.3);
  text-align: left;
  overflow-wrap: anywhere;
}
.trials tr.best-trial {
  background: rgba(47, 143, 107, 0.2);
}
"""

_Point = tuple[float, float, bool, str]


def _escape(value: Any) -> str:
    return str(Html.escape(str(value)))


def _number(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _rewards(trial: Any) -> dict[str, float]:
    """The reward and the metrics of a trial that counts."""
    final = trial.final_measurement
    if final is None or trial.infeasible or trial.is_pruned:
        return {}
    found = {} if final.reward is None else {"reward": final.reward}
    return {**found, **(final.metrics or {})}


# ---- Charts ----------------------------------------------------------------------


def _chart(
    title: str, x_label: str, y_label: str, points: Sequence[_Point], line: bool
) -> str:
    """A scatter plot, with a line through the points that are marked."""
    points = [p for p in points if math.isfinite(p[0]) and math.isfinite(p[1])]
    if not points:
        return ""
    lows, highs = zip(
        *(
            (min(values), max(values))
            for values in zip(*(p[:2] for p in points), strict=True)
        ),
        strict=True,
    )

    bottom, left_end, right = _HEIGHT - _MARGIN, _MARGIN + _NUMBERS, _WIDTH - _MARGIN

    def place(x: float, y: float) -> tuple[float, float]:
        shares = [
            (v - low) / (high - low) if high > low else 0.5
            for v, low, high in zip((x, y), lows, highs, strict=True)
        ]
        return (
            left_end + shares[0] * (right - left_end),
            _HEIGHT - _MARGIN - shares[1] * (_HEIGHT - 2 * _MARGIN),
        )

    marks = []
    front = []
    for x, y, is_marked, label in points:
        left, top = place(x, y)
        css = "front-point" if is_marked else "trial-point"
        radius = 4 if is_marked else 3
        marks.append(
            f'<circle class="{css}" cx="{left:.1f}" cy="{top:.1f}" r="{radius}">'
            f"<title>{_escape(label)}</title></circle>"
        )
        if is_marked:
            front.append((left, top))
    path = ""
    if line and len(front) > 1:
        corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in sorted(front))
        path = f'<polyline class="best-line" points="{corners}"/>'
    ticks = (
        f'<text x="{left_end}" y="{bottom + 14}">{_number(float(lows[0]))}</text>'
        f'<text x="{right}" y="{bottom + 14}" text-anchor="end">'
        f"{_number(float(highs[0]))}</text>"
        f'<text x="{left_end - 6}" y="{bottom}" text-anchor="end">'
        f"{_number(float(lows[1]))}</text>"
        f'<text x="{left_end - 6}" y="{_MARGIN + 8}" text-anchor="end">'
        f"{_number(float(highs[1]))}</text>"
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 4}" text-anchor="middle">'
        f"{_escape(x_label)}</text>"
        f'<text x="{left_end}" y="14">{_escape(y_label)}</text>'
    )
    return (
        f'<svg class="study-chart" width="{_WIDTH}" height="{_HEIGHT}" role="img" '
        f'aria-label="{_escape(title)}"><title>{_escape(title)}</title>'
        f'<polyline class="axis" points="{left_end},{_MARGIN} {left_end},{bottom} '
        f'{right},{bottom}"/>{path}{"".join(marks)}{ticks}</svg>'
    )


def _reward_chart(trials: Sequence[Any]) -> str:
    """The reward of each trial; those that were the best so far are marked."""
    points: list[_Point] = []
    best = -math.inf
    for trial in trials:
        reward = _rewards(trial).get("reward")
        if reward is None:
            continue
        is_best = reward > best
        best = max(best, reward)
        points.append((trial.id, reward, is_best, f"trial {trial.id}: {reward}"))
    return _chart("Rewards of trials", "trial", "reward", points[-_MAX_POINTS:], True)


def _front(result: Any, trials: Sequence[Any]) -> tuple[list[str], list[Any]]:
    """The metrics that all trials have, and the trials of their Pareto front."""
    rewards = [found for found in map(_rewards, trials) if found]
    names = list(rewards[0]) if rewards else []
    names = [name for name in names if all(name in found for found in rewards)]
    if len(names) < 2:
        return names, []
    try:
        return names, result.pareto_front(names)
    except (PyGloveError, ValueError, TypeError):
        return names, []


def _front_chart(trials: Sequence[Any], names: Sequence[str], front: Any) -> str:
    ids = {trial.id for trial in front}
    points: list[_Point] = []
    for trial in trials[-_MAX_POINTS:]:
        found = _rewards(trial)
        if found:
            x, y = found[names[0]], found[names[1]]
            label = f"trial {trial.id}: {names[0]}={x}, {names[1]}={y}"
            points.append((x, y, trial.id in ids, label))
    return _chart("Pareto front", names[0], names[1], points, len(names) == 2)


# ---- The result ------------------------------------------------------------------


def _table(trials: Sequence[Any], names: Sequence[str], best: Any) -> str:
    head = "".join(
        f"<th>{_escape(name)}</th>" for name in ("trial", "state", *names, "DNA")
    )
    rows = []
    for trial in trials[-_MAX_ROWS:]:
        found = _rewards(trial)
        state = trial.status.lower()
        if trial.infeasible:
            state = "infeasible"
        elif trial.is_pruned:
            state = "stopped early"
        dna = repr(trial.dna)
        cells = [
            str(trial.id),
            state,
            *(_number(found.get(name, "")) for name in names),
            dna if len(dna) <= 100 else f"{dna[:100]}…",
        ]
        css = ' class="best-trial"' if best is not None and trial.id == best.id else ""
        rows.append(
            f"<tr{css}>{''.join(f'<td>{_escape(cell)}</td>' for cell in cells)}</tr>"
        )
    left = len(trials) - _MAX_ROWS
    note = (
        f'<div class="not-shown">{left:,} earlier trials are not shown</div>'
        if left > 0
        else ""
    )
    return (
        f'<table class="trials"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>{note}"
    )


def _facts(trials: Sequence[Any]) -> str:
    counts: dict[str, int] = {}
    for trial in trials:
        state = "infeasible" if trial.infeasible else trial.status.lower()
        state = "stopped early" if trial.is_pruned else state
        counts[state] = counts.get(state, 0) + 1
    return ", ".join(f"{count:,} {state}" for state, count in counts.items())


def _title(result: Any) -> str:
    state = "running" if result.is_active else "finished"
    return f"Study: {len(result.trials):,} trials ({state})"


def _content(view: Any, value: Any, **options: Any) -> Html:
    """The trials of a study, its best one, and charts."""
    trials = value.trials
    best = value.best_trial
    names, front = _front(value, trials)
    html = Html(
        f'<div class="complex-value"><div class="study-facts">{_escape(_facts(trials))}'
        "</div>"
    )
    if best is not None:
        reward = best.final_measurement.reward
        html.write(
            f'<div class="study-facts">best: trial {best.id}, reward {_number(reward)}',
            "</div>",
            view.render(
                best.dna, name="best", **view.get_passthrough_kwargs(**options)
            ),
        )
    html.write(_reward_chart(trials))
    if front:
        html.write(_front_chart(trials, names, front))
        ids = ", ".join(str(trial.id) for trial in front[:50])
        html.write(f'<div class="study-facts">Pareto front: trials {ids}</div>')
    html.write(
        '<details class="pyglove trials-node"><summary>'
        '<div class="summary-title">Trials</div></summary>',
        _table(trials, names or ["reward"], best),
        "</details></div>",
    )
    return html


register_presentation(
    tuning.Result, Presentation(title=_title, content=_content, styles=[_STYLE])
)
