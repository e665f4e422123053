"""Evolution: a search algorithm made of operations."""

import random
import threading
import weakref
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.evolution import fitness, seeding
from pyglove.evolution.novelty import PROPOSALS, Proposals, looks_for_new
from pyglove.evolution.operation import prepare
from pyglove.evolution.state import StateReader, StateWriter
from pyglove.geno import DNA, AttributeDict, DNAGenerator
from pyglove.geno import Random as RandomGenerator
from pyglove.geno.internal import (
    make_dna,
    numbers_of,
    random_sources,
    random_to_json,
    restore_random,
)
from pyglove.symbolic import use_init_args

if TYPE_CHECKING:
    PopulationFn = Callable[..., list[DNA]]
    OptionalPopulationFn = Callable[..., list[DNA]] | None
    PopulationInit = DNAGenerator | tuple[DNAGenerator, int]
else:
    _POPULATION = pg_typing.List(pg_typing.Object(DNA))
    PopulationFn = pg_typing.Callable([_POPULATION], returns=_POPULATION)
    OptionalPopulationFn = pg_typing.Callable(
        [_POPULATION], returns=_POPULATION
    ).noneable()
    PopulationInit = pg_typing.Union(
        [
            pg_typing.Object(DNAGenerator),
            pg_typing.Tuple([pg_typing.Object(DNAGenerator), pg_typing.Int()]),
        ]
    )


# Attribute of a generator that refers to the algorithm whose initial population it
# proposes.
_USER = "_evolution"
_USE_LOCK = threading.Lock()


