"""Object: classes whose annotations are symbolic fields.

The base class, its metaclass, and the view of an object's fields as a dict. It imports
the rooms `node` to `container`.
"""
