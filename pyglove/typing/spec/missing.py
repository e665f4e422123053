"""Missing values with the spec of the value."""

import typing

from pyglove import utils
from pyglove.utils import MISSING_VALUE

if typing.TYPE_CHECKING:
    from pyglove.typing.field.value_spec import ValueSpec


class MissingValue(utils.MissingValue):
    """A placeholder for a missing value, with the spec of the value.

    It equals `MISSING_VALUE`.

    Args:
      value_spec: The spec of the missing value.

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
        """The spec of the missing value."""
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
        """Returns the JSON form of `MISSING_VALUE`, without the spec."""
        return MISSING_VALUE.to_json(**kwargs)

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: typing.Any,
    ) -> str:
        """Formats the value, with the spec unless `compact`."""
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
