"""Spaces, their descriptions and DNA as documents, here and where classes lack."""

import json
from typing import Any

import pyglove as pg

h = pg.hyper


class Layer(pg.Object):
    units: int
    rate: float = 0.1
    inner: Any = None


class Net(pg.Object):
    layers: list[Layer] = []
    extra: Any = None


class Text(h.CustomHyper):
    letters: str = "ab"

    def custom_decode(self, dna):
        return dna.value

    def random_dna(self, random_generator=None, previous_dna=None):
        return pg.DNA("a")


@pg.functor
def act(x, y=1):
    return x * y


def function(x):
    return x


def space():
    return Net(
        [
            Layer(pg.oneof([1, 2], name="u"), pg.floatv(0.1, 1.0, "log")),
            Layer(3, inner=pg.manyof(2, ["a", Layer(pg.oneof([5, 6])), None])),
        ],
        extra=pg.Dict(
            f=act(pg.permutate([1, 2])), r=h.reference("layers[0].units"), t=("x", 1)
        ),
    )


def strange(value):
    """A document in which user classes are called differently."""
    return json.loads(json.dumps(pg.to_json(value)).replace("snippet.", "elsewhere."))


def unknown(value):
    """A value loaded where its classes are unknown."""
    return pg.from_json(strange(value), convert_unknown=True)


def there(value):
    """A value after a way through JSON."""
    return pg.from_json_str(pg.to_json_str(value))


