"""The loop: feedback, trials, measurements, results, groups, backends."""

import decimal
import fractions
import threading

import pyglove as pg

t = pg.tuning
log: list = []
SPACE = pg.Dict(x=pg.oneof([1, 2, 3]), y=pg.oneof([4, 5]))


def called():
    """What has been called since the last time."""
    result = list(log)
    log.clear()
    return result


class Spy(pg.DNAGenerator):
    """Sweeps, and notes what it is told."""

    def _setup(self):
        log.append("setup")
        self._next = None

    def _propose(self):
        self._next = self.dna_spec.next_dna(self._next)
        if self._next is None:
            raise StopIteration()
        return self._next

    def _feedback(self, dna, reward):
        log.append((dna.to_numbers(), reward))


class MultiSpy(Spy):
    multi_objective: bool = True


class Knows(Spy):
    """Knows the reward of every second proposal."""

    known: pg.typing.Any()

    def _propose(self):
        dna = super()._propose()
        if self.num_proposals % 2:
            dna.set_metadata("reward", self.known)
        return dna


class KnowsMulti(Knows):
    multi_objective: bool = True


class Flips(Spy):
    """Proposes two DNA in turns."""

    def _propose(self):
        return pg.DNA([self.num_proposals % 2, 0], spec=self.dna_spec)


class Stops(t.EarlyStoppingPolicy):
    def should_stop_early(self, trial):
        return trial.measurements[-1].reward > 1


def start(space=SPACE, algorithm=None, *args, **kwargs):
    """The first example and feedback of a loop."""
    return next(pg.sample(space, algorithm or Spy(), *args, **kwargs))


def loop(body, space=SPACE, algorithm=None, *args, **kwargs):
    return [
        body(example, feedback)
        for example, feedback in pg.sample(space, algorithm or Spy(), *args, **kwargs)
    ]


def show(measurement):
    if measurement is None:
        return None
    m = measurement
    return (m.step, m.reward, dict(m.metrics or {}), m.checkpoint_path)


def trial_of(trial):
    return (
        trial.id,
        trial.status,
        trial.infeasible,
        show(trial.final_measurement),
        [show(m) for m in trial.measurements],
        dict(trial.metadata),
    )


def result_of(name):
    r = pg.poll_result(name)
    best = r.best_trial
    return (
        r.is_active,
        dict(r.metadata),
        best and best.id,
        [(x.id, x.status, x.infeasible) for x in r.trials],
    )


def reward(example, feedback):
    feedback(float(example.x * example.y))
    return (example.x, example.y)


class Kept(t.Feedback):
    """The feedback of a service of somebody else."""

    def __init__(self, dna, number, metrics):
        super().__init__(metrics)
        self._dna, self._number = dna, number

    id = property(lambda self: self._number)
    dna = property(lambda self: self._dna)
    checkpoint_to_warm_start_from = property(lambda self: "somewhere")

    def get_trial(self):
        return t.Trial(id=self.id, dna=self.dna, created_time=0)

    def _add_measurement(self, reward, metrics, step, checkpoint_path, elapse_secs):
        log.append(
            (
                "measure",
                reward,
                dict(metrics),
                step,
                checkpoint_path,
                elapse_secs is not None,
            )
        )

    def done(self, metadata=None, related_links=None):
        log.append(("done", metadata, related_links))

    def skip(self, reason=None):
        log.append(("skip", reason and "given"))

    def should_stop_early(self):
        return True

    def end_loop(self):
        log.append("end")

    def set_metadata(self, key, value, per_trial=True):
        log.append((key, value, per_trial))

    def get_metadata(self, key, per_trial=True):
        return (key, per_trial)

    def add_link(self, name, url):
        log.append((name, url))


@t.add_backend("kept")
class KeptBackend(t.Backend):
    def __init__(
        self,
        name,
        group,
        dna_spec,
        algorithm,
        metrics_to_optimize,
        early_stopping_policy=None,
        num_examples=None,
        flavor="plain",
    ):
        log.append(
            (
                name,
                group,
                list(metrics_to_optimize),
                early_stopping_policy,
                num_examples,
                flavor,
            )
        )
        algorithm.setup(dna_spec)
        self._algorithm, self._metrics, self._count, self._limit = (
            algorithm,
            metrics_to_optimize,
            0,
            num_examples,
        )

    @classmethod
    def poll_result(cls, name, flavor="plain"):
        return (name, flavor)

    def next(self):
        if self._limit is not None and self._count >= self._limit:
            raise StopIteration()
        self._count += 1
        return Kept(self._algorithm.propose(), self._count, self._metrics)


