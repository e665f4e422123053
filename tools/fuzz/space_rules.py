"""What differs on purpose in spaces, DNA and evolution."""

import re

from fuzz.comparison import Difference
from fuzz.rule import Rule, equal_by, failed


def plain(text: str) -> str:
    """A text in which symbolic lists and dicts look like others."""
    text = re.sub(r"\bList#?\[\w*\]\(", "list(", text)
    text = re.sub(r"\bDict#?\[\w*\]\(", "dict(", text)
    return re.sub(r"\b\d+ ?: |\s", "", re.sub(r"'(\w+)': ", r"\1=", text))


def symbolic_program(d: Difference) -> bool:
    """Lists and dicts that programs are made of."""
    return d.area == "spaces" and d.aspect in ("value", "state") and equal_by(d, plain)


def noneable_placeholder(d: Difference) -> bool:
    """A placeholder in a field that may be None."""
    return (
        failed(d.published) and "with destination spec None" in d.published["message"]
    )


def hooks_of_programs(d: Difference) -> bool:
    """Hooks of a program that is decoded."""
    notes = ("init", "bound", "path", "parent", "change")
    return (
        d.area == "spaces"
        and d.aspect == "log"
        and (all(one.startswith(notes) for one in d.published["log"] + d.ours["log"]))
    )


def bad_dna(d: Difference) -> bool:
    """DNA that do not fit the space."""
    return (
        d.area in ("spaces", "genomes")
        and failed(d.ours)
        and re.match(r"Expected|Candidate index out of range", d.ours["message"])
        is not None
        and d.kinds[1] in ("ValueError", "TypeError", "DecisionTypeError", "KeyError")
    )


def encoded(d: Difference) -> bool:
    """Programs of a space that has a candidate twice."""
    if "encode(" not in d.last:
        return False
    theirs, ours = str(d.published.get("text", "")), str(d.ours.get("text", ""))
    if theirs.startswith("DNA:") and ours.startswith("DNA:"):
        return True
    return theirs.count("True") < ours.count("True")


def derived_part(d: Difference) -> bool:
    """A value that is derived from what the part of a space leaves open."""
    return "ValueReference" in d.text and ("where=" in d.last or "lambda v" in d.last)


def foreign_program(d: Difference) -> bool:
    """Programs that a placeholder of one's own fails to encode."""
    return "encode(" in d.last and "string indices" in d.published.get("message", "")


def equal_specs(d: Difference) -> bool:
    """Hashes of equal specs."""
    return "pg.hash(sp)" in d.last and d.ours.get("text") == "True"


def item_of_operation(d: Difference) -> bool:
    """An item of what an operation returns, which is a list."""
    return d.area == "operators" and (
        "for_each" in d.last and re.search(r"\[-?\d+\]", d.last) is not None
    )


def placeholder_behind_reference(d: Difference) -> bool:
    """A space that has references in it."""
    return d.area == "spaces" and "pg.Ref(" in d.text


def order_of_children(d: Difference) -> bool:
    """Children of recombinators, in another order."""
    return "recombinators." in d.last and equal_by(
        d, lambda text: "".join(sorted(text))
    )


def rounded(text: str) -> str:
    """A text with fewer digits, and without an order."""
    text = re.sub(r"\d+\.\d+", lambda found: f"{float(found[0]):.9g}", text)
    return "".join(sorted(text))


def averages(d: Difference) -> bool:
    """Averages that are rounded in another way."""
    return "recombinators." in d.last and equal_by(d, rounded)


def unbound_empty(d: Difference) -> bool:
    """DNA of a space with nothing to decide, which is bound to it."""
    if "as_dict=True" in d.last and d.ours.get("text") == "'DNA({})'":
        return True
    return failed(d.published) and "not bound with a DNASpec" in d.published["message"]


def compared_dna(d: Difference) -> bool:
    """DNA of different structure that are compared."""
    return failed(d.published) and (
        "different number of children" in d.published["message"]
    )


def nested_numbers(d: Difference) -> bool:
    """Tuples within the numbers of a DNA."""
    if d.area not in ("genomes", "spaces"):
        return False
    if "to_numbers(flatten=False)" in d.last:
        return True
    return d.aspect in ("value", "state", "outcome") and (
        re.search(r"DNA(\.parse)?\((.*\(.*[\[(]|.*\[[^\]]*\()", d.last) is not None
    )


