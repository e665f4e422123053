"""Names: identifiers, letter case, and suggestions for misspelt ones."""

import keyword
from collections.abc import Iterable


def is_python_name(name: str) -> bool:
    """Whether a name can be that of a variable in generated code.

    Python normalizes identifiers: names that it would change are rejected.

    Args:
      name: The name, which may be any text.

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
    """Returns a sentence that suggests the known name closest to a name.

    Args:
      name: The unknown name.
      known: The known names.

    Returns:
      The sentence, after a space; or '' if no name is close.

    Example:
      >>> from pyglove.utils.name import did_you_mean
      >>> did_you_mean('num_trials', ['num_examples', 'name'])
      ' Did you mean `num_examples`?'
    """
    # It is only used in error messages.
    import difflib

    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean `{found[0]}`?" if found else ""


def camel_to_snake(text: str, separator: str = "_") -> str:
    """Turns `CamelCase` into `snake_case`.

    Args:
      text: The text. A run of capitals counts as one word.
      separator: The separator of words.

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
