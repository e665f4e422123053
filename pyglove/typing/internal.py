"""The internal interface: what other packages use of types beside public names."""

from pyglove.typing.callable.signature import DescribesCall
from pyglove.typing.field.late import LateClass

__all__ = ["DescribesCall", "LateClass"]
