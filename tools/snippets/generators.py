"""Algorithms: random search, sweeping, deduping, generators of one's own."""

import functools
import random

import pyglove as pg

g = pg.geno

choice = pg.dna_spec(pg.oneof([1, 2, 3]))
product = pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]), y=pg.oneof([1, 2, 3])))
real = pg.dna_spec(pg.floatv(0.0, 1.0))
mixed = pg.dna_spec(
    pg.Dict(
        a=pg.oneof([pg.oneof([1, pg.manyof(2, [1, 2, 3])]), pg.floatv(0.0, 1.0), 3]),
        b=pg.manyof(2, [1, pg.oneof([1, 2]), 4], distinct=False),
        c=pg.floatv(1.0, 3.0, "linear"),
        d=pg.permutate([1, 2, 3]),
        e=pg.manyof(2, [1, 2, 3, 4], sorted=True),
    )
)


class Counting(pg.DNAGenerator):
    """Proposes 0, 1, 2, ... and notes what it hears."""

    start: int = 0

    def _setup(self):
        print("setup", self.num_proposals, self.num_feedbacks)
        self.count = self.start
        self.heard = []

    def _propose(self):
        self.count += 1
        return pg.DNA((self.count - 1) % 3, spec=self.dna_spec)

    def _feedback(self, dna, reward):
        self.heard.append((dna.value, reward))


class Silent(pg.DNAGenerator):
    def _propose(self):
        return pg.DNA(self.num_proposals % 3)


class Ending(pg.DNAGenerator):
    def _propose(self):
        if self.num_proposals == 2:
            raise StopIteration()
        return pg.DNA(0)


class Many(Counting):
    @property
    def multi_objective(self):
        return True


class Same(pg.DNAGenerator):
    """Always proposes the same, and learns."""

    def _setup(self):
        self.heard = []

    def _propose(self):
        return pg.DNA(1, spec=self.dna_spec)

    def _feedback(self, dna, reward):
        self.heard.append((dna.value, reward))


class Replayed(Counting):
    def _replay(self, trial_id, dna, reward):
        print("replay", trial_id, dna, reward)


class Incomplete(pg.DNAGenerator):
    pass


@g.dna_generator
def three(spec):
    """Proposes three."""
    for dna in (pg.DNA(0), pg.DNA(2), pg.DNA(1)):
        reward = yield dna
        print("reward", reward)


def many_values(count, spec):
    for i in range(count):
        yield pg.DNA(i)


@pg.geno.dna_generator
def first(spec):
    print(type(spec).__name__)
    yield spec.first_dna()


def ready(generator, spec=choice):
    """A generator after its setup."""
    generator.setup(spec)
    return generator


def proposals(generator, n, spec=choice):
    """What a generator proposes."""
    generator = ready(generator, spec)
    result = []
    for _ in range(n):
        try:
            result.append(generator.propose().to_numbers())
        except StopIteration:
            result.append("the end")
    return result


def loop(generator, n, rewards=lambda dna: 1.0, spec=choice):
    """Proposes and rewards in turn."""
    generator = ready(generator, spec)
    result = []
    for _ in range(n):
        try:
            dna = generator.propose()
        except StopIteration:
            result.append("the end")
            break
        reward = dna.metadata.get("reward")
        result.append((dna.value, reward, dna.metadata.get("dedup_key") is not None))
        generator.feedback(dna, rewards(dna) if reward is None else reward)
    return result


def done(value):
    """A DNA as Deduping has proposed it before."""
    return pg.DNA(value).set_metadata("dedup_key", hash(pg.DNA(value)))


def recovered(generator, history, n, spec=choice):
    """What a generator proposes after a history."""
    generator = ready(generator, spec)
    generator.recover(history)
    result = [generator.num_proposals, generator.num_feedbacks]
    for _ in range(n):
        try:
            result.append(generator.propose().to_numbers())
        except StopIteration:
            result.append("the end")
            break
    return result


