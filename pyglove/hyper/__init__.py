"""Hyper: placeholders in programs, and the compiler that joins them with decisions."""

from pyglove.hyper.categorical import *  # noqa: F403
from pyglove.hyper.derived import *  # noqa: F403
from pyglove.hyper.iteration import *  # noqa: F403
from pyglove.hyper.numerical import *  # noqa: F403
from pyglove.hyper.template import *  # noqa: F403