# Snippets

# Loops.
loop(reward), called()
loop(reward, SPACE, None, 2), called()
loop(reward, SPACE, None, 0)
loop(reward, SPACE, None, num_examples=2, name="two"), result_of("two"), called()
loop(reward, SPACE, None, num_examples=5, name="two"), result_of("two"), called()
# Expected difference: assertions-and-internal-errors
loop(reward, pg.template(pg.Dict(x=pg.oneof([1, 2]), y=1)), None, 1), called()
loop(lambda x, f: f(1.0), pg.oneof([1, 2])), called()
loop(lambda x, f: (x.to_numbers(), f(1.0)), pg.dna_spec(SPACE), None, 2), called()
loop(reward, SPACE, pg.geno.Random(seed=1), 3) == loop(
    reward, SPACE, pg.geno.Random(seed=1), 3
)
(
    loop(
        lambda e, f: (str(e), f(1.0)),
        SPACE,
        None,
        2,
        where=lambda v: len(v.candidates) == 3,
    ),
    called(),
)
loop(reward, pg.Dict(x=1))
loop(reward, 1)
# Expected difference: assertions-and-internal-errors
loop(reward, SPACE, 1)
loop(reward, SPACE, None, "a")
start(SPACE, None, backend="nowhere")
pg.sample(SPACE)
start(SPACE, Spy(), metrics_to_optimize=["a", "b"])
# Expected difference: unknown-arguments-are-errors
called()
# Expected difference: unknown-arguments-are-errors
start(SPACE, None, num_trials=3, name="unknown"), result_of("unknown")
called() is None
call = pg.hyper.trace(lambda: pg.oneof([1, 2], name="a") + pg.oneof([10, 20], name="b"))
loop(lambda e, f: f(float(e())) or e(), call, None, 2), called()

# Rewards and metrics.
_, f = start()
called()
f(1), called(), trial_of(f.get_trial())
f(2.0)
f.done(), called()
_, f = start()
called()
f.add_measurement(1.0), f.status, called(), trial_of(f.get_trial())
(
    f.add_measurement(0.5, step=3, metrics={"a": 1.0}, checkpoint_path="here"),
    trial_of(f.get_trial()),
)
f.done({"k": 1}, {"home": "http://a"}), called(), trial_of(f.get_trial()), f.status
# Expected difference: trials-record-when-they-ended
f.get_trial().completed_time is not None, dict(f.get_trial().related_links)
f.add_measurement(1.0)
_, f = start()
called()
f.done()
f()
f("a")
f(None)
f([1.0, 2.0])
f([1.0]), called(), trial_of(f.get_trial())
_, f = start()
called()
f(1.0, {"a": "b"})
f(1.0, metrics={1: 1.0})
f(1.0, metrics=[1.0])
f(1.0, metadata=1)
# Expected difference: data-is-checked-before-the-algorithm-is-informed
called()
_, f = start()
called()
(
    f(1.0, {"a": 2.0}, "path", {"m": [1]}, {"l": "u"}, step=4),
    trial_of(f.get_trial()),
    called(),
)
_, f = start(metrics_to_optimize=["accuracy"])
called()
f(1.0)
f(metrics={"accuracy": 0.5}), called(), trial_of(f.get_trial())
_, f = start(SPACE, MultiSpy(), metrics_to_optimize=["accuracy", "reward"])
called()
f((0.5, 1.0)), called(), trial_of(f.get_trial())
_, f = start(SPACE, MultiSpy(), metrics_to_optimize=["accuracy", "latency"])
called()
f((0.5, 1.0, 2.0))
f((0.5, 1.0), metrics={"accuracy": 0.7})
f(metrics={"accuracy": 0.5})
f((0.5, 1.0), metrics={"accuracy": 0.5, "size": 3.0}), called(), trial_of(f.get_trial())
_, f = start(SPACE, MultiSpy(), metrics_to_optimize=["accuracy", "latency"])
called()
f(metrics={"accuracy": 0.5, "latency": 2.0}), called(), trial_of(f.get_trial())
_, f = start(SPACE, MultiSpy(), metrics_to_optimize=["accuracy", "reward"])
called()
(
    f(1.0, metrics={"accuracy": 0.5}),
    called(),
    f.get_trial().get_reward_for_feedback(["accuracy", "reward"]),
)
(
    f.get_trial().get_reward_for_feedback(),
    f.get_trial().get_reward_for_feedback(["accuracy"]),
    f.get_trial().get_reward_for_feedback(["x"]),
)

