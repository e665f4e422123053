"""PyGlove: symbolic programming for automated machine learning.

Programs become trees of symbolic objects that other programs inspect and modify;
trees with placeholders become search spaces; algorithms search them.
"""

from pyglove import symbolic, typing, utils
from pyglove.symbolic import *  # noqa: F403
from pyglove.utils import MISSING_VALUE, KeyPath, PyGloveError, format, print

__version__ = "1.0.0.dev0"

dict = symbolic.Dict
list = symbolic.List
