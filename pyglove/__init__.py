"""PyGlove: symbolic programming for automated machine learning.

Programs become trees of symbolic objects that other programs inspect and modify;
trees with placeholders become search spaces; algorithms search them.
"""

import functools
import importlib
from typing import TYPE_CHECKING, Any

from pyglove import symbolic, typing, utils
from pyglove._lazy_type import LAZY_TYPES, lazy_type_names
from pyglove.symbolic import Dict as dict
from pyglove.symbolic import Inferential as Inferentiable
from pyglove.symbolic import List as list
from pyglove.symbolic.form.file_access import use_files
from pyglove.symbolic.form.html_form import use_presentations, use_views
from pyglove.typing import (
    CustomTyping,
    Field,
    KeySpec,
    Schema,
    ValueSpec,
    get_converter,
    register_converter,
    schema,
    signature,
)
from pyglove.utils import (
    MISSING_VALUE,
    DocStr,
    Formattable,
    JSONConvertible,
    KeyPath,
    KeyPathSet,
    MaybePartial,
    PyGloveError,
    catch_errors,
    colored,
    contextual_override,
    contextual_value,
    decolor,
    docstr,
    format,
    match_error,
    print,
    registered_types,
    repr_format,
    str_format,
    timeit,
    with_contextual_override,
)
from pyglove.utils.serialization.json_type import TYPE_REGISTRY

if TYPE_CHECKING:
    from pyglove import (
        bayesian,
        coding,
        detouring,
        early_stopping,
        evolution,
        ext,
        geno,
        hyper,
        io,
        logging,
        monitoring,
        mutfun,
        patching,
        reinforce,
        scalars,
        testing,
        tuning,
        views,
    )
    from pyglove.bayesian.auto import auto
    from pyglove.detouring.detour import detour
    from pyglove.geno import DNA, DNAGenerator, DNASpec, random_dna
    from pyglove.hyper import (
        constrain,
        dna_spec,
        evolve,
        float_value,
        floatv,
        intv,
        manyof,
        materialize,
        one_of,
        oneof,
        permutate,
        random_sample,
        search_space,
        sublist_of,
    )
    from pyglove.hyper import iterate as iter
    from pyglove.hyper.template import template
    from pyglove.patching import (
        ObjectFactory,
        patch,
        patch_on_key,
        patch_on_member,
        patch_on_path,
        patch_on_type,
        patch_on_value,
    )
    from pyglove.patching.patcher import patcher
    from pyglove.symbolic import *  # noqa: F403
    from pyglove.tuning import poll_result, sample
    from pyglove.views import Html, View, to_html, to_html_str, view, view_options

else:
    # What `symbolic` imports late comes with `__getattr__`.
    _loaded = {n: vars(symbolic)[n] for n in symbolic.__all__ if n in vars(symbolic)}
    globals().update(_loaded)

object_utils = utils

__version__ = "1.0.0.dev0"

# Packages that are loaded when they are first used, and names that they define, with
# the name that they have there if it is another one.
_LAZY = {
    "bayesian": "",
    "coding": "",
    "detouring": "",
    "early_stopping": "",
    "evolution": "",
    "ext": "",
    "geno": "",
    "hyper": "",
    "io": "",
    "logging": "",
    "monitoring": "",
    "mutfun": "",
    "patching": "",
    "reinforce": "",
    "scalars": "",
    "testing": "",
    "views": "",
    "tuning": "",
    "auto": "bayesian",
    "detour": "detouring",
    "DNA": "geno",
    "DNAGenerator": "geno",
    "DNASpec": "geno",
    "random_dna": "geno",
    "constrain": "hyper",
    "dna_spec": "hyper",
    "evolve": "hyper",
    "float_value": "hyper",
    "floatv": "hyper",
    "intv": "hyper",
    "manyof": "hyper",
    "materialize": "hyper",
    "one_of": "hyper",
    "oneof": "hyper",
    "permutate": "hyper",
    "random_sample": "hyper",
    "search_space": "hyper",
    "sublist_of": "hyper",
    "template": "hyper",
    "iter": "hyper.iterate",
    "poll_result": "tuning",
    "sample": "tuning",
    "ObjectFactory": "patching",
    "patch": "patching",
    "patch_on_key": "patching",
    "patch_on_member": "patching",
    "patch_on_path": "patching",
    "patch_on_type": "patching",
    "patch_on_value": "patching",
    "patcher": "patching",
    "Html": "views",
    "View": "views",
    "to_html": "views",
    "to_html_str": "views",
    "view": "views",
    "view_options": "views",
}

