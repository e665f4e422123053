"""Programs over objects, lists and dicts: made, changed, compared, saved, shown."""

from fuzz import containers
from fuzz.source import Place, Source
from fuzz.values import CLASSES, KEYS, value

REBINDERS = [
    "lambda k, v: v + 1 if isinstance(v, int) else v",
    "lambda k, v: v * 2 if type(v) is float else v",
    "lambda k, v, p: MISSING if v is None else v",
    "lambda k, v: Leaf(5) if isinstance(v, Leaf) else v",
    "lambda k, v: 'r' if isinstance(v, str) else v",
    "lambda k, v: [v] if k.key == 'x' else v",
    "lambda k, v: v",
    "lambda k, v, p: p.sym_path.depth if p is not None and k.key == 'x' else v",
    "lambda k, v: v[1:] if isinstance(v, list) else v",
]
SCOPES = [
    "pg.allow_partial(True)",
    "pg.allow_partial(False)",
    "pg.as_sealed(True)",
    "pg.as_sealed(False)",
    "pg.notify_on_change(False)",
    "pg.enable_type_check(False)",
    "pg.allow_writable_accessors(True)",
    "pg.allow_writable_accessors(False)",
    "pg.track_origin(True)",
    "pg.auto_call_functors(True)",
]
FORMATS = [
    "compact=True",
    "compact=False",
    "verbose=True",
    "verbose=False",
    "hide_default_values=True",
    "hide_missing_values=True",
    "python_format=True",
    "use_inferred=True",
    "list_wrap_threshold=10",
    "exclude_keys={'x', 'a'}",
    "root_indent=1",
    "bracket_type=pg.utils.BracketType.SQUARE",
    "memo=set()",
    "custom_format=lambda k, v, p: None",
    "markdown=True",
    "max_str_len=3",
    "max_bytes_len=2",
    "include_keys={'x'}",
]
JSON_OPTIONS = [
    "hide_default_values=True",
    "exclude_keys={'x'}",
    "use_inferred=True",
    "exclude_defaults=True",
    "hide_frozen=True",
]
CHECKS = [
    "{}.sym_path",
    "{}.sym_root is {}",
    "{}.sym_parent is None",
    "{}.is_partial",
    "{}.is_abstract",
    "{}.is_pure_symbolic",
    "{}.is_deterministic",
    "{}.is_sealed",
    "{}.sym_partial",
    "{}.sym_abstract",
    "{}.sym_puresymbolic",
    "{}.sym_sealed",
    "{}.accessor_writable",
    "{}.allow_partial",
    "{}.missing_values()",
    "{}.missing_values(flatten=False)",
    "{}.sym_missing()",
    "{}.sym_missing(flatten=False)",
    "{}.sym_nondefault()",
    "{}.sym_nondefault(flatten=False)",
    "{}.non_default_values()",
    "{}.non_default_values(flatten=False)",
    "list({}.sym_keys())",
    "list({}.sym_values())",
    "list({}.sym_items())",
    "{}.sym_origin",
    "visited({})",
    "pg.is_partial({})",
    "pg.is_abstract({})",
    "pg.is_pure_symbolic({})",
    "pg.is_deterministic({})",
    "{}.sym_descendants()",
    "{}.sym_descendants(lambda v: isinstance(v, int))",
    "{}.sym_descendants(option=pg.symbolic.DescendantQueryOption.LEAF)",
    "{}.sym_descendants(lambda v: isinstance(v, pg.Symbolic), include_self=True)",
    "{}.sym_ancestor()",
    "{}.sym_ancestor(lambda v: isinstance(v, Node))",
    "hash({}) == hash({})",
    "bool({})",
    "{}.sym_eq({})",
    "{}.sym_hash() == pg.hash({})",
    "{} == {}",
    "{} != {}",
    "{} is {}",
    "list(getattr({}, 'sym_init_args', []))",
    "getattr({}, 'value_spec', None)",
    "pg.symbolic.deref({})",
    "pg.symbolic.deref({}, recursive=True)",
    "pg.maybe_ref({})",
]


def update(s: Source, place: Place, keywords: bool = False) -> str:
    """One entry of a rebind: a path or a name, and a value."""
    inner = [p for p in s_places(s, place) if p.path]
    if inner and s.chance(0.85):
        target = s.pick(inner)
        path, kind = target.path, target.kind
    else:
        target = None
        path = s.pick(
            ["x", "a", "y", "[0]", "b[0]", "b.x", "zz", "x.y", "[1].x", "a[2]"]
        )
        kind = "any"
    roll = s.random.random()
    if roll < 0.07:
        text = "MISSING"
    elif roll < 0.12:
        text = f"pg.Insertion({value(s, kind, 2).text})"
    elif roll < 0.17 and target is not None:
        text = target.value.text
    else:
        text = value(s, kind, 2).text
    if keywords:
        name = path.split(".")[0].split("[")[0]
        return f"{name}={text}" if name.isidentifier() else f"a={text}"
    if s.chance(0.08):
        return f"KeyPath.parse({path!r}): {text}"
    return f"{path!r}: {text}"


