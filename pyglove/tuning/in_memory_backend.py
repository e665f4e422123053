"""The default backend, which keeps studies in the memory of this process."""

import math
import operator
import threading
from collections.abc import Sequence
from typing import Any, ClassVar

from pyglove import utils
from pyglove.geno import DNAGenerator, DNASpec
from pyglove.tuning.backend import add_backend
from pyglove.tuning.early_stopping import EarlyStoppingPolicy
from pyglove.tuning.in_memory_study import MemoryStudy
from pyglove.tuning.study_backend import (
    StudyBackend,
    check_objectives,
    set_up,
    set_up_policy,
)
from pyglove.tuning.study_result import StudyResult
from pyglove.utils.name import did_you_mean


@add_backend("in-memory")
class InMemoryBackend(StudyBackend):
    """Keeps studies in memory. Named studies exist as long as the process."""

    _studies: ClassVar[dict[str, MemoryStudy]] = {}
    # Setting up a policy may open another study.
    _studies_lock: ClassVar[Any] = threading.RLock()

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
        """Initializes the backend. See `Backend.create` for the arguments.

        Raises:
          TypeError: if there are arguments that the backend does not know.
        """
        if kwargs:
            raise _unknown_arguments(list(kwargs))
        limit = as_limit(num_examples)
        present = None if name is None else self._studies.get(name)
        if present is not None:
            present.use_space(dna_spec)
        check_objectives(algorithm, metrics_to_optimize)
        # Checked first, so that an error here does not leave a study behind.
        set_up(algorithm, dna_spec)
        study = self._open(name, limit, dna_spec, early_stopping_policy)
        super().__init__(
            study,
            group,
            dna_spec,
            algorithm,
            metrics_to_optimize,
            early_stopping_policy,
        )

    @classmethod
    def _open(
        cls,
        name: str | None,
        num_examples: int | None,
        dna_spec: DNASpec,
        policy: EarlyStoppingPolicy | None,
    ) -> MemoryStudy:
        """Returns the study with a name, which is created if it does not exist."""
        if name is None:
            return MemoryStudy(None, num_examples)
        with cls._studies_lock:
            study = cls._studies.get(name)
            if study is None:
                study = MemoryStudy(name, num_examples)
                study.use_space(dna_spec)
                if policy is not None:
                    set_up_policy(policy, study, dna_spec)
                # From here on, other threads can find it.
                cls._studies[name] = study
            return study

    @classmethod
    def poll_result(cls, name: str) -> StudyResult:  # type: ignore[override]
        """Returns the result of a study. See `Backend.poll_result`."""
        return StudyResult(cls._find(name))

    @classmethod
    def delete(cls, name: str) -> None:  # type: ignore[override]
        """Deletes a study. See `Backend.delete`."""
        with cls._studies_lock:
            study = cls._find(name)
            del cls._studies[name]
        study.end()

    @classmethod
    def list_studies(cls) -> list[str]:  # type: ignore[override]
        """Returns the names of all studies, the oldest first."""
        with cls._studies_lock:
            return list(cls._studies)

    @classmethod
    def _find(cls, name: str) -> MemoryStudy:
        study = cls._studies.get(name)
        if study is None:
            hint = did_you_mean(name, list(cls._studies)) if name else ""
            raise utils.PyGloveValueError(
                f"Expected the name of a study, got {name!r}.{hint} "
                "`pg.sample(..., name=...)` creates one."
            )
        return study


def as_limit(num_examples: Any) -> int | None:
    """Returns the maximum number of trials of a study, or None.

    Args:
      num_examples: The number; integers of other libraries, and floats that are whole
        or infinite, are numbers too.

    Raises:
      TypeError: if it is not a number.
      ValueError: if it is not whole.
    """
    if num_examples is None or type(num_examples) is int:
        return num_examples
    if isinstance(num_examples, float):
        if num_examples == math.inf:
            return None
        if not num_examples.is_integer():
            raise utils.PyGloveValueError(
                f"Expected `num_examples` to be whole, got {num_examples!r}."
            )
        return int(num_examples)
    try:
        return operator.index(num_examples)
    except TypeError:
        raise utils.PyGloveTypeError(
            f"Expected `num_examples` to be an int or None, got {num_examples!r} "
            f"({type(num_examples).__name__})."
        ) from None


def _unknown_arguments(names: list[str]) -> Exception:
    hint = did_you_mean(names[0], _ARGUMENTS)
    what = ", ".join(f"`{name}`" for name in names)
    return utils.PyGloveTypeError(
        f"Expected arguments that `pg.sample` or the 'in-memory' backend knows, "
        f"got {what}.{hint}"
    )


# Arguments that users of `pg.sample` may have meant.
_ARGUMENTS = (
    "num_examples",
    "early_stopping_policy",
    "where",
    "name",
    "group",
    "backend",
    "metrics_to_optimize",
)
