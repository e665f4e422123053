"""Search loops: sampling of examples, feedback on them, and results."""

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
from pyglove.tuning.study import MeasurementRecord, Study, TrialHandle
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
    # Results of a study.
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
    # Parts for other backends.
    "Study",
    "MemoryStudy",
    "TrialHandle",
    "MeasurementRecord",
    "StudyBackend",
    "StudyFeedback",
    "StudyResult",
]


def __dir__() -> list[str]:
    return sorted(__all__)
