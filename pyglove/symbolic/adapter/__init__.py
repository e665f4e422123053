"""Adapter: symbolic versions of functions and of classes written without them.

Functors, wrappers, compounds, boilerplate, and placeholders for what is not known. It
imports the rooms `node` to `object`.
"""
