"""Errors in the tree view."""

import pyglove as pg


def test_an_error_with_its_traceback():
    try:
        raise ValueError("<script>bad</script>")
    except ValueError as error:
        info = pg.symbolic.ErrorInfo.from_exception(error)
    html = pg.to_html(pg.Dict(error=info), collapse_level=None)
    content = html.content
    assert "ErrorInfo: ValueError" in content
    assert '<div class="error-description">&lt;script&gt;bad' in content
    assert '<span class="frame">  File &quot;' in content
    assert "<script>" not in content
    assert info._repr_html_().count("error-traceback") >= 2
