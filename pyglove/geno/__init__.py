"""Decisions: the abstract description of spaces, and the genotypes of programs.

`DNASpec` says what there is to decide, `DNA` what was decided, and a `DNAGenerator`
is an algorithm that proposes one after the other. None of them knows the program.
"""

from pyglove.geno.choices import Choices, manyof, oneof
from pyglove.geno.custom_point import CustomDecisionPoint, custom
from pyglove.geno.deduping import Deduping
from pyglove.geno.dna import DNA
from pyglove.geno.generator import DNAGenerator, dna_generator
from pyglove.geno.numerical import Float, Int, float_scale_spec, floatv, intv
from pyglove.geno.random_search import Random
from pyglove.geno.space_spec import Space, constant
from pyglove.geno.spec import ConditionalKey, DecisionPoint, DNASpec, random_dna
from pyglove.geno.spec_base import AttributeDict
from pyglove.geno.sweeping import Sweeping

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
