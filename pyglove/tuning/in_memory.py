"""The default backend, which keeps studies in the memory of this process."""

import threading
from collections.abc import Sequence
from typing import Any, ClassVar

from pyglove import utils
from pyglove.geno import DNAGenerator, DNASpec
from pyglove.tuning.backend import add_backend
from pyglove.tuning.early_stopping import EarlyStoppingPolicy
from pyglove.tuning.feedback import logger
from pyglove.tuning.memory_study import MemoryStudy
from pyglove.tuning.study_backend import StudyBackend
from pyglove.tuning.study_result import StudyResult


@add_backend("in-memory")
class InMemoryBackend(StudyBackend):
    """Keeps studies in memory. Named ones live as long as the process."""

    _studies: ClassVar[dict[str, MemoryStudy]] = {}
    _studies_lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(
        self,
        name: str | None,
        group: int | str | None,
        dna_spec: DNASpec,
        algorithm: DNAGenerator,
        metrics_to_optimize: Sequence[str],
        early_stopping_policy: EarlyStoppingPolicy | None = None,
        num_examples: int | None = None,
        **kwargs: Any,
    ) -> None:
        """Initializes the backend. See `Backend.create` for the arguments."""
        if kwargs:
            logger().warning(
                "Ignoring keyword arguments that the 'in-memory' backend does not "
                "know: %r",
                kwargs,
            )
        super().__init__(
            self._open(name, num_examples),
            group,
            dna_spec,
            algorithm,
            metrics_to_optimize,
            early_stopping_policy,
        )

    @classmethod
    def _open(cls, name: str | None, num_examples: int | None) -> MemoryStudy:
        """Returns the study of a name, which is created if there is none."""
        if name is None:
            return MemoryStudy(None, num_examples)
        with cls._studies_lock:
            study = cls._studies.get(name)
            if study is None:
                study = cls._studies[name] = MemoryStudy(name, num_examples)
            return study

    @classmethod
    def poll_result(cls, name: str) -> StudyResult:  # type: ignore[override]
        """Returns the result of a study. See `Backend.poll_result`."""
        study = cls._studies.get(name)
        if study is None:
            raise utils.PyGloveValueError(
                f"Expected the name of a study, got {name!r}. "
                "`pg.sample(..., name=...)` creates one."
            )
        return StudyResult(study)