@use_init_args(["reproduction", "population_init", "population_update"])
class Evolution(DNAGenerator):
    """Evolves a population by operations.

    First the initial population is proposed, until that many evaluations have been
    received (or, with operations that require novelty, until the generator has no new
    DNA). From then on, `reproduction` makes children of the population whenever none is
    left to propose. Each evaluation adds a DNA to the population, and
    `population_update` then selects the next population.

    If all operators and the generator of the initial population have seeds, the same
    feedback results in the same proposals.

    The state of a search holds the population, the global state, and the generators of
    random numbers that operations keep as attributes; `userdata` of DNA is left out.

    Example:
      >>> selectors = pg.evolution.selectors
      >>> mutators = pg.evolution.mutators
      >>> algorithm = pg.evolution.Evolution(
      ...     selectors.Random(3, seed=1) >> selectors.Top(1)
      ...     >> mutators.Uniform(seed=1),
      ...     population_init=(pg.geno.Random(seed=1), 10),
      ...     population_update=selectors.Last(10))
      >>> space = pg.Dict(x=pg.oneof(range(10)), y=pg.oneof(range(10)))
      >>> for p, feedback in pg.sample(space, algorithm, num_examples=100):
      ...   feedback(float(p.x + p.y))
      >>> len(algorithm.population)
      10
    """

    reproduction: Annotated[
        PopulationFn, "Makes children out of the population: an operation."
    ]
    population_init: Annotated[
        PopulationInit,
        "Proposes the initial population: a generator (all proposals belong to it), "
        "or a tuple of a generator and the size of the initial population.",
    ] = (RandomGenerator(), 50)
    population_update: Annotated[
        OptionalPopulationFn,
        "Makes the next population out of the present one and the DNA evaluated "
        "last: an operation. None keeps all DNA.",
    ] = None
    multi_objective: Annotated[  # pyright: ignore[reportIncompatibleMethodOverride]
        bool, "Whether rewards are tuples."
    ] = False

    def _on_bound(self) -> None:
        super()._on_bound()
        init: Any = self.population_init
        self._init_size = init[1] if isinstance(init, tuple) else None
        self._reproduce_from = prepare(self.reproduction)
        update = self.population_update
        self._update = None if update is None else prepare(update)
        self._looks_for_new = looks_for_new(self.reproduction)
        self._lock = threading.RLock()

    def _setup(self) -> None:
        super()._setup()
        self._population: list[DNA] = []
        self._children: deque[DNA] = deque()
        self._num_initial = 0
        self._is_initialized = False
        self._global_state = AttributeDict(num_generations=0)
        if self._looks_for_new:
            self._global_state[PROPOSALS] = Proposals(self.dna_spec.space_size)
        seeding.restart(self.reproduction)
        seeding.restart(self.population_update)
        self._init_generator = self._own_generator()
        self._init_generator.setup(self.dna_spec)

    def _own_generator(self) -> DNAGenerator:
        """Returns the generator of the initial population.

        It is the one that was given, unless another algorithm is using it: that of the
        default, say, or of a clone of this algorithm. Then it is a copy.
        """
        init: Any = self.population_init
        generator: Any = init[0] if isinstance(init, tuple) else init
        with _USE_LOCK:
            user = vars(generator).get(_USER)
            user = None if user is None else user()
            if user is not None and user is not self:
                generator = generator.clone()
            object.__setattr__(generator, _USER, weakref.ref(self))
        return generator

    @property
    def population(self) -> list[DNA]:
        """The present population, oldest evaluations first."""
        return self._population

    @property
    def global_state(self) -> AttributeDict:
        """State that the operations share. It holds `num_generations`.

        With operations that are repeated until they find a new DNA (`until_new`), it
        holds the DNA that were proposed, too.
        """
        return self._global_state

    @property
    def _proposals(self) -> Proposals | None:
        """The DNA proposed so far, if an operation requires novelty."""
        return self._global_state.get(PROPOSALS)

    @property
    def num_generations(self) -> int:
        """Number of generations so far; the initial population is the first.

        It is 0 until the initial population is evaluated.
        """
        count: int = self._global_state.num_generations
        return count

    @property
    def needs_feedback(self) -> bool:
        """Whether the algorithm learns from feedback."""
        return True

    # ---- Proposals ------------------------------------------------------------

    def _propose(self) -> DNA:
        with self._lock:
            if not self._is_initialized:
                dna = self._propose_initial()
                if dna is not None:
                    return dna
            if not self._children:
                self._children.extend(self._reproduce())
            dna = self._children.popleft()
            fitness.note_proposal(
                dna, self.num_proposals + 1, self.num_generations, False
            )
            return dna

    def _propose_initial(self) -> DNA | None:
        """Returns the next DNA of the initial population, None at the end."""
        generator, proposals = self._init_generator, self._proposals
        dna = None
        try:
            if proposals is not None:
                dna = proposals.add_new(generator)
                if dna is None and self._population:
                    # Reproduction may still find a new DNA.
                    raise StopIteration
            if dna is None:
                dna = generator.propose()
        except StopIteration:
            self._end_initialization()
            return None
        if fitness.is_proposed(dna):
            dna = dna.clone()
        fitness.note_proposal(dna, self.num_proposals + 1, 1, True)
        return dna

    def _end_initialization(self) -> None:
        self._is_initialized = True
        self._global_state.num_generations += 1

    def _reproduce(self) -> list[DNA]:
        """Returns the children that make the next generation."""
        children = self._reproduce_from(
            self._population, self._global_state, self.num_feedbacks
        )
        if not isinstance(children, (list, tuple)) and children is not None:
            raise utils.PyGloveTypeError(
                f"Expected `reproduction` to return a list of DNA, got {children!r}."
            )
        if not children:
            raise utils.PyGloveValueError(
                "Expected `reproduction` to return children, got none out of a "
                f"population of {len(self._population)} evaluated DNA. If none is "
                "evaluated yet, specify the size of the initial population: "
                "`population_init=(generator, size)`."
            )
        generation = self._global_state.num_generations + 1
        own: list[DNA] = []
        seen: set[int] = set()
        for child in children:
            if not isinstance(child, DNA):
                raise utils.PyGloveTypeError(
                    f"Expected `reproduction` to return a list of DNA, got {child!r} "
                    "in it."
                )
            self._bind(child)
            if id(child) in seen or fitness.is_proposed(child):
                # An operation returned a member of the population.
                child = child.clone()
            seen.add(id(child))
            own.append(child)
        self._global_state.num_generations = generation
        return own

    def _bind(self, dna: DNA) -> None:
        if dna.spec is None:
            dna.use_spec(self.dna_spec)

    def _note_proposal(self, dna: DNA) -> None:
        """Records a DNA that the operations did not propose."""
        if self._proposals is not None:
            self._proposals.add(dna)

    # ---- Feedback -------------------------------------------------------------

    def _feedback(self, dna: DNA, reward: Any) -> None:
        with self._lock:
            if not fitness.is_noted(dna):
                # The user proposed it, as a starting point.
                self._bind(dna)
                self._note_proposal(dna)
                fitness.note_proposal(dna, self.num_proposals, 1, True)
            elif not self._is_initialized and fitness.is_initial_population(dna):
                self._tell_generator(dna, reward)
            self._learn(dna, reward)

    def _tell_generator(self, dna: DNA, reward: Any) -> None:
        """Passes a reward on to the generator of the initial population."""
        generator = self._init_generator
        if isinstance(generator, Evolution):
            # It attaches its own data.
            dna = make_dna(numbers_of(dna), dna.spec)
        generator.feedback(dna, reward)

    def _learn(self, dna: DNA, reward: Any) -> None:
        """Records the reward of a DNA."""
        with self._lock:
            fitness.note_feedback(dna, self.num_feedbacks + 1, reward)
            if not self._is_initialized and fitness.is_initial_population(dna):
                self._num_initial += 1
                size = self._init_size
                if size is not None and self._num_initial >= size:
                    self._end_initialization()
            self._add_to_population(dna)

    def _add_to_population(self, dna: DNA) -> None:
        if self._update is None:
            self._population.append(dna)
        else:
            population = self._update(
                [*self._population, dna], self._global_state, self.num_feedbacks
            )
            if not isinstance(population, (list, tuple)):
                raise utils.PyGloveTypeError(
                    "Expected `population_update` to return a list of DNA, got "
                    f"{population!r}."
                )
            self._population = list(population)

    def _replay(self, trial_id: int, dna: DNA, reward: Any) -> None:
        self._bind(dna)
        self._note_proposal(dna)
        if not fitness.is_noted(dna):
            fitness.note_proposal(dna, trial_id, 1, True)
        if fitness.is_initial_population(dna):
            self._init_generator.recover([(dna, reward)])
        generation = fitness.get_generation_id(dna)
        if reward is not None:
            self._learn(dna, reward)
        if self._is_initialized and generation > self.num_generations:
            self._global_state.num_generations = generation

    # ---- State ----------------------------------------------------------------

    def _random_sources(self) -> list[random.Random]:
        """Returns all generators of random numbers that the operations keep."""
        return random_sources([self.reproduction, self.population_update])

    def _get_state(self) -> Any:
        with self._lock:
            writer = StateWriter()
            # The generator needs no state once the initial population is complete.
            ended = self._is_initialized
            return {
                "population": writer.write(list(self._population)),
                "children": writer.write(list(self._children)),
                "num_initial": self._num_initial,
                "is_initialized": self._is_initialized,
                "global_state": writer.write(self._global_state),
                "pool": writer.pool,
                "random": [random_to_json(s) for s in self._random_sources()],
                "initial": None if ended else self._init_generator.get_state(),
            }

    def _set_state(self, state: Any) -> None:
        with self._lock:
            reader = StateReader(state["pool"], self.dna_spec)
            self._population = reader.read(state["population"])
            self._children = deque(reader.read(state["children"]))
            self._num_initial = state["num_initial"]
            self._is_initialized = state["is_initialized"]
            self._global_state = reader.read(state["global_state"])
            sources = self._random_sources()
            if len(sources) != len(state["random"]):
                raise utils.PyGloveValueError(
                    f"Expected the state of an algorithm with {len(sources)} random "
                    f"operations, got one with {len(state['random'])}."
                )
            for source, saved in zip(sources, state["random"], strict=True):
                restore_random(source, saved)
            if state["initial"] is not None:
                self._init_generator.set_state(state["initial"])


for _cls in (Evolution,):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.evolution.base.{_cls.__name__}")
