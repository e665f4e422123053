"""What guards loops against getting the same again, or nothing, without end.

Both are what loops are meant to do in some programs: a trial that was not completed is
handed out again, and a study that has all its trials hands out no more. So something is
said only where no such program would be.
"""

import threading
import warnings
from typing import Any

from pyglove import utils
from pyglove.tuning.study import Study, TrialHandle

# At which time in a row that a trial is handed out something is said. Twice happens
# where an evaluation has failed and is tried again.
_WARN_AT = 3
_FAIL_AT = 5

# From the methods here, over `StudyBackend.next` and `pg.sample`, to the loop.
_STACK_LEVEL = 4


class RepeatGuard:
    """Watches what one loop over a study is handed.

    Attributes:
      last_id: The last trial; None before the first.
    """

    __slots__ = (
        "_count",
        "_group",
        "_had_ended",
        "_known",
        "_study",
        "_trial_id",
        "last_id",
    )

    def __init__(self, study: Study, group: int | str | None) -> None:
        """Initializes the guard when the loop starts.

        Args:
          study: The study.
          group: The worker group that the user gave; None for none.
        """
        self.last_id: int | None = None
        self._study = study
        self._group = group
        # Of the last trial that came again: how often it did since the last report on
        # it, and what had been reported then.
        self._trial_id: int | None = None
        self._count = 1
        self._known: Any = None
        # A thread that comes late finds nothing left to do. But this one has worked on
        # the study before, and the main thread does not come by chance.
        self._had_ended = (
            study.name is not None
            and threading.current_thread() is threading.main_thread()
            and threading.get_ident() in study.workers
            and study.has_ended
        )

    def on_start(self) -> None:
        """Takes notice of the first trial."""
        self._study.workers.add(threading.get_ident())

    def on_repeat(self, trial: TrialHandle) -> None:
        """Takes notice of a trial that was handed out before.

        Args:
          trial: The trial.

        Raises:
          RuntimeError: if it was handed out too often, with nothing reported on it.
        """
        if self._group is not None:
            return  # Others of the group may be at work on it.
        if trial.id != self._trial_id:
            self._trial_id, self._count, self._known = trial.id, 1, ([], {}, {})
        known = self._reports(trial)
        if known == self._known:
            self._count += 1
        else:
            self._count, self._known = 1, known
        if self._count >= _FAIL_AT:
            raise utils.PyGloveRuntimeError(self._advice(trial))
        if self._count == _WARN_AT:
            warnings.warn(self._advice(trial), RuntimeWarning, stacklevel=_STACK_LEVEL)

    def _reports(self, trial: TrialHandle) -> Any:
        """Returns what has been reported on a trial, to compare it later."""
        found = self._study.get_trial(trial)
        return (
            [id(measurement) for measurement in found.measurements],
            {key: id(value) for key, value in found.metadata.items()},
            dict(found.related_links),
        )

    def _advice(self, trial: TrialHandle) -> str:
        name = self._study.name or "..."
        return (
            f"Expected a report on trial {trial.id}, which was handed out "
            f"{self._count} times in a row, got none. Call `feedback(reward)` in the "
            "loop, or `feedback.skip()` if there is no reward, to get the next trial. "
            "To have several trials at once, give each loop a group of its own: "
            f"`pg.sample(..., name={name!r}, group=i)`."
        )

    def on_end(self) -> None:
        """Takes notice of the end of the loop."""
        if self.last_id is None and self._had_ended:
            name = self._study.name
            why = "has all of its trials" if self._study.is_active else "was ended"
            warnings.warn(
                f"Study {name!r} {why} before this loop, which gets none. To start "
                f"anew, call `pg.tuning.delete({name!r})` first, or use another name. "
                f"`pg.poll_result({name!r})` returns what was found.",
                RuntimeWarning,
                stacklevel=_STACK_LEVEL,
            )
