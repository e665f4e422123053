"""Symbolic lists and dicts."""

from registry import BUILTINS, Code, operation

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

DICT = "import pyglove as pg\nitems = pg.Dict(x=1)"
operation(
    "read an item of a dict as an attribute",
    Code("items.x", DICT),
    peers={BUILTINS: Code("items['x']", "items = {'x': 1}")},
    limits={BUILTINS: 4},
)
operation(
    "set an item of a dict as an attribute",
    Code("items.x = 1; items.x = 2", DICT),
    count=2,
    asked=17,
)
