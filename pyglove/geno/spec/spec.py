"""DNASpec: the description of a space, all that a search algorithm gets to see."""

import abc
import random
from collections.abc import Iterator
from dataclasses import KW_ONLY
from typing import Any, ClassVar, cast

from pyglove import utils
from pyglove.geno.constraint.constraint import Constraint
from pyglove.geno.decision.decision import Decision, Decisions, Numbers
from pyglove.geno.dna.dna import DNA
from pyglove.geno.dna.dna_table import Table, make_table
from pyglove.geno.dna.genotype import flat_form
from pyglove.geno.dna.spec_base import AttributeDict, SpecBase, effective_spec
from pyglove.geno.spec.condition import Conditions, compile_conditions
from pyglove.symbolic import List, Object
from pyglove.symbolic.internal import ATOMS, parent_of
from pyglove.utils.serialization.json_type import published_as

KeyPath = utils.KeyPath
ROOT = KeyPath()
# Stands for conditions that have not been compiled.
_UNKNOWN: Any = ("unknown",)


class ConditionalKey:
    """The key, in the id of a decision, of the choice that opens it.

    It shows as `[=1/3]`: candidate 1 of 3.

    Args:
      index: Index of the candidate.
      num_choices: Number of candidates.
    """

    __slots__ = ("_index", "_num_choices")

    def __init__(self, index: int, num_choices: int):
        self._index = index
        self._num_choices = num_choices

    @property
    def index(self) -> int:
        """Index of the candidate."""
        return self._index

    @property
    def num_choices(self) -> int:
        """Number of candidates."""
        return self._num_choices

    def __str__(self) -> str:
        return f"={self._index}/{self._num_choices}"

    def __eq__(self, other: Any) -> bool:
        return (
            isinstance(other, ConditionalKey)
            and self._index == other._index
            and self._num_choices == other._num_choices
        )

    def __hash__(self) -> int:
        return hash((self._index, self._num_choices))


class NoGeneratorError(utils.PyGloveTypeError, AttributeError):
    """Something else than a generator of random numbers was given."""


