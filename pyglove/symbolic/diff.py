"""Diff: what makes two symbolic values different."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, ClassVar, Literal

from pyglove import utils
from pyglove.symbolic import comparison
from pyglove.symbolic.completeness import PureSymbolic
from pyglove.symbolic.formatting import enclose
from pyglove.symbolic.node import Inferential, Node
from pyglove.symbolic.object import Object
from pyglove.symbolic.traversal import children as parts_of
from pyglove.utils.json_type import published_as

Collapse = bool | Literal["same_type"] | Callable[[Any, Any], bool]


@published_as("pyglove.core.symbolic.diff._Missing")
class _Missing(utils.Formattable, utils.JSONConvertible):
    """The side of a difference that has no value."""

    def format(self, *args: Any, **kwargs: Any) -> str:
        return "MISSING"

    def to_json(self, **kwargs: Any) -> Any:
        return self.to_json_dict({}, **kwargs)

    @classmethod
    def from_json(cls, json_value: Any, **kwargs: Any) -> Any:
        return _MISSING

    def __copy__(self) -> "_Missing":
        return self

    def __deepcopy__(self, memo: Any) -> "_Missing":
        return self

    def __reduce__(self) -> Any:
        return _missing, ()

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, _Missing)

    def __hash__(self) -> int:
        return hash(_Missing)


_MISSING = _Missing()


def _missing() -> _Missing:
    return _MISSING


class Diff(Object, PureSymbolic):
    """The difference between two values, possibly a tree of differences.

    A leaf has two values, either of which may be `Diff.MISSING`; it stands for no
    difference if they are equal. Where two values are alike enough to be compared
    part by part, `left` and `right` are their classes, and `children` has the
    differences of the parts.

    Example:
      >>> class Layer(pg.Object):
      ...     units: int
      ...     activation: str = 'relu'
      >>> pg.diff(Layer(1), Layer(2))
      Layer(units=Diff(left=1, right=2))
    """

    MISSING: ClassVar[Any] = _MISSING

    left: Annotated[Any, "The value on the left, or its class."] = _MISSING
    right: Annotated[Any, "The value on the right, or its class."] = _MISSING
    children: Annotated[dict[str, "Diff"], "Differences inside, by key."] = {}

    @property
    def is_leaf(self) -> bool:
        """Whether this is not a tree of differences."""
        return not self.children

    @property
    def value(self) -> Any:
        """The value that both sides have.

        Raises:
          ValueError: if they differ.
        """
        left, right = self._sides()
        if not comparison.eq(left, right):
            raise utils.PyGloveValueError(
                "'value' cannot be accessed when 'left' and 'right' are not the same. "
                f"Left={left!r}, Right={right!r}."
            )
        return left

    def _sides(self) -> tuple[Any, Any]:
        return self.sym_inferred("left"), self.sym_inferred("right")

    def __bool__(self) -> bool:
        left, right = self._sides()
        return comparison.ne(left, right) or any(map(bool, self.children.values()))

    def sym_eq(self, other: Any) -> bool:
        """Returns whether `other` is an equal difference, or the common value."""
        if isinstance(other, Diff):
            return super().sym_eq(other)
        left, right = self._sides()
        return (
            self.is_leaf and comparison.eq(left, right) and comparison.eq(left, other)
        )

    def sym_hash(self) -> int:
        """Returns a hash that agrees with `sym_eq`."""
        left, right = self._sides()
        if self.is_leaf and comparison.eq(left, right):
            return comparison.sym_hash(left)
        return super().sym_hash()

    def format(
        self,
        compact: bool = False,
        verbose: bool = False,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats this difference; see `pg.format`."""
        left, right = self._sides()
        for name in ("include_keys", "exclude_keys"):
            kwargs.pop(name, None)
        label, bracket_type = type(self).__name__, utils.BracketType.ROUND
        shown: Iterable[tuple[Any, Any]] = [("left", left), ("right", right)]
        if not self.is_leaf:
            shown = self.children.items()
            label = _class_names(left, right)
            if isinstance(left, type) and issubclass(left, list):
                label, bracket_type = "", utils.BracketType.SQUARE
        elif left is _MISSING and right is _MISSING:
            return "No diff"
        elif comparison.eq(left, right):
            return utils.format(left, compact, verbose, root_indent, **kwargs)
        assign = "=" if compact else " = "
        items = [
            f"{k}{assign}{utils.format(v, compact, verbose, root_indent + 1, **kwargs)}"
            for k, v in shown
        ]
        return enclose(items, compact, root_indent, label, bracket_type)


Diff.register_for_deserialization(
    "pyglove.core.symbolic.diff.Diff", ["pyglove.symbolic.Diff"]
)


