"""Spec: the value specs of all kinds of values but callables.

A new kind of value spec goes here. It imports `introspection` and `field`.
"""
