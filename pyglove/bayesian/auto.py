"""Auto: the algorithm to take when one does not know which."""

from collections.abc import Iterable
from typing import Any

from pyglove import utils
from pyglove.bayesian.gp_search import GP
from pyglove.bayesian.model_search import default_num_startup
from pyglove.bayesian.row_encoding import RowEncoding
from pyglove.evolution import mutators, nsga2, regularized_evolution
from pyglove.geno import DNA, DNAGenerator, DNASpec
from pyglove.geno.internal import Reward
from pyglove.symbolic import members

#: With more decisions than this, a Gaussian process costs too much.
MAX_DECISIONS = 150
#: With a budget of more evaluations than this, they are so cheap that a model is not.
MAX_EVALUATIONS = 20_000
# The first proposals, which are made without a model, are at most this part of all.
_STARTUP_PART = 4
_POPULATION = 50
_TOURNAMENT = 10


@members(
    [],
    init_arg_list=["budget", "seed", "multi_objective"],
    serialization_key="pyglove.bayesian.Auto",
)
class Auto(DNAGenerator):
    """Searches with an algorithm that fits the budget and the space; see `pg.auto`.

    Attributes:
      budget: The planned number of evaluations, if known.
      seed: Seed of all randomness.
      multi_objective: Whether rewards are tuples with a number for each objective.
    """

    budget: int | None = None
    seed: int | None = None
    multi_objective: bool = False  # pyright: ignore[reportIncompatibleMethodOverride]

    def _on_bound(self) -> None:
        super()._on_bound()
        if self.budget is not None and self.budget < 1:
            raise utils.PyGloveValueError(
                f"Expected `budget` to be at least 1 evaluation, got {self.budget}."
            )

    @property
    def needs_feedback(self) -> bool:
        """Whether this algorithm learns from rewards."""
        return True

    @property
    def algorithm(self) -> DNAGenerator:
        """The algorithm that was chosen at the setup."""
        return self._algorithm

    def setup(self, dna_spec: DNASpec) -> None:
        """Prepares the search of a space; see `DNAGenerator.setup`.

        Args:
          dna_spec: The space.
        """
        super().setup(dna_spec)
        self._algorithm.setup(dna_spec)

    def _setup(self) -> None:
        self._algorithm = choose(
            self.dna_spec, self.budget, self.seed, self.multi_objective
        )

    def _propose(self) -> DNA:
        return self._algorithm.propose()

    def _feedback(self, dna: DNA, reward: Any) -> None:
        self._algorithm.feedback(dna, reward)

    def recover(self, history: Iterable[tuple[DNA, Reward]]) -> None:
        """Resumes a search that was interrupted; see `DNAGenerator.recover`.

        Args:
          history: The DNA proposed so far, in order, each with its reward or None.
        """
        history = list(history)
        self._algorithm.recover(history)
        self._num_proposals += len(history)
        self._num_feedbacks += sum(reward is not None for _, reward in history)

    def _get_state(self) -> Any:
        return self._algorithm.get_state()

    def _set_state(self, state: Any) -> None:
        self._algorithm.setup(self.dna_spec)
        self._algorithm.set_state(state)


def choose(
    spec: DNASpec, budget: int | None, seed: int | None, multi_objective: bool = False
) -> DNAGenerator:
    """Returns the algorithm for a space and a budget.

    Args:
      spec: The space.
      budget: Number of evaluations; None if unknown.
      seed: Seed of all randomness.
      multi_objective: Whether rewards are tuples.
    """
    encoding = RowEncoding(spec)
    is_large = len(encoding) > MAX_DECISIONS
    is_long = budget is not None and budget > MAX_EVALUATIONS
    # A model has no idea of decisions that are made by functions of the user.
    is_opaque = bool(encoding.is_custom.any())
    if is_large or is_long or is_opaque:
        mutator = mutators.Uniform(seed=seed)
        population = _POPULATION
        if budget is not None:
            population = min(population, max(budget // _STARTUP_PART, 2))
        if multi_objective:
            return nsga2(mutator, population_size=population, seed=seed)
        return regularized_evolution(
            mutator,
            population_size=population,
            tournament_size=min(_TOURNAMENT, population),
            seed=seed,
        )
    num_startup = default_num_startup(encoding)
    if budget is not None:
        num_startup = min(num_startup, max(budget // _STARTUP_PART, 1))
    return GP(seed=seed, num_startup=num_startup, multi_objective=multi_objective)


def auto(
    budget: int | None = None, seed: int | None = None, multi_objective: bool = False
) -> Auto:
    """Returns the algorithm to take when one does not know which.

    It looks at the space when it is set up for it, and at the budget:

    - A Gaussian process (`pg.bayesian.GP`) where there are up to 150 decisions, which
      is nearly always. It starts with quasi-random proposals: about as many as there
      are candidates, but no more than a quarter of the budget. Choices, ordered
      choices, multiple choices, permutations, ranges, conditional decisions and
      constraints are what it takes; several objectives too.
    - Evolution (`pg.evolution.regularized_evolution`, `pg.evolution.nsga2` for several
      objectives) where there are more decisions, or some that only functions of the
      user understand, or a budget of more than 20,000 evaluations, each of which then
      has to cost less than a model.

    Args:
      budget: The planned number of evaluations, if known.
      seed: Seed of all randomness. The same seed, space and rewards lead to
        the same proposals.
      multi_objective: Whether rewards are tuples with a number for each objective, all
        to be maximized.

    Example:
      >>> space = pg.Dict(
      ...     layers=pg.intv(1, 12), activation=pg.oneof(['relu', 'tanh', 'gelu']),
      ...     rate=pg.floatv(1e-5, 1e-1, 'log'))
      >>> best = None
      >>> for p, feedback in pg.sample(space, pg.auto(budget=40, seed=1), 40):
      ...   reward = (p.activation == 'gelu') - abs(p.layers - 5) - abs(p.rate - 0.01)
      ...   feedback(reward)
      ...   best = max(best or reward, reward)
      >>> best > 0.99
      True
    """
    return Auto(budget=budget, seed=seed, multi_objective=multi_objective)
