"""The interface of specs that DNA depends on."""

from typing import Any

from pyglove import utils
from pyglove.geno.decision.decision import Decisions


class SpecBase:
    """Base of `DNASpec`: the interface that DNA depends on."""

    __slots__ = ()

    is_space: bool
    is_categorical: bool

    @property
    def decisions(self) -> Decisions:
        """The decisions of this spec, compiled for flat sequences of numbers."""
        raise NotImplementedError


class AttributeDict(dict[Any, Any]):
    """A dict whose items can be read and written as attributes."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise utils.PyGloveKeyError(name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value


def ensure_spec(spec: Any, argument: str = "spec") -> Any:
    """Returns `spec`, which has to be a DNASpec.

    Raises:
      ValueError: if it is anything else.
    """
    if not isinstance(spec, SpecBase):
        raise utils.PyGloveValueError(
            f"Expected a `pg.DNASpec` as {argument!r}, got {spec!r}."
        )
    return spec


def effective_spec(spec: Any) -> Any:
    """Returns the spec that DNA is bound to: the element of a space that has one."""
    while spec.is_space and len(spec.elements) == 1:
        spec = spec.elements[0]
    return spec
