"""The internal interface: what other packages use of decisions beside public names.

`pyglove.geno` offers what users need. Placeholders and search algorithms work with
compiled decisions, too, and make DNA without checks. What they use is listed here; it
may change with any release. What needs NumPy is in `pyglove.geno.array_state`.
"""

from collections.abc import Callable
from typing import Any

from pyglove.geno.constraint.constraint import MAX_TRIES, Exhausted
from pyglove.geno.constraint.constraint_scope import Slots
from pyglove.geno.decision.choice_decision import (
    Branches,
    ChoiceDecision,
    MultiChoiceDecision,
    draw_below,
)
from pyglove.geno.decision.decision import NO_LIMIT, Decision, Decisions, Numbers
from pyglove.geno.decision.scale import from_unit, to_unit
from pyglove.geno.decision.slot import Slot, SlotTable
from pyglove.geno.decision.value_decision import (
    CustomDecision,
    FloatDecision,
    IntDecision,
)
from pyglove.geno.dna.dna import DNA
from pyglove.geno.dna.genotype import flat_form
from pyglove.geno.dna.mismatch import short
from pyglove.geno.dna.nested import plain_number
from pyglove.geno.dna.spec_base import effective_spec
from pyglove.geno.generator.generator import Reward
from pyglove.geno.generator.state import (
    random_sources,
    random_to_json,
    restore_random,
    reward_from_json,
    reward_to_json,
    value_to_json,
)
from pyglove.geno.spec.choices import make_choices
from pyglove.geno.spec.condition import Conditions
from pyglove.geno.spec.constrained_space import make_constrained_space
from pyglove.geno.spec.numerical import Scale, check_range
from pyglove.geno.spec.space_spec import check_names, make_space

#: Makes a DNA of numbers and the effective spec that they fit, without checks.
make_dna: Callable[..., DNA] = DNA._from_flat

#: Makes a DNA of a nested form, such as a single value, without checks.
make_unbound_dna: Callable[..., DNA] = DNA._from_nested


def numbers_of(dna: DNA) -> Numbers:
    """Returns the numbers of a DNA in the order of its spec."""
    return dna._flat()


def note_feasible(dna: DNA, conditions: Conditions | None) -> None:
    """Notes that a DNA meets conditions, so that it is not checked again."""
    dna._met_conditions = conditions


def is_known_feasible(dna: DNA, conditions: Conditions) -> bool:
    """Returns whether it is noted that a DNA meets conditions."""
    return dna._met_conditions is conditions


def is_constrained(dna: DNA) -> bool:
    """Returns whether a DNA is bound to a spec that may have constraints."""
    spec = dna._spec
    return spec is not None and spec._conditions is not None


def share_conditions(spec: Any, conditions: Conditions | None) -> None:
    """Gives a spec the conditions of an equal one, which are costly to compile."""
    spec._conditions = conditions


def own_metadata(dna: DNA) -> Any:
    """Returns the metadata of a DNA, None if it has none so far."""
    return dna._own_metadata


def cloneable_keys(dna: DNA) -> frozenset[str]:
    """Returns the keys of metadata that copies of a DNA get as well."""
    return dna._cloneable_metadata


def child_of(dna: DNA, numbers: Numbers) -> DNA:
    """Returns a DNA of other numbers, which takes over cloneable notes.

    Args:
      dna: The parent.
      numbers: Numbers that fit the parent's spec.
    """
    child = DNA._from_flat(numbers, dna._spec)
    if dna._cloneable_metadata or dna._cloneable_userdata:
        child._copy_notes(dna)
    return child


__all__ = [
    "MAX_TRIES",
    "NO_LIMIT",
    "Branches",
    "ChoiceDecision",
    "Conditions",
    "CustomDecision",
    "Decision",
    "Decisions",
    "Exhausted",
    "FloatDecision",
    "IntDecision",
    "MultiChoiceDecision",
    "Numbers",
    "Reward",
    "Scale",
    "Slot",
    "SlotTable",
    "Slots",
    "check_names",
    "check_range",
    "child_of",
    "cloneable_keys",
    "draw_below",
    "effective_spec",
    "flat_form",
    "from_unit",
    "is_constrained",
    "is_known_feasible",
    "make_choices",
    "make_constrained_space",
    "make_dna",
    "make_space",
    "make_unbound_dna",
    "note_feasible",
    "numbers_of",
    "own_metadata",
    "plain_number",
    "random_sources",
    "random_to_json",
    "restore_random",
    "reward_from_json",
    "reward_to_json",
    "share_conditions",
    "short",
    "to_unit",
    "value_to_json",
]
