"""Categorical placeholders: choices among candidates."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.hyper.base import HyperPrimitive
from pyglove.hyper.choice_part import ManyOfPart, OneOfPart
from pyglove.hyper.compiler import Where, compile_value
from pyglove.hyper.literal import literal_value
from pyglove.hyper.part import ConstantPart, Part
from pyglove.hyper.template import CompiledValue, ObjectTemplate
from pyglove.symbolic import members

KeyPath = utils.KeyPath
