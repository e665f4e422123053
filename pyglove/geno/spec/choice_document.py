"""JSON values of choices, of which those of large spaces mostly consist."""

from types import NoneType
from typing import Any

from pyglove.geno.spec.candidate_name import without_index
from pyglove.geno.spec.space_spec import Space

_CONSTANT: dict[str, Any] = {
    "_type": Space.__serialization_key__,
    "location": "",
    "hints": None,
    "elements": [],
}
# Types of the fields of plain documents.
_PLAIN: dict[str, tuple[type, ...]] = {
    "location": (str,),
    "hints": (NoneType,),
    "name": (NoneType, str),
    "num_choices": (int,),
    "candidates": (list,),
    "literal_values": (NoneType, list),
    "distinct": (bool,),
    "sorted": (bool,),
    "subchoice_index": (NoneType, int),
}


def is_plain_document(document: dict[str, Any]) -> bool:
    """Returns whether a document is of choices among constants, and without mistakes.

    Args:
      document: A JSON value by field.
    """
    if document.keys() - {"_type"} != _PLAIN.keys():
        return False
    if any(type(document[key]) not in types for key, types in _PLAIN.items()):
        return False
    candidates, literals = document["candidates"], document["literal_values"]
    size, count = len(candidates), document["num_choices"]
    return (
        count >= 1
        and size >= (count if document["distinct"] else 1)
        and all(c == {**_CONSTANT, "index": i} for i, c in enumerate(candidates))
        and (
            literals is None
            or (
                len(literals) == size
                and {int, float, str, bool}.issuperset(map(type, literals))
                and all(
                    without_index(literal, i, size) is literal
                    for i, literal in enumerate(literals)
                )
            )
        )
    )
