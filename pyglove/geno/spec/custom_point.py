"""Custom decision points: decisions whose values mean something to the user only."""

import types
from collections.abc import Callable
from typing import Any, ClassVar

from pyglove import utils
from pyglove.geno.decision.decision import Decision
from pyglove.geno.decision.value_decision import CustomDecision
from pyglove.geno.dna.dna import DNA
from pyglove.geno.spec.spec import ROOT, DecisionPoint
from pyglove.symbolic import members

NextFn = Callable[[DNA | None], DNA | None]
RandomFn = Callable[[Any, DNA | None], DNA]


@members(
    [],
    init_arg_list=[
        "hyper_type",
        "next_dna_fn",
        "random_dna_fn",
        "hints",
        "location",
        "name",
    ],
    serialization_key="pyglove.generators.geno.CustomDecisionPoint",
    additional_keys=[
        "pyglove.geno.CustomDecisionPoint",
        "pyglove.core.geno.custom.CustomDecisionPoint",
    ],
)
class CustomDecisionPoint(DecisionPoint):
    """A decision whose value is a string that only the user can read.

    Attributes:
      hyper_type: Name of the kind of decision in texts.
      next_dna_fn: Returns the DNA that follows another one, None at the end; given
        None, the first DNA.
      random_dna_fn: Returns a random DNA, given a generator and the DNA before.
    """

    _unsaved_fields: ClassVar[tuple[str, ...]] = ("next_dna_fn", "random_dna_fn")

    hyper_type: str | None = None
    next_dna_fn: NextFn | None = None
    random_dna_fn: RandomFn | None = None

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
        """False."""
        return False

    @property
    def is_custom_decision_point(self) -> bool:
        """True."""
        return True

    @property
    def space_size(self) -> int:
        """-1, since it is unknown."""
        return -1

    @property
    def decision_points(self) -> list[Any]:
        """A list of this decision point."""
        return [self]

    def _own_points(self) -> list[Any]:
        return [self]

    def _make_decisions(self) -> list[Decision]:
        functions = (self.next_dna_fn, self.random_dna_fn)
        key = (self.hyper_type, *map(_identity, functions))
        return [CustomDecision(key, self._next_value, self._random_value)]

    def _next_value(self, value: str | None) -> str | None:
        if self.next_dna_fn is None:
            raise NotImplementedError(
                f"Expected 'next_dna_fn' of {self._display_type!r}, to enumerate the "
                f"space, got None. (path={self.id})"
            )
        dna = self.next_dna_fn(None if value is None else DNA._from_nested(value))
        return None if dna is None else self._value_of(dna, "next_dna_fn")

    def _random_value(self, rng: Any, value: str | None) -> str:
        if self.random_dna_fn is None:
            raise NotImplementedError(
                f"Expected 'random_dna_fn' of {self._display_type!r}, to draw from the "
                f"space, got None. (path={self.id})"
            )
        old = None if value is None else DNA._from_nested(value)
        return self._value_of(self.random_dna_fn(rng, old), "random_dna_fn")

    def _value_of(self, dna: Any, source: str) -> str:
        value = dna.value if isinstance(dna, DNA) else dna
        if not isinstance(value, str):
            raise utils.PyGloveValueError(
                f"Expected {source!r} to return a DNA with a string, got {dna!r}. "
                f"(path={self.id})"
            )
        return value

    @property
    def _display_type(self) -> str:
        return self.hyper_type or type(self).__name__

    def sym_eq(self, other: Any) -> bool:
        """Returns whether `other` has the same fields, its functions not compared."""
        return isinstance(other, CustomDecisionPoint) and all(
            getattr(self, key) == getattr(other, key)
            for key in ("location", "hints", "name", "hyper_type")
        )

    def sym_hash(self) -> int:
        """Returns a hash that agrees with `sym_eq`."""
        return hash((CustomDecisionPoint, self.location, self.name, self.hyper_type))

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
            ("hyper_type", self.hyper_type, None),
            ("name", self.name, None),
            ("hints", self.hints, None),
        ]
        if show_id:
            items.insert(0, ("id", utils.RawText(repr(str(self.id))), None))
        return utils.kvlist_str(items, label=type(self).__name__, compact=True)


def _identity(function: Any) -> Any:
    """Returns an identity of a function, also if it is not hashable."""
    is_plain = isinstance(function, (types.FunctionType, types.MethodType))
    return function if function is None or is_plain else id(function)


def custom(
    hyper_type: str | None = None,
    next_dna_fn: NextFn | None = None,
    random_dna_fn: RandomFn | None = None,
    hints: Any = None,
    location: utils.KeyPath | str = ROOT,
    name: str | None = None,
) -> CustomDecisionPoint:
    """Returns a decision point whose values mean something to the user only.

    Args:
      hyper_type: Name of the kind of decision in texts.
      next_dna_fn: Returns the DNA that follows another one.
      random_dna_fn: Returns a random DNA.
      hints: Hints for search algorithms.
      location: Where the decision is.
      name: Name of the decision.
    """
    return CustomDecisionPoint(
        hyper_type=hyper_type,
        next_dna_fn=next_dna_fn,
        random_dna_fn=random_dna_fn,
        hints=hints,
        location=location,  # type: ignore[arg-type]
        name=name,
    )
