"""Names: as identifiers, in other cases, and misspelt ones."""

import keyword
from collections.abc import Iterable


def is_python_name(name: str) -> bool:
    """Whether a variable of generated code can have a name, and is it told by it.

    Python reads identifiers in a normal form of Unicode: two names may be one to it.

    Args:
      name: The name, of whatever origin.

    Example:
      >>> from pyglove.utils.name import is_python_name
      >>> is_python_name('x'), is_python_name('if'), is_python_name('x, y=f()')
      (True, False, False)
      >>> is_python_name('\N{LATIN SMALL LIGATURE FI}')  # It reads it as 'fi'.
      False
    """
    if not name.isidentifier() or keyword.iskeyword(name):
        return False
    return name.isascii() or compile(name, "<name>", "eval").co_names == (name,)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Returns a sentence with the known name that is nearest to another name.

    Args:
      name: The name that is not known.
      known: The names that are.

    Returns:
      The sentence, with a space before it; empty if no name is near.

    Example:
      >>> from pyglove.utils.name import did_you_mean
      >>> did_you_mean('num_trials', ['num_examples', 'name'])
      ' Did you mean `num_examples`?'
    """
    # Only needed for messages of errors.
    import difflib

    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean `{found[0]}`?" if found else ""


def camel_to_snake(text: str, separator: str = "_") -> str:
    """Turns `CamelCase` into `snake_case`.

    Args:
      text: The text. A run of capitals counts as one word.
      separator: What goes between words.

    Returns:
      The text in lower case.

    Example:
      >>> from pyglove.utils import camel_to_snake
      >>> camel_to_snake('HTTPServer')
      'http_server'
    """
    chars: list[str] = []
    for i, char in enumerate(text):
        if i > 0 and char.isupper():
            starts_word = text[i + 1 : i + 2].islower()
            ends_word = i > 1 and not text[i - 1].isupper()
            if starts_word or ends_word:
                chars.append(separator)
        chars.append(char.lower())
    return "".join(chars)