@published_as("pyglove.core.geno.base.DNASpec")
class DNASpec(Object, SpecBase):
    """The description of a space: its decisions and how they nest.

    It knows nothing of the program. An algorithm that works on a `DNASpec` works on
    every space. There are `Space` (several decisions), and the decision points
    `Choices`, `Float`, `Int` and `CustomDecisionPoint`.

    Attributes:
      location: Where the decision is, relative to the spec that contains it.
      hints: Hints of the author of the space for algorithms.
    """

    use_symbolic_comparison: ClassVar[bool] = False
    __str_format_kwargs__: ClassVar[dict[str, Any]] = {
        "compact": True,
        "verbose": True,
    }

    # Subclasses list them last among the arguments of their constructors.
    _: KW_ONLY
    location: KeyPath = ROOT
    hints: Any = None

    # Fields that JSON documents leave out.
    _unsaved_fields: ClassVar[tuple[str, ...]] = ()

    _decisions = cast("Decisions | None", None)
    _conditions = cast("Conditions | None", _UNKNOWN)
    _userdata = cast("AttributeDict | None", None)
    # Values computed from the fields; dropped when these change.
    _cache = cast("dict[str, Any] | None", None)

    # ---- What the kinds of specs implement -----------------------------------

    @property
    @abc.abstractmethod
    def is_space(self) -> bool:  # type: ignore[override]
        """Whether this is a `Space`."""

    @property
    @abc.abstractmethod
    def is_categorical(self) -> bool:  # type: ignore[override]
        """Whether this is a `Choices`."""

    @property
    @abc.abstractmethod
    def is_subchoice(self) -> bool:
        """Whether this is one of the choices of a multi-choice."""

    @property
    @abc.abstractmethod
    def is_numerical(self) -> bool:
        """Whether this is a `Float` or an `Int`."""

    @property
    @abc.abstractmethod
    def is_custom_decision_point(self) -> bool:
        """Whether this is a `CustomDecisionPoint`."""

    @property
    @abc.abstractmethod
    def space_size(self) -> int:
        """Number of different DNA, -1 if it is infinite."""

    @property
    @abc.abstractmethod
    def decision_points(self) -> "list[Any]":
        """All single decision points, active or not, in order."""

    @abc.abstractmethod
    def _make_decisions(self) -> list[Decision]:
        """Returns the compiled decisions, as items of `Decisions`."""

    @abc.abstractmethod
    def _own_points(self) -> "list[Any]":
        """Returns all decision points, multi-choices as well as their choices."""

    # ---- Compiled form -------------------------------------------------------

    @property
    def decisions(self) -> Decisions:
        """The decisions of this spec, compiled for flat sequences of numbers."""
        if self._decisions is None:
            self._decisions = Decisions(self._make_decisions())
        return self._decisions

    def _on_bound(self) -> None:
        super()._on_bound()
        self._decisions = None
        self._conditions = _UNKNOWN
        self._cache = None

    @property
    def conditions(self) -> Conditions | None:
        """The constraints of this spec and all in it, compiled; None without any.

        The only element of a space shares those of the space, as DNA of the space are
        bound to it.
        """
        if self._conditions is _UNKNOWN:
            parent = None if self.is_space else self.parent_spec
            if parent is not None and parent.is_space and len(parent.elements) == 1:  # type: ignore[attr-defined]
                self._conditions = parent.conditions
            else:
                self._conditions = compile_conditions(self)
        return self._conditions

    def _forget_conditions(self) -> None:
        self._conditions = _UNKNOWN

    def _cached(self, key: str, compute: Any) -> Any:
        if self._cache is None:
            self._cache = {}
        if key not in self._cache:
            self._cache[key] = compute()
        return self._cache[key]

    @property
    def static_points(self) -> "list[Any] | None":
        """The decision points, if all of them are active always; None otherwise."""

        def compute() -> Any:
            points = self.decision_points
            return points if len(points) == self.decisions.width else None

        return self._cached("static_points", compute)

    @property
    def table(self) -> Table:
        """The entries of dicts of decisions; see `dna_table`."""
        own_id = self.id
        found = self._cached("table", lambda: (None, None))
        if found[0] != own_id:
            found = (own_id, make_table(self))
            assert self._cache is not None
            self._cache["table"] = found
        return found[1]

    @property
    def static_ids(self) -> list[str]:
        """The text of the ids of `static_points`."""
        own_id = self.id
        found = self._cached("static_ids", lambda: (None, None))
        if found[0] != own_id:
            found = (own_id, [str(p.id) for p in self.static_points or ()])
            assert self._cache is not None
            self._cache["static_ids"] = found
        return found[1]

    @property
    def has_names(self) -> bool:
        """Whether a decision point has a name."""
        return bool(
            self._cached("has_names", lambda: any(p.name for p in self._own_points()))
        )

    # ---- Place ---------------------------------------------------------------

    @property
    def parent_spec(self) -> "DNASpec | None":
        """The spec that contains this one, or None."""
        parent = parent_of(self)
        if parent is not None and not isinstance(parent, DNASpec):
            parent = parent_of(parent)
        return parent if isinstance(parent, DNASpec) else None

    @property
    def parent_choice(self) -> Any:
        """The choice that opens this decision, or None."""
        spec = self.parent_spec
        if self.is_subchoice and spec is not None:
            spec = spec.parent_spec  # Past the multi-choice that this belongs to.
        while spec is not None and not spec.is_categorical:
            spec = spec.parent_spec
        return spec

    @property
    def id(self) -> KeyPath:
        """Path of this spec from the root, with choices on the way as `[=i/n]`."""
        parent: Any = self.parent_spec
        if parent is None:
            return self.location
        if self.is_space and parent.is_categorical:
            index: int = self.index  # type: ignore[attr-defined]
            key = ConditionalKey(index, len(parent.candidates))
            return KeyPath([key], parent.id) + self.location
        return cast("KeyPath", parent.id) + self.location

    # ---- Decision points -----------------------------------------------------

    @property
    def decision_ids(self) -> list[KeyPath]:
        """The ids of all decision points, a multi-choice counting as one."""
        return [p.id for p in self._own_points() if not p.is_subchoice]

    @property
    def named_decision_points(self) -> dict[str, Any]:
        """Decision points by name; several of one name form a list."""

        def compute() -> dict[str, Any]:
            groups: dict[str, list[Any]] = {}
            for point in self.decision_points:
                if point.name:
                    groups.setdefault(point.name, []).append(point)
            return {k: v if len(v) > 1 else v[0] for k, v in groups.items()}

        return self._cached("named", compute)

    @property
    def _points_by_id(self) -> dict[str, Any]:
        """Decision points by id; a list of its choices for a multi-choice."""
        result: dict[str, Any] = {}
        for point in self._own_points():
            if not point.is_subchoice:
                is_multi = point.is_categorical and point.num_choices > 1
                result[str(point.id)] = list(point.choice_specs) if is_multi else point
        return result

    def get(self, name_or_id: Any, default: Any = None) -> Any:
        """Returns a decision point.

        Args:
          name_or_id: Its name or id; or an index among the elements of a space.
          default: Returned if there is none.

        Returns:
          A decision point, or a list of choices for a multi-choice.
        """
        try:
            return self[name_or_id]
        except KeyError:
            return default

    def __getitem__(self, name_or_id: Any) -> Any:
        named = self.named_decision_points
        if name_or_id in named:
            return named[name_or_id]
        return self._points_by_id[name_or_id]

    def __len__(self) -> int:
        return len(self.decision_points)

    def __bool__(self) -> bool:
        return True

    # ---- DNA -----------------------------------------------------------------

    def validate(self, dna: DNA) -> None:
        """Checks that a DNA fits this spec and meets its constraints.

        Args:
          dna: The DNA.

        Raises:
          ValueError: saying which decision does not fit, or which constraint is
            violated.
        """
        numbers = flat_form(dna, self)
        if self.conditions is not None:
            self.conditions.require(numbers, self, "a DNA")

    def is_feasible(self, dna: DNA) -> bool:
        """Returns whether a DNA meets the constraints of this spec.

        Args:
          dna: The DNA.

        Raises:
          ValueError: if it does not fit this spec at all.

        Example:
          >>> space = pg.constrain(
          ...     [pg.oneof([1, 2]), pg.oneof([1, 2])], pg.geno.Distinct())
          >>> spec = pg.dna_spec(space)
          >>> spec.is_feasible(pg.DNA([0, 1])), spec.is_feasible(pg.DNA([1, 1]))
          (True, False)
        """
        numbers = flat_form(dna, self)
        return self.conditions is None or self.conditions.violation(numbers) is None

    def violated_constraints(self, dna: DNA) -> list[Constraint]:
        """Returns the constraints of this spec that a DNA violates.

        Args:
          dna: The DNA.

        Raises:
          ValueError: if it does not fit this spec at all.
        """
        numbers = flat_form(dna, self)
        return [] if self.conditions is None else self.conditions.violated(numbers)

    def first_dna(self, attach_spec: bool = True) -> DNA:
        """Returns the first feasible DNA in the order of enumeration.

        Args:
          attach_spec: Whether the DNA gets bound to this spec.

        Raises:
          ValueError: if no DNA meets the constraints.
        """
        conditions = self.conditions
        if conditions is None:
            return self._make_dna(self.decisions.first(), attach_spec)
        return self._make_dna(conditions.first(), attach_spec)

    def next_dna(self, dna: DNA | None = None, attach_spec: bool = True) -> DNA | None:
        """Returns the feasible DNA that follows another one in the order.

        The last decision varies fastest. What begins like a DNA that constraints on
        decisions rule out is not looked at.

        Args:
          dna: The DNA before; None asks for the first one.
          attach_spec: Whether the result gets bound to this spec.

        Returns:
          A DNA, or None at the end.

        Raises:
          NotImplementedError: if a decision that cannot be enumerated is next.
          ValueError: if `dna` does not fit this spec, or no DNA meets the constraints.
        """
        if dna is None:
            return self.first_dna(attach_spec)
        old = flat_form(dna, self)
        if self._conditions is None or self.conditions is None:
            numbers = self.decisions.next(old)
        else:
            numbers = self.conditions.next(old)
        return None if numbers is None else self._make_dna(numbers, attach_spec)

    def iter_dna(
        self, dna: DNA | None = None, attach_spec: bool = True
    ) -> Iterator[DNA]:
        """Iterates over the DNA that follow another one.

        Args:
          dna: The DNA before; None starts with the first one.
          attach_spec: Whether the results get bound to this spec.
        """
        following = self.next_dna(dna, attach_spec)
        while following is not None:
            yield following
            following = self.next_dna(following, attach_spec)

    def random_dna(
        self,
        random_generator: Any = None,
        attach_spec: bool = True,
        previous_dna: DNA | None = None,
    ) -> DNA:
        """Returns a random DNA that meets the constraints.

        Choices are uniform among candidates; numbers are uniform on their scale. With
        constraints, DNA are distributed as if random ones were drawn until one is
        feasible.

        Args:
          random_generator: A `random.Random`; None uses the state of the module
            `random`.
          attach_spec: Whether the DNA gets bound to this spec.
          previous_dna: A DNA from which custom decisions may start.

        Raises:
          ValueError: if no DNA was found that meets the constraints.
          TypeError: if `random_generator` is no such thing, for example a seed.
        """
        old = None if previous_dna is None else flat_form(previous_dna, self)
        rng = random if random_generator is None else random_generator
        try:
            if self._conditions is None or self.conditions is None:
                numbers = self.decisions.sample(rng, old)
            else:
                numbers = self.conditions.sample(rng, old)
        except AttributeError:
            if hasattr(rng, "getrandbits"):
                raise
            raise NoGeneratorError(
                "Expected a `random.Random` as 'random_generator', got "
                f"{random_generator!r}. With a seed, write `random.Random(seed)`."
            ) from None
        return self._make_dna(numbers, attach_spec)

    def _make_dna(self, numbers: Numbers, attach_spec: bool) -> DNA:
        if attach_spec:
            dna = DNA._from_flat(numbers, effective_spec(self))
            if self._conditions is not None:
                dna._met_conditions = self._conditions
            return dna
        return DNA._from_nested(self.decisions.nest(numbers))

    # ---- Notes and JSON ------------------------------------------------------

    @property
    def userdata(self) -> AttributeDict:
        """Values of any kind that algorithms keep with this spec."""
        if self._userdata is None:
            self._userdata = AttributeDict()
        return self._userdata

    def set_userdata(self, key: str, value: Any) -> None:
        """Puts a value into `userdata`.

        Args:
          key: Its key.
          value: The value.
        """
        self.userdata[key] = value

    def sym_jsonify(self, **kwargs: Any) -> Any:
        """Returns this spec as a value that `json` can write; see `pg.to_json`."""
        if kwargs.keys() - {"context"}:
            excluded = {"location", *self._unsaved_fields}
            rest = super().sym_jsonify(exclude_keys=excluded, **kwargs)
            result = {"_type": rest.pop("_type")}
            if self.location or not kwargs.get("hide_default_values"):
                result["location"] = self.location.path
            return {**result, **rest}
        result = {
            "_type": type(self).__serialization_key__,
            "location": self.location.path,
        }
        for key, value in self.sym_items():
            if key not in result and key not in self._unsaved_fields:
                result[key] = _jsonify(value, kwargs)
        return result

    @classmethod
    def from_json(cls, json_value: Any, *args: Any, **kwargs: Any) -> Any:
        """Returns the spec that `to_json` gave `json_value` for.

        Args:
          json_value: A dict of JSON values by field; or a whole JSON document, when
            called on `DNASpec` itself.
          *args: Accepted for uniformity.
          **kwargs: Options of `pg.from_json`.
        """
        if cls is DNASpec and "_type" in json_value:
            return utils.from_json(json_value, **kwargs)
        if "userdata" in json_value and json_value["userdata"] is None:
            # Published files of old have it.
            json_value = {k: v for k, v in json_value.items() if k != "userdata"}
        return super().from_json(json_value, **kwargs)

    def _sym_clone(self, deep: bool, memo: Any = None) -> Any:
        return super()._sym_clone(deep, memo)


