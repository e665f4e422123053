"""Flags that hold in a scope, and only in the thread that opened it."""

import threading

import pyglove as pg


class Leaf(pg.Object):
    x: int = 1


class Needy(pg.Object):
    x: int


@pg.functor
def add(x, y):
    return x + y


def elsewhere(fn):
    """What a function returns in another thread."""
    result = []

    def run():
        try:
            result.append(fn())
        except Exception as e:
            result.append(type(e).__name__.removeprefix("PyGlove"))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return result[0]


def state():
    """All flags, as they are in this thread."""
    s = pg.symbolic
    return (
        s.is_change_notification_enabled(),
        s.is_type_check_enabled(),
        s.is_under_accessor_writable_scope(),
        s.is_under_partial_scope(),
        s.is_under_sealed_scope(),
        s.is_tracking_origin(),
        bool(s.should_call_functors_during_init()),
    )


def within(scope, fn=state):
    """What a function returns within a scope."""
    with scope:
        return fn()


def raising(scope):
    """The flags after a scope that an exception has left."""
    try:
        with scope:
            raise ValueError
    except ValueError:
        return state()


# Snippets
state()
within(pg.notify_on_change(False))
within(pg.enable_type_check(False))
within(pg.allow_writable_accessors())
within(pg.allow_writable_accessors(False))
within(pg.allow_partial())
within(pg.allow_partial(False))
within(pg.as_sealed())
within(pg.as_sealed(False))
within(pg.track_origin())
within(pg.auto_call_functors())
within(pg.auto_call_functors(False))
raising(pg.as_sealed())
raising(pg.allow_partial())
state()
within(pg.as_sealed(), lambda: within(pg.as_sealed(False)))
within(pg.as_sealed(), lambda: within(pg.as_sealed(None)))
within(pg.allow_partial(), lambda: within(pg.allow_partial(None)))
within(pg.allow_partial(), lambda: within(pg.notify_on_change(False)))
within(pg.allow_partial(), lambda: elsewhere(state))
within(pg.as_sealed(), lambda: elsewhere(lambda: Leaf().rebind(x=2)))
within(pg.allow_partial(), lambda: elsewhere(Needy))
within(pg.notify_on_change(False), lambda: elsewhere(state))
within(pg.track_origin(), lambda: elsewhere(state))
within(pg.enable_type_check(False), lambda: Leaf("bad"))
within(pg.enable_type_check(False), lambda: Leaf().rebind(x="bad"))
within(pg.enable_type_check(False), lambda: Needy())
within(pg.enable_type_check(False), lambda: pg.typing.Int().apply("a"))
within(pg.enable_type_check(False), lambda: Leaf("a").clone())
within(pg.auto_call_functors(), lambda: add(1, 2))
within(pg.auto_call_functors(), lambda: add(1))
within(pg.auto_call_functors(), lambda: elsewhere(lambda: add(1, 2)))
within(pg.str_format(compact=True), lambda: str(Leaf()))
within(pg.repr_format(compact=False), lambda: repr(Leaf()))
within(pg.str_format(hide_default_values=True), lambda: str(Leaf()))
within(pg.str_format(compact=True), lambda: elsewhere(lambda: str(Leaf())))
within(
    pg.str_format(compact=True),
    lambda: within(pg.str_format(verbose=False), lambda: str(Leaf())),
)
type(pg.as_sealed()).__name__
with pg.as_sealed() as value:
    print(value)
with pg.allow_partial() as value:
    print(value)
with pg.notify_on_change() as value:
    print(value)
pg.symbolic.get_origin_stacktrace_limit()
pg.symbolic.should_call_functors_during_init()
pg.utils.thread_local_get("k")
pg.utils.thread_local_get("k", 1)
pg.utils.thread_local_set("k", 2)
pg.utils.thread_local_get("k"), pg.utils.thread_local_has("k")
elsewhere(lambda: pg.utils.thread_local_has("k"))
pg.utils.thread_local_del("k"), pg.utils.thread_local_has("k")
pg.utils.thread_local_del("k")
pg.utils.thread_local_increment("n"), pg.utils.thread_local_increment("n")
pg.utils.thread_local_decrement("n"), pg.utils.thread_local_get("n")
pg.utils.thread_local_increment("m", 10), pg.utils.thread_local_decrement("m")
pg.utils.thread_local_decrement("never")
pg.utils.thread_local_push("s", 1), pg.utils.thread_local_push("s", 2)
(
    pg.utils.thread_local_peek("s"),
    pg.utils.thread_local_pop("s"),
    pg.utils.thread_local_pop("s"),
)
pg.utils.thread_local_pop("s")
pg.utils.thread_local_pop("s", 5), pg.utils.thread_local_peek("s", 6)
pg.utils.thread_local_peek("s")
within(
    pg.utils.thread_local_value_scope("v", 1, 0), lambda: pg.utils.thread_local_get("v")
)
pg.utils.thread_local_get("v", "gone")
