"""Inferred values: values that depend on their position in a tree."""

from typing import TYPE_CHECKING, Any, ClassVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.node.node import Inferential, Node, node_path
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.object.object_meta import ObjectMeta
from pyglove.symbolic.protocol.symbolic import Symbolic
from pyglove.utils.serialization.json_type import published_as

MISSING_VALUE = utils.MISSING_VALUE

if TYPE_CHECKING:

    class InferentialMeta(ObjectMeta):
        """Lets type checkers accept inferred values for any field."""

        def __call__(cls, *args: Any, **kwargs: Any) -> Any: ...

else:
    InferentialMeta = ObjectMeta


@published_as("pyglove.core.symbolic.inferred.InferredValue")
class InferredValue(
    Object, Inferential, pg_typing.CustomTyping, metaclass=InferentialMeta
):
    """Base of values that are computed when they are read.

    Subclasses implement `infer`. An inferred value is accepted for any field.

    Example:
      >>> class Depth(pg.symbolic.InferredValue):
      ...     def infer(self, **kwargs):
      ...         return self.sym_path.depth
      >>> pg.Dict(a=pg.Dict(b=Depth())).a.b
      2
    """

    accepts_lazy_path: ClassVar[bool] = True

    if TYPE_CHECKING:

        def __new__(cls, *args: Any, **kwargs: Any) -> Any:
            """Creates an object, which is accepted for any field."""

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Implements `ValueSpec.apply` for this value, which any spec accepts."""
        return False, self


class ValueFromParentChain(InferredValue):
    """Represents the value of the same name in the nearest ancestor that has one.

    Example:
      >>> inherited = pg.symbolic.ValueFromParentChain()
      >>> pg.Dict(size=3, part=pg.Dict(size=inherited)).part.size
      3
    """

    @property
    def inference_key(self) -> str | int:
        """The name to search for, which is the key of this value in its parent.

        Raises:
          KeyError: if this value has no parent.
        """
        return self.sym_path.key

    def value_from(self, parent: Symbolic, **kwargs: Any) -> Any:
        """Returns the value that an ancestor provides.

        Args:
          parent: An ancestor.
          **kwargs: Options of `infer`.

        Returns:
          The value, or `pg.MISSING_VALUE` if the ancestor provides none.
        """
        return parent.sym_inferred(self.inference_key, MISSING_VALUE, **kwargs)

    def infer(self, **kwargs: Any) -> Any:
        """Returns the value of the nearest ancestor that provides one.

        Args:
          **kwargs: Options of `value_from`.

        Raises:
          AttributeError: if there is none.
        """
        key = self.inference_key
        holder: Any = self._sym_parent
        node = holder
        while isinstance(node, Node):
            # The value of that name in the parent may be this value itself.
            if not (node is holder and self._is_own(node, key)):
                value = self.value_from(node, **kwargs)  # type: ignore[arg-type]
                if not isinstance(value, utils.MissingValue):
                    return value
            node = node._sym_parent
        raise utils.PyGloveAttributeError(
            utils.message_on_path(
                f"Expected an ancestor that provides {key!r}, got none that does.",
                node_path(self),
            )
        )

    def _is_own(self, node: Node, key: Any) -> bool:
        try:
            return node._sym_rawget(key) is self
        except (KeyError, IndexError, TypeError):
            return False


ValueFromParentChain.register_for_deserialization(
    "pyglove.core.symbolic.inferred.ValueFromParentChain",
    ["pyglove.symbolic.ValueFromParentChain"],
)

__all__ = ["InferredValue", "ValueFromParentChain"]
