"""Conversion of annotations and JSON schemas to value specs, and back.

Imports the rooms `introspection` to `callable`.
"""
