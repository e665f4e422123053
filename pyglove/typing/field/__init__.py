"""Field: keys, fields and schemas, and what a value spec has to do.

It imports `introspection`.
"""
