"""Early stopping: at the steps of a plan, by value, by rank, and combined."""

import pyglove as pg

es = pg.early_stopping
log: list = []


def called():
    """What has been called since the last time."""
    result = list(log)
    log.clear()
    return result


def trial(number, *measurements, **kwargs):
    return pg.tuning.Trial(
        id=number,
        dna=pg.DNA(0),
        created_time=0,
        measurements=[
            pg.tuning.Measurement(s, 0.0, r, *m) for s, r, *m in measurements
        ],
        **kwargs,
    )


class Says(es.EarlyStopingPolicyBase):
    name: str
    stop: bool

    def should_stop_early(self, trial):
        log.append(self.name)
        return self.stop

    def recover(self, history):
        log.append((self.name, [trial.id for trial in history]))


class Plain(pg.tuning.EarlyStoppingPolicy):
    def should_stop_early(self, trial):
        return True


def gate(name, threshold=0.5):
    def predicate(measurement, others):
        log.append(
            (
                name,
                measurement.step,
                measurement.reward,
                [(o.step, o.reward) for o in others],
            )
        )
        return measurement.reward < threshold

    return predicate


def step_wise(*steps):
    return es.StepWise([(step, gate(f"at {step}")) for step in steps])


def stopped(policy, values, step=1, metric=None):
    return [
        policy.should_stop_early(
            trial(
                i + 1, (step, value if metric is None else 0.0, {metric or "m": value})
            )
        )
        for i, value in enumerate(values)
    ]


def loop(policy, **kwargs):
    answers = []
    for x, feedback in pg.sample(
        pg.oneof([3, 1, 2, 5, 4]),
        pg.geno.Sweeping(),
        early_stopping_policy=policy,
        **kwargs,
    ):
        answers.append(feedback.should_stop_early())
        for step in range(1, 4):
            feedback.add_measurement(
                float(x * step), step=step, metrics={"loss": 1.0 / x}
            )
            answers.append((x, step, feedback.should_stop_early()))
        feedback.skip() if answers[-1][-1] else feedback.done()
    return answers


VALUES = [1.0, 2.0, 3.0, 2.0, 0.0, 2.5, 9.0, 9.0, 3.0, 2.0, -1.0]
T = trial(1, (1, 0.5))
yes, no = Says("yes", True), Says("no", False)

# Snippets

# Combinations.
yes & no
yes | no
~yes
-yes
yes & no & yes
(yes | no) & ~no
(yes & no).should_stop_early(T), called()
(no & yes).should_stop_early(T), called()
(yes | no).should_stop_early(T), called()
(no | yes).should_stop_early(T), called()
(~yes).should_stop_early(T), (-no).should_stop_early(T), called()
es.And().should_stop_early(T), es.Or().should_stop_early(T)
# Expected difference: assertions-and-internal-errors
es.Not().should_stop_early(T)
# Expected difference: assertions-and-internal-errors
es.Not(yes, no).should_stop_early(T)
yes & 1
1 & yes
yes & Plain()
Plain() & yes
es.EarlyStopingPolicyBase()
es.And([yes, no])
print(yes & no)
(yes & no).to_json_str()
pg.from_json_str((yes & ~no).to_json_str()) == (yes & ~no)
(yes & no) == (yes & no), (yes & no) == (no & yes)
(yes & ~no).recover([trial(1), trial(2)]), called()
both = yes & no
both.setup(pg.dna_spec(pg.oneof([1, 2])))
both.dna_spec is not None
# Expected difference: policies-are-set-up-with-their-study
both.children[0].dna_spec is not None
es.And.__schema__.get_field("children").value
pg.from_json(
    {"_type": "pyglove.ext.early_stopping.base.Not", "children": [yes.to_json()]}
)

# Steps of a plan.
s = step_wise(1, 5)
s.should_stop_early(trial(1)), called()
s.should_stop_early(trial(1, (0, 0.1))), called()
s.should_stop_early(trial(1, (1, 0.1))), called()
s.should_stop_early(trial(1, (1, 0.9))), called()
s.should_stop_early(trial(2, (1, 0.8))), called()
s.should_stop_early(trial(2, (1, 0.8), (3, 0.4))), called()
s.should_stop_early(trial(3, (3, 0.4))), called()
s.should_stop_early(trial(3, (3, 0.4), (7, 0.9))), called()
s.should_stop_early(trial(3, (3, 0.4), (8, 0.1))), called()
s.should_stop_early(trial(4, (8, 0.1))), called()
s.should_stop_early(trial(2, (1, 0.8), (3, 0.4), (5, 0.8))), called()
s.should_stop_early(trial(2, (5, 0.8), (3, 0.4))), called()
s.should_stop_early(trial(9, (9, 0.8), (0, 0.4))), called()
c = s.clone()
c.should_stop_early(trial(1, (1, 0.7))), called()
s.rebind(plan=[(2, gate("new"))])
s.should_stop_early(trial(1, (2, 0.7))), called()
[step for step, _ in step_wise(5, 1, 3).plan]
same = step_wise(1, 1)
same.should_stop_early(trial(1, (1, 0.1))), called()
es.StepWise([])
es.StepWise([(-1, gate("x"))])
es.StepWise([(1.5, gate("x"))])
es.StepWise([(1, 2)])
es.StepWise([(1, lambda measurement: True)])
es.StepWise(((1, gate("x")),))
[
    es.StepWise([(1, lambda m, others: said)]).should_stop_early(T)
    for said in (5, 0, None, "a")
]
es.StepWise.__schema__.get_field("plan").value

