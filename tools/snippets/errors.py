"""Error info, catching errors by type and text, and matching them."""

import pyglove as pg


class FirstError(Exception):
    pass


class SecondError(FirstError):
    pass


class ShownError(ValueError):
    def __str__(self):
        return "shown"

    def __repr__(self):
        return "ShownError()"


def caught(errors, error, **kwargs):
    """What a context says that has caught, or not caught, an error."""
    with pg.catch_errors(errors, **kwargs) as context:
        if error is not None:
            raise error
    return context, context.error


def info(error, cause=None):
    """The info of an error that has been raised."""
    try:
        raise error from cause
    except Exception as e:
        return pg.ErrorInfo.from_exception(e)


# Snippets
caught(ValueError, ValueError("a"))
caught(ValueError, None)
caught(ValueError, KeyError("a"))
caught((ValueError, KeyError), KeyError("a"))
caught([ValueError, KeyError], KeyError("a"))
caught(FirstError, SecondError("a"))
caught(SecondError, FirstError("a"))
caught(Exception, SecondError("a"))
caught((ValueError, "abc"), ValueError("xabcx"))
caught((ValueError, "abc"), ValueError("abcx"))
caught((ValueError, ".*abc"), ValueError("xabcx"))
caught((ValueError, "^abc$"), ValueError("abcx"))
caught([(ValueError, "abc")], ValueError("abcx"))
caught([(ValueError, "abc"), KeyError], KeyError("abcx"))
caught([(ValueError, "abc"), (ValueError, "def")], ValueError("def"))
# Expected difference: any-of-several-errors
caught([(ValueError, "abc"), ValueError], ValueError("zzz"))
caught([(Exception, "SecondError")], SecondError("a"))
caught([(Exception, ".*abc")], ValueError("x\nabc"))
caught((KeyError, "'abc'"), KeyError("abc"))
caught((KeyError, "abc"), KeyError("abc"))
caught("a", ValueError())
caught(1, ValueError())
caught([], ValueError())
caught((), ValueError())
caught([1], ValueError())
caught([(1, "a")], ValueError())
caught((ValueError, 1), ValueError())
caught([(ValueError, "a", "b")], ValueError())
caught(None, ValueError())
caught(int, ValueError())
caught(ValueError, ValueError("a"), error_handler=lambda e: print("handled", repr(e)))
caught(ValueError, KeyError("a"), error_handler=lambda e: print("handled", repr(e)))
caught(ValueError, None, error_handler=lambda e: print("handled", repr(e)))
caught(ValueError, ValueError("a"), error_handler=lambda e: 1 / 0)
pg.utils.CatchErrorsContext()
pg.match_error(ValueError("a"), ValueError), pg.match_error(ValueError("a"), KeyError)
(
    pg.match_error(SecondError("a"), FirstError),
    pg.match_error(FirstError("a"), SecondError),
)
(
    pg.match_error(ValueError("a"), (ValueError, "a")),
    pg.match_error(ValueError("a"), (ValueError, "b")),
)
pg.match_error(ValueError("a"), [(ValueError, "b"), KeyError])
(
    pg.match_error(ValueError("a"), {ValueError: ["a"]}),
    pg.match_error(ValueError("a"), {ValueError: ["b"]}),
)
pg.match_error(ValueError("a"), {ValueError: []})
pg.match_error(ValueError("a"), {Exception: ["a"]})
pg.match_error(ValueError("a"), "x")
pg.match_error(ValueError("a"), ())
pg.match_error(1, ValueError)
# Error info.
info(ValueError("hello")).tag
info(ValueError("hello")).description
info(ValueError("")).description
info(ShownError()).tag, info(ShownError()).description
info(KeyError("k"), ValueError("v")).tag
info(KeyError("k"), ValueError("v")).description
type(info(ValueError("hello")).stacktrace)
"ValueError: hello" in info(ValueError("hello")).stacktrace
"Traceback" in info(ValueError("hello")).stacktrace
"def info" in info(ValueError("hello")).stacktrace
# Expected difference: assertions-and-internal-errors
pg.ErrorInfo.from_exception(ValueError("never raised")).stacktrace
pg.ErrorInfo("T", "described", "stack")
str(pg.ErrorInfo("T", "described", "stack"))
pg.ErrorInfo("T", "described", "stack").to_json()
pg.from_json(pg.ErrorInfo("T", "described", "stack").to_json())
(
    pg.ErrorInfo("T", "d", "s") == pg.ErrorInfo("T", "d", "s"),
    pg.ErrorInfo("T", "d", "s") != pg.ErrorInfo("U", "d", "s"),
)
hash(pg.ErrorInfo("T", "d", "s")) == hash(pg.ErrorInfo("T", "d", "s"))
pg.ErrorInfo()
pg.ErrorInfo(tag="T", description="d", stacktrace="s").tag
pg.ErrorInfo.from_exception(1)
(
    pg.ErrorInfo.__name__,
    pg.symbolic.ErrorInfo is pg.ErrorInfo,
    pg.utils.ErrorInfo is pg.ErrorInfo,
)
isinstance(pg.ErrorInfo("T", "d", "s"), pg.Object)
pg.utils.ErrorInfo("T", "d", "s")
pg.utils.ErrorInfo("T", "d", "s").to_json()