def s_places(s: Source, place: Place) -> list[Place]:
    """The places below one."""
    from fuzz.source import places

    return places(place.access, place.value)


def rebind(s: Source) -> str:
    """A rebind in one of its forms."""
    place = s.place("object", "list", "dict")
    options = ""
    if s.chance(0.25):
        options = ", " + s.pick(
            [
                "raise_on_no_change=False",
                "raise_on_no_change=True",
                "skip_notification=True",
                "notify_parents=False",
                "skip_notification=False",
            ]
        )
    roll = s.random.random()
    if roll < 0.2:
        return f"{place.access}.rebind({s.pick(REBINDERS)}{options})"
    if roll < 0.45 and place.value.form != "list":
        words = {update(s, place, True) for _ in range(s.below(2) + 1)}
        seen: dict[str, str] = {one.split("=")[0]: one for one in sorted(words)}
        return f"{place.access}.rebind({', '.join(seen.values())}{options})"
    entries = [update(s, place) for _ in range(s.below(3) + 1)]
    name = s.pick(["rebind", "rebind", "rebind", "sym_rebind"])
    if name == "sym_rebind":
        options = ""
    return f"{place.access}.{name}({{{', '.join(entries)}}}{options})"


def assign(s: Source) -> str:
    """An attribute or an item is assigned or deleted."""
    place = s.place()
    if place.key is None:
        name = s.pick(["x", "a", "k", "zz", "y"])
        access = s.pick([f"{place.access}.{name}", f"{place.access}[{name!r}]"])
        return f"{access} = {value(s, 'any', 2).text}"
    if s.chance(0.15):
        return f"del {place.access}"
    return f"{place.access} = {value(s, place.kind, 2).text}"


def copies(s: Source) -> str:
    """A copy of some sort, with something done to it now and then."""
    access = s.place("object", "list", "dict").access
    override = ""
    if s.chance(0.3):
        override = f"override={{{update(s, s.place('object', 'list', 'dict'))}}}"
    text = s.pick(
        [
            f"{access}.clone({override})",
            f"{access}.clone(deep=True{', ' if override else ''}{override})",
            f"pg.clone({access}, deep={s.chance(0.5)})",
            f"copied({access})",
            f"deep({access})",
            f"pickled({access})",
            f"reloaded({access})",
            f"reloaded({access}, {s.pick(JSON_OPTIONS)})",
            f"type({access}).from_json({access}.to_json())",
            f"{access}.sym_clone()",
            f"pg.from_json({access}.to_json(), allow_partial=True)",
        ]
    )
    return text


def pair(s: Source) -> tuple[str, str]:
    """Two expressions that may be equal."""
    left = s.place().access
    other = s.pick(
        [s.place().access, f"pg.clone({left})", value(s, "any", 2).text, left]
    )
    return left, other


def compare(s: Source) -> str:
    """Two values are compared."""
    left, right = pair(s)
    return s.pick(
        [
            f"pg.eq({left}, {right})",
            f"pg.ne({left}, {right})",
            f"pg.lt({left}, {right})",
            f"pg.gt({left}, {right})",
            f"{left} == {right}",
            f"{left} != {right}",
            f"same_hash({left}, {right}) == pg.eq({left}, {right})",
            f"(pg.lt({left}, {right}), pg.lt({right}, {left}))",
            f"pg.diff({left}, {right})",
            f"pg.diff({left}, {right}, mode='same')",
            f"pg.diff({left}, {right}, mode='both')",
            f"pg.diff({left}, {right}, flatten=True)",
            f"pg.diff({left}, {right}, collapse=True)",
        ]
    )