# Snippets
proposals(g.Random(seed=1), 10)
proposals(g.Random(seed=2), 10)
proposals(g.Random(1), 10)
proposals(g.Random(seed=1), 5, product)
proposals(g.Random(seed=1), 5, real)
proposals(g.Random(seed=1), 8, mixed)
[pg.random_dna(mixed, random.Random(i)).to_numbers() for i in range(8)]
proposals(g.Random(seed=1), 3, pg.dna_spec(pg.Dict()))
# Expected difference: scales-of-floats-count
proposals(g.Random(seed=1), 2, pg.dna_spec(pg.floatv(0.1, 1.0, "log")))
# Expected difference: scales-of-floats-count
proposals(g.Random(seed=1), 2, pg.dna_spec(pg.floatv(0.1, 1.0, "rlog")))
list(pg.random_sample(pg.oneof(range(100)), 5, seed=3))
list(
    pg.random_sample(
        pg.Dict(x=pg.manyof(2, range(9)), y=pg.floatv(0.0, 1.0)), 3, seed=3
    )
)
len(list(pg.random_sample(pg.oneof([1, 2]), 3)))
list(pg.iter(pg.oneof(range(50)), 5, g.Random(seed=7)))
g.Random()
g.Random(seed=1)
str(g.Random(seed=1))
g.Random(seed="a")
g.Random(seed=1.5)
g.Random(seed=1) == g.Random(seed=1), pg.eq(g.Random(1), g.Random(2))
g.Random(seed=1).to_json()
pg.from_json(g.Random(seed=1).to_json()) == g.Random(seed=1)
g.Random(1).needs_feedback, g.Random(1).multi_objective, g.Random(1).dna_spec
ready(g.Random(1)).dna_spec is choice
ready(g.Random(1)).propose().spec is choice.elements[0]
ready(g.Random(1), product).propose().spec is product
# Expected difference: assertions-and-internal-errors
g.Random(1).propose()
# Expected difference: invalid-input-is-an-error
g.Random(1).setup(1)
# Expected difference: invalid-input-is-an-error
g.Random(1).setup(None)
# Expected difference: assertions-and-internal-errors
g.Random(1).num_proposals, g.Random(1).num_feedbacks
generator = ready(g.Random(1))
[generator.propose() for _ in range(3)] and generator.num_proposals
generator.feedback(pg.DNA(1), 1.0), generator.num_feedbacks
generator.setup(choice)
(
    generator.num_proposals,
    generator.num_feedbacks,
    [generator.propose() for _ in range(3)],
)
recovered(g.Random(1), [(pg.DNA(0), 1.0), (pg.DNA(1), None)], 3)
proposals(g.Sweeping(), 4)
proposals(g.Sweeping(), 7, product)
proposals(g.Sweeping(), 2, real)
proposals(g.Sweeping(), 2, pg.dna_spec(pg.Dict()))
g.Sweeping().needs_feedback, g.Sweeping(), g.Sweeping().to_json()
recovered(g.Sweeping(), [(pg.DNA(0), 1.0), (pg.DNA(1), None)], 2)
recovered(g.Sweeping(), [], 2)
recovered(g.Sweeping(), [(pg.DNA(2), None)], 2)
list(pg.iter(pg.oneof([1, 2, 3]))), list(pg.iter(pg.oneof([1, 2, 3]), 2))
# Expected difference: assertions-and-internal-errors
list(g.Sweeping())
list(ready(g.Sweeping()))
list(zip(range(3), ready(g.Random(1))))
[dna for dna, fb in ready(Ending())]
[dna for dna in ready(Ending())]
for number, (dna, feedback) in zip(range(3), ready(Counting())):
    print(number, dna, feedback(number))
