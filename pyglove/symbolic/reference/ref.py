"""Ref: a reference to a value that is not a part of the tree."""

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compiled.object_arguments import complete_init
from pyglove.symbolic.node.copying import place_clone
from pyglove.symbolic.node.node import Inferential, Node
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.object.object_meta import explicit_method_override
from pyglove.symbolic.reference.inferred import InferentialMeta
from pyglove.symbolic.tree.rebinding import rebind
from pyglove.symbolic.tree.traversal import children
from pyglove.utils.descent import stepwise
from pyglove.utils.formatting import Text, format_part, indent_of
from pyglove.utils.serialization.json_conversion import read_part, write_part

if TYPE_CHECKING:
    import typing_extensions

    T = typing_extensions.TypeVar("T", default=Any)
else:
    T = TypeVar("T")


class Ref(
    Object, Inferential, pg_typing.CustomTyping, Generic[T], metaclass=InferentialMeta
):
    """A reference to a value that is shared rather than owned.

    A symbolic value has one parent and is copied when it gets a second one. A reference
    shares it instead: a read of a field with a reference returns the value itself, and
    copies of the tree refer to the same value. A field annotated with
    `pg.Ref[SomeClass]` converts its values to references.

    Example:
      >>> class Link(pg.Object):
      ...     target: pg.Dict
      >>> shared = pg.Dict(x=1)
      >>> a, b = Link(pg.Ref(shared)), Link(pg.Ref(shared))
      >>> a.target is shared and b.target is shared
      True
    """

    auto_schema: ClassVar[bool] = False
    accepts_lazy_path: ClassVar[bool] = True

    # A reference has no fields: the value is not a part of it.
    __schema__ = pg_typing.Schema([], name="pyglove.symbolic.Ref")
    __schema__.metadata["init_arg_list"] = []

    _sym_value: Any = None

    def __new__(cls, value: Any = None, **kwargs: Any) -> Any:
        """Creates a reference, or returns a value that needs none."""
        # Other values have no parent and are not copied: they need no reference.
        if isinstance(value, Ref) or not isinstance(value, (Node, list, dict)):
            return value
        return super().__new__(cls)

    if TYPE_CHECKING:
        # Tells type checkers what a field with this annotation reads as.
        def __get__(self, instance: Any, owner: Any = None) -> T: ...

        def __set__(self, instance: Any, value: T) -> None: ...

    else:  # Type checkers use the result of `__new__`, which is `Any`.

        def __class_getitem__(cls, value_type: Any) -> pg_typing.Object:
            """Returns the value spec of fields that refer to values of a type."""
            return pg_typing.Object(value_type, transform=cls)

        @complete_init
        @explicit_method_override
        def __init__(self, value: Any, **kwargs: Any):
            """Creates a reference.

            Args:
              value: A symbolic value, a list or a dict. Any other value is returned as
                it is, because it is shared anyway.
              **kwargs: Options of `pg.Object`.
            """
            if value is not self:  # `__new__` returns a reference that it is given.
                self._sym_value = value

    def _sym_init_without_super(self, args: Any, kwargs: Any) -> None:
        """Does nothing, since a reference has no fields to set."""

    @property
    def value(self) -> Any:
        """The value that is referred to."""
        return self._sym_value

    def infer(self, **kwargs: Any) -> Any:
        """Returns the value that is referred to."""
        return self._sym_value

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool = False,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Implements `ValueSpec.apply`: checks the value and keeps the reference."""
        value = self._sym_value
        if (
            isinstance(value, Object)
            and not value._sym_flags
            and isinstance(value_spec, pg_typing.Object)
            and value_spec.type_resolved
            and isinstance(value, value_spec.value_type)
        ):
            return False, self
        # The transform of the spec may have created this reference.
        value_spec.skip_user_transform.apply(
            value,
            allow_partial=allow_partial,
            child_transform=child_transform,
            root_path=path,
        )
        return False, self

    def _sym_clone_node(
        self, deep: bool, memo: dict[int, Any], parent: Node | None, key: Any
    ) -> "Ref":
        new: Ref = type(self)(self._sym_value)
        place_clone(new, parent, key)
        return new

    def sym_eq(self, other: Any) -> bool:
        """Returns whether `other` refers to the same value."""
        return isinstance(other, Ref) and self._sym_value is other._sym_value

    def sym_hash(self) -> int:
        """Returns a hash that agrees with `sym_eq`."""
        return hash((Ref, id(self._sym_value)))

    @stepwise(write_part)
    def sym_jsonify(self, *, context: Any = None, **kwargs: Any) -> Any:
        """Returns this reference as a value that `json` can write.

        Args:
          context: Shared objects of the document.
          **kwargs: Further options, passed on to the value.
        """
        # Markers distinguish plain targets, which must stay plain, from symbolic ones.
        kwargs["omit_symbolic_marker"] = False
        value = yield self._sym_value, context, kwargs, True
        return {"_type": type(self).__serialization_key__, "value": value}

    @classmethod
    @stepwise(read_part)
    def from_json(  # type: ignore[override]  # callers may name `json`
        cls, json: Any, *, context: Any = None, **kwargs: Any
    ) -> Any:
        """Returns the reference that `json` represents; see `sym_jsonify`.

        Args:
          json: A dict with the JSON form of the value.
          context: Shared objects of the document.
          **kwargs: Options of `pg.from_json`.
        """
        unknown = json.keys() - {"_type", "value"}
        if unknown:
            raise utils.PyGloveTypeError(
                f"Expected the 'value' of a reference in JSON, got {min(unknown)!r}."
            )
        return cls((yield json["value"], context, kwargs))

    def __reduce_ex__(self, protocol: Any) -> Any:
        return Ref, (self._sym_value,)

    @stepwise(format_part, str)
    def format(
        self,
        compact: bool = False,
        verbose: bool = False,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> Any:
        """Formats this reference; see `pg.format`."""
        options = dict(kwargs, compact=compact, verbose=verbose)
        keys = options.pop("include_keys", None), options.pop("exclude_keys", None)
        indent = root_indent if compact else root_indent + 1
        text = yield self._sym_value, indent, options, *keys
        label = type(self).__name__
        if compact:
            return Text(f"{label}(", text, ")")
        start, end = indent_of(root_indent + 1), indent_of(root_indent)
        return Text(f"{label}(\n{start}value = ", text, f"\n{end})")


Ref.register_for_deserialization(
    "pyglove.core.symbolic.ref.Ref", ["pyglove.symbolic.Ref"]
)


def maybe_ref(value: Any) -> Any:
    """Returns a reference to a symbolic value that already has a parent.

    Args:
      value: Any value.

    Returns:
      A `Ref` for a node with a parent, otherwise the value itself.
    """
    if isinstance(value, Node) and value._sym_parent is not None:
        return Ref(value)
    return value


def deref(value: Any, recursive: bool = False) -> Any:
    """Returns the target of a reference.

    Args:
      value: Any value.
      recursive: Whether references inside the value are replaced as well.

    Returns:
      The value, with references replaced by their targets.
    """
    if isinstance(value, Ref):
        value = value.value
    if not recursive or not _may_hold(value):
        return value
    results: dict[int, Any] = {}
    for part in _children_first(value):
        results[id(part)] = _dereferenced(part, results)
    return results[id(value)]


def _may_hold(value: Any) -> bool:
    """Returns whether there may be references inside a value."""
    return isinstance(value, Node) or type(value) in (list, dict)


def _behind(value: Any) -> Any:
    return value.value if isinstance(value, Ref) else value


def _children_first(root: Any) -> list[Any]:
    """Returns a value and all containers in it and behind its references.

    Raises:
      ValueError: if a reference leads to a value that contains it.
    """
    found: list[Any] = []
    finished: set[int] = set()
    opened: dict[int, None] = {id(root): None}
    stack = [(root, iter([v for _, v in children(root)]))]
    while stack:
        value, below = stack[-1]
        for part in map(_behind, below):
            if not _may_hold(part) or id(part) in finished:
                continue
            if id(part) in opened:
                raise utils.PyGloveValueError(
                    "Expected references to values elsewhere, got one to a "
                    f"{type(part).__name__} that contains the reference itself."
                )
            opened[id(part)] = None
            stack.append((part, iter([v for _, v in children(part)])))
            break
        else:
            stack.pop()
            del opened[id(value)]
            finished.add(id(value))
            found.append(value)
    return found


def _dereferenced(value: Any, results: dict[int, Any]) -> Any:
    """Returns a value with its references replaced by their targets.

    Args:
      value: A node, which is modified, or a list or dict, which is copied.
      results: The results for the containers in the value, by their ids.
    """
    parts = {k: results.get(id(_behind(v)), v) for k, v in children(value)}
    if not isinstance(value, Node):
        return list(parts.values()) if isinstance(value, list) else parts
    changed = {k: v for k, v in parts.items() if v is not value._sym_rawget(k)}
    if changed:
        rebind(value, {utils.KeyPath(k): v for k, v in changed.items()}, {}, False)
    return value


__all__ = ["Ref", "deref", "maybe_ref"]
