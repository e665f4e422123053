"""Search loops: sampling examples, reporting on them, and reading the results."""

from pyglove.tuning.backend import (
    Backend,
    add_backend,
    available_backends,
    default_backend,
    set_default_backend,
)
from pyglove.tuning.early_stopping import EarlyStoppingPolicy
from pyglove.tuning.feedback import Feedback, RaceConditionError
from pyglove.tuning.in_memory_backend import InMemoryBackend
from pyglove.tuning.in_memory_study import MemoryStudy
from pyglove.tuning.pareto import hypervolume, pareto_front
from pyglove.tuning.result import Result
from pyglove.tuning.sampling import delete, list_studies, poll_result, sample
from pyglove.tuning.study import Reading, Study, TrialHandle
from pyglove.tuning.study_backend import StudyBackend, StudyFeedback
from pyglove.tuning.study_result import StudyResult
from pyglove.tuning.trial import Measurement, Trial

__all__ = [
    # The loop.
    "sample",
    "poll_result",
    "delete",
    "list_studies",
    "Feedback",
    "RaceConditionError",
    "EarlyStoppingPolicy",
    # What is known of a study.
    "Result",
    "Trial",
    "Measurement",
    "pareto_front",
    "hypervolume",
    # Backends.
    "Backend",
    "add_backend",
    "available_backends",
    "default_backend",
    "set_default_backend",
    "InMemoryBackend",
    # What backends can be built from.
    "Study",
    "MemoryStudy",
    "TrialHandle",
    "Reading",
    "StudyBackend",
    "StudyFeedback",
    "StudyResult",
]


def __dir__() -> list[str]:
    return sorted(__all__)
