"""Constraint: predicates on decisions, compiled to automata over their values.

It imports `decision`.
"""
