"""Running code, and metrics: what programs do beside searching."""

from registry import Code, operation

SETUP = """
import pyglove as pg

code = "x = 1\\ny = [i for i in range(10)]\\nx + y[2]\\n"
metrics = pg.monitoring.metric_collection('bench')
plain = metrics.get_counter('plain', 'Events.')
by_user = metrics.get_counter('by_user', 'Events.', {'worker': int, 'user': str})
times = metrics.get_distribution('times', 'Seconds.', window_size=1000)
"""

operation("counter, incremented", Code("plain.increment()", SETUP), at_most=1e-6)
operation(
    "counter with 2 parameters, incremented",
    Code("by_user.increment(worker=1, user='a')", SETUP),
    at_most=1e-6,
)
operation(
    "value of a distribution, recorded",
    Code("times.record(1.5)", SETUP),
)
operation(
    "text of 3 lines, run",
    Code("pg.coding.evaluate(code)", SETUP),
    at_most=200e-6,
)
operation(
    "function called in a sandbox",
    Code("pg.coding.sandbox_call(int)", SETUP),
    at_most=60e-3,
)
