"""Symbolic lists and dicts."""

from registry import Code, operation

SETUP = """
import pyglove as pg

numbers = list(range(1000))

def append_2000():
    items = pg.List()
    for number in range(2000):
        items.append(number)
"""

operation("list of 1,000 ints", Code("pg.List(numbers)", SETUP), asked=50)
operation("2,000 appends", Code("append_2000()", SETUP), asked=400)
operation(
    "nested dict of dicts and lists",
    Code(
        "pg.Dict(a=1, b={'c': 2, 'd': {'e': [1, 2, 3], 'f': 'x'}}, g=[{'h': 1}])",
        SETUP,
    ),
    asked=15,
)
