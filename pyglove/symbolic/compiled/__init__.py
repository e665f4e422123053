"""Compiled: what is generated for each class of objects, once.

Constructors and forms are written as source text, laid out by the schema of the class,
and run by a small run time; what is interpreted beside them has its place here, too. It
imports `node` and `tree`.
"""