# What went before.
r = step_wise(1, 5, 10)
r.recover([trial(1, (1, 0.1)), trial(2, (2, 0.6), (3, 0.1), (6, 0.7))]), called()
[r.should_stop_early(trial(100, (step, 0.6))) for step in (1, 5, 10)], called()
(
    r.should_stop_early(trial(1, (1, 0.9))),
    r.should_stop_early(trial(2, (6, 0.1))),
    called(),
)
(
    r.recover(
        [
            trial(3, (1, 0.1), status="COMPLETED"),
            trial(4, (1, 0.9), infeasible=True, status="COMPLETED"),
        ]
    ),
    called(),
)
(
    r.should_stop_early(trial(3, (1, 0.1))),
    r.should_stop_early(trial(4, (1, 0.9))),
    called(),
)
late = step_wise(1, 5)
# Expected difference: policies-are-set-up-with-their-study
late.recover([trial(1, (0, 0.1), (6, 0.6))]), called()

# By value.
v = es.early_stop_by_value([(1, 0.5), (3, 0.8)])
v
type(v()).__name__, [step for step, _ in v().plan]
(
    stopped(v(), [0.4, 0.5, 0.6]),
    stopped(v(), [0.7, 0.8, 0.9], step=3),
    stopped(v(), [0.0], step=0),
)
stopped(es.early_stop_by_value([(1, 0.5)], maximize=False)(), [0.4, 0.5, 0.6])
stopped(es.early_stop_by_value([(1, 0.5)], "acc")(), [0.4, 0.5, 0.6], metric="acc")
stopped(
    es.early_stop_by_value([(1, 1.0)], metric=lambda m: m.reward * 2)(), [0.4, 0.5, 0.6]
)
stopped(es.early_stop_by_value([(1, 0.5)])(), [float("nan")])
stopped(es.early_stop_by_value([(1, 1)])(), [0.5, 1.0])
stopped(es.early_stop_by_value([(3, 0.2), (1, 0.8)])(), [0.5], step=2)
stopped(es.early_stop_by_value([(1, 0.5)], "loss")(), [0.4], metric="acc")
es.early_stop_by_value([(1, 0.5)])().should_stop_early(trial(1, (1, None)))
# Expected difference: assertions-and-internal-errors
es.early_stop_by_value([(1, 0.5)], "acc")().should_stop_early(trial(1, (1, 0.5)))
es.early_stop_by_value()()
es.early_stop_by_value([])()
es.early_stop_by_value([(1,)])()
es.early_stop_by_value([(1, "a")])()
es.early_stop_by_value([("1", 0.5)])()
es.early_stop_by_value([[1, 0.5]])()
es.early_stop_by_value([(-1, 0.5)])()
# Expected difference: assertions-and-internal-errors
es.early_stop_by_value(3)()
# Expected difference: assertions-and-internal-errors
es.early_stop_by_value([(1, 0.5)], metric=3)().should_stop_early(T)
v.to_json_str()
pg.from_json_str(v.to_json_str()) == v
v() == v()
# Expected difference: policies-can-be-saved-and-compared
es.early_stop_by_value([(1, 0.5)])() == es.early_stop_by_value([(1, 0.6)])()
# Expected difference: policies-can-be-saved-and-compared
pg.from_json_str(v().to_json_str(), trusted=True) == v()
v.step_values, v.metric, v.maximize
es.early_stop_by_value.__schema__.get_field("metric").value.default

# By rank.
[
    stopped(es.early_stop_by_rank([(1, rank, 0)])(), VALUES)
    for rank in (1, 2, 5, 0, -1, -2)
]
[
    stopped(es.early_stop_by_rank([(1, rank, 0)])(), VALUES)
    for rank in (0.0, 0.1, 0.25, 0.5, 0.8, 1.0)
]
[
    stopped(es.early_stop_by_rank([(1, rank, 3)], maximize=False)(), VALUES)
    for rank in (1, 2, 5, 0.0, 0.5, 1.0)
]
[
    stopped(es.early_stop_by_rank([(1, 0.5, n)], "acc")(), VALUES, metric="acc")
    for n in (0, 1, 2, 5, 20)
]
stopped(es.early_stop_by_rank([(1, 2, 0)], metric=lambda m: -m.reward)(), VALUES)
es.early_stop_by_rank([(1, 1.5, 0)])()
es.early_stop_by_rank([(1, 0.5)])()
es.early_stop_by_rank([(1, "a", 0)])()
es.early_stop_by_rank([(1, 0.5, 0.5)])()
es.early_stop_by_rank([])()
es.early_stop_by_rank([(1, 0.5, 0)])([(1, 0.4, 0)])
es.early_stop_by_rank([(1, 0.5, 0)], "acc", False).to_json_str()

# In loops.
loop(es.early_stop_by_value([(2, 3.0)])())
loop(es.early_stop_by_rank([(1, 1, 1), (3, 2, 2)])())
loop(
    es.early_stop_by_value([(1, 0.6)], "loss", maximize=False)()
    & ~es.early_stop_by_rank([(2, 2, 2)])(),
    num_examples=4,
)
loop(None)
# Expected difference: policies-are-set-up-with-their-study
loop(v)
# Expected difference: policies-are-set-up-with-their-study
loop(3)
shared = es.early_stop_by_value([(1, 2.5)])()
loop(shared, num_examples=2)
loop(shared)
# Expected difference: policies-are-set-up-with-their-study
[loop(Says("x", False), name="one", num_examples=1) for _ in range(2)], called()
together = es.early_stop_by_value([(1, 2.5)])()
# Expected difference: policies-are-set-up-with-their-study
[loop(together, name="two", num_examples=n) for n in (2, 2)]
