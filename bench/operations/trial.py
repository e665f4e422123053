"""Whole trials: propose, decode, hand out, take the reward; on the NAS-Bench-101 space.

Rewards are drawn beforehand, so that a trial is all that the library does and nothing
that its user does.
"""

from operations.object import LEAF, PG
from operations.space import SETUP as SPACE
from registry import OPTUNA, OURS, Code, operation

SETUP = f"""{SPACE}
rewards = [rng.random() for _ in range(100_000)]

def random_search():
    return pg.geno.Random(1)

def evolution():
    return pg.evolution.regularized_evolution(
        mutator=pg.evolution.mutators.Uniform(seed=1),
        population_size=50,
        tournament_size=10,
        seed=1,
    )

def ppo():
    return pg.reinforce.PPO(seed=1)

def recurrent_ppo():
    return pg.reinforce.PPO(policy='recurrent', batch_size=20, seed=1)

def tpe():
    return pg.bayesian.TPE(seed=1)

def auto():
    return pg.auto(seed=1)

def run(algorithm, trials):
    loop = pg.sample(space(), algorithm, num_examples=trials)
    for (program, feedback), reward in zip(loop, rewards):
        feedback(reward)
"""
OPTUNA_SETUP = """
import random
import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
rng = random.Random(1)
rewards = [rng.random() for _ in range(1_000)]
operations = ['conv1x1', 'conv3x3', 'maxpool3x3']

def objective(trial):
    for i in range(5):
        trial.suggest_categorical(f'op{i}', operations)
    for i in range(21):
        trial.suggest_categorical(f'edge{i}', [0, 1])
    return rewards[trial.number]

def run(trials, sampler=optuna.samplers.RandomSampler):
    study = optuna.create_study(sampler=sampler(seed=1))
    study.optimize(objective, n_trials=trials)
"""

# A program of seven objects, of which a mutation changes a value, or a list of leaves.
EVOLVED = f"""{PG}
import random

def run(trials):
    rng = random.Random(1)

    def mutated(path, value, parent):
        if isinstance(value, (type(pg.MISSING_VALUE), Leaf)):
            return {LEAF}
        if isinstance(value, int):
            return rng.randrange(100)
        if isinstance(value, float):
            return rng.random()
        return rng.choice('abc') if isinstance(value, str) else value

    space = pg.evolve(tree, mutated)
    algorithm = pg.evolution.regularized_evolution(
        mutator=pg.evolution.mutators.Uniform(seed=1),
        population_size=50,
        tournament_size=10,
        seed=1,
    )
    for program, feedback in pg.sample(space, algorithm, num_examples=trials):
        feedback(rng.random())
"""

ALGORITHMS = {"random search": "random_search()", "evolution": "evolution()"}
LEARNERS = {"PPO": "ppo()", "recurrent PPO": "recurrent_ppo()"}

for label, algorithm in ALGORITHMS.items():
    operation(
        f"trial of {label}, of 300",
        Code(f"run({algorithm}, 300)", SETUP),
        peers={OPTUNA: Code("run(300)", OPTUNA_SETUP)},
        count=300,
        asked=300,
        limits={OPTUNA: 1.0},
    )

for label, algorithm in ALGORITHMS.items():
    for trials in (100, 1_000, 10_000, 100_000):
        operation(
            f"trial of {label}, of {trials:,}",
            Code(f"run({algorithm}, {trials})", SETUP),
            libraries=(OURS,),
            count=trials,
        )

operation(
    "trial of pg.evolve, of 300",
    Code("run(300)", EVOLVED),
    count=300,
    at_most=150e-6,
)

for label, algorithm in LEARNERS.items():
    for trials in (100, 1_000, 10_000):
        operation(
            f"trial of {label}, of {trials:,}",
            Code(f"run({algorithm}, {trials})", SETUP),
            libraries=(OURS,),
            count=trials,
        )

for trials in (100, 1_000):
    operation(
        f"trial of TPE, of {trials:,}",
        Code(f"run(tpe(), {trials})", SETUP),
        libraries=(OURS,),
        peers={
            OPTUNA: Code(f"run({trials}, optuna.samplers.TPESampler)", OPTUNA_SETUP)
        },
        count=trials,
        limits={OPTUNA: 0.25},
    )

for trials in (100, 300):
    operation(
        f"trial of pg.auto, of {trials:,}",
        Code(f"run(auto(), {trials})", SETUP),
        libraries=(OURS,),
        count=trials,
    )
