"""Class policies: rules that a program sets for its class definitions."""

_policy = {"empty_field_description": True, "repeated_class_registration": True}


def allow_empty_field_description(allow: bool = True) -> None:
    """Permits or forbids fields without a description in the whole program.

    Args:
      allow: Whether `pg.members` accepts a field without a description.
    """
    _policy["empty_field_description"] = allow


def is_empty_field_description_allowed() -> bool:
    """Returns whether a field may lack a description."""
    return _policy["empty_field_description"]


def allow_repeated_class_registration(allow: bool = True) -> None:
    """Permits or forbids classes that share a name in the whole program.

    Args:
      allow: Whether `register_for_deserialization` may replace another class.
    """
    _policy["repeated_class_registration"] = allow


def is_repeated_class_registration_allowed() -> bool:
    """Returns whether a class may be registered under the name of another one."""
    return _policy["repeated_class_registration"]
