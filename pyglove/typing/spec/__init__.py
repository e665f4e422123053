"""The value specs of all kinds of values except callables.

Add a new kind of value spec here. Imports `introspection` and `field`.
"""