def _jsonify(value: Any, options: dict[str, Any]) -> Any:
    """Returns the JSON form of a field, with few calls for each level of nesting."""
    if type(value) in ATOMS:
        return value
    if isinstance(value, List):
        return [
            v.sym_jsonify(**options)
            if isinstance(v, DNASpec)
            else utils.to_json(v, **options)
            for v in value.sym_values()
        ]
    return utils.to_json(value, **options)


@published_as("pyglove.core.geno.base.DecisionPoint")
class DecisionPoint(DNASpec):
    """A single decision, or the choices of a multi-choice.

    Attributes:
      name: Name of the decision, unique within its space; None if it has none.
    """

    _: KW_ONLY
    name: str | None = None

    @property
    def is_space(self) -> bool:  # type: ignore[override]
        """False."""
        return False


def random_dna(
    dna_spec: DNASpec,
    random_generator: Any = None,
    attach_spec: bool = True,
    previous_dna: DNA | None = None,
) -> DNA:
    """Returns a random DNA of a spec; see `DNASpec.random_dna`.

    Args:
      dna_spec: The spec.
      random_generator: A `random.Random`; None uses the state of the module `random`.
      attach_spec: Whether the DNA gets bound to the spec.
      previous_dna: A DNA from which custom decisions may start.
    """
    return dna_spec.random_dna(random_generator, attach_spec, previous_dna)
