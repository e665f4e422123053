"""The interface of backends: services that run studies, and their registry."""

import abc
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pyglove import utils
from pyglove.geno import DNAGenerator, DNASpec
from pyglove.tuning.early_stopping import EarlyStoppingPolicy
from pyglove.tuning.feedback import Feedback
from pyglove.tuning.result import Result

BackendT = TypeVar("BackendT", bound="type[Backend]")


class Backend(abc.ABC):
    """Base of backends, which provide the trials of `pg.sample`.

    `pg.sample` calls `create` when its loop starts, `next` for each trial, and reads
    the DNA off the feedback object that `next` returns.
    """

    @classmethod
    def create(
        cls,
        name: str | None,
        group: int | str | None,
        dna_spec: DNASpec,
        algorithm: DNAGenerator,
        metrics_to_optimize: Sequence[str],
        early_stopping_policy: EarlyStoppingPolicy | None = None,
        num_examples: int | None = None,
        **kwargs: Any,
    ) -> "Backend":
        """Returns an instance that serves one loop over a study.

        Args:
          name: Name of the study, which is created or joined; None for a study of
            this loop only.
          group: The worker group; workers of a group evaluate the same trial
            together.
          dna_spec: The search space.
          algorithm: The search algorithm.
          metrics_to_optimize: Names of the metrics that the algorithm optimizes.
          early_stopping_policy: The policy behind `Feedback.should_stop_early`.
          num_examples: How many trials the study may have.
          **kwargs: Further options of the backend.
        """
        arguments: dict[str, Any] = {
            "name": name,
            "group": group,
            "dna_spec": dna_spec,
            "algorithm": algorithm,
            "metrics_to_optimize": metrics_to_optimize,
            "early_stopping_policy": early_stopping_policy,
            "num_examples": num_examples,
        }
        return cls(**arguments, **kwargs)

    @classmethod
    @abc.abstractmethod
    def poll_result(cls, name: str, **kwargs: Any) -> Result:
        """Returns the result of a study.

        Args:
          name: Name of the study.
          **kwargs: Further options of the backend.

        Raises:
          ValueError: if there is no such study.
        """

    @classmethod
    def delete(cls, name: str, **kwargs: Any) -> None:
        """Deletes a study. Backends that support it override it.

        Args:
          name: Name of the study.
          **kwargs: Further options of the backend.

        Raises:
          ValueError: if there is no such study.
        """
        raise NotImplementedError(
            f"Expected a backend that can delete studies, got {cls.__name__}. Study "
            f"{name!r} still exists."
        )

    @classmethod
    def list_studies(cls, **kwargs: Any) -> list[str]:
        """Returns the names of all studies. Backends that support it override it.

        Args:
          **kwargs: Further options of the backend.
        """
        raise NotImplementedError(
            f"Expected a backend that can list studies, got {cls.__name__}."
        )

    @abc.abstractmethod
    def next(self) -> Feedback:
        """Returns the feedback object of the next trial.

        Raises:
          StopIteration: if there are no more trials.
        """


_BACKENDS: dict[str, type[Backend]] = {}
_DEFAULT = ["in-memory"]


def add_backend(backend_name: str) -> Callable[[BackendT], BackendT]:
    """Returns a class decorator that makes a backend available under a name.

    Args:
      backend_name: The name, for the `backend` argument of `pg.sample`.

    Raises:
      TypeError: if the class is not a backend.
    """

    def decorate(cls: BackendT) -> BackendT:
        if not (isinstance(cls, type) and issubclass(cls, Backend)):
            raise utils.PyGloveTypeError(
                f"Expected a subclass of `pg.tuning.Backend`, got {cls!r}."
            )
        _BACKENDS[backend_name] = cls
        return cls

    return decorate


def available_backends() -> list[str]:
    """Returns the names of all backends.

    Example:
      >>> 'in-memory' in pg.tuning.available_backends()
      True
    """
    return list(_BACKENDS)


def default_backend() -> str:
    """Returns the name of the backend that is used by default."""
    return _DEFAULT[0]


def set_default_backend(backend_name: str) -> None:
    """Sets the backend that is used by default.

    Args:
      backend_name: Name of the backend.

    Raises:
      ValueError: if there is no such backend.
    """
    get_backend(backend_name)
    _DEFAULT[0] = backend_name


def get_backend(backend_name: str | None) -> type[Backend]:
    """Returns a backend by its name.

    Args:
      backend_name: The name; None for the default backend.

    Raises:
      ValueError: if there is no such backend.
    """
    cls = _BACKENDS.get(_DEFAULT[0] if backend_name is None else backend_name)
    if cls is None:
        raise utils.PyGloveValueError(
            f"Expected the name of a backend, one of {available_backends()}, "
            f"got {backend_name!r}."
        )
    return cls
