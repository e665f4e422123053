import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pyglove as pg
from pyglove.symbolic.tree.traversal import walk
from tests.hyper import helper
from tests.hyper.helper import Layer, Net


def small():
    return pg.Dict(a=pg.oneof([1, 2]), b=pg.oneof(["x", "y"]), c=3)


@settings(max_examples=60)
@given(helper.programs(), st.integers())
def test_encode_undoes_decode(program, seed):
    template = pg.template(program)
    space = template.dna_spec()
    dna = space.random_dna(random.Random(seed))
    decoded = template.decode(dna)
    assert pg.is_deterministic(decoded)
    assert template.encode(decoded) == dna
    assert template.try_encode(decoded) == (True, dna)
    assert pg.eq(pg.materialize(program, dna.parameters()), decoded)
    assert pg.eq(template.decode(pg.DNA(dna.to_numbers(flatten=False))), decoded)


@settings(max_examples=40)
@given(helper.programs())
def test_iteration_visits_each_program_once(program):
    space = pg.dna_spec(program)
    if not 1 < space.space_size <= 100:
        return
    programs = list(pg.iter(program))
    assert len(programs) == space.space_size
    assert len({repr(p) for p in programs}) == len(programs)


@settings(max_examples=30)
@given(helper.programs(), st.integers())
def test_programs_are_disjoint(program, seed):
    template = pg.template(program)
    before = pg.clone(program)
    dna = template.dna_spec().random_dna(random.Random(seed))
    nodes = [
        {id(v) for v in walk(p) if isinstance(v, pg.Symbolic)}
        for p in (template.decode(dna), template.decode(dna), program)
    ]
    assert not nodes[0] & nodes[1] and not nodes[0] & nodes[2]
    assert pg.eq(program, before)


def test_decode_places_and_types_what_it_makes():
    space = Net(
        layers=[
            Layer(units=pg.oneof([8, 16]), inner=pg.manyof(2, [Layer(1), Layer(2)])),
            Layer(units=pg.intv(1, 9)),
        ],
        rate=pg.oneof([1, 0.5]),
        extra=pg.oneof([[1], {"k": pg.oneof([[2], [3]])}]),
    )
    template = pg.template(space)
    net = template.decode(pg.DNA([(1), [0, 1], 5, 0, (1, 1)]))
    assert pg.eq(
        net,
        Net(
            layers=[Layer(16, inner=[Layer(1), Layer(2)]), Layer(5)],
            rate=1.0,
            extra={"k": [3]},
        ),
    )
    assert isinstance(net.rate, float)
    assert net.layers[0].inner[1].sym_path == "layers[0].inner[1]"
    assert net.extra.k.sym_parent is net.extra
    with pytest.raises(TypeError):
        net.layers.append("x")
    net.rebind({"layers[1].units": 6})
    assert template.decode(pg.DNA([(1), [0, 1], 5, 0, (1, 1)])).layers[1].units == 5


def test_lists_of_choices_are_typed():
    class Typed(pg.Object):
        v: list[int]
        w: list[int] | None = None

    decoded = pg.template(
        Typed(v=pg.manyof(2, [1, 2, 3]), w=pg.manyof(1, [1, 2]))
    ).decode(pg.DNA([[0, 2], 1]))
    assert (decoded.v, decoded.w) == ([1, 3], [2])
    for values in (decoded.v, decoded.w):
        with pytest.raises(TypeError):
            values.append("x")


def test_what_is_shared():
    class Opaque:
        pass

    opaque, shared = Opaque(), Layer(1)
    template = pg.template(
        pg.Dict(
            a=pg.oneof([opaque, Layer(2)]),
            b=Layer(3),
            d=pg.Ref(shared),
        )
    )
    first, second = template.decode(pg.DNA(0)), template.decode(pg.DNA(0))
    assert first.a is second.a is opaque
    assert first.d is second.d is shared
    assert first.b is not second.b and first.b.sym_parent is first


