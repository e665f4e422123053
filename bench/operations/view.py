"""Views: values as pages of HTML."""

from registry import OURS, Code, operation

SETUP = """
import pyglove as pg

class Layer(pg.Object):
    units: int
    activation: str = "relu"
    rate: float = 0.1

class Block(pg.Object):
    layers: list[Layer]
    name: str = "block"

class Model(pg.Object):
    blocks: list[Block]
    options: dict = {}

def model(blocks):
    return Model(
        [Block([Layer(i) for i in range(8)], name=f"b{j}") for j in range(blocks)],
        options={"a": 1, "b": [1, 2, 3]},
    )
"""

operation(
    "HTML of a tree of 1,000 nodes",
    Code("pg.to_html_str(tree)", f"{SETUP}\ntree = model(28)\n"),
    asked=20,
)
operation(
    "the same, without tooltips",
    Code(
        "pg.to_html_str(tree, enable_summary_tooltip=False, enable_key_tooltip=False)",
        f"{SETUP}\ntree = model(28)\n",
    ),
    asked=20,
)
operation(
    "HTML of a tree of 100,000 nodes, cut",
    Code("pg.to_html_str(tree)", f"{SETUP}\ntree = model(2850)\n"),
    libraries=(OURS,),
    at_most=2.0,
)
