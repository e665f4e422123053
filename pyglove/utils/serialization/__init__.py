"""Serialization: values as JSON, and what documents may do when they are read."""