def test_hooks_run_on_complete_programs_only():
    seen = []

    class Watched(pg.Object):
        x: int

        def _on_bound(self):
            super()._on_bound()
            seen.append(self.sym_init_args.x)

    space = Watched(pg.oneof([1, 2]))
    seen.clear()
    assert pg.template(space).decode(pg.DNA(1)).x == 2
    assert seen == [2]


def test_functors_and_wrapped_classes():
    functor = pg.template(helper.act(pg.oneof([1, 2]))).decode(pg.DNA(1))
    assert functor() == 2 and functor.specified_args == {"x"}
    partial = pg.template(helper.act(slope=pg.oneof([1, 3]))).decode(pg.DNA(1))
    assert partial(5) == 15
    wrapped = pg.template(helper.Wrapped(pg.oneof([1, 2]))).decode(pg.DNA(1))
    assert wrapped.sum == 4


def test_unusual_containers():
    partial = pg.template(Layer.partial(kind=pg.oneof(["a", "b"]))).decode(pg.DNA(1))
    assert partial.is_partial and partial.kind == "b"
    sealed = pg.template(pg.Dict(a=pg.oneof([1, 2])).seal()).decode(pg.DNA(1))
    assert sealed.a == 2 and sealed.is_sealed

    class Open(pg.Object):
        n: int
        __kwargs__: int

    decoded = pg.template(Open(pg.oneof([1, 2]), z=pg.oneof([3, 4]))).decode(
        pg.DNA([1, 0])
    )
    assert (decoded.n, decoded.z) == (2, 3)


def test_plain_containers_become_symbolic():
    decoded = pg.template({"a": pg.oneof([1, 2]), "b": [1]}).decode(pg.DNA(1))
    assert isinstance(decoded, pg.Dict) and decoded == {"a": 2, "b": [1]}
    assert pg.template([pg.oneof([1, 2])]).decode(pg.DNA(0)) == [1]


def test_constants():
    template = pg.template(pg.Dict(a=1))
    assert template.is_constant and template.dna_spec().is_constant
    assert template.decode(pg.DNA(None)) == {"a": 1}
    assert template.encode(pg.Dict(a=1)) == pg.DNA(None)
    assert pg.template(1).decode(pg.DNA(None)) == 1
    with pytest.raises(ValueError):
        template.decode(pg.DNA(1))
    with pytest.raises(ValueError):
        template.encode(pg.Dict(a=2))


@pytest.mark.parametrize(
    "value",
    [[0], [0, 1, 0], [5, 0], [-1, 0], 0, [0, (1, 0)], ["a", 0], [0.5, 0], [[0, 1], 0]],
)
def test_dna_that_does_not_fit(value):
    template = pg.template(small())
    template.decode(pg.DNA([0, 0]))
    with pytest.raises(ValueError):
        template.decode(pg.DNA(value))
    assert template.dna == pg.DNA([0, 0])


@pytest.mark.parametrize("dna", [1, None, [0, 0]])
def test_only_dna_is_decoded(dna):
    with pytest.raises(TypeError):
        pg.template(small()).decode(dna)


@pytest.mark.parametrize(
    ("program", "path"),
    [
        (pg.Dict(a=3, b="x", c=3), "a"),
        (pg.Dict(a=1, b="z", c=3), "b"),
        (pg.Dict(a=1, b="x", c=4), "c"),
        (pg.Dict(a=1, b="x"), "c"),
        (pg.Dict(a=1, b="x", c=3, d=1), "d"),
        (Layer(1), "path="),
        (1, "path="),
        (None, "path="),
    ],
)
def test_programs_outside_of_the_space(program, path):
    template = pg.template(small())
    with pytest.raises(ValueError, match=path):
        template.encode(program)
    assert template.try_encode(program) == (False, None)


