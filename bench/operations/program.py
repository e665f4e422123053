"""Programs as mutable functions: call, change, ask what depends on what."""

from registry import Code, operation

SETUP = """
import pyglove as pg

Assign, Function, Var = pg.mutfun.Assign, pg.mutfun.Function, pg.mutfun.Var
x, y, z = Var('x'), Var('y'), Var('z')

def program():
    return Function('f', [Assign('y', x + 1), Assign('z', x ** 2), y * z], ['x'])

f = program()
values = [i / 100 for i in range(100)]
"""

operation(
    "call of a mutable function of 3 lines, of 1,000",
    Code("for _ in range(10):\n    for value in values:\n        f(value)", SETUP),
    count=1_000,
    asked=100,
)
operation(
    "change of a mutable function, and 100 calls",
    Code(
        "g.rebind({'body[0].value.y': 2})\nfor value in values:\n    g(value)",
        SETUP,
        fresh="g = program()",
    ),
    asked=50,
)
operation(
    "all definitions that a line of 3 depends on",
    Code("f.body[2].input_defs()", SETUP),
    asked=10,
)
