"""Key paths, sets of them, and the hierarchies that they go through."""

import pyglove as pg

K = pg.KeyPath
S = pg.KeyPathSet
u = pg.utils
M = pg.MISSING_VALUE
p = K.parse
nested = {"a": [1, {"b": 2}], "c": (3, {"d": 4}), "e": {}}


class Own(u.StrKey):
    def __init__(self, name):
        self.name = name

    def __str__(self):
        return f"<{self.name}>"


class Named:
    def __init__(self):
        self.x = 1


class Part(u.MaybePartial):
    def __init__(self, missing):
        self.missing = missing

    def missing_values(self, flatten=True):
        return self.missing


def walked(value, before=None, after=None, **kwargs):
    """What is visited, and in what order."""
    log = []

    def preorder(k, v):
        log.append(("pre", str(k), repr(v)))
        return True if before is None else before(k, v)

    def postorder(k, v):
        log.append(("post", str(k)))
        return True if after is None else after(k, v)

    return u.traverse(value, preorder, postorder, **kwargs), log


def changed(fn, *paths, **kwargs):
    """What a function returns, and the set after it."""
    paths = S([p(path) for path in paths], **kwargs)
    return fn(paths), paths


# Snippets
K(), K("a"), K(1), K(["a", 1]), K("a.b"), K(["a", "b.c"]), K(None)
repr(K(["a", 1])), str(K(["a", 1])), K(["a", 1]).path, K().path, K(["a", 1]).keys
p("a.b[0].c"), p(""), p("[0]"), p("a[b.c].d"), p("a.0"), p("a[x]"), p("[a][b]")
p("a.b[0].c").keys, p("a[-1]").keys, p("a[b.c]").keys, p("x.1.y").keys
p("a..b")
p("a[")
p("a]")
p("a[0]b")
p(1)
p(".a"), p("a."), p("a.b.")
p("a.b", p("x"))
p("a.b[0]").key, p("a.b[0]").parent, p("a.b[0]").depth, p("a.b[0]").is_root, K().is_root
K().key
K().parent
len(p("a.b")), list(p("a.b").keys), bool(K()), "a" in p("a.b")
(
    p("a.b") + "c",
    p("a.b") + "c.d",
    p("a.b") + 1,
    p("a.b") + p("c[0]"),
    p("a") + None,
    K() + "a",
)
p("a.b.c") - p("a"), p("a.b.c") - "a.b", p("a.b") - p("a.b"), p("a.b") - K()
p("a.b") - p("c")
p("a") - p("a.b")
p("a.b") - 1
(
    p("a.b") == "a.b",
    p("a.b") == p("a.b"),
    p("a.b") == "a.c",
    K(1) == 1,
    K("a") != "a",
    p("a.b") == K(["a", "b"]),
)
hash(p("a.b")) == hash(p("a.b")), hash(p("a.b")) == hash("a.b"), {p("a"): 1}.get("a")
(
    p("a") < p("b"),
    p("a.b") < p("a"),
    p("a[2]") < p("a[10]"),
    p("a") < "b",
    p("a") <= p("a"),
    p("b") > p("a"),
)
p("a[0]") < p("a.b"), p("a.b") > p("a[0]")
sorted([p("b"), p("a[10]"), p("a[2]"), p("a"), K()])
p("a.b[0].x").query(nested)
p("a[1].b").query(nested), p("c[1].d").query(nested), K().query(1)
p("a[9]").query(nested)
(
    p("a[9]").get(nested),
    p("a[9]").get(nested, 5),
    p("a[0]").get(nested),
    p("a[0].z").get(nested, 7),
)
(
    p("a[0]").exists(nested),
    p("a[9]").exists(nested),
    p("a.b").exists(nested),
    K().exists(1),
)
p("x").query(Named()), p("x").exists(Named())
(
    p("a.b").is_relative_to(p("a")),
    p("a.b").is_relative_to("b"),
    p("a").is_relative_to(p("a.b")),
    p("a").is_relative_to(K()),
)
p("a.b.c").has_prefix("a.b") if hasattr(K, "has_prefix") else "none"
K.from_value("a.b"), K.from_value(1), K.from_value(p("a"))
K.from_value(1.5)
K.from_value(None)
K(Own("k")), K(["a", Own("k"), "b"]), str(K([Own("k")]))
p("a.b").format(), p("a.b").path_str("$") if hasattr(K, "path_str") else "none"
K(["a", "$"]), K(["a b", ""]), K([(1, 2)]), K([1.5])
p("a.b").concat(p("c")) if hasattr(K, "concat") else "none"
pg.to_json(p("a[0].b"))
pg.Dict(a=1).sym_path == "", pg.Dict(a=pg.Dict()).a.sym_path == "a"
# Sets.
(
    S(),
    S(["a", "b.c"]),
    S([1, K([1, "a"])]),
    len(S(["a"])) if hasattr(S, "__len__") else "none",
)
str(S(["a", "b.c", "b.d[0]", ""]))
S([1.5])
S("abc"), S(None)
list(S(["a.b", "a", "c[0]"])), list(S(["a.b", "c[0]"], include_intermediate=True))
bool(S()), bool(S(["a"])), bool(S([""]))
"a" in S(["a"]), "a.b" in S(["a"]), "a" in S(["a.b"]), "" in S(["a"]), 1 in S([1])
S(["a", "b"]) == S(["b", "a"]), S(["a"]) == ["a"], S(["a"]) != S(["b"])
hash(S())
changed(lambda s: s.add("x.y"), "a"), changed(lambda s: s.add("a"), "a")
changed(lambda s: s.add("x.y", include_intermediate=True), "a")
(
    changed(lambda s: s.remove("a"), "a"),
    changed(lambda s: s.remove("b"), "a"),
    changed(lambda s: s.remove("a"), "a.b"),
)
changed(lambda s: s.clear(), "a.b"), changed(lambda s: s.copy(), "a.b", "a")
changed(lambda s: (s.has_prefix("a"), s.has_prefix("a.b.c"), s.has_prefix("")), "a.b")
(
    changed(lambda s: s.subtree("a"), "a.b", "a.c", "d", "a"),
    changed(lambda s: s.subtree("x"), "a"),
)
changed(lambda s: s.subtree("a").add("zz"), "a.b", "d")
changed(lambda s: s.rebase("a.b"), "b", "c[0]", "")
changed(lambda s: s + S(["x"]), "b")
(
    changed(lambda s: s.union(S(["x", "b.c"])), "b"),
    changed(lambda s: s.update(S(["x"])), "b"),
)
(
    changed(lambda s: s.difference(S(["x"])), "b", "x"),
    changed(lambda s: s.difference_update(S(["x"])), "b", "x"),
)
(
    changed(lambda s: s.intersection(S(["x"])), "b", "x"),
    changed(lambda s: s.intersection_update(S(["x"])), "b", "x"),
)
S.from_value(["a", "b.c"]), S.from_value(S(["a"])), S.from_value({"a"})
S.from_value("a"), S.from_value(1)
S(["a.b", 1]).format(compact=True), S(["a.b", "a.c.d"]).format(compact=False)
# Hierarchies of lists and dicts.
walked(nested)
walked(nested, lambda k, v: not isinstance(v, list))
walked(nested, None, lambda k, v: k != "a[0]")
walked([1, 2], root_path=K("z"))
walked({1: 2, "x.y": 3})
walked(1), u.traverse([1])
u.transform({"a": 1, "b": [1, 2]}, lambda k, v: v + 1 if isinstance(v, int) else v)
u.transform({"a": 1, "b": [1, 2, 1]}, lambda k, v: M if v == 1 else v)
u.transform([1, [1]], lambda k, v: str(k))
u.transform((1, 2), lambda k, v: v + 1 if isinstance(v, int) else v)
u.transform(1, lambda k, v: M)
(
    lambda d: (
        u.transform(d, lambda k, v: v, inplace=True) is d,
        u.transform(d, lambda k, v: v, inplace=False) is d,
    )
)({"a": [1]})
u.flatten(nested), u.flatten(1), u.flatten({}), u.flatten([]), u.flatten([1, [2]])
(
    u.flatten({"a": {"x.y": {"z[0]": 1}}}),
    u.flatten({"a": {"x.y": 1}}, flatten_complex_keys=False),
)
u.canonicalize({"a.b": 1, "a.c": 2}), u.canonicalize({"a": {"b.c": 1}, "a.b.d": 2})
u.canonicalize({"a[0]": 1, "a[1]": 2}), u.canonicalize({"a[0]": 1, "a[2]": 2})
u.canonicalize({"a[0]": 1, "a[2]": 2}, sparse_list_as_dict=False)
u.canonicalize({"a.b": 1, "a": 2})
u.canonicalize({"a": 2, "a.b": 1})
(
    u.canonicalize([{"a.b": 1}]),
    u.canonicalize(1),
    u.canonicalize({1: 2}),
    u.canonicalize({"": 1}),
)
u.canonicalize(u.flatten(nested))
(
    u.try_listify_dict_with_int_keys({0: 1, 1: 2}),
    u.try_listify_dict_with_int_keys({0: 1, 2: 2}),
)
(
    u.try_listify_dict_with_int_keys({0: 1, 2: 2}, True),
    u.try_listify_dict_with_int_keys({"a": 1}),
    u.try_listify_dict_with_int_keys({}),
)
u.merge([{"a": 1, "b": {"c": 2}}, {"b": {"d": 3}}])
(
    u.merge([{"a": 1}, {"a": M}]),
    u.merge([{"a": M}, {"a": 1}]),
    u.merge([{"a": None}, {"a": 1}]),
    u.merge([]),
)
u.merge([{"a": [1, 2]}, {"a": {1: 3}}])
u.merge([{"a": 1}, None, {"b": 2}])
u.merge([{"a": 1}, {"a": 2}], lambda k, a, b: print(k, a, b) or b)
u.merge([1, 2])
(
    u.merge_tree({"a": 1, "b": {"c": 2}}, {"b": {"c": 3, "d": 4}}),
    u.merge_tree({"a": 1}, {"a": M}),
)
u.merge_tree({"a": 1}, 2), u.merge_tree([1, 2], {0: 5}), u.merge_tree([1, 2], [3])
u.merge_tree({"a": 1}, {"a": 2}, lambda k, a, b: (str(k), a, b))
u.is_partial(M), u.is_partial({"a": M}), u.is_partial([{"a": (M,)}]), u.is_partial(1)
u.is_partial(Part({1: 1})), u.is_partial([Part({1: 1})]), Part({}).is_partial
