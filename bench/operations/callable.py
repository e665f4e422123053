"""Classes and functions made symbolic: define, build, call."""

from registry import DATACLASSES, PYDANTIC, Code, operation

DEFINITION = """
class Leaf({base}):
    x: int
    y: float
    z: str
"""

operation(
    "definition of a class of 3 fields",
    Code(DEFINITION.format(base="pg.Object"), "import pyglove as pg"),
    peers={
        PYDANTIC: Code(
            DEFINITION.format(base="BaseModel"), "from pydantic import BaseModel"
        ),
        DATACLASSES: Code(
            f"@dataclass{DEFINITION.format(base='object')}",
            "from dataclasses import dataclass",
        ),
    },
    asked=2,
)
operation(
    "call of a functor with bound arguments",
    Code(
        "bound()",
        """
import pyglove as pg

@pg.functor([('a', pg.typing.Int()), ('b', pg.typing.Int())])
def add(a, b, c=1):
    return a + b + c

bound = add(1, 2)
""",
    ),
    asked=20,
)
operation(
    "object of a symbolized class",
    Code(
        "Plain(1, 'a')",
        """
import pyglove as pg

@pg.symbolize
class Plain:
    def __init__(self, x, y, z=1):
        self.total = x + z
        self.label = y
""",
    ),
    asked=50,
)
