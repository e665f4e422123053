"""DNASpec: spaces, choices, floats and custom points; ids, names, sizes, text, JSON."""

import copy
import random

import pyglove as pg

g = pg.geno

one = g.oneof([g.constant()] * 3, literal_values=["a", "b", "c"], location="x")
two = g.manyof(2, [g.constant()] * 4, location="y", name="two", hints=1)
rate = g.floatv(0.1, 1.0, location="z", name="rate")
space = g.space([one.clone(), two.clone(), rate.clone()])
nested = g.space(
    [
        g.oneof(
            [
                g.constant(),
                g.space(
                    [
                        g.floatv(0.0, 1.0, location="p", name="p"),
                        g.manyof(
                            2,
                            [g.space([g.oneof([g.constant()] * 2, location="q")])] * 2
                            + [g.constant()],
                            distinct=False,
                            location="m",
                        ),
                    ]
                ),
                g.space([g.custom(location="c")]),
            ],
            location="a.b",
            name="top",
            hints="some",
        ),
        g.floatv(1e-3, 1.0, "log", location="lr"),
    ]
)
deep = pg.dna_spec(
    pg.Dict(
        a=pg.oneof([{"x": pg.oneof([1, pg.oneof([2, 3], name="i")], name="o")}, 4]),
        b=pg.manyof(2, [pg.oneof(["p", "q"]), pg.floatv(0.0, 1.0), 7], name="m"),
    )
)


def shown(items):
    """Items by id."""
    return {k: str(v.id) if isinstance(v, g.DNASpec) else v for k, v in items.items()}


def listed(points):
    """Ids of decision points."""
    if isinstance(points, list):
        return [listed(p) for p in points]
    return str(points.id)


def sizes(*candidates, k=2):
    """Sizes of spaces of choices of all kinds."""
    return [
        pg.dna_spec(pg.manyof(k, list(candidates), distinct, ordered)).space_size
        for distinct in (True, False)
        for ordered in (True, False)
    ]


def fits(spec, *values):
    """Which values fit."""
    results = []
    for value in values:
        try:
            spec.validate(pg.DNA(value))
            results.append(True)
        except (ValueError, TypeError) as e:
            results.append(isinstance(e, ValueError) and "ValueError")
    return results


def kinds(spec):
    """What kind of spec it is."""
    return (
        spec.is_space,
        spec.is_categorical,
        spec.is_subchoice,
        spec.is_numerical,
        spec.is_custom_decision_point,
    )


class Odd(pg.hyper.CustomHyper):
    def custom_decode(self, dna):
        return dna.value


