"""Container: lists and dicts that are nodes of a symbolic tree.

This room imports the rooms from `node` to `protocol`.
"""
