"""PyGlove: symbolic programming for automated machine learning.

Programs become trees of symbolic objects that other programs inspect and modify;
trees with placeholders become search spaces; algorithms search them.
"""

from pyglove import evolution, geno, hyper, symbolic, tuning, typing, utils

# Symbolic programming.
from pyglove.symbolic import *  # noqa: F403
from pyglove.utils import (
    MISSING_VALUE,
    Formattable,
    JSONConvertible,
    KeyPath,
    KeyPathSet,
    MaybePartial,
    PyGloveError,
    format,
    print,
)

# Search spaces.
from pyglove.geno import DNA, DNAGenerator, DNASpec, random_dna
from pyglove.hyper import (
    dna_spec,
    floatv,
    intv,
    manyof,
    materialize,
    oneof,
    permutate,
    random_sample,
    search_space,
    template,
)
from pyglove.hyper import iterate as iter

# Search.
from pyglove.tuning import poll_result, sample

__version__ = "1.0.0.dev0"

dict = symbolic.Dict
list = symbolic.List
