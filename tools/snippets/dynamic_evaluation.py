"""Define by run: placeholders in function bodies, traced and run under decisions."""

import threading
from typing import Any

import pyglove as pg

h = pg.hyper


class Layer(pg.Object):
    units: int
    inner: Any = None


def add():
    return pg.oneof([1, 2]) + pg.oneof([10, 20, 30])


def named():
    x = pg.oneof([1, 2], name="x")
    y = pg.oneof([10, 20], name="y")
    return x, y, pg.oneof([1, 2], name="x")


def conditional():
    return pg.oneof([lambda: pg.oneof([1, 2]) * 10, lambda: pg.floatv(0.0, 1.0), 5])


def conditional_named():
    return pg.oneof(
        [
            lambda: pg.oneof([1, 2], name="i") * 10,
            lambda: pg.floatv(0.0, 1.0, name="f"),
            5,
        ],
        name="o",
    )


def many():
    return pg.manyof(2, [1, 2, 3]), pg.floatv(0.1, 1.0), pg.permutate(["a", "b"])


def many_functions():
    return pg.manyof(2, [lambda: pg.oneof([1, 2]), lambda: 7, lambda: pg.oneof([3, 4])])


def nested():
    return pg.oneof([pg.oneof([1, 2]), 3])


def program():
    return Layer(pg.oneof([1, 2]), pg.oneof(["a", Layer(pg.oneof([3, 4]))]))


def loop():
    return sum(pg.oneof([0, 1]) for _ in range(3))


def different():
    return pg.oneof([1, 2], name="x") + pg.oneof([1, 3], name="x")


def both():
    return pg.oneof([1, 2], hints="in") + pg.oneof([10, 20], hints="out")


def none():
    return 1


def traced(fn, **kwargs):
    """A context and its spec as text."""
    context = h.trace(fn, **kwargs)
    return str(context.dna_spec)


def runs(fn, *decisions, **kwargs):
    """What a function returns under decisions."""
    context = h.trace(fn, **kwargs)
    results = []
    for decision in decisions:
        try:
            with context.apply(decision):
                results.append(fn())
        except (ValueError, TypeError) as e:
            results.append(isinstance(e, ValueError) and "ValueError")
    return results


def all_runs(fn):
    """What a function returns under all decisions."""
    context = h.trace(fn)
    results = []
    for dna in context.dna_spec.iter_dna():
        with context.apply(dna):
            results.append(fn())
    return results


def elsewhere(fn):
    """What a function returns in another thread."""
    result = []
    thread = threading.Thread(target=lambda: result.append(fn()))
    thread.start()
    thread.join()
    return result[0]


def scoped(fn, *args, **kwargs):
    """What a function returns under an evaluation function."""
    with h.dynamic_evaluate(*args, **kwargs) as value:
        return fn(), value


def first(primitive):
    return primitive.candidates[0] if isinstance(primitive, h.Choices) else 0.5


class Model(pg.Object):
    width: int = 1

    def build(self):
        return self.width * pg.oneof([1, 2], name="m")


# Snippets
traced(add)
traced(named)
traced(conditional)
traced(conditional_named)
traced(many)
traced(many_functions)
traced(nested)
traced(program)
traced(loop)
traced(none)
traced(different)
traced(add, where=lambda x: len(x.candidates) == 2)
traced(named, where=lambda x: x.name == "x")
traced(add, require_hyper_name=True)
traced(named, require_hyper_name=True)
traced(conditional_named, require_hyper_name=True)
# Expected difference: define-by-run
traced(
    lambda: pg.oneof([lambda: pg.oneof([1, 2]), 2], name="o"), require_hyper_name=True
)
# Expected difference: define-by-run
traced(add, per_thread=False)
h.trace(1)
h.trace(lambda x: x)
type(h.trace(add)).__name__, h.trace(add).per_thread, h.trace(add).is_external
h.trace(add).hyper_dict
h.trace(named).hyper_dict
h.trace(conditional).hyper_dict
h.trace(none).hyper_dict
h.trace(add).dna_spec.space_size, h.trace(conditional).dna_spec.space_size
runs(add, [0, 0], [1, 2], pg.DNA([1, 0]))
runs(add, (0, 1))
runs(add, [0], [0, 0, 0], [2, 0], ["a", 0], [0.5, 0], [])
runs(add, 1, None, "ab")
runs(named, [0, 0], [1, 1], [1, 0, 1])
runs(conditional, [0, 1], [1, 0.5], [2], [0, 0], pg.DNA((0, 1)))
# Expected difference: define-by-run
runs(conditional, [0], [1], [1, 2.0], [1, 0], [2, 0], [3])
runs(conditional_named, [0, 1], [1, 0.5], [2])
runs(many, [0, 1, 0.5, 0, 1], [2, 0, 0.5, 1, 0], pg.DNA([[0, 2], 0.5, [1, 0]]))
# Expected difference: define-by-run
runs(many, [0, 0, 0.5, 0, 1], [2, 0, 5.0, 1, 0], [2, 0, 0.5])
runs(many_functions, [0, 1, 1], [1, 2, 0], [0, 1, 2, 0])
runs(nested, [0, 1], [1], [0], [0, 2])
runs(program, [0, 0], [1, 1, 1], [1, 1])
runs(loop, [0, 0, 0], [1, 0, 1], [1, 1])
runs(none, [], [0], pg.DNA(None))
runs(add, {"decision_0": 1, "decision_1": 2})
runs(named, {"x": 1, "y": 0}, {"x": 0})
runs(add, [1], where=lambda x: len(x.candidates) == 3)
all_runs(add)
all_runs(named)
all_runs(lambda: pg.manyof(2, [1, 2, 3]))
all_runs(lambda: pg.oneof([lambda: pg.oneof([1, 2]) * 10, lambda: 3, 5]))
all_runs(program)
all_runs(nested)
context = h.DynamicEvaluationContext()
# Expected difference: programs-are-symbolic
with context.collect() as collected:
    print(pg.oneof([1, 2]), pg.manyof(2, [1, 2, 3]), pg.floatv(0.5, 1.0))
