"""JSON forms that omit default values."""

import typing

from pyglove import utils
from pyglove.typing.field.spec_work import SPEC_WORK
from pyglove.utils.serialization.carried_callable import refuse_called, refuse_functions
from pyglove.utils.serialization.trust import LOAD_OPTIONS

# The types of items that several forms share, and that are used as conditions.
_FIELD_TYPES: dict[str, tuple[type[typing.Any], ...]] = {
    "allow_nonconst_keys": (bool, type(None)),
    "description": (str, type(None)),
    "frozen": (bool, type(None)),
    "is_noneable": (bool, type(None)),
    "metadata": (dict, type(None)),
    "name": (str, type(None)),
}

# The value of each item, and the value at which the item is omitted.
JSONItems = dict[str, tuple[typing.Any, typing.Any]]


class JSONForm(utils.JSONConvertible):
    """Base class of values whose JSON form has the arguments of the constructor."""

    __slots__ = ()

    # Arguments of the constructor that are not in the JSON form.
    _unwritten: typing.ClassVar[frozenset[str]] = frozenset()

    def to_json(
        self,
        *,
        context: utils.JSONConversionContext | None = None,
        **kwargs: typing.Any,
    ) -> typing.Any:
        """Converts the value to JSON.

        Args:
          context: The objects that the document shares, to be passed on.
          **kwargs: Options, to be handed on.

        Returns:
          The JSON value.
        """
        return self.to_json_dict(
            self._json_items(), exclude_default=True, context=context, **kwargs
        )

    @classmethod
    def from_json(
        cls,
        json_value: typing.Any,
        *,
        context: utils.JSONConversionContext | None = None,
        **kwargs: typing.Any,
    ) -> typing.Any:
        """Creates a value from its JSON form.

        An untrusted document may only contain callables that are admitted by
        `pg.utils.admit(..., calls=True)`.

        Args:
          json_value: The JSON form.
          context: The objects that the document shares.
          **kwargs: Options, to be handed on.

        Returns:
          The value.

        Raises:
          TypeError: `json_value` is not a JSON object, or has unknown items or
            callables that are not admitted.
          ValueError: Loading it takes more work than its size justifies.
        """
        if context is None:
            context = utils.JSONConversionContext()
        values = cls._decoded_fields(json_value, context=context, **kwargs)
        if LOAD_OPTIONS.get().trusted:
            return cls(**values)
        unknown = cls._unwritten.intersection(values)
        if unknown:
            raise utils.PyGloveTypeError(
                f"Expected the JSON form of {cls.__name__}, got {min(unknown)!r}, "
                "which is no part of it."
            )
        for key, kinds in _FIELD_TYPES.items():
            if not isinstance(values.get(key), kinds):
                raise utils.PyGloveTypeError(
                    f"Expected a value of type {kinds[0].__name__!r} as {key!r} of "
                    f"{cls.__name__}, got one of type {type(values[key]).__name__!r}."
                )
        owner = f"a value spec ({cls.__name__})"
        refuse_called(owner, values.get("transform"))
        refuse_functions(owner, values.values())
        with SPEC_WORK.hold(context.budget_for(json_value)):
            return cls(**values)

    def _json_items(self) -> JSONItems:
        """Returns the items of the JSON form, with the values at which to omit them."""
        raise NotImplementedError(f"{type(self).__name__} has no JSON form.")