# Snippets
g.constant()
str(g.constant())
g.constant().is_constant, len(g.constant()), g.constant().space_size
g.constant() == g.constant(), pg.eq(g.constant(), g.constant())
g.constant().elements, g.constant().index, g.constant().location, g.constant().hints
g.space()
g.space([])
g.space([g.oneof([g.constant()])])
g.space(g.oneof([g.constant()]))
g.space([1])
g.space([g.space()])
g.space([one])
g.Space is g.space
g.Space(elements=[g.floatv(0.0, 1.0)])
g.space([one.clone()], 1).index
g.oneof([g.constant()])
g.oneof([])
g.oneof(1)
g.oneof([1])
g.oneof([g.constant(), g.floatv(0.0, 1.0)])
g.oneof([g.constant(), g.oneof([g.constant()] * 2)])
g.oneof([g.constant()] * 2, literal_values=["a"])
g.oneof([g.constant()] * 2, literal_values=["a", "b"])
g.oneof([g.constant()] * 2, literal_values=[1, 0.5])
g.oneof([g.constant()] * 2, literal_values=[1, None])
g.oneof([g.constant()] * 2, ["a", "b"], 1, "x", "n")
g.oneof([g.constant()] * 2, location="a.b[0]")
g.oneof([g.constant()] * 2, location=pg.KeyPath.parse("a.b")).location
g.oneof([g.constant()] * 2, location=1)
g.oneof([g.constant()] * 2, name=1)
g.oneof([g.constant()] * 2, hints={"a": 1}).hints
g.manyof(2, [g.constant()] * 3)
g.manyof(2, [g.constant()] * 3, distinct=False, sorted=True)
g.manyof(2, [g.constant()])
g.manyof(2, [g.constant()], distinct=False)
g.manyof(0, [g.constant()])
g.manyof(-1, [g.constant()])
g.manyof(1, [g.constant()] * 3)
g.manyof("2", [g.constant()] * 3)
g.manyof(2, [g.constant()] * 3, True, True, ["a", "b", "c"], 1, "x", "n")
g.manyof(2, [g.constant()] * 3).num_choices, g.manyof(2, [g.constant()] * 3).candidates
g.Choices(2, [g.constant()] * 3, ["a", "b", "c"], False, True)
g.Choices()
g.Choices(num_choices=1, candidates=[g.constant()]).subchoice_index
g.floatv(0.0, 1.0)
g.floatv(0.0, 1.0, "log")
g.floatv(0.1, 1.0, "log")
g.floatv(0.1, 1.0, "rlog")
g.floatv(0.1, 1.0, "linear")
g.floatv(0.1, 1.0, "nonsense")
g.floatv(1.0, 0.0)
g.floatv(1.0, 1.0)
g.floatv(0, 1)
g.floatv("a", 1.0)
# Expected difference: ranges-are-finite
g.floatv(float("nan"), 1.0)
g.floatv(-1.0, 1.0, "rlog")
g.floatv(0.1, 1.0, None, "h", "x", "n")
g.floatv(0.1, 1.0).scale, g.floatv(0.1, 1.0).min_value, g.floatv(0.1, 1.0).max_value
g.Float(0.1, 1.0)
g.Float(0.1)
g.custom()
g.custom("Kind", location="x", name="n", hints=1)
g.custom(hyper_type="Kind").hyper_type
g.custom(next_dna_fn=1)
g.custom(next_dna_fn=lambda dna: None).next_dna_fn is None
g.CustomDecisionPoint()
g.CustomDecisionPoint(hyper_type="Kind")
g.DNASpec()
g.DecisionPoint()
g.float_scale_spec("scale")[:2]
space
str(space)
print(space)
print(nested)
print(deep)
repr(nested)
nested.format(compact=True)
print(nested.format(compact=False, verbose=False))
print(nested.format(compact=True, verbose=False))
# Expected difference: assertions-and-internal-errors
print(nested.format(show_id=False))
print(nested.elements[0])
print(nested.elements[0].format(show_id=False))
print(nested.elements[0].candidates[1])
print(nested.elements[1])
print(nested.elements[1].format(compact=False, verbose=False))
print(nested.elements[0].candidates[2].elements[0])
print(deep.elements[1].subchoice(0))
print(deep.elements[1].subchoice(1).format(compact=False, verbose=False))
print(pg.Dict(spec=space.clone()))
print([space])
f"{one} {rate}"
kinds(space), kinds(one), kinds(two), kinds(rate), kinds(g.custom())
kinds(two.subchoice(0)), kinds(g.constant())
space.is_constant
one.is_constant
len(space), len(nested), len(deep), len(one), len(two), len(rate), len(g.custom())
bool(space), bool(rate)
list(space) == list(space.elements)
list(one)
space[0], space[1], space[-1]
space[5]
space[0:2]
space["x"], space["z"], space["rate"]
listed(space["y"]), listed(space["two"])
space["nonsense"]
space.get("x"), space.get("nonsense"), space.get("nonsense", 1)
space.get(0)
space[pg.KeyPath.parse("x")]
space[None]
two[0], two[1]
two[2]
one[0]
one["x"]
one["y"]
rate["z"]
rate["rate"]
rate[0]
listed(nested["a.b"]), listed(nested["top"]), listed(nested["a.b[=1/3].p"])
listed(nested["p"]), listed(nested["a.b[=1/3].m"]), listed(nested["lr"])
nested["a.b[=1/3].m[0]"]
listed(nested["a.b[=1/3].m[0][=0/3].q"])
[str(i) for i in space.decision_ids]
[str(i) for i in nested.decision_ids]
[str(i) for i in deep.decision_ids]
[str(i) for i in two.decision_ids], [str(i) for i in rate.decision_ids]
[str(i) for i in nested.elements[0].candidates[1].decision_ids]
g.constant().decision_ids
space.decision_ids[0], type(space.decision_ids[0])
listed(space.decision_points)
listed(nested.decision_points)
listed(deep.decision_points)
listed(two.decision_points), listed(rate.decision_points), g.constant().decision_points
shown(space.named_decision_points)
{k: listed(v) for k, v in space.named_decision_points.items()}
{k: listed(v) for k, v in nested.named_decision_points.items()}
{k: listed(v) for k, v in deep.named_decision_points.items()}
one.named_decision_points, g.constant().named_decision_points
str(space.id), str(space.elements[0].id), str(nested.elements[0].candidates[1].id)
str(nested.elements[0].candidates[1].elements[0].id)
str(deep.elements[1].subchoice(0).id), str(deep.elements[1].subchoice(1).location)
space.id, type(space.id)
space.parent_spec, space.elements[0].parent_spec is space
nested.elements[0].candidates[1].parent_spec is nested.elements[0]
nested.elements[0].candidates[1].elements[0].parent_spec is nested.elements[
    0
].candidates[1]
deep.elements[1].subchoice(0).parent_spec is deep.elements[1]
nested.elements[0].parent_choice, space.parent_choice
nested.elements[0].candidates[1].elements[0].parent_choice is nested.elements[0]
listed(nested["a.b[=1/3].m[0][=0/3].q"].parent_choice)
nested["a.b[=1/3].m"][0].parent_choice is nested.elements[0]
deep.elements[1].subchoice(0).parent_choice
nested.elements[0].candidates[1].index, nested.index
[s.subchoice_index for s in two.choice_specs], two.subchoice_index, two.is_subchoice
(
    one.choice_specs[0] is one,
    len(two.choice_specs),
    two.subchoice(0) is two.choice_specs[0],
)
one.subchoice(0) is one
# Expected difference: invalid-input-is-an-error
one.subchoice(1)
two.subchoice(2)
two.subchoice(0).name, two.subchoice(0).hints, two.subchoice(0).num_choices
two.subchoice(1).distinct, two.subchoice(1).sorted, len(two.subchoice(1).candidates)
one.space_size, two.space_size, rate.space_size, g.custom().space_size
space.space_size, nested.space_size, deep.space_size
pg.dna_spec(pg.Dict(a=pg.oneof([1, 2]), b=pg.oneof([1, pg.oneof([1, 2])]))).space_size
sizes(1, 2, 3)
sizes(1, 2, 3, 4, k=3)
sizes(1, pg.oneof([2, 3]))
sizes(1, pg.oneof([2, 3]), pg.manyof(2, [1, 2, 3]))
sizes(1, pg.oneof([2, 3]), pg.manyof(2, [1, 2, 3]), k=3)
sizes(1, pg.floatv(0.0, 1.0))
sizes(1, 2, k=1)
pg.dna_spec(pg.permutate([1, 2, 3, 4])).space_size
fits(one, 0, 2, 3, "a", 0.5, None, [0], (0, 1))
fits(two, [0, 1], [1, 0], [0, 0], [0, 4], [0], [0, 1, 2], 0, None, [0, "a"])
fits(rate, 0.1, 1.0, 0.05, 1.1, 1, "a", None, [0.5])
fits(g.custom(), "a", 1, None, 0.5, ["a", "b"])
fits(space, [0, [0, 1], 0.5], [0, 0, 1, 0.5], [0, [0, 1]], 0, None)
fits(deep, [(0, 0), [2, (1, 0.5)]], [1, [2, 1]], [1, [2, (0, 0)]], [(1, 0), [2, 2]])
fits(deep, [(0, 1, 1), [2, (1, 0.5)]], [(0, 1), [2, (1, 0.5)]], [0, [2, (1, 0.5)]])
fits(g.manyof(2, [g.constant()] * 3, sorted=True), [0, 1], [1, 0], [1, 1])
fits(g.manyof(2, [g.constant()] * 3, False, True), [0, 1], [1, 0], [1, 1])
space.validate(pg.DNA([0, [0, 1], 0.5]))
space.validate(pg.DNA([5, [0, 1], 0.5]))
space.validate(1)
space.first_dna()
space.first_dna(attach_spec=False).spec
space.first_dna().spec is space
nested.first_dna(), deep.first_dna(), one.first_dna(), two.first_dna(), rate.first_dna()
g.constant().first_dna()
g.custom().first_dna()
(
    g.manyof(3, [g.constant()] * 4).first_dna(),
    g.manyof(2, [g.constant()], False).first_dna(),
)
space.next_dna()
space.next_dna(space.first_dna())
one.next_dna(pg.DNA(0)), one.next_dna(pg.DNA(2)), one.next_dna()
one.next_dna(pg.DNA(3))
two.next_dna(pg.DNA([3, 2]))
two.next_dna(pg.DNA([0, 3]))
rate.next_dna(pg.DNA(0.5))
rate.next_dna()
g.constant().next_dna()
g.constant().next_dna(pg.DNA(None))
g.custom().next_dna()
g.custom(next_dna_fn=lambda d: pg.DNA("a") if d is None else None).next_dna()
g.custom(next_dna_fn=lambda d: pg.DNA("a") if d is None else None).next_dna(pg.DNA("a"))
one.next_dna(pg.DNA(0), attach_spec=False).spec, one.next_dna(pg.DNA(0)).spec is one
list(one.iter_dna()), list(one.iter_dna(pg.DNA(1)))
len(list(two.iter_dna())), len(list(two.iter_dna(attach_spec=False)))
list(g.constant().iter_dna())
list(rate.iter_dna())
one.random_dna(random.Random(1)).spec is one
one.random_dna(random.Random(1), False).spec
one.random_dna().value in (0, 1, 2)
0.1 <= rate.random_dna(random.Random(1)).value <= 1.0
two.random_dna(random.Random(1)).spec is two
g.constant().random_dna(random.Random(1))
g.custom().random_dna(random.Random(1))
g.custom(random_dna_fn=lambda r, p: pg.DNA("z")).random_dna()
g.custom(random_dna_fn=lambda r, p: print("previous", p) or pg.DNA("z")).random_dna(
    random.Random(1), previous_dna=pg.DNA("y")
)
# Expected difference: assertions-and-internal-errors
g.custom(random_dna_fn=lambda r, p: "z").random_dna()
pg.random_dna(one, random.Random(1)).spec is one
pg.random_dna(one, random.Random(1), attach_spec=False).spec
pg.random_dna(1)
pg.random_dna(space, 1)
space.userdata, type(space.userdata).__name__
space.set_userdata("a", 1)
space.userdata, space.userdata.a
space.clone().userdata
one == one, one == one.clone(), one != one.clone(), pg.eq(one, one.clone())
pg.eq(space, space.clone()), pg.eq(space, nested), pg.ne(one, two)
hash(one) == hash(one), hash(one) == hash(one.clone())
pg.hash(one) == pg.hash(one.clone()), len({one, one.clone(), one})
pg.eq(pg.dna_spec(pg.oneof([1, 2])), pg.dna_spec(pg.oneof([1, 2])))
pg.eq(pg.dna_spec(pg.oneof([1, 2])), pg.dna_spec(pg.oneof([1, 3])))
pg.eq(pg.dna_spec(pg.oneof([1, 2])), pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]))))
pg.eq(g.custom("A"), g.custom("A")), pg.eq(g.custom("A"), g.custom("B"))
pg.eq(g.custom("A", lambda d: None), g.custom("A"))
copy.deepcopy(space) == space, pg.eq(copy.deepcopy(space), space)
one.clone().literal_values, one.clone(deep=True).location
one.candidate_index("a"), one.candidate_index("1/3"), one.candidate_index("1/3 (b)")
one.candidate_index("d")
one.candidate_index("1/4")
one.candidate_index("3/3")
one.candidate_index("1/3 (a)")
one.candidate_index("x/y")
one.candidate_index(1)
one.candidate_index(None)
one.candidate_index([1])
g.oneof([g.constant()] * 2, [1, 2]).candidate_index(2)
g.oneof([g.constant()] * 2, [1, 2]).candidate_index(0)
g.oneof([g.constant()] * 2, [0.5, 1.5]).candidate_index(1.5)
g.oneof([g.constant()] * 2).candidate_index("1/2")
g.oneof([g.constant()] * 2).candidate_index("1")
g.oneof([g.constant()] * 2).candidate_index(1)
g.oneof([g.constant()] * 2, ["1/2", "0/2"]).candidate_index("1/2")
g.oneof([g.constant()] * 2, ["a (b)", "c"]).candidate_index("0/2 (a (b))")
[one.format_candidate(1, f) for f in ("choice", "literal", "choice_and_literal")]
[two.format_candidate(1, f) for f in ("choice", "literal", "choice_and_literal")]
one.format_candidate(1)
one.format_candidate(1, "nonsense")
one.format_candidate(5)
g.space([g.floatv(0.0, 1.0, name="n"), g.floatv(0.0, 1.0, name="n")])
g.oneof([g.floatv(0.0, 1.0, name="n"), g.floatv(0.0, 1.0, name="n")])
g.space([g.oneof([g.floatv(0.0, 1.0, name="n"), g.floatv(0.0, 1.0, name="n")])])
g.space([g.oneof([g.floatv(0.0, 1.0, name="n")], name="n")])
g.space([g.manyof(2, [g.floatv(0.0, 1.0, name="n"), g.constant()], name="m")])
pg.to_json(one)
pg.to_json(space)
pg.to_json(nested)
pg.to_json(deep)
pg.to_json(g.constant())
pg.to_json(g.custom("Kind", lambda d: None, location="x"))
pg.to_json(rate)
one.to_json_str()
pg.eq(pg.from_json(one.to_json()), one), pg.eq(pg.from_json(nested.to_json()), nested)
pg.eq(pg.from_json_str(deep.to_json_str()), deep)
pg.from_json(deep.to_json()).elements[0].parent_spec is None
pg.from_json(space.to_json()).elements[1].hints, pg.from_json(space.to_json()).userdata
pg.to_json(g.floatv(0.0, 1.0, hints={"a": 1}))
pg.to_json(g.floatv(0.0, 1.0), hide_default_values=True)
pg.from_json(
    {"_type": "pyglove.generators.geno.Choices", "num_choices": 1, "candidates": []}
)
key = g.ConditionalKey(1, 3)
key.index, key.num_choices, str(key), f"{key}"
# Expected difference: ids-can-be-compared
key == g.ConditionalKey(1, 3), key == g.ConditionalKey(2, 3), key != 1
# Expected difference: ids-can-be-compared
hash(key) == hash(g.ConditionalKey(1, 3))
str(pg.KeyPath(["a", key, "b"])), pg.KeyPath(["a", key])
pg.KeyPath.parse("a[=1/3].b").keys
space.elements[0].rebind(name="renamed") and space["renamed"].id
space.rebind({"elements[0].name": "again"}) and list(space.named_decision_points)
space.rebind({"elements[0].location": "w"}) and [str(i) for i in space.decision_ids]
two.rebind(num_choices=3) and (two.space_size, len(two.choice_specs))
two.rebind(num_choices=9)
rate.rebind(min_value=5.0)
rate.rebind(scale="x")
space.elements.append(rate.clone(override={"location": "v", "name": "v"}))
len(space), space.space_size
space.location, nested.elements[0].location, nested.elements[0].hints
nested.hints, nested.elements[0].name
pg.dna_spec(pg.Dict(x=pg.oneof([1, 2], hints={"k": [1]}))).elements[0].hints
isinstance(one, g.DecisionPoint), isinstance(space, g.DecisionPoint)
isinstance(one, g.DNASpec), isinstance(space, g.DNASpec), pg.DNASpec is g.DNASpec
sorted(pg.query(nested, ".*name", lambda v: v is not None).items())
# Expected difference: dna-and-specs-in-other-trees
pg.Dict(spec=space.clone()).spec["x"]
# Expected difference: dna-and-specs-in-other-trees
pg.Dict(spec=space.clone()).spec.parent_spec
space == pg.dna_spec(pg.Dict(x=pg.oneof([1, 2])))
g.manyof(2, [g.constant()] * 4, location="y")[:]
one[1:]
written = g.oneof([g.constant(), g.constant()], literal_values=["0/2 ('a')", "1/2 (1)"])
written.literal_values
written.format_candidate(0)
[written.candidate_index(text) for text in ("0/2 ('a')", "'a'", "1")]
g.Choices(2, [g.constant(), g.constant()], subchoice_index=0)
g.manyof(2, [g.constant(), g.constant()]).subchoice(0).subchoice(0)
pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]), y=pg.oneof([1, 2], name="x")))
pg.dna_spec(pg.Dict(x=pg.oneof([1, 2], name="x"), y=pg.oneof([1, 2])))
pg.random_dna(one, 3)
