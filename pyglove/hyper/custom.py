"""Custom placeholders: decisions that only their author understands."""

import abc
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno import DNA, CustomDecisionPoint, custom
from pyglove.hyper.base import ROOT, HyperPrimitive, KeyPath
from pyglove.symbolic import members


@members(
    [],
    serialization_key="pyglove.core.hyper.custom.CustomHyper",
    additional_keys=["pyglove.hyper.CustomHyper"],
)
class CustomHyper(HyperPrimitive):
    """A placeholder whose DNA is a string that only its author understands.

    Subclasses implement `custom_decode`, and, as far as algorithms need them,
    `custom_encode`, `random_dna` and `next_dna`.

    Example:
      >>> class Digits(pg.hyper.CustomHyper):
      ...     def custom_decode(self, dna):
      ...         return [int(c) for c in dna.value]
      ...     def random_dna(self, random_generator=None, previous_dna=None):
      ...         return pg.DNA(str(random_generator.randrange(1000)))
      >>> pg.template(pg.Dict(x=Digits())).decode(pg.DNA('42'))
      {x=[0: 4, 1: 2]}
    """

    def dna_spec(self, location: KeyPath | str | None = None) -> CustomDecisionPoint:
        """Returns the description of the decision.

        Args:
          location: Where the placeholder stands.
        """
        return custom(
            type(self).__name__,
            self.next_dna,
            self.random_dna,
            self.hints,
            ROOT if location is None else location,
            self.name,
        )

    def first_dna(self) -> DNA:
        """Returns the first DNA in the order of enumeration."""
        if type(self).next_dna is CustomHyper.next_dna:
            raise self._not_implemented("next_dna")
        dna = self.next_dna(None)
        assert dna is not None
        return dna

    def next_dna(self, dna: DNA | None = None) -> DNA | None:
        """Returns the DNA that follows another one, None at the end.

        Args:
          dna: The DNA before; None asks for the first one.
        """
        raise self._not_implemented("next_dna")

    def random_dna(
        self, random_generator: Any = None, previous_dna: DNA | None = None
    ) -> DNA:
        """Returns a random DNA.

        Args:
          random_generator: A `random.Random`, or the module `random`.
          previous_dna: A DNA to start from, if any.
        """
        raise self._not_implemented("random_dna")

    def _decode(self) -> Any:
        dna = self._dna
        assert dna is not None
        if not isinstance(dna.value, str):
            raise utils.PyGloveValueError(
                f"Expected a DNA with a string for {type(self).__name__}, got {dna!r}. "
                f"(path={self.sym_path})"
            )
        return self.custom_decode(dna)

    @abc.abstractmethod
    def custom_decode(self, dna: DNA) -> Any:
        """Decodes a DNA into a value.

        Args:
          dna: A DNA whose value is a string.
        """

    def encode(self, value: Any) -> DNA:
        """Encodes a value as a DNA.

        Args:
          value: The value.
        """
        return self.custom_encode(value)

    def custom_encode(self, value: Any) -> DNA:
        """Encodes a value as a DNA. Subclasses implement it.

        Args:
          value: The value.
        """
        raise self._not_implemented("custom_encode")

    def _not_implemented(self, method: str) -> Exception:
        return NotImplementedError(
            f"Expected {type(self).__name__} to implement `{method}`. "
            f"(path={self.sym_path})"
        )

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Takes part in `ValueSpec.apply`: stands in every field."""
        return False, self
