"""Keys, fields and schemas, and the interface of value specs.

It imports `introspection`.
"""
