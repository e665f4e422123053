"""Views, their extensions and options."""

import pytest

import pyglove as pg


class Plain(pg.View):
    VIEW_ID = "test-plain"

    class Extension(pg.View.Extension):
        def _plain(self, *, view, times=1, **kwargs):
            return view.title(self, **kwargs) + "!" * times

        def _plain_title(self, *, view, **kwargs):
            return view.title(self, **kwargs)

    @pg.View.extension_method("_plain")
    def render(self, value, *, name=None, root_path=None, times=0, **kwargs):
        return self.title(value, name) + "." * times

    @pg.View.extension_method("_plain_title")
    def title(self, value, name=None, **kwargs):
        return pg.Html(f"{name}={value}")


class Named(Plain.Extension):
    def __str__(self):
        return "named"

    def _plain_title(self, name, **kwargs):
        return pg.Html(f"my {name}")


def show(value, **kwargs):
    return pg.view(value, view_id="test-plain", **kwargs).content


def test_values_are_dispatched_by_their_class():
    assert show(1, name="a", times=2) == "a=1.."
    assert show(Named(), name="a", times=2) == "my a!!"


def test_the_views_own_method_is_reached_from_an_extension():
    class Own(Plain.Extension):
        def _plain(self, view):
            # For this value `render` is the view's own, and `title` is dispatched.
            return view.render(self, name="x", times=1)

        def __str__(self):
            return "own"

    class Bare(Plain.Extension):
        def _plain(self):
            return pg.Html("no view")

    assert Plain().render(Own()).content == "x=own."
    assert Plain().render(Bare()).content == "no view"
    assert Plain().render(value=Bare()).content == "no view"


def test_an_extension_that_fails_leaves_the_view_as_it_was():
    class Failing(Plain.Extension):
        fails = True

        def _plain(self, *, view, **kwargs):
            if self.fails:
                raise KeyError("x")
            return pg.Html("fine")

    view, value = Plain(), Failing()
    with pytest.raises(KeyError):
        view.render(value)
    value.fails = False
    assert view.render(value).content == "fine"


def test_views_are_found_by_id():
    assert pg.View.dir()["test-plain"] is Plain and Plain.dir() == {"test-plain": Plain}
    assert "test-plain" not in pg.views.HtmlView.dir()
    assert isinstance(pg.View.create("test-plain", any=1), Plain)
    with pytest.raises(ValueError, match=r"one of .*test-plain.*got 'nope'"):
        pg.view(1, view_id="nope")


def test_classes_know_the_views_that_they_extend():
    class Both(Named, pg.views.HtmlTreeView.Extension):
        pass

    assert Named.supported_view_classes() == {Plain}
    assert Both.supported_view_classes() >= {Plain, pg.views.HtmlTreeView}


def test_a_view_without_an_id_is_refused():
    with pytest.raises(ValueError, match="`VIEW_ID` in the view Nameless"):

        class Nameless(pg.View):
            def render(self, value, **kwargs):
                return pg.Html("")


def test_a_method_without_a_value_is_refused():
    with pytest.raises(TypeError, match="argument `value`"):
        pg.View.extension_method("_x")(lambda self, x: x)


def test_options_of_scopes():
    with pg.view_options(times=1) as options:
        assert options == {"times": 1} and show(1) == "None=1."
        with pg.view_options(name="b"):
            pass
        with pg.view_options(times=3, other=0) as inner:
            assert inner == {"times": 3, "other": 0} and show(1) == "None=1..."
            assert show(1, times=0) == "None=1"
        assert show(1) == "None=1."
    assert show(1) == "None=1"


def test_contents_are_views_of_themselves():
    html = pg.Html("a")
    assert pg.view(html) is html and pg.to_html(html) is html


def test_a_view_that_is_not_html():
    class Other(pg.View):
        VIEW_ID = "test-other"

        def render(self, value, **kwargs):
            return "text"

    assert pg.view(1, view_id="test-other") == "text"
    with pytest.raises(
        TypeError, match=r"expected `pg\.Html` of the view 'test-other'"
    ):
        pg.to_html(1, view_id="test-other")
