"""JSON forms that leave out what is usual."""

import typing

from pyglove import utils

# What is written by field, and for each field the value at which it is left out.
JSONItems = dict[str, tuple[typing.Any, typing.Any]]


class JSONForm(utils.JSONConvertible):
    """Base of values whose JSON form consists of the arguments of the constructor."""

    __slots__ = ()

    def to_json(
        self,
        *,
        context: utils.JSONConversionContext | None = None,
        **kwargs: typing.Any,
    ) -> typing.Any:
        """Converts the value to JSON.

        Args:
            context: What the objects of the document share; to be handed on.
            **kwargs: Options, to be handed on.

        Returns:
            The JSON value.
        """
        return self.to_json_dict(
            self._json_items(), exclude_default=True, context=context, **kwargs
        )

    def _json_items(self) -> JSONItems:
        """The arguments of the constructor, with the values at which to omit them."""
        raise NotImplementedError(f"{type(self).__name__} has no JSON form.")
