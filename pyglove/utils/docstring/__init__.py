"""Parsing of docstrings."""
