"""Names that can stand in generated code."""

import keyword


def is_python_name(name: str) -> bool:
    """Whether a variable of generated code can have a name, and is it told by it.

    Python reads identifiers in a normal form of Unicode: two names may be one to it.

    Args:
        name: The name, of whatever origin.

    Example:
        >>> from pyglove.utils.python_name import is_python_name
        >>> is_python_name('x'), is_python_name('if'), is_python_name('x, y=f()')
        (True, False, False)
        >>> is_python_name('\N{LATIN SMALL LIGATURE FI}')  # It reads it as 'fi'.
        False
    """
    if not name.isidentifier() or keyword.iskeyword(name):
        return False
    return name.isascii() or compile(name, "<name>", "eval").co_names == (name,)
