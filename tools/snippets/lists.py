"""Symbolic lists as lists, and as nodes with a value spec."""

import sys
from typing import Any

import pyglove as pg


class Leaf(pg.Object):
    x: int = 1


class Node(pg.Object):
    a: Any = None


t = pg.typing
bounded = t.List(t.Int(), min_size=1, max_size=3)


def after(node, fn):
    """What a function returns, and the node after it."""
    return fn(node), node


def failed(node, fn):
    """The error of a function, and the node after it."""
    try:
        fn(node)
    except Exception as e:
        return type(e).__name__.removeprefix("PyGlove"), node
    return "no error", node


def paths(node):
    """The paths of the items, and whether the list is their parent."""
    return [(str(i.sym_path), i.sym_parent is node) for i in node.sym_values()]


def leaves(count=3):
    """A list of objects."""
    return pg.List([Leaf(i) for i in range(count)])


class ById(pg.Object):
    use_symbolic_comparison = False
    x: int = 1


class ByEq(pg.Object):
    x: int

    def __eq__(self, other):
        return True

    __hash__ = pg.Object.__hash__


class AnyEq:
    def __eq__(self, other):
        return True

    __hash__ = None


told: list = []


def note(updates):
    told.append({str(k): (v.old_value, v.new_value) for k, v in updates.items()})


def noted():
    result = list(told)
    told.clear()
    return result


def changed(value, updates):
    return value.rebind(updates), noted()


