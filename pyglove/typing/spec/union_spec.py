"""The value spec of unions."""

import typing
from collections.abc import Iterator, Sequence

from pyglove import utils
from pyglove.typing.field import late
from pyglove.typing.field.error import extension_error, type_error, value_text
from pyglove.typing.field.json_form import JSONItems
from pyglove.typing.field.path import LazyPath
from pyglove.typing.field.spec_work import SPEC_WORK, spend
from pyglove.typing.field.value_spec import ChildTransform, ValueSpec
from pyglove.typing.introspection.forward_ref import ForwardRef
from pyglove.typing.introspection.generic import Generic
from pyglove.typing.introspection.inspection import is_instance, is_subclass
from pyglove.typing.spec.any_spec import Any
from pyglove.typing.spec.base import ValueSpecBase
from pyglove.typing.spec.conversion import get_converter
from pyglove.utils import MISSING_VALUE, PyGloveTypeError, PyGloveValueError
from pyglove.utils.call_form import CallItems
from pyglove.utils.serialization.json_type import published_as


@published_as("pyglove.typing.Union")
class Union(Generic, ValueSpecBase):
    """Values that one of several specs, the candidates, accepts.

    The first candidate whose type the value has checks it.

    Args:
      candidates: The specs or type annotations.
      default: The default value.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Union([pgt.Int(min_value=0), pgt.Str()]), pgt.Union[int, str]
      (Union([Int(min=0), Str()]), Union([Int(), Str()]))
    """

    _native = True

    def __init__(
        self,
        candidates: Sequence[typing.Any],
        default: typing.Any = MISSING_VALUE,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        if not isinstance(candidates, (list, tuple)) or len(candidates) < 2:
            raise PyGloveValueError(
                "Expected a list of two candidates or more for a Union, got "
                f"{candidates!r}."
            )
        self._candidates = [
            c
            if isinstance(c, ValueSpec)
            else ValueSpec.from_annotation(c, auto_typing=True)
            for c in candidates
        ]
        self._check_distinct()
        # The candidate that checks values of a type, for types seen before.
        self._by_type: dict[type[typing.Any], ValueSpec] = {}
        is_noneable = is_noneable or any(c.is_noneable for c in self._candidates)
        super().__init__(None, default, None, is_noneable, frozen)

    def _check_distinct(self) -> None:
        kinds: set[typing.Any] = set()
        for candidate in self._candidates:
            kind = (type(candidate), _value_type_key(candidate))
            if kind in kinds:
                raise PyGloveValueError(
                    "Expected candidates of a Union that differ in type, got another "
                    f"one of the same type: {candidate!r}."
                )
            kinds.add(kind)

    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Raises a TypeError: the spec has no single type to call."""
        raise PyGloveTypeError(
            f"Expected a value spec of a single type to call, got {self!r}."
        )

    @property
    def candidates(self) -> list[ValueSpec]:
        """The specs of the union."""
        return self._candidates

    @property
    def forward_refs(self) -> set[ForwardRef]:
        """The forward references that this spec uses."""
        return set().union(*(c.forward_refs for c in self._candidates))

    @property
    def value_type(self) -> typing.Any:
        """The types of acceptable values; None if some are not bound to a type."""
        types: list[typing.Any] = []
        for candidate in self._candidates:
            value_type = candidate.value_type
            if value_type is None:
                return None
            types.extend(value_type if isinstance(value_type, tuple) else (value_type,))
        return tuple(dict.fromkeys(types))

    def noneable(
        self, is_noneable: bool = True, use_none_as_default: bool = True
    ) -> "Union":
        """Sets whether the value may be None."""
        super().noneable(is_noneable, use_none_as_default)
        for candidate in self._candidates:
            candidate.noneable(is_noneable, use_none_as_default=False)
        return self

    def clone(self) -> "Union":
        """Returns a copy that can be modified independently."""
        spec = super().clone()
        spec._by_type = {}
        spec._candidates = [candidate.clone() for candidate in self._candidates]
        return spec

    def get_candidate(self, dest_spec: ValueSpec) -> ValueSpec | None:
        """Finds a candidate whose values another spec accepts.

        Args:
          dest_spec: The other spec.

        Returns:
          The first such candidate of the class of `dest_spec`, or else the first one of
          any class; possibly of a nested union; or None.
        """
        for candidate in self._candidates:
            if type(candidate) is type(dest_spec) and not isinstance(candidate, Union):
                if dest_spec.is_compatible(candidate):
                    return candidate
        for candidate in self._candidates:
            if isinstance(candidate, Union):
                found = candidate.get_candidate(dest_spec)
                if found is not None:
                    return found
            elif dest_spec.is_compatible(candidate):
                return candidate
        return None

    def _to_value_type(self, value: typing.Any, root_path: LazyPath) -> typing.Any:
        if type(value) in self._by_type:
            return value
        return super()._to_value_type(value, root_path)

    def _checked_type(self) -> typing.Any:
        return self.value_type if self.type_resolved else None

    def _apply(
        self,
        value: typing.Any,
        allow_partial: bool,
        child_transform: ChildTransform | None,
        root_path: typing.Any,
    ) -> typing.Any:
        candidate = self._by_type.get(type(value)) or self._candidate_for(value)
        if candidate is None:
            scalar = utils.python_scalar(value)
            if scalar is not value:
                candidate = self._candidate_for(scalar)
        if candidate is not None:
            return candidate.apply(value, allow_partial, child_transform, root_path)
        error: Exception | None = None
        for candidate in self._unbound_candidates(value):
            try:
                return candidate.apply(value, allow_partial, child_transform, root_path)
            except (TypeError, ValueError, KeyError) as e:
                error = error or e
        if error is not None:
            raise error
        raise type_error(
            f"Expected a value of one of {self._candidates!r}, got "
            f"{value_text(value)}.",
            root_path,
        )

    def _candidate_for(self, value: typing.Any) -> ValueSpec | None:
        """Finds the first candidate whose type a value has or can be converted to."""
        if SPEC_WORK.open_count:
            spend(len(self._candidates))
        bound = [
            (c, c.value_type)
            for c in self._candidates
            if c.type_resolved and c.value_type is not None
        ]
        for candidate, value_type in bound:
            if is_instance(value, value_type):
                if self.type_resolved and len(self._by_type) < _MAX_TYPES:
                    self._by_type[type(value)] = candidate
                return candidate
        # The result of a converter need not be of the type that it is registered for.
        for candidate, value_type in bound:
            if get_converter(type(value), value_type) is not None:
                return candidate
        return None

    def _unbound_candidates(self, value: typing.Any) -> Iterator[ValueSpec]:
        """Finds the candidates that have no type but may accept a value."""
        for candidate in self._candidates:
            if not candidate.type_resolved:
                yield candidate
            elif candidate.value_type is None:
                accepts = getattr(candidate, "may_accept", None)
                if accepts is None or accepts(value):
                    yield candidate

    def extend(self, base: ValueSpec) -> "Union":
        """Inherits the constraints of the candidates of a base union."""
        return super().extend(base)

    def _counterpart(self, base: ValueSpec) -> ValueSpec:
        return base

    def _extend(self, base: "Union") -> None:
        for candidate in self._candidates:
            if isinstance(candidate, ValueSpecBase):
                counterpart = candidate._counterpart(base)
            else:
                counterpart = base.get_candidate(candidate)
            if counterpart is None:
                raise extension_error(
                    self, base, f"the base has no candidate for {candidate!r}"
                )
            candidate.extend(counterpart)

    def is_compatible(self, other: ValueSpec) -> bool:
        """Whether every value that another spec accepts is acceptable to this one."""
        if self is other:
            return True
        if not self._is_noneable and other.is_noneable:
            return False
        others = other.candidates if isinstance(other, Union) else [other]
        return all(any(c.is_compatible(o) for c in self._candidates) for o in others)

    def _annotate(self) -> typing.Any:
        annotations = tuple(
            typing.Any if c.annotation is MISSING_VALUE else c.annotation
            for c in self._candidates
        )
        return typing.Union[annotations]  # noqa: UP007 - of any number of types.

    def _exact_types(self) -> tuple[type[typing.Any], ...]:
        return tuple(dict.fromkeys(t for types, _ in self._inlined() for t in types))

    def _inlined(self) -> list[tuple[tuple[type[typing.Any], ...], ValueSpecBase]]:
        """Returns the candidates to inline, with the types that they check."""
        if not self.type_resolved:
            return []
        inlined = []
        for candidate in self._candidates:
            if not isinstance(candidate, ValueSpecBase):
                continue
            types = tuple(
                t
                for t in candidate.exact_types
                if t is not type(None) and self._decides(candidate, t)
            )
            if types:
                inlined.append((types, candidate))
        return inlined

    def _decides(self, candidate: ValueSpec, t: type[typing.Any]) -> bool:
        """Whether a candidate is the one that checks values of a type."""
        for other in self._candidates:
            if other.value_type is not None and is_subclass(t, other.value_type):
                return other is candidate
        return False

    def _condition(self, variable: str, suffix: str) -> str:
        conditions = []
        for i, (_, candidate) in enumerate(self._inlined()):
            condition = candidate._noneable_condition(variable, f"{i}_{suffix}")
            if condition:
                types = f"_types_{i}_{suffix}"
                conditions.append(f"(type({variable}) not in {types} or {condition})")
        return " and ".join(conditions)

    def _constants(self, suffix: str) -> dict[str, typing.Any]:
        constants: dict[str, typing.Any] = {}
        for i, (types, candidate) in enumerate(self._inlined()):
            if candidate._noneable_condition("x", ""):
                constants[f"_types_{i}_{suffix}"] = types
                constants.update(candidate._constants(f"{i}_{suffix}"))
        return constants

    def _eq(self, other: "Union") -> bool:
        return len(self._candidates) == len(other._candidates) and all(
            candidate in other._candidates for candidate in self._candidates
        )

    def __hash__(self) -> int:
        return hash((Union, self._is_noneable, frozenset(self._candidates)))

    def _format_items(self) -> CallItems:
        return [("", self._candidates, None), *super()._format_items()]

    def _json_items(self) -> JSONItems:
        return {"candidates": (self._candidates, None), **super()._json_items()}

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> ValueSpec:
        """`Union[a, b, ...]`, where None makes the value noneable."""
        if len(type_args) < 2:
            raise PyGloveTypeError(
                "Expected two types or more, as in `Union[int, str]`, got "
                f"{type_args!r}."
            )
        return union_of(type_args)


# Do not keep many classes that are created dynamically.
_MAX_TYPES = 1024


@late.union.bind
def union_of(candidates: Sequence[typing.Any]) -> ValueSpec:
    """Creates the spec of a union.

    Args:
      candidates: Value specs or type annotations. None makes the values noneable.

    Returns:
      The union, or the only candidate that is not None.
    """
    specs = [
        c
        if isinstance(c, ValueSpec)
        else ValueSpec.from_annotation(c, auto_typing=True)
        for c in candidates
        if c is not None
    ]
    spec = specs[0].clone() if len(specs) == 1 else Union(specs)
    return spec.noneable() if len(specs) < len(candidates) else spec


def ensure_value_spec(
    value_spec: ValueSpec, src_spec: ValueSpec, root_path: LazyPath = None
) -> ValueSpec | None:
    """Finds the spec that the values of another spec have to meet.

    Args:
      value_spec: The spec of a field.
      src_spec: The spec of the values that the field will hold.
      root_path: The path of the field, for error messages.

    Returns:
      `value_spec`, or the candidate of it that fits; None if it accepts any value.

    Raises:
      TypeError: The specs are incompatible.
    """
    dest: ValueSpec | None = value_spec
    if isinstance(value_spec, Union):
        dest = value_spec.get_candidate(src_spec)
    if isinstance(dest, Any):
        return None
    if dest is None or not src_spec.is_compatible(dest):
        raise type_error(
            f"Expected values of {value_spec!r}, got values of {src_spec!r}.",
            root_path,
        )
    return dest


def _value_type_key(spec: ValueSpec) -> typing.Any:
    """Returns the type of a spec, or the references to it."""
    if not spec.type_resolved:
        return frozenset(spec.forward_refs)
    return spec.value_type
