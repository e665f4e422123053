"""Metrics and logging."""

import io
import logging

import pyglove as pg

M = pg.monitoring
L = pg.logging


def fails(context, error):
    """The error that comes out of a block."""
    try:
        with context:
            raise error
    except BaseException as raised:
        return repr(raised)


class Skipping(logging.Logger):
    seen = []

    @classmethod
    def register_frame_to_skip(cls, file_name, function_name, line_number=None):
        cls.seen.append(function_name)
        return True


def helper():
    L.info("help")


# Snippets
c = M.metric_collection("/ns")
type(c).__name__
c.namespace, c.metrics()
M.default_metric_collection_cls().__name__
k = c.get_counter("c", "text", {"a": int, "b": str})
k.name, k.full_name, k.namespace, k.description, k.flags, k.parameter_definitions
k.increment(a=1, b="x"), k.increment(2, a=1, b="x"), k.increment(b="x", a=1)
k.value(a=1, b="x"), k.value(a=2, b="x")
k.increment(a=1)
k.increment(a=1, b="x", c=2)
k.increment(a="1", b="x")
k.increment(a=1.0, b="x")
k.increment(a=True, b="x")
k.increment("a", a=1, b="x")
k.increment(-5, a=1, b="x"), k.increment(0.5, a=1, b="x")
k.value()
k.value(a="1", b="x")
# Expected difference: metrics-show-their-names
repr(k).endswith("'/ns/c'>")
c.get_counter("c", "text", {"a": int, "b": str}) is k
c.get_counter("c", "text", {"a": int, "b": str}, flag=1) is k
c.get_counter("c", "other", {"a": int, "b": str})
c.get_counter("c", "text", {"a": int})
c.get_counter("c", "text")
c.get_scalar("c", "text", {"a": int, "b": str})
c.get_counter("d", "text", flag=1).flags
c.get_counter("e", "text", {"a": bool}).increment(a=1)
c.get_counter("f/g", "text").full_name
# Expected difference: wrong-values-are-refused
c.get_counter(1, "text").name
d = M.metric_collection("ns", default_parameters={"z": str})
d.get_counter("a", "text").parameter_definitions
d.get_counter("b", "text", {}).parameter_definitions
[m.name for m in d.metrics()]
p = c.get_counter("p", "text")
p.value(), p.increment(), p.increment(3), p.value()
p.increment(a=1)
s = c.get_scalar("s", "text")
s.value(), s.set(5), s.value(), s.increment(), s.increment(-10)
s.set(1.5), s.value()
# Expected difference: wrong-values-are-refused
s.set("a")
# Expected difference: wrong-values-are-refused
s.increment("a")
t = c.get_scalar("t", "text", {"a": str}, value_type=float)
t.value(a="x"), t.increment(a="x"), t.increment(0.5, a="x"), t.flags
# Expected difference: wrong-values-are-refused
c.get_scalar("t", "text", {"a": str}).name
h = c.get_distribution("h", "text")
v = h.value()
v.count, v.sum, v.mean, v.stddev, v.variance, v.median
v.percentile(50), v.fraction_less_than(3)
[h.record(x) for x in (1, 2, 3, 4, 10.5)]
v.count, v.sum, round(v.mean, 6), round(v.stddev, 6), round(v.variance, 6)
# Expected difference: percentiles-are-floats
v.median
[round(float(v.percentile(q)), 9) for q in (0, 1, 10, 25, 50, 50.5, 75, 90, 99, 100)]
v.percentile(-1)
v.percentile(101)
[v.fraction_less_than(x) for x in (0, 1, 3, 3.5, 10.5, 11)]
h.value() is v
h.record("a")
# Expected difference: wrong-values-are-refused
v.count
M.DistributionValue()
w = c.get_distribution("w", "text", window_size=3)
[w.record(i) for i in range(10)]
w.value().count, w.value().sum, float(w.value().median), w.value().mean
e = c.get_distribution("e1", "text", {"error": str})
with e.record_duration() as y:
    print(y)
fails(e.record_duration(), ValueError("x"))
e.value(error="").count, e.value(error="ValueError").count
0 <= e.value(error="").mean < 1000
e = c.get_distribution("e2", "text")
fails(e.record_duration(), ValueError("x"))
e.value().count
e = c.get_distribution("e3", "text", {"err": str, "m": str})
fails(e.record_duration(error_parameter="err", m="a"), KeyError("x"))
e.value(err="KeyError", m="a").count
with e.record_duration(error_parameter="err", err="y", m="a"):
    pass
e.value(err="y", m="a").count
fails(e.record_duration(error_parameter="err", m="a"), KeyboardInterrupt())
e.value(err="KeyboardInterrupt", m="a").count
sorted(M.Metric.__abstractmethods__), sorted(M.Counter.__abstractmethods__)
sorted(M.Scalar.__abstractmethods__), sorted(M.Distribution.__abstractmethods__)
M.MetricCollection("a").get_counter("x", "text")
M.MetricCollection("a").metrics()
M.MetricValueType
L.get_logger().name
g = L.use_stream(f := io.StringIO(), fmt="{levelname}|{message}", name="g")
g.name, g.level, len(g.handlers), L.get_logger() is g
L.debug("a"), L.info("b %d", 3), L.warning("c"), L.error("d"), L.critical("e")
f.getvalue()
g = L.use_stream(f := io.StringIO(), logging.DEBUG, "h", "{message}")
L.debug("a"), f.getvalue()
g = L.use_stream(f := io.StringIO(), logging.DEBUG, "h", "{message}")
# Expected difference: a-stream-is-replaced
len(g.handlers)
with L.redirect_stream(f := io.StringIO(), fmt="{message}", name="i") as r:
    print(r.name, L.get_logger() is r)
    L.info("in")
L.get_logger() is g, f.getvalue()
fails(L.redirect_stream(io.StringIO()), ValueError("x"))
L.get_logger() is g
L.use_stdout(fmt="{message}").name
L.info("out")
x = L.use_stream(f := io.StringIO(), fmt="{funcName} {message}", name="j")
helper()
# Expected difference: messages-tell-where-they-come-from
f.getvalue()
# Expected difference: messages-tell-where-they-come-from
L.register_frame_to_skip(helper)
L.set_logger(Skipping("skipping"))
L.register_frame_to_skip(helper), L.register_frame_to_skip([helper, fails])
{"debug", "info", "warning", "error", "critical", "helper"} <= {*Skipping.seen}
L.set_logger(logging.getLogger())
# Expected difference: a-stream-is-replaced
L.set_logger(3)
