"""ModelSearch: the base of searches that model rewards."""

import abc
import random
import threading
from typing import Any

import numpy as np

from pyglove import utils
from pyglove.bayesian.blas_thread import single_thread
from pyglove.bayesian.history import History
from pyglove.bayesian.neighbourhood import Neighbourhood
from pyglove.bayesian.quasi_random import HaltonSequence
from pyglove.bayesian.row_encoding import Floats, RowEncoding
from pyglove.geno import DNA, DNAGenerator
from pyglove.geno.array_state import generator_to_json, restore_generator
from pyglove.geno.internal import (
    Numbers,
    effective_spec,
    flat_form,
    make_dna,
    note_feasible,
    random_to_json,
    restore_random,
)

# Spaces of no more DNA than this are listed, so that nothing in them is overlooked.
MAX_LISTED = 2000
# Bounds of the default number of proposals before there is a model.
MIN_STARTUP, MAX_STARTUP = 8, 28
# How many quasi-random points, and then random ones, are tried before it is given up to
# find one that is new.
_NUM_TRIES = 100
# How many DNA are passed over, after that, in the order of enumeration.
_MAX_STEPS = 100_000


def default_num_startup(encoding: RowEncoding) -> int:
    """Returns the number of evaluations before the first use of a model.

    They are about as many as the parameters of a model in which every decision counts
    by itself: one for each candidate but one, or two for numbers.

    Args:
      encoding: The slots of the space.
    """
    parameters = 1
    for slot in encoding.slots:
        if slot.is_choice and slot.coordinates is None:
            parameters += slot.size - 1
        else:
            parameters += 2
    return min(max(parameters, MIN_STARTUP), MAX_STARTUP)


