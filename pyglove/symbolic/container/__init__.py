"""Container: lists and dicts whose items know their place.

It imports the rooms `node` to `protocol`.
"""
