"""What differs on purpose in lists, dicts and functors: single methods and flags."""

import re

from fuzz.comparison import Difference
from fuzz.rule import Rule, equal_by, failed


def message_of(d: Difference) -> str:
    """What the published package said."""
    return str(d.published.get("message", ""))


def updated(d: Difference) -> bool:
    """`update` with a key that looks like a path."""
    return ".update(" in d.last and (
        re.search("does not exist|Root key|not a symbolic", message_of(d)) is not None
    )


def set_default(d: Difference) -> bool:
    """`setdefault` returns what is stored, or its error."""
    return ".setdefault(" in d.last and d.kinds[0] == "value"


def removed_nan(d: Difference) -> bool:
    """An item that is removed though it is not equal to itself; an index that is none."""
    if ".pop(" in d.last:
        return d.kinds == ("IndexError", "TypeError")
    return ".remove(" in d.last and "not in list" in message_of(d)


def popped_item(d: Difference) -> bool:
    """`popitem` of a dict with a value spec that has no schema."""
    return ".popitem(" in d.last and "with value spec" in message_of(d)


def other_arguments(d: Difference) -> bool:
    """Arguments of functors that are passed twice, `args` by its name, and deletions."""
    if d.last.startswith("del ") and d.kinds == ("KeyError", "AttributeError"):
        return True
    if d.area != "functors":
        return False
    if re.search("by position and|keywords", d.ours.get("message", "")):
        return True
    return re.search(r"\bargs=|'args\[", d.text) is not None and (
        d.kinds[0] in ("value", "TypeError")
    )


def stale_partial(d: Difference) -> bool:
    """Whether values are missing, which the published package does not look at again."""
    return equal_by(d, lambda text: re.sub(r"\[P", "[", text))


def inferred(d: Difference) -> bool:
    """Values that are inferred, and cannot be here."""
    if re.search(r"Inner|ValueFromParentChain", d.text) is None:
        return False
    if d.area == "functors" and failed(d.published) and failed(d.ours):
        return True
    return d.kinds[0] in ("KeyError", "AttributeError") and (
        d.kinds[1] in ("value", "done", "ValueError")
    )


def sealed_deref(d: Difference) -> bool:
    """References that are looked behind in what is sealed."""
    return "deref(" in d.last and (
        d.kinds[0] == "WritePermissionError" and not failed(d.ours)
    )


def sealed_first(d: Difference) -> bool:
    """A sealed value says so, whatever else is wrong with a change that is one."""
    if d.kinds == ("WritePermissionError", "value"):
        return "rebind(lambda" in d.last and "raise_on_no_change=False" in d.last
    return d.kinds[1] == "WritePermissionError" and (
        failed(d.published) or "sym_seal" in d.text
    )


def sealed_later(d: Difference) -> bool:
    """An item that is no item of any list, and what `sym_seal` has sealed already."""
    if "sym_seal(" in d.text and ".seal(" in d.last:
        return True
    return d.kinds == ("WritePermissionError", "TypeError") and "] = " in d.last


def pickled_spec(d: Difference) -> bool:
    """Value specs and references that survive pickling."""
    if "pickled(" not in d.last:
        return False
    if "pg.Ref(" in d.text or "be pickled" in message_of(d):
        return True
    if d.area == "specs" and d.published.get("text") == "False":
        return True
    return equal_by(d, lambda text: text.replace("#", ""))


def untold_missing(d: Difference) -> bool:
    """Items that are deleted while nobody is told."""
    return re.search(
        "skip_notification=True|notify_on_change", d.last
    ) is not None and (
        equal_by(d, lambda text: re.sub(r"\d+: (MISSING)?|, |P", "", text))
    )


def unchanged(d: Difference) -> bool:
    """Changes to what is there already, which are none."""
    if d.aspect != "log":
        return False
    if re.search(r"\.clear\(|rebind\(", d.last) and not d.ours["log"]:
        return True
    same = r"(, )?[\w.\[\]]+: (\S+) -> \2(?=$|, )"
    kept = [re.sub(same, "", one).replace(" , ", " ") for one in d.published["log"]]
    return [one.strip() for one in kept if one.strip() != "callback"] == d.ours["log"]


