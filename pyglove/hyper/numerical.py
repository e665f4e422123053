"""Numerical placeholders: floats and ints of a range."""

from collections.abc import Callable
from typing import Any

from pyglove import geno, utils
from pyglove import typing as pg_typing
from pyglove.geno.internal import Scale, check_range, short
from pyglove.hyper.base import CompiledPrimitive, KeyPath, stands_for_itself
from pyglove.hyper.part import Draw, Part
from pyglove.symbolic import members


class NumberPart(Part):
    """The part of a numerical placeholder, whose values are numbers."""

    __slots__ = ("_convert", "_primitive")

    def __init__(self, primitive: Any, convert: Callable[[Any], Any] | None = None):
        self._primitive = primitive
        self._convert = convert

    def count_revisions(self) -> int:
        """Returns the number of modifications of the placeholder."""
        revision: int = self._primitive.revision
        return revision

    def points(self, location: KeyPath) -> list[Any]:
        """Returns the decision point."""
        return [self._primitive.make_point(location)]

    def primitives(self, location: KeyPath) -> list[tuple[KeyPath, Any]]:
        """Returns the placeholder."""
        return [(location, self._primitive)]

    @property
    def maker(self) -> Callable[[Draw], Any]:
        """Returns a function that returns the next number."""
        return self.make if self._convert is not None else _draw

    def make(self, draw: Draw) -> Any:
        """Returns the next number."""
        return draw() if self._convert is None else self._convert(draw())

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Appends the value, if it is in the range."""
        primitive = self._primitive
        kind = type(primitive.min_value)
        if self._convert is not None and isinstance(value, (int, float)):
            value = kind(value)
        if not isinstance(value, kind) or isinstance(value, bool):
            return False
        if not primitive.is_in_range(value):
            return False
        out.append(value)
        return True

    def raise_mismatch(self, value: Any, path: KeyPath) -> None:
        """Raises an error unless the value is in the range."""
        if not self.encode(value, []):
            primitive = self._primitive
            raise utils.PyGloveValueError(
                f"Expected {primitive.description}, got {short(value)}. (path={path})"
            )


def _draw(draw: Draw) -> Any:
    return draw()


class _Numerical(CompiledPrimitive):
    """Base of floats and ints."""

    min_value: Any
    max_value: Any
    scale: Scale

    @property
    def description(self) -> str:
        """A description of the expected values."""
        raise NotImplementedError

    def _ensure_spec(self, path: Any, spec: Any, own_spec: Any) -> Any:
        """Returns the spec of a field for numbers, None if it takes anything."""
        try:
            return pg_typing.ensure_value_spec(spec, own_spec, path)
        except TypeError:
            raise utils.PyGloveTypeError(
                f"Expected a value of {spec!r}, got a placeholder for "
                f"{self.description}. (path={pg_typing.resolve_path(path)})"
            ) from None

    def _check_bounds(self, path: Any, spec: Any) -> None:
        """Refuses a range that exceeds what a field accepts."""
        kind = type(self).__name__
        least, most = getattr(spec, "min_value", None), getattr(spec, "max_value", None)
        if least is not None and self.min_value < least:
            raise utils.PyGloveValueError(
                f"Expected a 'min_value' of at least {least} where {spec!r} is "
                f"accepted, got {self.min_value} for {kind}. "
                f"(path={pg_typing.resolve_path(path)})"
            )
        if most is not None and self.max_value > most:
            raise utils.PyGloveValueError(
                f"Expected a 'max_value' of at most {most} where {spec!r} is accepted, "
                f"got {self.max_value} for {kind}. "
                f"(path={pg_typing.resolve_path(path)})"
            )


def number_spec(
    spec: pg_typing.ValueSpec, kinds: tuple[type, ...]
) -> pg_typing.ValueSpec | None:
    """Returns the spec of numbers that a field accepts, None if it takes anything.

    Args:
      spec: The value spec of the field.
      kinds: Classes of specs, in order of preference.

    Raises:
      LookupError: if the field takes no such numbers.
    """
    if spec.accepts_any:
        return None
    candidates = spec.candidates if isinstance(spec, pg_typing.Union) else [spec]
    for kind in kinds:
        for candidate in candidates:
            if type(candidate) is kind:
                return candidate
    if any(c.accepts_any for c in candidates):
        return None
    raise LookupError


@members(
    [],
    init_arg_list=["min_value", "max_value", "scale", "name", "hints"],
    serialization_key="hyper.Float",
    additional_keys=["pyglove.hyper.Float", "pyglove.core.hyper.numerical.Float"],
)
class Float(_Numerical):
    """Stands for a float of a range; see `pg.floatv`.

    Attributes:
      min_value: The least value.
      max_value: The greatest value.
      scale: Scale on which the range is explored.
    """

    accepts_lazy_path = True

    min_value: float
    max_value: float
    scale: Scale = None

    def _on_bound(self) -> None:
        super()._on_bound()
        check_range(self.min_value, self.max_value, self.scale)

    def is_leaf(self) -> bool:
        """Whether it contains no placeholders: True."""
        return True

    def is_in_range(self, value: float) -> bool:
        """Returns whether a value is in the range.

        Args:
          value: The value.
        """
        return self.min_value <= value <= self.max_value

    @property
    def description(self) -> str:
        """A description of the expected values."""
        return f"a float from {self.min_value} to {self.max_value}"

    def make_point(self, location: KeyPath) -> geno.Float:
        """Returns the decision point.

        Args:
          location: Where the placeholder stands.
        """
        return geno.floatv(
            self.min_value, self.max_value, self.scale, self.hints, location, self.name
        )

    def compile_part(
        self, where: Any = None, value_spec: pg_typing.ValueSpec | None = None
    ) -> Part:
        """Returns the part of this placeholder; see the base class."""
        return NumberPart(self)

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool = False,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Takes part in `ValueSpec.apply`: all floats of the range are acceptable."""
        if stands_for_itself(self, value_spec):
            return False, self
        try:
            spec = number_spec(value_spec, (pg_typing.Float, pg_typing.Number))
        except LookupError:
            spec = self._ensure_spec(path, value_spec, pg_typing.Float())
        self._check_bounds(path, spec)
        return False, self


