"""Mutation testing: what `tools/mutants.py` is made of."""
