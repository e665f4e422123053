"""Decisions: the abstract description of spaces, and the genotypes of programs.

`DNASpec` describes decisions, `DNA` records them, and a `DNAGenerator`
is an algorithm that proposes one after the other. None of them knows the program.
"""

from pyglove.geno.constraint.constraint import (
    Constraint,
    ConstraintError,
    InfeasibleSpaceError,
    Predicate,
    PredicateError,
)
from pyglove.geno.constraint.constraint_relation import (
    Decreasing,
    Distinct,
    Forbidden,
    Increasing,
    Relation,
    Total,
)
from pyglove.geno.dna.dna import DNA
from pyglove.geno.dna.spec_base import AttributeDict
from pyglove.geno.generator.deduping import Deduping
from pyglove.geno.generator.generator import DNAGenerator, dna_generator
from pyglove.geno.generator.random_search import Random
from pyglove.geno.generator.sweeping import Sweeping
from pyglove.geno.spec.choices import Choices, manyof, oneof
from pyglove.geno.spec.constrained_space import ConstrainedSpace
from pyglove.geno.spec.custom_point import CustomDecisionPoint, custom
from pyglove.geno.spec.numerical import Float, Int, float_scale_spec, floatv, intv
from pyglove.geno.spec.outline import outline
from pyglove.geno.spec.space_spec import Space, constant
from pyglove.geno.spec.spec import ConditionalKey, DecisionPoint, DNASpec, random_dna

space = Space

__all__ = [
    # Decisions.
    "DNASpec",
    "DecisionPoint",
    "Space",
    "Choices",
    "Float",
    "Int",
    "CustomDecisionPoint",
    "ConditionalKey",
    "space",
    "constant",
    "oneof",
    "manyof",
    "floatv",
    "intv",
    "custom",
    "float_scale_spec",
    "outline",
    # Constraints.
    "Constraint",
    "Relation",
    "Increasing",
    "Decreasing",
    "Distinct",
    "Total",
    "Forbidden",
    "Predicate",
    "ConstrainedSpace",
    "ConstraintError",
    "InfeasibleSpaceError",
    "PredicateError",
    # Genotypes.
    "DNA",
    "AttributeDict",
    "random_dna",
    # Algorithms.
    "DNAGenerator",
    "dna_generator",
    "Random",
    "Sweeping",
    "Deduping",
]


def __dir__() -> list[str]:
    return sorted(__all__)
