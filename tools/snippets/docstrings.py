"""What is read out of docstrings, in all styles."""

import inspect

import pyglove as pg

u = pg.utils
GOOGLE = """Short.

  Long line 1.
  Long line 2.

  Another paragraph.

  Example::

    x = 1

  Args:
    x: Desc of x.
    y (int): Desc of y
      continued.
    z: (Optional) Desc. Defaults to 3.
    w (str, optional): Desc. Defaults to 'a'.
    *args: Args.
    **kwargs: Kwargs.

  Returns:
    The result.
      More of it.

  Raises:
    ValueError: If bad.
    KeyError: If absent
      and so on.
"""
REST = """Short.

  Long.

  :param x: Desc x.
  :param int y: Desc y.
  :type x: str
  :returns: The result.
  :rtype: int
  :raises ValueError: If bad.
"""
NUMPY = """Short.

    Long.

    Parameters
    ----------
    x : int
        Desc x.
    y : str, optional
        Desc y. Default is 3.

    Returns
    -------
    int
        The result.

    Raises
    ------
    ValueError
        If bad.

    Examples
    --------
    >>> foo()
    1
"""
EPYDOC = """Short.

    @param x: Desc x.
    @type x: int
    @return: The result.
    @raise ValueError: If bad.
"""


def function(x, *args, y=1, **kwargs):
    """Does it.

    Args:
      x: The x.
      *args: The args.
      y: The y.
      **kwargs: The kwargs.
    """


class Documented:
    """A class.

    Attributes:
      a: The a.
    """

    @property
    def value(self):
        """The value."""


class Derived(Documented):
    pass


class Bare:
    pass


def parsed(text, style=None):
    """Everything that was read out of a text."""
    d = u.DocStr.parse(text) if style is None else u.DocStr.parse(text, style)
    return (
        d.style,
        d.short_description,
        d.long_description,
        d.args,
        d.returns,
        d.raises,
        d.examples,
    )


# Snippets
parsed(GOOGLE)
parsed(REST)
parsed(NUMPY)
parsed(EPYDOC)
u.DocStr.parse(GOOGLE).description
u.DocStr.parse(NUMPY).description
u.DocStr.parse(GOOGLE).blank_after_short_description
parsed(GOOGLE, u.DocStrStyle.GOOGLE)
parsed(REST, u.DocStrStyle.REST)
parsed(NUMPY, u.DocStrStyle.NUMPYDOC)
parsed(EPYDOC, u.DocStrStyle.EPYDOC)
parsed(GOOGLE, u.DocStrStyle.NUMPYDOC)[1:4]
parsed("")
parsed("   ")
parsed("One line.")
parsed("One line: with a colon.")
parsed("Short\nspans lines.")
parsed("Short.\n\nLong only.\n\n\nTwo blanks.")
parsed("Short.\nNo blank.\n\nMore.")
parsed("Short.\nArgs:\n  x: X.")
parsed("Args:\n  x: X.\n  y: hello: world")
parsed("Short.\n\nArguments:\n  x: X.\nReturn:\n  Something.\nRaise:\n  Foo: Bar.")
parsed("Short.\n\nReturns:\n  int: The result.")
parsed("Short.\n\nYields:\n  Items.")
parsed("Short.\n\nAttributes:\n  x: X.\n\nExamples:\n  foo()\n\nNote:\n  Blah.")
parsed("Short.\n\nArgs:\n  x: First.\n\n    Second.\n\n  y: Last.\n\nTrailing.")
parsed("Short.\n\nArgs:\n  x (Optional[int]): X.\n  y (List[str]): Y. Default: 5")
parsed("Short.\n\nArgs:\n  no colon here")
parsed("Short.\n\nKeyword Args:\n  k: K.\n\nParameters:\n  p: P.")
list(u.DocStrStyle)
pg.docstr(function).args
pg.docstr(Documented).args, pg.docstr(Documented).short_description
pg.docstr(Derived) is None, pg.docstr(Bare), pg.docstr(1) is None, pg.docstr(lambda: 1)
pg.docstr(Documented.value).short_description
[
    pg.docstr(function).parameter(p).description
    for p in inspect.signature(function).parameters.values()
]
pg.docstr(function).parameter(inspect.Parameter("q", inspect.Parameter.POSITIONAL_ONLY))
(lambda a: (a.name, a.description, a.type_name, a.default, a.is_optional))(
    u.DocStr.parse(GOOGLE).args["w"]
)
(lambda r: (r.description, r.type_name, r.is_yield, r.name))(
    u.DocStr.parse(NUMPY).returns
)
[(r.type_name, r.description) for r in u.DocStr.parse(GOOGLE).raises]
[e.description for e in u.DocStr.parse(NUMPY).examples]
pg.docstr is u.docstr, pg.DocStr is u.DocStr
