"""Hyper values: placeholders that stand for many values, one for each DNA."""

import abc
from collections.abc import Callable
from typing import Any, ClassVar, cast

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno import DNA, DNASpec
from pyglove.geno.internal import effective_spec, flat_form, make_dna
from pyglove.hyper.evaluation_scope import current_evaluate_fn
from pyglove.hyper.ownership import start_drawing
from pyglove.hyper.part import Part
from pyglove.symbolic import NonDeterministic, Object, ObjectMeta
from pyglove.symbolic.internal import SPECIAL, convert
from pyglove.utils.serialization.json_type import published_as

KeyPath = utils.KeyPath
ROOT = KeyPath()


class HyperValue(NonDeterministic, pg_typing.CustomTyping):
    """Base of placeholders and of programs with placeholders.

    `dna_spec` describes the decisions, `decode` turns decisions into a
    value, `encode` turns a value into the decisions that lead to it.
    """

    _dna: DNA | None = None

    @property
    def dna(self) -> DNA | None:
        """The DNA that was decoded last, or set by `set_dna`."""
        return self._dna

    def set_dna(self, dna: DNA | None) -> None:
        """Sets the DNA for the next call.

        Args:
          dna: The DNA.
        """
        self._dna = dna

    def __call__(self) -> Any:
        """Returns the value for the present DNA.

        Raises:
          ValueError: if there is none.
        """
        if self._dna is None:
            raise utils.PyGloveValueError(
                f"Expected a DNA to be set by `set_dna` before {self!r} is called."
            )
        return self.decode(self._dna)

    def decode(self, dna: DNA) -> Any:
        """Decodes a DNA into a value.

        Args:
          dna: The DNA.

        Raises:
          ValueError: if the DNA does not fit.
          TypeError: if `dna` is not a DNA.
        """
        if not isinstance(dna, DNA):
            raise utils.PyGloveTypeError(
                f"Expected a DNA to decode, got {type(dna)!r}: {dna!r}."
            )
        previous, self._dna = self._dna, dna
        try:
            return self._decode()
        except BaseException:
            self._dna = previous
            raise

    def _hand_down(self, dna: DNA, where: Any) -> None:
        """Records its part of the DNA that a program was decoded from.

        Args:
          dna: The part of the DNA that is about this placeholder.
          where: Decides which placeholders inside are decided.
        """
        self._dna = dna

    @abc.abstractmethod
    def _decode(self) -> Any:
        """Returns the value that `dna` stands for."""

    @abc.abstractmethod
    def encode(self, value: Any) -> DNA:
        """Encodes a value as a DNA.

        Args:
          value: The value.

        Raises:
          ValueError: if no DNA stands for it.
        """

    @abc.abstractmethod
    def dna_spec(self, location: KeyPath | str | None = None) -> DNASpec:
        """Returns the spec of the decisions.

        Args:
          location: Where the value stands.
        """


def stands_for_itself(placeholder: Any, value_spec: pg_typing.ValueSpec) -> bool:
    """Returns whether a field takes a placeholder as a value, not for what it stands.

    Such is a field whose class is that of placeholders.

    Args:
      placeholder: The placeholder, or a template.
      value_spec: The value spec of the field.
    """
    specs = [value_spec]
    if isinstance(value_spec, pg_typing.Union):
        specs = list(value_spec.candidates)
    return any(
        isinstance(spec, pg_typing.Object)
        and spec.type_resolved
        and isinstance(placeholder, spec.value_type)
        for spec in specs
    )


class HyperMeta(ObjectMeta):
    """Metaclass of placeholders: lets a scope evaluate them where they are made."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Creates a placeholder, or the value that a scope replaces it by."""
        value = super().__call__(*args, **kwargs)
        evaluate = current_evaluate_fn()
        return value if evaluate is None else evaluate(value)


@published_as("pyglove.core.hyper.base.HyperPrimitive")
class HyperPrimitive(Object, HyperValue, metaclass=HyperMeta):
    """A placeholder for a value within a program.

    Attributes:
      name: Name of the decision, unique within its space; None if it has none.
      hints: Hints for search algorithms.
    """

    _sym_class_flags: ClassVar[int] = SPECIAL

    name: str | None = None
    hints: Any = None

    # The specs that it was found to fit; copies are checked again.
    _bound_spec = cast("pg_typing.ValueSpec | None", None)

    def _bind_spec(self, path: Any, value_spec: pg_typing.ValueSpec) -> None:
        """Records a spec that this placeholder fits.

        Args:
          path: Where it stands.
          value_spec: The value spec there.

        Raises:
          TypeError: if it was found to fit where not all is accepted that is accepted
            now.
        """
        if value_spec.accepts_any:
            return
        bound = self._bound_spec
        if bound is None:
            self._bound_spec = value_spec
        elif bound is not value_spec and not value_spec.is_compatible(bound):
            raise utils.PyGloveTypeError(
                f"Expected a placeholder for {value_spec!r}, got one that was made for "
                f"{bound!r}: {self!r}. Use a copy of it, by `clone()`. "
                f"(path={pg_typing.resolve_path(path)})"
            )

    def compile_part(
        self,
        where: "Callable[[HyperPrimitive], bool] | None" = None,
        value_spec: pg_typing.ValueSpec | None = None,
    ) -> Part:
        """Returns the part of this placeholder.

        Args:
          where: Decides which placeholders inside are decided.
          value_spec: The value spec of the field of this placeholder.
        """
        del where
        return PrimitivePart(self, value_spec)


