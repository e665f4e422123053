"""Element plans: the checks of a container, computed once per value spec."""

from typing import Any, Generic, TypeVar

from pyglove import typing as pg_typing
from pyglove.symbolic.compiled.object_layout import ExactTypes, exact_leaf_types
from pyglove.symbolic.node.node import Node

PlanT = TypeVar("PlanT")


class ListPlan:
    """The checks for the elements of a list.

    Attributes:
      spec: The value spec of the list; None accepts anything.
      field: The field of an element.
      element: The value spec of an element; None accepts anything.
      atoms: Types whose values are stored as they are.
      nodes: Classes whose direct instances need no check, but only a parent.
      min_size: Minimum length.
      max_size: Maximum length, or None.
      is_sized: Whether the length is limited.
    """

    __slots__ = (
        "atoms",
        "element",
        "field",
        "is_sized",
        "max_size",
        "min_size",
        "nodes",
        "spec",
    )

    def __init__(self, spec: pg_typing.List | None):
        self.spec = spec
        self.field = spec.element if spec is not None else None
        element = self.field.value if self.field is not None else None
        self.element = None if element is None or element.accepts_any else element
        self.atoms = exact_leaf_types(self.element)
        self.nodes = exact_node_types(self.element)
        self.min_size = (spec.min_size or 0) if spec is not None else 0
        self.max_size = spec.max_size if spec is not None else None
        self.is_sized = self.min_size > 0 or self.max_size is not None


class DictPlan:
    """The checks for the keys and values of a dict.

    Attributes:
      spec: The value spec of the dict; None accepts anything.
      schema: The schema of the dict; None accepts anything.
      exact: By key, the types whose values are stored as they are.
      shows_all: Whether no field is frozen. Frozen fields are omitted from texts.
    """

    __slots__ = ("exact", "schema", "shows_all", "spec")

    def __init__(self, spec: pg_typing.Dict | None):
        self.spec = spec
        self.schema = spec.schema if spec is not None else None
        fields: Any = {} if self.schema is None else self.schema
        self.exact = ExactTypes(
            {str(k): f.value for k, f in fields.items() if k.is_const}
        )
        self.shows_all = self.schema is None or not any(
            field.frozen for field in self.schema.values()
        )


def pickled_spec(node: Any) -> Any:
    """Returns the value spec to pickle with a container.

    It is omitted if the field of the parent supplies it, since a spec may contain
    values that cannot be pickled, such as a lambda.

    Args:
      node: A `pg.List` or `pg.Dict`.
    """
    field = node.sym_field
    if field is not None and not field.value.accepts_any:
        return None
    return node._sym_plan.spec


def exact_node_types(spec: pg_typing.ValueSpec | None) -> frozenset[type]:
    """Returns the node classes whose direct instances a spec accepts unchanged."""
    if spec is None or spec.accepts_any or spec.inline_condition("x") != "":
        return frozenset()
    # Lists and dicts may have a value spec that is not compatible with this one.
    return frozenset(
        t
        for t in spec.exact_types
        if issubclass(t, Node) and not issubclass(t, (list, dict))
    )


class PlanCache(Generic[PlanT]):
    """A cache of plans, by identity of the value spec."""

    def __init__(self, plan_class: Any, limit: int = 4096):
        self._plan_class = plan_class
        self._limit = limit
        self._plans: dict[int, tuple[Any, PlanT]] = {}
        self.any: PlanT = plan_class(None)

    def get(self, spec: Any) -> PlanT:
        """Returns the plan of `spec`."""
        if spec is None:
            return self.any
        found = self._plans.get(id(spec))
        if found is not None:
            return found[1]
        plan: PlanT = self._plan_class(spec)
        if not spec.type_resolved:
            return plan  # It may change once forward references are resolved.
        if len(self._plans) >= self._limit:
            self._plans.clear()
        # The entry keeps the spec alive, so that no other spec gets its id.
        self._plans[id(spec)] = (spec, plan)
        return plan


LIST_PLANS: PlanCache[ListPlan] = PlanCache(ListPlan)
DICT_PLANS: PlanCache[DictPlan] = PlanCache(DictPlan)
