import random

import pytest

import pyglove as pg


class Digits(pg.hyper.CustomHyper):
    def custom_decode(self, dna):
        return [int(c) for c in dna.value]


class FullDigits(Digits):
    def custom_encode(self, value):
        return pg.DNA("".join(map(str, value)))

    def next_dna(self, dna=None):
        if dna is None:
            return pg.DNA("1")
        return pg.DNA("2") if dna.value == "1" else None

    def random_dna(self, random_generator=None, previous_dna=None):
        start = int(previous_dna.value) if previous_dna else 0
        return pg.DNA(str(start + random_generator.randrange(10)))


class Half(pg.hyper.HyperPrimitive):
    """A placeholder written from scratch."""

    def dna_spec(self, location=None):
        return pg.geno.floatv(0.0, 1.0, location=location or "")

    def _decode(self):
        return self.dna.value / 2

    def encode(self, value):
        if value > 0.5:
            raise ValueError("too large")
        return pg.DNA(value * 2)

    def custom_apply(self, path, value_spec, allow_partial, child_transform=None):
        return False, self


def test_decode():
    template = pg.template(pg.Dict(a=Digits(), b=pg.oneof([1, 2])))
    assert template.decode(pg.DNA(["12", 1])) == {"a": [1, 2], "b": 2}
    with pytest.raises(ValueError):
        template.decode(pg.DNA([1, 1]))
    with pytest.raises(ValueError):
        Digits().decode(pg.DNA(1))


def test_what_is_not_implemented():
    template = pg.template(pg.Dict(a=Digits()))
    with pytest.raises(NotImplementedError):
        template.encode(pg.Dict(a=[1]))
    with pytest.raises(NotImplementedError):
        template.dna_spec().first_dna()
    with pytest.raises(NotImplementedError):
        template.dna_spec().random_dna()
    with pytest.raises(NotImplementedError):
        Digits().first_dna()


def test_enumeration_and_random_values():
    space = pg.Dict(a=FullDigits(name="n", hints=1), b=pg.oneof([1, 2]))
    assert [(p.a, p.b) for p in pg.iter(space)] == [
        ([1], 1),
        ([1], 2),
        ([2], 1),
        ([2], 2),
    ]
    spec = pg.dna_spec(space)
    assert spec["n"].hyper_type == "FullDigits" and spec["n"].hints == 1
    assert spec.random_dna(random.Random(1)).to_numbers()[0] == "2"
    again = spec.random_dna(random.Random(1), previous_dna=pg.DNA(["40", 0]))
    assert again.to_numbers()[0] == "42"
    assert pg.template(space).encode(pg.Dict(a=[4, 2], b=2)) == pg.DNA(["42", 1])


def test_dna_of_one_spec_serves_another():
    space = FullDigits()
    assert space.dna_spec().decisions is space.dna_spec().decisions


def test_a_placeholder_from_scratch():
    template = pg.template(pg.Dict(a=pg.oneof([Half(), "x"])))
    assert template.decode(pg.DNA((0, 0.5))) == {"a": 0.25}
    assert template.encode(pg.Dict(a=0.25)) == pg.DNA((0, 0.5))
    with pytest.raises(ValueError):
        template.encode(pg.Dict(a=0.75))


def test_custom_placeholders_stand_anywhere():
    class Typed(pg.Object):
        n: int

    assert isinstance(Typed(Digits()).n, Digits)


class Typed(pg.Object):
    digits: list[int] = []
    word: str = ""


def test_what_comes_out_takes_its_place():
    program = pg.template(pg.Dict(x=Digits(), y=[Digits()])).decode(pg.DNA(["12", "3"]))
    assert isinstance(program.x, pg.List) and program.x.sym_path == "x"
    assert program.y[0] == [3] and program.y[0].sym_parent is program.y
    typed = pg.template(Typed(Digits())).decode(pg.DNA("12"))
    assert typed.digits == [1, 2]
    with pytest.raises(TypeError):
        typed.digits.append("x")


def test_what_comes_out_has_to_fit_its_field():
    with pytest.raises(TypeError, match="word"):
        pg.template(Typed(word=Digits())).decode(pg.DNA("12"))


def test_methods_that_lack_are_named_with_the_place():
    space = pg.Dict(a=[Digits()])
    for use in (
        lambda: pg.dna_spec(space).random_dna(),
        lambda: pg.dna_spec(space).first_dna(),
        lambda: pg.template(space).encode(pg.Dict(a=[[1]])),
    ):
        with pytest.raises(NotImplementedError, match=r"Digits .*a\[0\]"):
            use()