collected
context.hyper_dict
context.dna_spec
with context.apply([1, 0, 2, 0.75]):
    print(pg.oneof([1, 2]), pg.manyof(2, [1, 2, 3]), pg.floatv(0.5, 1.0))
with context.apply([1, 0, 2, 0.75]):
    print(pg.oneof([1, 2]))
with context.apply([1, 0, 2, 0.75]):
    print(pg.oneof([1, 2, 3]), pg.manyof(2, [1, 2, 3]), pg.floatv(0.5, 1.0))
with context.apply([1, 0, 2, 0.75]):
    print(pg.oneof([1, 2]), pg.manyof(2, [1, 2, 3]), pg.floatv(0.5, 1.0), pg.oneof([1]))
with context.collect():
    pg.oneof([7, 8])
context.hyper_dict
context.evaluate(pg.oneof([1, 2]))
context.add_decision_point(pg.oneof([1, 2], name="n"))
context.add_decision_point(pg.oneof([1, 3], name="n"))
context.add_decision_point(pg.oneof([1, 2], name="n"))
context.hyper_dict
free, bound = pg.oneof([7, 8]), pg.oneof([1, 2], name="n")
with context.apply([0, 1]):
    print(context.evaluate(free), context.evaluate(bound), context.evaluate(bound))
external = h.DynamicEvaluationContext(dna_spec=h.trace(add).dna_spec)
external.is_external, external.hyper_dict, external.dna_spec.space_size
with external.collect():
    pass
with external.apply([1, 2]):
    print(add())
with external.apply([1, 2]):
    print(pg.oneof([1, 2]) + pg.oneof([10, 20]))
outside = h.DynamicEvaluationContext(where=lambda x: x.hints == "in")
with outside.collect() as got:
    print(pg.oneof([1, 2], hints="in"), pg.oneof([3, 4]))
got
outer = h.DynamicEvaluationContext(where=lambda x: x.hints == "out")
inner = h.DynamicEvaluationContext(where=lambda x: x.hints == "in")
with outer.collect():
    with inner.collect():
        both()
outer.hyper_dict, inner.hyper_dict
with outer.apply([1]):
    with inner.apply([0]):
        print(both())
with inner.apply([1]):
    with outer.apply([0]):
        print(both())
with outer.apply([1]):
    both()
scoped(lambda: pg.oneof([1, 2]), first)
scoped(lambda: pg.oneof([1, 2]), first, "yielded")
scoped(lambda: pg.oneof([1, 2]), None)
scoped(lambda: pg.oneof([1, 2]), 1)
scoped(lambda: pg.oneof([1, 2]), first, exit_fn=lambda: print("exit"))
scoped(lambda: pg.oneof([1, 2]), first, exit_fn=1)
scoped(lambda: 1 / 0, first, exit_fn=lambda: print("exit"))
scoped(lambda: pg.oneof([pg.oneof([1, 2]), 3]), first)
(
    scoped(lambda: pg.manyof(2, [4, 5, 6]), first),
    scoped(lambda: pg.floatv(0.0, 1.0), first),
)
scoped(lambda: Layer(pg.oneof([1, 2])), first)
scoped(lambda: h.reference("a"), first)
scoped(lambda: scoped(lambda: pg.oneof([1, 2]), lambda x: x.candidates[1]), first)
scoped(lambda: scoped(lambda: pg.oneof([1, 2]), None), first)
scoped(lambda: (scoped(none, lambda x: 9), pg.oneof([1, 2])), first)
pg.oneof([1, 2])
scoped(lambda: elsewhere(lambda: pg.oneof([1, 2])), first)
scoped(lambda: elsewhere(lambda: pg.oneof([1, 2])), first, per_thread=False)
scoped(lambda: pg.clone(pg.Dict(x=Layer(1))), first)
scoped(lambda: h.OneOf([1, 2]), first)
# Expected difference: define-by-run
shared_context = h.trace(add, per_thread=False)
# Expected difference: define-by-run
with shared_context.apply([1, 1]):
    print(elsewhere(add))
own_context = h.trace(add)
with own_context.apply([1, 1]):
    print(type(elsewhere(lambda: pg.oneof([1, 2]))).__name__, add())
traced(lambda: Model(2).build())
all_runs(lambda: Model(2).build())
traced(lambda: pg.oneof([pg.Dict(a=pg.oneof([1, 2], name="z")), 2], name="p"))
all_runs(lambda: pg.oneof([pg.Dict(a=pg.oneof([1, 2])), 2]))
# Loops over traced functions.
sums = []
for scope in pg.iter(h.trace(add)):
    with scope():
        sums.append(add())
sums
with next(pg.random_sample(h.trace(add)))():
    print(add() in sums)
len(list(pg.iter(h.trace(none))))
h.DynamicEvaluationContext().add_decision_point(pg.template(1))
with h.DynamicEvaluationContext(per_thread=True).collect():
    with h.DynamicEvaluationContext(per_thread=False).collect():
        pg.oneof([1, 2])
