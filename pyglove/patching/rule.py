"""Rules that modify a value, and patchers that return rules."""

import functools
import threading
from collections.abc import Callable
from typing import Any, TypeAlias

from pyglove import symbolic, utils
from pyglove.patching.registry import from_uri

_Rule: TypeAlias = "dict[Any, Any] | Callable[..., Any] | Patcher | str"
Rule: TypeAlias = "_Rule | list[_Rule]"


class NotSymbolicError(utils.PyGloveAttributeError, TypeError):
    """A value to be patched is not symbolic."""


def require_symbolic(value: Any) -> symbolic.Symbolic:
    """Returns a value if it can be patched.

    Args:
      value: The value.

    Raises:
      NotSymbolicError: It is not symbolic, and cannot be modified in place.
    """
    if isinstance(value, symbolic.Symbolic):
        return value
    raise NotSymbolicError(
        "Expected a symbolic value to patch, such as a `pg.Object`, `pg.Dict` or "
        f"`pg.List`, got {value!r} of type {type(value).__name__!r}."
    )


class _LastPatch(threading.local):
    """The result of the last call of `Patcher.patch` in each thread.

    Attributes:
      check: The check of patched values that the patcher returned, or None.
    """

    check: Callable[[Any], Any] | None = None


class Patcher(symbolic.Functor):
    """A rule with parameters, optionally with a check.

    A patcher is a functor: a function of the value to patch, whose further arguments
    are bound. It returns a rule for `pg.patch`; or a tuple of a rule and a function
    that raises an error if the value is not valid after all rules of a `pg.patch` call
    were applied.

    The decorator `pg.patcher` creates patchers. Subclasses implement `_call`, and their
    first field is the value to patch.

    Example:
      >>> import pyglove as pg
      >>> import pyglove.patching as patching
      >>> @patching.patcher([('factor', pg.typing.Float())])
      ... def scale(trainer, factor):
      ...     return {'rate': trainer.rate * factor}
      >>> trainer = pg.Dict(rate=0.5)
      >>> scale(factor=4.0).patch(trainer)
      {rate=2.0}
      >>> patching.patch(trainer, 'scale?0.25')
      {rate=0.5}
    """

    auto_register = False

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """Creates a patcher, unless the class is abstract."""
        if cls is Patcher:
            raise utils.PyGloveTypeError(
                "Expected a subclass of `Patcher`, got `Patcher` itself, which is "
                "abstract. Use `pg.patcher` to make a patcher of a function."
            )
        return super().__new__(cls, *args, **kwargs)

    def _on_init(self) -> None:
        super()._on_init()
        self._last_patch = _LastPatch()

    def __call__(self, x: Any) -> Any:
        """Returns the rule for a value, optionally with a check, without applying it.

        Args:
          x: The value to patch.

        Raises:
          TypeError: A parameter has no value, or `x` is not accepted.
        """
        return super().__call__(x, override_args=True)

    def patch(self, x: Any) -> Any:
        """Applies the rule to a value.

        Args:
          x: A symbolic value, which is modified.

        Returns:
          `x`, or its replacement.

        Raises:
          TypeError: The patcher does not return a rule, or the check is not a function;
            or see `pg.patch`.
        """
        rule, check = self._rule_and_check(x)
        patched = patch(x, rule)
        # Only a rule that was applied sets the check.
        self._last_patch.check = check
        return patched

    def _rule_and_check(self, x: Any) -> tuple[Any, Callable[[Any], Any] | None]:
        """Returns the rule for a value, and the check of the result if there is one."""
        returned: Any = self(x)
        if not isinstance(returned, tuple) or len(returned) != 2:
            return returned, None
        rule, check = returned
        if check is None or callable(check):
            return rule, check
        raise utils.PyGloveTypeError(
            f"Expected patcher {type(self).__name__!r} to return a rule, or a tuple of "
            f"a rule and a function, got {returned!r}."
        )

    def validate(self, x: Any) -> None:
        """Runs the check that the last `patch` in this thread returned.

        Args:
          x: The value that was patched.
        """
        if self._last_patch.check is not None:
            self._last_patch.check(x)


def patch(value: Any, rule: Rule) -> Any:
    """Modifies a symbolic value by a rule, or by several rules in order.

    Args:
      value: The value, which is modified.
      rule: One of

        - a dictionary from paths to new values; if its only key is the empty path, its
          value replaces `value`;
        - a function of (path, value) or (path, value, parent), as for `rebind`;
        - a `Patcher`;
        - the URI of a patcher, as for `pg.patching.from_uri`;
        - a list of these. They are all validated before the first one is applied.

    Returns:
      `value`, or its replacement.

    Raises:
      TypeError: It is not a rule, or the type of a new value is not accepted.
      ValueError: A URI is malformed, or a new value is not accepted. The check of a
        patcher may raise this or any other error.
      KeyError: There is no such patcher, or no such path.
      AttributeError: `value` is not symbolic.

    Example:
      >>> import pyglove as pg
      >>> import pyglove.patching as patching
      >>> @patching.patcher([('name', pg.typing.Str())])
      ... def rename(model, name):
      ...     return {'name': name}
      >>> model = pg.Dict(name='a', units=[8, 16])
      >>> patching.patch(model, ['rename?b', {'units[1]': 32}])
      {name='b', units=[0: 8, 1: 32]}
    """
    steps = list(map(_resolved, rule if isinstance(rule, list) else [rule]))
    patched = functools.reduce(_apply, steps, value)
    for patcher in steps:
        if isinstance(patcher, Patcher):
            patcher.validate(patched)
    return patched


def _resolved(rule: Any) -> Any:
    """Returns a rule, or the patcher of a URI.

    Raises:
      TypeError: It is not a rule.
      ValueError: It is a malformed URI.
      KeyError: It is the URI of an unknown patcher.
    """
    if isinstance(rule, str):
        return from_uri(rule)
    if isinstance(rule, type) and issubclass(rule, Patcher):
        raise utils.PyGloveTypeError(
            f"Expected a patcher, got the class {rule.__name__!r}. Call it to make "
            f"one: `{rule.__name__}()`."
        )
    if isinstance(rule, (dict, Patcher)) or callable(rule):
        return rule
    raise utils.PyGloveTypeError(
        "Expected a dictionary of paths to values, a rebind function, a patcher, the "
        f"URI of a patcher, or a list of these as a rule, got {rule!r}."
    )


def _apply(value: Any, rule: Any) -> Any:
    if isinstance(rule, Patcher):
        return rule.patch(value)
    if isinstance(rule, dict) and len(rule) == 1:
        ((path, new_value),) = rule.items()
        if path == "":
            return new_value
    return require_symbolic(value).sym_rebind(rule, raise_on_no_change=False)
