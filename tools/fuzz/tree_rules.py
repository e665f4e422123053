"""What differs on purpose in objects, containers, functors and types."""

import re

from fuzz.comparison import Difference, rootless
from fuzz.rule import Rule, equal_by, failed, unmarked

EXPECTED = ("TypeError", "ValueError", "NotImplementedError")
ACCIDENTS = re.compile(
    r"object has no attribute|got multiple values for keyword argument 'show_id'"
    r"|has no symbolic attribute|list index out of range|object is not (callable|iterable|subscriptable)"
)


def contradictory(d: Difference) -> bool:
    """The published tree contradicts itself, and is like ours apart from that."""
    texts = [*d.published["state"].values(), d.published.get("text", "")]
    return any("!" in text for text in texts) and equal_by(d, unmarked)


def placed_twice(d: Difference) -> bool:
    """A node that the published package holds in two places."""
    texts = [*d.published["state"].values(), d.published.get("text", "")]
    return any("!" in text for text in texts) and equal_by(
        d, lambda text: re.sub(r"\[[A-Zwp]*\]", "", rootless(unmarked(text)))
    )


def copied_functor(d: Difference) -> bool:
    """A functor that is copied where functors are called."""
    return "auto_call_functors(" in d.last and d.kinds[0] == "AssertionError"


def removed(d: Difference) -> bool:
    """A node that was removed, and has its old place in the published package."""
    return d.aspect == "state" and equal_by(d, lambda text: rootless(unmarked(text)))


def told(d: Difference) -> bool:
    """Nodes that hear of their new place or parent, in ours only."""
    if d.aspect != "log":
        return False
    theirs = [
        one for one in d.published["log"] if not one.startswith(("path", "parent"))
    ]
    ours = [one for one in d.ours["log"] if not one.startswith(("path", "parent"))]
    return theirs == ours and len(d.ours["log"]) > len(d.published["log"])


def refused(d: Difference) -> bool:
    """Both refuse a change; in the published package a part of it has happened."""
    if not (failed(d.published) and failed(d.ours)) or d.ours["state"]:
        return False
    if d.aspect == "state":
        return True
    # A child that was told of its new place before that was refused.
    return d.aspect == "log" and len(d.ours["log"]) < len(d.published["log"])


def accident(d: Difference) -> bool:
    """An assertion, or a failure within, where ours says what was expected."""
    if d.kinds[0] in ("AssertionError", "ZeroDivisionError"):
        return failed(d.ours)
    if d.kinds[0] in ("AttributeError", "IndexError", "TypeError") and (
        ACCIDENTS.search(d.published["message"])
    ):
        return d.kinds[1] in (*EXPECTED, "value", "done")
    texts = [d.published.get("text", ""), *d.published["state"].values()]
    ours = [d.ours.get("text", ""), *d.ours["state"].values()]
    return any("<no description" in one for one in texts) and not any(
        "<no description" in one for one in ours
    )


def cycle(d: Difference) -> bool:
    """A value that is put into itself."""
    return d.kinds[1] == "ValueError" and "its own place" in d.ours["message"]


def indices(lines: list[str]) -> list[str]:
    """Notes of changes, without the paths that they happened at and their order."""
    parts = (part for line in lines for part in line.split(", "))
    return sorted(re.sub(r"[\w.\[\]-]+: |\[-?\d+\]|callback ", "", p) for p in parts)


def paths(d: Difference) -> bool:
    """Notes that differ in paths or in their order only."""
    if d.aspect != "log":
        return False
    theirs, ours = d.published["log"], d.ours["log"]
    if indices(theirs) == indices(ours):
        return True
    # A negative index that is put right at once, or a node that hears of its end.
    theirs, ours = (
        [one for one in log if not one.startswith("path ")] for log in (theirs, ours)
    )
    return indices(theirs) == indices(ours) and "[-" in str(d.published["log"])