def test_encoding_tells_classes_apart():
    class Special(Layer):
        pass

    template = pg.template(Layer(pg.oneof([1, 2])))
    assert template.encode(Layer(2)) == pg.DNA(1)
    with pytest.raises(ValueError):
        template.encode(Special(2))
    assert pg.template(pg.List([pg.oneof([1, 2])])).encode([2]) == pg.DNA(1)
    with pytest.raises(ValueError):
        pg.template(pg.List([pg.oneof([1, 2])])).encode((2,))


def test_where_splits_a_space():
    space = pg.Dict(
        a=pg.oneof([1, 2], hints="A"),
        b=pg.oneof([Layer(pg.oneof([5, 6], hints="A")), 3], hints="B"),
        c=pg.manyof(2, [pg.oneof([1, 2], hints="A"), 2, 3], hints="B"),
    )
    first = pg.template(space, where=lambda x: x.hints == "A")
    assert [str(p) for p, _ in first.hyper_primitives] == [
        "a",
        "b.candidates[0].units",
        "c.candidates[0]",
    ]
    rest = first.decode(pg.DNA([1, 1, 1]))
    assert rest.a == 2 and rest.b.candidates[0].units == 6
    assert first.encode(rest) == pg.DNA([1, 1, 1])
    assert pg.template(rest).decode(pg.DNA([0, [0, 2]])) == pg.Dict(
        a=2, b=Layer(6), c=[2, 3]
    )
    second = pg.template(space, where=lambda x: x.hints == "B")
    partly = second.decode(pg.DNA([0, [0, 1]]))
    assert isinstance(partly.a, pg.hyper.OneOf)
    assert second.encode(partly) == pg.DNA([0, [0, 1]])
    assert pg.template(space, where=lambda x: False).is_constant


@given(st.integers(0, 63))
@settings(max_examples=20)
def test_parts_of_a_space_multiply_up(bits):
    space = pg.Dict(
        {
            f"x{i}": pg.oneof(list(range(i + 2)), hints=bool(bits >> i & 1))
            for i in range(6)
        }
    )
    sizes = [
        pg.dna_spec(space, lambda x, part=part: x.hints is part).space_size
        for part in (True, False)
    ]
    assert sizes[0] * sizes[1] == pg.dna_spec(space).space_size


def test_placeholders_may_be_modified_later():
    space = small()
    template = pg.template(space)
    assert template.dna_spec().space_size == 4
    space.a.rebind({"candidates[2]": 9})
    assert template.dna_spec().space_size == 6
    assert template.decode(pg.DNA([2, 0])).a == 9


def test_what_a_reference_hides_is_not_decided():
    space = pg.Dict(a=pg.Ref(Layer(pg.oneof([1, 2]))), b=pg.oneof([1, 2]))
    assert [str(i) for i in pg.dna_spec(space).decision_ids] == ["b"]


def test_location_and_text():
    template = pg.template(small())
    assert template.dna_spec("p.q").elements[0].id == "p.q.a"
    assert template.root_path == "" and template.value == small()
    assert repr(template).startswith("ObjectTemplate(value={a=OneOf(name=None")
    assert template == pg.template(small()) and template != pg.template(1)


def test_names_are_unique():
    space = pg.Dict(a=pg.oneof([1, 2], name="n"), b=pg.oneof([1, 2], name="n"))
    with pytest.raises(ValueError, match="'n'"):
        pg.dna_spec(space)


def test_last_dna():
    template = pg.template(small())
    assert template.dna is None
    with pytest.raises(ValueError):
        template()
    template.set_dna(pg.DNA([1, 1]))
    assert template() == pg.Dict(a=2, b="y", c=3)


@pytest.mark.parametrize(
    "parameters",
    [
        {"a": 1, "b": "'y'"},
        {"a": "1/2", "b": "1/2"},
        {"a": "1/2 (2)", "b": "1/2 ('y')"},
        pg.DNA([1, 1]),
    ],
)
def test_materialize(parameters):
    expected = pg.Dict(a=2, b="y", c=3)
    assert pg.materialize(small(), parameters) == expected
    assert pg.materialize(small(), parameters, use_literal_values=False) == expected


