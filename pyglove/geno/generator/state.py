"""Components of states of search algorithms as JSON values.

The values are strict JSON, without NaN and infinities, which not every reader of JSON
understands. Floats keep all their digits on the way through text.
"""

import math
import random
import sys
from array import array
from typing import Any

from pyglove import utils
from pyglove.symbolic import Symbolic

# The only version of the state of `random.Random` since Python 2.4.
_MERSENNE_VERSION = 3
_WORD = "I" if array("I").itemsize == 4 else "L"


def random_to_json(rng: random.Random) -> Any:
    """Returns the state of a random number generator.

    Args:
      rng: The generator.

    Raises:
      ValueError: if it is a generator of another kind than Python's own.

    Example:
      >>> import random
      >>> from pyglove.geno.generator.state import random_to_json, restore_random
      >>> rng, other = random.Random(1), random.Random(2)
      >>> restore_random(other, random_to_json(rng))
      >>> rng.random() == other.random()
      True
    """
    try:
        state: Any = rng.getstate()
    except NotImplementedError:
        state = None
    if state is None or state[0] != _MERSENNE_VERSION:
        raise utils.PyGloveValueError(
            f"Expected a generator whose state can be saved, got {rng!r}."
        )
    _, words, gauss = state
    # 624 words in hexadecimal, as a list of them is slow to write and read.
    return {
        "words": _little_endian(array(_WORD, words[:-1])).tobytes().hex(),
        "position": words[-1],
        "gauss": gauss,
    }


def restore_random(rng: random.Random, state: Any) -> None:
    """Puts a random number generator into a state.

    Args:
      rng: The generator.
      state: A value of `random_to_json`.

    Raises:
      ValueError: if it is anything else.
    """
    try:
        words = array(_WORD)
        words.frombytes(bytes.fromhex(state["words"]))
        internal = (*_little_endian(words), state["position"])
        rng.setstate((_MERSENNE_VERSION, internal, state["gauss"]))
    except (TypeError, KeyError, ValueError, OverflowError) as error:
        raise utils.PyGloveValueError(
            f"Expected the state of a random number generator, got {state!r}."
        ) from error


def _little_endian(words: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        words.byteswap()
    return words


def random_sources(value: Any) -> list[random.Random]:
    """Returns the random number generators that symbolic objects keep.

    Args:
      value: A symbolic object, or a list, tuple or dict of such.

    Returns:
      All attributes of it, and of what it is made of, that are a `random.Random`; in
      the same order for all objects that are made alike, each once.
    """
    found: dict[int, random.Random] = {}
    pending = [value]
    while pending:
        node = pending.pop()
        if isinstance(node, Symbolic):
            own = [
                (k, v) for k, v in vars(node).items() if isinstance(v, random.Random)
            ]
            for _, source in sorted(own, key=lambda item: item[0]):
                found.setdefault(id(source), source)
            pending.extend(child for _, child in node.sym_items())
        elif isinstance(node, (list, tuple)):
            pending.extend(node)
        elif isinstance(node, dict):
            pending.extend(node.values())
    return list(found.values())


def value_to_json(value: Any) -> Any:
    """Returns any value that `pg.from_json` reads without trust.

    Args:
      value: An atom, a tuple or list of such, a symbolic object, ...

    Raises:
      ValueError: if it cannot be read back.
    """
    if value is None or type(value) in (int, str, bool):
        return value
    try:
        written = utils.to_json(value)
        utils.from_json(written)
    except (TypeError, ValueError) as error:
        raise utils.PyGloveValueError(
            "Expected a value that can be written as JSON and read back, as it is part "
            f"of the state of an algorithm, got {value!r}."
        ) from error
    return written


def reward_to_json(reward: Any) -> Any:
    """Returns a reward as a JSON value; NaN and infinities become strings.

    Args:
      reward: A number, a tuple of numbers, or None.

    Example:
      >>> from pyglove.geno.generator.state import reward_from_json, reward_to_json
      >>> reward_to_json((0.5, float('inf')))
      [0.5, 'inf']
      >>> reward_from_json([0.5, 'inf'])
      (0.5, inf)
    """
    if isinstance(reward, (tuple, list)):
        return [reward_to_json(item) for item in reward]
    if reward is None or type(reward) is int:
        return reward
    value = float(reward)
    return value if math.isfinite(value) else str(value)


def reward_from_json(value: Any) -> Any:
    """Returns the reward that `reward_to_json` gave a value for.

    Args:
      value: The value.
    """
    if isinstance(value, list):
        return tuple([reward_from_json(item) for item in value])
    return float(value) if isinstance(value, str) else value
