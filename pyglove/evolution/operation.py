"""Operations on populations, and the algebra that combines them.

An operation takes a list and returns a list. Selectors, mutators and recombinators are
operations; operators such as `>>` make larger ones out of them:

    selectors.Random(10) >> selectors.Top(1) >> mutators.Uniform()
"""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.evolution import calling
from pyglove.geno import AttributeDict
from pyglove.scalars import scalar_spec
from pyglove.symbolic import Object

CombinatorT = TypeVar("CombinatorT", bound="type[Operation]")

if TYPE_CHECKING:
    #: An operation, or a function that stands in for one.
    OperationFn = Callable[..., Any]
    #: The same, or nothing to do.
    OptionalOperationFn = Callable[..., Any] | None
    #: A seed or a generator; None seeds from the operating system.
    Seed = int | random.Random | None
    #: A function that says whether something holds.
    Predicate = Callable[..., Any]
    #: A probability, which may change over time.
    Probability = float | Callable[[int], float]
else:
    _ELEMENTS = pg_typing.List(pg_typing.Any())
    OperationFn = pg_typing.Callable([_ELEMENTS], returns=_ELEMENTS)
    OptionalOperationFn = pg_typing.Callable([_ELEMENTS], returns=_ELEMENTS).noneable()
    Seed = pg_typing.Union(
        [pg_typing.Int(), pg_typing.Object(random.Random)]
    ).noneable()
    Predicate = pg_typing.Callable([_ELEMENTS], returns=pg_typing.Bool())
    Probability = scalar_spec(pg_typing.Float(min_value=0.0, max_value=1.0))


def make_random(seed: Seed) -> random.Random:
    """Returns a generator for a seed; a generator is returned as it is.

    Args:
      seed: The seed or generator; None seeds from the operating system.
    """
    return seed if isinstance(seed, random.Random) else random.Random(seed)


def prepare(fn: OperationFn) -> calling.Caller:
    """Returns a function that calls an operation, or a function used as one.

    Args:
      fn: The operation.

    Returns:
      A function of the inputs, the global state and the step.
    """
    if not isinstance(fn, Operation):
        return calling.caller(fn)
    if type(fn).__call__ is not Operation.__call__:
        return fn.__call__
    perform = calling.caller(fn.operation_method)
    input_type, output_type = fn.input_element_type, fn.output_element_type
    if input_type is None and output_type is None:
        return perform

    def perform_checked(inputs: Any, global_state: AttributeDict, step: int) -> Any:
        if input_type is not None:
            _check_elements("input", inputs, input_type)
        outputs = perform(inputs, global_state, step)
        if output_type is not None:
            _check_elements("output", outputs, output_type)
        return outputs

    return perform_checked


