"""Reference: values that represent a value elsewhere.

This room holds references, values that are inferred from their position in the tree,
and attributes that come from a context. It imports the rooms from `node` to `object`.
"""
