"""Symbolic objects: build, read, change, copy."""

from registry import DATACLASSES, PYDANTIC, PYGLOVE, Code, operation

LEAF = "Leaf(x=1, y=2.0, z='a')"
TREE = f"""Tree(
    name='tree',
    leaves=[{LEAF}, {LEAF}, {LEAF}, {LEAF}],
    table={{'a': 1, 'b': 2}},
    left={LEAF},
    right={LEAF},
)"""


def classes(imports: str, header: str) -> str:
    """The same two classes, as fields with annotations, for any of the libraries."""
    return f"""
{imports}

{header.format(name="Leaf")}
    x: int
    y: float
    z: str

{header.format(name="Tree")}
    name: str
    leaves: list[Leaf]
    table: dict
    left: Leaf
    right: Leaf

{header.format(name="Root")}
    tree: Tree

leaf = {LEAF}
tree = {TREE}
root = Root(tree=tree)
"""


PG = classes("import pyglove as pg", "class {name}(pg.Object):")
MODEL = classes("from pydantic import BaseModel", "class {name}(BaseModel):")
DATACLASS = classes(
    "import copy\nfrom dataclasses import dataclass", "@dataclass\nclass {name}:"
)


def compare(statement: str) -> dict[str, Code]:
    """The same statement for the libraries that only hold fields."""
    return {
        PYDANTIC: Code(statement, MODEL),
        DATACLASSES: Code(statement, DATACLASS),
    }


operation(
    "object of 3 typed fields",
    Code(LEAF, PG),
    libraries=PYGLOVE,
    peers=compare(LEAF),
    asked=100,
    limits={PYDANTIC: 1.5},
)
operation(
    "tree of 7 objects, with a list and a dict",
    Code(TREE, PG),
    peers=compare(TREE),
    asked=150,
    limits={PYDANTIC: 3},
)
operation(
    "read a field",
    Code("leaf.x", PG),
    peers=compare("leaf.x"),
    asked=40,
    limits={DATACLASSES: 2},
)
operation(
    "set a field, where assignment is allowed",
    Code(
        "open_leaf.x = 1; open_leaf.x = 2",
        f"""
{PG}
class Open(Leaf):
    allow_symbolic_assignment = True

open_leaf = {LEAF.replace("Leaf", "Open")}
""",
    ),
    count=2,
    asked=80,
)
# What a tree tells of a node, beside a read of an attribute.
for name, statement, limit in (
    ("symbolic value of a field", "left.sym_getattr('x')", 10),
    ("parent of an object", "left.sym_parent", 5),
    ("path of an object of depth 2", "left.sym_path", 30),
):
    operation(
        name,
        Code(statement, f"{PG}\nleft = root.tree.left"),
        peers={DATACLASSES: Code("leaf.x", DATACLASS)},
        limits={DATACLASSES: limit},
    )
operation(
    "rebind a field",
    Code("leaf.rebind(x=1); leaf.rebind(x=2)", PG),
    count=2,
    asked=20,
)
operation(
    "rebind a path of depth 3",
    Code("root.rebind({'tree.left.x': 1}); root.rebind({'tree.left.x': 2})", PG),
    count=2,
    asked=15,
)
operation(
    "deep clone of the tree",
    Code("tree.clone(deep=True)", PG),
    peers={
        PYDANTIC: Code("tree.model_copy(deep=True)", MODEL),
        DATACLASSES: Code("copy.deepcopy(tree)", DATACLASS),
    },
    asked=300,
    limits={DATACLASSES: 0.5},
)
