"""What differs on purpose in value specs, paths and texts."""

import re

from fuzz.comparison import Difference
from fuzz.rule import Rule, equal_by, failed


def text_of(d: Difference) -> str:
    """What the published package returned or said."""
    return str(d.published.get("text", "")) + str(d.published.get("message", ""))


def hashable(d: Difference) -> bool:
    """Value specs that are hashed."""
    return (
        failed(d.published)
        and re.search("unhashable type: '[A-Z]", d.published["message"]) is not None
    )


def narrowed_union(d: Difference) -> bool:
    """A spec that extends a candidate of a union."""
    return (
        failed(d.published)
        and not failed(d.ours)
        and "Union(" in d.text
        and re.search("cannot extend|in base spec", text_of(d)) is not None
    )


def unordered(d: Difference) -> bool:
    """Values that Python does not order."""
    return (
        re.search(r"\bpg\.(lt|gt)\(", d.last) is not None
        and d.kinds[0] in ("TypeError", "KeyError")
        and d.kinds[1] == "value"
    )


def tuple_keys(d: Difference) -> bool:
    """Keys of the fields of tuples."""
    return "{self._index}" in text_of(d)


def annotations(d: Difference) -> bool:
    """Annotations that are no types."""
    return d.last == "a.annotation" and d.kinds == ("value", "value")


def tuples_of_one(d: Difference) -> bool:
    """Tuples of one in a text."""
    if d.aspect == "log":
        ours = [one.replace(",)", ")") for one in d.ours["log"]]
        return d.published["log"] == ours
    return equal_by(d, lambda text: text.replace(",)", ")"))


def nothing_to_show(d: Difference) -> bool:
    """Texts of several lines that are broken elsewhere, or show nothing."""
    if "{\\n\\n}" in text_of(d) or ("include_keys" in d.last and "exclude" in d.last):
        return True
    return equal_by(d, lambda text: re.sub(r"\\n| ", "", text))


def paths_as_keys(d: Difference) -> bool:
    """Key paths as keys of a dict; attributes of paths and of what is missing."""
    if d.kinds == ("done", "AttributeError"):
        return re.match("'(KeyPath|MissingValue)'", d.ours["message"]) is not None
    return "{KeyPath(" in d.last


def ancestors(d: Difference) -> bool:
    """Ancestors of paths that are added to a set."""
    return "KeyPathSet" in d.text and (
        "include_intermediate=True" in d.text or "rebase(" in d.text
    )


def readable_json(d: Difference) -> bool:
    """Documents with plain values that were pickles."""
    theirs, ours = (
        str([r.get("text", ""), *r["state"].values()]) for r in (d.published, d.ours)
    )
    return theirs.count("_OpaqueObject") > ours.count("_OpaqueObject")


def saved_literal(d: Difference) -> bool:
    """Annotations of `typing`, and references in insertions, that can be saved."""
    return d.kinds[1] == "value" and (
        re.search("cannot be converted to JSON|Cannot encode", text_of(d)) is not None
    )


def loaded_enum(d: Difference) -> bool:
    """An `Enum` without a default, which can be loaded."""
    return (
        re.search(r"(Enum|MissingValue)\.__init__\(\) missing 1", text_of(d))
        is not None
    )


def unflagged(text: str) -> str:
    """A description without the letter for what may be partial."""
    return re.sub(r"\[([A-Zw]*)p", r"[\1", text)


def partial_container(d: Difference) -> bool:
    """A list or dict that is put where values may be missing."""
    texts = [d.published.get("text", ""), *d.published["state"].values()]
    ours = [d.ours.get("text", ""), *d.ours["state"].values()]
    if not ("pg.List(" in d.text or "pg.Dict(" in d.text or "tuple(" in str(texts)):
        return False
    return equal_by(d, unflagged) and (
        "partial" in d.text or sum(map(marks, ours)) > sum(map(marks, texts))
    )


def marks(text: str) -> int:
    """How many nodes may be partial, as a description says."""
    return len(re.findall(r"\[[A-Zw]*p", text))


def partial_dict(d: Difference) -> bool:
    """A dict that lacks values where values may be missing, or where none is needed."""
    if re.search(r"MISSING|set_default\(|freeze\(|allow_partial=True", d.last) is None:
        return False
    if equal_by(d, lambda text: re.sub(r"'\w+': MISSING|, |P", "", text)):
        return "pg.Dict(" in d.last
    return (
        re.search(r"pg\.Dict\(|StrKey", d.text) is not None
        and "Required value is not specified" in text_of(d)
        and not failed(d.ours)
    )


RULES: list[Rule] = [
    Rule(
        "hashes of value specs",
        "value-specs-can-be-hashed",
        hashable,
        ("hash(t.Int())",),
    ),
    Rule(
        "unions that are narrowed",
        "unions-can-be-narrowed",
        narrowed_union,
        ("t.Enum(1, [1]).extend(t.Union([t.Int(), t.Str()]))",),
    ),
    Rule(
        "order of what Python does not order",
        "any-two-values-can-be-ordered",
        unordered,
        ("pg.lt({'c': 1}, {2: 3})",),
    ),
    Rule(
        "keys of tuples",
        "tuple-keys-show-their-index",
        tuple_keys,
        ("t.Tuple(t.Any()).elements",),
    ),
    Rule(
        "annotations of specs",
        "annotations-of-specs-are-types",
        annotations,
        ("a = t.ValueSpec.from_annotation(tuple, True)", "a.annotation"),
    ),
    Rule(
        "tuples of one",
        "tuples-of-one-item",
        tuples_of_one,
        ("repr(Node((1,)))",),
    ),
    Rule(
        "nothing to show",
        "empty-texts-take-no-lines",
        nothing_to_show,
        ("pg.format({'a': 1}, exclude_keys={'a'})",),
    ),
    Rule(
        "paths as keys",
        "a-path-is-a-keypath",
        paths_as_keys,
        ("pg.utils.canonicalize({KeyPath('a'): 1})",),
    ),
    Rule(
        "ancestors of paths",
        "ancestors-of-paths",
        ancestors,
        ("a = pg.KeyPathSet(['a.b'])", "a.add('a', include_intermediate=True)"),
    ),
    Rule(
        "readable documents",
        "documents-are-readable",
        readable_json,
        ("pg.to_json(Node(Color.RED))",),
    ),
    Rule(
        "annotations that can be saved",
        "saved-values-can-be-loaded",
        saved_literal,
        ("t.ValueSpec.from_annotation(Literal).to_json()",),
    ),
    Rule(
        "enumerations without a default",
        "saved-values-can-be-loaded",
        loaded_enum,
        ("reloaded(t.Enum(1, [1]).set_default(MISSING))",),
    ),
    Rule(
        "lists and dicts that may lack values",
        "partial-containers",
        partial_container,
        ("a = Typed.partial(leaves=pg.List())",),
    ),
    Rule(
        "dicts that lack values",
        "partial-containers",
        partial_dict,
        ("t.Dict([('y', t.Str())]).apply(pg.Dict(), allow_partial=True)",),
    ),
]
