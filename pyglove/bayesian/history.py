"""History: the rows that were proposed, and the rewards that came back."""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from pyglove.bayesian.row_encoding import Bools, Floats, RowEncoding
from pyglove.geno.internal import Numbers, reward_from_json, reward_to_json


class History:
    """Rows with rewards, and those that are being evaluated.

    Args:
      encoding: The slots of the space.
    """

    def __init__(self, encoding: RowEncoding) -> None:
        self._encoding = encoding
        self._rows: Floats = np.empty((16, len(encoding)))
        self._rewards: list[Any] = []
        self._pending: dict[Numbers, None] = {}
        self._seen: set[int] = set()

    def __len__(self) -> int:
        return len(self._rewards)

    @property
    def num_seen(self) -> int:
        """Number of different DNA that were proposed or evaluated."""
        return len(self._seen)

    @property
    def rows(self) -> Floats:
        """[evaluations, slots] The rows that were evaluated, in order."""
        return self._rows[: len(self._rewards)]

    @property
    def rewards(self) -> Sequence[Any]:
        """The rewards, in order."""
        return self._rewards

    def pending(self, limit: int) -> Floats:
        """Returns the rows that are being evaluated.

        Args:
          limit: Maximum number; the latest ones are returned.
        """
        # There may be many, as trials that are skipped are never evaluated.
        latest = [*itertools.islice(reversed(self._pending), limit)]
        rows = [self._encoding.encode(numbers) for numbers in reversed(latest)]
        return np.array(rows).reshape(len(rows), len(self._encoding))

    def propose(self, numbers: Numbers) -> None:
        """Records a proposal.

        Args:
          numbers: The numbers of the DNA.
        """
        self._pending[numbers] = None
        self._seen.add(self._code(self._encoding.encode(numbers)))

    def add(self, numbers: Numbers, reward: Any) -> None:
        """Records an evaluation, whether or not it was proposed.

        Args:
          numbers: The numbers of the DNA.
          reward: Its reward.
        """
        self._pending.pop(numbers, None)
        row = self._encoding.encode(numbers)
        count = len(self._rewards)
        if count == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        self._rows[count] = row
        self._rewards.append(reward)
        self._seen.add(self._code(row))

    def _code(self, row: Floats) -> int:
        return int(self._encoding.codes(row[None])[0])

    def is_fresh(self, rows: Floats) -> Bools:
        """Returns which rows differ from all that are known, and from those before.

        Args:
          rows: [rows, slots]
        """
        codes = self._encoding.codes(rows)
        seen = self._seen
        fresh = np.zeros(len(rows), np.bool_)
        fresh[np.unique(codes, return_index=True)[1]] = True
        fresh &= np.array([code not in seen for code in codes.tolist()], np.bool_)
        return fresh

    # ---- State ----------------------------------------------------------------

    def to_json(self) -> Any:
        """Returns all that is known, as a JSON value."""
        return {
            "rows": self.rows.tolist(),
            "rewards": [reward_to_json(reward) for reward in self._rewards],
            "pending": [list(numbers) for numbers in self._pending],
        }

    def restore(self, state: Any) -> None:
        """Restores what `to_json` returned; the history must be empty.

        Args:
          state: The value.
        """
        self._rewards = [reward_from_json(reward) for reward in state["rewards"]]
        shape = (len(self._rewards), len(self._encoding))
        rows = np.array(state["rows"], np.float64).reshape(shape)
        self._rows = np.concatenate([rows, np.empty((16, len(self._encoding)))])
        self._seen = set(self._encoding.codes(rows).tolist())
        for numbers in state["pending"]:
            self.propose(tuple(numbers))
