"""Combinators: operations that are made of other operations."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.evolution.operation import (
    Operation,
    OperationFn,
    OptionalOperationFn,
    Predicate,
    Probability,
    Seed,
    combinator,
    make_random,
    prepare,
)
from pyglove.geno import AttributeDict
from pyglove.scalars import scalar_spec, scalar_value

if TYPE_CHECKING:
    Operations = Sequence[OperationFn]
    AnyOperations = Sequence[OperationFn]
    Count = int | Callable[[int], int]
    Limit = int | Callable[[int], int | None] | None
    Attempts = int | Callable[[int], int | None] | None
    MaxLevel = int | None
    Index = int | slice | Callable[[int], int | slice]
    Choices = Sequence[tuple[OperationFn, Probability]]
else:
    Operations = pg_typing.List(OperationFn, min_size=2)
    AnyOperations = pg_typing.List(OperationFn, min_size=1)
    Count = scalar_spec(pg_typing.Int())
    Limit = scalar_spec(pg_typing.Int(min_value=0).noneable())
    Attempts = scalar_spec(pg_typing.Int(min_value=1).noneable())
    MaxLevel = pg_typing.Int(min_value=1).noneable()
    Index = scalar_spec(pg_typing.Union([pg_typing.Int(), pg_typing.Object(slice)]))
    Choices = pg_typing.List(pg_typing.Tuple([OperationFn, Probability]))


class _Joint(Operation):
    """Base of combinators of several operations on the same inputs."""

    ops: Annotated[AnyOperations, "The operations."]

    def _on_bound(self) -> None:
        super()._on_bound()
        self._prepared = [prepare(op) for op in self.ops]

    def _outputs(
        self, inputs: list[Any], global_state: AttributeDict, step: int
    ) -> list[list[Any]]:
        """Returns the output of each operation on the same inputs."""
        return [op(inputs, global_state, step) for op in self._prepared]


@combinator
class Pipeline(Operation):
    """Each operation on the output of the one before: `a >> b`."""

    ops: Annotated[Operations, "The operations."]

    def _on_bound(self) -> None:
        super()._on_bound()
        self._prepared = [prepare(op) for op in self.ops]

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Performs the operations in turn."""
        for op in self._prepared:
            inputs = op(inputs, global_state, step)
        return inputs


@combinator
class Concatenation(_Joint):
    """The outputs of all operations, one after the other: `a + b`."""

    ops: Annotated[Operations, "The operations."]

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Returns the outputs of all operations."""
        outputs = self._outputs(inputs, global_state, step)
        return [x for output in outputs for x in output]


@combinator
class Union(_Joint):
    """The outputs of all operations, each element once: `a | b`."""

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Returns the elements of all outputs, in the order they are first met."""
        outputs = self._outputs(inputs, global_state, step)
        return list({id(x): x for output in outputs for x in output}.values())


@combinator
class Intersection(_Joint):
    """The elements of the first output that all others contain too: `a & b`."""

    ops: Annotated[Operations, "The operations."]

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Returns the elements that are in all outputs."""
        first, *others = self._outputs(inputs, global_state, step)
        sets = [_ids(output) for output in others]
        return [x for x in first if all(id(x) in ids for ids in sets)]


@combinator
class Difference(_Joint):
    """The elements of the first output that no other one contains: `a - b`."""

    ops: Annotated[Operations, "The operations."]

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Returns the elements that are only in the first output."""
        first, *others = self._outputs(inputs, global_state, step)
        excluded = {id(x) for output in others for x in output}
        return [x for x in first if id(x) not in excluded]


@combinator
class SymmetricDifference(_Joint):
    """The elements that exactly one of the outputs contains: `a ^ b`."""

    ops: Annotated[Operations, "The operations."]

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Returns the elements that are in exactly one output."""
        outputs = self._outputs(inputs, global_state, step)
        counts: dict[int, int] = {}
        for output in outputs:
            for key in _ids(output):
                counts[key] = counts.get(key, 0) + 1
        return [x for output in outputs for x in output if counts[id(x)] == 1]


def _ids(elements: list[Any]) -> set[int]:
    return {id(x) for x in elements}


class _Wrapper(Operation):
    """Base of combinators of one operation."""

    op: Annotated[OperationFn, "The operation."]

    def _on_bound(self) -> None:
        super()._on_bound()
        self._prepared = prepare(self.op)


@combinator
class Inversion(_Wrapper):
    """The inputs that are not in an operation's output: `~a`."""

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Returns the inputs that the operation leaves out."""
        excluded = _ids(self._prepared(inputs, global_state, step))
        return [x for x in inputs if id(x) not in excluded]


@combinator
class Repeat(_Wrapper):
    """The outputs of several calls of an operation on the same inputs: `a * k`."""

    k: Annotated[Count, "How often it is called."]

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Returns the outputs of all calls."""
        outputs: list[Any] = []
        for _ in range(scalar_value(self.k, step)):
            outputs.extend(self._prepared(inputs, global_state, step))
        return outputs


