"""Arguments and signatures, and the value spec of callables.

Imports the rooms `introspection` to `spec`.
"""
