import pytest

import pyglove as pg
from tests.hyper.helper import Layer


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ((1, 2), [1, 2]),
        (range(2), [0, 1]),
        ((x for x in "ab"), ["a", "b"]),
        ({"a": 1, "b": 2}, ["a", "b"]),
        ([1], [1]),
    ],
)
def test_candidates_come_from_any_iterable(candidates, expected):
    assert pg.oneof(candidates).candidates == expected


@pytest.mark.parametrize("candidates", [None, 3])
def test_candidates_are_iterable(candidates):
    with pytest.raises(TypeError):
        pg.oneof(candidates)


@pytest.mark.parametrize(
    "make",
    [
        lambda: pg.oneof([]),
        lambda: pg.manyof(3, [1, 2]),
        lambda: pg.manyof(2, []),
        lambda: pg.manyof(1, [], distinct=False),
        lambda: pg.manyof(-1, [1, 2]),
        lambda: pg.manyof(0, [1, 2]).dna_spec(),
        lambda: pg.dna_spec(pg.Dict(x=pg.permutate([]))),
        lambda: pg.hyper.OneOf([1, 2], num_choices=2),
    ],
)
def test_impossible_choices(make):
    with pytest.raises(ValueError):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: pg.manyof("a", [1, 2]),
        lambda: pg.oneof([1, 2], name=1),
    ],
)
def test_arguments_of_other_types(make):
    with pytest.raises(TypeError):
        make()


def test_decode_and_encode():
    space = pg.oneof([1, pg.oneof([2, 3]), [pg.oneof([4, 5])], Layer(pg.oneof([6, 7]))])
    cases = {
        0: 1,
        (1, 1): 3,
        (2, 0): [4],
        (3, 1): Layer(7),
    }
    for value, program in cases.items():
        dna = pg.DNA(value)
        assert pg.eq(space.decode(dna), program)
        assert space.encode(program) == dna
        assert space.dna == dna
    assert space() == Layer(7)
    with pytest.raises(ValueError):
        space.encode(8)
    with pytest.raises(ValueError):
        space.decode(pg.DNA(4))
    assert space.dna == pg.DNA((3, 1))


def test_the_first_candidate_that_matches_is_encoded():
    assert pg.oneof([pg.oneof([1, 2]), pg.oneof([2, 3])]).encode(2) == pg.DNA((0, 1))
    assert pg.oneof([1, 1]).encode(1) == pg.DNA(0)
    assert pg.oneof([0, 1]).encode(True) == pg.DNA(1)
    assert pg.oneof([None, int, len]).encode(len) == pg.DNA(2)


def test_encoding_of_lists():
    distinct = pg.manyof(2, [1, pg.oneof([2, 3]), 4])
    assert distinct.decode(pg.DNA([(1, 1), 2])) == [3, 4]
    assert distinct.encode([3, 4]) == pg.DNA([(1, 1), 2])
    for value in ([1, 1], [2, 3], [1], [1, 9], (1, 2), 1):
        with pytest.raises(ValueError):
            distinct.encode(value)
    in_order = pg.manyof(2, [1, 2, 3], sorted=True)
    assert in_order.encode([1, 3]) == pg.DNA([0, 2])
    with pytest.raises(ValueError, match="sorted"):
        in_order.encode([3, 1])


def test_encoding_of_lists_looks_for_another_candidate():
    # The first item could come from either candidate, the second from one only.
    space = pg.manyof(2, [pg.oneof([1, 2]), pg.oneof([1, 3])])
    assert space.encode([1, 2]) == pg.DNA([(1, 0), (0, 1)])


def test_permutations():
    space = pg.permutate(["a", "b", "c"])
    assert space.dna_spec().space_size == 6
    assert space.encode(["c", "a", "b"]) == pg.DNA([2, 0, 1])


def test_older_names_of_options():
    space = pg.manyof(2, [1, 2], choices_distinct=False, choices_sorted=True)
    assert not space.choices_distinct and space.choices_sorted


def test_literal_values():
    def fn():
        pass

    literals = (
        pg.oneof(
            [
                1,
                1.5,
                "a",
                None,
                True,
                (1, 2),
                [1],
                {"a": 1},
                Layer(1),
                fn,
                int,
                "x" * 200,
            ]
        )
        .dna_spec()
        .literal_values
    )
    assert literals[:9] == [
        1,
        1.5,
        "'a'",
        "None",
        True,
        "(1, 2)",
        "[0: 1]",
        "{a=1}",
        "Layer(units=1)",
    ]
    assert "fn" in literals[9] and "0x" not in literals[9]
    assert literals[10] == "<class 'int'>"
    assert len(literals[11]) == 120 and literals[11].endswith("...")


# ---- In typed fields -----------------------------------------------------------


class Typed(pg.Object):
    n: int = 1
    v: list[int] = []
    w: float | None = None
    u: float | str = "s"
    b: pg.typing.List(pg.typing.Int(max_value=5), max_size=2) = []


@pytest.mark.parametrize(
    ("make", "error", "path"),
    [
        (lambda: Typed(n=pg.oneof([1, "a"])), TypeError, r"n.candidates\[1\]"),
        (
            lambda: Typed(n=pg.oneof([1, pg.oneof([2, "a"])])),
            TypeError,
            r"n.candidates\[1\].candidates\[1\]",
        ),
        (lambda: Typed(v=[pg.oneof([1, "a"])]), TypeError, r"v\[0\].candidates\[1\]"),
        (lambda: Typed(v=pg.oneof([[1], ["a"]])), TypeError, r"candidates\[1\]\[0\]"),
        (lambda: Typed(v=pg.manyof(1, [1, "a"])), TypeError, r"v.candidates\[1\]"),
        (lambda: Typed(n=pg.manyof(1, [1, 2])), TypeError, "n"),
        (lambda: Typed(b=pg.manyof(1, [1, 6])), ValueError, r"b.candidates\[1\]"),
        (lambda: Typed(b=pg.manyof(3, [1, 2, 3])), ValueError, "b"),
        (lambda: Typed().rebind(n=pg.oneof(["a"])), TypeError, "n.candidates"),
        (lambda: Typed(u=pg.oneof(["a", object()])), TypeError, r"u.candidates\[1\]"),
    ],
)
def test_candidates_that_a_field_refuses(make, error, path):
    with pytest.raises(error, match=path):
        make()


def test_candidates_get_the_type_of_their_field():
    space = Typed(w=pg.oneof([None, 1]), v=pg.manyof(2, [1, 2]))
    program = pg.template(space).decode(pg.DNA([[0, 1], 1]))
    assert program.w == 1.0 and isinstance(program.w, float)
    assert space.is_abstract and not program.is_abstract


def test_a_placeholder_has_one_place():
    choice = pg.oneof([1, 2])
    program = pg.Dict(a=choice, b=choice)
    assert program.a is choice and program.b is not choice


def test_templates_of_candidates():
    space = pg.oneof([1, pg.oneof([2, 3])])
    assert [t.is_constant for t in space.candidate_templates] == [True, False]
    assert not space.is_leaf and pg.oneof([1, 2]).is_leaf
    only = pg.oneof([1, pg.oneof([2, 3])]).clone(override={"where": lambda x: False})
    assert only.is_leaf and only.dna_spec().space_size == 2


def test_json():
    space = pg.manyof(2, [1, pg.oneof([2, 3])], sorted=True, name="n")
    assert space.to_json()["_type"] == "hyper.ManyOf"
    assert pg.eq(pg.from_json(space.to_json()), space)
