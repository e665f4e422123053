"""Tree: what is done with whole trees, whatever their nodes are.

Walking, comparing, binding and rebinding values, what is missing, where a tree came
from. It imports the room `node`.
"""
