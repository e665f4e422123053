"""The classes that documents may name before their package is loaded.

Some packages are loaded when they are first used. A document that names one of their
classes uses them; one that names anything else there does not cause an import. A test
holds the lists to what the packages register.
"""

# Names of classes by module, as documents spell it, for each package.
LAZY_TYPES: dict[str, dict[str, str]] = {
    "symbolic.adapter.compound": {"pyglove.symbolic.adapter.compound": "Compound"},
    "symbolic.adapter.functor": {"pyglove.core.symbolic.functor": "Functor"},
    "symbolic.adapter.subclassed_wrapper": {
        "pyglove.symbolic.adapter.subclassed_wrapper": "SubclassedWrapper WrapperOfNew"
    },
    "symbolic.adapter.unknown_symbol": {
        "pyglove.core.symbolic.unknown_symbols": (
            "UnknownFunction UnknownMethod UnknownSymbol UnknownType UnknownTypedObject"
        ),
    },
    "symbolic.adapter.wrapper_base": {
        "pyglove.core.symbolic.class_wrapper": "ClassWrapper"
    },
    "symbolic.adapter.wrapper_by_new": {
        "pyglove.symbolic.adapter.wrapper_by_new": "WrapperByNew"
    },
    "symbolic.reference.contextual_object": {
        "pyglove.core.symbolic.contextual_object": (
            "ContextualAttribute ContextualObject"
        ),
        "pyglove.symbolic": "ContextualAttribute",
        "pyglove.symbolic.reference.contextual_object": "ContextualAttribute",
    },
    "bayesian": {
        "pyglove.bayesian": "Auto GP Grid OptunaSearch QuasiRandom TPE",
        "pyglove.bayesian.auto": "Auto",
        "pyglove.bayesian.gp_search": "GP",
        "pyglove.bayesian.grid": "Grid",
        "pyglove.bayesian.model_search": "ModelSearch",
        "pyglove.bayesian.optuna_search": "OptunaSearch",
        "pyglove.bayesian.quasi_random": "QuasiRandom",
        "pyglove.bayesian.tpe": "TPE",
    },
    "early_stopping": {
        "pyglove.early_stopping.composition": (
            "And Composite EarlyStopingPolicyBase Not Or"
        ),
        "pyglove.early_stopping.step_wise": "StepWise",
        "pyglove.early_stopping.threshold": (
            "BehindRank BehindValue _Threshold early_stop_by_rank early_stop_by_value"
        ),
        "pyglove.ext.early_stopping.base": (
            "And Composite EarlyStopingPolicyBase Not Or"
        ),
        "pyglove.ext.early_stopping.step_wise": (
            "StepWise early_stop_by_rank early_stop_by_value"
        ),
    },
    "evolution": {
        "pyglove.evolution": "UntilNew",
        "pyglove.evolution.combinator": (
            "Choice Concatenation Conditional Difference ElementWise Flatten "
            "GlobalStateGetter GlobalStateSetter Identity Intersection Inversion "
            "Lambda Pipeline Power Repeat Slice SymmetricDifference Union "
            "UntilChange _Joint _Wrapper"
        ),
        "pyglove.evolution.evolution": "Evolution",
        "pyglove.evolution.mutators": "Swap Uniform _PlaceMutator",
        "pyglove.evolution.neat": "CompatibilityDistance Members Speciate",
        "pyglove.evolution.novelty": "UntilNew",
        "pyglove.evolution.nsga2": (
            "CrowdingDistanceSort NextElite NondominatedSort _HasSize"
        ),
        "pyglove.evolution.operation": "Operation",
        "pyglove.evolution.operation_kind": (
            "DNAOperation Mutator Recombinator Selector"
        ),
        "pyglove.evolution.recombinators.permutation": (
            "Cycle Order PartiallyMapped Permutation _TwoPoint"
        ),
        "pyglove.evolution.recombinators.point_wise": (
            "Average Numeric PointWise Sample Uniform WeightedAverage _Drawn"
        ),
        "pyglove.evolution.recombinators.segment_wise": "KPoint SegmentWise Segmented",
        "pyglove.evolution.selectors": (
            "Bottom First Last Proportional Random Sample Top _Counted _Ranked"
        ),
        "pyglove.evolution.where": "All Any DecisionPointFilter Lambda",
        "pyglove.ext.evolution.base": (
            "Choice Concatenation Conditional DNAOperation Difference ElementWise "
            "Evolution Flatten GlobalStateGetter GlobalStateSetter Identity "
            "Intersection Inversion Lambda Mutator Operation Pipeline Power "
            "Recombinator Repeat Selector Slice SymmetricDifference Union "
            "UntilChange"
        ),
        "pyglove.ext.evolution.mutators": "Swap Uniform",
        "pyglove.ext.evolution.recombinators": (
            "Average Cycle KPoint Numeric Order PartiallyMapped Permutation "
            "PointWise Sample SegmentWise Segmented Uniform WeightedAverage"
        ),
        "pyglove.ext.evolution.selectors": (
            "Bottom First Last Proportional Random Sample Top"
        ),
        "pyglove.ext.evolution.where": "All Any DecisionPointFilter Lambda",
    },
    "mutfun": {
        "pyglove.ext.mutfun.base": (
            "Assign Code ControlFlow Function FunctionCall If Instruction "
            "SymbolDefinition SymbolReference Var While"
        ),
        "pyglove.ext.mutfun.basic_ops": (
            "Add BinaryOperator Divide Equals FloorDivide GreaterThan LessThan Mod "
            "Multiply Negate NotEquals Operator Power Substract UnaryOperator"
        ),
        "pyglove.mutfun.basic_operator": (
            "Add BinaryOperator Divide Equals FloorDivide GreaterThan LessThan Mod "
            "Multiply Negate NotEquals Operator Power Substract UnaryOperator"
        ),
        "pyglove.mutfun.control_flow": "ControlFlow If While",
        "pyglove.mutfun.function": "Function FunctionCall",
        "pyglove.mutfun.symbol": "Assign SymbolDefinition SymbolReference Var",
    },
    "patching": {
        "pyglove.core.patching.object_factory": "ObjectFactory",
        "pyglove.patching": "ObjectFactory",
        "pyglove.patching.object_factory": "ObjectFactory",
    },
    "reinforce": {
        "pyglove.reinforce.controller": "Controller",
        "pyglove.reinforce.policy_gradient": "REINFORCE",
        "pyglove.reinforce.ppo": "PPO",
    },
    "scalars": {
        "pyglove.ext.scalars.base": (
            "Absolute Addition BinaryOp Ceiling Constant Division Floor Lambda Mod "
            "Multiplication Negation Power Scalar Substraction UnaryOp _Step"
        ),
        "pyglove.ext.scalars.maths": "Cosine Exp Log Sine SquareRoot",
        "pyglove.ext.scalars.randoms": (
            "Gaussian LogNormal Normal RandomScalar Triangular Uniform"
        ),
        "pyglove.ext.scalars.step_wise": "StepWise",
        "pyglove.scalars.base": (
            "Absolute Addition BinaryOp Ceiling Constant Division Floor Lambda Mod "
            "Multiplication Negation Power Scalar Substraction UnaryOp _Step"
        ),
        "pyglove.scalars.function": "Cosine Exp Log Sine SquareRoot",
        "pyglove.scalars.random_scalar": (
            "Gaussian LogNormal Normal RandomScalar Triangular Uniform"
        ),
        "pyglove.scalars.schedule": "StepWise",
    },
    "views": {
        "pyglove.core.views.html.base": "Html",
        "pyglove.core.views.html.controls.base": "HtmlControl",
        "pyglove.core.views.html.controls.label": "Badge Label LabelGroup",
        "pyglove.core.views.html.controls.progress_bar": "ProgressBar SubProgress",
        "pyglove.core.views.html.controls.tab": "Tab TabControl",
        "pyglove.core.views.html.controls.tooltip": "Tooltip",
    },
    "geno": {
        "pyglove.core.geno.base": "DNA DNASpec DecisionPoint",
        "pyglove.core.geno.categorical": "Choices",
        "pyglove.core.geno.custom": "CustomDecisionPoint",
        "pyglove.core.geno.deduping": "Deduping",
        "pyglove.core.geno.dna_generator": "DNAGenerator",
        "pyglove.core.geno.numerical": "Float",
        "pyglove.core.geno.random": "Random",
        "pyglove.core.geno.space": "Space",
        "pyglove.core.geno.sweeping": "Sweeping",
        "pyglove.generators.geno": "Choices CustomDecisionPoint Float Template",
        "pyglove.geno": (
            "Choices ConstrainedSpace CustomDecisionPoint DNA Decreasing "
            "Deduping Distinct Float Forbidden Increasing Int Predicate Random "
            "Space Sweeping Total"
        ),
        "pyglove.geno.constraint.constraint": "Constraint Predicate",
        "pyglove.geno.constraint.constraint_relation": (
            "Decreasing Distinct Forbidden Increasing Relation Total _Ordered"
        ),
        "pyglove.geno.dna.dna": "DNA",
        "pyglove.geno.dna.genotype": "Genotype",
        "pyglove.geno.generator.deduping": "Deduping",
        "pyglove.geno.generator.random_search": "Random",
        "pyglove.geno.generator.sweeping": "Sweeping",
        "pyglove.geno.spec.choices": "Choices",
        "pyglove.geno.spec.constrained_space": "ConstrainedSpace",
        "pyglove.geno.spec.custom_point": "CustomDecisionPoint",
        "pyglove.geno.spec.numerical": "Float Int _Numerical",
        "pyglove.geno.spec.space_spec": "Space",
    },
    "hyper": {
        "hyper": "Float Int ManyOf OneOf",
        "pyglove.core.hyper.base": "HyperPrimitive",
        "pyglove.core.hyper.categorical": "Choices ManyOf OneOf",
        "pyglove.core.hyper.custom": "CustomHyper",
        "pyglove.core.hyper.derived": "DerivedValue ValueReference",
        "pyglove.core.hyper.evolvable": "Evolvable",
        "pyglove.core.hyper.numerical": "Float",
        "pyglove.hyper": (
            "Constrained CustomHyper Evolvable Float Int ManyOf OneOf ValueReference"
        ),
        "pyglove.hyper.base": "CompiledPrimitive",
        "pyglove.hyper.categorical": "ManyOf OneOf",
        "pyglove.hyper.constrained": "Constrained",
        "pyglove.hyper.custom": "CustomHyper",
        "pyglove.hyper.derived": "ValueReference",
        "pyglove.hyper.evolvable": "Evolvable",
        "pyglove.hyper.numerical": "Float Int _Numerical",
    },
    "tuning": {
        "pyglove.core.tuning.early_stopping": "EarlyStoppingPolicy",
        "pyglove.core.tuning.protocols": "Measurement Trial",
        "pyglove.tuning.trial": "Measurement Trial",
    },
}


def lazy_type_names(package: str) -> list[str]:
    """Returns the names that documents may use for the classes of a package.

    Args:
      package: Name of the package, such as 'evolution'.
    """
    modules = LAZY_TYPES[package]
    return [
        f"{module}.{name}" for module in modules for name in modules[module].split()
    ]
