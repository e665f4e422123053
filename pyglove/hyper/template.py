"""Templates: programs with placeholders, compiled once."""

from collections.abc import Mapping
from typing import Any, Literal, TypeVar, overload

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno import DNA, DNASpec, Space
from pyglove.geno.internal import (
    Numbers,
    check_names,
    effective_spec,
    flat_form,
    is_known_feasible,
    make_dna,
    share_conditions,
)
from pyglove.hyper.base import (
    ROOT,
    HyperPrimitive,
    HyperValue,
    Revisions,
    stands_for_itself,
)
from pyglove.hyper.compiler import Where, compile_value
from pyglove.hyper.derived import derived_values, resolve_all
from pyglove.hyper.ownership import Belongings, OwnedDraw, shared_by_programs
from pyglove.hyper.part import space_of
from pyglove.symbolic import Dict, List, eq, is_deterministic
from pyglove.symbolic.internal import HtmlForm, Node, key_of, node_path, parent_of

KeyPath = utils.KeyPath
T = TypeVar("T")


class ObjectTemplate(HyperValue, utils.Formattable, HtmlForm):
    """A program with placeholders, compiled to turn DNA into programs and back.

    The program is compiled as it is when the template is made. `decode` makes all
    symbolic values anew and shares everything else, see `pyglove.hyper.part`; it
    costs time in proportion to what is made anew.

    Args:
      value: The program; plain lists and dicts become symbolic.
      compute_derived: Whether derived values are replaced by what they are derived
        from.
      where: Decides which placeholders are decided; the others are kept.

    Example:
      >>> template = pg.template(pg.Dict(x=pg.oneof(['a', 'b']), y=1))
      >>> template.decode(pg.DNA(1))
      {x='b', y=1}
      >>> template.encode(pg.Dict(x='a', y=1))
      DNA(0)
    """

    def __init__(self, value: Any, compute_derived: bool = False, where: Where = None):
        if type(value) is list:
            value = List(value)
        elif type(value) is dict:
            value = Dict(value)
        self._value = value
        self._compute_derived = compute_derived
        self._where = where
        self._compile()

    def _compile(self) -> None:
        value = self._value
        self._part = compile_value(value, self._where)
        self._spec: Space | None = None
        self._revisions = Revisions.count
        self._own_revisions = self._part.count_revisions()
        self._belongings: Belongings | Literal[False] | None = None
        self._decoded: Numbers | None = None

    def _refresh(self) -> None:
        """Compiles again if a placeholder has been modified since."""
        if self._own_revisions != self._part.count_revisions():
            self._compile()
        self._revisions = Revisions.count

    @property
    def value(self) -> Any:
        """The program with placeholders."""
        return self._value

    @property
    def root_path(self) -> KeyPath:
        """Where the program stands in a larger tree."""
        return node_path(self._value) if isinstance(self._value, Node) else ROOT

    @property
    def hyper_primitives(self) -> list[tuple[KeyPath, Any]]:
        """The placeholders that are decided, with their paths."""
        if self._revisions != Revisions.count:
            self._refresh()
        decoded, self._decoded = self._decoded, None
        if decoded is not None:
            self._hand_down_numbers(decoded)
        return self._part.primitives(ROOT)

    def _hand_down_numbers(self, numbers: Numbers) -> None:
        """Passes their parts of the decoded DNA on to the placeholders."""
        spec = self._own_spec()
        primitives = self._part.primitives(ROOT)
        spans = spec.decisions.spans(numbers)
        for (_, primitive), point, (start, end) in zip(
            primitives, spec.elements, spans, strict=True
        ):
            dna = make_dna(numbers[start:end], effective_spec(point))
            primitive._hand_down(dna, self._where)

    def __call__(self) -> Any:
        """Returns the program for the present DNA, which its placeholders then have.

        Raises:
          ValueError: if there is none.
        """
        value = super().__call__()
        assert self.hyper_primitives is not None  # Tells them.
        return value

    @property
    def is_constant(self) -> bool:
        """Whether there are no decisions."""
        return not self._part.points(ROOT)

    def require_decisions(self, argument: str = "space") -> None:
        """Refuses a program without decisions.

        Args:
          argument: The name of the argument that the program was given as.

        Raises:
          ValueError: if there is nothing, or nothing but placeholders in tuples.
        """
        if not self.is_constant:
            return
        if isinstance(self._value, Node):
            Belongings().add_all(self._value)  # Says where they are.
        raise utils.PyGloveValueError(
            f"Expected placeholders, such as `pg.oneof`, but {argument!r} is a "
            f"constant value: {self._value!r}."
        )

    def dna_spec(self, location: KeyPath | str | None = None) -> Space:
        """Returns the spec of the decisions.

        Args:
          location: Where the program stands.

        Raises:
          ValueError: if two decisions have the same name.
        """
        if self._revisions != Revisions.count:
            self._refresh()
        path = ROOT if location is None else KeyPath.from_value(location)
        spec = space_of(self._part, path)
        check_names(spec)
        # Constraints are compiled once for all specs.
        has_constraints = self._part.has_constraints
        share_conditions(spec, self._own_spec().conditions if has_constraints else None)
        return spec

    def _own_spec(self) -> Space:
        """Returns the spec that DNA is checked against."""
        if self._spec is None:
            self._spec = space_of(self._part)
        return self._spec

    def _find_belongings(self) -> "Belongings | Literal[False]":
        """Finds the objects that each program has for itself; False if none."""
        self._belongings = self._part.belongings() or False
        return self._belongings

    def _require_feasible(self, dna: DNA, numbers: Numbers) -> None:
        """Refuses a DNA that violates a constraint."""
        spec = self._own_spec()
        conditions = spec.conditions
        if conditions is not None and not is_known_feasible(dna, conditions):
            conditions.require(numbers, spec, "a DNA")

    def decode(self, dna: DNA) -> Any:
        """Decodes a DNA into a program.

        Args:
          dna: The DNA.

        Raises:
          ValueError: if the DNA does not fit.
          TypeError: if `dna` is not a DNA.
        """
        if self._revisions != Revisions.count:
            self._refresh()
        spec = self._spec or self._own_spec()
        if not isinstance(dna, DNA):
            raise utils.PyGloveTypeError(
                f"Expected a DNA to decode, got {type(dna)!r}: {dna!r}."
            )
        numbers = flat_form(dna, spec)
        if self._part.has_constraints:
            self._require_feasible(dna, numbers)
        belongings = self._belongings
        if belongings is None:
            belongings = self._find_belongings()
        if belongings is False:
            value = self._part.make(iter(numbers).__next__)
        else:
            value = self._part.make(OwnedDraw(numbers, belongings.shared))
        self._dna = dna
        # Placeholders get their DNA when they are accessed.
        self._decoded = numbers
        if self._part.has_derived and self._compute_derived:
            return resolve_all(value)
        return value

    def _decode(self) -> Any:
        assert self._dna is not None
        return self.decode(self._dna)

    def encode(self, value: Any) -> DNA:
        """Encodes a program as a DNA.

        Args:
          value: The program.

        Raises:
          ValueError: saying where the program differs from all that the template
            stands for.
        """
        if self._revisions != Revisions.count:
            self._refresh()
        out: list[Any] = []
        if not self._part.encode(value, out):
            self._part.raise_mismatch(value, ROOT)
            raise AssertionError("unreachable")
        if self._part.has_derived:
            self._check_derived(value, ROOT)
        return make_dna(tuple(out), effective_spec(self._own_spec()))

    def _check_derived(self, value: Any, root: KeyPath) -> None:
        """Refuses a program with wrong derived values."""
        for node, key, derived in derived_values(self._value):
            path = KeyPath(key, _program_path(node))
            # Inside of candidates, paths of template and program differ.
            if not path.exists(value):
                continue
            actual = path.query(value)
            container = path.parent.query(value)
            expected: Any = derived.derive_from(container)
            if not is_deterministic(expected):
                expected = derived
            if not eq(expected, actual):
                raise utils.PyGloveValueError(
                    f"Expected {expected!r}, derived by {derived!r}, got {actual!r}. "
                    f"(path={path})"
                )

    def try_encode(self, value: Any) -> tuple[bool, DNA | None]:
        """Returns whether there is a DNA for a program, and the DNA.

        Args:
          value: The program.
        """
        try:
            return True, self.encode(value)
        except (ValueError, KeyError, TypeError):
            return False, None

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Takes part in `ValueSpec.apply`: stands where its program may stand."""
        if stands_for_itself(self, value_spec):
            return False, self
        value_spec.apply(
            self._value,
            allow_partial=allow_partial,
            child_transform=child_transform,
            root_path=path,
        )
        return False, self

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats this template; see `pg.format`."""
        text = utils.format(self._value, compact, verbose, root_indent, **kwargs)
        return f"{type(self).__name__}(value={text})"

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, ObjectTemplate) and eq(self._value, other._value)

    def __ne__(self, other: Any) -> bool:
        return not self == other

    __hash__ = object.__hash__