# Skipping and stopping.
_, f = start()
called()
f.skip(), called(), trial_of(f.get_trial()), f.get_trial().get_reward_for_feedback()
f.skip("again"), f.done(), trial_of(f.get_trial())
_, f = start()
called()
f.add_measurement(3.0), f.skip("bad"), trial_of(f.get_trial())
_, f = start()
called()
with f.skip_on_exceptions([ValueError]):
    raise ValueError("abc")

trial_of(f.get_trial())
_, f = start()
called()
with f.skip_on_exceptions([(ValueError, "ab.*")]):
    raise ValueError("abc")

f.get_trial().infeasible
_, f = start()
called()
with f.skip_on_exceptions([(ValueError, "x.*"), KeyError]):
    raise ValueError("abc")

f.get_trial().infeasible, f.status
with f.ignore_race_condition():
    f(1.0)

with f.ignore_race_condition():
    f(2.0)

with f.ignore_race_condition():
    raise ValueError("abc")

_, f = start(early_stopping_policy=Stops())
called()
(
    f.should_stop_early(),
    f.add_measurement(0.5),
    f.should_stop_early(),
    f.add_measurement(2.0),
    f.should_stop_early(),
)
_, f = start()
called()
f.add_measurement(9.0), f.should_stop_early()
(
    loop(lambda e, f: (f(1.0), f.end_loop()), SPACE, None, None, name="ended"),
    called(),
    result_of("ended"),
)
loop(reward, SPACE, None, name="ended"), called()

# Data.
_, f = start(name="data")
called()
f.id, f.dna, f.checkpoint_to_warm_start_from, f.status
(
    f.set_metadata("a", 1),
    f.set_metadata("b", [1], per_trial=False),
    f.get_metadata("a"),
    f.get_metadata("b", per_trial=False),
)
f.get_metadata("b"), f.get_metadata("a", per_trial=False), f.get_metadata("none")
f.set_metadata(1, 2)
f.add_link("home", "http://a"), trial_of(f.get_trial())
f.add_link("home", 1)
(
    f.set_metadata("a", 2),
    f(1.0, metadata={"a": 3, "c": 4}, related_links={"x": "y"}),
    trial_of(f.get_trial()),
)
f.set_metadata("late", 1), f.get_metadata("late"), result_of("data")

# Rewards that are not floats.
# Expected difference: rewards-in-text-are-refused
start()[1]("0.5")
start()[1](10**400)
# Expected difference: rewards-in-text-are-refused
start()[1](decimal.Decimal("1e999"))
start()[1]([[1.0]])
start()[1](1j)
called() is None
for value in (True, fractions.Fraction(1, 2), decimal.Decimal("0.25"), [3]):
    start()[1](value)

called()
_, f = start(metrics_to_optimize=["acc"])
f(1.0, {"acc": 2.0})
f.add_measurement(0.0, {"acc": 2.0})
f((2.0,), {"acc": 2.0}), trial_of(f.get_trial())
called() is None