class ModelSearch(DNAGenerator):
    """Base of searches that model which rewards to expect.

    The first proposals are quasi-random. No DNA is proposed twice, unless there are no
    others. Proposals that are being evaluated are known to the model, so that there
    may be several workers.
    """

    def _on_bound(self) -> None:
        super()._on_bound()
        startup: int | None = self.sym_init_args.get("num_startup")
        if startup is not None and startup < 0:
            raise utils.PyGloveValueError(
                f"Expected `num_startup` to be at least 0, got {startup}."
            )

    @property
    def needs_feedback(self) -> bool:
        """Whether this algorithm learns from rewards."""
        return True

    @property
    def num_startup_proposals(self) -> int:
        """Number of proposals that are made before the first use of the model."""
        return self._num_startup

    def _setup(self) -> None:
        self._lock = threading.RLock()
        self._spec = effective_spec(self.dna_spec)
        self._encoding = RowEncoding(self._spec)
        self._space_size = self._spec.space_size
        seed: int | None = self.sym_init_args.get("seed")
        if seed is None:
            seed = random.SystemRandom().getrandbits(64)
        wanted: int | None = self.sym_init_args.get("num_startup")
        self._num_startup = (
            default_num_startup(self._encoding) if wanted is None else wanted
        )
        self._start(seed)

    def _start(self, seed: int) -> None:
        self._own_seed = seed
        # Seeds may be negative, but not NumPy's.
        entropy = [abs(seed), seed < 0]
        self._rng = np.random.default_rng(entropy)
        self._python_rng = random.Random(seed)
        self._neighbourhood = Neighbourhood(self._encoding, self._rng, self._python_rng)
        self._sequence = HaltonSequence(len(self._encoding), entropy)
        self._sequence_index = 0
        self._history = History(self._encoding)
        self._all_rows: Floats | None = None

    # ---- Proposals ------------------------------------------------------------

    def _propose(self) -> DNA:
        with self._lock, single_thread():
            row = None
            if not self._is_exhausted() and self._is_starting():
                row = self._quasi_random_row()
            if row is None and len(self._history) >= 2:
                row = self._model_row()
            if row is None:
                row = self._fresh_row()
            numbers = self._encoding.decode(row)
            self._history.propose(numbers)
            dna = make_dna(numbers, self._spec)
            # Only feasible rows are considered.
            note_feasible(dna, self._spec.conditions)
            return dna

    def _is_starting(self) -> bool:
        return self._history.num_seen < self.num_startup_proposals

    def _is_exhausted(self) -> bool:
        """Whether every DNA of the space has been proposed."""
        size = self._space_size
        if 0 <= size <= self._history.num_seen:
            return True
        if 0 <= size <= MAX_LISTED and self._spec.conditions is not None:
            return len(self._listed()) <= self._history.num_seen
        return False

    @abc.abstractmethod
    def _model_row(self) -> Floats | None:
        """Returns the row that promises most; None if the model knows none."""

    def _quasi_random_row(self) -> Floats | None:
        for _ in range(_NUM_TRIES):
            units = self._sequence.point(self._sequence_index)
            self._sequence_index += 1
            rows = self._encoding.from_units(units[None], self._python_rng)
            rows = self._usable(rows)
            if len(rows):
                return rows[0]
        return None

    def _fresh_row(self) -> Floats:
        """Returns a random row, which is new if there are any new ones."""
        rows = self._random_rows(_NUM_TRIES)
        usable = self._usable(rows)
        if len(usable):
            return usable[0]
        numbers: Numbers = self._encoding.decode(rows[0])
        if self._space_size >= 0 and not self._is_exhausted():
            source = self._spec.conditions or self._spec.decisions
            for _ in range(_MAX_STEPS):
                following: Numbers | None = source.next(numbers)
                numbers = source.first() if following is None else following
                row = self._encoding.encode(numbers)
                if self._history.is_fresh(row[None])[0]:
                    return row
        return rows[0]

    # ---- Candidates -----------------------------------------------------------

    def _random_rows(self, count: int) -> Floats:
        """Returns random rows that are feasible."""
        conditions = self._spec.conditions
        if conditions is None:
            return self._neighbourhood.random(count)
        rows = [
            self._encoding.encode(conditions.sample(self._python_rng))
            for _ in range(min(count, _NUM_TRIES))
        ]
        return np.array(rows)

    def _usable(self, rows: Floats) -> Floats:
        """Returns the rows that are new and feasible."""
        if not self._is_exhausted():
            rows = rows[self._history.is_fresh(rows)]
        return rows[self._feasible(rows)]

    def _feasible(self, rows: Floats) -> Any:
        conditions = self._spec.conditions
        if conditions is None:
            return slice(None)
        decode = self._encoding.decode
        return [conditions.violation(decode(row)) is None for row in rows]

    def _listed(self) -> Floats:
        """Returns all rows of a small space."""
        if self._all_rows is None:
            source = self._spec.conditions or self._spec.decisions
            rows = []
            numbers = source.first()
            while numbers is not None:
                rows.append(self._encoding.encode(numbers))
                numbers = source.next(numbers)
            self._all_rows = np.array(rows)
        return self._all_rows

    def _is_small(self) -> bool:
        return 0 <= self._space_size <= MAX_LISTED

    # ---- Feedback -------------------------------------------------------------

    def _feedback(self, dna: DNA, reward: Any) -> None:
        with self._lock:
            self._history.add(flat_form(dna, self._spec), reward)

    def _replay(self, trial_id: int, dna: DNA, reward: Any) -> None:
        self._history.propose(flat_form(dna, self._spec))
        if reward is not None:
            self._feedback(dna, self._normalize(reward))

    # ---- State ----------------------------------------------------------------

    def _get_state(self) -> Any:
        return {
            "seed": self._own_seed,
            "sequence_index": self._sequence_index,
            "rng": generator_to_json(self._rng),
            "random": random_to_json(self._python_rng),
            "history": self._history.to_json(),
        }

    def _set_state(self, state: Any) -> None:
        self._start(state["seed"])
        self._sequence_index = state["sequence_index"]
        restore_generator(self._rng, state["rng"])
        restore_random(self._python_rng, state["random"])
        self._history.restore(state["history"])