def look(s: Source) -> str:
    """Something is asked of a node."""
    place = s.place("object", "list", "dict") if s.chance(0.9) else s.place()
    access = place.access
    roll = s.random.random()
    if roll < 0.45:
        check = s.pick(CHECKS)
        return check.format(access, access)
    if roll < 0.6:
        options = ", ".join(s.some(FORMATS, 2)) if s.chance(0.8) else ""
        return s.pick(
            [
                f"{access}.format({options})",
                f"pg.format({access}{', ' if options else ''}{options})",
                f"repr({access})",
                f"str({access})",
                f"print({access})",
                f"pg.print({access})",
                f"format({access}, '')",
            ]
        )
    if roll < 0.7:
        option = s.pick(JSON_OPTIONS) if s.chance(0.5) else ""
        return s.pick(
            [
                f"{access}.to_json({option})",
                f"pg.to_json({access}{', ' if option else ''}{option})",
                f"{access}.to_json_str(json_indent=1)",
                f"pg.to_json_str({access})",
            ]
        )
    if roll < 0.85:
        return query(s, access)
    inner = s.pick(s_places(s, place))
    key = repr(inner.key if inner.key is not None else s.pick(KEYS))
    path = repr(inner.path or "x")
    return s.pick(
        [
            f"{access}.sym_get({path})",
            f"{access}.sym_get({path}, 'default')",
            f"{access}.sym_has({path})",
            f"{access}.sym_hasattr({key})",
            f"{access}.sym_getattr({key})",
            f"{access}.sym_getattr({key}, 5)",
            f"{access}.sym_inferred({key})",
            f"{access}.sym_inferred({key}, 5)",
            f"{access}.sym_inferrable({key})",
            f"{access}.sym_attr_field({key})",
            f"{access}.sym_contains({value(s, 'int', 2).text})",
            f"{access}.sym_contains(type={s.pick(['int', 'Leaf', 'str'])})",
            f"KeyPath.parse({path}).query({access})",
            f"KeyPath.parse({path}).exists({access})",
            f"KeyPath.parse({path}).get({access}, 3)",
        ]
    )


def query(s: Source, access: str) -> str:
    """A tree is searched."""
    return s.pick(
        [
            f"pg.query({access}, '.*x')",
            f"pg.query({access}, where=lambda v: isinstance(v, int))",
            f"pg.query({access}, where=lambda v, p: isinstance(p, Leaf))",
            f"pg.query({access}, enter_selected=True)",
            f"pg.query({access}, '.*', where=lambda v: isinstance(v, Leaf), "
            "enter_selected=True)",
            f"pg.query({access}, custom_selector=lambda k, v: k.depth == 1)",
            f"pg.query({access}, custom_selector=lambda k, v, p: v is None)",
            f"pg.contains({access}, {s.pick(['1', 'None', 'Leaf(1)', repr('a')])})",
            f"pg.contains({access}, type={s.pick(['int', 'Leaf', 'str', '(int, str)'])})",
        ]
    )


def settings(s: Source) -> str:
    """A flag of a node is set, or it gets another place."""
    access = s.place("object", "list", "dict").access
    return s.pick(
        [
            f"{access}.seal()",
            f"{access}.seal(False)",
            f"{access}.sym_seal(True)",
            f"{access}.set_accessor_writable(True)",
            f"{access}.set_accessor_writable(False)",
            f"{s.variable()}.sym_setorigin('other', 'tag', 'stack')",
            f"{access}.sym_setorigin('source', 'tag')",
        ]
    )


def scoped(s: Source) -> str:
    """A statement within a scope."""
    statement = s.call(
        *[(lambda w=w: w(s)) for w in (rebind, assign, containers.change)]
    )
    return f"with {s.pick(SCOPES)}: {statement}"


def made(s: Source) -> str:
    """A value is made within a scope."""
    return f"with {s.pick(SCOPES)}: {s.pick('xyz')} = {value(s, s.pick(list(CLASSES))).text}"


def change_or_rebind(s: Source) -> str:
    """A method of a container, or a rebind."""
    return containers.change(s) if s.chance(0.6) else rebind(s)


WRITERS = (
    [rebind] * 6
    + [change_or_rebind] * 4
    + [assign] * 2
    + [copies] * 3
    + [compare] * 3
    + [look] * 6
    + [settings]
    + [scoped] * 2
    + [made]
)


def write(s: Source) -> None:
    """Writes a program."""
    for _ in range(s.random.randint(1, 2)):
        s.bind(value(s, s.pick(list(CLASSES))))
    if s.chance(0.3):
        s.bind(containers.root(s))
    for _ in range(s.random.randint(3, 7)):
        writer = s.pick(WRITERS)
        text = writer(s)
        if writer is copies and s.chance(0.5) and len(s.variables) < 6:
            base = s.place("object", "list", "dict")
            s.bind(
                type(base.value)(
                    text, base.value.form, base.value.children, base.value.kinds
                )
            )
        elif writer is look and s.chance(0.1):
            s.add(f"z = {text}")
        else:
            s.add(text)
