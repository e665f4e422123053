"""Evolution: the algebra of operations, operators, global state, algorithms."""

import pyglove as pg

ev = pg.evolution
sel, mut, rec, where = ev.selectors, ev.mutators, ev.recombinators, ev.where
log: list = []


def called():
    """What has been called since the last time."""
    result = list(log)
    log.clear()
    return result


class Item:
    """An element that is compared by identity."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


A, B, C, D = map(Item, "ABCD")
ABCD = [A, B, C, D]


class Reverse(ev.Operation):
    def call(self, inputs):
        return inputs[::-1]


class Context(ev.Operation):
    def call(self, inputs, global_state, step):
        log.append((dict(global_state), step))
        return inputs


class Second(ev.Selector):
    def select(self, inputs):
        return inputs[1:2]


class Reset(ev.Mutator):
    def mutate(self, dna):
        return dna.spec.first_dna()


class Twice(ev.Mutator):
    def mutate(self, dna, global_state, step):
        log.append((dict(global_state), step))
        return [dna, dna]


class FirstParent(ev.Recombinator):
    NUM_PARENTS = 2

    def recombine(self, parents, global_state, step):
        log.append(step)
        return parents[:1]


class Greatest(rec.PointWise):
    def merge(self, decision_point, parent_decisions, global_state, step):
        log.append((str(decision_point.id), parent_decisions))
        decisions = [d for d in parent_decisions if d is not None]
        return max(decisions)


class Mirror(rec.Permutation):
    def permutate(self, multi_choice_spec, parents):
        log.append((str(multi_choice_spec.id), parents))
        return [p[::-1] for p in parents]


class Halves(rec.SegmentWise):
    def cutting_indices(self, independent_decision_points, global_state, step):
        log.append([str(p.id) for p in independent_decision_points])
        return [len(independent_decision_points) // 2]


class Next(ev.Mutator):
    """Counts a flat DNA up."""

    def mutate(self, dna):
        return dna.next_dna() or dna.spec.first_dna()


SPACE = pg.Dict(x=pg.oneof([1, 2, 3]), y=pg.oneof([4, 5, 6]), z=pg.floatv(0.0, 1.0))
SPEC = pg.dna_spec(SPACE)
FLAT = pg.dna_spec(pg.Dict(x=pg.oneof(range(9)), y=pg.oneof(range(9))))
NESTED = pg.dna_spec(
    pg.Dict(
        x=pg.oneof([pg.Dict(u=pg.oneof([1, 2]), v=pg.floatv(0.0, 1.0)), 7]),
        y=pg.manyof(2, [1, 2, 3]),
    )
)
ORDERS = pg.dna_spec(pg.Dict(p=pg.permutate([1, 2, 3, 4]), c=pg.oneof([1, 2])))


def dna(value, spec=SPEC):
    return pg.DNA.parse(value, spec=spec)


def fit(values, spec=FLAT):
    """DNA of some fitness."""
    return [
        ev.set_fitness(pg.DNA([i, i], spec=spec), value)
        for i, value in enumerate(values)
    ]


def children_of(operation, parents):
    """The children, of which some come in no particular order."""
    return sorted(operation(parents), key=str)


def fitness(population):
    return [
        (x.value or [c.value for c in x.children], ev.get_fitness(x))
        for x in population
    ]


def run(algorithm, reward, count, space=FLAT, **kwargs):
    found = []
    for x, feedback in pg.sample(space, algorithm, count, **kwargs):
        found.append(x.to_numbers())
        feedback(reward(x))
    return found


def history(algorithm):
    return [
        (
            x.to_numbers(),
            ev.get_generation_id(x),
            ev.get_feedback_sequence_number(x),
            ev.is_initial_population(x),
        )
        for x in algorithm.population
    ]


def plain(**kwargs):
    return ev.Evolution(sel.Top(1) >> Next(), (pg.geno.Sweeping(), 3), **kwargs)


def total(x):
    return float(sum(x.to_numbers()))


FIT = fit([1.0, 3.0, 2.0, 3.0, 0.0])

# Snippets

# Selectors.
[
    op(ABCD)
    for op in (
        sel.First(2),
        sel.Last(2),
        sel.First(),
        sel.Last(0),
        sel.First(9),
        sel.First(0.5),
        sel.Last(0.3),
    )
]
[sel.First(n)(ABCD) for n in (0, 0.0, 1.0, 0.01, 0.5, 0.51)]
[sel.compute_num_output(n, 10, 2) for n in (None, 3, 0.25, 0.0, 1.0, 0.01)]
sel.compute_num_output(lambda step: step * 2, 10, 2)
sel.First(lambda step: step)(ABCD, step=2), sel.First(pg.scalars.STEP)(ABCD, step=3)
sel.First(-1)
sel.First(1.5)
sel.First("a")
[op(FIT) for op in (sel.Top(1), sel.Top(2), sel.Bottom(2), sel.Top(), sel.Top(0.4))]
[
    op([3, 1, 2])
    for op in (sel.Top(2), sel.Bottom(2), sel.Top(1), sel.Top(9), sel.Bottom(0))
]
sel.Top(2, key=lambda x: -x)([3, 1, 2]), sel.Bottom(1, key=lambda x: x % 3)([3, 1, 2])
# Expected difference: assertions-and-internal-errors
(
    sel.Top(1, cluster=True)(FIT),
    sel.Top(2, cluster=True)(FIT),
    sel.Bottom(1, cluster=True)([1, 0, 0, 2]),
)
sel.Top(1)([pg.DNA(1)])
sel.Top(1)([])
(
    len(sel.Random(2, seed=1)(ABCD)),
    len(sel.Random(9, seed=1)(ABCD)),
    len(sel.Random(9, replacement=True, seed=1)(ABCD)),
)
sel.Random(1, seed=1)([]), sel.Random()([A])
(
    sel.Sample(3, lambda xs: [0.0, 1.0], seed=1)([A, B]),
    sel.Sample(2, lambda xs: [1.0])([A]),
)
# Expected difference: assertions-and-internal-errors
sel.Sample(3, lambda xs: [])([])
[sel.Proportional(n, lambda xs: [3.0, 1.0])([A, B]) for n in (4, 2, 1, 0, 8)]
(
    sel.Proportional(3, lambda xs: [1.0, 1.0, 1.0])([A, B, C]),
    sel.Proportional(2, lambda xs: [1.0, 0.0])([A, B]),
)
# Expected difference: weights-are-checked
sel.Proportional(2, weights=lambda xs: [1.0])([A, B])
Second()(ABCD), Second()([])
sel.Random(1.5)
sel.First(2), sel.Top(3), sel.Random(2, seed=1), sel.Bottom(0.5, cluster=True)
(
    sel.First(2) == sel.First(2),
    sel.First(2).to_json_str(),
    pg.from_json_str(sel.Top(2).to_json_str())([1, 3, 2]),
)

# The algebra.
r = Reverse()
(r >> sel.First(2))(ABCD), (r >> sel.First(2) >> r)(ABCD), (r >> None)(ABCD) == r(ABCD)
(
    (sel.First(1) + sel.Last(1))(ABCD),
    (sel.First(2) + sel.First(2))(ABCD),
    (sel.First(3) | sel.Last(3))(ABCD),
)
(
    (sel.First(3) & sel.Last(3))(ABCD),
    (sel.First(3) - sel.Last(2))(ABCD),
    (sel.First(3) ^ sel.Last(3))(ABCD),
)
(
    (~sel.First(1))(ABCD),
    (-sel.First(1))(ABCD),
    (sel.First(2) * 2)(ABCD),
    ((~sel.First(1)) ** 2)(ABCD),
)
(r * 0)(ABCD), (r**0)(ABCD), (r**1)(ABCD), (r**2)(ABCD)
r[0](ABCD), r[-1](ABCD), r[1:3](ABCD), r[::2](ABCD), r[:0](ABCD)
r[9](ABCD)
(
    (sel.First(3) & sel.Last(3) & sel.First(2))(ABCD),
    (sel.First(1) | sel.First(2) | sel.Last(1))(ABCD),
)
(
    (sel.First(3) ^ sel.Last(3) ^ sel.First(1))(ABCD),
    (r - sel.First(1) - sel.Last(1))(ABCD),
)
(
    (sel.First(2) * (lambda step: step))(ABCD, step=3),
    (r**pg.scalars.STEP)(ABCD, step=3),
    r[pg.scalars.STEP % 2](ABCD, step=3),
)
(
    ((lambda xs: xs[:2]) >> r)(ABCD),
    (r >> (lambda xs: xs[:2]))(ABCD),
    ((lambda xs: xs[:1]) + r)(ABCD),
)
(
    (r + sel.First(1))([A, A]),
    (sel.First(1) | r)([A, A]),
    (sel.First(1) ^ r)([A, A]),
    (~sel.First(1))([A, A]),
)
r >> 1
r + 1
r * "a"
r * 1.5
r**-1
r["a"]
(
    r & None,
    r + None,
    r | None,
    r - None,
    r ^ None,
    None & r,
    None + r,
    None - r,
    None >> r,
)
r >> sel.First(2)
r + sel.First(1) * 2
~r, r**2, r[0], r[1:2], (r - r) ^ (r & r | r)
(
    r.with_prob(0.0, seed=1)(ABCD),
    r.with_prob(1.0, seed=1)(ABCD),
    r.with_prob(lambda step: step, seed=1)(ABCD, step=1),
)
r.with_prob(1.5)
r.with_prob(0.5, seed=1)
sum(r.with_prob(0.5)([1, 2]) == [2, 1] for _ in range(400)) in range(120, 280)
(
    ev.Choice([(r, 1.0), (sel.First(1), 1.0)])(ABCD),
    ev.Choice([(r, 1.0), (sel.First(1), 1.0)], limit=1)(ABCD),
)
(
    ev.Choice([(r, 0.0), (sel.First(1), 1.0)], limit=1)(ABCD),
    ev.Choice([(r, 1.0)], limit=0)(ABCD),
)
r.if_true(lambda xs: len(xs) > 2)(ABCD), r.if_true(lambda xs: len(xs) > 2)([A, B])
r.if_false(lambda xs: len(xs) > 2)(ABCD), r.if_false(lambda xs: len(xs) > 2)([A, B])
(
    ev.Conditional(lambda xs: True, sel.First(1), r)(ABCD),
    ev.Conditional(lambda xs, step: step > 1, sel.First(1), r)(ABCD, step=1),
)
(
    (lambda xs: [xs[:2], xs[2:]])(ABCD),
    (ev.Lambda(lambda xs: [xs[:2], xs[2:]])).for_each(r)(ABCD),
)
(
    ev.Lambda(lambda xs: [xs[:2], xs[2:]]).for_each(r).flatten()(ABCD),
    ev.Lambda(lambda xs: [[xs]]).flatten(1)(ABCD),
)
(
    ev.Flatten()([[1, [2]], 3, [[[4]]]]),
    ev.Flatten(1)([[1, [2]], 3, [[[4]]]]),
    ev.Flatten()([]),
)
ev.Flatten(0)
(
    ev.ElementWise(sel.First(1))([[1, 2], [3]]),
    ev.Identity()(ABCD),
    ev.Lambda(lambda xs: xs[1:])(ABCD),
)
ev.Pipeline([r])
ev.Union([])
(
    ev.Pipeline([r, sel.First(1)])(ABCD),
    ev.Concatenation([r, r])([A]),
    ev.Repeat(r, 2)([A]),
    ev.Power(r, 2)([A, B]),
)
(
    ev.Slice(r, 0)(ABCD),
    ev.Inversion(sel.First(3))(ABCD),
    ev.Difference([r, sel.First(1)])(ABCD),
)
(
    (Reverse() >> sel.First(1)) == (Reverse() >> sel.First(1)),
    (r >> sel.First(1)).to_json_str(),
)

# The context.
Context()(ABCD), called()
Context()(ABCD, global_state=pg.geno.AttributeDict(a=1), step=3), called()
(Context() >> r >> Context())([A], step=2), called()
ev.Lambda(lambda xs, global_state: [global_state.a])(
    [1], global_state=pg.geno.AttributeDict(a=5)
)
ev.Lambda(lambda xs, **kwargs: sorted(kwargs))([1])
state = pg.geno.AttributeDict()
r.as_global_state("x")(ABCD, global_state=state), dict(state)
r.set_global_state("y", 5)([A, B], global_state=state), dict(state)
r.global_state("x")([A], global_state=state)
(
    ev.GlobalStateGetter("x")([A], global_state=state),
    ev.GlobalStateSetter("z", 7)([A], global_state=state),
    state.z,
)
ev.GlobalStateSetter("w")([A], global_state=state), state.w
ev.GlobalStateGetter("missing")([A], global_state=state)
(
    ev.GlobalStateGetter("missing", default=[])([A], global_state=state),
    ev.GlobalStateGetter("x", default=[1])([A]),
)
ev.Operation()
ev.Selector()
r(ABCD, "state")

# Mutators and recombinators.
Reset()([dna([2, 1, 0.5])]), Twice()([dna([2, 1, 0.5])], step=4), called()
Reset()([1])
Reset()(5)
Reset()([])
ev.Mutator()([dna([0, 0, 0.0])])
FirstParent()([dna([0, 0, 0.0]), dna([1, 1, 1.0])], step=3), called()
FirstParent()([dna([0, 0, 0.0])])
# Expected difference: assertions-and-internal-errors
mut.Uniform(seed=1)([pg.DNA(0)])
mut.Uniform(where=lambda d: False)([dna([0, 0, 0.0])])
[d.is_subchoice for d in []] == []
(
    len(mut.Uniform(seed=1)([dna([0, 0, 0.0])] * 3)),
    mut.Uniform(where=lambda d: d.spec is not None and d.spec.is_numerical, seed=1)(
        [dna([1, 2, 0.5])]
    )[0].to_numbers()[:2],
)
mut.Swap(seed=1)([dna([0, 1, 0.5])])
sorted(
    mut.Swap(seed=1)([pg.DNA.parse([[0, 1, 2, 3], 0], spec=ORDERS)])[0].to_numbers()[:4]
)
mut.Uniform(), mut.Swap(seed=3)
children_of(Greatest(), [dna([0, 2, 0.5]), dna([1, 0, 0.25])]), called()
(
    children_of(
        Greatest(where=lambda points: points[:1]), [dna([0, 2, 0.5]), dna([1, 0, 0.25])]
    ),
    called(),
)
(
    children_of(
        Greatest(),
        [
            pg.DNA.parse([(0, [1, 0.5]), [0, 1]], spec=NESTED),
            pg.DNA.parse([1, [0, 2]], spec=NESTED),
        ],
    ),
    called(),
)
children_of(rec.Average(), [dna([0, 2, 0.5]), dna([1, 0, 0.25])])
children_of(
    rec.WeightedAverage(lambda parents: [3.0, 1.0]),
    [dna([0, 2, 0.5]), dna([1, 0, 0.1])],
)
(
    children_of(rec.Average(), [dna([0, 2, 0.5])]),
    children_of(rec.Uniform(seed=1), [dna([0, 2, 0.5])]),
    children_of(rec.Average(), []),
)
children_of(rec.Uniform(seed=1), [dna([0, 2, 0.5]), dna([0, 2, 0.5])])
children_of(
    rec.Sample(lambda parents: [1.0, 0.0], seed=1),
    [dna([0, 2, 0.5]), dna([1, 0, 0.25])],
)
children_of(
    rec.Uniform(where=lambda points: [], seed=1), [dna([0, 2, 0.5]), dna([1, 0, 0.25])]
)
children_of(Halves(), [dna([0, 2, 0.5]), dna([1, 0, 0.25])]), called()
children_of(rec.Segmented(lambda points: [1, 2]), [dna([0, 2, 0.5]), dna([1, 0, 0.25])])
children_of(rec.Segmented(lambda points: []), [dna([0, 2, 0.5]), dna([1, 0, 0.25])])
children_of(rec.KPoint(0, seed=1), [dna([0, 2, 0.5]), dna([1, 0, 0.25])])
children_of(rec.KPoint(9, seed=1), [dna([0, 2, 0.5]), dna([1, 0, 0.25])])
children_of(rec.KPoint(1), [dna([0, 2, 0.5])])
rec.KPoint(-1)
(
    children_of(
        Mirror(where=where.ALL),
        [
            pg.DNA.parse([[0, 1, 2, 3], 0], spec=ORDERS),
            pg.DNA.parse([[1, 0, 3, 2], 1], spec=ORDERS),
        ],
    ),
    called(),
)
children_of(Mirror(where=where.ALL), [dna([0, 2, 0.5]), dna([1, 0, 0.25])]), called()
children_of(rec.Cycle(seed=1), [pg.DNA.parse([[0, 1, 2, 3], 0], spec=ORDERS)])
children_of(rec.Order(), [dna([0, 2, 0.5]), dna([1, 0, 0.25])])
rec.Order(), rec.KPoint(2), rec.Uniform(), rec.Average()
rec.PointWise()
# Expected difference: assertions-and-internal-errors
children_of(rec.Average(), [pg.DNA(0), pg.DNA(1)])

# Filters.
points = list(FLAT.decision_points)
(
    where.ALL(points) == points,
    where.All()(points) == points,
    len(where.ANY(points)),
    len(where.Any(5)(points)),
    where.Any(0)(points),
)
(
    where.Lambda(lambda ps: ps[:1])(points) == points[:1],
    where.Lambda(lambda ps, step: ps[:step])(points, step=0),
)
where.Any(-1)
where.Any(k=lambda step: step)(points, step=1) != []
where.DecisionPointFilter()
where.where_spec().apply(lambda ps: ps)(points) == points
rec.Uniform(where=3)
where.ALL, where.ANY, where.Any(2, seed=1)

# Notes.
d = pg.DNA(1)
ev.set_fitness(d, 0.5), ev.get_fitness(d), ev.get_feedback_sequence_number(d)
ev.get_fitness(pg.DNA(1))
ev.get_generation_id(pg.DNA(1))
ev.is_initial_population(pg.DNA(1))
ev.get_fitness(ev.set_fitness(pg.DNA(1), (1.0, 2.0)))

# Algorithms.
e = plain()
e.needs_feedback, e.multi_objective
run(e, total, 8), e.num_generations, e.num_proposals, e.num_feedbacks
history(e), fitness(e.population)
dict(e.global_state)
e = plain(population_update=sel.Last(2))
run(e, total, 8), history(e)
e = plain(population_update=sel.Top(1))
run(e, lambda x: -total(x), 8), history(e)
e = ev.Evolution(
    Context() >> sel.Last(1) >> Next(),
    (pg.geno.Sweeping(), 2),
    population_update=Context() >> sel.Last(3),
)
run(e, total, 5), called()
e = ev.Evolution(sel.Top(2) >> Next(), (pg.geno.Sweeping(), 3))
run(e, total, 10), history(e)
e = ev.Evolution(
    sel.Top(1).as_global_state("best") + ev.GlobalStateGetter("best") >> Next(),
    (pg.geno.Sweeping(), 2),
)
run(e, total, 6), sorted(e.global_state)
run(ev.Evolution(lambda population: [], (pg.geno.Sweeping(), 2)), total, 5)
# Expected difference: assertions-and-internal-errors
run(ev.Evolution(lambda population: [1], (pg.geno.Sweeping(), 2)), total, 5)
run(ev.Evolution(lambda population: 5, (pg.geno.Sweeping(), 2)), total, 5)
ev.Evolution(1)
ev.Evolution(sel.Top(1), (1, 2))
ev.Evolution(sel.Top(1), pg.geno.Sweeping())
run(ev.Evolution(sel.Top(1), (pg.geno.Sweeping(), 3)), total, 6)
ev.Evolution(sel.Top(1) >> Next(), multi_objective=True).multi_objective
run(
    ev.Evolution(sel.Top(1) >> Next(), (pg.geno.Sweeping(), 2), multi_objective=True),
    lambda x: (total(x), 1.0),
    5,
    metrics_to_optimize=["a", "b"],
)
run(plain(), lambda x: (1.0, 2.0), 5, metrics_to_optimize=["a", "b"])
h = ev.hill_climb(Next(), seed=1)
len(run(h, total, 20)), len(h.population), h.population[0].to_numbers() != [0, 0]
run(ev.hill_climb(Next(), batch_size=3, init_population_size=2, seed=1), total, 10)[
    2:
] == run(
    ev.hill_climb(Next(), batch_size=3, init_population_size=2, seed=1), total, 10
)[2:]
g = ev.regularized_evolution(Next(), population_size=5, tournament_size=2, seed=1)
(
    len(run(g, total, 30)),
    len(g.population),
    [ev.get_feedback_sequence_number(x) for x in g.population],
)
ev.regularized_evolution(population_size=2, tournament_size=3)
ev.regularized_evolution(tournament_size=1)
ev.RegularizedEvolution is ev.regularized_evolution
n = ev.nsga2(Next(), population_size=4, seed=1)
(
    len(run(n, lambda x: (total(x), -total(x)), 30, metrics_to_optimize=["a", "b"])),
    n.multi_objective,
    len(n.global_state.elites),
)
t = ev.neat(Next(), population_size=4, seed=1)
# Expected difference: assertions-and-internal-errors
len(run(t, total, 30)), t.num_generations, sorted(t.global_state)
(
    ev.scalar_value(3, 1),
    ev.Scalar is pg.scalars.Scalar,
    ev.scalar_spec(pg.typing.Int()).apply(1),
)
plain(population_update=sel.Last(2)).to_json_str()

# Resuming.
e = plain()
e.setup(FLAT)
# Expected difference: recovery-from-any-history
e.recover([(x, ev.get_fitness(x)) for x in FIT[:2]])
e = plain()
_ = run(e, total, 6)
f = plain(population_update=sel.Last(2))
f.setup(FLAT)
f.recover([(x, ev.get_fitness(x)) for x in e.population])
history(f), f.num_generations, f.num_feedbacks, f.num_proposals
f.propose().to_numbers(), e.propose().to_numbers()
# Branches of the same choice; choices that do not depend on each other.
fork = pg.dna_spec(pg.manyof(2, [pg.oneof(range(10)), "foo", "bar"]))
forked = [pg.DNA([(0, 4), 2], spec=fork), pg.DNA([1, (0, 7)], spec=fork)]
sorted({str(x) for seed in range(40) for x in rec.Uniform(seed=seed)(forked)})
loose = pg.dna_spec(
    pg.Dict(x=pg.oneof([0, 1]), y=pg.manyof(2, [0, 1, 2, 3], distinct=False))
)
rec.Segmented(lambda points: print([str(p.id) for p in points]) or [2])(
    [pg.DNA([0, [0, 1]], spec=loose), pg.DNA([1, [2, 3]], spec=loose)]
)
orders = pg.dna_spec(pg.permutate(range(5)))
ordered = [pg.DNA([0, 1, 2, 4, 3], spec=orders), pg.DNA([1, 2, 3, 4, 0], spec=orders)]
len({frozenset(map(str, rec.Order(seed=seed)(ordered))) for seed in range(60)})
len(
    {frozenset(map(str, rec.PartiallyMapped(seed=seed)(ordered))) for seed in range(60)}
)
given = pg.geno.Random(seed=0)
algorithm = ev.Evolution(
    ev.selectors.Random(1) >> ev.mutators.Uniform(), population_init=(given, 3)
)
algorithm.setup(fork)
for _ in range(5):
    algorithm.feedback(algorithm.propose(), 1.0)
(given.num_proposals, given.num_feedbacks)
ev.nsga2_lib.dominates((1, 2), (1, 1))
ev.nsga2_lib.dominates((1,), (1, 1))