# Snippets
pg.List()
pg.List([1, 2, [3]])
str(pg.List([1, {"a": [2]}]))
pg.List((1, 2))
pg.List(range(3))
pg.List(iter("ab"))
pg.List(1)
pg.List("ab")
pg.list([1])
isinstance(pg.List(), list), isinstance(pg.List(), pg.Symbolic)
type(pg.List([[1]])[0]), type(pg.List([{}])[0]), type(pg.List([(1, [2])])[0][1])
pg.List([1, 2, 3])[0], pg.List([1, 2, 3])[-1]
pg.List([1])[3]
pg.List([1])["a"]
# Expected difference: lists-and-dicts-behave-like-those-of-python
pg.List([1, 2, 3, 4])[1:3], pg.List([1, 2, 3, 4])[::2], pg.List([1, 2, 3])[::-1]
type(pg.List([1, 2])[0:1])
(lambda l: l[0:1][0] is l[0])(leaves())
leaves()[1:][0].sym_path
len(pg.List([1])), bool(pg.List()), 1 in pg.List([1]), 2 in pg.List([1])
pg.List([1, 2, 1]).count(1), pg.List([1, 2]).index(2)
pg.List([1]).index(5)
Leaf(1) in leaves(), leaves().index(Leaf(2)), leaves().count(Leaf(0))
list(reversed(pg.List([1, 2])))
after(pg.List([1, 2]), lambda l: l.__setitem__(0, 5))
after(pg.List([1, 2]), lambda l: l.__setitem__(-1, 5))
after(pg.List([1, 2]), lambda l: l.__setitem__(5, 5))
after(pg.List([1, 2]), lambda l: l.__setitem__("a", 5))
after(pg.List([1, 2]), lambda l: l.__setitem__(0, [5]))
type(after(pg.List([1, 2]), lambda l: l.__setitem__(0, [5]))[1][0])
after(pg.List([1, 2, 3, 4]), lambda l: l.__setitem__(slice(1, 3), [7, 8, 9]))
after(pg.List([1, 2, 3, 4]), lambda l: l.__setitem__(slice(None, None, 2), [7, 8]))
after(pg.List([1, 2, 3, 4]), lambda l: l.__setitem__(slice(None, None, 2), [7]))
after(pg.List([1, 2, 3, 4]), lambda l: l.__setitem__(slice(1, 3), []))
after(pg.List([1, 2, 3, 4]), lambda l: l.__setitem__(slice(9, 10), [5]))
after(pg.List([1, 2, 3, 4]), lambda l: l.__setitem__(slice(0, 2), 5))
after(pg.List([1, 2, 3]), lambda l: l.__delitem__(0))
after(pg.List([1, 2, 3]), lambda l: l.__delitem__(-1))
# Expected difference: lists-and-dicts-behave-like-those-of-python
after(pg.List([1, 2, 3]), lambda l: l.__delitem__(slice(0, 2)))
after(pg.List([1, 2, 3]), lambda l: l.__delitem__(7))
after(pg.List([1, 2, 3]), lambda l: l.append([4]))
after(pg.List([1, 2, 3]), lambda l: l.extend((4, 5)))
after(pg.List([1, 2, 3]), lambda l: l.extend(l))
after(pg.List([1, 2, 3]), lambda l: l.extend(4))
after(pg.List([1, 2, 3]), lambda l: l.insert(0, 4))
after(pg.List([1, 2, 3]), lambda l: l.insert(-1, 4))
after(pg.List([1, 2, 3]), lambda l: l.insert(99, 4))
after(pg.List([1, 2, 3]), lambda l: l.pop())
after(pg.List([1, 2, 3]), lambda l: l.pop(0))
after(pg.List([1, 2, 3]), lambda l: l.pop(7))
pg.List().pop()
after(pg.List([1, 2, 1]), lambda l: l.remove(1))
after(pg.List([1, 2, 1]), lambda l: l.remove(5))
after(pg.List([1, 2, 3]), lambda l: l.clear())
after(pg.List([1, 3, 2]), lambda l: l.sort())
after(pg.List([1, 3, 2]), lambda l: l.sort(reverse=True))
after(pg.List([1, 3, 2]), lambda l: l.sort(key=lambda v: -v))
after(pg.List([1, "a"]), lambda l: l.sort())
after(leaves(), lambda l: l.sort(key=lambda v: -v.x))
after(pg.List([1, 3, 2]), lambda l: l.reverse())
pg.List([1]) + [2], [1] + pg.List([2]), pg.List([1]) * 2, 2 * pg.List([1])
type(pg.List([1]) + [2]), type([1] + pg.List([2])), type(pg.List([1]) * 2)
pg.List([1]) + (2,)
after(pg.List([1]), lambda l: l.__iadd__([2]))
after(pg.List([1]), lambda l: l.__imul__(2))
pg.List([1, [2]]).copy(), type(pg.List([1]).copy())
(lambda l: l.copy()[0] is l[0])(pg.List([[1]]))
pg.List([1]) == [1], [1] == pg.List([1]), pg.List([1]) == (1,), pg.List([1]) != [1]
pg.List([1]) < [2], pg.List([2]) > pg.List([1]), pg.List([1, 2]) <= [1, 2]
pg.List([Leaf(1)]) == [Leaf(1)], pg.eq(pg.List([1]), [1]), pg.eq([1], pg.List([1]))
type(hash(pg.List([1])))
pg.hash(pg.List([1])) == pg.hash(pg.List([1]))
# Where items belong.
paths(leaves())
paths(after(leaves(), lambda l: l.insert(0, Leaf(9)))[1])
paths(after(leaves(), lambda l: l.pop(0))[1])
# Expected difference: all-modifications-of-a-list-are-changes
paths(after(leaves(), lambda l: l.reverse())[1])
# Expected difference: all-modifications-of-a-list-are-changes
paths(after(leaves(), lambda l: l.sort(key=lambda v: -v.x))[1])
paths(after(leaves(), lambda l: l.__setitem__(slice(0, 2), [Leaf(5)]))[1])
# Expected difference: lists-and-dicts-behave-like-those-of-python
paths(after(leaves(), lambda l: l.__delitem__(slice(0, 2)))[1])
paths(after(leaves(), lambda l: l.remove(Leaf(1)))[1])
paths(after(leaves(), lambda l: l.extend([Leaf(7)]))[1])
paths(leaves() + [Leaf(8)])
paths(leaves().copy())
# Expected difference: a-node-that-is-removed
(lambda l, n: (l.pop(0) is n, n.sym_parent, n.sym_path))(*[l := leaves(), l[0]])
# Expected difference: a-node-that-is-removed
(lambda l, n: (l.remove(n), n.sym_parent, n.sym_path))(*[l := leaves(), l[0]])
# Expected difference: a-node-that-is-removed
(lambda l, n: (l.__delitem__(0), n.sym_parent, n.sym_path))(*[l := leaves(), l[0]])
# Expected difference: a-node-that-is-removed
(lambda l, n: (l.__setitem__(0, 1), n.sym_parent, n.sym_path))(*[l := leaves(), l[0]])
# Expected difference: a-node-that-is-removed
(lambda l, n: (l.clear(), n.sym_parent, n.sym_path))(*[l := leaves(), l[0]])
(lambda l, n: (l.append(n), l[3] is n, l[3] == n))(*[l := leaves(), l[0]])
(lambda n: (lambda l: (l[0] is n, l[1] is n))(pg.List([n, n])))(Leaf())
# Value specs.
pg.List([1], value_spec=bounded)
pg.List([], value_spec=bounded)
pg.List([1, 2, 3, 4], value_spec=bounded)
pg.List([1, "a"], value_spec=bounded)
pg.List([1], value_spec=t.Dict())
pg.List([1], value_spec=bounded).value_spec
pg.List([1], value_spec=bounded).max_size, pg.List([1]).max_size
failed(pg.List([1], value_spec=bounded), lambda l: l.append("a"))
failed(pg.List([1, 2, 3], value_spec=bounded), lambda l: l.append(4))
failed(pg.List([1, 2, 3], value_spec=bounded), lambda l: l.insert(0, 4))
failed(pg.List([1, 2], value_spec=bounded), lambda l: l.extend([3, 4]))
failed(pg.List([1, 2], value_spec=bounded), lambda l: l.extend([3, "a"]))
failed(pg.List([1, 2], value_spec=bounded), lambda l: l.__setitem__(0, "a"))
failed(pg.List([1, 2], value_spec=bounded), lambda l: l.__setitem__(slice(0, 1), ["a"]))
# Expected difference: limits-of-list-sizes-are-enforced
failed(
    pg.List([1, 2], value_spec=bounded), lambda l: l.__setitem__(slice(0, 1), [5, 6, 7])
)
# Expected difference: limits-of-list-sizes-are-enforced
failed(pg.List([1], value_spec=bounded), lambda l: l.pop())
failed(pg.List([1], value_spec=bounded), lambda l: l.clear())
# Expected difference: limits-of-list-sizes-are-enforced
failed(pg.List([1], value_spec=bounded), lambda l: l.__delitem__(0))
failed(pg.List([1], value_spec=bounded), lambda l: l.remove(1))
# Expected difference: limits-of-list-sizes-are-enforced
failed(pg.List([1, 2], value_spec=bounded), lambda l: l.__iadd__([3, 4]))
# Expected difference: limits-of-list-sizes-are-enforced
failed(pg.List([1, 2], value_spec=bounded), lambda l: l.__imul__(2))
# Expected difference: an-item-of-a-typed-list-can-be-deleted
failed(pg.List([1, 2], value_spec=bounded), lambda l: l.rebind({1: pg.MISSING_VALUE}))
pg.List([1, 2], value_spec=t.List(t.Float()))
pg.List([{}], value_spec=t.List(t.Dict({"a": t.Int(1)})))
pg.List([1], value_spec=t.List(t.Int(transform=lambda v: v + 1)))
pg.List([1]).use_value_spec(bounded)
pg.List(["a"]).use_value_spec(bounded)
pg.List([1], value_spec=bounded).use_value_spec(None).value_spec
pg.List([1], value_spec=bounded).clone().value_spec
(pg.List([1], value_spec=bounded) + [2]).value_spec
pg.List([1], value_spec=bounded)[0:1].value_spec
pg.List([1], value_spec=bounded).sym_attr_field(0)
pg.List([1], value_spec=bounded).copy().value_spec
pg.List([pg.Dict(a=1)], value_spec=t.List(t.Dict({"a": t.Int()})))[0].value_spec
after(pg.List([1, 2]), lambda l: l.__setitem__(0, pg.MISSING_VALUE))
after(pg.List([1, 2]), lambda l: l.append(pg.MISSING_VALUE))
after(
    pg.List([1, 2], value_spec=t.List(t.Int(7))), lambda l: l.append(pg.MISSING_VALUE)
)
after(pg.List([1, 2]), lambda l: l.__setitem__(0, pg.Insertion(9)))
after(pg.List([1, 2]), lambda l: l.insert(0, pg.Insertion(9)))
pg.List([1, 2]).sym_getattr(0), pg.List([1]).sym_getattr(3, 5)
pg.List([1]).sym_getattr(3)
pg.List([1]).sym_hasattr(0), pg.List([1]).sym_hasattr(-1), pg.List([1]).sym_hasattr("a")
list(pg.List(["a"]).sym_items()), list(pg.List(["a"]).sym_keys())
pg.List([{"a": [5]}]).sym_get("[0].a[0]")
pg.List([Leaf()]).to_json(), pg.List([1]).to_json_str()
pg.from_json([1, {"a": 2}])
pg.List([1, [2]]).format(compact=True)
pg.List([1]).inspect(file=sys.stdout)
pg.List([1], onchange_callback=print).append(2)
# Where things are inserted, and what is told of it.
changed(
    pg.List([1, 2, 3], onchange_callback=note), {0: pg.Insertion(9), 1: pg.Insertion(8)}
)
changed(
    pg.List([1, 2, 3], onchange_callback=note), {1: pg.Insertion(8), 0: pg.Insertion(9)}
)
changed(pg.List([1, 2, 3], onchange_callback=note), {0: pg.Insertion(9), 1: 5})
changed(pg.List([1, 2, 3], onchange_callback=note), {"[1]": 5, "[0]": pg.Insertion(9)})
changed(
    pg.List([1, 2, 3], onchange_callback=note),
    {0: pg.Insertion(9), 1: pg.MISSING_VALUE},
)
changed(pg.List([1, 2, 3], onchange_callback=note), {0: pg.Insertion(7), 3: 9})
changed(pg.List([1, 2, 3], onchange_callback=note), {5: pg.Insertion(9)})
changed(pg.List([1, 2, 3], onchange_callback=note), {9: 9})
# Expected difference: paths-of-changes
changed(pg.List([1, 2, 3], onchange_callback=note), {-1: 9, 0: 8})
# Expected difference: paths-of-changes
changed(pg.List([1, 2, 3], onchange_callback=note), {3: 9, 4: 8})
# Expected difference: paths-of-changes
changed(
    pg.List([[1], [2]], onchange_callback=note), {"[1][0]": 5, "[0]": pg.Insertion([0])}
)
changed(
    pg.List([[1], [2]], onchange_callback=note), {"[0][0]": 5, "[1]": pg.Insertion([0])}
)
pg.List([1]).seal().clone().is_sealed, pg.List([1]).seal().copy().is_sealed
(pg.List([1]).seal() + [2]), (pg.List([1]).seal() * 2).is_sealed
pg.List([pg.List([1])]).seal().clone()[0].is_sealed
pg.List([pg.Dict(a=1)]).seal().clone()[0].is_sealed
(
    pg.Dict(a=[1]).seal().clone().a.is_sealed,
    pg.Dict(a=pg.List([1]).seal()).clone().a.is_sealed,
)
pg.List([1], onchange_callback=note).clone().append(2) or noted()
pg.Dict(a=1, onchange_callback=note).clone().rebind(a=2) and noted()
(pg.List([1], onchange_callback=note) + [2]), noted()
pg.List([1, pg.MISSING_VALUE], value_spec=pg.typing.List(pg.typing.Int()))
pg.List.partial([pg.MISSING_VALUE], value_spec=pg.typing.List(pg.typing.Int()))
# Equality is that of lists: by `==` of the items.
pg.List([ById()]) == pg.List([ById()]), pg.Dict(a=ById()) == pg.Dict(a=ById())
pg.List([ByEq(1)]) == pg.List([ByEq(2)]), pg.Dict(a=ByEq(1)) == {"a": ByEq(2)}
# Expected difference: lists-and-dicts-behave-like-those-of-python
pg.List([ByEq(1)]) == [ByEq(2)]
pg.List([1]) == AnyEq(), pg.List([1]) != AnyEq(), AnyEq() == pg.Dict(a=1)
# Expected difference: lists-and-dicts-behave-like-those-of-python
pg.Dict(a=1) == AnyEq()
pg.List([1]).__eq__(1), ById().__eq__(1)
pg.eq(pg.List([ById()]), pg.List([ById()])), pg.eq(pg.Dict(a=ById()), pg.Dict(a=ById()))
