"""Diff: the differences between two symbolic values."""

from collections.abc import Callable, Generator, Iterable
from typing import Annotated, Any, ClassVar, Literal

from pyglove import utils
from pyglove.symbolic.container.dict import Dict
from pyglove.symbolic.container.list import List
from pyglove.symbolic.form.formatting import enclose
from pyglove.symbolic.node.node import Inferential, Node, is_default
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.reference.ref import Ref, deref
from pyglove.symbolic.tree import comparison
from pyglove.symbolic.tree.completeness import PureSymbolic
from pyglove.symbolic.tree.traversal import children as parts_of
from pyglove.utils.descent import stepwise
from pyglove.utils.formatting import Text, format_part
from pyglove.utils.serialization.json_type import published_as
from pyglove.utils.serialization.plain_pickle import admit_constructor

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
        if json_value.keys() - {"_type"}:
            raise utils.PyGloveTypeError(
                f"Expected the JSON form of a missing side, got {json_value!r:.200}."
            )
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


# The name in files that the published package has written.
admit_constructor("pyglove.core.symbolic.diff.Diff._Missing", _missing)


class Diff(Object, PureSymbolic):
    """The difference between two values, possibly a tree of differences.

    A leaf has two values, either of which may be `Diff.MISSING`; equal values mean that
    there is no difference. If two values are compared part by part, `left` and `right`
    are their classes, and `children` holds the differences of their parts.

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

    def _on_bound(self) -> None:
        """Checks that both sides of a tree of differences are classes."""
        super()._on_bound()
        if not self.children:
            return
        for name in ("left", "right"):
            side = self.sym_inferred(name)
            if not isinstance(side, type):
                raise utils.PyGloveValueError(
                    f"Expected a class for {name!r} of a `pg.Diff` that has children, "
                    f"got {side!r}."
                )

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
                "Expected equal sides of a difference to read its `value`, got "
                f"{left!r} and {right!r}. Read `left` and `right` instead."
            )
        return left

    def _sides(self) -> tuple[Any, Any]:
        return self.sym_inferred("left"), self.sym_inferred("right")

    def __bool__(self) -> bool:
        pending: list[Diff] = [self]
        while pending:
            part = pending.pop()
            if comparison.ne(*part._sides()):
                return True
            pending.extend(part.children.values())
        return False

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

    @stepwise(format_part, str)
    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> Any:
        """Formats this difference; see `pg.format`."""
        left, right = self._sides()
        for name in ("include_keys", "exclude_keys"):
            kwargs.pop(name, None)
        options = dict(kwargs, compact=compact, verbose=verbose)
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
            return (yield left, root_indent, options)
        assign = "=" if compact else " = "
        items = []
        for key, part in shown:
            text = yield part, root_indent + 1, options
            items.append(Text(f"{key}{assign}", text))
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
    """Returns the differences between two values.

    Args:
      left: Any value.
      right: Any value.
      flatten: Whether to return a dict of paths to differences instead of a tree. The
        differences of two lists are one item.
      collapse: Which objects are compared part by part: those of the same class
        ('same_type'), all (True), none (False), or those for which a function of both
        objects returns True. Two lists or two dicts are always compared part by part.
      mode: 'diff' returns the parts that differ, 'same' the equal parts, and 'both'
        all of them.

    Returns:
      A `Diff`, or a dict if `flatten` is set and the values are dicts or objects that
      are compared part by part. References are replaced by their targets.

    Raises:
      ValueError: if `collapse` is not one of the above.

    Example:
      >>> pg.diff({'a': 1, 'b': {'c': 2}}, {'a': 1, 'b': {'c': 3}}, flatten=True)
      {'b.c': Diff(left=2, right=3)}
    """
    if collapse not in (True, False, "same_type") and not callable(collapse):
        raise utils.PyGloveValueError(
            "Expected True, False, 'same_type' or a function as `collapse`, got "
            f"{collapse!r}."
        )
    result = _Comparer(collapse, mode).compare(left, right)[1]
    if result is None:
        return Diff()
    if isinstance(result, Diff):
        return result
    return _flatten(result, mode) if flatten and not result.is_list else result.diff()


class _Parts:
    """The differences of two values that are compared part by part, by key."""

    def __init__(self, left: type, right: type, parts: dict[Any, "Diff | _Parts"]):
        self.left = left
        self.right = right
        self.parts = parts

    @property
    def is_list(self) -> bool:
        """Whether these are differences of lists."""
        return self.left is List

    def diff(self) -> Diff:
        """Returns these differences as a tree."""
        order: list[_Parts] = []
        pending: list[_Parts] = [self]
        while pending:
            parts = pending.pop()
            order.append(parts)
            pending.extend(p for p in parts.parts.values() if isinstance(p, _Parts))
        made: dict[int, Diff] = {}
        spec = Diff.__schema__["children"].value
        for parts in reversed(order):
            children = {
                str(k): p if isinstance(p, Diff) else made[id(p)]
                for k, p in parts.parts.items()
            }
            # The parts were checked when they were created.
            made[id(parts)] = Diff._sym_make(
                parts.left, parts.right, Dict._sym_make(children, spec)
            )
        return made[id(self)]


def _as_diff(part: Diff | _Parts) -> Diff:
    return part if isinstance(part, Diff) else part.diff()


# Whether two values differ, and the difference to show, if any.
_Result = tuple[bool, Diff | _Parts | None]
# A comparison yields the parts to compare, so that it needs no recursion.
_Comparison = Generator[tuple[Any, Any], _Result, _Result]


class _Comparer:
    """Compares values with the options of `diff`."""

    def __init__(self, collapse: Collapse, mode: str):
        self._collapse = collapse
        self._shows_same = mode != "diff"
        self._shows_different = mode != "same"
        # Pairs of reference targets that are being compared.
        self._open: set[tuple[int, int]] = set()

    def compare(self, left: Any, right: Any) -> _Result:
        """Returns whether two values differ, and the difference to show, if any."""
        stack: list[_Comparison] = [self._compare(left, right)]
        result: Any = None
        while stack:
            try:
                stack.append(self._compare(*stack[-1].send(result)))
                result = None
            except StopIteration as stop:
                stack.pop()
                result = stop.value
        final: _Result = result
        return final

    def _compare(self, left: Any, right: Any) -> _Comparison:
        if not isinstance(left, Ref) and not isinstance(right, Ref):
            return (yield from self._compare_values(left, right))
        left, right = deref(left), deref(right)
        pair = id(left), id(right)
        if left is right or pair in self._open:
            return self._same(left)
        self._open.add(pair)
        try:
            return (yield from self._compare_values(left, right))
        finally:
            self._open.remove(pair)

    def _compare_values(self, left: Any, right: Any) -> _Comparison:
        is_own = not is_default(type(left), "sym_eq")
        is_collapsed = self._is_collapsed(left, right)
        if (is_own or not is_collapsed) and comparison.eq(left, right):
            return self._same(left)
        if not is_collapsed:
            return True, Diff(_shown(left), _shown(right))
        mine, theirs = dict(parts_of(left)), dict(parts_of(right))
        kinds = _kinds(left, right)
        differs = kinds[0] is not kinds[1] and not _both(dict, left, right)
        shown: dict[Any, Diff | _Parts] = {}
        for key in {**mine, **theirs}:
            part: Diff | _Parts | None
            one, other = mine.get(key, _MISSING), theirs.get(key, _MISSING)
            if one is _MISSING or other is _MISSING:
                part_differs, part = True, Diff(_shown(one), _shown(other))
            else:
                part_differs, part = yield one, other
            differs = differs or part_differs
            if part is not None and (self._shows_different or not part_differs):
                shown[key] = part
        return (True, _Parts(*kinds, shown)) if differs else self._same(left)

    def _same(self, value: Any) -> tuple[bool, Diff | None]:
        if not self._shows_same:
            return False, None
        return False, Diff(_shown(value), _shown(value))

    def _is_collapsed(self, left: Any, right: Any) -> bool:
        """Returns whether two values are compared part by part."""
        if _both(list, left, right) or _both(dict, left, right):
            return True
        for value in (left, right):
            if not isinstance(value, (Node, dict)) or isinstance(
                value, (list, Inferential)
            ):
                return False
        if isinstance(self._collapse, bool):
            return self._collapse
        if callable(self._collapse):
            return bool(self._collapse(left, right))
        return type(left) is type(right)


def _both(kind: type, left: Any, right: Any) -> bool:
    return isinstance(left, kind) and isinstance(right, kind)


def _kinds(left: Any, right: Any) -> tuple[type, type]:
    """Returns the classes to show for two values; all lists count as `pg.List`."""
    return (List, List) if isinstance(left, list) else (type(left), type(right))


def _shown(value: Any) -> Any:
    """Returns a value to store in a difference, which is a copy if symbolic."""
    return (
        value._sym_clone_node(False, {}, None, None)
        if isinstance(value, Node)
        else value
    )


def _flatten(root: _Parts, mode: str) -> dict[str, Diff]:
    """Returns the differences by path; those of a list are one item."""
    found: dict[str, Diff] = {}
    pending: list[tuple[utils.KeyPath, Diff | _Parts]] = [(utils.KeyPath(), root)]
    while pending:
        path, part = pending.pop()
        if isinstance(part, Diff) or part.is_list:
            found[path.path] = _as_diff(part)
            continue
        if part.left is not part.right or mode != "diff":
            kinds = Diff(part.left, part.right)
            pending.append((utils.KeyPath("_type", path), kinds))
        items = [(utils.KeyPath(k, path), v) for k, v in part.parts.items()]
        pending.extend(reversed(items))
    return found


__all__ = ["Diff", "diff"]
