"""DNA: sequences of decided values, as trees, dicts, numbers and JSON.

It imports `decision`.
"""
