"""Differences between values, in all modes."""

from typing import Any

import pyglove as pg


class A(pg.Object):
    x: Any = None
    y: Any = None


class B(pg.Object):
    x: Any = None
    z: int = 1


class C(A):
    z: int = 1


left = A(A(1, [1, 2, {"k": 3}]), {"p": 1, "q": B(2)})
right = A(A(2, [1, 5, {"k": 4}, 6]), {"p": 1, "r": B(3)})

# Snippets
pg.diff(1, 1)
pg.diff(1, 2)
pg.diff(1, 1.0), pg.diff(1, True), pg.diff(1, "1"), pg.diff(None, 0)
pg.diff(A(1), A(1))
pg.diff(A(1), A(2))
str(pg.diff(A(1), A(2)))
type(pg.diff(A(1), A(2))), type(pg.diff(1, 1))
pg.diff(A(1), B(1))
pg.diff(A(1, 2), B(2))
pg.diff(A(1), C(1))
pg.diff(A(1), None)
pg.diff(left, right)
str(pg.diff(left, right))
# Expected difference: diffs
pg.diff(left, right, flatten=True)
pg.diff(left, left), pg.diff(left, left, flatten=True)
pg.diff(left, right, mode="same")
pg.diff(left, right, mode="same", flatten=True)
pg.diff(left, right, mode="both")
# Expected difference: diffs
pg.diff(left, right, mode="both", flatten=True)
pg.diff(A(1), A(1), mode="both")
pg.diff(A(1), A(1), mode="same")
pg.diff(1, 1, mode="both"), pg.diff(1, 1, mode="same"), pg.diff(1, 2, mode="same")
pg.diff(A(1), A(2), mode="nonsense")
pg.diff(A(1), B(1), collapse=True)
pg.diff(A(1), B(1), collapse=True, flatten=True)
pg.diff(A(1), B(2), collapse=True, mode="both")
pg.diff(A(1), B(2), collapse=True, mode="same")
pg.diff(A(1), A(2), collapse=False)
pg.diff(A(A(1)), A(A(2)), collapse=False)
pg.diff(A(1), A(2), collapse="same_type")
pg.diff(A(1), A(2), collapse="nonsense")
pg.diff(A(1), B(1), collapse=lambda a, b: True)
pg.diff(A(A(1)), A(A(2)), collapse=lambda a, b: a.x != 1)
pg.diff(A(1), B(1), flatten=True)
pg.diff(A(A(1)), A(B(1)), flatten=True)
pg.diff(1, 2, flatten=True)
pg.diff([1, 2], [1, 3, 4])
pg.diff([1, 2], [1, 3, 4], flatten=True)
pg.diff([1, 2], [1])
pg.diff([], [1]), pg.diff([1], [])
pg.diff([A(1)], [A(2)])
# Expected difference: tuples-of-one-item
pg.diff([1], (1,))
pg.diff((1, 2), (1, 3))
pg.diff({"a": 1}, {"b": 1})
pg.diff({"a": 1}, {"a": 1, "b": 2}, flatten=True)
pg.diff({"a": {"b": 1}}, {"a": {"b": 2}}, flatten=True)
pg.diff(pg.Dict(a=1), {"a": 2})
pg.diff(pg.List([1]), [2])
pg.diff({"a": 1}, [1])
# Expected difference: diffs
pg.diff(A(pg.Ref(A(1))), A(pg.Ref(A(2))))
pg.diff(A.partial(), A(1))
pg.diff(A(lambda v: v), A(lambda v: v))
pg.diff(A(int), A(str))
pg.diff("abc", "abd")
pg.Diff(1, 2)
pg.Diff()
pg.Diff(1)
pg.Diff(left=A, right=B, children={"x": pg.Diff(1, 2)})
pg.Diff(left=A, right=A, children={"x": pg.Diff(1, 2)})
str(pg.Diff(1, 2)), str(pg.Diff())
bool(pg.Diff()), bool(pg.Diff(1, 2)), bool(pg.diff(1, 1)), bool(pg.diff(1, 2))
# Expected difference: diffs
pg.Diff(1, 2) == pg.Diff(1, 2), pg.Diff(1, 2) == pg.Diff(1, 3), pg.Diff(1, 1) == 1
pg.Diff(1, 1)
pg.Diff(1, 2).is_leaf, pg.diff(A(1), A(2)).is_leaf
pg.Diff(1, 2).value
pg.Diff(1, 1).value
pg.diff(A(1), A(2)).children
pg.diff(A(1), A(2)).left, pg.diff(A(1), A(2)).right
pg.diff(A(1), B(2)).left, pg.diff(A(1), B(2)).right
pg.diff(A(1), A(2)).children["x"].left
pg.Diff.__schema__.keys()
pg.Diff.MISSING
pg.diff(A(1), A(2)).to_json()
pg.diff(A(1, 2), A(2, 2)).format(compact=True)
pg.Diff(1, 2, children={"x": 1})
pg.Diff(A, A, children={"x": 1})
isinstance(pg.Diff(1, 2), pg.Object), isinstance(pg.Diff(1, 2), pg.PureSymbolic)