# Rewards that the algorithm knows.
(
    loop(lambda e, f: f(9.0) or (e.x, f.id), SPACE, Knows(0.5), 5, name="known"),
    called(),
    [trial_of(x) for x in pg.poll_result("known").trials],
)
loop(lambda e, f: f(9.0) or (e.x, f.id), SPACE, Knows(None), 3), called()
loop(lambda e, f: f(9.0) or (e.x, f.id), SPACE, Knows((0.5,)), 3), called()
loop(lambda e, f: f(9.0) or (e.x, f.id), SPACE, Knows((0.5, 1.0)), 3, name="bad")
called(), result_of("bad")
# Expected difference: rewards-in-text-are-refused
loop(lambda e, f: f(9.0) or (e.x, f.id), SPACE, Knows("1"), 3)
called() is None
both = {"metrics_to_optimize": ["a", "reward"]}
loop(lambda e, f: f((1.0, 2.0)), SPACE, KnowsMulti((3.0, 4.0)), 4, **both), called()
loop(lambda e, f: f((1.0, 2.0)), SPACE, KnowsMulti((3.0, 4.0, 5.0)), 4, **both)
loop(lambda e, f: f((1.0, 2.0)), SPACE, KnowsMulti(3.0), 4, **both)
called() is None
loop(
    lambda e, f: f(metrics={"a": 1.0}),
    SPACE,
    Knows((0.5,)),
    4,
    metrics_to_optimize=["a"],
)
called()
# Expected difference: known-rewards-of-one-metric
loop(
    lambda e, f: f(metrics={"a": 1.0}),
    SPACE,
    Knows(0.5),
    4,
    metrics_to_optimize=["a"],
)
called() is None
loop(lambda e, f: f(1.0), SPACE, Knows(0.5), 4, backend="kept"), called()
one, two = (pg.sample(SPACE, Knows(0.5), 6, name="k2", group="g") for _ in range(2))
(_, f), (_, g) = next(one), next(two)
f.id, g.id, f(1.0), next(one)[1].id, next(two)[1].id
loop(
    lambda e, f: f(float(e.x)) or str(e),
    SPACE,
    pg.geno.Deduping(Flips(), auto_reward_fn=lambda r: sum(r), max_proposal_attempts=3),
    6,
    name="deduped",
)
[trial_of(x)[:4] for x in pg.poll_result("deduped").trials]
called() is None

# What goes wrong.
start(SPACE, None, name="mixed")[1].id
# Expected difference: a-study-has-one-space
next(pg.sample(pg.oneof([1, 2]), Spy(), name="mixed", group=1))[1].id
# Expected difference: trials-without-a-report
[f.id for _, (_, f) in zip(range(9), pg.sample(SPACE, Spy(), name="forgets"))]
[f.id for _, (_, f) in zip(range(9), pg.sample(SPACE, Spy(), name="gs", group=1))]
# Expected difference: completed-studies
t.list_studies()[:1], t.delete("mixed")
# Expected difference: trials-that-are-stopped-early
start()[1].prune
# Expected difference: the-best-trial-has-a-reward
(
    loop(
        lambda e, f: f((1.0, 2.0)),
        SPACE,
        MultiSpy(),
        metrics_to_optimize=["a", "b"],
        name="mo",
    ),
    result_of("mo")[2],
)
called() is None

# Results.
loop(reward, SPACE, None, name="results"), called()[-1]
r = pg.poll_result("results")
(
    r.is_active,
    r.best_trial.id,
    r.best_trial.final_measurement.reward,
    len(r.trials),
    r.metadata,
    r.last_updated.tzinfo is not None,
)
repr(r)
str(r)
[trial_of(x)[:4] for x in r.trials], r.trials[0] is r.trials[0]
pg.poll_result("missing")
pg.poll_result("results", backend="nowhere")
(
    loop(
        lambda e, f: f.skip() if e.x < 3 else f(-float(e.y)), SPACE, None, name="skips"
    ),
    pg.poll_result("skips"),
)
result_of("skips")
# Expected difference: the-best-trial-has-a-reward
(
    loop(lambda e, f: f(float("nan") if e.x == 1 else 1.0), SPACE, None, name="nan"),
    result_of("nan"),
)
_ = start(name="pending")
pg.poll_result("pending"), pg.poll_result("pending").best_trial
isinstance(r, t.Result), r.format(compact=True), r.trials[0].dna

