"""The packages that the published PyGlove has under `pyglove.ext`, by these paths."""

import sys

from pyglove import early_stopping, evolution, mutfun, scalars

for _package in (early_stopping, evolution, mutfun, scalars):
    _name = _package.__name__
    for _module in [*sys.modules]:
        if _module == _name or _module.startswith(f"{_name}."):
            # One module has two names, so that what it defines exists once.
            _alias = f"{__name__}.{_module.partition('.')[2]}"
            sys.modules[_alias] = sys.modules[_module]

__all__ = ["early_stopping", "evolution", "mutfun", "scalars"]


def __dir__() -> list[str]:
    return sorted(__all__)
