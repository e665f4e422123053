"""Insertions into lists."""

import pytest

import pyglove as pg
from pyglove.symbolic import mark_as_insertion
from tests.symbolic.helper import Leaf, Pair, check_tree


@pytest.mark.parametrize(
    ("updates", "expected"),
    [
        ({0: pg.Insertion(9)}, [9, 1, 2]),
        ({1: pg.Insertion(9)}, [1, 9, 2]),
        ({2: pg.Insertion(9)}, [1, 2, 9]),
        ({7: pg.Insertion(9)}, [1, 2, 9]),
        ({-1: pg.Insertion(9)}, [1, 9, 2]),
        ({-7: pg.Insertion(9)}, [9, 1, 2]),
        ({0: pg.Insertion(9), 1: pg.Insertion(8)}, [9, 1, 8, 2]),
        ({0: pg.Insertion(9), 2: 7}, [9, 1, 2, 7]),
    ],
)
def test_where_values_go(updates, expected):
    assert pg.List([1, 2]).rebind(updates) == expected


def test_nodes():
    pair = Pair([Leaf(1)])
    pair.rebind({"n[0]": pg.Insertion(Leaf(2)), "n[1].x": 3})
    assert pair.n == [Leaf(2), Leaf(3)]
    check_tree(pair)


def test_insertions_are_values_themselves():
    assert repr(pg.Insertion(1)) == "Insertion(value=1)"
    assert pg.Insertion(1) == pg.Insertion(1) != pg.Insertion(2)
    assert hash(pg.Insertion(1)) == hash(pg.Insertion(1))
    assert mark_as_insertion(1) == pg.Insertion(1)
    assert mark_as_insertion(pg.Insertion(1)) == pg.Insertion(1)