@combinator
class Power(_Wrapper):
    """An operation on its own output, several times: `a ** k`."""

    k: Annotated[Count, "How often it is called; the inputs are the output for 0."]

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Returns the output of the last call."""
        for _ in range(scalar_value(self.k, step)):
            inputs = self._prepared(inputs, global_state, step)
        return inputs


@combinator
class Slice(_Wrapper):
    """A part of an operation's output: `a[0]`, `a[1:3]`."""

    index: Annotated[Index, "Position of the one element, or a slice."]

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Returns the part, which is a list in any case."""
        outputs = self._prepared(inputs, global_state, step)
        index = scalar_value(self.index, step)
        return outputs[index] if isinstance(index, slice) else [outputs[index]]


@combinator
class Choice(Operation):
    """Operations that are each performed with some probability.

    The operations are gone through in order. Each that is chosen works on the output
    of the one chosen before.

    Example:
      >>> op = pg.evolution.selectors.First(1).with_prob(0.5, seed=1)
      >>> [len(op([1, 2])) for _ in range(4)]
      [1, 2, 2, 1]
    """

    ops: Annotated[Choices, "Tuples of an operation and how often it is chosen."]
    limit: Annotated[Limit, "How many are chosen at most; None or 0 for any."] = None
    seed: Annotated[Seed, "Seed or generator of the choice."] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._random = make_random(self.seed)
        self._prepared = [(prepare(op), p) for op, p in self.ops]

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Performs the operations that are chosen."""
        limit = scalar_value(self.limit, step)
        num_chosen = 0
        for op, probability in self._prepared:
            if self._random.random() < scalar_value(probability, step):
                inputs = op(inputs, global_state, step)
                num_chosen += 1
                if num_chosen == limit:
                    break
        return inputs


@combinator
class Conditional(Operation):
    """One operation or another, as a predicate of the inputs says."""

    predicate: Annotated[Predicate, "A function of the inputs."]
    true_op: Annotated[
        OptionalOperationFn, "Performed where it holds; None does nothing."
    ] = None
    false_op: Annotated[
        OptionalOperationFn, "Performed where it does not; None does nothing."
    ] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._holds = prepare(self.predicate)
        self._then, self._else = (
            None if op is None else prepare(op) for op in (self.true_op, self.false_op)
        )

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Performs the operation that the predicate picks."""
        op = self._then if self._holds(inputs, global_state, step) else self._else
        return inputs if op is None else op(inputs, global_state, step)


@combinator
class ElementWise(_Wrapper):
    """An operation on each of the inputs, which are lists."""

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Returns a list of the outputs."""
        return [self._prepared(x, global_state, step) for x in inputs]


@combinator
class Flatten(Operation):
    """The elements of nested lists.

    Example:
      >>> pg.evolution.Flatten()([[1, [2]], 3])
      [1, 2, 3]
    """

    max_level: Annotated[
        MaxLevel, "How many levels of lists are dissolved; None for all."
    ] = None

    def call(self, inputs: list[Any]) -> list[Any]:  # type: ignore[override]
        """Returns the elements."""
        outputs: list[Any] = []
        _flatten(inputs, self.max_level, outputs)
        return outputs


def _flatten(inputs: list[Any], max_level: int | None, outputs: list[Any]) -> None:
    for x in inputs:
        if isinstance(x, list) and max_level != 0:
            _flatten(x, None if max_level is None else max_level - 1, outputs)
        else:
            outputs.append(x)


@combinator
class UntilChange(_Wrapper):
    """An operation that is tried until its output differs from the inputs.

    Example:
      >>> spec = pg.dna_spec(pg.oneof([1, 2, 3]))
      >>> mutator = pg.evolution.mutators.Uniform(seed=1)
      >>> parent = pg.DNA(0, spec=spec)
      >>> mutator.until_change()([parent]) != [parent]
      True
    """

    max_attempts: Annotated[Attempts, "How often it is tried; None for any."] = None

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Returns the first output that differs, or else the last one."""
        remaining = scalar_value(self.max_attempts, step)
        while True:
            outputs = self._prepared(inputs, global_state, step)
            if remaining is not None:
                remaining -= 1
            if outputs != inputs or remaining == 0:
                return outputs


class Identity(Operation):
    """The inputs, unchanged."""

    def call(self, inputs: list[Any]) -> list[Any]:  # type: ignore[override]
        """Returns the inputs."""
        return inputs


class Lambda(Operation):
    """An operation out of a function, for use with the algebra.

    Example:
      >>> reverse = pg.evolution.Lambda(lambda inputs: inputs[::-1])
      >>> reverse[0]([1, 2, 3])
      [3]
    """

    fn: Annotated[OperationFn, "The function."]

    def _on_bound(self) -> None:
        super()._on_bound()
        self._prepared = prepare(self.fn)

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Calls the function."""
        return self._prepared(inputs, global_state, step)


@combinator
class GlobalStateGetter(Operation):
    """A value of the global state, whatever the inputs."""

    key: Annotated[str, "Name of the value."]
    default: Annotated[
        list[Any] | None, "What it is where there is none; None is an error."
    ] = None

    def call(  # type: ignore[override]
        self, inputs: list[Any], global_state: AttributeDict
    ) -> list[Any]:
        """Returns the value.

        Raises:
          KeyError: if there is neither a value nor a default.
        """
        if self.key in global_state:
            value: list[Any] = global_state[self.key]
            return value
        if self.default is None:
            raise utils.PyGloveKeyError(
                f"Expected {self.key!r} in the global state, got {list(global_state)}."
            )
        return list(self.default)


@combinator
class GlobalStateSetter(Operation):
    """Puts the inputs, or a constant, into the global state; has no output."""

    key: Annotated[str, "Name of the value."]
    value: Annotated[Any, "A constant; by default the inputs."] = (utils.MISSING_VALUE,)

    def call(  # type: ignore[override]
        self, inputs: list[Any], global_state: AttributeDict
    ) -> list[Any]:
        """Sets the value."""
        value = self.value
        if value == (utils.MISSING_VALUE,):
            value = inputs
        global_state[self.key] = value
        return []


for _cls in (
    Pipeline,
    Concatenation,
    Union,
    Intersection,
    Difference,
    SymmetricDifference,
    Inversion,
    Repeat,
    Power,
    Slice,
    Choice,
    Conditional,
    ElementWise,
    Flatten,
    UntilChange,
    Identity,
    Lambda,
    GlobalStateGetter,
    GlobalStateSetter,
):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.evolution.base.{_cls.__name__}")
