"""Decision: the flat table of decisions that a space is compiled into.

It imports no other room.
"""
