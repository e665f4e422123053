"""The kinds of operations: selectors, mutators and recombinators."""

import abc
import functools
from collections.abc import Callable
from typing import Any, ClassVar

from pyglove import utils
from pyglove.evolution import feasibility
from pyglove.evolution.calling import call
from pyglove.evolution.operation import Operation
from pyglove.geno import DNA, AttributeDict
from pyglove.geno.internal import is_constrained


class Selector(Operation):
    """Base of operations that pick elements. Subclasses implement `select`.

    Example:
      >>> class Second(pg.evolution.Selector):
      ...     def select(self, inputs):
      ...         return inputs[1:2]
      >>> Second()(['a', 'b', 'c'])
      ['b']
    """

    @property
    def operation_method(self) -> Callable[..., list[Any]]:
        """The method that implements the operation."""
        return self.select

    @abc.abstractmethod
    def select(
        self, inputs: list[Any], global_state: AttributeDict, step: int
    ) -> list[Any]:
        """Picks elements. Subclasses implement it.

        Args:
          inputs: The elements to pick from.
          global_state: State that the operations of an algorithm share.
          step: Number of evaluations that the algorithm has received.
        """


class DNAOperation(Operation):
    """Base of operations on DNA."""

    @property
    def input_element_type(self) -> type[Any]:
        """The class that elements of the input have to be of."""
        return DNA

    @property
    def output_element_type(self) -> type[Any]:
        """The class that elements of the output are of."""
        return DNA


class Mutator(DNAOperation):
    """Base of operations that modify DNA one by one. Subclasses implement `mutate`.

    Example:
      >>> class Reset(pg.evolution.Mutator):
      ...     def mutate(self, dna):
      ...         return dna.spec.first_dna()
      >>> spec = pg.dna_spec(pg.oneof([1, 2, 3]))
      >>> Reset()([pg.DNA(2, spec=spec)])
      [DNA(0)]
    """

    @property
    def operation_method(self) -> Callable[..., list[Any]]:
        """The method that implements the operation."""
        return self.mutate_list

    def mutate_list(
        self, dna_list: list[DNA], global_state: AttributeDict, step: int = 0
    ) -> list[DNA]:
        """Modifies each of several DNA. By default calls `mutate` on each.

        In spaces with constraints, it is called until it returns a feasible DNA; see
        `feasibility.mutate`.

        Args:
          dna_list: The DNA, which are not modified.
          global_state: State that the operations of an algorithm share.
          step: Number of evaluations that the algorithm has received.

        Returns:
          The new DNA.
        """
        children: list[DNA] = []
        for dna in dna_list:
            child = call(self.mutate, dna, global_state, step)
            if is_constrained(dna):
                child = feasibility.mutate(
                    dna, child, lambda x: call(self.mutate, x, global_state, step)
                )
            if isinstance(child, list):
                children.extend(child)
            else:
                children.append(child)
        return children

    def mutate(
        self, dna: DNA, global_state: AttributeDict, step: int = 0
    ) -> DNA | list[DNA]:
        """Returns a modified DNA, or several. Subclasses implement it.

        Args:
          dna: The DNA, which is not modified.
          global_state: State that the operations of an algorithm share.
          step: Number of evaluations that the algorithm has received.
        """
        raise NotImplementedError


class Recombinator(DNAOperation):
    """Base of operations that mix DNA. Subclasses implement `recombine`.

    Attributes:
      NUM_PARENTS: How many parents it takes; None for any number.

    Example:
      >>> class First(pg.evolution.Recombinator):
      ...     NUM_PARENTS = 2
      ...     def recombine(self, parents):
      ...         return parents[:1]
      >>> First()([pg.DNA(0), pg.DNA(1)])
      [DNA(0)]
    """

    NUM_PARENTS: ClassVar[int | None] = None

    @property
    def operation_method(self) -> Callable[..., list[Any]]:
        """The method that implements the operation."""
        return self.recombine

    def __call__(
        self,
        inputs: list[Any],
        global_state: AttributeDict | None = None,
        step: int = 0,
    ) -> list[Any]:
        """Performs the operation. See `Operation.__call__`.

        In spaces with constraints, children that are infeasible are left out; see
        `feasibility.recombine`.

        Raises:
          ValueError: if there are more or fewer parents than it takes.
        """
        wanted = self.NUM_PARENTS
        if wanted is not None and len(inputs) != wanted:
            raise utils.PyGloveValueError(
                f"Expected {wanted} parents for {type(self).__name__}, got "
                f"{len(inputs)}: {inputs!r}."
            )
        children = super().__call__(inputs, global_state, step)
        again = functools.partial(super().__call__, inputs, global_state, step)
        return feasibility.recombine(inputs, children, again)

    @abc.abstractmethod
    def recombine(
        self, parents: list[DNA], global_state: AttributeDict, step: int
    ) -> list[DNA]:
        """Returns children of DNA. Subclasses implement it.

        Args:
          parents: The DNA, which are not modified.
          global_state: State that the operations of an algorithm share.
          step: Number of evaluations that the algorithm has received.
        """


for _cls in (
    Selector,
    DNAOperation,
    Mutator,
    Recombinator,
):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.evolution.base.{_cls.__name__}")
