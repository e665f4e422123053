"""Spec: the description of a space that algorithms see.

It imports the rooms `decision`, `constraint` and `dna`.
"""
