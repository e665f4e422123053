"""Node: what every element of a symbolic tree is, and what it is made of.

The node itself, its flags, how it is placed under a parent, how plain values become
nodes, and what is said of a change. It imports `utils` and `typing`, and no other room.
"""
