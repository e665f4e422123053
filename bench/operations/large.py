"""Large trees: what a node costs must not grow with the tree it is in.

Only ours are measured: the published package would take minutes.
"""

from registry import OURS, Code, operation

SETUP = """
import pyglove as pg

class Leaf(pg.Object):
    x: int
    y: float
    z: str

class Group(pg.Object):
    name: str
    leaves: list[Leaf]

def build():
    return pg.List([
        Group('group', [Leaf(i, 0.5, 'a') for i in range(8)]) for _ in range({groups})
    ])

tree = build()
other = build()
"""

STATEMENTS = {
    "built": "build()",
    "cloned": "tree.clone(deep=True)",
    "queried": "pg.query(tree, '.*x')",
    "compared": "pg.eq(tree, other)",
    "saved": "tree.to_json_str()",
    "loaded": "pg.from_json_str(text)",
    "rebound": "tree.rebind(lambda k, v, p: v + 1 if type(v) is int else v)",
}

# A group has ten nodes: itself, its list, and eight leaves.
for verb, statement in STATEMENTS.items():
    for groups in (100, 10_000):
        setup = SETUP.replace("{groups}", str(groups))
        if verb == "loaded":
            setup += "text = tree.to_json_str()\n"
        operation(
            f"node {verb}, in a tree of {10 * groups:,}",
            Code(statement, setup),
            libraries=(OURS,),
            count=10 * groups,
        )