def partial_functor(d: Difference) -> bool:
    """Lists in the arguments of functors, which may lack values."""
    functors = r"\b(holder|add|checked|variadic|annotated|keywords|Add|Greet)\b"
    return re.search(functors, d.text) is not None and equal_by(
        d, lambda text: re.sub(r"\[([A-Zw]*)p", r"[\1", text)
    )


def values_with_specs(d: Difference) -> bool:
    """A second value spec for a list or dict, or what becomes of its flags."""
    return "use_value_spec(" in d.last and (
        d.kinds[0] in ("RuntimeError", "WritePermissionError", "value", "done")
    )


def failed_hook(d: Difference) -> bool:
    """A hook that fails, after a change that is complete."""
    return d.aspect == "invariant" and "negative" in d.ours.get("message", "")


def flags_of_copies(d: Difference) -> bool:
    """Flags of copies."""
    return re.search(r"copy\(|clone\(|copied\(|deep\(| [+*] ", d.last) is not None and (
        equal_by(d, lambda text: re.sub(r"\[[A-Zwp]*\]", "[]", text))
    )


RULES: list[Rule] = [
    Rule(
        "keys that look like paths",
        "lists-and-dicts-behave-like-those-of-python",
        updated,
        ("pg.Dict().update({'a.b': 1})",),
    ),
    Rule(
        "what setdefault returns",
        "lists-and-dicts-behave-like-those-of-python",
        set_default,
        ("pg.Dict().setdefault('k', {})",),
    ),
    Rule(
        "items that are not equal to themselves",
        "lists-and-dicts-behave-like-those-of-python",
        removed_nan,
        ("a = pg.List([float('nan')])", "a.remove(a[0])"),
    ),
    Rule(
        "popitem of typed dicts",
        "lists-and-dicts-behave-like-those-of-python",
        popped_item,
        ("pg.Dict({'p': True}, value_spec=t.Dict()).popitem()",),
    ),
    Rule(
        "arguments of functors",
        "functors-check-arguments-like-functions",
        other_arguments,
        ("holder()(5, leaf=1)",),
    ),
    Rule(
        "what is partial is looked at again",
        "partial-containers",
        stale_partial,
        ("a = pg.Dict({'y': Leaf.partial()})", "a.clear()"),
    ),
    Rule(
        "inferred values",
        "inferred-values-need-no-context-until-they-are-read",
        inferred,
        ("pickled(Inner())",),
    ),
    Rule(
        "references in what is sealed",
        "references-in-lists",
        sealed_deref,
        ("pg.symbolic.deref(Leaf(1, sealed=True), recursive=True)",),
    ),
    Rule(
        "what is sealed says so first",
        "sealed-values-are-checked-first",
        sealed_first,
        ("pg.Dict(sealed=True).rebind({'x.y': 1})",),
    ),
    Rule(
        "items of sealed lists",
        "sealed-values-are-checked-first",
        sealed_later,
        ("a = pg.List(sealed=True)", "a['y'] = 1"),
    ),
    Rule(
        "value specs that are pickled",
        "saved-values-can-be-loaded",
        pickled_spec,
        ("pickled(pg.List(value_spec=t.List(t.Int())))",),
    ),
    Rule(
        "items that are deleted in silence",
        "an-item-of-a-typed-list-can-be-deleted",
        untold_missing,
        ("pg.List([1]).rebind({'[0]': MISSING}, skip_notification=True)",),
    ),
    Rule(
        "changes that are none",
        "unchanged-values-cause-no-notification",
        unchanged,
        (
            "a = pg.List([0.0], onchange_callback=heard)",
            "a.rebind({'[0]': float('0')})",
        ),
    ),
    Rule(
        "lists in functors",
        "partial-containers",
        partial_functor,
        ("reloaded(variadic())",),
    ),
    Rule(
        "value specs that are replaced",
        "value-specs-of-containers",
        values_with_specs,
        ("a = pg.Dict(accessor_writable=False)", "a.use_value_spec(None)"),
    ),
    Rule(
        "hooks that fail",
        "a-change-that-is-refused-changes-nothing",
        failed_hook,
        ("a = Bound()", "a.rebind(x=-1)"),
    ),
    Rule(
        "flags of copies",
        "copies-keep-flags",
        flags_of_copies,
        ("pg.List(allow_partial=True).copy()",),
    ),
]
