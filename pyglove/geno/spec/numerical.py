"""Numerical decision points: floats and ints of a range."""

import math
from typing import Any, Literal

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno.decision.decision import Decision
from pyglove.geno.decision.scale import SCALES, from_unit, to_unit
from pyglove.geno.decision.value_decision import FloatDecision, IntDecision
from pyglove.geno.spec.spec import ROOT, DecisionPoint
from pyglove.symbolic import members

Scale = Literal[None, "linear", "log", "rlog"]


def float_scale_spec(field_name: str) -> tuple[str, pg_typing.ValueSpec, str]:
    """Returns the definition of a field for the scale of a range.

    Args:
      field_name: Name of the field.

    Returns:
      A definition as `pg.members` takes it.
    """
    return (
        field_name,
        pg_typing.Enum(None, list(SCALES)),
        "Scale on which the range is explored: None or 'linear' for a linear one, "
        "'log' for one that gives small values more room, 'rlog' for one that gives "
        "large values more room. For the last two, `min_value` must be positive.",
    )


def check_range(low: Any, high: Any, scale: str | None) -> None:
    """Checks the definition of a range.

    Args:
      low: Lower end.
      high: Upper end.
      scale: The scale.

    Raises:
      ValueError: if the range is empty, not finite, or not positive where it has to be.
    """
    if isinstance(low, float) and not math.isfinite(high - low):
        raise utils.PyGloveValueError(
            f"Expected a range of finite width, got 'min_value' ({low}) and "
            f"'max_value' ({high})."
        )
    if low > high:
        raise utils.PyGloveValueError(
            f"Expected 'min_value' to be at most 'max_value' ({high}), got {low}."
        )
    if scale in ("log", "rlog") and low <= 0:
        raise utils.PyGloveValueError(
            f"Expected 'min_value' to be greater than 0 for a scale of {scale!r}, got "
            f"{low}."
        )


class _Numerical(DecisionPoint):
    """Base of floats and ints."""

    def _on_bound(self) -> None:
        super()._on_bound()
        point: Any = self
        check_range(point.min_value, point.max_value, point.scale)

    @property
    def is_categorical(self) -> bool:  # type: ignore[override]
        """False."""
        return False

    @property
    def is_subchoice(self) -> bool:
        """False."""
        return False

    @property
    def is_numerical(self) -> bool:
        """True."""
        return True

    @property
    def is_custom_decision_point(self) -> bool:
        """False."""
        return False

    @property
    def decision_points(self) -> list[Any]:
        """A list of this decision point."""
        return [self]

    def _own_points(self) -> list[Any]:
        return [self]

    def format(
        self,
        compact: bool = True,
        verbose: bool = True,
        root_indent: int = 0,
        show_id: bool = True,
        **kwargs: Any,
    ) -> str:
        """Formats this decision point.

        Args:
          compact: Whether to write one line.
          verbose: Whether to write details.
          root_indent: Level of indentation of the text around.
          show_id: Whether to write the id.
          **kwargs: Further options; see `pg.format`.
        """
        if not compact:
            return super().format(compact, verbose, root_indent, **kwargs)
        items: list[tuple[str, Any, Any]] = [
            ("name", self.name, None),
            *[(key, getattr(self, key), None) for key in ("min_value", "max_value")],
            ("step", getattr(self, "step", 1), 1),
            ("scale", getattr(self, "scale", None), None),
            ("hints", self.hints, None),
        ]
        if show_id:
            items.insert(0, ("id", utils.RawText(repr(str(self.id))), None))
        return utils.kvlist_str(items, label=type(self).__name__, compact=True)


