"""Node: the elements of a symbolic tree.

This room holds the node, its flags, its placement under a parent, the conversion of
plain values to nodes, and the notification of changes. It imports `utils` and `typing`,
and no other room.
"""
