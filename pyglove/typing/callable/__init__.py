"""Callable: arguments and signatures, and the value spec of callables.

It imports the rooms `introspection` to `spec`.
"""
