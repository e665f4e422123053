"""Missing values that know what is missing."""

import typing

from pyglove import utils
from pyglove.utils import MISSING_VALUE

if typing.TYPE_CHECKING:
    from pyglove.typing.field.value_spec import ValueSpec


class MissingValue(utils.MissingValue):
    """Stands for a value that is not there yet, and says what it must be.

    It equals `MISSING_VALUE`.

    Args:
      value_spec: What the value must be.

    Example:
      >>> import pyglove.typing as pgt
      >>> missing = pgt.Int().apply(pgt.MISSING_VALUE, allow_partial=True)
      >>> missing == pgt.MISSING_VALUE, missing.value_spec
      (True, Int())
    """

    def __init__(self, value_spec: "ValueSpec") -> None:
        super().__init__()
        self._value_spec = value_spec

    @property
    def value_spec(self) -> "ValueSpec":
        """What the missing value must be."""
        return self._value_spec

    def __eq__(self, other: typing.Any) -> bool:
        if self is other:
            return True
        if isinstance(other, MissingValue):
            return self._value_spec == other._value_spec
        return isinstance(other, utils.MissingValue)

    def __ne__(self, other: typing.Any) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(MISSING_VALUE)

    def to_json(self, **kwargs: typing.Any) -> dict[str, typing.Any]:
        """The JSON form of `MISSING_VALUE`; whoever reads it has its own spec."""
        return MISSING_VALUE.to_json(**kwargs)

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: typing.Any,
    ) -> str:
        """Shows the spec too, unless on one line."""
        if compact:
            return "MISSING_VALUE"
        spec = self._value_spec.format(
            compact=compact, verbose=verbose, root_indent=root_indent, **kwargs
        )
        return f"MISSING_VALUE({spec})"

    def __copy__(self) -> "MissingValue":
        return self

    def __deepcopy__(self, memo: dict[int, typing.Any]) -> "MissingValue":
        return self
