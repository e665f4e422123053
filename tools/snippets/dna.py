"""DNA: trees, numbers, dicts, parameters, JSON, access to decisions, order, notes."""

import copy
import pickle
from typing import Any

import pyglove as pg

g = pg.geno


class Layer(pg.Object):
    units: int
    inner: Any = None


flat = pg.dna_spec(
    pg.Dict(a=pg.oneof(["x", "y", "z"]), b=pg.floatv(0.0, 1.0), c=pg.oneof([1, 2]))
)
named = pg.dna_spec(
    pg.Dict(
        a=pg.oneof([1, pg.floatv(0.1, 0.9, name="rate"), 3], name="choice"),
        b=pg.manyof(2, [1.5, "s", pg.oneof([4, 5], name="inner")], name="many"),
    )
)
nested = pg.dna_spec(
    pg.Dict(
        a=pg.oneof([{"x": pg.oneof([1, pg.oneof([2, 3])])}, 4]),
        b=pg.manyof(2, [pg.oneof(["p", "q"]), pg.floatv(0.0, 1.0), 7], distinct=False),
        c=pg.floatv(0.1, 1.0),
    )
)
many = pg.dna_spec(pg.manyof(2, [1, 2, 3]))
one = pg.dna_spec(pg.oneof(["a", "b", "c"]))


class Text(pg.hyper.CustomHyper):
    def custom_decode(self, dna):
        return dna.value

    def next_dna(self, dna=None):
        if dna is None:
            return pg.DNA("a")
        return pg.DNA(chr(ord(dna.value) + 1)) if dna.value < "c" else None


custom = pg.dna_spec(pg.Dict(x=Text(), y=pg.oneof([1, 2])))
empty = pg.dna_spec(pg.Dict(a=1))

ALL_KEYS = ("id", "name_or_id", "dna_spec")
ALL_VALUES = ("value", "dna", "choice", "literal", "choice_and_literal")
ALL_MULTI = ("subchoice", "parent", "both")


def shown(items):
    """A dict with specs as their ids."""
    return {
        f"<{k.id}>" if isinstance(k, g.DNASpec) else k: repr(v)
        for k, v in items.items()
    }


def dicts(dna, **kwargs):
    """Prints the dicts of all kinds of keys."""
    for key_type in ALL_KEYS:
        print(key_type, shown(dna.to_dict(key_type=key_type, **kwargs)))


def there(dna, spec, **kwargs):
    """Whether the dicts of all kinds lead back to the DNA."""
    results = []
    for key_type in ALL_KEYS:
        for value_type in ALL_VALUES:
            for multi_choice_key in ALL_MULTI:
                items = dna.to_dict(
                    key_type=key_type,
                    value_type=value_type,
                    multi_choice_key=multi_choice_key,
                    **kwargs,
                )
                try:
                    back = pg.DNA.from_dict(items, spec)
                    results.append(back == dna)
                except Exception as e:
                    results.append(type(e).__mro__[-3].__name__)
    return results


def tree(dna):
    """A DNA as value and children, all the way down."""
    return (dna.value, [tree(c) for c in dna.children])


def specs(dna):
    """The ids of the specs of all nodes."""
    return (
        None if dna.spec is None else str(dna.spec.id),
        [specs(c) for c in dna.children],
    )


def enumerated(spec, most=20):
    """The first DNA in order."""
    result = []
    for dna in spec.iter_dna():
        result.append(dna.to_numbers(flatten=False))
        if len(result) == most:
            break
    return result


first = pg.DNA([1, 0.5, 0], spec=flat)
deep = pg.DNA([(0, 1, 0), [(0, 1), (1, 0.5)], 0.3], spec=nested)
deep2 = pg.DNA([1, [2, 2], 0.3], spec=nested)
with_names = pg.DNA([(1, 0.5), [0, (2, 1)]], spec=named)
without = pg.DNA([0, [1, 0]], spec=named)

