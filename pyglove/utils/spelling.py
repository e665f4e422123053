"""What a misspelt name may have been meant to be."""

from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Returns a sentence with the known name that is nearest to another name.

    Args:
      name: The name that is not known.
      known: The names that are.

    Returns:
      The sentence, with a space before it; empty if no name is near.

    Example:
      >>> from pyglove.utils.spelling import did_you_mean
      >>> did_you_mean('num_trials', ['num_examples', 'name'])
      ' Did you mean `num_examples`?'
    """
    # Only needed for messages of errors.
    import difflib

    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean `{found[0]}`?" if found else ""