@pytest.mark.parametrize("parameters", [1, [0, 0], None])
def test_materialize_takes_dna_and_dicts(parameters):
    with pytest.raises(TypeError):
        pg.materialize(small(), parameters)


def test_materialize_with_missing_decisions():
    with pytest.raises(ValueError, match="'b'"):
        pg.materialize(small(), {"a": 1})
    partly = pg.materialize(small(), {"a": 1}, where=lambda x: x.sym_path == "a")
    assert partly.a == 2 and isinstance(partly.b, pg.hyper.OneOf)


def test_a_space_is_saved_and_loaded():
    space = Net(
        layers=[Layer(pg.oneof([1, 2]))], extra=pg.manyof(1, [pg.floatv(0.0, 1.0)])
    )
    loaded = pg.from_json_str(space.to_json_str())
    assert pg.eq(loaded, space)
    assert pg.eq(pg.dna_spec(loaded), pg.dna_spec(space))


def test_errors_of_encode_lead_to_what_differs():
    space = Net([Layer(pg.oneof([1, 2]), inner=pg.oneof([Layer(pg.oneof([5, 6])), 3]))])
    template = pg.template(space)
    for program, message in [
        (Net([Layer(3)]), r"\[1, 2\], got 3\. \(path=layers\[0\]\.units\)"),
        (Net([Layer(1, inner=Layer(9))]), r"path=layers\[0\]\.inner\.units\)"),
        (Net([Layer(1, inner=4)]), r"got 4\. \(path=layers\[0\]\.inner\)"),
        (Net([Layer(1), Layer(2)]), r"a list of 1 items.*\(path=layers\)"),
        (Net([Layer(1, kind="x", inner=3)]), r"path=layers\[0\]\.kind\)"),
        (Layer(1), r"an object of Net"),
    ]:
        with pytest.raises(ValueError, match=message):
            template.encode(program)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Layer(pg.floatv(0.0, 1.0)), r"Int\(\), got .*float.*path=units"),
        (lambda: Layer(pg.manyof(2, [1, 2])), r"Int\(\), got .*list of 2.*path=units"),
        (lambda: Layer(1, kind=pg.intv(1, 2)), r"Str.*int from 1 to 2.*path=kind"),
        (lambda: Net(pg.manyof(1, [Layer(1), 2])), r"path=layers\.candidates\[1\]"),
        (lambda: Net([Layer(pg.oneof([1, "x"]))]), r"path=units\.candidates\[1\]"),
    ],
)
def test_placeholders_that_do_not_fit_their_field(make, message):
    with pytest.raises(TypeError, match=message):
        make()


def test_placeholders_know_what_was_decoded():
    inner = pg.oneof([3, 4])
    space = pg.Dict(
        x=pg.oneof([1, 2, inner]),
        y=pg.floatv(0.0, 1.0),
        z=pg.manyof(2, [1, 2, pg.oneof([5, 6])]),
        w=pg.evolve(pg.Dict(x=1), lambda k, v, p: v),
    )
    template = pg.template(space)

    def noted():
        return [placeholder.dna for _, placeholder in template.hyper_primitives]

    assert noted() == [None] * 4
    template.set_dna(pg.DNA([(2, 1), 0.5, [0, 1], '{"x": 2}']))
    assert noted() == [None] * 4
    template()
    found = [space.sym_getattr(key).dna for key in "xyzw"]
    assert found == [
        pg.DNA((2, 1)),
        pg.DNA(0.5),
        pg.DNA([0, 1]),
        pg.DNA('{"x": 2}'),
    ]
    assert space.x.candidates[2].dna == pg.DNA(1)
    assert space.x() == 4
    template.decode(pg.DNA([1, 0.7, [0, (2, 1)], '{"x": 3}']))
    assert noted()[:3] == [pg.DNA(1), pg.DNA(0.7), pg.DNA([0, (2, 1)])]
    assert space.z.candidates[2].dna == pg.DNA(1)
    template.set_dna(None)
    assert noted()[0] == pg.DNA(1) and template.dna is None