def _class_names(left: Any, right: Any) -> str:
    names = [getattr(c, "__name__", str(c)) for c in (left, right)]
    return names[0] if left is right else "|".join(names)


def diff(
    left: Any,
    right: Any,
    flatten: bool = False,
    collapse: Collapse = "same_type",
    mode: str = "diff",
) -> Any:
    """Returns what makes two values different.

    Args:
      left: Any value.
      right: Any value.
      flatten: Whether a dict of paths to differences is returned in place of a tree.
      collapse: Which objects are compared part by part: 'same_type', all (True), none
        (False), or those for which a function of both returns True. Lists are
        compared with lists part by part, and dicts with dicts, unless False.
      mode: 'diff' returns the parts that differ, 'same' those that do not, and 'both'
        all of them.

    Returns:
      A `Diff`, or a dict if `flatten` and the values are compared part by part.

    Raises:
      ValueError: if `collapse` is not one of the above.

    Example:
      >>> pg.diff({'a': 1, 'b': [2]}, {'a': 1, 'b': [3]}, flatten=True)
      {'b[0]': Diff(left=2, right=3)}
    """
    if collapse not in (True, False, "same_type") and not callable(collapse):
        raise utils.PyGloveValueError(
            f"Unsupported `collapse` value: {collapse!r}. Expected True, False, "
            "'same_type', or a function."
        )
    result = _Comparer(collapse, mode).compare(left, right)[1]
    if flatten and (not result.is_leaf or isinstance(result.left, type)):
        return _flatten(result)
    return result


class _Comparer:
    """Compares values with the options of `diff`."""

    def __init__(self, collapse: Collapse, mode: str):
        self._collapse = collapse
        self._mode = mode

    def compare(self, left: Any, right: Any) -> tuple[bool, Diff]:
        """Returns whether two values differ, and the difference to be shown."""
        if not self._is_collapsed(left, right):
            if comparison.ne(left, right):
                return True, Diff(_shown(left), _shown(right))
            if self._mode == "diff":
                return False, Diff()
            return False, Diff(_shown(left), _shown(left))
        mine, theirs = dict(parts_of(left)), dict(parts_of(right))
        differs = type(left) is not type(right) and not _same_kind(left, right)
        shown: dict[str, Diff] = {}
        for key in {**mine, **theirs}:
            part_differs, part = self._compare_parts(
                mine.get(key, _MISSING), theirs.get(key, _MISSING)
            )
            differs = differs or part_differs
            if self._mode not in ("diff", "same") or (
                part_differs is (self._mode == "diff")
            ):
                shown[str(key)] = part
        if self._mode == "diff" and not differs:
            return False, Diff()
        return differs, Diff(type(left), type(right), shown)

    def _compare_parts(self, left: Any, right: Any) -> tuple[bool, Diff]:
        if left is _MISSING or right is _MISSING:
            return True, Diff(_shown(left), _shown(right))
        return self.compare(left, right)

    def _is_collapsed(self, left: Any, right: Any) -> bool:
        """Returns whether two values are compared part by part."""
        if self._collapse is False:
            return False
        if _same_kind(left, right):
            return True
        for value in (left, right):
            if not isinstance(value, Node) or isinstance(
                value, (list, dict, Inferential)
            ):
                return False
        if self._collapse is True:
            return True
        if callable(self._collapse):
            return bool(self._collapse(left, right))
        return type(left) is type(right)


def _same_kind(left: Any, right: Any) -> bool:
    return any(isinstance(left, k) and isinstance(right, k) for k in (list, dict))


def _shown(value: Any) -> Any:
    """Returns a value as a part of a difference: a copy if it is symbolic."""
    return (
        value._sym_clone_node(False, {}, None, None)
        if isinstance(value, Node)
        else value
    )


def _flatten(root: Diff) -> dict[str, Diff]:
    """Returns the leaves of a tree of differences by path."""
    found: dict[str, Diff] = {}
    pending: list[tuple[utils.KeyPath, Diff]] = [(utils.KeyPath(), root)]
    while pending:
        path, node = pending.pop()
        left, right = node._sides()
        if node.is_leaf and not (path.is_root and isinstance(left, type)):
            found[path.path] = node
            continue
        is_list = isinstance(left, type) and issubclass(left, list)
        parts: Iterable[tuple[Any, Diff]] = node.children.items()
        pending.extend(
            reversed(
                [(utils.KeyPath(int(k) if is_list else k, path), v) for k, v in parts]
            )
        )
        if left is not right or not node.children:
            kinds = Diff(left, right)
            pending.insert(0, (utils.KeyPath("_type", path), kinds))
    return found


__all__ = ["Diff", "diff"]
