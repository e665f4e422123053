"""What writers of programs share: random choices, and variables with what is in them."""

import dataclasses
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
NAMES = "abcdefgh"


@dataclasses.dataclass
class Value:
    """An expression, and the places that the value of it has.

    Attributes:
      text: The expression.
      form: 'object', 'list', 'dict' or 'atom'.
      children: Values by key.
      kinds: What is expected at these keys (see `values`), by key.
    """

    text: str
    form: str = "atom"
    children: dict[str | int, "Value"] = dataclasses.field(default_factory=dict)
    kinds: dict[str | int, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Place:
    """A place in the value of a variable.

    Attributes:
      access: The expression for it.
      path: Its path in the variable.
      key: The last key of the path, or None for the variable itself.
      kind: What is expected there.
      value: What was there at first.
    """

    access: str
    path: str
    key: str | int | None
    kind: str
    value: Value


def places(name: str, value: Value, kind: str = "any") -> list[Place]:
    """All places in a variable, itself first."""
    found = [Place(name, "", None, kind, value)]
    todo = [(found[0], value)]
    while todo:
        above, inner = todo.pop()
        for key, child in inner.children.items():
            if inner.form == "list":
                access, path = f"{above.access}[{key}]", f"{above.path}[{key}]"
            elif inner.form == "dict":
                access = f"{above.access}[{key!r}]"
                simple = isinstance(key, str) and key.isidentifier()
                path = f"{above.path}.{key}" if simple else f"{above.path}[{key}]"
            else:
                access, path = f"{above.access}.{key}", f"{above.path}.{key}"
            place = Place(
                access, path.lstrip("."), key, inner.kinds.get(key, "any"), child
            )
            found.append(place)
            todo.append((place, child))
    return found


class Source:
    """Random choices for one program, and what the program has so far.

    Attributes:
      random: The generator that decides everything.
      lines: The statements.
      variables: Values by the names of variables.
    """

    def __init__(self, seed: int | str):
        self.random = random.Random(seed)
        self.lines: list[str] = []
        self.variables: dict[str, Value] = {}

    def chance(self, probability: float) -> bool:
        """True in so many cases."""
        return self.random.random() < probability

    def pick(self, items: Sequence[T]) -> T:
        """One of several."""
        return items[int(self.random.random() * len(items))]

    def some(self, items: Sequence[T], limit: int = 3) -> list[T]:
        """A few different ones, at least one, in the order given."""
        count = min(len(items), self.random.randint(1, limit))
        chosen = sorted(self.random.sample(range(len(items)), count))
        return [items[i] for i in chosen]

    def below(self, limit: int) -> int:
        """An int from 0 to less than the limit; small ones are more frequent."""
        return min(self.random.randrange(limit), self.random.randrange(limit))

    def call(self, *writers: Callable[[], str]) -> str:
        """What one of several writers says."""
        return self.pick(writers)()

    def bind(self, value: Value) -> str:
        """Adds a variable with that value, and returns its name."""
        name = NAMES[len(self.variables) % len(NAMES)]
        self.variables[name] = value
        self.lines.append(f"{name} = {value.text}")
        return name

    def add(self, line: str) -> None:
        """Adds a statement."""
        self.lines.append(line)

    def place(self, *forms: str) -> Place:
        """A random place in a random variable, of one of the forms if there is such."""
        found = [
            place
            for name, value in self.variables.items()
            for place in places(name, value)
            if not forms or place.value.form in forms
        ]
        if not found:
            return self.place()
        return self.pick(found)

    def variable(self) -> str:
        """The name of a variable."""
        return self.pick(list(self.variables))
