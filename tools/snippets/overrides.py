"""Classes that override what the protocol of symbolic values does."""

import copy
import functools
import pickle
from typing import Any

import pyglove as pg

said: list = []


def noted():
    """What has been said since the last time."""
    result = list(said)
    said.clear()
    return result


class ByX(pg.Object):
    x: int
    y: Any = None

    def sym_eq(self, other):
        return isinstance(other, ByX) and self.x == other.x

    def sym_hash(self):
        return hash(self.x)


class Extra(pg.Object):
    x: int
    y: int = 1

    def sym_jsonify(self, **kwargs):
        return {**super().sym_jsonify(**kwargs), "z": 1}

    @classmethod
    def from_json(cls, json_value, **kwargs):
        values = {k: v for k, v in json_value.items() if k != "z"}
        return super().from_json(values, **kwargs)


class Shown(pg.Object):
    x: int

    def format(self, compact=False, verbose=True, root_indent=0, **kwargs):
        return f"<{self.x},{compact},{verbose},{root_indent},{sorted(kwargs)}>"


class Printed(pg.Object):
    x: int

    def __str__(self):
        return "S"

    def __repr__(self):
        return "R"


class Cloned(pg.Object):
    x: Any

    def _sym_clone(self, deep, memo=None):
        new = super()._sym_clone(deep, memo)
        new.tag = "cloned"
        return new


class Getting(pg.Object):
    x: Any = 1
    y: Any = 2

    def _sym_getattr(self, key):
        return key, super()._sym_getattr(key)


class Inferring(pg.Object):
    x: Any = 1
    y: Any = 2

    def _sym_inferred(self, key, **kwargs):
        return key, kwargs, super()._sym_inferred(key, **kwargs)


class Reading(pg.Object):
    x: Any = 1

    def sym_inferred(self, key, *args, **kwargs):
        return "read", super().sym_inferred(key, *args, **kwargs)


class Below(Getting):
    z: int = 5


class Rebinding(pg.Object):
    x: Any = 0
    y: Any = 0

    def _sym_rebind(self, path_value_pairs):
        pairs = [(type(k).__name__, str(k), v) for k, v in path_value_pairs.items()]
        updates = super()._sym_rebind(path_value_pairs)
        said.append(pairs)
        said.append([(str(u.path), u.old_value, u.new_value) for u in updates])
        return updates

    def _on_change(self, field_updates):
        said.append(sorted(map(str, field_updates)))
        super()._on_change(field_updates)


class Lacking(pg.Object):
    x: Any = 1

    def _sym_missing(self):
        return {"q": 1}


class Whole(pg.Object):
    x: Any

    def _sym_missing(self):
        return {}


class Holder(pg.Object):
    item: Lacking


class WholeHolder(pg.Object):
    item: Whole


class Unusual(pg.Object):
    x: Any = 1

    def _sym_nondefault(self):
        return {"q": 1}


class Dynamic(pg.Object):
    x: int

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return "dynamic " + name


class Likeness(pg.Object):
    x: int

    def __len__(self):
        return 0

    def __iter__(self):
        return iter([1, 2])

    def __contains__(self, value):
        return True

    def __getitem__(self, key):
        return key

    def __call__(self):
        return "called"


class Properties(pg.Object):
    x: int
    LIMIT = 5

    @property
    def y(self):
        return self.x + 1

    @y.setter
    def y(self, value):
        self.rebind(x=value - 1)

    @functools.cached_property
    def kept(self):
        return [self.x]

    @classmethod
    def make(cls):
        return cls(1)


class Rebound(pg.Object):
    x: int
    y: int = 0

    def _on_bound(self):
        super()._on_bound()
        if self.y != 2 * self.x:
            self.rebind(y=2 * self.x)


class Seeing(pg.Object):
    x: Any = None

    def _on_bound(self):
        super()._on_bound()
        said.append((str(self.sym_path), self.sym_parent is None))


def setting(value, name, new):
    setattr(value, name, new)
    return value