counting = ready(Counting())
counting.feedback(counting.propose(), 1.0)
counting.heard, counting.num_feedbacks, counting.num_proposals, counting.count
counting.feedback(pg.DNA(0), 1)
counting.feedback(pg.DNA(0), (1.0,))
counting.feedback(pg.DNA(0), (1.0, 2.0))
counting.feedback(pg.DNA(0), [1.0])
# Expected difference: rewards-are-numbers
counting.feedback(pg.DNA(0), "a")
# Expected difference: rewards-are-numbers
counting.feedback(pg.DNA(0), None)
# Expected difference: rewards-are-numbers
counting.heard, counting.num_feedbacks
counting.setup(product)
counting.heard, counting.num_feedbacks, counting.dna_spec is product
counting.rebind(start=1)
counting.dna_spec is product, counting.start
# Expected difference: assertions-and-internal-errors
counting.clone().dna_spec, counting.clone(deep=True).num_proposals
many = ready(Many())
many.feedback(pg.DNA(0), 1.0)
many.feedback(pg.DNA(0), (1.0, 2.0))
many.feedback(pg.DNA(0), [1.0, 2.0])
# Expected difference: rewards-are-numbers
many.feedback(pg.DNA(0), ("a",))
# Expected difference: rewards-are-numbers
many.heard, many.multi_objective
silent = ready(Silent())
silent.feedback(silent.propose(), "anything"), silent.num_feedbacks, silent.heard
silent.needs_feedback, counting.needs_feedback, Ending().needs_feedback
# Expected difference: assertions-and-internal-errors
Counting().feedback(pg.DNA(0), 1.0)
# Expected difference: assertions-and-internal-errors
Counting().propose()
Counting().recover([(pg.DNA(0), 1.0)])
Incomplete()
ready(Incomplete()).propose()
pg.DNAGenerator()
ready(pg.DNAGenerator()).propose()
pg.DNAGenerator is g.DNAGenerator
recovered(Counting(), [(pg.DNA(0), 1.0), (pg.DNA(1), None), (pg.DNA(2), 0.5)], 2)
recovered(Replayed(), [(pg.DNA(0), 1.0), (pg.DNA(1), None)], 2)
recovered(Silent(), [(pg.DNA(0), 1.0), (pg.DNA(1), None)], 1)
proposals(three(), 4)
proposals(first(), 2)
proposals(first(), 2, product)
three(), three.__name__, issubclass(three, pg.DNAGenerator)
three(1)
three().needs_feedback, three().multi_objective
loop(three(), 4)
# Expected difference: functions-resume-where-they-stopped
recovered(three(), [(pg.DNA(0), 1.0)], 2)
list(pg.iter(pg.oneof([1, 2, 3]), algorithm=three()))
list(pg.iter(pg.oneof([1, 2, 3]), algorithm=first()))
list(ready(three()))
# Expected difference: invalid-input-is-an-error
g.dna_generator(1)
proposals(g.dna_generator(functools.partial(many_values, 2))(), 3)
proposals(g.dna_generator(lambda spec: iter([pg.DNA(1)]))(), 2)
proposals(g.Deduping(g.Random(seed=1)), 5)
proposals(g.Deduping(g.Random(seed=1), max_duplicates=2), 8)
proposals(g.Deduping(g.Sweeping()), 5)
proposals(g.Deduping(Same()), 3)
proposals(g.Deduping(Same(), max_duplicates=3), 5)
proposals(g.Deduping(Silent(), hash_fn=lambda dna: dna.value // 2), 5)
proposals(g.Deduping(Silent(), hash_fn=lambda dna: 1), 2)
proposals(g.Deduping(Silent(), hash_fn=lambda dna: [1]), 2)
loop(g.Deduping(Same()), 4)
loop(g.Deduping(Same(), auto_reward_fn=lambda rs: sum(rs) / len(rs)), 4)
loop(g.Deduping(Same(), auto_reward_fn=max, max_duplicates=2), 5, lambda dna: 3.0)
loop(g.Deduping(Counting(), auto_reward_fn=max), 6, lambda dna: dna.value * 2.0)
loop(g.Deduping(Counting(), auto_reward_fn=min, max_duplicates=2), 8, lambda d: 1.0)
loop(g.Deduping(Silent(), auto_reward_fn=max), 6)
# Expected difference: deduping-of-any-algorithm
loop(g.Deduping(Many(), auto_reward_fn=lambda rs: rs[0]), 5, lambda d: (1.0, 2.0))
deduping = ready(g.Deduping(Same(), auto_reward_fn=lambda rs: print(rs) or 0.0))
[deduping.feedback(deduping.propose(), float(i)) for i in range(4)] and None
deduping.generator.heard, deduping.num_feedbacks, deduping.generator.num_feedbacks
deduping.num_proposals, deduping.generator.num_proposals
list(deduping.propose().metadata)
ready(g.Deduping(Silent(), hash_fn=lambda d: str(d.value))).propose().metadata
g.Deduping(Same()).needs_feedback, g.Deduping(Silent()).needs_feedback
# Expected difference: deduping-of-any-algorithm
g.Deduping(Many()).multi_objective, g.Deduping(Same()).multi_objective
g.Deduping(Same())
g.Deduping()
g.Deduping(1)
g.Deduping(Same(), max_duplicates=0)
g.Deduping(Same(), max_proposal_attempts=0)
g.Deduping(Same(), hash_fn=1)
g.Deduping(Same(), lambda d: 1, lambda r: 1, 2, 3).max_proposal_attempts
proposals(g.Deduping(Counting(), max_duplicates=1, max_proposal_attempts=2), 5)
# Expected difference: assertions-and-internal-errors
g.Deduping(Same()).propose()
g.Deduping(Same()).to_json()
pg.from_json(g.Deduping(g.Random(seed=1)).to_json())
# Expected difference: deduping-of-any-algorithm
recovered(g.Deduping(g.Random(seed=1)), [(done(0), 1.0)], 4)
recovered(g.Deduping(g.Sweeping()), [(done(0), 1.0)], 4)
# Expected difference: deduping-of-any-algorithm
recovered(g.Deduping(Counting()), [(done(0), 1.0), (done(1), None)], 4)
# Expected difference: deduping-of-any-algorithm
recovered(g.Deduping(Same()), [(done(1), 1.0)], 1)
recovered(g.Deduping(Same(), auto_reward_fn=max), [(done(1), 1.0)], 1)
list(pg.iter(pg.oneof([1, 2, 3]), 9, g.Deduping(g.Random(seed=1))))
list(pg.iter(pg.oneof([1, 2, 3]), 9, g.Deduping(g.Random(seed=1), max_duplicates=2)))
list(pg.iter(pg.oneof([1, 2]), 3, Silent()))
[x for x, _ in pg.iter(pg.oneof([1, 2, 3]), 5, Counting())]
[x for x, f in pg.iter(pg.oneof([1, 2, 3]), 3, g.Sweeping(), force_feedback=True)]
[f.dna for x, f in pg.iter(pg.oneof([1, 2, 3]), 3, Counting())]
again = ready(g.Sweeping(), pg.dna_spec(pg.oneof([1, 2, 3])))
(
    list(pg.iter(pg.oneof([1, 2, 3]), 2, again)),
    list(pg.iter(pg.oneof([1, 2, 3]), 2, again)),
)
list(pg.iter(pg.oneof([1, 2]), 2, again))
list(pg.iter(pg.Dict(x=1)))
list(pg.iter(1))
# Expected difference: assertions-and-internal-errors
list(pg.iter(pg.oneof([1, 2]), algorithm=1))
list(pg.iter(pg.oneof([1, 2]), 0))
list(pg.iter(pg.floatv(0.0, 1.0), 1))
list(
    pg.iter(
        pg.Dict(a=pg.oneof([1, 2]), b=pg.oneof([3, 4])),
        where=lambda x: 1 in x.candidates,
    )
)
list(pg.hyper.iterate(pg.oneof([1, 2])))
# Without a space, and after an error.
blind = Silent()
blind.setup(None)
blind.dna_spec
FailingOnce = g.dna_generator(lambda spec: (pg.DNA(1 // (1 - i)) for i in range(2)))
failing = ready(FailingOnce())
failing.propose()
failing.propose()
failing.propose()
failing.propose()
