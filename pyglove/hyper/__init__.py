"""Spaces: programs with placeholders, and their decisions.

`pg.oneof` and its kin stand for values, `pg.template` compiles a program with such
placeholders, so that DNA become programs and programs become DNA.
"""

from pyglove.hyper.base import HyperPrimitive, HyperValue
from pyglove.hyper.categorical import (
    Choices,
    ManyOf,
    OneOf,
    manyof,
    oneof,
    permutate,
)
from pyglove.hyper.constrained import Constrained, constrain
from pyglove.hyper.custom import CustomHyper
from pyglove.hyper.define_by_run import DynamicEvaluationContext, trace
from pyglove.hyper.derived import DerivedValue, ValueReference, reference
from pyglove.hyper.evaluation_scope import dynamic_evaluate
from pyglove.hyper.evolvable import Evolvable, MutationPoint, MutationType, evolve
from pyglove.hyper.iteration import iterate, random_sample
from pyglove.hyper.numerical import Float, Int, floatv, intv
from pyglove.hyper.ownership import shared_by_programs
from pyglove.hyper.template import (
    ObjectTemplate,
    dna_spec,
    materialize,
    search_space,
    template,
)

# Former names.
ChoiceValue = OneOf
ChoiceList = ManyOf
Template = ObjectTemplate
one_of = oneof
sublist_of = manyof
float_value = floatv

__all__ = [
    # Placeholders.
    "HyperValue",
    "HyperPrimitive",
    "Choices",
    "OneOf",
    "ChoiceValue",
    "ManyOf",
    "ChoiceList",
    "Float",
    "Int",
    "CustomHyper",
    "Evolvable",
    "MutationPoint",
    "MutationType",
    "oneof",
    "one_of",
    "manyof",
    "sublist_of",
    "permutate",
    "floatv",
    "float_value",
    "intv",
    "evolve",
    # Constraints.
    "Constrained",
    "constrain",
    # Derived values.
    "DerivedValue",
    "ValueReference",
    "reference",
    # Templates.
    "ObjectTemplate",
    "Template",
    "template",
    "dna_spec",
    "search_space",
    "materialize",
    "shared_by_programs",
    # Loops.
    "iterate",
    "random_sample",
    # Define by run.
    "DynamicEvaluationContext",
    "dynamic_evaluate",
    "trace",
]


def __dir__() -> list[str]:
    return sorted(__all__)
