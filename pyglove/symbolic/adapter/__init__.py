"""Adapter: symbolic versions of ordinary functions and classes.

This room holds functors, class wrappers, compounds, boilerplate classes, and
placeholders for unknown symbols. It imports the rooms from `node` to `object`.
"""
