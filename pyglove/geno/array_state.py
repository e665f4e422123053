"""Arrays and NumPy's random generators as JSON values, for states of algorithms.

Whatever needs no NumPy is in `pyglove.geno.generator.state`, as spaces do without it.
"""

import binascii
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from pyglove import utils

Floats: TypeAlias = npt.NDArray[np.float64]


def array_to_json(array: Floats) -> str:
    """Returns the numbers of an array, to the last bit.

    Args:
      array: The array.
    """
    return binascii.b2a_base64(array.astype("<f8").tobytes(), newline=False).decode()


def array_from_json(value: Any, shape: tuple[int, ...]) -> Floats:
    """Returns the array that `array_to_json` gave a value for.

    Args:
      value: The value.
      shape: The shape of the array.

    Raises:
      ValueError: if it is no such value, or one of another shape.
    """
    try:
        numbers = np.frombuffer(binascii.a2b_base64(value), "<f8")
        return numbers.astype(np.float64).reshape(shape)
    except (TypeError, ValueError) as error:
        raise utils.PyGloveValueError(
            f"Expected an array of shape {shape} in the state of an algorithm, got one "
            "of another shape or something else. Was it set up for the same space?"
        ) from error


def generator_to_json(rng: np.random.Generator) -> Any:
    """Returns the state of a random generator.

    Args:
      rng: A generator, as `numpy.random.default_rng` makes it.
    """
    state: Any = rng.bit_generator.state
    words = {key: hex(value) for key, value in state["state"].items()}
    return {**state, "state": words}


def restore_generator(rng: np.random.Generator, state: Any) -> None:
    """Puts a random generator into a state.

    Args:
      rng: The generator.
      state: The value that `generator_to_json` returned.

    Raises:
      ValueError: if it is anything else.
    """
    try:
        words = {key: int(value, 16) for key, value in state["state"].items()}
        rng.bit_generator.state = {**state, "state": words}
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise utils.PyGloveValueError(
            f"Expected the state of a random generator, got {state!r}."
        ) from error
