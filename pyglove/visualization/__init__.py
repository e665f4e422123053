"""Views of searches: spaces, DNA, algorithms, and results of studies.

`pg.to_html`, `pg.view` and notebooks use them. They are registered with the tree view,
so that what they show knows nothing of views; each is loaded when it is first needed.
"""

__all__: list[str] = []


def __dir__() -> list[str]:
    return sorted(__all__)
