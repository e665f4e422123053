"""Compiled: code that is generated once for each class of objects.

This room generates constructors and forms from the schema of a class. It also holds the
run time that generated code calls, and the interpreted equivalents of generated code.
It imports the rooms `node` and `tree`.
"""
