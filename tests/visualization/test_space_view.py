"""Views of spaces and of DNA."""

import random
import re

import pyglove as pg


class Layer(pg.Object):
    units: int
    kind: str = "a"


def space():
    return pg.Dict(
        rate=pg.floatv(1e-3, 1.0, scale="log", name="lr"),
        layers=pg.manyof(2, [Layer(pg.oneof([1, 3])), "<pool>", Layer(4)]),
        count=pg.intv(0, 8, 2),
    )


def text_of(html):
    """What a reader sees, without tooltips."""
    content = re.sub(r'<span class="tooltip.*?</span>', "", html.content, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())


def test_a_spec_shows_its_decisions():
    html = pg.to_html(pg.dna_spec(space()), enable_summary_tooltip=False)
    text = text_of(html)
    assert pg.geno.outline(pg.dna_spec(space())).splitlines()[0] in text
    assert "rate &#x27;lr&#x27; float from 0.001 to 1.0 (log)" in text
    assert "count int from 0 to 8 in steps of 2" in text
    assert "layers 2 of 3 (distinct)" in text
    assert "&#x27;&lt;pool&gt;&#x27;" in text and "<pool>" not in html.content
    # What a candidate opens is within it.
    nested = html.content.split("Layer(units=OneOf")[1].split("</details>")[0]
    assert "one of 2" in nested
    assert any("Search spaces" in css for css in html.styles)


def test_a_template_and_a_program_with_placeholders():
    template = pg.template(space())
    assert "layers 2 of 3" in text_of(pg.to_html(template))
    assert template._repr_html_().count("2 of 3") == 1
    html = pg.to_html(space(), collapse_level=None)
    headline = pg.geno.outline(pg.dna_spec(space())).splitlines()[0]
    assert html.content.startswith(
        f'<div class="space-overview">Search space: {headline}</div><details open'
    )
    text = text_of(html)
    assert "layers 2 of 3 [0]" not in text
    assert "float from 0.001 to 1.0 (log)" in text and "units one of 2" in text
    assert "Search space" in text_of(pg.to_html(pg.oneof([1, 2])))
    assert "Search space" in text_of(pg.to_html([pg.oneof([1, 2])]))
    assert "Search space" not in text_of(pg.to_html(pg.Dict(x=1)))
    assert space()._repr_html_() == pg.to_html_str(space())


def test_constraints_and_large_choices():
    constrained = pg.constrain(
        pg.Dict(x=pg.oneof(range(100)), y=pg.oneof([1, 2])), lambda v: v.x > v.y
    )
    text = text_of(pg.to_html(pg.dna_spec(constrained)))
    assert "and 50 more" in text and "constraint:" in text
    many = pg.Dict({f"x{i}": pg.oneof([1, 2]) for i in range(400)})
    text = text_of(pg.to_html(pg.dna_spec(many)))
    assert "100 more decisions" in text and "x299" in text and "x300 " not in text


def test_a_custom_decision():
    class Custom(pg.hyper.CustomHyper):
        def custom_decode(self, dna):
            return dna.value

    html = pg.to_html(pg.Dict(x=Custom()))
    assert "Custom(...)" in text_of(html) and "Search space" in text_of(html)


def test_a_dna_beside_its_space():
    spec = pg.dna_spec(space())
    dna = spec.random_dna(random.Random(3))
    html = pg.to_html(dna)
    chosen = re.findall(r'candidate chosen">(.*?)</span>', html.content)
    literals = dna.to_dict(key_type="id", value_type="literal")
    assert len(chosen) == len(literals)
    assert str(dna["rate"].value) == chosen[0]
    inactive = [p.id for p in spec.decision_points if p.id not in literals]
    rows = re.findall(
        r'<tr class="not-active"><td class="decision-place">(.*?)</td>', html.content
    )
    assert rows == [str(place) for place in inactive]
    place = re.search(r"left:([\d.]+)%", html.content)
    assert 0 <= float(place[1]) <= 100
    assert repr(dna)[:20] in text_of(html)


def test_a_dna_without_a_space():
    text = text_of(pg.to_html(pg.DNA([1, (2, [0.5])]), collapse_level=None))
    assert "DNA([1, (2, 0.5)])" in text or "DNA(" in text
    assert "0.5" in text
