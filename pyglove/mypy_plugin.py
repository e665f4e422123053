"""A plugin for mypy, which tells it what `pg.symbolize` makes of a class.

mypy ignores what a class decorator returns. With the plugin, a decorated class has
`pg.Symbolic` among its bases, as it has when the program runs:

    [tool.mypy]
    plugins = ["pyglove.mypy_plugin"]

This module is imported by mypy only, and by nothing in PyGlove.
"""

from collections.abc import Callable

from mypy.mro import calculate_mro
from mypy.nodes import TypeInfo
from mypy.plugin import ClassDefContext, Plugin
from mypy.types import Instance

_DECORATOR = "pyglove.symbolic.adapter.symbolize.symbolize"
_BASE = "pyglove.symbolic.protocol.symbolic.Symbolic"


class SymbolizePlugin(Plugin):
    """Makes classes symbolic that `pg.symbolize` decorates."""

    def get_class_decorator_hook_2(
        self, fullname: str
    ) -> Callable[[ClassDefContext], bool] | None:
        """Returns what is to be done with a class that a decorator is applied to.

        Args:
          fullname: The decorator.
        """
        return _add_base if fullname == _DECORATOR else None


def _add_base(context: ClassDefContext) -> bool:
    """Adds the base that the decorator brings; returns whether that was possible."""
    cls = context.cls.info
    if cls.has_base(_BASE):
        return True
    symbol = context.api.lookup_fully_qualified_or_none(_BASE)
    if symbol is None or not isinstance(symbol.node, TypeInfo) or not symbol.node.mro:
        context.api.defer()
        return False
    bases = [b for b in cls.bases if b.type.fullname != "builtins.object"]
    cls.bases = [*bases, Instance(symbol.node, [])]
    cls.mro = []  # Else the old one would be kept.
    calculate_mro(cls)
    cls.metaclass_type = cls.calculate_metaclass_type()
    return True


def plugin(version: str) -> type[Plugin]:
    """Returns the plugin; mypy calls this.

    Args:
      version: The version of mypy.
    """
    return SymbolizePlugin
