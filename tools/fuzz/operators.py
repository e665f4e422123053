"""Programs over operations of evolution that leave nothing to chance."""

from fuzz.source import Source

SPECS = ["FLAT", "CHOICES", "MANY"]
GENOMES = {
    "FLAT": ["[0, 0.1, 0]", "[1, 0.5, 1]", "[2, 0.9, 0]", "[0, 0.5, 1]", "[2, 0.2, 1]"],
    "CHOICES": ["[0, 0, 0]", "[1, 2, 1]", "[3, 1, 0]", "[2, 2, 1]", "[3, 0, 1]"],
    "MANY": [
        "[[0, 1], [0, 1, 2, 3]]",
        "[[1, 2], [3, 2, 1, 0]]",
        "[[0, 2], [1, 0, 3, 2]]",
        "[[2, 1], [2, 3, 0, 1]]",
    ],
}


def operation(s: Source, depth: int = 0) -> str:
    """An operation that is the same in every run."""
    n = s.pick(["1", "2", "3", "0", "9", "None"])
    if depth > 2 or s.chance(0.4):
        return s.pick(
            [
                f"ev.selectors.Top({n})",
                f"ev.selectors.Bottom({n})",
                f"ev.selectors.First({n})",
                f"ev.selectors.Last({n})",
                "ev.selectors.Top(0.5)",
                "ev.selectors.Top(2, key=lambda x: -ev.get_fitness(x))",
                "ev.Identity()",
                "ev.Lambda(lambda xs: xs[::-1])",
                "ev.Lambda(lambda xs: xs[:1] * 2)",
                "ev.mutators.Swap(seed=1)" if s.chance(0.02) else "ev.Identity()",
                "ev.Flatten()",
                f"ev.Identity()[{s.pick(['0', '1', ':2', '::2', '-1', '5', '1:'])}]",
                "ev.GlobalStateGetter('k', 1)" if s.chance(0.2) else "ev.Identity()",
            ]
        )
    left, right = operation(s, depth + 1), operation(s, depth + 1)
    return s.pick(
        [
            f"({left} >> {right})",
            f"({left} + {right})",
            f"({left} - {right})",
            f"({left} | {right})",
            f"({left} & {right})",
            f"({left} ^ {right})",
            f"({left} * {s.pick(['0', '1', '2', '3'])})",
            f"({left} ** {s.pick(['1', '2'])})",
            f"(~{left})",
            f"(-{left})",
            f"({left})[{s.pick(['0', ':2', '-1', '::2'])}]",
            f"({left}).if_true(lambda xs: len(xs) > 2)",
            f"({left}).if_false(lambda xs: len(xs) > 2)",
            f"({left}).for_each(lambda x: [x])",
            f"({left}).flatten()",
            f"({left}).with_prob(1.0)" if s.chance(0.3) else f"({left}).flatten()",
            f"({left}).as_global_state('k')"
            if s.chance(0.3)
            else f"({left} >> {right})",
        ]
    )


RECOMBINATORS = [
    "Average()", "WeightedAverage([0.5, 0.5])", "WeightedAverage(lambda xs: [1.0] * len(xs))",
    "Average(where=lambda xs: xs)",
]  # fmt: skip


def write(s: Source) -> None:
    """Writes a program."""
    name = s.pick(SPECS)
    genomes = [s.pick(GENOMES[name]) for _ in range(s.random.randint(2, 5))]
    rewards = [s.pick(["0.1", "0.5", "1.0", "2", "-1.0", "0.5"]) for _ in genomes]
    s.add(
        f"e = dnas({', '.join(genomes)}, spec={name}, rewards=[{', '.join(rewards)}])"
    )
    for _ in range(s.random.randint(4, 7)):
        text = operation(s)
        s.add(
            s.call(
                lambda text=text: f"({text})(e)",
                lambda text=text: f"[e.index(x) for x in ({text})(e)]",
                lambda text=text: f"({text})(e, step=1)",
                lambda text=text: f"({text})",
                lambda text=text: f"repr({text})",
                lambda text=text: f"{text} == {operation(s)}",
                lambda text=text: f"reloaded({text})" if "lambda" not in text else text,
                lambda text=text: f"({text})(e[:1])",
                lambda text=text: f"({text})([])",
                lambda: f"ev.recombinators.{s.pick(RECOMBINATORS)}(e[:2])",
                lambda: "[ev.get_fitness(x) for x in e]",
                lambda: "[ev.get_generation_id(x) for x in e]",
                lambda: "[ev.is_initial_population(x) for x in e]",
                lambda: (
                    f"all(0 <= len(x.children) for x in ev.mutators.Uniform(seed={s.below(9)})(e))"
                ),
                lambda: "[FLAT.validate(x) for x in ev.mutators.Uniform(seed=1)(e)]",
            )
        )