# Documents may name the classes of some of them.
for _name in LAZY_TYPES:
    TYPE_REGISTRY.add_provider(
        lazy_type_names(_name),
        functools.partial(importlib.import_module, f"pyglove.{_name}"),
    )
use_files(functools.partial(importlib.import_module, "pyglove.io"))
for _name, _view in {
    "geno": "space_view",
    "hyper": "space_view",
    "evolution": "algorithm_view",
    "tuning": "study_view",
}.items():
    use_presentations(
        f"pyglove.{_name}",
        functools.partial(importlib.import_module, f"pyglove.visualization.{_view}"),
    )
use_views(functools.partial(importlib.import_module, "pyglove.views.html.convertible"))


if not TYPE_CHECKING:  # Which would believe that there is any name.

    def __getattr__(name: str) -> Any:
        package = _LAZY.get(name)
        if package is None and name in symbolic.__all__:
            package = "symbolic"
        if package is None:
            raise AttributeError(f"module 'pyglove' has no attribute {name!r}")
        if package == "":
            return importlib.import_module(f"pyglove.{name}")
        package, _, there = package.partition(".")
        value = getattr(importlib.import_module(f"pyglove.{package}"), there or name)
        globals()[name] = value  # It is not asked for again.
        return value


def __dir__() -> Any:
    return sorted([*__all__, "__version__"])


__all__ = [
    # Packages.
    "bayesian",
    "coding",
    "detouring",
    "patching",
    "early_stopping",
    "evolution",
    "ext",
    "io",
    "logging",
    "monitoring",
    "geno",
    "hyper",
    "mutfun",
    "object_utils",
    "reinforce",
    "scalars",
    "symbolic",
    "testing",
    "tuning",
    "typing",
    "utils",
    "views",
    # Search spaces.
    "oneof",
    "one_of",
    "manyof",
    "sublist_of",
    "permutate",
    "floatv",
    "float_value",
    "intv",
    "evolve",
    "constrain",
    "template",
    "dna_spec",
    "search_space",
    "materialize",
    "iter",
    "random_sample",
    "DNA",
    "DNASpec",
    "DNAGenerator",
    "random_dna",
    # Search.
    "sample",
    "poll_result",
    "auto",
    # Symbolic programming.
    "Inferentiable",
    "dict",
    "list",
    # Changing code that exists.
    "detour",
    "ObjectFactory",
    "patch",
    "patch_on_key",
    "patch_on_member",
    "patch_on_path",
    "patch_on_type",
    "patch_on_value",
    "patcher",
    # Views.
    "Html",
    "View",
    "to_html",
    "to_html_str",
    "view",
    "view_options",
    # Types.
    "CustomTyping",
    "Field",
    "KeySpec",
    "Schema",
    "ValueSpec",
    "get_converter",
    "register_converter",
    "schema",
    "signature",
    # Helpers.
    "MISSING_VALUE",
    "DocStr",
    "Formattable",
    "JSONConvertible",
    "KeyPath",
    "KeyPathSet",
    "MaybePartial",
    "PyGloveError",
    "catch_errors",
    "colored",
    "contextual_override",
    "contextual_value",
    "decolor",
    "docstr",
    "format",
    "match_error",
    "print",
    "registered_types",
    "repr_format",
    "str_format",
    "timeit",
    "with_contextual_override",
]
__all__ += symbolic.__all__