def refused_dna(d: Difference) -> bool:
    """A template that has refused a DNA, and has the one from before."""
    return d.last == "m()" and failed(d.published) and not failed(d.ours)


def intersection(d: Difference) -> bool:
    """Intersections of what comes twice."""
    return d.area == "operators" and " & " in d.last


RULES: list[Rule] = [
    Rule(
        "programs are symbolic",
        "programs-are-symbolic",
        symbolic_program,
        ("v = pg.template(Letters())", "x = v.decode(pg.DNA('a'))"),
    ),
    Rule(
        "placeholders in fields that may be None",
        "placeholders-in-fields-that-may-be-none",
        noneable_placeholder,
        ("Mixed(u=1, w=pg.floatv(0.1, 0.9))",),
    ),
    Rule(
        "hooks of programs",
        "hooks-see-complete-programs",
        hooks_of_programs,
        ("m = pg.template(Hooked(pg.oneof([1, 2])))", "m.decode(pg.DNA(0))"),
    ),
    Rule(
        "DNA that does not fit",
        "dna-fits-its-spec",
        bad_dna,
        ("m = pg.template(pg.oneof('abc'))", "m.decode(pg.DNA(-1))"),
    ),
    Rule(
        "placeholders behind references",
        "placeholders-in-targets-of-references",
        placeholder_behind_reference,
        ("v = pg.oneof([pg.Ref(pg.oneof([1]))])", "pg.dna_spec(v)"),
    ),
    Rule(
        "candidates that are equal",
        "decoded-programs-can-be-encoded",
        encoded,
        (
            "m = pg.template(pg.manyof(2, [1, 1, 2]))",
            "m.encode(m.decode(pg.DNA([0, 1]))) == pg.DNA([0, 1])",
        ),
    ),
    Rule(
        "programs that are foreign to a placeholder",
        "a-program-outside-its-space",
        foreign_program,
        ("pg.template(Letters()).try_encode('b')",),
    ),
    Rule(
        "hashes of specs",
        "ids-can-be-compared",
        equal_specs,
        ("sp = pg.dna_spec(Letters())", "pg.hash(sp) == pg.hash(reloaded(sp))"),
    ),
    Rule(
        "items of operations",
        "items-of-the-result-of-an-operation",
        item_of_operation,
        ("ev.Identity().for_each(lambda x: [])[0]([1])",),
    ),
    Rule(
        "values derived from other parts",
        "templates-of-parts",
        derived_part,
        (
            "v = Node(pg.floatv(0.0, 1.0), h.ValueReference(['a']))",
            "v = pg.List([v, pg.oneof([1, 2])])",
            "first(1, pg.iter(v, where=lambda v: isinstance(v, h.Choices)))",
        ),
    ),
    Rule(
        "templates that have refused a DNA",
        "dna-fits-its-spec",
        refused_dna,
        (
            "m = pg.oneof([1, 2])",
            "m.decode(pg.DNA(1))",
            "m.decode(pg.DNA())",
            "m()",
        ),
    ),
    Rule(
        "order of children",
        "children-come-in-the-order-of-their-parents",
        order_of_children,
        (
            "e = dnas(*[[i % 4, i % 3, i % 2] for i in range(12)], spec=CHOICES)",
            "[ev.recombinators.Average()(e[i : i + 2]) for i in range(11)]",
        ),
    ),
    Rule(
        "rounding of averages",
        "averages-are-rounded-once",
        averages,
        (
            "e = dnas(*[[2, 0.2, 1]] * 3, spec=FLAT)",
            "ev.recombinators.Average(where=lambda xs: xs)(e)",
        ),
    ),
    Rule(
        "intersections",
        "intersections-of-operations",
        intersection,
        ("(ev.Identity() & (lambda xs: xs * 2))([0])",),
    ),
    Rule(
        "DNA of a space with nothing to decide",
        "a-space-without-decisions",
        unbound_empty,
        ("pg.DNA(spec=g.space()).get('m')",),
    ),
    Rule(
        "comparisons of DNA",
        "any-two-dna-can-be-compared",
        compared_dna,
        ("pg.DNA(1, [pg.DNA(1)]) == pg.DNA(1)",),
    ),
    Rule(
        "nested numbers",
        "nested-numbers-come-back",
        nested_numbers,
        ("pg.DNA((1, (1, 7)))",),
    ),
]
