"""All search algorithms of the library do what all have to do."""

import functools

from pyglove import bayesian, evolution, geno, reinforce, testing

REFUSED = {"sweeping": ["continuous"], "function": ["continuous"]}


@geno.dna_generator
def every_third(spec):
    for i, dna in enumerate(spec.iter_dna()):
        if i % 3 == 0:
            yield dna


def deduping_evolution():
    return geno.Deduping(
        evolution.regularized_evolution(population_size=8, tournament_size=3, seed=1),
        auto_reward_fn=sum,
    )


def crossover():
    selectors, mutators = evolution.selectors, evolution.mutators
    return evolution.Evolution(
        selectors.Random(2, seed=1)
        >> evolution.recombinators.Uniform(seed=2)
        >> mutators.Uniform(seed=3).with_prob(0.5, seed=4),
        population_init=(geno.Random(seed=5), 8),
        population_update=selectors.Top(8),
    )


ALGORITHMS = {
    "random": functools.partial(geno.Random, seed=1),
    "sweeping": geno.Sweeping,
    "function": every_third,
    "deduping": functools.partial(geno.Deduping, geno.Random(seed=1)),
    "deduping_evolution": deduping_evolution,
    "crossover": crossover,
    "regularized_evolution": functools.partial(
        evolution.regularized_evolution, population_size=8, tournament_size=3, seed=1
    ),
    "hill_climb": functools.partial(
        evolution.hill_climb, batch_size=3, init_population_size=4, seed=1
    ),
    "nsga2": functools.partial(evolution.nsga2, population_size=5, seed=1),
    "nsga2_with_constraints": functools.partial(
        evolution.nsga2, population_size=5, seed=1, num_constraints=1
    ),
    "neat": functools.partial(evolution.neat, population_size=5, seed=1),
    "ppo": functools.partial(reinforce.PPO, batch_size=5, num_minibatches=2, seed=1),
    "recurrent": functools.partial(
        reinforce.PPO,
        policy="recurrent",
        baseline="value",
        batch_size=5,
        num_epochs=2,
        hidden_size=4,
        seed=1,
    ),
    "reinforce": functools.partial(reinforce.REINFORCE, batch_size=5, seed=1),
    "quasi_random": functools.partial(bayesian.QuasiRandom, seed=1),
    "grid": functools.partial(bayesian.Grid, resolution=3),
    "tpe": functools.partial(bayesian.TPE, num_startup=4, seed=1),
}


@testing.parametrize_generators(ALGORITHMS, unsupported=REFUSED, num_trials=40)
def test_conformance(check):
    check()


# What a model costs makes up for fewer trials.
MODELS = {
    "gp": functools.partial(bayesian.GP, num_startup=4, seed=1),
    "gp_multi_objective": functools.partial(
        bayesian.GP, num_startup=4, multi_objective=True, seed=1
    ),
    "auto": functools.partial(bayesian.auto, budget=16, seed=1),
}


@testing.parametrize_generators(MODELS, num_trials=12)
def test_models(check):
    check()
