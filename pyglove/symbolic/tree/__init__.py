"""Tree: functions that act on whole trees of any nodes.

This room holds traversal, comparison, binding and rebinding of values, missing values,
and origins. It imports the room `node`.
"""
