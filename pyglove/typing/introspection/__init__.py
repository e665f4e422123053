"""Introspection of types and functions.

Imports only `utils`.
"""
