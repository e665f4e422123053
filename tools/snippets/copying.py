"""Clones, copies and pickles."""

import copy
import pickle
from typing import Any

import pyglove as pg


class Leaf(pg.Object):
    x: int
    y: float = 1.0


class Plain:
    def __init__(self):
        self.items = [1]

    def __eq__(self, other):
        return isinstance(other, Plain) and self.items == other.items

    def __hash__(self):
        return 1


class Node(pg.Object):
    a: Any = None
    b: Any = None


class Cloned(Node):
    def _sym_clone(self, deep, memo=None):
        print("cloned", deep)
        return super()._sym_clone(deep, memo)


class Stateful(pg.Object):
    x: int

    def _on_bound(self):
        super()._on_bound()
        self.total = self.x + 1


class Own(pg.Object):
    x: int

    def __copy__(self):
        return "copied"

    def __deepcopy__(self, memo):
        return "deeply copied"


def module_function(x):
    return x


def there(value):
    """A value after a way through pickle."""
    return pickle.loads(pickle.dumps(value))


plain = Plain()
tree = Node([Leaf(1), {"k": plain}], (Leaf(2), [3]))

# Snippets
tree.clone() == tree, tree.clone() is tree
tree.clone().a is tree.a, tree.clone().a[0] is tree.a[0]
tree.clone().a[1].k is plain, tree.clone(deep=True).a[1].k is plain
tree.clone(deep=True) == tree
tree.clone().b is tree.b, tree.clone(deep=True).b is tree.b
tree.clone().b[0] is tree.b[0], tree.clone(deep=True).b[0] is tree.b[0]
tree.clone().a.sym_path, tree.a.clone().sym_path, tree.a.clone().sym_parent
tree.clone(override={"a[0].x": 7})
tree.clone(override={"a": 1, "b": 2})
tree.clone(override={"nope": 1})
tree.clone(override={"a[0].x": "bad"})
pg.clone(tree) == tree, pg.clone(tree, deep=True) == tree
(
    pg.clone([1, {"a": plain}])[1]["a"] is plain,
    pg.clone([1, {"a": plain}], deep=True)[1]["a"] is plain,
)
pg.clone(plain) is plain, pg.clone(plain, deep=True) is plain
pg.clone(1), pg.clone(None), pg.clone((1, Leaf(1)))
# Expected difference: assertions-and-internal-errors
pg.clone([Leaf(1)], override={"[0].x": 2})
# Expected difference: assertions-and-internal-errors
pg.clone({"a": Leaf(1)}, override={"a.x": 2})
Node(Cloned(1)).clone()
Node([Cloned(1)]).clone(deep=True)
Cloned(Cloned(1)).clone()
copy.copy(Cloned(1)), copy.deepcopy(Cloned(1))
pg.clone(Cloned(1))
copy.copy(tree) == tree, copy.copy(tree).a is tree.a
copy.deepcopy(tree) == tree, copy.deepcopy(tree).a[1].k is plain
copy.copy(tree.a).sym_parent, copy.deepcopy(tree.a).sym_parent
copy.deepcopy([tree, tree])[0] is copy.deepcopy([tree, tree])[1]
(lambda c: c[0] is c[1])(copy.deepcopy([tree, tree]))
type(copy.copy(pg.Dict(a=1))), type(copy.deepcopy(pg.List([1])))
copy.copy(pg.Dict(a=[1])), copy.deepcopy(pg.List([Leaf(1)]))
copy.copy(Own(1)), copy.deepcopy(Own(1)), Own(1).clone(), copy.deepcopy(Node(Own(1)))
Stateful(1).clone().total, copy.deepcopy(Stateful(1)).total, there(Stateful(1)).total
(lambda s: (setattr(s, "extra", 1), hasattr(s.clone(), "extra")))(Stateful(1))
(lambda s: (setattr(s, "extra", 1), hasattr(there(s), "extra")))(Stateful(1))
there(tree) == tree
there(Leaf(1)), there(Leaf.partial()), there(pg.Dict(a=[1])), there(pg.List([{"a": 1}]))
type(there(pg.Dict(a=[1])).a), there(tree).a[0].sym_path
# Expected difference: saved-values-can-be-loaded
there(pg.Dict(a=1, value_spec=pg.typing.Dict({"a": int}))).value_spec
there(Leaf(1).seal()).is_sealed
there(Node(int)).a, there(Node(module_function)).a, there(Node(len)).a
there(Node(lambda v: v))
there(Node({1, 2})).a, there(Node(b"a")).a, there(Node(plain)).a == plain
there(Node(pg.MISSING_VALUE)), there(pg.MISSING_VALUE) == pg.MISSING_VALUE
there(pg.KeyPath.parse("a.b[0]")), there(pg.Insertion(1)).value
there(pg.typing.Int(1, min_value=0)), there(Leaf)
pickle.loads(pickle.dumps(Leaf(1), protocol=2))
Leaf(1).clone().sym_parent, Node(Leaf(1)).a.clone().sym_parent
Leaf.partial().clone(), Leaf.partial().clone().allow_partial
Leaf(1, sealed=True).clone().is_sealed, Leaf(1, sealed=True).clone(deep=True).is_sealed
Leaf(1).sym_clone(), Leaf(1).sym_clone(deep=True)
Node(Node(1)).clone(memo={})
(lambda n: n.clone(deep=True).a is n.a)(Node(plain))
(lambda f: f.clone()(1))(pg.functor(lambda x, y: x + y)(y=2))
pg.Dict(a=plain).clone().a is plain, pg.List([plain]).clone(deep=True)[0] is plain
pg.Dict(a=Leaf(1)).clone().a.sym_path
pg.List([Leaf(1)]).clone()[0].sym_path