def in_place(d: Difference) -> bool:
    """`+=` or `*=` of a list, that tells nobody or heeds no limits there."""
    if d.aspect == "log" and re.search(r"^\S+ \*= ", d.text, re.MULTILINE):
        return True  # The callback of the list is lost there.
    return re.search(r"^(with .*?:\s*)?[\w.\[\]'\-]+ [+*]= ", d.last) is not None


def slices(d: Difference) -> bool:
    """Statements about slices, at which the published package fails or errs."""
    return re.search(r"\[[^\[\]]*:[^\[\]]*\]( = |$)", d.last) is not None and (
        d.kinds != ("KeyError", "TypeError")
    )


def own_json(d: Difference) -> bool:
    """`SomeClass.from_json` of what `to_json` of an object made."""
    return ".from_json(" in d.last and (
        "'_type'" in d.published.get("text", "")
        or "'_type'" in d.published.get("message", "")
        or any("'_type'" in text for text in d.published["state"].values())
    )


def deleted(d: Difference) -> bool:
    """`rebind` deletes an item of a list with a value spec."""
    return (
        re.search(r"rebind\(.*MISSING|\] = MISSING|clone\(.*MISSING", d.last)
        is not None
        and d.kinds[0] == "ValueError"
        and "Required value is not specified" in d.published["message"]
    )


def appended(d: Difference) -> bool:
    """Several items that one `rebind` appends to a list all stay."""
    done = ("value", "done", "KeyError")
    return (
        "rebind(" in d.last
        and d.kinds[0] in done
        and d.kinds[1] in done
        and re.search(r"\{.*\d\]?(\.\w+)?'?: .*, .*\d\]?(\.\w+)?'?: ", d.last)
        is not None
    )


def too_long(d: Difference) -> bool:
    """A list that gets longer or shorter than its spec permits."""
    return (
        d.kinds[1] == "ValueError"
        and re.search("or (fewer|more) items", d.ours["message"]) is not None
    )


def moved_into_diff(d: Difference) -> bool:
    """`pg.diff` takes a value without a parent for its own."""
    if "diff(" not in d.last or d.kinds not in (("value", "value"), ("done", "done")):
        return False
    if "pg.Ref(" in d.text:
        return True
    return d.aspect == "log" or equal_by(
        d, lambda text: re.sub(r"\[[A-Zwp]*\]", "", rootless(unmarked(text)))
    )


def made_in_scope(d: Difference) -> bool:
    """Objects that can't be made within a scope that forbids changes."""
    if re.match(r"with pg\.allow_partial\(False\)", d.last):
        return "missing" in d.published.get("message", "") and not failed(d.ours)
    return (
        d.kinds[0] == "WritePermissionError"
        and re.match(r"with pg\.(as_sealed|allow_writable_accessors)\(", d.last)
        is not None
    )


def behind_reference(d: Difference) -> bool:
    """What is behind a reference, which is no part of the tree."""
    return (
        "pg.Ref(" in d.text
        and re.search(
            r"visited|sym_descendants|query|contains|deref|rebind\(lambda", d.last
        )
        is not None
    )


def untrusted(d: Difference) -> bool:
    """A document that takes trust."""
    return d.ours["kind"] == "error" and d.ours["errors"][0] == "UntrustedError"


def empty_tuple(d: Difference) -> bool:
    """An empty tuple that is loaded."""
    return (
        failed(d.published) and "Tuple should have at least" in d.published["message"]
    )


def dict_in_place(d: Difference) -> bool:
    """`|=` of a dict."""
    return re.search(r"^(with .*?:\s*)?[\w.\[\]'\-]+ \|= ", d.last) is not None


def reverse_order(d: Difference) -> bool:
    """The items of a list or the keys of a dict from the last to the first."""
    return "reversed(" in d.last and d.aspect in ("value", "state")


def dotted(text: str) -> str:
    """A text in which keys with dots look like paths."""
    return re.sub(r"[.\[\]]", "", text)


