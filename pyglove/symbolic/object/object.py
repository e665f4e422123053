"""Object: the base of classes whose fields are part of a symbolic tree."""

from collections.abc import Generator, Iterator
from typing import Any, ClassVar, TypeVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.compiled import (
    object_arguments,
    object_form,
    object_layout,
    object_runtime,
)
from pyglove.symbolic.form import formatting, pickling
from pyglove.symbolic.form.plain_load import check_fields
from pyglove.symbolic.node.change import FieldUpdate
from pyglove.symbolic.node.copying import copy_node
from pyglove.symbolic.node.node import JSON_ATOMS, KeyPath, default_hook
from pyglove.symbolic.object.init_args import InitArgs
from pyglove.symbolic.object.object_meta import (
    ObjectMeta,
    define_class,
)
from pyglove.symbolic.protocol.symbolic import Symbolic, object_type
from pyglove.utils.class_info import per_class
from pyglove.utils.descent import stepwise
from pyglove.utils.formatting import format_part
from pyglove.utils.lazy_module import inspect
from pyglove.utils.serialization.json_conversion import read_part, write_part
from pyglove.utils.serialization.json_type import published_as

MISSING_VALUE = utils.MISSING_VALUE
ObjectT = TypeVar("ObjectT", bound="Object")


@published_as("pyglove.core.symbolic.object.Object")
@object_type.bind
class Object(Symbolic, metaclass=ObjectMeta):
    """Base of classes whose instances other programs can inspect and modify.

    Annotated attributes become fields. A field is checked when it is set, is read as
    an attribute, and is part of the tree on which `rebind`, `clone`, `query` and the
    rest of the protocol act. Private names (`_x`) and names in capitals do not become
    fields.

    Attributes:
      allow_symbolic_assignment: Whether fields may be assigned (`x.field = 1`).
      allow_symbolic_attribute: Whether fields are readable as attributes.
      allow_symbolic_mutation: Whether instances may be modified at all.
      use_symbolic_comparison: Whether `==` and `hash` compare content rather than
        identity.
      auto_schema: Whether subclasses get their fields when they are defined.
      infer_symbolic_fields_from_annotations: Whether annotations declare fields.

    Example:
      >>> class Layer(pg.Object):
      ...     units: int
      ...     activation: str = 'relu'
      >>> layer = Layer(8)
      >>> layer.rebind(units=16)
      Layer(units=16, activation='relu')
      >>> Layer('8')
      Traceback (most recent call last):
        ...
      pyglove.utils.error.PyGloveTypeError: Expected a value of type int, got '8' of
      type str. (path=units) (field=Layer.units)
    """

    allow_symbolic_assignment: ClassVar[bool] = False
    allow_symbolic_attribute: ClassVar[bool] = True
    allow_symbolic_mutation: ClassVar[bool] = True
    use_symbolic_comparison: ClassVar[bool] = True
    auto_schema: ClassVar[bool] = True
    infer_symbolic_fields_from_annotations: ClassVar[bool] = True

    # Set for each class by `object_layout`.
    _sym_specs: ClassVar[dict[str, pg_typing.ValueSpec]] = {}
    _sym_storage: ClassVar[dict[str, str]] = {}
    # Whether assigned values are stored as they are, if their types are exact.
    _sym_sets_directly: ClassVar[bool] = False
    _sym_exact: ClassVar[dict[str, frozenset[type]]] = object_layout.ExactTypes({})
    _sym_has_dynamic: ClassVar[bool] = False
    # While its `open_count` is not 0, reads go through `_sym_read_in_context`.
    _sym_context: ClassVar[Any] = None
    # Name of the variadic keyword argument (`**kwargs`), if there is one.
    _sym_varkw_name: ClassVar[str | None] = None
    _sym_initial_flags: ClassVar[int] = 0
    # Flags of `Node` that a class gives to all of its instances.
    _sym_class_flags: ClassVar[int] = 0
    # Whether subclasses inherit a constructor instead of getting a compiled one.
    _sym_inherits_init: ClassVar[bool] = False
    # The constructor of a base class that is not symbolic, called without arguments.
    _sym_base_init: ClassVar[Any] = None
    # Whether fields are computed when they are first read; see `_sym_absent`.
    _sym_lazy: ClassVar[bool] = False
    # Whether instances are functors, whose fields are the arguments of a function.
    _sym_is_function: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        define_class(cls)

    @object_layout.managed
    def __init__(self, *args: Any, **kwargs: Any):
        """Creates an instance.

        Each subclass has its own constructor, compiled from its fields. This one runs
        if a subclass overrides `__init__` and calls `super().__init__`.

        Args:
          *args: Values of fields, in the order of `init_arg_list`.
          **kwargs: Values of fields by name, and the options `allow_partial`,
            `sealed` and `root_path`.

        Raises:
          TypeError: if a required value is missing, a keyword is not the name of a
            field, or a field does not accept the type of its value.
          ValueError: if a field does not accept its value.
        """
        object_arguments.interpret_init(self, args, kwargs)

    @classmethod
    def partial(cls: type[ObjectT], *args: Any, **kwargs: Any) -> ObjectT:
        """Creates an instance in which required values may be missing.

        Args:
          *args: Positional arguments of the constructor.
          **kwargs: Keyword arguments of the constructor.
        """
        return cls(*args, allow_partial=True, **kwargs)

    # ---- Hooks ---------------------------------------------------------------

    @default_hook
    def _on_init(self) -> None:
        """Called once, after construction. Calls `_on_bound` by default."""
        self._on_bound()

    @default_hook
    def _on_bound(self) -> None:
        """Called after fields have been set, at construction and after changes.

        Subclasses override it to compute state that depends on the fields.
        """

    @default_hook
    def _on_change(self, field_updates: dict[KeyPath, FieldUpdate]) -> None:
        """Called once after each rebind that modified this object or a part of it.

        Args:
          field_updates: The modifications, by path relative to this object.
        """
        del field_updates
        self._on_bound()

    @default_hook
    def _on_parent_change(self, old_parent: Any, new_parent: Any) -> None:
        """Called when the parent of this object has changed.

        Args:
          old_parent: The previous parent, or None.
          new_parent: The new parent, or None.
        """

    @default_hook
    def _on_path_change(self, old_path: KeyPath, new_path: KeyPath) -> None:
        """Called when the path from the root to this object has changed.

        Args:
          old_path: The previous path.
          new_path: The new path.
        """

    def _sym_absent(self, key: str) -> Any:
        """Returns the value of a field that is not stored.

        Classes with `_sym_lazy` override it to compute, store and return the value.

        Args:
          key: Name of the field.

        Raises:
          AttributeError: if there is no value.
        """
        if self._sym_raw is not None and key in self._sym_raw:
            return self.sym_inferred(key)
        # Another thread may have stored it in the meantime.
        value = object_runtime.raw_get(self, key)
        if value is not MISSING_VALUE:
            return value
        raise utils.PyGloveAttributeError(
            f"{type(self).__name__!r} object has no attribute {key!r}"
        )

    def _sym_get_dynamic(self, key: str) -> Any:
        """Implements `__getattr__` for classes that accept fields of any name."""
        if self._sym_extra is not None and key in self._sym_extra:
            node: Any = self
            if node._sym_context is not None and node._sym_context.open_count:
                return node._sym_read_in_context(key)
            return self.sym_inferred(key)
        if key in self._sym_specs:
            if object_layout.is_field_property(getattr(type(self), key, None)):
                return self._sym_absent(key)  # Its error says what is missing.
        raise utils.PyGloveAttributeError(
            f"{type(self).__name__!r} object has no attribute {key!r}"
        )

    def _sym_init_without_super(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Called after a user-defined `__init__` that did not call `super().__init__`.

        Args:
          args: Its positional arguments.
          kwargs: Its keyword arguments.

        Raises:
          ValueError: unless the class can set its fields in another way.
        """
        raise object_runtime.not_initialized(self)

    def _sym_delete(self, key: str) -> None:
        """Implements `del x.key`, which only some classes permit.

        Args:
          key: Name of a field.

        Raises:
          AttributeError: if fields cannot be deleted.
        """
        raise utils.PyGloveAttributeError(
            f"Expected an attribute that may be deleted, got the field {key!r} of "
            f"{type(self).__name__}. Use `rebind({key}=pg.MISSING_VALUE)` to reset it "
            "to its default."
        )

    @default_hook
    def _sym_foreign_init(self, cls: Any, values: dict[str, Any]) -> bool:
        """Handles a call of a base class constructor through `super()`.

        Args:
          cls: The base class.
          values: The arguments by name.

        Returns:
          True if the call is complete. False, the default, lets the caller set the
          fields of this object from the arguments.
        """
        return False

    def _sym_realize(self) -> None:
        """Computes all lazy fields. Classes with `_sym_lazy` implement it."""

    # ---- Node ----------------------------------------------------------------

    @classmethod
    def _sym_dynamic_field(cls, key: Any) -> pg_typing.Field | None:
        """Returns the field for a key that the schema does not name, if any."""
        return cls.__schema__.get_field(key) if cls._sym_has_dynamic else None

    def sym_attr_field(self, key: Any) -> pg_typing.Field | None:
        """Returns the field for a key."""
        return type(self).__schema__.get_field(key)

    @property
    def sym_init_args(self) -> InitArgs:
        """A dict view of the fields. A change of the view changes this object."""
        return InitArgs.of(self)

    def sym_hasattr(self, key: Any) -> bool:
        """Returns whether there is a field with a key."""
        return key in self._sym_specs or (
            self._sym_extra is not None and key in self._sym_extra
        )

    def sym_keys(self) -> Iterator[str]:
        """Iterates over the names of the fields."""
        yield from self._sym_specs
        if self._sym_extra is not None:
            yield from self._sym_extra

    def sym_items(self) -> Iterator[tuple[str, Any]]:
        """Iterates over names and symbolic values of the fields."""
        return iter(self._sym_pairs())

    def _sym_all_items(self) -> Iterator[tuple[str, Any]]:
        """Iterates over all fields; one that is not stored has `MISSING_VALUE`."""
        for key in self._sym_storage:
            yield key, object_runtime.raw_get(self, key)
        if self._sym_extra is not None:
            yield from self._sym_extra.items()

    @default_hook
    def _sym_rawget(self, key: Any) -> Any:
        if not self.sym_hasattr(key):
            raise utils.PyGloveKeyError(key)
        if self._sym_lazy:
            self._sym_realize()
        return object_runtime.raw_get(self, key)

    _sym_assign = object_runtime.assign
    _sym_undo = object_runtime.undo

    @default_hook
    def _sym_clone(self: ObjectT, deep: bool, memo: Any = None) -> ObjectT:
        copied: ObjectT = copy_node(
            self, deep, {} if memo is None else memo, None, None
        )
        return copied

    def _sym_can_defer(self) -> bool:
        plain = not self._sym_flags and self._sym_raw is None
        return plain and self._sym_extra is None and is_usual(type(self))

    def _sym_begin_clone(self, parent: Any) -> Any:
        return object_runtime.begin_clone(self)

    def _sym_put_clone(self, key: Any, value: Any) -> None:
        object_runtime.store(self, key, value)

    def _sym_end_clone(self, source: Any, deep: bool, parent: Any, key: Any) -> None:
        object_runtime.end_clone(self, source, deep, parent, key)

    def _sym_state(self) -> tuple[Any, ...]:
        """Returns the stored values of the fields, in order."""
        return ()  # Generated for each class that has fields.

    @staticmethod
    def _sym_make(*values: Any) -> Any:
        """Creates an instance from field values in order, without checks."""
        raise NotImplementedError  # Generated for each class.

    # ---- Comparison and form -------------------------------------------------

    @default_hook
    def sym_eq(self, other: Any) -> bool:
        """Returns whether `other` has the same class and equal fields."""
        if self is other:
            return True
        if type(self) is not type(other):
            return False
        equals: bool = self._sym_equals(other)
        return equals

    @default_hook
    def sym_hash(self) -> int:
        """Returns a hash that agrees with `sym_eq`."""
        value: int = self._sym_hash_value()
        return value

    _sym_pairs = object_form.form_of("_sym_pairs")
    _sym_equals = object_form.form_of("_sym_equals")
    _sym_hash_value = object_form.form_of("_sym_hash_value")
    _sym_json = object_form.form_of("_sym_json")
    _sym_json_text = object_form.form_of("_sym_json_text")
    _sym_lines = object_form.form_of("_sym_lines")
    _sym_line = object_form.form_of("_sym_line")

    def __eq__(self, other: Any) -> bool:
        if self.use_symbolic_comparison:
            return self.sym_eq(other)
        return object.__eq__(self, other)

    def __ne__(self, other: Any) -> bool:
        result = self.__eq__(other)
        return result if result is NotImplemented else not result

    def __hash__(self) -> int:
        if self.use_symbolic_comparison:
            return self.sym_hash()
        return object.__hash__(self)

    def _sym_pickled_state(self) -> Any:
        return pickling.object_state(self)

    __reduce_ex__ = pickling.reducer(pickling.fill_object)

    @default_hook
    @stepwise(write_part)
    def sym_jsonify(self, **kwargs: Any) -> Any:
        """Returns this object as a value that `json` can write.

        Args:
          **kwargs: The options `hide_frozen`, `hide_default_values`, `exclude_keys`
            and `use_inferred`, and options of the classes of the values.
        """
        options = formatting.within_object(kwargs)
        items = yield from formatting.items_json_step(self, **options)
        if "_type" in items:
            raise utils.PyGloveValueError(
                f"Expected a class without a field '_type', which names the class in "
                f"JSON, got {type(self).__name__}."
            )
        return {"_type": type(self).__serialization_key__, **items}

    @default_hook
    @classmethod
    @stepwise(read_part)
    def from_json(
        cls: type[ObjectT],
        json_value: Any,
        *,
        allow_partial: bool = False,
        root_path: KeyPath | None = None,
        context: Any = None,
        **kwargs: Any,
    ) -> Generator[tuple[Any, ...], Any, ObjectT]:
        """Returns the object that `json_value` represents; see `sym_jsonify`.

        Args:
          json_value: A dict of JSON values by field.
          allow_partial: Whether required values may be missing.
          root_path: The path of the object.
          context: Shared objects of the document.
          **kwargs: Options of `pg.from_json`.
        """
        options = dict(kwargs, allow_partial=allow_partial)
        values = {}
        for key, value in json_value.items():
            if key != "_type":
                if type(value) not in JSON_ATOMS:
                    value = yield value, context, options
                values[key] = value
        check_fields(cls, values)
        if allow_partial:
            values["allow_partial"] = True
        if root_path:
            values["root_path"] = root_path
        return cls._sym_from_document(values)

    @classmethod
    def _sym_signature(cls) -> "inspect.Signature":
        """Returns the signature of the class, for `inspect.signature`."""
        return object_arguments.init_signature(cls)

    @classmethod
    def _sym_takes_fields(cls) -> bool:
        """Returns whether the constructor takes the fields, and nothing else."""
        return cls._sym_inherits_init or hasattr(cls.__init__, "_sym_is_managed")

    @classmethod
    def _sym_from_fields(cls: type[ObjectT], values: dict[str, Any]) -> ObjectT:
        """Creates an object from its fields, even if `__init__` takes other arguments.

        Args:
          values: Values by field, and options of `pg.Object`.
        """
        if cls._sym_takes_fields():
            return cls(**values)
        node = cls.__new__(cls)
        object_runtime.initialize(node, {}, values)
        return node

    @classmethod
    def _sym_from_document(cls: type[ObjectT], values: dict[str, Any]) -> ObjectT:
        """Creates an object from field values that come from a document.

        Args:
          values: Values by field, and options of `pg.Object`.
        """
        return cls._sym_from_fields(values)

    def _sym_fill_fields(self, values: dict[str, Any]) -> None:
        """Initializes an empty object from values, as `_sym_from_fields` does."""
        if type(self)._sym_takes_fields():
            type(self).__init__(self, **values)
        else:
            object_runtime.initialize(self, {}, values)

    @default_hook
    @stepwise(format_part, str)
    def format(
        self,
        compact: bool = False,
        verbose: bool = False,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> Any:
        """Formats this object; see `pg.format` and `pg.Dict.format`."""
        return (
            yield from formatting.items_text_step(
                self,
                compact,
                verbose,
                root_indent,
                type(self).__name__,
                utils.BracketType.ROUND,
                is_call=True,
                **kwargs,
            )
        )


# Methods that store and copy fields. A class that overrides one cannot defer copies.
_COPYING = (
    "_sym_absent",
    "_sym_rawget",
    "_sym_assign",
    "_sym_undo",
    "_sym_clone",
    "_sym_begin_clone",
    "_sym_put_clone",
    "_sym_end_clone",
    "_sym_all_items",
)


@per_class
def is_usual(cls: Any) -> bool:
    """Returns whether a class stores and copies its fields in the default way."""
    return (
        all(getattr(cls, name) is getattr(Object, name) for name in _COPYING)
        and not cls._sym_lazy
        and not cls._sym_has_dynamic
        and cls._sym_base_init is None
        and not cls._sym_initial_flags
        and not hasattr(cls, "__getattr__")
    )


__all__ = ["Object"]
