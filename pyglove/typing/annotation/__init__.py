"""Annotation: value specs out of annotations and JSON schemas, and back.

It imports the rooms `introspection` to `callable`.
"""