def keys_with_dots(d: Difference) -> bool:
    """Keys that hold a dot."""
    if re.search(r"\w\.\w+\]?'", d.text) is None:
        return False
    if d.aspect == "log":
        theirs, ours = (
            [dotted(one) for one in r["log"]] for r in (d.published, d.ours)
        )
        return theirs == ours
    return equal_by(d, dotted)


def filled_defaults(d: Difference) -> bool:
    """Defaults that are added to a dict that is not to be changed."""
    return (
        d.kinds[0] == "WritePermissionError"
        and re.search("sealed=True|accessor_writable=False", d.text) is not None
        and "Dict" in d.published["message"]
    )


def without_checks(d: Difference) -> bool:
    """What is made or changed while types are not checked."""
    return "enable_type_check(False)" in d.text and (
        d.published["kind"] == "error" or d.aspect in ("value", "state")
    )


def own_constructor(d: Difference) -> bool:
    """Copies of an object whose class has a constructor of its own."""
    return re.search(r"\bOwn\b", d.text) is not None and d.aspect in ("value", "state")


def several_errors(d: Difference) -> bool:
    """A change, a constructor or a call of several parts that are not acceptable."""
    if not (failed(d.published) and failed(d.ours)):
        return False
    if "missing" in d.published["message"] or "use_value_spec(" in d.last:
        return True
    return ("rebind(" in d.last or d.area == "functors") and (
        re.search(r": .*, .*: |=.*, .*=", d.last) is not None
    )


def clone_of_functor(d: Difference) -> bool:
    """Arguments of a clone, which the functor itself has in the published package."""
    return d.area == "functors" and ".clone(override=" in d.text


def pickled_functor(d: Difference) -> bool:
    """A functor that was sealed and pickled."""
    return "pickled(" in d.last and "'sealed'" in d.published.get("text", "")


def integer_keys(d: Difference) -> bool:
    """Diffs of dicts whose keys are no strings, of lists, and of what is one whole."""
    if "diff(" not in d.last:
        return False
    if "ByIdentity" in d.text or ("collapse=True" in d.last and "List" in d.text):
        return True
    return "not allowed in Schema" in d.published.get("message", "")


def functor_hooks(d: Difference) -> bool:
    """`_on_bound` of functors after a change."""
    return "Greet" in d.text and d.aspect == "log"