# Compiled programs do not change.
shared_by_programs(ObjectTemplate)


def _program_path(node: Any) -> KeyPath:
    """Returns the path of a node of a template in its programs."""
    keys = []
    while (parent := parent_of(node)) is not None:
        # Programs have what a wrapper stands for in its place.
        if not isinstance(parent, HyperValue) or isinstance(parent, HyperPrimitive):
            keys.append(key_of(node))
        node = parent
    return KeyPath(keys[::-1])


def template(value: Any, where: Where = None) -> ObjectTemplate:
    """Compiles a program with placeholders.

    Args:
      value: The program.
      where: Decides which placeholders are decided; the others are kept.

    Returns:
      A template, which decodes DNA to programs and encodes programs to DNA.
    """
    return ObjectTemplate(value, compute_derived=True, where=where)


def dna_spec(value: Any, where: Where = None) -> DNASpec:
    """Returns the spec of the decisions in a program.

    Args:
      value: The program with placeholders.
      where: Decides which placeholders are decided.

    Raises:
      ValueError: if two decisions have the same name.

    Example:
      >>> print(pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]), y=pg.floatv(0.0, 1.0))))
      Space({
        0 = 'x': Choices(num_choices=1, [
          (0): 1
          (1): 2
        ])
        1 = 'y': Float(min_value=0.0, max_value=1.0)
      })
    """
    return template(value, where).dna_spec()


