"""Timing, methods that may be overridden, functors of the utilities, JSON of them."""

import re

import pyglove as pg

u = pg.utils


class Base:
    @pg.explicit_method_override
    def method(self):
        pass


class Override(Base):
    def method(self):
        pass


class Allowed(Base):
    @pg.explicit_method_override
    def method(self):
        pass


class Convertible(u.JSONConvertible):
    def __init__(self, x, y=2):
        self.x, self.y = x, y

    def to_json(self, **kwargs):
        return self.to_json_dict(
            dict(x=(self.x, None), y=(self.y, 2)), exclude_default=True, **kwargs
        )

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)

    def __repr__(self):
        return f"Convertible({self.x}, {self.y})"


def rounded(value):
    """Text without the seconds in it."""
    return re.sub(r"\d+\.\d+(e-?\d+)?", "N", repr(value))


def timed():
    """A timer with some in it, one of which failed."""
    with pg.timeit("outer") as outer:
        with pg.timeit("first"):
            pass
        with pg.timeit("second"), pg.timeit("third"):
            pass
        try:
            with pg.timeit("failing"):
                raise ValueError("x")
        except ValueError:
            pass
    return outer


timer = timed()

# Snippets
timer.name, timer.has_started, timer.has_ended, timer.has_error, timer.error
timer.elapse > 0, timer.start_time > 0, timer.end_time >= timer.start_time
[child.name for child in timer.children]
rounded(timer.status())
list(timer.status()), timer.status()["outer.failing"].has_error
timer.status()["outer.failing"].error.tag
timer.status()["outer.first"].has_ended, timer.status()["outer.first"].name
(
    lambda t: (
        t.has_started,
        t.has_ended,
        t.elapse,
        t.start_time,
        t.end_time,
        t.error,
        t.status(),
    )
)(u.TimeIt("new"))
(lambda t: (t.start(), t.has_started, t.end(), t.has_ended, t.end()))(u.TimeIt("new"))
(lambda t: (t.end(), t.has_ended))(u.TimeIt("new"))
(lambda t: (t.start(), t.end(ValueError("x")), t.has_error, t.error.tag))(
    u.TimeIt("new")
)
(lambda t: (t.add(u.TimeIt("c")), t.add(u.TimeIt("c"))))(u.TimeIt("new"))
with pg.timeit() as unnamed:
    with pg.timeit("inner"):
        pass
unnamed.name, list(unnamed.status())
with pg.timeit("same") as outer, pg.timeit("twice"):
    pass
with outer, pg.timeit("twice"):
    pass
list(outer.status())
(
    rounded(u.TimeIt.Status("a", 1.5)),
    u.TimeIt.Status("a").has_started,
    u.TimeIt.Status("a").has_error,
)
rounded(u.TimeIt.Status("a", 1.5).to_json())
u.TimeIt.StatusSummary()
bool(u.TimeIt.StatusSummary())
(
    lambda s: (
        s.aggregate(timer.status()),
        list(s.breakdown),
        rounded(s.breakdown["outer.failing"]),
    )
)(u.TimeIt.StatusSummary())
(
    lambda s: (
        s.aggregate(timer.status()),
        s.aggregate(timer.status()),
        s.breakdown["outer"].num_started,
    )
)(u.TimeIt.StatusSummary())
(lambda s: (s.aggregate(timer.status()), s.breakdown["outer.failing"].error_tags))(
    u.TimeIt.StatusSummary()
)
# Methods that may be overridden only on purpose.
u.ensure_explicit_method_override(Base.method)
u.ensure_explicit_method_override(Override.method)
u.ensure_explicit_method_override(Override.method, "a message")
u.ensure_explicit_method_override(Allowed.method)
u.ensure_explicit_method_override(len)
pg.explicit_method_override(1)
# JSON of what is not symbolic.
(
    pg.to_json(Convertible(1)),
    pg.to_json(Convertible(1, 3)),
    pg.to_json([Convertible(Convertible(2))]),
)
(
    pg.from_json(pg.to_json(Convertible(1, 3))),
    u.from_json(u.to_json({"a": (1, Convertible(2))})),
)
u.JSONConvertible.is_registered("snippet.Convertible"), u.JSONConvertible.TYPE_NAME_KEY
u.from_json({"_type": "nowhere.X"})
u.to_json(object())
u.to_json({1, 2})
(
    u.from_json([1, {"a": 2}]),
    u.from_json({"a": ["__tuple__", 1]}),
    type(u.from_json({"a": 1})),
)
u.JSONConversionContext().to_json(root=1), u.JSONConversionContext().next_shared_index()
(
    lambda c: (
        c.add_shared(c.ObjectEntry(value=1, serialized=2, ref_index=0, ref_count=1)),
        c.get_shared(0),
    )
)(u.JSONConversionContext())
[c.__name__ for c in u.Functor.__mro__ if c.__module__.startswith("pyglove")]
(
    u.MISSING_VALUE,
    u.MISSING_VALUE == u.MissingValue(),
    u.MISSING_VALUE == 0,
    hash(u.MISSING_VALUE) == hash(u.MissingValue()),
)
pg.object_utils is u, pg.object_utils.KeyPath is u.KeyPath
(
    pg.Formattable is u.Formattable,
    pg.MaybePartial is u.MaybePartial,
    pg.JSONConvertible is u.JSONConvertible,
)
pg.Inferentiable is pg.symbolic.Inferential
[
    hasattr(pg, n)
    for n in (
        "KeyPathSet",
        "DocStr",
        "catch_errors",
        "timeit",
        "colored",
        "docstr",
        "str_format",
    )
]
