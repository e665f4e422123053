"""All rules, and which of them explains a difference."""

from fuzz import container_rules, space_rules, tree_rules, type_rules
from fuzz.comparison import Difference
from fuzz.rule import Rule

RULES = [
    *tree_rules.RULES,
    *container_rules.RULES,
    *type_rules.RULES,
    *space_rules.RULES,
]


def rule_for(difference: Difference) -> Rule | None:
    """The first rule that explains a difference, if any does."""
    for rule in RULES:
        if rule.explains(difference):
            return rule
    return None
