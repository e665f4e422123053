import pytest

import pyglove as pg


class Typed(pg.Object):
    x: float = 0.0
    y: pg.typing.Float(min_value=0.5, max_value=2.0) = 1.0
    n: int = 1
    m: pg.typing.Int(min_value=1, max_value=5) = 1
    u: int | str = "a"
    o: float | None = None


@pytest.mark.parametrize(
    "make",
    [
        lambda: pg.floatv(1.0, 0.0),
        lambda: pg.floatv(0.0, 1.0, "log"),
        lambda: pg.floatv(0.0, 1.0, "x"),
        lambda: pg.intv(1, 0),
        lambda: pg.intv(0, 1, 0),
        lambda: pg.intv(0, 1, 1, "log"),
        lambda: Typed(y=pg.floatv(0.0, 1.0)),
        lambda: Typed(y=pg.floatv(1.0, 3.0)),
        lambda: Typed(m=pg.intv(0, 3)),
        lambda: Typed(m=pg.intv(1, 6)),
    ],
)
def test_impossible_ranges(make):
    with pytest.raises(ValueError):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: pg.floatv("a", 1.0),
        lambda: pg.intv(0, 1.5),
        lambda: Typed(n=pg.floatv(0.0, 1.0)),
        lambda: Typed(u=pg.floatv(0.0, 1.0)),
        lambda: Typed(o=pg.manyof(1, [1.0])),
    ],
)
def test_types(make):
    with pytest.raises(TypeError):
        make()


def test_fields_that_fit():
    space = Typed(
        x=pg.intv(1, 3),
        y=pg.floatv(0.5, 2.0),
        n=pg.intv(1, 10**20),
        m=pg.intv(1, 5),
        u=pg.intv(1, 2),
        o=pg.floatv(0.0, 1.0),
    )
    template = pg.template(space)
    program = template.decode(pg.DNA([2, 0.5, 10**19, 5, 1, 0.25]))
    assert program == Typed(2.0, 0.5, 10**19, 5, 1, 0.25)
    assert isinstance(program.x, float) and isinstance(program.n, int)
    assert template.encode(program) == pg.DNA([2, 0.5, 10**19, 5, 1, 0.25])


def test_floats():
    space = pg.floatv(0.0, 1.0, name="n", hints="h")
    assert space.decode(pg.DNA(0.5)) == 0.5 and space.encode(0.5) == pg.DNA(0.5)
    assert space.is_leaf() and space.dna_spec("a").id == "a"
    for value in (1, 2.0, "a", None):
        with pytest.raises(ValueError, match="a float from"):
            space.encode(value)
    for value in (1, 2.0, "a", [0.5, 0.5]):
        with pytest.raises(ValueError):
            space.decode(pg.DNA(value))


def test_ints():
    space = pg.intv(2, 10, 4, name="n")
    assert [space.decode(d) for d in space.dna_spec().iter_dna()] == [2, 6, 10]
    assert space.encode(6) == pg.DNA(6)
    for value in (3, 14, 6.0, True, "6"):
        with pytest.raises(ValueError, match="an int from 2 to 10 in steps of 4"):
            space.encode(value)
    assert pg.eq(pg.from_json(space.to_json()), space)
