"""Generator: the base of search algorithms, their states, and the simplest of them.

It imports all other rooms.
"""
