"""Data that evolution attaches to DNA: fitness and provenance."""

from typing import Any

from pyglove.geno import DNA

_FITNESS = "reward"
_GENERATION = "generation_id"
_PROPOSAL = "proposal_id"
_INITIAL = "initial_population"
_FEEDBACK = "feedback_sequence_number"


def get_fitness(dna: DNA) -> float | tuple[float, ...]:
    """Returns the fitness of a DNA: its reward, or a tuple of rewards.

    Args:
      dna: The DNA.

    Raises:
      KeyError: if it was not evaluated yet.

    Example:
      >>> pg.evolution.get_fitness(pg.evolution.set_fitness(pg.DNA(0), 0.5))
      0.5
    """
    fitness: float | tuple[float, ...] = dna.metadata[_FITNESS]
    return fitness


def set_fitness(dna: DNA, fitness: float | tuple[float, ...] | None) -> DNA:
    """Records the fitness of a DNA.

    Args:
      dna: The DNA.
      fitness: Its reward, or a tuple of rewards.

    Returns:
      The DNA.
    """
    return dna.set_metadata(_FITNESS, fitness)


def get_generation_id(dna: DNA) -> int:
    """Returns the generation of a DNA, from 1.

    Args:
      dna: The DNA.

    Raises:
      KeyError: if it was not proposed by an evolution.
    """
    generation: int = dna.metadata[_GENERATION]
    return generation


def is_initial_population(dna: DNA) -> bool:
    """Returns whether a DNA is of the initial population.

    Args:
      dna: The DNA.

    Raises:
      KeyError: if it was not proposed by an evolution.
    """
    is_initial: bool = dna.metadata[_INITIAL]
    return is_initial


def get_feedback_sequence_number(dna: DNA) -> int | None:
    """Returns which evaluation that of a DNA was, from 1; None before it.

    Args:
      dna: The DNA.
    """
    number: int | None = dna.metadata.get(_FEEDBACK)
    return number


def note_proposal(dna: DNA, proposal: int, generation: int, is_initial: bool) -> None:
    """Records the provenance of a DNA.

    Args:
      dna: The DNA.
      proposal: Which proposal it is, from 1.
      generation: Its generation, from 1.
      is_initial: Whether it is of the initial population.
    """
    _note(dna, {_PROPOSAL: proposal, _GENERATION: generation, _INITIAL: is_initial})


def note_feedback(dna: DNA, number: int, fitness: Any) -> None:
    """Records the evaluation of a DNA.

    Args:
      dna: The DNA.
      number: Which evaluation it is, from 1.
      fitness: Its reward, or a tuple of rewards.
    """
    _note(dna, {_FEEDBACK: number, _FITNESS: fitness})


def _note(dna: DNA, notes: dict[str, Any]) -> None:
    # Numbers need none of the care that a symbolic dict takes of its values.
    dict.update(dna.metadata, notes)


def is_proposed(dna: DNA) -> bool:
    """Returns whether an evolution has proposed a DNA before.

    Args:
      dna: The DNA.
    """
    return _PROPOSAL in dna.metadata


def is_noted(dna: DNA) -> bool:
    """Returns whether the provenance of a DNA is recorded.

    Args:
      dna: The DNA.
    """
    return _INITIAL in dna.metadata
