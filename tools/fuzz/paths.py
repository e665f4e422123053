"""Programs over key paths, sets of them, and functions on nested values."""

from fuzz.source import Source

PATHS = [
    "''", "'a'", "'b'", "'a.b'", "'a.b.c'", "'a[0]'", "'[0]'", "'[0].a'", "'a[0][1]'", "'[a.b]'",
    "'a[b.c].d'", "'a[-1]'", "'x'", "'x.y'", "'[-1]'", "'a..b'", "'a['", "'a]'", "'a[0'",
    "'.'", "'a.'", "'[]'", "'[[]]'", "'a b'", "'a[ 0 ]'", "'a[x[0]]'",
]  # fmt: skip
KEYS = [
    "'a'",
    "'b'",
    "0",
    "1",
    "-1",
    "'a.b'",
    "''",
    "'x'",
    "'[0]'",
    "Color.RED",
    "1.5",
]
NESTED = [
    "{'a': 1, 'b': {'c': [1, {'d': 2}]}}",
    "[1, [2, 3], {'a': []}]",
    "{'a': {}, 'b': [], 'c': ()}",
    "{}",
    "[]",
    "1",
    "{'a.b': 1, 'c': {'d.e': 2}}",
    "{0: 1, 1: {2: 3}}",
    "{'a': (1, 2), 'b': None}",
    "pg.Dict(a=1, b=[Leaf(1)])",
    "pg.List([1, {'x': 2}])",
    "Leaf(1)",
    "{'a': MISSING}",
    "{'a': Plain(1)}",
]
FLAT = [
    "{'a': 1, 'b.c': 2}",
    "{'a.b': 1, 'a.c': 2, 'd[0]': 3}",
    "{'[0]': 1, '[1]': 2}",
    "{'a[0]': 1, 'a[1]': 2}",
    "{'a[0]': 1, 'a[2]': 2}",
    "{'a': 1, 'a.b': 2}",
    "{'a.b': 2, 'a': 1}",
    "{'a': {'b.c': 1}, 'a.b.d': 2}",
    "{'': 1}",
    "{'a': {}, 'b.c': []}",
    "{0: 1, 1: 2}",
    "{KeyPath('a'): 1}",
    "{'a.b': {'c': 1}, 'a': {'b': {'d': 2}}}",
]


def path(s: Source) -> str:
    """An expression for a path."""
    keys = ", ".join(s.pick(KEYS) for _ in range(s.random.randint(0, 3)))
    return s.pick(
        [
            f"KeyPath.parse({s.pick(PATHS)})",
            f"KeyPath.parse({s.pick(PATHS)})",
            f"KeyPath([{keys}])",
            f"KeyPath({s.pick(KEYS)})",
            f"KeyPath({s.pick(KEYS)}, KeyPath.parse({s.pick(PATHS)}))",
            f"KeyPath.from_value({s.pick(PATHS + KEYS)})",
            "KeyPath()",
        ]
    )


def path_statement(s: Source) -> str:
    """An expression over paths."""
    p, q = path(s), path(s)
    text, key = s.pick(PATHS), s.pick(KEYS)
    nested = s.pick(NESTED)
    return s.pick(
        [
            f"str({p})", f"repr({p})", f"({p}).path", f"({p}).keys", f"({p}).key",
            f"({p}).parent", f"({p}).depth", f"len({p})", f"({p}).is_root", f"bool({p})",
            f"{p} + {q}", f"{p} + {text}", f"{p} + {key}", f"{p} - {q}", f"{p} - {text}",
            f"{p} - 1", f"{p} == {q}", f"{p} == {text}", f"{p} != {text}", f"{p} < {q}",
            f"{p} <= {q}", f"{p} > {text}", f"{p} >= {q}", f"sorted([{p}, {q}])",
            f"hash({p}) == hash({q})", f"hash({p}) == hash({text})",
            f"({p}).is_relative_to({q})", f"({p}).is_relative_to({text})",
            f"({p}).query({nested})", f"({p}).exists({nested})", f"({p}).get({nested})",
            f"({p}).get({nested}, 3)", f"({p}).has_key({key})", f"({p}).path_str()",
            f"({p}).path_str(True)", f"({p}).format(compact=True)", f"KeyPath.parse({text}, {p})",
            f"KeyPath.parse(str({p})) == {p}", f"{{{p}: 1}}[{q}]", f"pickled({p})",
            f"deep({p})", f"KeyPath.from_value({text})", f"{key} in {p}", f"list({p})",
            f"({p})[0]", f"({p}) * 2", f"pg.format({p})",
        ]
    )  # fmt: skip


def path_set(s: Source) -> str:
    """An expression for a set of paths."""
    found = ", ".join(s.pick(PATHS[:9]) for _ in range(s.random.randint(0, 4)))
    include = ", include_intermediate=True" if s.chance(0.15) else ""
    return s.pick(
        [
            f"pg.KeyPathSet([{found}]{include})",
            f"pg.KeyPathSet([{found}]{include})",
            f"pg.KeyPathSet.from_value([{found}]{include})",
            "pg.KeyPathSet()",
        ]
    )


