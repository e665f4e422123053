"""Spaces that are saved here, searched where our classes lack, and decoded."""

import json
import random
import subprocess
import sys
import textwrap
from typing import Any

import pytest

import pyglove as pg


class Block(pg.Object):
    units: int
    inner: Any = None


class Model(pg.Object):
    blocks: list[Block] = []
    rate: float = 0.1


@pg.functor
def scheduled(warmup, kind="cosine"):
    return warmup, kind


def space():
    return Model(
        blocks=[
            Block(pg.oneof([8, 16], name="units")),
            Block(
                4, inner=pg.oneof([Block(pg.intv(1, 9)), scheduled(pg.oneof([1, 2]))])
            ),
            Block(4, inner=pg.manyof(2, ["a", Block(pg.oneof([1, 2])), None])),
        ],
        rate=pg.floatv(1e-4, 1e-1, "log"),
    )


# What another process does, which has no module `test_saved_space`.
SEARCH = """
import json, sys
import pyglove as pg

folder = sys.argv[1]
spec = pg.load(f'{folder}/spec.json')
found = []
for algorithm in (
    pg.geno.Random(seed=1),
    pg.evolution.regularized_evolution(population_size=4, tournament_size=2, seed=1),
):
    algorithm.setup(spec)
    for _ in range(10):
        dna = algorithm.propose()
        algorithm.feedback(dna, float(sum(dna.to_numbers())))
        found.append(dna)
pg.save(pg.List(found), f'{folder}/found.json')

loaded = pg.load(f'{folder}/space.json', convert_unknown=True)
program = pg.template(loaded).decode(found[0])
print(json.dumps({
    'spec': str(spec),
    'ids': [str(i) for i in pg.dna_spec(loaded).decision_ids],
    'type': type(loaded).__name__,
    'units': program.blocks[0].units,
    'program': program.to_json(),
    'modules': [name for name in sys.modules if 'test_saved_space' in name],
}))
"""


def run(script, *arguments):
    """What a script says in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_search_without_the_classes_of_the_space(tmp_path):
    template = pg.template(space())
    spec = template.dna_spec()
    pg.save(space(), str(tmp_path / "space.json"))
    pg.save(spec, str(tmp_path / "spec.json"))
    said = run(SEARCH, tmp_path)

    assert said["spec"] == str(spec)
    assert said["ids"] == [str(i) for i in spec.decision_ids]
    assert not said["modules"]
    found = pg.load(str(tmp_path / "found.json"))
    assert len(found) == 20
    programs = [template.decode(dna) for dna in found]
    assert all(isinstance(program, Model) for program in programs)
    for program, dna in zip(programs, found, strict=True):
        assert template.encode(program) == dna

    # The program that was made there has no class, but the same content.
    assert said["type"] == "UnknownTypedObject"
    assert said["units"] == programs[0].blocks[0].units
    assert pg.eq(pg.from_json(said["program"]), programs[0])


def test_a_space_needs_its_classes_unless_unknown_ones_are_accepted(tmp_path):
    document = json.loads(space().to_json_str().replace("test_saved_space", "nowhere"))
    with pytest.raises(TypeError, match=r"nowhere\.Model"):
        pg.from_json(document)
    loaded = pg.dna_spec(pg.from_json(document, convert_unknown=True))
    # All but the names of candidates that are objects of unknown classes.
    assert loaded.decision_ids == pg.dna_spec(space()).decision_ids
    assert pg.dna_spec(space()).random_dna(random.Random(1)).use_spec(loaded)


def test_hints_are_saved_with_the_spec():
    spec = pg.dna_spec(pg.oneof([1, 2], hints={"prior": [0.5, 0.5]}))
    loaded = pg.from_json_str(spec.to_json_str())
    assert loaded.elements[0].hints == {"prior": [0.5, 0.5]}
    spec = pg.dna_spec(pg.oneof([1, 2], hints=Block(1)))
    text = spec.to_json_str().replace("test_saved_space", "nowhere")
    with pytest.raises(TypeError, match=r"nowhere\.Block"):
        pg.from_json_str(text)
    loaded = pg.from_json_str(text, convert_unknown=True)
    assert loaded.first_dna() == pg.DNA(0) and loaded.elements[0].hints.units == 1


@pytest.mark.parametrize(
    "form",
    [
        lambda dna, spec: pg.from_json_str(dna.to_json_str()),
        lambda dna, spec: pg.from_json(dna.to_json(compact=False)),
        lambda dna, spec: pg.DNA.parse(json.loads(json.dumps(dna.to_json())), spec),
        lambda dna, spec: pg.DNA.from_dict(json.loads(json.dumps(dna.to_dict())), spec),
        lambda dna, spec: pg.DNA.from_parameters(dna.parameters(True), spec, True),
        lambda dna, spec: pg.DNA.from_numbers(json.loads(str(dna.to_numbers())), spec),
        lambda dna, spec: pg.DNA(dna.to_numbers(flatten=False)),
    ],
)
def test_dna_travels_in_every_form(form):
    template = pg.template(space())
    spec = template.dna_spec()
    dna = pg.DNA([1, (0, 7), [(1, 1), 0], 0.01], spec=spec)
    assert form(dna, pg.from_json_str(spec.to_json_str())) == dna
    assert template.decode(form(dna, spec)).blocks[1].inner.units == 7