# Snippets
pg.DNA(1)
pg.DNA(None)
pg.DNA()
pg.DNA(1.5)
pg.DNA("abc")
pg.DNA(True)
pg.DNA(-1)
pg.DNA([1, 2])
pg.DNA([1])
pg.DNA([])
pg.DNA([[1]])
pg.DNA([[1, 2], 3])
pg.DNA((1, 2))
pg.DNA((1,))
pg.DNA(())
pg.DNA((1, [2, 3]))
pg.DNA((1, [2, (3, 4)]))
# Expected difference: nested-numbers-come-back
pg.DNA((1, (2, 3)))
pg.DNA((1, 2, 3))
pg.DNA([(1, 2), 3])
pg.DNA([(1, [2]), 3])
pg.DNA((None, 1))
pg.DNA((1, None))
pg.DNA((1, [2, 3], 4))
pg.DNA(([1], 2))
pg.DNA(("a", 2))
pg.DNA((0.5, 2))
pg.DNA([None, 1])
pg.DNA([None])
pg.DNA({"a": 1})
pg.DNA({1})
pg.DNA(object)
pg.DNA(1, [pg.DNA(2)])
pg.DNA(1, [pg.DNA(2), pg.DNA(3)])
pg.DNA(None, [pg.DNA(2), pg.DNA(3)])
pg.DNA(None, [pg.DNA(2)])
pg.DNA(None, [pg.DNA(None, [pg.DNA(2), pg.DNA(3)])])
pg.DNA(1, [pg.DNA(None, [pg.DNA(2), pg.DNA(3)])])
pg.DNA(1, [pg.DNA(None)])
# Expected difference: assertions-and-internal-errors
pg.DNA(1, [2])
pg.DNA([1, 2], [pg.DNA(2)])
pg.DNA(1, [])
pg.DNA(value=1, children=[pg.DNA(2)])
pg.DNA(1, children=None)
pg.DNA(1, metadata={"a": 1})
pg.DNA(1, metadata={"a": 1}).metadata
pg.DNA(1, metadata=1)
pg.DNA(1, nonsense=2)
pg.DNA(1, [], None, {"a": 1}).metadata
[tree(pg.DNA(v)) for v in (1, [1, 2], (1, 2), (1, [2, 3]), [(1, 2, 3), 0.5], None)]
tree(deep)
tree(with_names)
specs(deep)
specs(with_names)
specs(pg.DNA([1, 2], spec=many))
tree(pg.DNA([1, 2], spec=many))
specs(pg.DNA(1, spec=one))
# Expected difference: a-space-without-decisions
specs(pg.DNA(None, spec=empty))
str(pg.DNA((1, [2, 0.5])))
repr(pg.DNA((1, [2, 0.5])))
str(deep), repr(deep), str(with_names)
deep.format(compact=False, verbose=False)
print(deep.format(compact=False, verbose=False))
print(deep.format(compact=True, verbose=False))
print(first.format(compact=False, verbose=True))
print(pg.DNA(list(range(50))))
repr(pg.DNA(list(range(50))))
print(pg.DNA(list(range(50))).format(list_wrap_threshold=20))
print(pg.DNA([1, 2, 3]).format(list_wrap_threshold=2))
print(deep.format(as_dict=True))
print(with_names.format(as_dict=True))
print(with_names.format(as_dict=True, compact=True))
print(with_names.format(as_dict=True, verbose=False))
pg.DNA(1).format(as_dict=True)
f"{deep}"
pg.format(deep), pg.format(deep, compact=True), pg.format([deep])
pg.Dict(x=deep.clone())
str(pg.Dict(x=deep.clone()))
first.spec is flat, pg.DNA(1).spec
pg.DNA(1, spec=one).spec is one, pg.DNA(1, spec=one).spec is one.elements[0]
pg.DNA([1, 2], spec=many).spec is many
pg.DNA([1, 2], spec=many).spec is many.elements[0]
# Expected difference: a-space-without-decisions
pg.DNA(None, spec=empty).spec is empty
pg.DNA(1, spec="x")
pg.DNA(3, spec=one)
# Expected difference: dna-fits-its-spec
pg.DNA(-1, spec=one)
pg.DNA("a", spec=one)
pg.DNA(0.5, spec=one)
# Expected difference: dna-fits-its-spec
pg.DNA(True, spec=one)
pg.DNA(None, spec=one)
pg.DNA((1, 2), spec=one)
pg.DNA([1, 2], spec=one)
pg.DNA([1, 1], spec=many)
pg.DNA([1, 3], spec=many)
pg.DNA([1], spec=many)
pg.DNA([1, 2, 0], spec=many)
pg.DNA(1, spec=many)
pg.DNA([1, 0.5], spec=flat)
pg.DNA([1, 0.5, 0, 0], spec=flat)
pg.DNA([1, 1.5, 0], spec=flat)
pg.DNA([1, 1, 0], spec=flat)
pg.DNA([1, "a", 0], spec=flat)
pg.DNA([1, None, 0], spec=flat)
pg.DNA([3, 0.5, 0], spec=flat)
pg.DNA([(1, 2), 0.5, 0], spec=flat)
# Expected difference: dna-fits-its-spec
pg.DNA([1, (0.5, 2), 0], spec=flat)
pg.DNA([0, [0, 1]], spec=named)
pg.DNA([1, [0, 1]], spec=named)
pg.DNA([(1, 2.0), [0, 1]], spec=named)
pg.DNA([(1, 0.5), [0, 2]], spec=named)
pg.DNA([(1, 0.5), [0, (2, 3)]], spec=named)
pg.DNA([(1, 0.5), (0, 1)], spec=named)
pg.DNA(["a", 1], spec=custom)
pg.DNA([1, 1], spec=custom)
pg.DNA([None, 1], spec=custom)
# Expected difference: a-space-without-decisions
pg.DNA(1, spec=empty)
pg.DNA([], spec=empty)
pg.DNA(1).use_spec(one)
pg.DNA(5).use_spec(one)
pg.DNA(1).use_spec(None)
pg.DNA(1).use_spec(1)
first.use_spec(flat) is first
pg.DNA(1, spec=one).use_spec(pg.dna_spec(pg.oneof([1, 2]))).spec.candidates[0].index
pg.DNA([1, 0.5, 1]).use_spec(flat).children[0].spec is flat.elements[0]
deep.value, deep.children, deep.children[0].children
deep.children[0].value, deep.children[0].children[0]
deep.children[0].sym_path, deep.children[0].children[0].sym_path
deep.children[0].parent_dna is deep, deep.parent_dna, deep.root is deep
deep.children[1].children[0].root is deep
deep.children[1].children[0].parent_dna is deep.children[1]
deep.is_leaf, deep.children[2].is_leaf, pg.DNA(1).is_leaf
deep.is_subchoice, deep.children[1].is_subchoice
deep.children[1].children[0].is_subchoice
deep.is_multi_choice_container, deep.children[1].is_multi_choice_container
deep.children[1].multi_choice_spec is nested.elements[1], deep.multi_choice_spec
pg.DNA([1, 2], spec=many).is_multi_choice_container
pg.DNA([1, 2], spec=many).multi_choice_spec is many.elements[0]
pg.DNA(1).is_subchoice
pg.DNA(1).is_multi_choice_container
pg.DNA(1).multi_choice_spec
pg.DNA(1).literal_value
first.literal_value
deep.literal_value
with_names.literal_value
without.literal_value
pg.DNA([1, 2], spec=many).literal_value
pg.DNA(1, spec=one).literal_value
# Expected difference: a-space-without-decisions
pg.DNA(None, spec=empty).literal_value
pg.DNA(["a", 1], spec=custom).literal_value
deep.children[0].literal_value, deep.children[2].literal_value
first.to_numbers(), first.to_numbers(flatten=False)
# Expected difference: nested-numbers-come-back
deep.to_numbers(), deep.to_numbers(flatten=False)
# Expected difference: nested-numbers-come-back
deep.to_numbers(False)
with_names.to_numbers(), with_names.to_numbers(flatten=False)
pg.DNA(1).to_numbers(), pg.DNA(1).to_numbers(flatten=False)
pg.DNA(None).to_numbers(), pg.DNA(None).to_numbers(flatten=False)
pg.DNA((1, [2, (3, 4)])).to_numbers(), pg.DNA((1, [2, (3, 4)])).to_numbers(False)
pg.DNA("a").to_numbers()
pg.DNA(["a", 1], spec=custom).to_numbers()
deep.children[0].to_numbers(), deep.children[1].to_numbers(False)
type(deep.to_numbers()), type(deep.to_numbers(False))
pg.DNA.from_numbers([1, 0.5, 0], flat)
pg.DNA.from_numbers((1, 0.5, 0), flat)
pg.DNA.from_numbers(deep.to_numbers(), nested) == deep
pg.DNA.from_numbers(deep.to_numbers(), nested).spec is nested
pg.DNA.from_numbers([1], one)
pg.DNA.from_numbers([1, 2], many)
pg.DNA.from_numbers([], empty)
pg.DNA.from_numbers([1], empty)
pg.DNA.from_numbers([1, 0.5], flat)
pg.DNA.from_numbers([1, 0.5, 0, 1], flat)
pg.DNA.from_numbers([5, 0.5, 0], flat)
pg.DNA.from_numbers([1, 5.0, 0], flat)
pg.DNA.from_numbers([1, 1, 0], flat)
pg.DNA.from_numbers(["a", 0.5, 0], flat)
pg.DNA.from_numbers([0.5, 0.5, 0], flat)
pg.DNA.from_numbers([1, 1], many)
# Expected difference: assertions-and-internal-errors
pg.DNA.from_numbers([1, 0.5], None)
pg.DNA.from_numbers(1, one)
pg.DNA.from_numbers(["a", 1], custom)
pg.DNA.from_numbers([1, 1], custom)
dicts(first)
dicts(deep)
dicts(with_names)
dicts(without)
dicts(deep, value_type="dna")
dicts(with_names, value_type="dna")
dicts(deep, value_type="choice")
dicts(with_names, value_type="choice")
dicts(deep, value_type="literal")
dicts(with_names, value_type="literal")
dicts(deep, value_type="choice_and_literal")
dicts(with_names, value_type="choice_and_literal")
dicts(deep, multi_choice_key="parent")
dicts(with_names, multi_choice_key="parent")
dicts(without, multi_choice_key="parent")
dicts(deep, multi_choice_key="both")
dicts(with_names, multi_choice_key="both")
dicts(without, multi_choice_key="both")
dicts(deep, value_type="dna", multi_choice_key="both")
dicts(with_names, value_type="literal", multi_choice_key="parent")
dicts(with_names, value_type="dna", multi_choice_key="parent")
dicts(with_names, value_type="choice_and_literal", multi_choice_key="both")
dicts(deep, include_inactive_decisions=True)
dicts(deep2, include_inactive_decisions=True)
dicts(with_names, include_inactive_decisions=True)
dicts(without, include_inactive_decisions=True)
dicts(without, include_inactive_decisions=True, multi_choice_key="parent")
dicts(without, include_inactive_decisions=True, multi_choice_key="both")
dicts(deep2, include_inactive_decisions=True, multi_choice_key="both")
dicts(deep2, include_inactive_decisions=True, value_type="dna")
dicts(deep2, include_inactive_decisions=True, value_type="literal")
dicts(without, include_inactive_decisions=True, value_type="choice_and_literal")
dicts(first, include_inactive_decisions=True, value_type="literal")
dicts(pg.DNA([1, 2], spec=many))
dicts(pg.DNA([1, 2], spec=many), multi_choice_key="both")
dicts(pg.DNA(1, spec=one))
dicts(pg.DNA(1, spec=one), value_type="dna")
# Expected difference: a-space-without-decisions
dicts(pg.DNA(None, spec=empty))
dicts(pg.DNA(["a", 1], spec=custom))
dicts(pg.DNA(["a", 1], spec=custom), value_type="literal")
deep.to_dict(filter_fn=lambda d: not d.is_categorical)
deep.to_dict(filter_fn=lambda d: d.is_categorical)
with_names.to_dict("name_or_id", filter_fn=lambda d: d.name is not None)
with_names.to_dict("name_or_id", filter_fn=lambda d: d.name != "many")
with_names.to_dict("name_or_id", filter_fn=lambda d: False)
with_names.to_dict(
    "name_or_id", multi_choice_key="both", filter_fn=lambda d: not d.is_subchoice
)
without.to_dict(include_inactive_decisions=True, filter_fn=lambda d: d.is_numerical)
deep.to_dict("name")
deep.to_dict(value_type="nonsense")
deep.to_dict(multi_choice_key="nonsense")
pg.DNA(1).to_dict()
deep.children[0].to_dict()
deep.children[1].to_dict()
deep.children[1].children[0].to_dict(value_type="literal")
with_names.children[1].to_dict("name_or_id")
list(deep.to_dict("dna_spec"))[0] is nested.elements[0]
there(first, flat)
there(deep, nested)
there(deep2, nested)
there(with_names, named)
there(without, named)
there(deep, nested, include_inactive_decisions=True)
there(with_names, named, include_inactive_decisions=True)
there(pg.DNA([1, 2], spec=many), many)
there(pg.DNA(1, spec=one), one)
there(pg.DNA(["a", 1], spec=custom), custom)
pg.DNA.from_dict({"a": 1, "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": "1/3", "b": 0.5, "c": "0/2"}, flat)
pg.DNA.from_dict({"a": "'y'", "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": "y", "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": "1/3 ('y')", "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": "1/3 ('z')", "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": "1/4", "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": "3/3", "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": "w", "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": 3, "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": -1, "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": 1.0, "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": 1, "b": 1.5, "c": 0}, flat)
pg.DNA.from_dict({"a": 1, "b": 1, "c": 0}, flat)
pg.DNA.from_dict({"a": 1, "b": "0.5", "c": 0}, flat)
pg.DNA.from_dict({"a": 1, "b": 0.5}, flat)
pg.DNA.from_dict({}, flat)
pg.DNA.from_dict({"a": 1, "b": 0.5, "c": 0, "d": 1}, flat)
pg.DNA.from_dict({"a": None, "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": [1], "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": [1, 2], "b": 0.5, "c": 0}, flat)
pg.DNA.from_dict({"a": pg.DNA(1), "b": pg.DNA(0.5), "c": 0}, flat)
pg.DNA.from_dict({"a": pg.DNA("x"), "b": pg.DNA(0.5), "c": 0}, flat)
pg.DNA.from_dict({"a": 1, "b": 0.5, "c": 1}, flat, use_ints_as_literals=True)
pg.DNA.from_dict({"a": "'y'", "b": 0.5, "c": 2}, flat, use_ints_as_literals=True)
pg.DNA.from_dict({"a": "'y'", "b": 0.5, "c": 3}, flat, use_ints_as_literals=True)
pg.DNA.from_dict({"choice": 0, "many": [0, 1]}, named)
pg.DNA.from_dict({"choice": 0, "b[0]": 0, "b[1]": 1}, named)
pg.DNA.from_dict({"a": 0, "b[0]": 0, "b[1]": 1}, named)
pg.DNA.from_dict({"a": 0, "b": [0, 1]}, named)
pg.DNA.from_dict({"choice": 1, "rate": 0.5, "many": [2, 0], "inner": 1}, named)
pg.DNA.from_dict({"choice": 1, "rate": 0.5, "many": [2, 0], "inner": [1]}, named)
pg.DNA.from_dict({"choice": 1, "many": [2, 0], "inner": [1]}, named)
pg.DNA.from_dict({"choice": 0, "many": [0]}, named)
# Expected difference: dna-fits-its-spec
pg.DNA.from_dict({"choice": 0, "many": [0, 1, 2]}, named)
pg.DNA.from_dict({"choice": 0, "many": 0}, named)
pg.DNA.from_dict({"choice": 0, "many": [0, 0]}, named)
pg.DNA.from_dict({"choice": 0, "many": ["'s'", 1.5]}, named)
pg.DNA.from_dict({"choice": 0, "many": (0, 1)}, named)
pg.DNA.from_dict({flat.elements[0]: 1, "b": 0.5, flat.elements[2]: 0}, flat)
# Expected difference: assertions-and-internal-errors
pg.DNA.from_dict([1, 2], flat)
# Expected difference: assertions-and-internal-errors
pg.DNA.from_dict({"a": 1}, None)
pg.DNA.from_dict({"": 1}, one)
pg.DNA.from_dict({"[0]": 1, "[1]": 2}, many)
pg.DNA.from_dict({"": [1, 2]}, many)
pg.DNA.from_dict({"x": "a", "y": 1}, custom)
pg.DNA.from_dict({"x": 1, "y": 1}, custom)
pg.DNA.from_dict({}, empty)
first.parameters()
deep.parameters()
deep.parameters(use_literal_values=True)
with_names.parameters()
with_names.parameters(use_literal_values=True)
pg.DNA.from_parameters(deep.parameters(), nested) == deep
pg.DNA.from_parameters(deep.parameters(True), nested, True) == deep
pg.DNA.from_parameters(deep.parameters(True), nested, use_literal_values=False)
pg.DNA.from_parameters(deep.parameters(), nested, use_literal_values=True)
pg.DNA.from_parameters({"a": "'y'", "b": 0.5, "c": 2}, flat, True)
pg.DNA.from_parameters({"a": "'y'", "b": 0.5, "c": 2}, flat)
pg.DNA.from_parameters({"a": 1}, flat)
# Expected difference: assertions-and-internal-errors
pg.DNA.from_parameters(1, flat)
pg.DNA.from_fn(flat, lambda d: [0] if d.is_categorical else 0.5)
pg.DNA.from_fn(nested, lambda d: [0] * d.num_choices if d.is_categorical else 0.5)
pg.DNA.from_fn(named, lambda d: list(range(d.num_choices)))
pg.DNA.from_fn(flat, lambda d: 0)
pg.DNA.from_fn(flat, lambda d: [5] if d.is_categorical else 0.5)
pg.DNA.from_fn(flat, lambda d: [0] if d.is_categorical else 5.0)
pg.DNA.from_fn(flat, lambda d: [0] if d.is_categorical else 5)
pg.DNA.from_fn(flat, lambda d: pg.DNA(1) if d.is_categorical else pg.DNA(0.5))
pg.DNA.from_fn(flat, lambda d: ["a"] if d.is_categorical else 0.5)
pg.DNA.from_fn(many, lambda d: [0, 0])
pg.DNA.from_fn(many, lambda d: [0])
pg.DNA.from_fn(many, lambda d: pg.DNA([0, 1]))
pg.DNA.from_fn(one, lambda d: [1])
# Expected difference: dna-fits-its-spec
pg.DNA.from_fn(one, lambda d: [1]).spec is one.elements[0]
pg.DNA.from_fn(custom, lambda d: [1] if d.is_categorical else "abc")
pg.DNA.from_fn(custom, lambda d: [1] if d.is_categorical else 1)
pg.DNA.from_fn(empty, lambda d: [1])
pg.DNA.from_fn(1, lambda d: [1])
[str(i) for i in deep.decision_ids]
[str(i) for i in with_names.decision_ids]
[str(i) for i in pg.DNA([1, 2], spec=many).decision_ids]
[str(i) for i in deep.children[0].decision_ids]
deep.decision_ids[0], type(deep.decision_ids[0])
pg.DNA(1).decision_ids
with_names.named_decisions
without.named_decisions
first.named_decisions
pg.DNA(1).named_decisions
with_names["choice"], with_names["many"], with_names["inner"], with_names["rate"]
without["choice"], without["many"]
without["rate"]
without["inner"]
without.get("rate"), without.get("rate", 5), without.get("inner"), without.get("n", 1)
with_names["a"], with_names["b"], with_names["b[0]"], with_names["a[=1/3]"]
without["a[=1/3]"]
without.get("a[=1/3]"), without.get("b[0][=2/3]")
with_names[named.elements[0]], with_names[named.elements[1]]
with_names[named["rate"]], without[named["rate"]]
with_names[0], with_names[1], with_names[-1], with_names[0:1], with_names[0][0]
with_names[5]
with_names.get(0), with_names.get(5)
with_names["nonsense"]
with_names[None]
with_names[1.5]
with_names[pg.KeyPath.parse("a")]
with_names.get(pg.KeyPath.parse("a"))
deep["a"], deep["a[=0/2].x"], deep["a[=0/2].x[=1/2]"], deep["b"], deep["b[0]"]
deep["b[0][=0/3]"], deep.get("b[1][=0/3]"), deep["c"]
deep2["a"], deep2.get("a[=0/2].x", "none")
deep.get(nested.elements[2]), deep.get(flat.elements[0], "none")
pg.DNA([1, 2], spec=many)[""], pg.DNA([1, 2], spec=many)["[0]"]
pg.DNA(1, spec=one)[""]
pg.DNA(1)["x"]
pg.DNA([1, 2])[0], pg.DNA([1, 2])[1]
list(deep), list(pg.DNA([1, 2])), list(pg.DNA(1))
1 in pg.DNA([1, 2]), 3 in pg.DNA([1, 2]), pg.DNA(1) in pg.DNA([1, 2])
pg.DNA(3) in pg.DNA([1, 2]), 1 in pg.DNA([(1, 2), 3])
(1, 2) in pg.DNA([(1, 2), 3])
1 in pg.DNA(1), "a" in pg.DNA(["a", 1])
[1, 2] in pg.DNA([[1, 2], 3])
None in pg.DNA([[1, 2], 3])
len(pg.DNA([1, 2]))
bool(pg.DNA(None)), bool(pg.DNA(0))
pg.DNA(1) == pg.DNA(1), pg.DNA(1) == pg.DNA(2), pg.DNA(1) == 1, pg.DNA(1) == pg.DNA(1.0)
pg.DNA([1, 2]) == pg.DNA([1, 2]), pg.DNA((1, 2)) == pg.DNA([1, 2])
pg.DNA(1) != pg.DNA(1), pg.DNA(1) != pg.DNA(2)
deep == pg.DNA([(0, 1, 0), [(0, 1), (1, 0.5)], 0.3]), deep != deep2
(
    pg.DNA(1, metadata={"a": 1}) == pg.DNA(1),
    pg.eq(pg.DNA(1, metadata={"a": 1}), pg.DNA(1)),
)
pg.DNA(1, spec=one) == pg.DNA(1)
hash(pg.DNA(1)) == hash(pg.DNA(1)), hash(deep) == hash(deep.clone(deep=True))
len({pg.DNA(1), pg.DNA(1), pg.DNA(2), pg.DNA([1, 2]), pg.DNA([1, 2])})
hash(pg.DNA(1, metadata={"a": 1})) == hash(pg.DNA(1))
pg.DNA(1) < pg.DNA(2), pg.DNA(2) < pg.DNA(1), pg.DNA(1) < pg.DNA(1)
pg.DNA(1) <= pg.DNA(1), pg.DNA(2) > pg.DNA(1), pg.DNA(2) >= pg.DNA(3)
pg.DNA([1, 2]) < pg.DNA([1, 3]), pg.DNA([1, 3]) < pg.DNA([1, 2])
pg.DNA((1, 2)) < pg.DNA((2, 1)), pg.DNA(0.5) < pg.DNA(1), pg.DNA("a") < pg.DNA("b")
pg.DNA(1) < pg.DNA("a")
pg.DNA("a") < pg.DNA(1)
pg.DNA(None) < pg.DNA(1)
pg.DNA(1) < pg.DNA(None)
pg.DNA([1, 2]) < pg.DNA([1, 2, 3])
pg.DNA([1, 2]) < pg.DNA([2, 2, 3])
pg.DNA((1, 2)) < pg.DNA(1)
pg.DNA(1) < 1
pg.DNA(1) > None
sorted([pg.DNA(2), pg.DNA(1), pg.DNA(3)])
pg.lt(pg.DNA(1), pg.DNA(2)), pg.gt(pg.DNA(1), pg.DNA(2))
pg.DNA(0, spec=one).next_dna(), pg.DNA(2, spec=one).next_dna()
pg.DNA(0).next_dna()
first.next_dna()
list(pg.DNA(0, spec=one).iter_dna()), list(pg.DNA(2, spec=one).iter_dna())
list(pg.DNA(0).iter_dna())
list(pg.DNA([0, 1], spec=many).iter_dna())
pg.DNA(0, spec=one).next_dna().spec is one.elements[0]
enumerated(many)
enumerated(one)
enumerated(custom)
enumerated(empty)
enumerated(nested)
enumerated(pg.dna_spec(pg.oneof([pg.oneof([1, 2]), 3, pg.manyof(2, [1, 2])])))
enumerated(pg.dna_spec(pg.manyof(2, [1, 2, 3], distinct=False)))
enumerated(pg.dna_spec(pg.manyof(2, [1, 2, 3], sorted=True)))
enumerated(pg.dna_spec(pg.manyof(2, [1, 2, 3], distinct=False, sorted=True)))
enumerated(pg.dna_spec(pg.manyof(3, [1, 2, 3, 4], sorted=True)))
enumerated(pg.dna_spec(pg.manyof(2, [pg.oneof([1, 2]), 3])))
enumerated(pg.dna_spec(pg.manyof(2, [pg.oneof([1, 2]), 3], False)))
enumerated(pg.dna_spec(pg.manyof(2, [pg.oneof([1, 2]), 3, 4], False, True)), 30)
enumerated(pg.dna_spec(pg.permutate([1, 2, 3])))
enumerated(pg.dna_spec([pg.oneof([1, 2]), pg.manyof(2, [1, 2]), pg.oneof([3])]))
pg.to_json(first)
pg.to_json(deep)
pg.to_json(pg.DNA(1))
pg.to_json(pg.DNA(None))
pg.to_json(pg.DNA("a"))
pg.to_json(pg.DNA([1, 0.5, "a"]))
first.to_json(compact=True)
first.to_json(compact=False)
deep.to_json(compact=False)
first.to_json(type_info=False)
deep.to_json(type_info=False)
deep.to_json(compact=True, type_info=False)
deep.to_json(compact=False, type_info=False)
pg.DNA(1).set_metadata("a", 1).to_json()
pg.DNA(1).set_metadata("a", Layer(1)).to_json()
pg.DNA(1).set_metadata("a", 1).to_json(type_info=False)
pg.DNA(1).set_metadata("a", 1).to_json(compact=False)
pg.DNA(1).set_userdata("a", 1).to_json()
pg.from_json(deep.to_json()) == deep, pg.from_json(deep.to_json(compact=False)) == deep
pg.from_json_str(deep.to_json_str()) == deep, pg.from_json(deep.to_json()).spec
deep.to_json_str()
deep.to_json_str(json_indent=2)
pg.from_json(pg.DNA(1).set_metadata("a", Layer(1)).to_json()).metadata
pg.from_json(pg.DNA(1).set_metadata("a", Layer(1)).to_json(compact=False)).metadata
pg.DNA.from_json(deep.to_json())
pg.DNA.parse(1)
pg.DNA.parse([1, 2])
pg.DNA.parse([1, (2, 3)])
pg.DNA.parse((1, [2, 3]))
pg.DNA.parse("a")
pg.DNA.parse(None)
pg.DNA.parse(1, one)
pg.DNA.parse(1, spec=one).spec is one.elements[0]
pg.DNA.parse(5, one)
pg.DNA.parse({"a": 1})
pg.DNA.parse((1,))
pg.DNA.parse(deep.to_json(type_info=False), nested) == deep
# Expected difference: saved-values-can-be-loaded
pg.DNA.parse(deep.to_json())
pg.DNA.parse([1, None])
pg.DNA.parse((1, [2, 3], 4))
deep.clone() == deep, deep.clone().spec is nested, deep.clone() is deep
deep.clone(deep=True) == deep, deep.clone(deep=True).spec is nested
copy.copy(deep) == deep, copy.deepcopy(deep) == deep, copy.copy(deep).spec is nested
pickle.loads(pickle.dumps(deep)) == deep
deep.metadata, deep.userdata, type(deep.metadata), type(deep.userdata).__name__
pg.DNA(1).set_metadata("a", 1).metadata, pg.DNA(1).set_metadata("a", 1)
pg.DNA(1).set_metadata("a", 1).metadata.a
pg.DNA(1).set_metadata("a", 1).clone().metadata
pg.DNA(1).set_metadata("a", 1, cloneable=True).clone().metadata
pg.DNA(1).set_metadata("a", 1, cloneable=True).clone(deep=True).metadata
pg.DNA(1).set_metadata("a", 1, True).clone().clone().metadata
pg.DNA(1).set_userdata("a", 1).userdata, pg.DNA(1).set_userdata("a", 1).userdata.a
pg.DNA(1).set_userdata("a", 1).clone().userdata
pg.DNA(1).set_userdata("a", 1, cloneable=True).clone().userdata
pg.DNA(1).set_userdata("a", object, True).clone(deep=True).userdata
pg.DNA(1).userdata.nope
pg.DNA(1).metadata.nope
pg.DNA(1).set_metadata(1, 2)
pg.DNA(1).set_userdata(1, 2).userdata
print(pg.DNA(1).set_metadata("a", 1))
print(pg.DNA(1).set_metadata("a", 1).format(verbose=False))
changed = pg.DNA([1, 0.5, 0], spec=flat)
changed.rebind({"children[0].value": 2})
changed.to_numbers(), changed.spec is flat, changed
changed.children[0].rebind(value=0)
changed.to_numbers(), changed.to_dict()
changed.children[0].value = 1
changed.to_numbers()
pg.DNA(1).rebind(value="a")
pg.DNA(1).rebind(value=[1])
pg.DNA(1).rebind(children=[pg.DNA(1)])
# Expected difference: sym_init_args-is-a-view
pg.DNA(1).sym_init_args
[str(key) for key in pg.DNA.__schema__.keys()]
pg.DNA(1, metadata={1: 2})
[field.default_value for field in pg.DNA.__schema__.values()]
pg.DNA(1).sym_keys
list(pg.DNA(1).sym_keys()), list(pg.DNA([1, 2]).sym_items())
pg.query(pg.DNA([1, (2, 3)]), ".*value")
pg.traverse(pg.DNA([1, 2]), lambda k, v, p: print(k, v) or pg.TraverseAction.ENTER)
isinstance(pg.DNA(1), pg.Object), isinstance(pg.DNA(1), pg.geno.DNA), pg.DNA is g.DNA
pg.diff(pg.DNA(1), pg.DNA(2))
# Literals of what choices open.
opening = pg.dna_spec(pg.oneof([pg.manyof(2, [1, 2, 3]), 5]))
pg.DNA((0, [0, 2]), spec=opening).literal_value
pg.DNA(
    [(0, [0, 2]), 1], spec=pg.dna_spec(pg.manyof(2, [pg.manyof(2, "abc"), 5]))
).literal_value
equal = pg.dna_spec(pg.Dict(x=pg.oneof([1, 1, 2])))
pg.DNA.from_dict({"x": 1}, equal, use_ints_as_literals=True)
pg.DNA.from_dict({"x": "0/3 (1)"}, equal)
[
    len(pg.dna_spec(pg.oneof(["x" * n])).elements[0].literal_values[0])
    for n in (117, 118, 119, 130)
]
pg.DNA.from_fn(many, lambda point: range(2))
kept = pg.DNA(1)
kept.set_metadata("b", 2, cloneable=True)
kept.to_json()
pg.from_json(kept.to_json()).clone().metadata