@members(
    [],
    init_arg_list=["min_value", "max_value", "step", "scale", "name", "hints"],
    serialization_key="hyper.Int",
    additional_keys=["pyglove.hyper.Int"],
)
class Int(_Numerical):
    """Stands for an int of a range with steps; see `pg.intv`.

    Attributes:
      min_value: The least value.
      max_value: Upper end of the range.
      step: Distance of neighbouring values.
      scale: Scale on which the range is explored.
    """

    accepts_lazy_path = True

    min_value: int
    max_value: int
    step: int = 1
    scale: Scale = None

    def _on_bound(self) -> None:
        super()._on_bound()
        check_range(self.min_value, self.max_value, self.scale)
        if self.step < 1:
            raise utils.PyGloveValueError(
                f"Expected 'step' to be at least 1, got {self.step}."
            )

    def is_leaf(self) -> bool:
        """Whether it contains no placeholders: True."""
        return True

    def is_in_range(self, value: int) -> bool:
        """Returns whether a value is among those of the range.

        Args:
          value: The value.
        """
        low = self.min_value
        return low <= value <= self.max_value and (value - low) % self.step == 0

    @property
    def description(self) -> str:
        """A description of the expected values."""
        steps = f" in steps of {self.step}" if self.step > 1 else ""
        return f"an int from {self.min_value} to {self.max_value}{steps}"

    def make_point(self, location: KeyPath) -> geno.Int:
        """Returns the decision point.

        Args:
          location: Where the placeholder stands.
        """
        return geno.intv(
            self.min_value,
            self.max_value,
            self.step,
            self.scale,
            self.hints,
            location,
            self.name,
        )

    def compile_part(
        self, where: Any = None, value_spec: pg_typing.ValueSpec | None = None
    ) -> Part:
        """Returns the part of this placeholder; see the base class."""
        del where
        if value_spec is not None:
            try:
                spec = number_spec(value_spec, _INT_SPECS)
            except LookupError:
                spec = None
            if type(spec) is pg_typing.Float:
                return NumberPart(self, float)
        return NumberPart(self)

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool = False,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Takes part in `ValueSpec.apply`: all ints of the range are acceptable."""
        if stands_for_itself(self, value_spec):
            return False, self
        try:
            spec = number_spec(value_spec, _INT_SPECS)
        except LookupError:
            spec = self._ensure_spec(path, value_spec, pg_typing.Int())
        self._check_bounds(path, spec)
        return False, self


_INT_SPECS = (pg_typing.Int, pg_typing.Number, pg_typing.Float)


def floatv(
    min_value: float,
    max_value: float,
    scale: Scale = None,
    *,
    name: str | None = None,
    hints: Any = None,
) -> float:
    """Stands for a float of a range.

    Args:
      min_value: The least value.
      max_value: The greatest value.
      scale: Scale on which the range is explored: None or 'linear' for a linear one,
        'log' for one that gives small values more room, 'rlog' for one that gives
        large values more room. For the last two, `min_value` must be positive.
      name: Name of the decision, unique within its space.
      hints: Hints for search algorithms.

    Returns:
      A placeholder, for type checkers a float.

    Raises:
      ValueError: if the range is empty, not finite, or not positive where it has to be.

    Example:
      >>> space = pg.Dict(learning_rate=pg.floatv(1e-4, 1e-1, 'log'))
      >>> program = next(pg.random_sample(space, seed=1))
      >>> 1e-4 <= program.learning_rate <= 1e-1
      True
    """
    return Float(  # type: ignore[return-value]
        min_value=min_value, max_value=max_value, scale=scale, name=name, hints=hints
    )


def intv(
    min_value: int,
    max_value: int,
    step: int = 1,
    scale: Scale = None,
    *,
    name: str | None = None,
    hints: Any = None,
) -> int:
    """Stands for an int of a range.

    The values are not enumerated, so that the range may be as large as you like. In
    the DNA, the decision is the int itself.

    Args:
      min_value: The least value.
      max_value: Upper end of the range; the greatest value if a step hits it.
      step: Distance of neighbouring values.
      scale: Scale on which the range is explored; see `floatv`.
      name: Name of the decision, unique within its space.
      hints: Hints for search algorithms.

    Returns:
      A placeholder, for type checkers an int.

    Raises:
      ValueError: if the range is empty, or not positive where it has to be.

    Example:
      >>> list(pg.iter(pg.intv(0, 10, step=5)))
      [0, 5, 10]
    """
    return Int(  # type: ignore[return-value]
        min_value=min_value,
        max_value=max_value,
        step=step,
        scale=scale,
        name=name,
        hints=hints,
    )
