"""Names of candidates: texts such as '1/3' and '1/3 (x)', and literal values."""

import re
from collections.abc import Sequence
from typing import Any

from pyglove import utils
from pyglove.geno.dna.mismatch import describe, short

# Texts of `format_candidate`.
_TEXT = re.compile(r"(\d{1,9})/(\d{1,9})(?: \((.*)\))?", re.DOTALL)
_FORMATS = ("choice", "literal", "choice_and_literal")


def format_candidate(
    index: int, size: int, literals: Sequence[Any] | None, display_format: str
) -> str | int | float:
    """Returns how a candidate is shown.

    Args:
      index: Index of the candidate.
      size: Number of candidates.
      literals: Names of the candidates, None if they have none.
      display_format: 'choice' for text such as '1/3', 'literal' for the literal value,
        'choice_and_literal' for text such as '1/3 (x)'.

    Raises:
      ValueError: if the format is unknown.

    Example:
      >>> from pyglove.geno.spec.candidate_name import format_candidate
      >>> format_candidate(1, 3, ['x', 'y', 'z'], 'choice_and_literal')
      '1/3 (y)'
    """
    if display_format not in _FORMATS:
        raise utils.PyGloveValueError(
            f"Expected one of {', '.join(map(repr, _FORMATS))} as 'display_format', "
            f"got {display_format!r}."
        )
    choice = f"{index}/{size}"
    if not literals or display_format == "choice":
        return choice
    literal: str | int | float = literals[index]
    return literal if display_format == "literal" else f"{choice} ({literal})"


def without_index(literal: Any, index: int, size: int) -> Any:
    """Removes the prefix of `format_candidate` from a literal value.

    Args:
      literal: The value.
      index: Index of the candidate.
      size: Number of candidates.
    """
    if isinstance(literal, str):
        match = _TEXT.fullmatch(literal)
        if match is not None:
            own_index, own_size, text = match.groups()
            if text is not None and (int(own_index), int(own_size)) == (index, size):
                return text
    return literal


def candidate_index(name: Any, spec: Any) -> int:
    """Returns the index of the candidate with a name.

    Args:
      name: Its literal value, or text such as '1/3' or '1/3 (x)'.
      spec: The choices.

    Raises:
      ValueError: if there is no such candidate.
    """
    literals = spec.literal_values
    if isinstance(name, str):
        match = _TEXT.fullmatch(name)
        if match is not None:
            index_text, size_text, literal = match.groups()
            return _checked_index(int(index_text), int(size_text), literal, spec)
    elif not isinstance(name, (int, float)):
        raise utils.PyGloveValueError(
            f"Expected an int, a float or a string for {describe(spec)}, got "
            f"{short(name)}."
        )
    if literals:
        # The last, as in the published package: documents name no other one.
        for i in range(len(literals) - 1, -1, -1):
            if literals[i] == name:
                return i
    raise utils.PyGloveValueError(
        f"Expected a literal value of {describe(spec)} "
        f"({short(list(literals or ()))}), got {name!r}."
    )


def _checked_index(index: int, size: int, literal: str | None, spec: Any) -> int:
    own_size = len(spec.branch_specs)
    if size != own_size:
        raise utils.PyGloveValueError(
            f"Expected one of {own_size} candidates for {describe(spec)}, got "
            f"'{index}/{size}', one of {size}."
        )
    if index >= size:
        raise utils.PyGloveValueError(
            f"Expected the index of a candidate, 0 to {size - 1}, for "
            f"{describe(spec)}, got '{index}/{size}'."
        )
    literals = spec.literal_values
    if literal is not None and literals and literal != str(literals[index]):
        raise utils.PyGloveValueError(
            f"Expected {literals[index]!r} as the literal value of candidate {index} "
            f"of {describe(spec)}, got {literal!r}."
        )
    return index