# Snippets
pg.to_json(space())
pg.to_json_str(space())
pg.to_json_str(space(), json_indent=2)
pg.eq(there(space()), space()), there(space()) == space()
there(space()).sym_init_args.layers[0].units
pg.to_json(space(), hide_default_values=True)
pg.to_json(pg.dna_spec(space()))
pg.eq(there(pg.dna_spec(space())), pg.dna_spec(space()))
pg.eq(pg.dna_spec(there(space())), pg.dna_spec(space()))
str(there(pg.dna_spec(space()))) == str(pg.dna_spec(space()))
there(pg.dna_spec(space())).first_dna()
pg.template(space()).decode(there(there(pg.dna_spec(space())).first_dna()))
pg.template(there(space())).decode(pg.dna_spec(space()).first_dna())
pg.to_json(pg.oneof([Layer(1), Layer(pg.oneof([2, 3]))]))
(
    pg.to_json(pg.oneof([1, 2], hints={"a": 1})),
    pg.to_json(pg.oneof([1, 2], hints=Layer(1))),
)
pg.to_json(pg.dna_spec(pg.oneof([1, 2], hints=Layer(1))))
there(pg.dna_spec(pg.oneof([1, 2], hints=Layer(1)))).elements[0].hints
pg.to_json(pg.oneof([function, int, Layer, len]))
there(pg.oneof([function, int, Layer, len])).candidates
pg.to_json(pg.dna_spec(pg.oneof([function, int, Layer])))["elements"][0][
    "literal_values"
][1:]
pg.to_json(Text(letters="xy", name="n"))
there(Text(letters="xy", name="n"))
pg.to_json(pg.dna_spec(pg.Dict(x=Text(name="n"))))
there(pg.dna_spec(pg.Dict(x=Text())))
there(pg.dna_spec(pg.Dict(x=Text()))).random_dna()
there(pg.dna_spec(pg.Dict(x=Text()))).first_dna()
pg.to_json(h.OneOf([1, 2], where=function))
there(h.OneOf([1, 2], where=function)).where is function
pg.to_json(pg.floatv(0.1, 1.0)), there(pg.floatv(0.1, 1.0, "rlog", name="n"))
there(pg.manyof(2, [1, 2, 3], False, True, name="m", hints="h"))
there(h.reference("a.b[0]")), pg.to_json(h.reference("a.b[0]"))
unknown(space())
type(unknown(space()).layers[0].units).__name__
pg.dna_spec(unknown(space()))
[str(i) for i in pg.dna_spec(unknown(space())).decision_ids]
pg.eq(pg.dna_spec(unknown(space())), pg.dna_spec(space()))
pg.template(unknown(space())).decode(pg.dna_spec(space()).first_dna())
unknown(pg.dna_spec(space())).first_dna()
list(pg.iter(unknown(pg.Dict(x=Layer(pg.oneof([1, 2]))))))
list(pg.iter(unknown(pg.oneof([Layer(1), Layer(2)]))))
pg.to_json(unknown(Layer(pg.oneof([1, 2])))) == strange(Layer(pg.oneof([1, 2])))
pg.from_json(strange(space()))
pg.from_json(strange(pg.dna_spec(space()))).space_size
pg.from_json(strange(pg.dna_spec(pg.oneof([1, 2], hints=Layer(1)))))
unknown(pg.dna_spec(pg.oneof([1, 2], hints=Layer(1)))).elements[0].hints
dna = pg.DNA([(0), 0.5, [0, (1, 1)], [1, 0]], spec=pg.dna_spec(space()))
dna.to_json(), dna.to_json(type_info=False)
pg.from_json_str(dna.to_json_str()) == dna
pg.template(space()).decode(pg.from_json_str(dna.to_json_str()))
pg.DNA.parse(json.loads(json.dumps(dna.to_json(type_info=False)))) == dna
pg.DNA.parse(dna.to_json(type_info=False), pg.dna_spec(space())) == dna
pg.DNA.from_parameters(
    json.loads(json.dumps(dna.parameters())), pg.dna_spec(space())
) == dna
pg.DNA.from_dict(json.loads(json.dumps(dna.to_dict())), pg.dna_spec(space())) == dna
pg.DNA.from_numbers(
    json.loads(json.dumps(dna.to_numbers())), pg.dna_spec(space())
) == dna
dna.set_metadata("note", Layer(1)).to_json()["metadata"]
there(dna).metadata.note
pg.save(space(), "./space.json"), pg.eq(pg.load("./space.json"), space())
(
    pg.save(pg.dna_spec(space()), "./spec.json"),
    pg.eq(pg.load("./spec.json"), pg.dna_spec(space())),
)
pg.save(dna, "./dna.json"), pg.load("./dna.json") == dna
pg.from_json({"_type": "hyper.OneOf", "candidates": [1, 2]})
pg.from_json({"_type": "pyglove.core.hyper.categorical.OneOf", "candidates": [1, 2]})
pg.from_json({"_type": "hyper.ManyOf", "num_choices": 1, "candidates": [1, 2]})
pg.from_json({"_type": "hyper.Float", "min_value": 0.1, "max_value": 1.0})
pg.from_json({"_type": "hyper.OneOf", "candidates": []})
pg.from_json({"_type": "hyper.OneOf", "candidates": 1})
pg.from_json({"_type": "hyper.OneOf"})
pg.from_json({"_type": "hyper.OneOf", "candidates": [1], "nope": 1})
pg.from_json({"_type": "pyglove.core.geno.base.DNA", "value": 1})
pg.from_json({"_type": "pyglove.core.geno.base.DNA", "format": "compact", "value": 1})
pg.from_json(
    {
        "_type": "pyglove.core.geno.base.DNA",
        "format": "compact",
        "value": ["__tuple__", 1, 2],
    }
)
# Expected difference: dna-fits-its-spec
pg.from_json(
    {"_type": "pyglove.core.geno.base.DNA", "format": "compact", "value": {"a": 1}}
)
pg.from_json(
    {
        "_type": "pyglove.core.geno.base.DNA",
        "format": "compact",
        "value": ["__tuple__", 1],
    }
)
pg.from_json({"_type": "pyglove.core.geno.base.DNA", "format": "compact"})
pg.from_json({"_type": "pyglove.core.geno.base.DNA", "format": "nonsense", "value": 1})
inner = {"_type": "pyglove.core.geno.base.DNA", "value": 2}
pg.from_json({"_type": "pyglove.core.geno.base.DNA", "value": 1, "children": [inner]})
pg.from_json({"_type": "pyglove.generators.geno.Template", "elements": []})
pg.from_json(
    {"_type": "pyglove.generators.geno.Float", "min_value": 0.0, "max_value": 1.0}
)
pg.from_json(
    {"_type": "pyglove.generators.geno.Float", "min_value": 1.0, "max_value": 0.0}
)
pg.from_json({"_type": "pyglove.core.geno.random.Random", "seed": 1})
pg.from_json({"_type": "pyglove.core.geno.sweeping.Sweeping"})