def set_statement(s: Source, name: str) -> str:
    """A statement over a set of paths."""
    other, p = path_set(s), s.pick([s.pick(PATHS[:9]), path(s), s.pick(KEYS)])
    return s.pick(
        [
            f"{name}.add({p})", f"{name}.add({p}, include_intermediate=True)",
            f"{name}.remove({p})", f"{p} in {name}", f"{name}.has_prefix({p})",
            f"{name}.subtree({p})", f"list({name})", f"bool({name})", f"{name} == {other}",
            f"{name} != {other}", f"{name}.union({other})", f"{name}.intersection({other})",
            f"{name}.difference({other})", f"{name} | {other}", f"{name} & {other}",
            f"{name} - {other}", f"{name}.update({other})", f"{name} += {other}",
            f"{name}.union({other}, copy=True)", f"{name}.intersection({other}, copy=True)",
            f"{name}.intersection_update({other})", f"{name}.difference_update({other})",
            f"{name}.rebase({p})", f"{name}.clear()", f"{name}.copy()", f"repr({name})",
            f"str({name})", f"{name}.format(compact=True)", f"{name}.copy() == {name}",
            f"deep({name})", f"{name} + {other}", f"KeyPath.parse('p') + {name}", f"len({name})",
        ]
    )  # fmt: skip


TRANSFORMS = [
    "lambda k, v: v + 1 if isinstance(v, int) else v",
    "lambda k, v: MISSING if v == 1 else v",
    "lambda k, v: str(k)",
    "lambda k, v: v",
    "lambda k, v: [] if isinstance(v, dict) else v",
]


def tree_statement(s: Source) -> str:
    """A function on a nested value."""
    nested, other, flat = s.pick(NESTED), s.pick(NESTED), s.pick(FLAT)
    u = "pg.utils"
    return s.pick(
        [
            f"{u}.flatten({nested})", f"{u}.flatten({nested}, flatten_complex_keys=False)",
            f"{u}.flatten({nested}, {s.chance(0.5)})",
            f"{u}.canonicalize({flat})", f"{u}.canonicalize({flat}, sparse_list_as_dict=False)",
            f"{u}.canonicalize({nested})", f"{u}.merge([{nested}, {other}])",
            f"{u}.merge([{flat}, {nested}])", f"{u}.canonicalize({u}.flatten({nested}))",
            f"{u}.merge([{nested}, {other}], lambda p, l, r: l)",
            f"{u}.merge([{nested}, {other}], lambda p, l, r: r if r is not MISSING else l)",
            f"{u}.merge_tree({nested}, {other})",
            f"{u}.merge_tree({nested}, {other}, lambda p, l, r: MISSING)",
            f"{u}.transform({nested}, {s.pick(TRANSFORMS)})",
            f"{u}.transform({nested}, {s.pick(TRANSFORMS)}, inplace=False)",
            f"{u}.transform({nested}, {s.pick(TRANSFORMS)}, KeyPath('r'), inplace=False)",
            f"{u}.traverse({nested}, lambda k, v: note(f'{{k}}={{v}}') or True)",
            f"{u}.traverse({nested}, lambda k, v: True, lambda k, v: note(str(k)) or True)",
            f"{u}.traverse({nested}, lambda k, v: k.depth < 1)",
            f"{u}.traverse({nested}, root_path=KeyPath('r'), "
            "preorder_visitor_fn=lambda k, v: note(str(k)) or True)",
            f"{u}.try_listify_dict_with_int_keys({s.pick([nested, '{0: 1, 1: 2}', '{1: 2}'])})",
            f"{u}.try_listify_dict_with_int_keys({{1: 2, 0: 3}}, True)",
            f"{u}.is_partial({nested})",
            f"{u}.quote_if_str({s.pick(['1', repr('a'), repr(chr(39))])})",
            f"{u}.kvlist_str([('a', 1, 1), ('b', {nested}, None)])",
            f"{u}.kvlist_str([('a', {nested}, None)], label='L', compact={s.chance(0.5)})",
            f"{u}.comma_delimited_str([1, 'a'])", f"{u}.camel_to_snake('AbcDef', '-')",
            f"{u}.auto_plural({s.pick(['0', '1', '2'])}, 'child', 'children')",
            f"{u}.message_on_path('m', {path(s)})",
            f"pg.format({nested}, {format_options(s)})",
            f"{u}.repr_format({nested})", f"{u}.str_format({nested})",
            f"{u}.to_json({nested})", f"pg.from_json(pg.to_json({nested}))",
            f"pg.to_json_str({nested}, json_indent=1)",
            f"pg.eq({nested}, {other})", f"pg.lt({nested}, {other})",
            f"pg.contains({nested}, {s.pick(['1', '2', 'None'])})",
            f"pg.traverse({nested}, lambda k, v, p: note(str(k)) or pg.TraverseAction.CONTINUE)",
            f"pg.query({nested}, '.*a')", f"pg.diff({nested}, {other})",
            f"pg.diff({nested}, {other}, flatten=True)",
            f"pg.diff({nested}, {other}, mode='same')",
        ]
    )  # fmt: skip


def format_options(s: Source) -> str:
    """Options of `pg.format`."""
    options = [
        "compact=True",
        "compact=False",
        "verbose=True",
        "verbose=False",
        "root_indent=2",
        "list_wrap_threshold=4",
        "strip_object_id=True",
        "include_keys={'a'}",
        "exclude_keys={'a'}",
        "hide_missing_values=True",
        "hide_default_values=True",
        "markdown=True",
        "max_str_len=4",
        "max_bytes_len=2",
        "python_format=True",
        "use_inferred=True",
        "custom_format=lambda k, v, p: '<' + str(k) + '>' if v == 1 else None",
    ]
    return ", ".join(s.some(options, 3))


def write(s: Source) -> None:
    """Writes a program."""
    s.add(f"a = {path_set(s)}")
    for _ in range(s.random.randint(5, 9)):
        roll = s.random.random()
        if roll < 0.4:
            s.add(path_statement(s))
        elif roll < 0.65:
            s.add(set_statement(s, "a"))
        else:
            s.add(tree_statement(s))
