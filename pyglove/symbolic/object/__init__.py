"""Object: classes whose annotations declare symbolic fields.

This room holds the base class, its metaclass, and the dict view of an object's fields.
It imports the rooms from `node` to `container`.
"""
