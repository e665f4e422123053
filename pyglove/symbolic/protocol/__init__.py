"""Protocol: what objects, lists and dicts have in common.

`Symbolic`, the base of all three, and the functions that copy them. It imports the
rooms `node` to `form`.
"""