# Trials and measurements.
(
    t.Measurement(1, 2.0, 0.5),
    t.Measurement(step=1, elapse_secs=2.0, metrics={"a": 1.0}),
    t.Measurement(1, 2),
)
t.Measurement(1)
t.Measurement("a", 2.0)
t.Measurement(1, 2.0, metrics={"a": "b"})
# Expected difference: short-texts
t.Trial(id=1, dna=pg.DNA(1), created_time=0)
t.Trial(id=1)
t.Trial(id=1, dna=pg.DNA(1), created_time=0, status="LOST")
m = t.Measurement(1, 2.0, 0.5, {"a": 1.0}, "p")
m.to_json_str(), pg.from_json_str(m.to_json_str()) == m, m == m.clone()
x = t.Trial(
    id=1,
    dna=pg.DNA(1),
    created_time=5,
    measurements=[m],
    final_measurement=m,
    status="COMPLETED",
)
x.to_json_str(), pg.from_json_str(x.to_json_str()) == x
(
    x.get_reward_for_feedback(),
    x.get_reward_for_feedback(["a"]),
    x.get_reward_for_feedback(["reward", "a"]),
)
x.get_reward_for_feedback(["b"])
# Expected difference: assertions-and-internal-errors
x.get_reward_for_feedback([])
t.Trial(id=1, dna=pg.DNA(1), created_time=0).get_reward_for_feedback()
x.metadata, x.related_links, x.infeasible, x.description, x.completed_time

# Workers and groups.
one, two = pg.sample(SPACE, Spy(), name="w1"), pg.sample(SPACE, Spy(), name="w1")
called()
(_, f), (_, g) = next(one), next(two)
f.id, g.id, f.dna == g.dna, called()
f(1.0), next(one)[1].id
one, two = (pg.sample(SPACE, Spy(), name="w2", group=i) for i in range(2))
(_, f), (_, g) = next(one), next(two)
f.id, g.id
f(1.0), next(one)[1].id, next(two)[1].id
one, two = (pg.sample(SPACE, Spy(), name="w3", group="same") for i in range(2))
(_, f), (_, g) = next(one), next(two)
f.id, g.id, f.dna == g.dna
f(1.0), g.status, trial_of(g.get_trial())
g.add_measurement(2.0)
g.done(), g.skip(), trial_of(g.get_trial())
next(two)[1].id, next(one)[1].id
ids = []
threads = [
    threading.Thread(
        target=lambda: ids.extend(
            loop(lambda e, f: f(float(f.id)) or f.id, SPACE, shared, name="w4")
        )
    )
    for _ in range(3)
]
shared = pg.geno.Sweeping()
[x.start() for x in threads], [x.join() for x in threads], sorted(ids)
result_of("w4")

# Algorithms that were set up before.
a = Spy()
loop(reward, SPACE, a, 2), loop(reward, SPACE, a, 2, name="other"), called()
loop(reward, pg.oneof([1, 2, 3, 4]), a)

# Nested loops.
outer = []
for e, f in pg.sample(SPACE, Spy(), where=lambda v: len(v.candidates) == 2):
    best = max(loop(lambda i, g: (g(float(i.x)), i.x * i.y)[1], e))
    outer.append((str(e.y), best))
    f(float(best))

outer, called()[:6]

# Backends.
sorted(t.available_backends()), t.default_backend()
(
    loop(
        lambda e, f: (str(e), f.id),
        SPACE,
        None,
        num_examples=2,
        backend="kept",
        name="n",
        group=3,
        flavor="sweet",
    ),
    called(),
)
(
    loop(
        lambda e, f: f(1.0, {"a": 2.0}, "path", {"m": 1}, {"l": "u"}, step=4),
        SPACE,
        None,
        num_examples=1,
        backend="kept",
    ),
    called(),
)
(
    loop(
        lambda e, f: (
            f(1),
            f.skip("x"),
            f.end_loop(),
            f.set_metadata("a", 1),
            f.get_metadata("a"),
            f.add_link("n", "u"),
            f.should_stop_early(),
            f.checkpoint_to_warm_start_from,
        ),
        SPACE,
        None,
        num_examples=1,
        backend="kept",
    ),
    called(),
)
(
    loop(
        lambda e, f: f((1.0, 2.0)),
        SPACE,
        MultiSpy(),
        num_examples=1,
        backend="kept",
        metrics_to_optimize=["a", "b"],
    ),
    called(),
)
pg.poll_result("n", backend="kept"), pg.poll_result("n", backend="kept", flavor="sour")
loop(reward, SPACE, None, num_examples=1, backend="kept", color="red")
t.set_default_backend("kept"), t.default_backend(), pg.poll_result("n")
t.set_default_backend("nowhere")
t.set_default_backend("in-memory"), t.default_backend()
t.add_backend("bad")(int)
t.Backend()
t.Feedback(["reward"])
t.Result()
t.EarlyStoppingPolicy()
issubclass(t.RaceConditionError, RuntimeError)
