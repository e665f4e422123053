"""Error info: the description of an error as a symbolic value."""

from typing import Annotated

from pyglove import utils
from pyglove.symbolic.object.object import Object
from pyglove.utils.error_info import register_error_info


class ErrorInfo(Object, utils.ErrorInfo):
    """The description of an error, which can be stored and compared.

    Example:
      >>> try:
      ...     1 / 0
      ... except ZeroDivisionError as error:
      ...     info = pg.symbolic.ErrorInfo.from_exception(error)
      >>> info.tag, info.description
      ('ZeroDivisionError', 'division by zero')
    """

    tag: Annotated[  # pyright: ignore[reportIncompatibleMethodOverride]
        str, "Names of the classes of the error and of its causes."
    ]
    description: Annotated[  # pyright: ignore[reportIncompatibleMethodOverride]
        str, "The message of the error."
    ]
    stacktrace: Annotated[  # pyright: ignore[reportIncompatibleMethodOverride]
        str, "Where the error was raised."
    ]


ErrorInfo.register_for_deserialization(
    "pyglove.core.symbolic.error_info.ErrorInfo",
    ["pyglove.symbolic.ErrorInfo", "pyglove.core.utils.error_utils.ErrorInfo"],
)
register_error_info(ErrorInfo)

__all__ = ["ErrorInfo"]
