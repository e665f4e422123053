"""Plain load: fast loading of common JSON values.

Most documents consist of atoms, lists, dicts, and objects with a value per field. Any
other value is left to `utils.from_json`, which defines the result.
"""

from collections.abc import Callable
from typing import Any

from pyglove import utils
from pyglove.symbolic.compiled.object_layout import compile_layout
from pyglove.symbolic.compiled.object_loader import Loader, compile_loader
from pyglove.symbolic.node.node import ATOMS, INHERITED, JSON_ATOMS, Node, is_default
from pyglove.utils.serialization.json_conversion import ACCIDENTS, OWN_ERRORS
from pyglove.utils.serialization.json_mark import DICT_MARKS, LIST_MARKS
from pyglove.utils.serialization.json_type import TYPE_REGISTRY

# First items of lists, and keys of dicts, that have a special meaning.
_LIST_MARKS = tuple(LIST_MARKS)
_PACKAGE = __name__.partition(".")[0] + "."
_DICT_MARKS = DICT_MARKS - {"_type"}
# Options of constructors, which a document must not set.
_OPTIONS = frozenset(
    (
        "_self",
        "allow_partial",
        "explicit_init",
        "ignore_extra_args",
        "override_args",
        "root_path",
        "sealed",
    )
)


class Loading:
    """The state of loading one document.

    Attributes:
      document: The whole document.
      options: Options of `utils.from_json`, for parts that are not common.
      key_count: The number of keys in the common parts that are loaded.
    """

    __slots__ = ("_context", "document", "key_count", "options")

    def __init__(self, document: Any, options: dict[str, Any]):
        self.document = document
        self.options = options
        self.key_count = 0
        self._context: utils.JSONConversionContext | None = None

    def load_other(self, part: Any) -> Any:
        """Loads a part that is not common."""
        if self._context is None:
            self._context = utils.JSONConversionContext(self.document)
        return utils.from_json(part, context=self._context, **self.options)


def load_plain(json_value: Any, loading: Loading) -> Any:
    """Returns the value that a JSON value represents.

    Args:
      json_value: A JSON value.
      loading: The state of loading the document.

    Returns:
      The value, with plain lists and dicts.
    """
    kind = type(json_value)
    if kind is dict:
        name = json_value.get("_type")
        try:
            loader = _LOADERS.get(name)
            if loader is None and type(name) is str:
                loader = _loader(name)
            if loader is not None:
                return loader(json_value, loading)
        except ACCIDENTS as error:
            if type(name) is str:
                _explain(error, json_value)
                raise
        if "_type" in json_value:
            return loading.load_other(json_value)
        if _DICT_MARKS.isdisjoint(json_value):
            loading.key_count += len(json_value)
            if JSON_ATOMS.issuperset(map(type, json_value.values())):
                return json_value.copy()
            return {
                k: v if type(v) in JSON_ATOMS else load_plain(v, loading)
                for k, v in json_value.items()
            }
    elif kind is list and (not json_value or json_value[0] not in _LIST_MARKS):
        if JSON_ATOMS.issuperset(map(type, json_value)):
            return json_value.copy()
        return [
            v if type(v) in JSON_ATOMS else load_plain(v, loading) for v in json_value
        ]
    return json_value if kind in JSON_ATOMS else loading.load_other(json_value)


def check_fields(cls: Any, values: dict[Any, Any]) -> None:
    """Raises an error if a document sets anything but fields.

    Args:
      cls: The class of the object.
      values: The values that the document sets, by name.

    Raises:
      TypeError: if a key is not a string, or is an option of the constructor.
    """
    for key in values:
        if not isinstance(key, str):
            raise utils.PyGloveTypeError(
                f"Expected names of fields of {cls.__name__!r}, got the key {key!r}."
            )
        if key in _OPTIONS and key not in cls._sym_specs:
            raise utils.PyGloveTypeError(
                f"Expected names of fields of {cls.__name__!r}, got {key!r}, which is "
                "an option of the constructor. A document cannot set it."
            )


def _explain(error: Exception, json_value: dict[str, Any]) -> None:
    """Raises an error of the library in place of one caused by malformed JSON."""
    cls: Any = TYPE_REGISTRY.class_from_typename(json_value["_type"])
    check_fields(cls, json_value)
    own_error = OWN_ERRORS.get(type(error))
    if own_error is not None and (
        type(error) is TypeError or cls.__module__.startswith(_PACKAGE)
    ):
        raise own_error(
            f"Expected values of the fields of {json_value['_type']!r} in JSON, got "
            f"some that its constructor refuses: {error}."
        ) from error


# The loaders of classes by name.
_LOADERS: dict[str, Loader] = TYPE_REGISTRY.loaders


def _loader(type_name: str) -> Loader | None:
    """Returns the loader of a class; None if the class defines `from_json`."""
    cls: Any = TYPE_REGISTRY.class_from_typename(type_name)
    construct = field_constructor(cls)
    if construct is None:
        return None
    takes_fields = cls._sym_takes_fields() and not cls._sym_is_function

    def load_fields(json_value: dict[str, Any], loading: Loading) -> Any:
        loading.key_count += len(json_value)
        if not _OPTIONS.isdisjoint(json_value):
            check_fields(cls, json_value)
        values = {
            k: v if type(v) in JSON_ATOMS else load_plain(v, loading)
            for k, v in json_value.items()
            if k != "_type"
        }
        return cls(**values) if takes_fields else construct(values)

    loader: Loader = load_fields
    if takes_fields:
        compile_layout(cls)
        loader = compile_loader(cls, load_plain, load_fields)
    if not TYPE_REGISTRY.is_scoped(cls):
        _LOADERS[type_name] = loader
    return loader


def field_constructor(cls: Any) -> Callable[[dict[str, Any]], Any] | None:
    """Returns a function that creates an object from its fields, if any."""
    if cls is None or not is_default(cls, "from_json"):
        return None
    return getattr(cls, "_sym_from_document", None)


def is_as_loaded(tree: Any) -> bool:
    """Returns whether loading the JSON value of a plain tree gives just such a tree.

    Nodes may have what JSON does not tell: they may be sealed, say, or lists that only
    accept certain items wherever they are.

    Args:
      tree: A tree of objects, lists, dicts and atoms.
    """
    pending: list[tuple[Any, Any]] = [(tree, None)]
    made_of_fields: set[type] = set()
    node: Any
    while pending:
        node, spec = pending.pop()
        if node._sym_flags & ~INHERITED or node._sym_root_path is not None:
            return False
        if not hasattr(node, "_sym_specs"):
            own = node.value_spec
            is_free = own is None and (spec is None or spec.accepts_any)
            if own is not spec and not is_free:
                return False
            for key, child in node.sym_items():
                if type(child) not in ATOMS and isinstance(child, Node):
                    field = node.sym_attr_field(key)
                    pending.append((child, None if field is None else field.value))
            continue
        cls = type(node)
        if cls not in made_of_fields:
            if field_constructor(cls) is None:
                return False
            made_of_fields.add(cls)
        if node._sym_extra is not None:
            return False
        for key, child in node.sym_items():
            if type(child) not in ATOMS and isinstance(child, Node):
                pending.append((child, node._sym_specs[key]))
    return True
