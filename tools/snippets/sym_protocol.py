"""The `sym_*` methods and properties that all nodes have."""

import typing
from typing import Any

import pyglove as pg


class Leaf(pg.Object):
    x: int
    y: float = 1.0


class Node(pg.Object):
    a: Any = None
    b: Any = None


class Typed(pg.Object):
    leaf: Leaf
    leaves: typing.List[Leaf] = []


tree = Node(Leaf(1), [Leaf(2), {"k": Leaf(3)}])

# Snippets
tree.sym_path, tree.a.sym_path, tree.b[1].k.sym_path
repr(tree.b[1].k.sym_path), str(tree.b[1].k.sym_path)
tree.sym_parent, tree.a.sym_parent is tree, tree.b[0].sym_parent is tree.b
tree.sym_root is tree, tree.b[1].k.sym_root is tree
list(tree.sym_keys()), list(tree.sym_values()), list(tree.sym_items())
list(tree.b.sym_keys()), list(tree.b[1].sym_items())
tree.sym_hasattr("a"), tree.sym_hasattr("x"), tree.sym_hasattr(0)
tree.b.sym_hasattr(0), tree.b.sym_hasattr(5), tree.b.sym_hasattr("x")
tree.sym_getattr("a"), tree.sym_getattr("x", 7)
tree.sym_getattr("x")
tree.sym_get("b[1].k.x"), tree.sym_get(pg.KeyPath.parse("a.x")), tree.sym_get("")
tree.sym_get("b[7]")
tree.sym_get("b[7]", 3), tree.sym_get("zz.y", 4), tree.sym_get("a.x.y", 5)
tree.sym_get("a.x.y")
tree.sym_has("b[1].k"), tree.sym_has("b[7]"), tree.sym_has(""), tree.sym_has("a.x.y")
tree.sym_inferred("a"), tree.sym_inferred("zz", 1)
tree.sym_inferred("zz")
tree.sym_inferrable("a"), tree.sym_inferrable("zz")
# Expected difference: sym_init_args-is-a-view
tree.sym_init_args
tree.sym_init_args.a is tree.a, tree.sym_init_args["b"] is tree.b
tree.sym_init_args.nope
list(tree.sym_init_args), dict(tree.sym_init_args) == {"a": tree.a, "b": tree.b}
(
    isinstance(tree.sym_init_args, pg.Dict),
    tree.sym_init_args == {"a": tree.a, "b": tree.b},
)
Leaf(1).sym_init_args.get("x"), "y" in Leaf(1).sym_init_args, len(Leaf(1).sym_init_args)
Leaf(1).sym_attr_field("x")
Leaf(1).sym_attr_field("nope")
Leaf.sym_fields
Leaf(1).sym_fields is Leaf.sym_fields or Leaf(1).sym_fields == Leaf.sym_fields
tree.a.sym_field, tree.b.sym_field, tree.sym_field
Typed(Leaf(1), [Leaf(2)]).leaf.sym_field
Typed(Leaf(1), [Leaf(2)]).leaves.sym_field
Typed(Leaf(1), [Leaf(2)]).leaves[0].sym_field
pg.Dict(x=1).sym_field, pg.List([1]).sym_attr_field(0)
(
    tree.sym_eq(tree.clone()),
    tree.sym_ne(tree.clone()),
    tree.sym_hash() == tree.clone().sym_hash(),
)
tree.sym_missing(), tree.sym_nondefault()
Leaf(1).sym_nondefault(), Leaf(1, 2.0).sym_nondefault()
tree.sym_partial, tree.sym_sealed, tree.sym_abstract, tree.sym_puresymbolic
(
    tree.is_partial,
    tree.is_sealed,
    tree.is_abstract,
    tree.is_pure_symbolic,
    tree.is_deterministic,
)
tree.sym_jsonify()
Leaf(1).sym_jsonify(hide_default_values=True)
(lambda n: (n.sym_setparent(None), n.sym_parent, n.sym_path))(Leaf(1))
(lambda n: (n.a.sym_setparent(None), n.a.sym_parent, n.a.sym_path))(tree.clone())
# Expected difference: a-path-is-a-keypath
(lambda n: (n.sym_setpath("a.b"), n.sym_path))(Leaf(1))
(lambda n: (n.sym_setpath(pg.KeyPath(["a", 3])), n.sym_path, n.sym_path.keys))(Leaf(1))
# Expected difference: a-path-is-a-keypath
(lambda n: (n.sym_setpath(None), n.sym_path))(Leaf(1))
# Expected difference: a-path-is-a-keypath
(lambda n: (n.sym_setpath("r"), n.a.sym_path, n.b[1].k.sym_path))(tree.clone())
(lambda n: (n.sym_setparent(tree), n.sym_parent is tree, n.sym_path))(Leaf(1))
Node(1, root_path=pg.KeyPath.parse("a.b")).sym_path
Node(Leaf(1), root_path=pg.KeyPath.parse("a.b")).a.sym_path
pg.List([Leaf(1)], root_path=pg.KeyPath("z"))[0].sym_path
(lambda n, d: (setattr(d, "k", n), n.sym_path, n.sym_parent is d))(
    Leaf(1), pg.Dict(root_path=pg.KeyPath("r"))
)
# A node and its places.
(lambda n: (Node(n).a is n, Node(n).a is n, n.sym_parent is None))(Leaf(1))
# Expected difference: a-node-that-is-placed-twice
(lambda n: (lambda t: (t.a is n, t.b is n, t.a is t.b))(Node(n, n)))(Leaf(1))
# Expected difference: a-node-that-is-placed-twice
(lambda n: (lambda t: (t.a is n, t.b[0] is n))(Node(n, [n])))(Leaf(1))
(lambda n: (lambda t: (t.rebind(b=t.a), t.a is t.b)[1])(Node(n)))(Leaf(1))
tree.sym_ancestor(), tree.b[1].k.sym_ancestor().sym_path
tree.sym_origin, tree.sym_contains(3), tree.sym_contains(type=float)
isinstance(tree, pg.Symbolic), isinstance(tree.a, pg.utils.MaybePartial)
isinstance(tree, pg.utils.Formattable), isinstance(tree, pg.utils.JSONConvertible)
pg.Symbolic.__name__, pg.Symbolic.ObjectType.__name__, pg.Symbolic.DictType.__name__
pg.FieldUpdate
pg.FieldUpdate(pg.KeyPath("a"), Leaf(1), None, 1, 2)
(lambda u: (u.path, u.target, u.field, u.old_value, u.new_value))(
    pg.FieldUpdate(pg.KeyPath("a"), 1, None, 2, 3)
)
pg.FieldUpdate(pg.KeyPath("a"), 1, None, 2, 3) == pg.FieldUpdate(
    pg.KeyPath("a"), 1, None, 2, 3
)
(lambda n: (n.sym_getattr("a").sym_rebind(x=9), n))(tree.clone())
tree.set_accessor_writable(False).accessor_writable
(
    issubclass(pg.WritePermissionError, Exception),
    pg.WritePermissionError.__mro__[1].__name__ in ("Exception", "PyGloveError"),
)
