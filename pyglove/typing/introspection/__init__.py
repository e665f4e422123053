"""Introspection: what Python says of types and functions.

It imports `utils` alone.
"""