@members(
    [],
    init_arg_list=["min_value", "max_value", "scale", "hints", "location", "name"],
    serialization_key="pyglove.generators.geno.Float",
    additional_keys=["pyglove.geno.Float", "pyglove.core.geno.numerical.Float"],
)
class Float(_Numerical):
    """The choice of a float from a range.

    Attributes:
      min_value: The least value.
      max_value: The greatest value.
      scale: Scale on which the range is explored; see `float_scale_spec`.
    """

    min_value: float
    max_value: float
    scale: Scale = None

    @property
    def space_size(self) -> int:
        """-1, since it is infinite."""
        return -1

    def _make_decisions(self) -> list[Decision]:
        return [FloatDecision(self.min_value, self.max_value, self.scale)]

    def to_unit(self, value: float) -> float:
        """Maps a value of the range to [0, 1] on its scale.

        Args:
          value: A value of the range.
        """
        return to_unit(value, self.min_value, self.max_value, self.scale)

    def from_unit(self, unit: float) -> float:
        """Maps a number from 0 to 1 to a value of the range: undoes `to_unit`.

        Args:
          unit: A number from 0 to 1.
        """
        return from_unit(unit, self.min_value, self.max_value, self.scale)


@members(
    [],
    init_arg_list=[
        "min_value",
        "max_value",
        "step",
        "scale",
        "hints",
        "location",
        "name",
    ],
    serialization_key="pyglove.geno.Int",
)
class Int(_Numerical):
    """The choice of an int from a range with steps.

    The value in the DNA is the int itself, so that ranges may be huge. Algorithms
    treat it as they treat a `Float`, through `to_unit` and `from_unit`, or by
    drawing and enumerating like any other decision.

    Attributes:
      min_value: The least value.
      max_value: Upper end of the range; the greatest value if a step hits it.
      step: Distance of neighbouring values.
      scale: Scale on which the range is explored; see `float_scale_spec`.

    Example:
      >>> point = pg.geno.Int(8, 64, step=8)
      >>> point.space_size
      8
      >>> point.from_unit(0.5)
      40
    """

    min_value: int
    max_value: int
    step: int = 1
    scale: Scale = None

    def _on_bound(self) -> None:
        super()._on_bound()
        if self.step < 1:
            raise utils.PyGloveValueError(
                f"Expected 'step' to be at least 1, got {self.step}."
            )

    @property
    def space_size(self) -> int:
        """Number of values."""
        return (self.max_value - self.min_value) // self.step + 1

    @property
    def _decision(self) -> IntDecision:
        return IntDecision(self.min_value, self.space_size, self.step, self.scale)

    def _make_decisions(self) -> list[Decision]:
        return [self._decision]

    def to_unit(self, value: int) -> float:
        """Maps a value of the range to [0, 1] on its scale.

        Args:
          value: A value of the range.
        """
        return self._decision.to_unit(value)

    def from_unit(self, unit: float) -> int:
        """Maps a number from 0 to 1 to a value of the range: undoes `to_unit`.

        Args:
          unit: A number from 0 to 1.
        """
        return self._decision.at_unit(unit)


def floatv(
    min_value: float,
    max_value: float,
    scale: Scale = None,
    hints: Any = None,
    location: utils.KeyPath | str = ROOT,
    name: str | None = None,
) -> Float:
    """Returns the decision point for a float of a range.

    Args:
      min_value: The least value.
      max_value: The greatest value.
      scale: Scale on which the range is explored; see `float_scale_spec`.
      hints: Hints for search algorithms.
      location: Where the decision is.
      name: Name of the decision.
    """
    return Float(
        min_value=min_value,
        max_value=max_value,
        scale=scale,
        hints=hints,
        location=location,  # type: ignore[arg-type]
        name=name,
    )


def intv(
    min_value: int,
    max_value: int,
    step: int = 1,
    scale: Scale = None,
    hints: Any = None,
    location: utils.KeyPath | str = ROOT,
    name: str | None = None,
) -> Int:
    """Returns the decision point for an int of a range.

    Args:
      min_value: The least value.
      max_value: Upper end of the range.
      step: Distance of neighbouring values.
      scale: Scale on which the range is explored; see `float_scale_spec`.
      hints: Hints for search algorithms.
      location: Where the decision is.
      name: Name of the decision.
    """
    return Int(
        min_value=min_value,
        max_value=max_value,
        step=step,
        scale=scale,
        hints=hints,
        location=location,  # type: ignore[arg-type]
        name=name,
    )
