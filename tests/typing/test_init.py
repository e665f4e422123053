import pyglove.typing as pgt


def test_all_lists_what_is_there():
    assert list(pgt.__all__) == sorted(set(pgt.__all__))
    assert all(hasattr(pgt, name) for name in pgt.__all__)
    public = {name for name, value in vars(pgt).items() if not name.startswith("_")}
    modules = {name for name in public if type(getattr(pgt, name)) is type(pgt)}
    assert public - modules == set(pgt.__all__)