# Snippets
ByX(1, 2) == ByX(1, 3), ByX(1) != ByX(1, 2), pg.ne(ByX(1), ByX(1, 2)), ByX(1) == 1
pg.eq([ByX(1, 2)], [ByX(1, 3)]), pg.Dict(a=ByX(1, 2)) == pg.Dict(a=ByX(1, 5))
{ByX(1, 2): 1}[ByX(1, 7)], hash(ByX(1, 2)) == hash(ByX(1))
pg.contains(pg.List([ByX(1, 2)]), ByX(1)), pg.List([ByX(1, 2)]).index(ByX(1))
sorted(Extra(1).to_json()), sorted(Extra(1).to_json(hide_default_values=True))
pg.from_json(Extra(1).to_json()), pg.from_json(pg.Dict(a=[Extra(2)]).to_json())
repr(Shown(1)), str(Shown(1)), f"{Shown(1)}", pg.format(Shown(1))
# Expected difference: tuples-of-one-item
repr(pg.Dict(a=Shown(1))), str(pg.Dict(a=[Shown(1)])), repr(pg.Dict(a=(Shown(1),)))
pg.format([Shown(1)], compact=True, hide_default_values=True)
str(Printed(1)), repr(Printed(1)), repr([Printed(1)])
str(pg.Dict(a=Printed(1))), repr(pg.Dict(a=Printed(1)))
Cloned(1).clone().tag, copy.copy(Cloned(1)).tag, copy.deepcopy(Cloned(1)).tag
pg.Dict(a=Cloned(1)).clone().a.tag, pg.List([Cloned(1)]).clone()[0].tag
Cloned(Cloned(1)).clone().x.tag, pg.clone(Cloned(1)).tag
Getting().x, Getting().sym_getattr("x"), Getting().sym_inferred("y")
Getting().sym_get("x"), pg.KeyPath.parse("x").query(Getting())
Getting(), Getting().to_json(), list(Getting().sym_items()), Getting().clone()
Getting() == Getting(), Getting().sym_getattr("zz", 5)
Getting().sym_getattr("zz")
Below().x, Below().z
Inferring().x, Inferring().sym_getattr("x"), Inferring().sym_inferred("y", a=1)
Inferring().sym_get("x"), Inferring().sym_get("x", use_inferred=True)
Inferring(), Inferring().to_json(), Inferring().clone(), Inferring().sym_inferrable("x")
Inferring(pg.Ref(pg.Dict(a=1))).x, Inferring().sym_inferred("zz", 5)
Reading().x, Reading().sym_inferred("x")
tree = Rebinding(Rebinding(1), [1, 2])
tree.rebind(y=3), noted()
tree.rebind({"x.x": 3, "y": [4]}), noted()
tree.rebind(lambda k, v: v + 1 if isinstance(v, int) else v), noted()
tree.rebind({"y[0]": pg.Insertion(9)}), noted()
tree.rebind({"y[0]": pg.MISSING_VALUE}), noted()
tree.y.rebind({0: 4}), noted()
tree.rebind(y=4, skip_notification=True), noted()
tree.x.rebind(x=8), noted()
tree.x.rebind(x=9, notify_parents=False), noted()
tree.rebind(y=4, raise_on_no_change=False), noted()
tree.clone(override={"y": 2}), noted()
tree.rebind(q=1)
noted()
Lacking().sym_missing(), Lacking().is_partial, Lacking().is_abstract
pg.Dict(a=Lacking()).sym_missing(), pg.Dict(a=Lacking()).is_partial
pg.List([Lacking()]).sym_missing(), pg.is_partial([Lacking()])
Holder(Lacking())
Whole.partial().is_partial, WholeHolder(Whole.partial())
Unusual().sym_nondefault(), pg.Dict(a=Unusual()).sym_nondefault()
Dynamic(1).x, Dynamic(1).foo, Dynamic(1), Dynamic.partial().x, Dynamic(1).clone()
pickle.loads(pickle.dumps(Dynamic(1))), copy.deepcopy(Dynamic(1))
Likeness(1), bool(Likeness(1)), list(Likeness(1)), 5 in Likeness(1), Likeness(1)()
pg.Dict(a=Likeness(1)).a, pg.List([Likeness(1)]), Likeness(1) == Likeness(1)
pg.from_json(Likeness(1).to_json()), Likeness(1).clone(), Likeness(1).sym_path
pg.query(pg.Dict(a=Likeness(1)), where=lambda v: isinstance(v, Likeness))
(lambda p: (setting(p, "y", 10), p.x, p.y))(Properties(1))
Properties.make(), Properties.LIMIT, Properties.__schema__.keys()
(lambda p: (p.kept, p.rebind(x=2), p.kept, p.clone().kept))(Properties(1))
Rebound(1), Rebound(1).rebind(x=3), Rebound(1, 5), Rebound(1).clone()
pg.Dict(a=Rebound(1)).rebind({"a.x": 4})
Seeing(Seeing()), noted()