def search_space(value: Any, where: Where = None) -> DNASpec:
    """Returns the spec of the decisions; see `dna_spec`.

    Args:
      value: The program with placeholders.
      where: Decides which placeholders are decided.
    """
    return dna_spec(value, where)


@overload
def materialize(
    value: HyperValue,
    parameters: DNA | Mapping[str, Any],
    use_literal_values: bool = True,
    where: Where = None,
) -> Any: ...


@overload
def materialize(
    value: T,
    parameters: DNA | Mapping[str, Any],
    use_literal_values: bool = True,
    where: Where = None,
) -> T: ...


def materialize(
    value: Any,
    parameters: DNA | Mapping[str, Any],
    use_literal_values: bool = True,
    where: Where = None,
) -> Any:
    """Returns the program that a DNA, or its decisions as a dict, stand for.

    Args:
      value: The program with placeholders.
      parameters: A DNA, or a dict as `DNA.to_dict` or `DNA.parameters` return it.
      use_literal_values: Accepted for compatibility; literal values and others are
        told apart by what they are.
      where: Decides which placeholders are decided.

    Raises:
      TypeError: if `parameters` is neither a DNA nor a dict.
      ValueError: if it does not fit.

    Example:
      >>> pg.materialize(pg.Dict(x=pg.oneof(['a', 'b'])), {'x': 1})
      {x='b'}
    """
    del use_literal_values
    compiled = template(value, where)
    if isinstance(parameters, Mapping):
        return compiled.decode(DNA.from_parameters(parameters, compiled.dna_spec()))
    if not isinstance(parameters, DNA):
        raise utils.PyGloveTypeError(
            "Expected a DNA, or a dict of decisions by name, as 'parameters', got "
            f"{parameters!r}."
        )
    return compiled.decode(parameters)


__all__ = [
    "ObjectTemplate",
    "dna_spec",
    "materialize",
    "search_space",
    "template",
]
