"""States of evolution as JSON values: populations and the state of operations.

The same DNA may be in several places (the population, the elites), and operations tell
elements by identity. Therefore DNA are written into a pool once, and references stand
in their place.
"""

from typing import Any, TypeVar

from pyglove import utils
from pyglove.geno import DNA, AttributeDict
from pyglove.geno.internal import (
    cloneable_keys,
    reward_from_json,
    reward_to_json,
    value_to_json,
)

ClassT = TypeVar("ClassT", bound=type[Any])

# Classes of values in the global state that are saved slot by slot, by name.
_SAVED: dict[str, type[Any]] = {}


def saved_by_slots(cls: ClassT) -> ClassT:
    """Class decorator for values in the global state that are saved slot by slot.

    Args:
      cls: A class with `__slots__`.
    """
    _SAVED[cls.__name__] = cls
    return cls


class StateWriter:
    """Writes values as JSON values; objects with identity are written to a pool.

    Attributes:
      pool: The objects that references refer to, by position.
    """

    def __init__(self) -> None:
        self.pool: list[Any] = []
        # By identity: a position in the pool, and the object, so that it stays alive.
        self._positions: dict[int, tuple[int, Any]] = {}

    def write(self, value: Any) -> Any:
        """Returns a value as a JSON value.

        Args:
          value: A DNA, or an atom, list, tuple, dict or symbolic object, with DNA in
            lists, tuples and dicts.

        Raises:
          ValueError: if it cannot be saved.
        """
        if value is None or isinstance(value, (bool, int, str)):
            return value
        if isinstance(value, float):
            number = reward_to_json(value)
            return {"float": number} if isinstance(number, str) else number
        if isinstance(value, DNA):
            return self._refer(value, self._write_dna)
        if _SAVED.get(type(value).__name__) is type(value):
            return self._refer(value, self._write_slots)
        if isinstance(value, list):
            return [self.write(item) for item in value]
        if isinstance(value, tuple):
            return {"tuple": [self.write(item) for item in value]}
        if isinstance(value, dict):
            kind = "attributes" if isinstance(value, AttributeDict) else "dict"
            items = [[self.write(k), self.write(v)] for k, v in value.items()]
            return {kind: items}
        return {"json": value_to_json(value)}

    def _refer(self, value: Any, write: Any) -> Any:
        found = self._positions.get(id(value))
        if found is None:
            entry = write(value)
            found = self._positions[id(value)] = len(self.pool), value
            self.pool.append(entry)
        return {"ref": found[0]}

    def _write_dna(self, dna: DNA) -> Any:
        metadata = [[key, self.write(value)] for key, value in dna.metadata.items()]
        entry = {"dna": dna.to_numbers(), "metadata": metadata}
        cloneable = cloneable_keys(dna)
        if cloneable:
            entry["cloneable"] = sorted(cloneable)
        return entry

    def _write_slots(self, value: Any) -> Any:
        cls = type(value)
        parts = {name: self.write(getattr(value, name)) for name in cls.__slots__}
        return {"class": cls.__name__, "slots": parts}


class StateReader:
    """Reads the output of a `StateWriter`.

    Args:
      pool: The pool of the writer.
      dna_spec: The space.

    Raises:
      ValueError: if there are DNA of another space.
    """

    def __init__(self, pool: list[Any], dna_spec: Any):
        self._spec = dna_spec
        self._objects: list[Any] = []
        for entry in pool:
            read = self._read_dna if "dna" in entry else self._read_slots
            self._objects.append(read(entry))

    def read(self, value: Any) -> Any:
        """Returns the value that `StateWriter.write` gave a JSON value for.

        Args:
          value: The JSON value.
        """
        if isinstance(value, list):
            return [self.read(item) for item in value]
        if not isinstance(value, dict):
            return value
        ((kind, content),) = value.items()
        if kind == "ref":
            return self._objects[content]
        if kind == "float":
            return reward_from_json(content)
        if kind == "tuple":
            return tuple([self.read(item) for item in content])
        if kind == "json":
            return utils.from_json(content)
        items = [(self.read(k), self.read(v)) for k, v in content]
        return AttributeDict(items) if kind == "attributes" else dict(items)

    def _read_dna(self, entry: Any) -> DNA:
        dna = DNA.from_numbers(entry["dna"], self._spec)
        cloneable = entry.get("cloneable", ())
        for key, value in entry["metadata"]:
            dna.set_metadata(key, self.read(value), cloneable=key in cloneable)
        return dna

    def _read_slots(self, entry: Any) -> Any:
        cls = _SAVED[entry["class"]]
        value = object.__new__(cls)
        for name, part in entry["slots"].items():
            setattr(value, name, self.read(part))
        return value
