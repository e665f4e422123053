"""Docstring: descriptions of classes and arguments out of their docstrings."""
