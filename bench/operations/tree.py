"""Symbolic trees as values: compare, hash, show, save, search, walk."""

from operations.object import DATACLASS, MODEL, PG, TREE
from registry import DATACLASSES, PYDANTIC, Code, operation

TWINS = f"{PG}\nother = {TREE}\n"
CHANGED = f"{TWINS}\nother.rebind({{'left.x': 2, 'leaves[1].z': 'b', 'table.c': 3}})\n"
SAVED = f"{PG}\ntext = tree.to_json_str()\n"
PICKLED = f"import pickle\n{PG}"

operation(
    "equality of two trees",
    Code("pg.eq(tree, other)", TWINS),
    peers={
        PYDANTIC: Code("tree == other", f"{MODEL}\nother = {TREE}\n"),
        DATACLASSES: Code("tree == other", f"{DATACLASS}\nother = {TREE}\n"),
    },
    asked=20,
)
operation("hash of the tree", Code("hash(tree)", PG), asked=10)
operation(
    "tree to JSON text",
    Code("tree.to_json_str()", PG),
    peers={PYDANTIC: Code("tree.model_dump_json()", MODEL)},
    asked=15,
    limits={PYDANTIC: 3},
)
operation(
    "tree from JSON text",
    Code("pg.from_json_str(text)", SAVED),
    peers={
        PYDANTIC: Code(
            "Tree.model_validate_json(text)", f"{MODEL}\ntext = tree.model_dump_json()"
        )
    },
    asked=50,
    limits={PYDANTIC: 3},
)
operation(
    "str of the tree",
    Code("str(tree)", PG),
    peers={
        PYDANTIC: Code("str(tree)", MODEL),
        DATACLASSES: Code("str(tree)", DATACLASS),
    },
    asked=10,
)
operation("query by a regular expression", Code("pg.query(tree, '.*x')", PG), asked=20)
operation("difference of two trees", Code("pg.diff(tree, other)", CHANGED), asked=10)
operation(
    "walk through the tree",
    Code(
        "pg.traverse(tree, visit)",
        f"{PG}\nENTER = pg.TraverseAction.ENTER\n"
        "def visit(path, value, parent):\n    return ENTER\n",
    ),
    asked=10,
)
operation(
    "pickle and back",
    Code("pickle.loads(pickle.dumps(tree))", PICKLED),
    peers={
        PYDANTIC: Code(
            "pickle.loads(pickle.dumps(tree))",
            f"import pickle\n{MODEL}",
        ),
        DATACLASSES: Code(
            "pickle.loads(pickle.dumps(tree))", f"import pickle\n{DATACLASS}"
        ),
    },
    asked=5,
)
