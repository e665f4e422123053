"""Genotype: how a DNA holds its decisions, and builds its tree when it is read."""

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno.decision.decision import Numbers
from pyglove.geno.dna import mismatch, nested
from pyglove.geno.dna.spec_base import AttributeDict, effective_spec, ensure_spec
from pyglove.symbolic import (
    Dict,
    FieldUpdate,
    Object,
    eq,
    explicit_method_override,
)
from pyglove.symbolic import hash as sym_hash
from pyglove.symbolic.internal import (
    assign,
    complete_init,
    field_spec,
    is_stored,
    make_dict,
    make_list,
    parent_of,
    raw_value,
    realize,
    store,
    stored_value,
)

_new = object.__new__
# Stands for a nested form that is not computed yet.
_UNKNOWN: Any = ("unknown",)
METADATA_SPEC: pg_typing.Dict = pg_typing.Dict(
    [(pg_typing.StrKey(), pg_typing.Any(), "Metadata by key.")]
)

GenotypeT = TypeVar("GenotypeT", bound="Genotype")


@functools.total_ordering
class Genotype(Object):
    """The part of `pg.DNA` that holds decisions; see there.

    At least one of three forms is there: the numbers (with the spec that they fit),
    the nested form, or the stored fields `value` and `children`. The first two are
    dropped when the third is modified.
    """

    allow_symbolic_assignment: ClassVar[bool] = True
    _sym_lazy: ClassVar[bool] = True

    _numbers = cast("Numbers | None", None)
    # The conditions of the spec, once the numbers are known to meet them.
    _met_conditions = cast("Any", None)
    _nested = _UNKNOWN
    _spec = cast("Any", None)

    _userdata = cast("AttributeDict | None", None)
    _cloneable_metadata = cast("frozenset[str]", frozenset())
    _cloneable_userdata = cast("frozenset[str]", frozenset())
    _nodes_by_id = cast("dict[Any, Any] | None", None)

    if TYPE_CHECKING:  # The fields are declared on `pg.DNA`.
        value: Any = None
        children: list[Any] = []
        metadata: Dict = Dict()

    @complete_init
    @explicit_method_override
    def __init__(
        self,
        value: Any = None,
        children: "Sequence[Genotype] | None" = None,
        spec: Any = None,
        metadata: dict[str, Any] | None = None,
        *,
        allow_partial: bool = False,
        **kwargs: Any,
    ):
        """Creates a DNA.

        Args:
          value: Value of the node, or a nested value: a list holds several decisions,
            a tuple a choice and the decisions that it opens.
          children: The children; None if `value` is nested.
          spec: The spec that the DNA has to fit; None leaves it unbound.
          metadata: Symbolic values to go with the DNA.
          allow_partial: Accepted for uniformity.
          **kwargs: Options of `pg.Object`.

        Raises:
          ValueError: if the value is malformed or does not fit the spec.
          TypeError: if a value is neither a number nor a string.
        """
        unknown = kwargs.keys() - {"sealed", "root_path"}
        if unknown:
            raise utils.PyGloveTypeError(
                "Expected 'value', 'children', 'spec' or 'metadata' for a DNA, got "
                f"{min(unknown)!r}."
            )
        if children:
            self._init_tree(value, children)
        else:
            self._nested = nested.normalize(value)
        if metadata is not None:
            checked = METADATA_SPEC.apply(metadata, root_path=utils.KeyPath("metadata"))
            store(self, "metadata", make_dict(dict(checked)))
        if spec is not None:
            self.use_spec(spec)
        if kwargs.get("sealed"):
            self.seal()

    @classmethod
    def _from_flat(cls: type[GenotypeT], numbers: Numbers, spec: Any) -> GenotypeT:
        """Creates a DNA without checks.

        Args:
          numbers: A tuple of numbers that fit `spec`.
          spec: A DNASpec, as `effective_spec` returns it.
        """
        dna: GenotypeT = _new(cls)
        dna._numbers = numbers
        dna._spec = spec
        return dna

    @classmethod
    def _from_nested(cls: type[GenotypeT], form: Any) -> GenotypeT:
        """Creates a DNA without checks, of a canonical nested form."""
        dna: GenotypeT = _new(cls)
        dna._nested = form
        return dna

    def _init_tree(self, value: Any, children: Sequence["Genotype"]) -> None:
        if isinstance(value, (list, tuple)):
            raise utils.PyGloveValueError(
                f"Expected no 'children' beside a compositional 'value', got {value!r} "
                f"and {children!r}."
            )
        value = nested.normalize(value)
        path = utils.KeyPath("children")
        checked = list(
            field_spec(type(self), "children").apply(list(children), root_path=path)
        )
        if len(checked) == 1 and checked[0].value is None:
            checked = list(checked[0].clone().children)
        if not checked or (value is None and len(checked) == 1):
            self._nested = checked[0]._form() if checked else value
            return
        self._store_tree(value, checked)

    def _store_tree(self, value: Any, children: list[Any]) -> None:
        store(self, "value", value)
        spec = field_spec(type(self), "children")
        store(self, "children", make_list(children, spec))

    # ---- Forms ---------------------------------------------------------------

    @property
    def _has_tree(self) -> bool:
        return is_stored(self, "children")

    def _sym_absent(self, key: str) -> Any:
        if key == "metadata":
            store(self, key, make_dict({}))
        elif key == "value" and self._numbers is not None:
            store(self, key, self._flat_value(self._numbers))
        elif key == "value" and type(self._nested) is str:
            store(self, key, self._nested)
        else:
            realize(self)
        return stored_value(self, key)

    def _flat_value(self, numbers: Numbers) -> Any:
        spec = self._spec
        if spec.is_space or (spec.is_categorical and spec.num_choices > 1):
            return None
        return numbers[0]

    def _sym_realize(self) -> None:
        if not self._has_tree:
            if self._spec is not None:
                numbers = self._flat()
                value = self._flat_value(numbers)
                children = children_of(type(self), self._spec, numbers)
            else:
                value, forms = nested.split(self._nested)
                children = [type(self)._from_nested(form) for form in forms]
            self._store_tree(value, children)
        if not is_stored(self, "metadata"):
            store(self, "metadata", make_dict({}))

    def _form(self) -> Any:
        """Returns the nested form."""
        if self._numbers is not None and self._spec is not None:
            return self._spec.decisions.nest(self._numbers)
        if self._nested is _UNKNOWN:
            forms = [child._form() for child in self.children]
            self._nested = nested.join(self.value, forms)
        return self._nested

    def _flat(self) -> Numbers:
        """Returns the numbers."""
        if self._spec is None:
            return tuple(nested.numbers(self._form()))
        if self._numbers is None:
            self._numbers = flat_form(self, self._spec)
        return self._numbers

    def _on_change(self, field_updates: dict[utils.KeyPath, FieldUpdate]) -> None:
        """Drops values computed from the fields."""
        if self._has_tree:
            self._forget()

    def _sym_assign(self, key: Any, value: Any) -> tuple[Any, Any]:
        realize(self)
        result = super()._sym_assign(key, value)
        self._forget()
        return result

    def _forget(self) -> None:
        self._numbers = None
        self._met_conditions = None
        self._nested = _UNKNOWN
        self._nodes_by_id = None

    # ---- Structure -----------------------------------------------------------

    @property
    def spec(self) -> Any:
        """The spec that this DNA is bound to, or None."""
        return self._spec

    def use_spec(self: GenotypeT, spec: Any) -> GenotypeT:
        """Binds this DNA to a spec, which it has to fit.

        Args:
          spec: A DNASpec.

        Returns:
          This DNA.

        Raises:
          ValueError: if `spec` is not a DNASpec, or this DNA does not fit it.
        """
        spec = effective_spec(ensure_spec(spec))
        if self._spec is spec:
            return self
        self._numbers = flat_form(self, spec)
        self._met_conditions = None
        self._spec = spec
        self._nested = _UNKNOWN
        self._nodes_by_id = None
        if self._has_tree:
            expected = children_of(type(self), spec, self._numbers)
            for child, bound in zip(self.children, expected, strict=True):
                child.use_spec(bound._spec)
        return self

    def _bound_spec(self) -> Any:
        """Returns the spec.

        Raises:
          ValueError: if there is none.
        """
        if self._spec is None:
            raise utils.PyGloveValueError(
                f"Expected a DNA that is bound to its spec, got {self!r}. Bind it with "
                "`dna.use_spec(spec)`."
            )
        return self._spec

    @property
    def parent_dna(self: GenotypeT) -> GenotypeT | None:
        """The DNA that has this one among its children, or None."""
        siblings = parent_of(self)
        parent = None if siblings is None else parent_of(siblings)
        return cast("GenotypeT", parent) if isinstance(parent, Genotype) else None

    @property
    def root(self: GenotypeT) -> GenotypeT:
        """The topmost DNA above this one, or this one itself."""
        node, parent = self, self.parent_dna
        while parent is not None:
            node, parent = parent, parent.parent_dna
        return node

    @property
    def is_leaf(self) -> bool:
        """Whether there are no children."""
        return not self.children

    # ---- Comparison and copies -----------------------------------------------

    def __lt__(self, other: Any) -> bool:
        if not isinstance(other, Genotype):
            raise utils.PyGloveTypeError(
                f"Expected a DNA to compare a DNA with, got {type(other)!r}."
            )
        return nested.compare(self._form(), other._form()) < 0

    def __eq__(self, other: Any) -> bool:
        if self is other:
            return True
        if not isinstance(other, Genotype):
            return False
        if self._numbers is not None and other._numbers is not None:
            mine, theirs = self._spec, other._spec
            if mine is not None and theirs is not None:
                is_same_space = mine is theirs or mine.decisions is theirs.decisions
                if is_same_space:
                    return self._numbers == other._numbers
        return bool(self._form() == other._form())

    def __hash__(self) -> int:
        return hash(self._flat())

    def sym_eq(self, other: Any) -> bool:
        """Returns whether `other` is a DNA of the same decisions and metadata."""
        return self == other and eq(self._own_metadata, other._own_metadata)

    def sym_hash(self) -> int:
        """Returns a hash that agrees with `sym_eq`."""
        metadata = self._own_metadata
        return hash((self._flat(), sym_hash(metadata))) if metadata else hash(self)

    @property
    def _own_metadata(self) -> Any:
        """The metadata; None if it was not used so far, or is empty."""
        return stored_value(self, "metadata") or None

    def _sym_clone(self: GenotypeT, deep: bool, memo: Any = None) -> GenotypeT:
        if self._numbers is not None and self._spec is not None:
            copy = type(self)._from_flat(self._numbers, self._spec)
            if self._met_conditions is not None:
                copy._met_conditions = self._met_conditions
        else:
            copy = type(self)._from_nested(self._form())
            copy._spec = self._spec
        copy._copy_notes(self)
        return copy

    # ---- Notes ---------------------------------------------------------------

    @property
    def userdata(self) -> AttributeDict:
        """Values of any kind that go with this DNA within the process."""
        if self._userdata is None:
            self._userdata = AttributeDict()
        return self._userdata

    def set_metadata(
        self: GenotypeT, key: str, value: Any, cloneable: bool = False
    ) -> GenotypeT:
        """Puts a symbolic value into `metadata`.

        Args:
          key: Its key.
          value: The value.
          cloneable: Whether copies of this DNA get it as well.

        Returns:
          This DNA.
        """
        if not isinstance(key, str):
            raise utils.PyGloveKeyError(
                f"Expected a string as key of metadata, got {key!r}."
            )
        assign(self.metadata, key, value)
        if cloneable:
            self._cloneable_metadata |= {key}
        return self

    def set_userdata(
        self: GenotypeT, key: str, value: Any, cloneable: bool = False
    ) -> GenotypeT:
        """Puts a value into `userdata`.

        Args:
          key: Its key.
          value: The value.
          cloneable: Whether copies of this DNA get it as well.

        Returns:
          This DNA.
        """
        self.userdata[key] = value
        if cloneable:
            self._cloneable_userdata |= {key}
        return self

    def __reduce_ex__(self, protocol: Any) -> Any:
        metadata = dict(self._own_metadata or {})
        return _unpickle, (type(self), self._form(), metadata)

    def _copy_notes(self, source: "Genotype") -> None:
        """Copies the cloneable data of a DNA and its descendants."""
        if source._cloneable_metadata:
            self._cloneable_metadata = source._cloneable_metadata
            cloneable = source._cloneable_metadata
            for key in [key for key in source.metadata if key in cloneable]:
                assign(self.metadata, key, raw_value(source.metadata, key))
        if source._cloneable_userdata:
            self._cloneable_userdata = source._cloneable_userdata
            for key in source._cloneable_userdata & source.userdata.keys():
                self.userdata[key] = source.userdata[key]
        if source._has_tree and source._has_child_notes():
            for mine, theirs in zip(self.children, source.children, strict=True):
                mine._copy_notes(theirs)

    def _has_child_notes(self) -> bool:
        return any(
            child._cloneable_metadata
            or child._cloneable_userdata
            or (child._has_tree and child._has_child_notes())
            for child in self.children
        )