class Operation(Object):
    """Base of operations. Subclasses implement `call`.

    The method that implements an operation may leave out `global_state` and `step`.

    Operations are joined by operators:

    | expression           | result                                                   |
    |----------------------|----------------------------------------------------------|
    | `a >> b`             | b on the output of a                                     |
    | `a + b`              | the outputs of both                                      |
    | `a | b`              | the outputs of both, each element once                   |
    | `a & b`              | the elements of a's output that are in b's as well       |
    | `a - b`              | the elements of a's output that are not in b's           |
    | `a ^ b`              | the elements that are in one output but not in the other |
    | `~a`, `-a`           | the inputs that are not in a's output                    |
    | `a * k`              | the outputs of k calls of a                              |
    | `a ** k`             | a on its own output, k times                             |
    | `a[i]`, `a[i:j]`     | a slice of a's output                                    |

    Elements are compared by identity. Where None stands in for an operation, the result
    is the other one, so that parts of an algorithm may be left out; `None - a` is `~a`.

    Example:
      >>> class Reverse(pg.evolution.Operation):
      ...     def call(self, inputs):
      ...         return inputs[::-1]
      >>> (Reverse() >> pg.evolution.selectors.First(2))([1, 2, 3])
      [3, 2]
    """

    def __call__(
        self,
        inputs: list[Any],
        global_state: AttributeDict | None = None,
        step: int = 0,
    ) -> list[Any]:
        """Performs the operation.

        Args:
          inputs: The elements to operate on.
          global_state: State that the operations of an algorithm share.
          step: Number of evaluations that the algorithm has received.

        Returns:
          The elements that result.

        Raises:
          TypeError: if an element is not of the expected type.
        """
        if global_state is None:
            global_state = AttributeDict()
        expected = self.input_element_type
        if expected is not None:
            _check_elements("input", inputs, expected)
        outputs = calling.call(self.operation_method, inputs, global_state, step)
        expected = self.output_element_type
        if expected is not None:
            _check_elements("output", outputs, expected)
        return outputs

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Performs the operation. Subclasses implement it.

        Args:
          inputs: The elements to operate on.
          global_state: State that the operations of an algorithm share.
          step: Number of evaluations that the algorithm has received.
        """
        raise NotImplementedError

    @property
    def input_element_type(self) -> type[Any] | None:
        """The class that elements of the input have to be of; None for any."""
        return None

    @property
    def output_element_type(self) -> type[Any] | None:
        """The class that elements of the output are of; None for any."""
        return None

    @property
    def operation_method(self) -> Callable[..., list[Any]]:
        """The method that implements the operation."""
        return self.call

    # ---- Algebra --------------------------------------------------------------

    def __rshift__(self, other: OptionalOperationFn) -> "Operation":
        return _join("Pipeline", self, other)

    def __rrshift__(self, other: OptionalOperationFn) -> "Operation":
        return _join("Pipeline", other, self)

    def __add__(self, other: OptionalOperationFn) -> "Operation":
        return _join("Concatenation", self, other)

    def __radd__(self, other: OptionalOperationFn) -> "Operation":
        return _join("Concatenation", other, self)

    def __or__(self, other: OptionalOperationFn) -> "Operation":
        return _join("Union", self, other)

    def __ror__(self, other: OptionalOperationFn) -> "Operation":
        return _join("Union", other, self)

    def __and__(self, other: OptionalOperationFn) -> "Operation":
        return _join("Intersection", self, other)

    def __rand__(self, other: OptionalOperationFn) -> "Operation":
        return _join("Intersection", other, self)

    def __sub__(self, other: OptionalOperationFn) -> "Operation":
        return _join("Difference", self, other)

    def __rsub__(self, other: OptionalOperationFn) -> "Operation":
        return ~self if other is None else _join("Difference", other, self)

    def __xor__(self, other: OptionalOperationFn) -> "Operation":
        return _join("SymmetricDifference", self, other)

    def __rxor__(self, other: OptionalOperationFn) -> "Operation":
        return _join("SymmetricDifference", other, self)

    def __mul__(self, k: int | Callable[[int], int]) -> "Operation":
        return _combine("Repeat", self, k)

    def __pow__(self, k: int | Callable[[int], int]) -> "Operation":
        return _combine("Power", self, k)

    def __neg__(self) -> "Operation":
        return _combine("Inversion", self)

    def __invert__(self) -> "Operation":
        return _combine("Inversion", self)

    def __getitem__(self, index: Any) -> "Operation":
        return _combine("Slice", self, index)

    def with_prob(self, probability: Probability, seed: Seed = None) -> "Operation":
        """Returns an operation that performs this one with some probability.

        Args:
          probability: Its probability, from 0 to 1, which may change over time.
          seed: Seed or generator of the choice.
        """
        return _combine("Choice", [(self, probability)], None, seed)

    def if_true(self, predicate: Predicate) -> "Operation":
        """Returns an operation that is this one where a predicate holds.

        Args:
          predicate: A function of the inputs.
        """
        return _combine("Conditional", predicate, self, None)

    def if_false(self, predicate: Predicate) -> "Operation":
        """Returns an operation that is this one where a predicate does not hold.

        Args:
          predicate: A function of the inputs.
        """
        return _combine("Conditional", predicate, None, self)

    def for_each(self, op: OperationFn) -> "Operation":
        """Returns an operation that applies another to each element of the output.

        Args:
          op: The other operation. Elements are lists.
        """
        return self >> _combine("ElementWise", op)

    def flatten(self, max_level: int | None = None) -> "Operation":
        """Returns an operation whose output has no lists within.

        Args:
          max_level: Number of levels to flatten; None for all.
        """
        return self >> _combine("Flatten", max_level)

    def until_change(self, max_attempts: int | None = None) -> "Operation":
        """Returns an operation that is repeated until its output is not its input.

        Args:
          max_attempts: Maximum number of attempts; None for no limit.
        """
        return _combine("UntilChange", self, max_attempts)

    def until_new(self, max_attempts: int = 100) -> "Operation":
        """Returns an operation that is repeated until its output was never proposed.

        Args:
          max_attempts: Maximum number of further attempts.
        """
        return _combine("UntilNew", self, max_attempts)

    def global_state(self, key: str) -> "Operation":
        """Returns an operation whose output is a value of the global state.

        Args:
          key: Name of the value.
        """
        return _combine("GlobalStateGetter", key)

    def as_global_state(self, key: str) -> "Operation":
        """Returns an operation that puts the output into the global state.

        Args:
          key: Name of the value.
        """
        return self >> _combine("GlobalStateSetter", key)

    def set_global_state(self, key: str, value: Any) -> "Operation":
        """Returns an operation that also puts a constant into the global state.

        Args:
          key: Name of the value.
          value: The constant.
        """
        return self + _combine("GlobalStateSetter", key, value)


# Operations that join others, by name, which the algebra above makes use of.
_COMBINATORS: dict[str, type[Operation]] = {}


def combinator(cls: CombinatorT) -> CombinatorT:
    """Class decorator of operations that the algebra makes by the class's name."""
    _COMBINATORS[cls.__name__] = cls
    return cls


def _combine(name: str, *args: Any) -> Operation:
    return _COMBINATORS[name](*args)


def _join(name: str, left: Any, right: Any) -> Operation:
    """Combines two operations; None is as if there was only the other one."""
    if left is None:
        return cast(Operation, right)
    if right is None:
        return cast(Operation, left)
    return _combine(name, [left, right])


def _check_elements(which: str, elements: Any, expected: type[Any]) -> None:
    if not isinstance(elements, (list, tuple)):
        raise utils.PyGloveTypeError(
            f"Expected the {which} to be a list of {expected!r}, got {elements!r}."
        )
    for index, element in enumerate(elements):
        if not isinstance(element, expected):
            raise utils.PyGloveTypeError(
                f"Expected the {which} to be a list of {expected!r}, got {element!r} "
                f"at position {index}."
            )


for _cls in (Operation,):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.evolution.base.{_cls.__name__}")
