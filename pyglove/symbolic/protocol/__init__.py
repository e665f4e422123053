"""Protocol: the common interface of objects, lists and dicts.

This room holds their base class, `Symbolic`, and the function `clone`. It imports the
rooms from `node` to `form`.
"""
