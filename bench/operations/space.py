"""Spaces, programs and decisions.

The NAS-Bench-101 space has 5 operations out of 3, and 21 edges that may be there. The
conditional one has choices that open further ones. Large ones have 100 and more
decisions of all kinds.
"""

from registry import OURS, PYGLOVE, Code, operation

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
CONDITIONAL = """
import random
import pyglove as pg

def layer():
    return pg.Dict(
        kind=pg.oneof([
            'dense', pg.Dict(kernel=pg.oneof([1, 3]), pool=pg.oneof(['a', 'b']))
        ]),
        units=pg.oneof(['small', 'large']),
        skip=pg.manyof(2, ['x', pg.oneof(['y', 'z']), 'w']),
    )

def space():
    return pg.Dict(layers=[layer() for _ in range(4)])

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
operation(
    "program of pg.iter, of 100",
    Code("for program in pg.iter(space(), 100): pass", SETUP),
    count=100,
    asked=300,
)


def dna_operation(
    name: str, statement: str, before: str = "pass", asked: float | None = None
) -> None:
    """Adds a row for each of two spaces: what is done with one DNA after the other.

    Args:
      name: What is done.
      statement: What is done with `dna`, or with `form`.
      before: What `form` is, given `dna`.
      asked: How many times faster than the published package we want to be.
    """
    for suffix, setup in (("", SETUP), (", conditional", CONDITIONAL)):
        fresh = f"{DNAS}\nforms = []\nfor dna in dnas:\n    form = None\n    {before}\n"
        operation(
            f"{name}{suffix}",
            Code(
                f"for dna, form in zip(dnas, forms): {statement}",
                setup,
                fresh=f"{fresh}    forms.append(form)",
            ),
            count=DRAWN,
            asked=asked,
        )


dna_operation("next_dna", "dna.next_dna()", asked=100)
dna_operation("DNA.to_dict", "dna.to_dict()", asked=50)
dna_operation(
    "DNA.from_dict", "pg.DNA.from_dict(form, spec)", "form = dna.to_dict()", asked=50
)
dna_operation("DNA.to_json", "dna.to_json()", asked=20)
dna_operation(
    "DNA.parse",
    "pg.DNA.parse(form, spec)",
    "form = dna.to_json(type_info=False)",
    asked=20,
)

LARGE = """
import random
import pyglove as pg

def block():
    return pg.Dict(
        op=pg.oneof(['a', 'b', 'c']),
        width=pg.oneof([8, 16, 32, 64]),
        rate=pg.floatv(0.0, 1.0),
        tail=pg.oneof(['none', pg.Dict(units=pg.oneof([1, 2]))]),
    )

def space(decisions):
    return pg.List([block() for _ in range(decisions // 5)])

rng = random.Random(1)
"""
TEMPLATE = """
template = pg.template(space({decisions}))
spec = template.dna_spec()
dnas = iter([pg.random_dna(spec, rng) for _ in range(100)])
"""

# What is done once with a space, with the seconds it may take for 10,000 decisions.
WHOLE = {
    "dna_spec": ("pg.dna_spec(one)", "", "one = space({decisions})", 0.5),
    "random_dna": ("pg.random_dna(spec, rng)", TEMPLATE, "", 0.015),
    "decode": (
        "template.decode(dna)",
        TEMPLATE,
        "dna = pg.random_dna(spec, rng)",
        0.015,
    ),
}
for verb, (statement, setup, fresh, at_most) in WHOLE.items():
    for decisions in (100, 1_000, 10_000, 100_000):
        operation(
            f"{verb} of {decisions:,} decisions",
            Code(
                statement,
                LARGE + setup.replace("{decisions}", str(decisions)),
                fresh=fresh.replace("{decisions}", str(decisions)),
            ),
            libraries=(OURS,),
            at_most=at_most if decisions == 10_000 else None,
        )
operation(
    "memory of 10,000 decisions",
    Code(
        "one = pg.template(space(10_000)); two = one.dna_spec(); "
        "three = one.decode(pg.random_dna(two, rng))",
        LARGE,
    ),
    libraries=(OURS,),
    at_most=100,
    is_memory=True,
)

# Three choices within a program that is the same otherwise.
CONSTANT = """
import random
import pyglove as pg

class Leaf(pg.Object):
    x: int
    y: float
    z: str

class Group(pg.Object):
    name: str
    leaves: list[Leaf]

class Program(pg.Object):
    groups: list[Group]
    kind: str
    units: int
    rate: float

def group():
    return Group('group', [Leaf(i, 0.5, 'a') for i in range(8)])

template = pg.template(Program(
    [group() for _ in range({groups})],
    kind=pg.oneof(['a', 'b', 'c']),
    units=pg.oneof([8, 16, 32]),
    rate=pg.floatv(0.0, 1.0),
))
spec = template.dna_spec()
rng = random.Random(1)
"""
for groups in (1, 10, 100, 1_000):
    operation(
        f"decode 3 choices, among {10 * groups:,} nodes",
        Code(
            "for dna in dnas: template.decode(dna)",
            CONSTANT.replace("{groups}", str(groups)),
            fresh="dnas = [pg.random_dna(spec, rng) for _ in range(5)]",
        ),
        libraries=PYGLOVE if groups <= 100 else (OURS,),
        count=5,
    )