def _unpickle(cls: Any, form: Any, metadata: dict[str, Any]) -> Any:
    dna = cls._from_nested(form)
    if metadata:
        store(dna, "metadata", make_dict(metadata))
    return dna


def flat_form(dna: Genotype, spec: Any) -> Numbers:
    """Returns the numbers of a DNA, which is checked against a spec.

    Args:
      dna: Any DNA.
      spec: The spec that it has to fit.

    Raises:
      ValueError: if it does not fit.
    """
    decisions = spec.decisions
    numbers = dna._numbers
    bound = dna._spec
    if numbers is not None and bound is not None and bound.decisions is decisions:
        return numbers
    form = dna._form()
    numbers = decisions.flatten(form)
    if numbers is None:
        mismatch.raise_for_nested(spec, form)
        raise AssertionError("unreachable")
    return numbers


def children_of(cls: type[GenotypeT], spec: Any, numbers: Numbers) -> list[GenotypeT]:
    """Returns the DNA of the decisions that a node groups or opens.

    Args:
      cls: The class of DNA.
      spec: The spec of the node.
      numbers: Its numbers.
    """
    if spec.is_space:
        spans = spec.decisions.spans(numbers)
        return [
            cls._from_flat(numbers[start:end], element)
            for element, (start, end) in zip(spec.elements, spans, strict=True)
        ]
    if not spec.is_categorical:
        return []
    if spec.num_choices > 1:
        spans = spec.decisions.items[0].spans(numbers, 0)
        return [
            cls._from_flat(numbers[start:end], spec.subchoice(i))
            for i, (start, end) in enumerate(spans)
        ]
    if len(numbers) == 1:
        return []
    branch = effective_spec(spec.candidates[numbers[0]])
    if branch.is_space or (branch.is_categorical and branch.num_choices > 1):
        return children_of(cls, branch, numbers[1:])
    return [cls._from_flat(numbers[1:], branch)]
