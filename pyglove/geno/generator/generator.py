"""DNAGenerator: the interface of search algorithms."""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, cast

from pyglove import utils
from pyglove.geno.constraint.constraint import Constraint, Exhausted
from pyglove.geno.dna.dna import DNA
from pyglove.geno.dna.spec_base import ensure_spec
from pyglove.geno.generator.fingerprint import fingerprint
from pyglove.geno.spec.condition import Conditions
from pyglove.geno.spec.spec import DNASpec
from pyglove.symbolic import Object
from pyglove.symbolic.internal import shows_as_usual
from pyglove.utils.lock import instance_lock
from pyglove.utils.serialization.json_type import published_as

_STATE_KEYS = {"num_proposals", "num_feedbacks", "space", "state"}

# Errors of algorithms that use a space that is None.
_NO_SPEC = (AttributeError, TypeError, AssertionError)

Reward = float | tuple[float, ...] | None

# Errors of states that do not fit.
_BAD_STATE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)

# Maximum lengths of the text of an algorithm, whole and shortened.
_MAX_LINES = 8
_MAX_LINE = 160
_MAX_TEXT = 400


@published_as("pyglove.core.geno.dna_generator.DNAGenerator")
class DNAGenerator(Object):
    """A search algorithm: proposes DNA, and may learn from their rewards.

    Subclasses implement `_propose`, and, as far as they need to, `_setup`,
    `_feedback` and `_replay`; those that can be resumed where they stopped implement
    `_get_state` and `_set_state` as well.

    Example:
      >>> class Odd(pg.DNAGenerator):
      ...     def _setup(self):
      ...         self._count = 0
      ...     def _propose(self):
      ...         self._count += 2
      ...         return pg.DNA(self._count - 1, spec=self.dna_spec)
      >>> [x for x in pg.iter(pg.oneof(range(6)), 3, Odd())]
      [1, 3, 5]
    """

    # None before the setup; typed as if it was always there, for implementers.
    _dna_spec = cast("DNASpec", None)
    _conditions = cast("Conditions | None", None)
    _is_set_up = False
    _fingerprint = cast("str | None", None)
    _num_proposals = 0
    _num_feedbacks = 0

    @property
    def dna_spec(self) -> DNASpec:
        """The spec that this algorithm was set up for, or None."""
        return self._dna_spec

    @property
    def multi_objective(self) -> bool:
        """Whether rewards are tuples with a number for each objective."""
        return False

    @property
    def needs_feedback(self) -> bool:
        """Whether this algorithm learns from rewards."""
        return type(self)._feedback is not DNAGenerator._feedback

    @property
    def num_proposals(self) -> int:
        """Number of DNA proposed since the setup."""
        return self._num_proposals

    @property
    def num_feedbacks(self) -> int:
        """Number of rewards received since the setup."""
        return self._num_feedbacks

    def setup(self, dna_spec: DNASpec) -> None:
        """Prepares the search of a space; starts anew if there was one before.

        Args:
          dna_spec: The space. None is for tests of algorithms that never look at it.

        Raises:
          ValueError: if it is not a DNASpec, or None and the algorithm looks at it.
        """
        spec = None if dna_spec is None else ensure_spec(dna_spec, "dna_spec")
        with instance_lock(self):
            self._is_set_up = False
            self._fingerprint = None
            self._dna_spec = cast("DNASpec", spec)
            self._conditions = None if spec is None else spec.conditions
            self._num_proposals = 0
            self._num_feedbacks = 0
            try:
                self._setup()
            except BaseException as error:
                self._abandon_setup()
                if spec is None and isinstance(error, _NO_SPEC):
                    raise utils.PyGloveValueError(
                        f"Expected a `pg.DNASpec` for {type(self).__name__}, which has "
                        "to know its space, got None."
                    ) from error
                raise
            self._is_set_up = True

    def _abandon_setup(self) -> None:
        """Forgets the space, since the setup was not completed."""
        self._dna_spec = cast("DNASpec", None)
        self._is_set_up = False

    def _setup(self) -> None:
        """Prepares the search of `dna_spec`."""

    def propose(self) -> DNA:
        """Returns the next DNA to evaluate, which meets the constraints of the space.

        Proposals of `_propose` that do not are passed over, and get no feedback.

        Returns:
          A DNA.

        Raises:
          StopIteration: if the search has come to its end.
          ValueError: if there was no setup, or too many proposals in a row (the
            `max_tries` of the constraints) are infeasible.
        """
        if not self._is_set_up:
            raise self._not_set_up()
        dna = self._propose_feasible()
        self._num_proposals += 1
        return dna

    def _propose_feasible(self) -> DNA:
        """Returns the next DNA that meets the constraints of the space."""
        dna = self._propose()
        conditions = self._conditions
        return dna if conditions is None else self._first_feasible(dna, conditions)

    def _first_feasible(self, dna: DNA, conditions: Conditions) -> DNA:
        """Returns a proposal if it is feasible, otherwise the next one that is."""
        rejected: Counter[Constraint] = Counter()
        for _ in range(conditions.max_tries):
            found = conditions.find(dna, self._dna_spec)
            if found is None:
                return dna
            rejected[found] += 1
            try:
                dna = self._propose()
            except StopIteration:
                if self._num_proposals:
                    raise
                # There was nothing but infeasible proposals.
                raise Exhausted(rejected, rejected.total()).to_error() from None
        raise Exhausted(rejected, conditions.max_tries).to_error()

    def _propose(self) -> DNA:
        """Returns the next DNA to evaluate. Subclasses implement it."""
        raise NotImplementedError(
            f"Expected {type(self).__name__} to implement `_propose`."
        )

    def feedback(self, dna: DNA, reward: Reward) -> None:
        """Tells how good a proposed DNA has turned out to be.

        Args:
          dna: The DNA.
          reward: A number, the greater the better; a tuple of numbers for several
            objectives.

        Raises:
          ValueError: if the number of objectives is wrong, or there was no setup.
          TypeError: if the reward is not a number.
        """
        if not self._is_set_up:
            raise self._not_set_up()
        if self.needs_feedback:
            self._feedback(dna, self._normalize(reward))
        self._num_feedbacks += 1

    def _normalize(self, reward: Any) -> Any:
        """Returns a reward in the form that `_feedback` expects."""
        kind = type(reward)
        if kind is float or kind is int:
            return (reward,) if self.multi_objective else reward
        if isinstance(reward, (tuple, list)):
            if not all(_is_number(r) for r in reward):
                raise _reward_error(reward)
            if self.multi_objective:
                return tuple(reward)
            if len(reward) != 1:
                raise utils.PyGloveValueError(
                    f"Expected a single number as reward, got {reward!r}. "
                    f"{type(self).__name__} learns from several objectives only if its "
                    "`multi_objective` is True."
                )
            return reward[0]
        if not _is_number(reward):
            raise _reward_error(reward)
        return (reward,) if self.multi_objective else reward

    def _feedback(self, dna: DNA, reward: Any) -> None:
        """Learns from the reward of a DNA. Override it to do so."""

    def recover(self, history: Iterable[tuple[DNA, Reward]]) -> None:
        """Resumes a search that was interrupted.

        Args:
          history: The DNA proposed so far, in order, each with its reward, or None if
            it has not been evaluated.
        """
        for i, (dna, reward) in enumerate(history):
            self._replay(i, dna, reward)
            self._num_proposals += 1
            if reward is not None:
                self._num_feedbacks += 1

    def _replay(self, trial_id: int, dna: DNA, reward: Any) -> None:
        """Replays an earlier proposal. By default learns from its reward.

        Args:
          trial_id: Number of DNA that were proposed before this one.
          dna: The DNA.
          reward: Its reward, None if it has not been evaluated.
        """
        del trial_id
        if self.needs_feedback and reward is not None:
            self._feedback(dna, self._normalize(reward))

    def get_state(self) -> dict[str, Any]:
        """Returns the state of the search as a JSON value.

        An algorithm that is made with the same arguments, set up for the same space and
        given this state goes on as this one would, bit for bit, in another process too.

        Returns:
          A value that `json` can write, which later steps leave as it is.

        Raises:
          NotImplementedError: if the algorithm does not give its state; it can still
            take up a search by `recover`.
          ValueError: if there was no setup.

        Example:
          >>> space = pg.dna_spec(pg.oneof(range(100)))
          >>> search, other = pg.geno.Random(seed=1), pg.geno.Random(seed=1)
          >>> search.setup(space)
          >>> other.setup(space)
          >>> _ = search.propose()
          >>> other.set_state(search.get_state())
          >>> other.propose() == search.propose()
          True
        """
        if not self._is_set_up:
            raise self._not_set_up()
        return {
            "algorithm": type(self).__name__,
            "num_proposals": self._num_proposals,
            "num_feedbacks": self._num_feedbacks,
            "space": self._own_fingerprint(),
            "state": self._get_state(),
        }

    def _own_fingerprint(self) -> str | None:
        """Returns a hash of the space."""
        spec = cast("DNASpec | None", self._dna_spec)
        if self._fingerprint is None and spec is not None:
            self._fingerprint = fingerprint(spec)
        return self._fingerprint

    def _get_state(self) -> Any:
        """Returns the state for `_set_state`, as a JSON value. Override both."""
        raise NotImplementedError(
            f"Expected {type(self).__name__} to implement `_get_state`. Implement it "
            "and `_set_state`, or resume the search from its history by `recover`."
        )

    def set_state(self, state: dict[str, Any]) -> None:
        """Resumes a search where `get_state` found it.

        Args:
          state: What `get_state` returned for an algorithm that was made with the same
            arguments and set up for the same space.

        Raises:
          NotImplementedError: if the algorithm does not give its state.
          ValueError: if there was no setup, or the state is that of another algorithm
            or space. The search is where it was then, or starts anew if the present
            state cannot be had.
        """
        if not self._is_set_up:
            raise self._not_set_up()
        if (
            not isinstance(state, dict)
            or state.get("algorithm") != type(self).__name__
            or not state.keys() >= _STATE_KEYS
        ):
            raise utils.PyGloveValueError(
                f"Expected the state of a {type(self).__name__}, as `get_state` "
                f"returns it, got {state!r}."
            )
        if state["space"] != self._own_fingerprint():
            raise utils.PyGloveValueError(
                f"Expected the state of a {type(self).__name__} set up for the same "
                "space, got that for another one: decisions, their places or their "
                "candidates differ. Set it up with the space that the state is for."
            )
        if type(self)._set_state is DNAGenerator._set_state:
            self._set_state(state)  # Says what is missing.
        try:
            before = self.get_state()
        except NotImplementedError:
            before = None  # Part of the algorithm does not give its state now.
        try:
            self._go_on_from(state)
        except _BAD_STATE as error:
            self.setup(self._dna_spec)
            if before is not None:
                self._go_on_from(before)
            what = error if isinstance(error, utils.PyGloveError) else repr(error)
            raise utils.PyGloveValueError(
                f"Expected the state of a {type(self).__name__} with the same "
                f"arguments, set up for the same space, got another one: {what}"
            ) from error

    def _go_on_from(self, state: dict[str, Any]) -> None:
        self._setup()
        self._set_state(state["state"])
        self._num_proposals = int(state["num_proposals"])
        self._num_feedbacks = int(state["num_feedbacks"])

    def _set_state(self, state: Any) -> None:
        """Restores a state of `_get_state`, right after a setup. Override both."""
        raise NotImplementedError(
            f"Expected {type(self).__name__} to implement `_set_state`. Implement it "
            "and `_get_state`, or resume the search from its history by `recover`."
        )

    def __str__(self) -> str:
        text = super().__str__()
        is_long = text.count("\n") > _MAX_LINES and shows_as_usual(self)
        return repr(self) if is_long else text

    def __repr__(self) -> str:
        text = super().__repr__()
        if len(text) <= _MAX_LINE or not shows_as_usual(self):
            return text
        # What was given, and not what holds anyway.
        text = self.format(compact=True, hide_default_values=True)
        return text if len(text) <= _MAX_TEXT else f"{text[:_MAX_TEXT]}...)"

    def __iter__(self) -> Iterator[Any]:
        """Iterates over proposals, with a function for the reward if it is needed."""
        while True:
            try:
                dna = self.propose()
            except StopIteration:
                return
            if self.needs_feedback:
                yield dna, _feedback_of(self, dna)
            else:
                yield dna

    def _not_set_up(self) -> Exception:
        return utils.PyGloveValueError(
            f"Expected {type(self).__name__} to be set up for a space: call `setup` "
            "with a DNASpec first."
        )


