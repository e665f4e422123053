"""Scalars: numbers that change over time, and arithmetic on them."""

import math

import pyglove as pg

s = pg.scalars
STEP = s.STEP


def at(scalar, *steps):
    return [round(scalar(step), 9) for step in steps or range(6)]


class Square(s.Scalar):
    offset: int = 0

    def call(self, step):
        return step * step + self.offset


# Snippets

# Values.
s.make_scalar(1.5), s.make_scalar(1.5)(3), s.make_scalar(lambda step: step * 2)(3)
s.make_scalar(STEP) is STEP, type(s.make_scalar(len)).__name__, s.make_scalar("a")(1)
s.Constant(3)(0), s.Constant("a")(5), s.Lambda(lambda step: step + 1)(2)
s.Lambda(3)(2)
(
    s.scalar_value(3, 5),
    s.scalar_value(lambda step: step * 2, 5),
    s.scalar_value(STEP, 5),
    s.scalar_value(None, 1),
)
STEP(7), Square()(3), Square(1)(3)
s.Scalar()
s.UnaryOp(1)
s.BinaryOp(1, 2)
s.Constant()
STEP("a")
s.scalar_spec(pg.typing.Int(min_value=0)).apply(3)
s.scalar_spec(pg.typing.Int(min_value=0)).apply(-3)
s.scalar_spec(pg.typing.Int(min_value=0)).apply(STEP) is STEP
s.scalar_spec(pg.typing.Int()).apply("a")
s.scalar_spec(pg.typing.Float())

# Arithmetic.
[at(x, 1, 2, 5) for x in (STEP + 1, 1 + STEP, STEP - 1, 1 - STEP, STEP * 3, 3 * STEP)]
[at(x, 1, 2, 5) for x in (STEP / 2, 2 / STEP, STEP // 2, 2 // STEP, STEP % 2, 7 % STEP)]
[
    at(x, 1, 2, 5)
    for x in (
        STEP**2,
        2**STEP,
        -STEP,
        abs(2 - STEP),
        (STEP / 2).floor(),
        (STEP / 2).ceil(),
    )
]
(STEP**2)(3), (STEP // 2)(3), (STEP / 2)(4), (-STEP)(0)
at(STEP + Square(), 1, 2), at(Square() * STEP - 1, 1, 2), (STEP + (lambda step: 10))(1)
STEP + 1
(STEP + 1) * 2 - STEP
-STEP, abs(STEP), STEP % 3, STEP**2, STEP // 2, (STEP / 2).floor(), STEP.ceil()
STEP + "a"
STEP & 1
STEP < 1
(
    s.Addition(1, 2)(0),
    s.Substraction(1, 2)(0),
    s.Multiplication(2, 3)(0),
    s.Division(1, 2)(0),
)
(
    s.Mod(7, 4)(0),
    s.Power(2, 3)(0),
    s.Negation(2)(0),
    s.Absolute(-2)(0),
    s.Floor(1.5)(0),
    s.Ceiling(1.5)(0),
)
s.Division(1, STEP)(0)
s.Power(-8, 1 / 3)(0)
s.Addition("a", 1)
s.Addition(None, 1)
s.Floor(STEP / 3)(10), type(s.Floor(2.0)(0)).__name__, type(s.Power(2, 2)(0)).__name__
(STEP + 1) == (STEP + 1), (STEP + 1) == (STEP + 2), pg.eq(STEP * 2, STEP * 2)
(STEP * 2 + 1).to_json_str()
pg.from_json_str((STEP * 2 + 1).to_json_str())(4)
(STEP + 1).clone()(3), (STEP + 1).rebind(y=5)(3)

# Functions.
[at(fn(STEP / 3), 1, 2) for fn in (s.sin, s.cos, s.exp, s.sqrt)]
s.log(STEP, 2)(8), s.log(STEP)(1), s.log(8, 2)(0), s.log(s.STEP + 2, STEP + 2)(5)
s.sqrt(4)(0), s.sin(0)(0), s.Sine is s.sin, s.Log is s.log, s.Exp is s.exp
s.log(STEP)(0)
s.log(1)
s.log(-1.0)
s.sqrt(-1)(0)
s.sqrt(STEP - 1)(0)
s.sin("a")
s.log(STEP, 2), s.sin(STEP), s.exp(1.0)

# Schedules.
[at(s.linear(4), *range(7)), at(s.linear(4, 0.0, 2.0), 0, 1, 4, 8)]
[at(s.cosine_decay(4)), at(s.cosine_decay(10, 2.0, 1.0), 0, 5, 10, 15)]
[at(s.exponential_decay(0.5, 2)), at(s.exponential_decay(0.5, 2, 3.0, staircase=False))]
[at(s.cyclic(4)), at(s.cyclic(4, math.pi / 2, 3.0, 1.0))]
s.linear(0)
s.linear(4)
s.exponential_decay(0.5, 2)
at(s.StepWise([(2, 1.0), (3, STEP), (1, lambda step: step + 10)]), *range(9))
at(s.StepWise([(0.5, 1.0), (0.3, STEP), (0.2, 5)], 10), *range(12))
at(s.StepWise([(1.0, 1.0), (3.0, STEP)], total_steps=8), *range(10))
at(s.StepWise([(2, s.linear(2)), (2, s.StepWise([(1, 7), (1, 8)]))]), *range(6))
s.StepWise([(2, 1.0)])
s.StepWise([])
s.StepWise([(0.5, 1.0)])
s.StepWise([(2, 1.0)], total_steps=10)
s.StepWise([(2, 1.0), (0.5, 2.0)], total_steps=10)
s.StepWise([(-1, 1.0)])
s.StepWise([(2, 1.0)], total_steps=0)
s.StepWise([(2,)])
# Expected difference: a-phase-without-steps-is-skipped
s.StepWise([(0, 1), (2, 5)])(0)
s.StepWise([(2, 1), (1, 2)]).to_json_str()

# Random scalars.
[
    [round(x(0), 6) for _ in range(4)]
    for x in (s.Uniform(seed=1), s.Uniform(1, 9, seed=1), s.Uniform(1.0, 9, seed=2))
]
[
    [round(x(0), 6) for _ in range(4)]
    for x in (
        s.Triangular(seed=1),
        s.Triangular(1, 9, seed=1),
        s.Triangular(1, 9, 8, 1),
    )
]
[
    [round(x(0), 6) for _ in range(4)]
    for x in (s.Gaussian(0.0, 1.0, 1), s.Normal(0.0, 1.0, 1), s.LogNormal(0.0, 1.0, 1))
]
noisy = STEP + s.Uniform(seed=3)
(
    [round(noisy(step), 6) for step in range(4)],
    [round(x(0), 6) for x in [s.Uniform(seed=3)] * 3],
)
s.Uniform(2, 1)
s.Uniform("a")
s.Gaussian(1.0)
s.Gaussian(0.0, 1.0, seed="a")
s.RandomScalar()
s.Uniform(1, 2, 3), s.Triangular(1, 2, 1, 4), s.Gaussian(1.0, 2.0, 3)
s.Uniform(seed=1) == s.Uniform(seed=1), s.Uniform(0, 5, 7).to_json_str()
s.StepWise([(0.0, 1), (0.0, 2)], total_steps=10)(0)
