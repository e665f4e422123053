"""Scoped flags: settings of one thread for the duration of a `with` block.

A flag costs one attribute read while no scope is open in any thread.
"""

from typing import Any

from pyglove.utils.scope import Scope

ALLOW_PARTIAL: Scope[bool | None] = Scope("allow_partial", None)
SEALED: Scope[bool | None] = Scope("sealed", None)
WRITABLE_ACCESSORS: Scope[bool | None] = Scope("writable_accessors", None)
NOTIFY_ON_CHANGE: Scope[bool] = Scope("notify_on_change", True)
TYPE_CHECK: Scope[bool] = Scope("type_check", True)
TRACK_ORIGIN: Scope[bool] = Scope("track_origin", False)
AUTO_CALL_FUNCTORS: Scope[bool | None] = Scope("auto_call_functors", None)


def allow_partial(allow: bool | None = True) -> Any:
    """Returns a context in which partial objects may (or may not) be created.

    Args:
      allow: True permits objects without required values, False forbids them, None
        lets each object decide.

    Returns:
      A context manager.

    Example:
      >>> class Point(pg.Object):
      ...     x: int
      >>> with pg.allow_partial():
      ...     p = Point()
      >>> p.is_partial
      True
    """
    return ALLOW_PARTIAL.hold(allow)


def is_under_partial_scope() -> bool | None:
    """Returns the setting of the innermost `allow_partial` scope, or None."""
    return ALLOW_PARTIAL.get()


def as_sealed(sealed: bool | None = True) -> Any:
    """Returns a context in which symbolic values are treated as sealed or not.

    Args:
      sealed: True forbids every modification, False permits it even for sealed
        values, None lets each value decide.

    Returns:
      A context manager.
    """
    return SEALED.hold(sealed)


def is_under_sealed_scope() -> bool | None:
    """Returns the setting of the innermost `as_sealed` scope, or None."""
    return SEALED.get()


def allow_writable_accessors(writable: bool | None = True) -> Any:
    """Returns a context in which `x.field = value` is (or is not) permitted.

    Args:
      writable: True permits assignment, False forbids it, None lets each value
        decide.

    Returns:
      A context manager.
    """
    return WRITABLE_ACCESSORS.hold(writable)


def is_under_accessor_writable_scope() -> bool | None:
    """Returns the setting of the innermost `allow_writable_accessors` scope."""
    return WRITABLE_ACCESSORS.get()


def notify_on_change(enabled: bool = True) -> Any:
    """Returns a context in which changes are (or are not) notified.

    Args:
      enabled: Whether `_on_change` and change callbacks are called.

    Returns:
      A context manager.
    """
    return NOTIFY_ON_CHANGE.hold(enabled)


def is_change_notification_enabled() -> bool:
    """Returns whether changes are notified."""
    return NOTIFY_ON_CHANGE.get()


def enable_type_check(enabled: bool = True) -> Any:
    """Returns a context in which values are (or are not) checked on assignment.

    Args:
      enabled: Whether values are checked against their fields.

    Returns:
      A context manager.
    """
    return TYPE_CHECK.hold(enabled)


def is_type_check_enabled() -> bool:
    """Returns whether values are checked against their fields."""
    return TYPE_CHECK.get()


def is_tracking_origin() -> bool:
    """Returns whether origins are being recorded."""
    return TRACK_ORIGIN.get()


def auto_call_functors(enabled: bool = True) -> Any:
    """Returns a context in which functors are called as soon as they are bound.

    Args:
      enabled: Whether constructing a functor calls it.

    Returns:
      A context manager.
    """
    return AUTO_CALL_FUNCTORS.hold(enabled)


def should_call_functors_during_init() -> bool | None:
    """Returns whether the construction of a functor calls it; None if not set."""
    return AUTO_CALL_FUNCTORS.get()