def _feedback_of(generator: DNAGenerator, dna: DNA) -> Callable[[Reward], None]:
    def feedback(reward: Reward) -> None:
        generator.feedback(dna, reward)

    return feedback


def _is_number(value: Any) -> bool:
    # Numbers of other libraries, such as numpy's, convert to float.
    return not isinstance(value, (str, bytes)) and hasattr(value, "__float__")


def _reward_error(reward: Any) -> Exception:
    return utils.PyGloveTypeError(
        f"Expected a number, or a tuple of numbers, as the reward, got {reward!r}."
    )


GeneratorFn = Callable[[DNASpec], Generator[DNA, Reward, None]]


def dna_generator(func: GeneratorFn) -> type[DNAGenerator]:
    """Makes a search algorithm of a generator function.

    The function has to yield the same DNA each time it is called, if a search is to be
    resumed where it stopped: then it is run again, and what it yields is passed over.

    Args:
      func: A function of the spec that yields DNA.

    Returns:
      A subclass of `DNAGenerator`, whose constructor takes no arguments.

    Raises:
      TypeError: if `func` cannot be called.

    Example:
      >>> @pg.geno.dna_generator
      ... def first_and_last(spec):
      ...     yield spec.first_dna()
      ...     yield pg.DNA(2, spec=spec)
      >>> list(pg.iter(pg.oneof(['a', 'b', 'c']), algorithm=first_and_last()))
      ['a', 'c']
    """
    if not callable(func):
        raise utils.PyGloveTypeError(f"Expected a function of a DNASpec, got {func!r}.")

    class SimpleDNAGenerator(DNAGenerator):
        """A search algorithm made of a function."""

        # It stands in the function's place, where it is looked up when it is unpickled.
        __module__ = getattr(func, "__module__", __name__)
        __qualname__ = getattr(func, "__qualname__", "SimpleDNAGenerator")

        def _setup(self) -> None:
            self._iterator = iter(func(self.dna_spec))
            self._num_yielded = 0
            self._error: Exception | None = None

        def _propose(self) -> DNA:
            if self._error is not None:
                # A generator that has failed looks like one that has come to its end.
                raise utils.PyGloveValueError(
                    f"Expected {type(self).__name__} to be without errors, but it has "
                    f"raised {self._error!r} before. Call `setup` to start anew."
                ) from self._error
            try:
                dna = next(self._iterator)
            except StopIteration:
                raise
            except Exception as error:
                self._error = error
                raise
            self._num_yielded += 1
            return dna

        def _replay(self, trial_id: int, dna: DNA, reward: Any) -> None:
            try:
                self._propose_feasible()
            except StopIteration:
                pass  # The function has no more than the history.

        def _get_state(self) -> int:
            return self._num_yielded

        def _set_state(self, state: int) -> None:
            # The function cannot be stopped and saved, but it can be run again.
            for _ in range(state):
                self._propose()

    return SimpleDNAGenerator