class Revisions:
    """Counts the modifications of placeholders in the process.

    Templates look at it to find out, at next to no cost, that none of theirs was.
    """

    count = 0

    @classmethod
    def note(cls) -> None:
        """Notes that a placeholder has been modified."""
        cls.count += 1


class CompiledPrimitive(HyperPrimitive):
    """A placeholder that decodes and encodes by means of the part it compiles to."""

    # Number of modifications of this placeholder.
    revision = 0

    _compiled = cast("tuple[Part, DNASpec] | None", None)

    def _on_change(self, field_updates: Any) -> None:
        super()._on_change(field_updates)
        self.revision += 1
        Revisions.note()

    def _on_bound(self) -> None:
        super()._on_bound()
        self._compiled = None

    def _own_part(self) -> tuple[Part, DNASpec]:
        """Returns the part for a placeholder that stands alone, and its spec."""
        if self._compiled is None:
            part = self.compile_part(self._own_where())
            self._compiled = part, part.points(ROOT)[0]
        return self._compiled

    def _own_where(self) -> Any:
        return None

    def dna_spec(self, location: KeyPath | str | None = None) -> Any:
        """Returns the description of the decision.

        Args:
          location: Where the placeholder stands.
        """
        part = self.compile_part(self._own_where())
        return part.points(ROOT if location is None else KeyPath.from_value(location))[
            0
        ]

    def __call__(self) -> Any:
        """Returns the value for the present DNA.

        Raises:
          ValueError: if there is none.
        """
        value = super().__call__()
        assert self._dna is not None
        self._hand_down(self._dna, self._own_where())
        return value

    def _decode(self) -> Any:
        part, spec = self._own_part()
        assert self._dna is not None
        return part.make(start_drawing(flat_form(self._dna, spec), part.belongings()))

    def encode(self, value: Any) -> DNA:
        """Encodes a value as a DNA.

        Args:
          value: The value.

        Raises:
          ValueError: if no DNA stands for it.
        """
        part, spec = self._own_part()
        out: list[Any] = []
        if not part.encode(value, out):
            part.raise_mismatch(value, self.sym_path)
        return make_dna(tuple(out), spec)


class PrimitivePart(Part):
    """A placeholder that decodes and encodes by its own methods.

    Args:
      primitive: The placeholder.
      value_spec: The value spec of its field; None for anything.
    """

    __slots__ = ("_primitive", "_spec", "_value_spec")

    may_refer = True

    # Its `dna_spec` may have any constraints.
    has_constraints = True

    def __init__(
        self, primitive: HyperPrimitive, value_spec: pg_typing.ValueSpec | None = None
    ):
        self._primitive = primitive
        self._value_spec = value_spec
        self._spec: Any = None

    def count_revisions(self) -> int:
        """Returns the number of modifications of the placeholder."""
        return getattr(self._primitive, "revision", 0)

    def points(self, location: KeyPath) -> list[Any]:
        """Returns the decision points of this part."""
        return [self._primitive.dna_spec(location)]

    def primitives(self, location: KeyPath) -> list[tuple[KeyPath, Any]]:
        """Returns the placeholder."""
        return [(location, self._primitive)]

    def make(self, draw: Callable[[], Any]) -> Any:
        """Returns the value for the numbers that `draw` gives."""
        spec = self._bound_spec()
        numbers: list[Any] = []
        spec.decisions.take(draw, numbers)
        value = self._primitive.decode(make_dna(tuple(numbers), spec))
        value_spec = self._value_spec
        if value_spec is not None:
            # The type of the value is only known now.
            value = value_spec.apply(value, root_path=self._primitive.sym_path)
        return convert(None, None, value_spec, value)

    def _bound_spec(self) -> Any:
        if self._spec is None:
            self._spec = effective_spec(self._primitive.dna_spec(ROOT))
        return self._spec

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Appends the numbers for a value."""
        try:
            dna = self._primitive.encode(value)
        except NotImplementedError:
            raise
        except (ValueError, TypeError, KeyError):
            return False
        out.extend(self._bound_spec().decisions.flatten(dna.to_numbers(flatten=False)))
        return True

    def raise_mismatch(self, value: Any, path: KeyPath) -> None:
        """Raises the error of the placeholder itself."""
        self._primitive.encode(value)
