"""Repeat guard: warnings and errors for loops that repeat a trial or get none.

Both may be intended: a trial that was not completed is returned again, and a complete
study returns no more trials. So the guard only reports cases that no correct program
produces.
"""

import threading
import warnings
from typing import Any

from pyglove import utils
from pyglove.tuning.study import Study, TrialHandle

# How often a trial is returned in a row before there is a warning or an error. Two
# times are normal if an evaluation has failed and is repeated.
_WARN_AT = 3
_FAIL_AT = 5

# Frames from the methods here through `StudyBackend.next` and `pg.sample` to the loop.
_STACK_LEVEL = 4


class RepeatGuard:
    """Watches the trials of one loop over a study.

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
          group: The worker group that the user passed, or None.
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
        """Registers the first trial."""
        self._study.workers.add(threading.get_ident())

    def on_repeat(self, trial: TrialHandle) -> None:
        """Registers a trial that was returned before.

        Args:
          trial: The trial.

        Raises:
          RuntimeError: if it was returned too often without a report.
        """
        if self._group is not None:
            return  # Other workers of the group may be evaluating it.
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
        """Returns the reports on a trial, to detect new ones later."""
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
        """Registers the end of the loop."""
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