RULES: list[Rule] = [
    Rule(
        "a refused change is undone",
        "a-change-that-is-refused-changes-nothing",
        refused,
        ("a = Node()", "a.rebind({'a': 1, 'b.x': 2})"),
    ),
    Rule(
        "values in diffs",
        "diffs",
        moved_into_diff,
        ("a = Hooked()", "pg.diff(1, a)"),
    ),
    Rule(
        "parents and paths that are wrong",
        "parents-and-paths-are-correct",
        contradictory,
        ("a = pg.List([1, Leaf(1)])", "a.reverse()"),
    ),
    Rule(
        "nodes in two places",
        "a-node-that-is-placed-twice",
        placed_twice,
        ("a = Leaf(1)", "y = Node(a, [a])"),
    ),
    Rule(
        "copies of functors",
        "copies-of-functors-are-not-called",
        copied_functor,
        ("a = returns_leaf()", "with pg.auto_call_functors(): a.clone()"),
    ),
    Rule(
        "places of removed nodes",
        "a-node-that-is-removed",
        removed,
        ("a = pg.List([Leaf(1)])", "b = a.pop(0)"),
    ),
    Rule(
        "nodes are told of their places",
        "a-node-that-is-removed",
        told,
        ("a = pg.List([Hooked()])", "a.clear()"),
    ),
    Rule(
        "values made without checks",
        "objects-are-complete-without-type-checks",
        without_checks,
        ("with pg.enable_type_check(False): a = Pattern()",),
    ),
    Rule(
        "errors that were accidents",
        "assertions-and-internal-errors",
        accident,
        ("pg.List().rebind({'a': 1})",),
    ),
    Rule("cycles", "a-cycle-is-an-error", cycle, ("a = pg.Dict()", "a.y = a")),
    Rule(
        "keys that hold a dot",
        "keys-that-contain-a-dot",
        keys_with_dots,
        ("a = pg.Dict(onchange_callback=heard)", "a['a.b'] = 1"),
    ),
    Rule(
        "negative indices of changes",
        "paths-of-changes",
        paths,
        ("a = pg.List([1], onchange_callback=heard)", "a.insert(-1, 2)"),
    ),
    Rule(
        "+= and *=",
        "all-modifications-of-a-list-are-changes",
        in_place,
        ("a = pg.List(onchange_callback=heard)", "a += [1]"),
    ),
    Rule(
        "slices of lists",
        "lists-and-dicts-behave-like-those-of-python",
        slices,
        ("a = pg.List([1, 2])", "del a[0:1]"),
    ),
    Rule(
        "from_json of a class",
        "saved-values-can-be-loaded",
        own_json,
        ("Open.from_json(Open().to_json())",),
    ),
    Rule(
        "deleted items of typed lists",
        "an-item-of-a-typed-list-can-be-deleted",
        deleted,
        ("pg.List([1], value_spec=t.List(t.Int())).rebind({'[0]': MISSING})",),
    ),
    Rule(
        "appended items stay",
        "paths-of-changes",
        appended,
        ("pg.List().rebind({2: 7, 0: 12})",),
    ),
    Rule(
        "sizes of lists",
        "limits-of-list-sizes-are-enforced",
        too_long,
        ("pg.List([1], value_spec=t.List(t.Any(), min_size=1)).pop()",),
    ),
    Rule(
        "objects made in a scope",
        "objects-can-be-created-in-any-scope",
        made_in_scope,
        ("with pg.allow_writable_accessors(False): a = Node(a=2)",),
    ),
    Rule(
        "what is behind a reference",
        "targets-of-references",
        behind_reference,
        ("visited(pg.List([pg.Ref(Leaf(3))]))",),
    ),
    Rule(
        "untrusted documents",
        "loading-is-safe",
        untrusted,
        ("reloaded(pg.Dict(x=Plain()))",),
    ),
    Rule(
        "constructors of one's own",
        "user-defined-constructors",
        own_constructor,
        ("a = Own(x=0)", "a.rebind(x=True)", "a.clone()"),
    ),
    Rule(
        "one of several errors",
        "a-change-that-is-refused-changes-nothing",
        several_errors,
        ("a = pg.List([Leaf(2)])", "a.rebind({'[0].x': 'a', 'b.x': 1})"),
    ),
    Rule(
        "clones of functors",
        "clones-of-functors-have-their-own-arguments",
        clone_of_functor,
        ("a = returns_leaf()", "a.clone(override={'x': 12})", "a.unbound_args"),
    ),
    Rule(
        "functors that were sealed and pickled",
        "saved-values-can-be-loaded",
        pickled_functor,
        ("a = checked()", "a.seal()", "pickled(a).specified_args"),
    ),
    Rule(
        "empty tuples", "saved-values-can-be-loaded", empty_tuple, ("reloaded([()])",)
    ),
    Rule(
        "|= of a dict",
        "lists-and-dicts-behave-like-those-of-python",
        dict_in_place,
        ("a = pg.Dict()", "a |= {'p': []}"),
    ),
    Rule(
        "keys from the last to the first",
        "lists-and-dicts-behave-like-those-of-python",
        reverse_order,
        (
            "b = pg.Dict({'m': 1}, value_spec=t.Dict([('k', 3), ('m', 1)]))",
            "list(reversed(b))",
        ),
    ),
    Rule(
        "defaults of dicts that are not to be changed",
        "objects-can-be-created-in-any-scope",
        filled_defaults,
        ("a = Nested(pg.Dict(sealed=True))",),
    ),
    Rule("keys of diffs", "diffs", integer_keys, ("pg.diff({}, {2: 3})",)),
    Rule(
        "hooks of functors",
        "functors-are-notified-of-changes",
        functor_hooks,
        ("a = Greet('x')", "a.rebind(name='y')"),
    ),
]
