"""The former name of `pyglove.utils`, under which older programs import it."""

import sys

from pyglove import utils
from pyglove.utils import *  # noqa: F403
from pyglove.utils import __all__  # noqa: F401

sys.modules[__name__] = utils
