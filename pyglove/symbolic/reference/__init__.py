"""Reference: values that stand for a value elsewhere.

References, values that are inferred from where they stand, and attributes that come
from a context. It imports the rooms `node` to `object`.
"""
