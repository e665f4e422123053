"""The NAS-Bench-101 space: 5 operations out of 3, 21 edges that are there or not."""

from registry import Code, operation

SETUP = """
import random
import pyglove as pg

def space():
    operations = ['conv1x1', 'conv3x3', 'maxpool3x3']
    return pg.Dict(
        ops=[pg.oneof(operations) for _ in range(5)],
        edges=[pg.oneof([0, 1]) for _ in range(21)],
    )

template = pg.template(space())
spec = template.dna_spec()
rng = random.Random(1)
"""
# What is handed in is new each time, so that nothing can be kept from the last time.
DRAWN = 50
DNAS = f"dnas = [pg.random_dna(spec, rng) for _ in range({DRAWN})]"
PROGRAMS = (
    f"programs = [template.decode(pg.random_dna(spec, rng)) for _ in range({DRAWN})]"
)

operation("build the space", Code("space()", SETUP))
operation(
    "dna_spec of the space",
    Code(
        "for one in spaces: pg.dna_spec(one)",
        SETUP,
        fresh="spaces = [space() for _ in range(20)]",
    ),
    count=20,
    asked=100,
)
operation("random_dna", Code("pg.random_dna(spec, rng)", SETUP), asked=500)
operation(
    "decode",
    Code("for dna in dnas: template.decode(dna)", SETUP, fresh=DNAS),
    count=DRAWN,
    asked=500,
)
operation(
    "encode",
    Code("for program in programs: template.encode(program)", SETUP, fresh=PROGRAMS),
    count=DRAWN,
    asked=300,
)
