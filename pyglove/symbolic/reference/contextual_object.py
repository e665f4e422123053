"""Contextual objects: objects whose attributes come from their context."""

import contextlib
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pyglove import utils
from pyglove.symbolic.compiled import object_runtime
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.protocol.symbolic import Symbolic
from pyglove.symbolic.reference.inferred import ValueFromParentChain
from pyglove.utils.contextual import OVERRIDES
from pyglove.utils.scope import Scope
from pyglove.utils.serialization.json_type import published_as

MISSING_VALUE = utils.MISSING_VALUE
# Means that there is no default, since any value may be a default.
NO_DEFAULT = (MISSING_VALUE,)


class _OpenScopes:
    """Counts the open scopes that affect generated getters."""

    @property
    def open_count(self) -> int:
        """Number of open scopes in all threads."""
        return _OBJECT_OVERRIDES.open_count + OVERRIDES.open_count


# Overrides of attributes of single objects, by the id of the object.
_OBJECT_OVERRIDES: Scope[dict[int, dict[str, utils.ContextualOverride]]] = Scope(
    "object_overrides", {}
)


class ContextualAttribute(ValueFromParentChain):
    """Represents an attribute that comes from the context of an object.

    Its value is the attribute of the same name of the nearest ancestor that is a
    `pg.ContextualObject`; otherwise the value of `pg.contextual_override`; otherwise
    the default.
    """

    NO_DEFAULT: ClassVar[Any] = NO_DEFAULT

    type: Annotated[Any, "The type of the attribute, if known."] = None
    default: Annotated[Any, "The value if the context provides none."] = NO_DEFAULT

    def value_from(
        self,
        parent: Symbolic,
        *,
        context_override: utils.ContextualOverride | None = None,
        **kwargs: Any,
    ) -> Any:
        """Returns the value that an ancestor provides.

        Args:
          parent: An ancestor.
          context_override: A value that takes precedence.
          **kwargs: Ignored.

        Returns:
          The value; `pg.MISSING_VALUE` if the ancestor provides none.
        """
        del kwargs
        key = self.inference_key
        if not isinstance(parent, ContextualObject) or not isinstance(key, str):
            return MISSING_VALUE
        if context_override is not None and context_override.override_attrs:
            return context_override.value
        if _OBJECT_OVERRIDES.open_count:
            # It may be an attribute of the class, too, which is no field.
            mine = _OBJECT_OVERRIDES.get().get(id(parent))
            if mine is not None and key in mine:
                return mine[key].value
        return getattr(parent, key, MISSING_VALUE)

    def infer(self, **kwargs: Any) -> Any:
        """Returns the value that the context provides.

        Args:
          **kwargs: Options of `value_from`.

        Raises:
          AttributeError: if the context provides none, and there is no default.
        """
        key = self.inference_key
        override = utils.get_contextual_override(str(key))
        try:
            return super().infer(context_override=override, **kwargs)
        except AttributeError:
            if override is not None:
                return override.value
            default = self.sym_getattr("default")
            if isinstance(default, tuple) and default == NO_DEFAULT:
                raise
            return default


ContextualAttribute.register_for_deserialization(
    "pyglove.core.symbolic.contextual_object.ContextualAttribute",
    ["pyglove.symbolic.ContextualAttribute"],
)


def contextual_attribute(type: Any = None, default: Any = NO_DEFAULT) -> Any:
    """Returns the value of a field that comes from the context of its object.

    Args:
      type: The type of the value, as documentation.
      default: The value if the context provides none.

    Example:
      >>> class Layer(pg.ContextualObject):
      ...     width: int = pg.contextual_attribute()
      >>> class Model(pg.ContextualObject):
      ...     width: int
      ...     layer: Layer
      >>> Model(8, Layer()).layer.width
      8
    """
    return ContextualAttribute(type=type, default=default)


@published_as("pyglove.core.symbolic.contextual_object.ContextualObject")
class ContextualObject(Object):
    """Base of objects whose attributes depend on their context.

    Ancestors in the tree provide the values of fields with a `pg.contextual_attribute`.
    A `with` block may override attributes: `override` those of one object,
    `pg.contextual_override` those of all objects.
    """

    # `str` and `repr` show what the context provides.
    __str_format_kwargs__: ClassVar[dict[str, Any]] = {
        "compact": False,
        "verbose": False,
        "use_inferred": True,
    }
    __repr_format_kwargs__: ClassVar[dict[str, Any]] = {
        "compact": True,
        "use_inferred": True,
    }
    _sym_context: ClassVar[Any] = _OpenScopes()

    def override(self, **kwargs: Any) -> Any:
        """Returns a context that overrides attributes of this object.

        Args:
          **kwargs: Values, or `ContextualOverride` objects, by attribute.

        Returns:
          A context manager. Other threads and copies are not affected.
        """
        return self._overridden(
            {
                k: v
                if isinstance(v, utils.ContextualOverride)
                else utils.ContextualOverride(v)
                for k, v in kwargs.items()
            }
        )

    @contextlib.contextmanager
    def _overridden(
        self, overrides: dict[str, utils.ContextualOverride]
    ) -> Iterator[dict[str, utils.ContextualOverride]]:
        outer = _OBJECT_OVERRIDES.get()
        mine = {**outer.get(id(self), {}), **overrides}
        with _OBJECT_OVERRIDES.hold({**outer, id(self): mine}):
            yield overrides

    def _sym_read_in_context(self, key: str) -> Any:
        """Reads a field while some attributes are overridden."""
        if _OBJECT_OVERRIDES.open_count:
            mine = _OBJECT_OVERRIDES.get().get(id(self))
            if mine is not None and key in mine:
                return mine[key].value
        override = utils.get_contextual_override(key)
        if override is not None and override.override_attrs:
            return override.value
        storage = self._sym_storage.get(key)
        if storage is None:  # A field of a pattern of names.
            return self.sym_inferred(key)
        value = object_runtime.stored(self, storage)
        return self._sym_absent(key) if value is MISSING_VALUE else value

    def _sym_assign(self, key: Any, value: Any) -> tuple[Any, Any]:
        if _OBJECT_OVERRIDES.open_count:
            # An assignment is more recent than an override.
            _OBJECT_OVERRIDES.get().get(id(self), {}).pop(key, None)
        return super()._sym_assign(key, value)


__all__ = ["ContextualAttribute", "ContextualObject", "contextual_attribute"]
