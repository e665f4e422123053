"""Makes the pictures of docs/views.md: pages of views, as Chromium shows them.

    python tools/screenshots.py
    python tools/screenshots.py --only study --dark --into /tmp

It takes Playwright (the extra `test`) and Debian's `chromium`.
"""

import argparse
import pathlib
import shutil
import tempfile
from collections.abc import Callable

import pyglove as pg

IMAGES = pathlib.Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTH = 760


class Layer(pg.Object):
    """A layer."""

    units: int
    activation: str = "relu"


class Model(pg.Object):
    """A model of layers."""

    layers: list[Layer]
    rate: float = 0.1


def space() -> pg.Dict:
    """A space with a decision that depends on another."""
    return pg.Dict(
        layers=[
            Layer(pg.oneof([16, 32, 64]), pg.oneof(["relu", "gelu"])) for _ in range(2)
        ],
        head=pg.oneof(["none", pg.Dict(units=pg.intv(8, 64, 8))]),
        rate=pg.floatv(1e-4, 1e-1, scale="log"),
    )


def tree() -> pg.Html:
    """A tree, two levels of which are open."""
    model = Model([Layer(16), Layer(32, "gelu")])
    return pg.to_html(model, collapse_level=2, uncollapse=["layers[1]"])


def diff() -> pg.Html:
    """What makes two models different."""
    return pg.to_html(
        pg.diff(
            Model([Layer(16), Layer(32)]),
            Model([Layer(16), Layer(64, "gelu")], rate=0.2),
        )
    )


def search_space() -> pg.Html:
    """The decisions of a space."""
    return pg.to_html(pg.dna_spec(space()))


def dna() -> pg.Html:
    """A DNA beside its space."""
    import random

    return pg.to_html(pg.dna_spec(space()).random_dna(random.Random(2)))


def algorithm() -> pg.Html:
    """The operations of an evolutionary algorithm."""
    selectors, mutators = pg.evolution.selectors, pg.evolution.mutators
    recombinators = pg.evolution.recombinators
    return pg.to_html(
        pg.evolution.Evolution(
            selectors.Random(10)
            >> (
                (selectors.Top(1) >> mutators.Uniform())
                + (selectors.Top(2) >> recombinators.Uniform())
            ),
            population_init=(pg.geno.Random(), 20),
            population_update=selectors.Last(20),
        )
    )


def study() -> pg.Html:
    """The result of a study with two objectives."""
    name = "screenshot"
    for program, feedback in pg.sample(
        space(), pg.geno.Random(seed=1), num_examples=60, name=name
    ):
        size = sum(layer.units for layer in program.layers)
        bonus = sum(layer.activation == "gelu" for layer in program.layers)
        score = size**0.5 + 3 * bonus - 20 * abs(program.rate - 0.01) ** 0.5
        feedback(score, metrics={"speed": -float(size)})
    return pg.to_html(pg.poll_result(name))


def error() -> pg.Html:
    """An error, with its traceback."""
    try:
        Layer("16")  # type: ignore[arg-type]
    except TypeError as caught:
        info = pg.symbolic.ErrorInfo.from_exception(caught)
        text = info.stacktrace.replace(str(IMAGES.parent.parent) + "/", "")
        info.rebind(stacktrace=text)
    return pg.to_html(info)


def controls() -> pg.Html:
    """Tabs, a progress bar, and labels."""
    kit = pg.views.html.controls
    bar = kit.ProgressBar(
        [kit.SubProgress("done", value=9), kit.SubProgress("failed", value=2)],
        total=20,
    )
    group = kit.LabelGroup(["conv", "pool"], name="layers")
    tabs = kit.TabControl(
        [
            kit.Tab("progress", pg.Html(bar, group, kit.Badge("fast"))),
            kit.Tab("model", Model([Layer(16)])),
        ]
    )
    return tabs.to_html()


PAGES: dict[str, Callable[[], pg.Html]] = {
    "tree": tree,
    "diff": diff,
    "space": search_space,
    "dna": dna,
    "algorithm": algorithm,
    "study": study,
    "error": error,
    "controls": controls,
}


def main() -> None:
    """Makes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", choices=PAGES, help="one of the pictures")
    parser.add_argument("--dark", action="store_true", help="on a dark page")
    parser.add_argument("--into", type=pathlib.Path, default=IMAGES, help="the folder")
    args = parser.parse_args()

    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": WIDTH, "height": 60},
            color_scheme="dark" if args.dark else "light",
        )
        for name in [args.only] if args.only else PAGES:
            path = pathlib.Path(folder, f"{name}.html")
            path.write_text(PAGES[name]().to_str(), encoding="utf-8")
            page.goto(path.as_uri())
            file = args.into / f"view-{name}.png"
            page.screenshot(path=str(file), full_page=True)
            print(file)
        browser.close()


if __name__ == "__main__":
    main()
