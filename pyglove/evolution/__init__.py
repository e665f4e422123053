"""Evolution: search algorithms made of selectors, mutators and recombinators."""

from pyglove import scalars
from pyglove.evolution import hill_climb as hill_climb_lib
from pyglove.evolution import mutators, recombinators, selectors, where
from pyglove.evolution import neat as neat_lib
from pyglove.evolution import nsga2 as nsga2_lib
from pyglove.evolution import regularized_evolution as regularized_evolution_lib
from pyglove.evolution.combinator import (
    Choice,
    Concatenation,
    Conditional,
    Difference,
    ElementWise,
    Flatten,
    GlobalStateGetter,
    GlobalStateSetter,
    Identity,
    Intersection,
    Inversion,
    Lambda,
    Pipeline,
    Power,
    Repeat,
    Slice,
    SymmetricDifference,
    Union,
    UntilChange,
)
from pyglove.evolution.evolution import Evolution
from pyglove.evolution.fitness import (
    get_feedback_sequence_number,
    get_fitness,
    get_generation_id,
    is_initial_population,
    set_fitness,
)
from pyglove.evolution.hill_climb import hill_climb
from pyglove.evolution.neat import neat
from pyglove.evolution.novelty import UntilNew
from pyglove.evolution.nsga2 import nsga2
from pyglove.evolution.operation import Operation
from pyglove.evolution.operation_kind import (
    DNAOperation,
    Mutator,
    Recombinator,
    Selector,
)
from pyglove.evolution.regularized_evolution import regularized_evolution
from pyglove.scalars import Scalar, scalar_spec, scalar_value

RegularizedEvolution = regularized_evolution

__all__ = [
    # Algorithms.
    "Evolution",
    "regularized_evolution",
    "RegularizedEvolution",
    "hill_climb",
    "nsga2",
    "neat",
    # The modules of algorithms and of their components.
    "hill_climb_lib",
    "neat_lib",
    "nsga2_lib",
    "regularized_evolution_lib",
    # Operations.
    "Operation",
    "DNAOperation",
    "Selector",
    "Mutator",
    "Recombinator",
    "selectors",
    "mutators",
    "recombinators",
    "where",
    # The algebra of operations.
    "Pipeline",
    "Concatenation",
    "Union",
    "Intersection",
    "Difference",
    "SymmetricDifference",
    "Inversion",
    "Repeat",
    "Power",
    "Slice",
    "Choice",
    "Conditional",
    "ElementWise",
    "Flatten",
    "UntilChange",
    "UntilNew",
    "Identity",
    "Lambda",
    "GlobalStateGetter",
    "GlobalStateSetter",
    # Data that evolution attaches to DNA.
    "get_fitness",
    "set_fitness",
    "get_generation_id",
    "get_feedback_sequence_number",
    "is_initial_population",
    # Hyper-parameters that change over time.
    "scalars",
    "Scalar",
    "scalar_spec",
    "scalar_value",
]


def __dir__() -> list[str]:
    return sorted(__all__)
