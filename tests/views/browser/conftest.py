"""A browser for tests of pages: Chromium, where it is installed."""

import importlib.util
import os
import shutil

import pytest

# A browser that must be there: what checks changes sets it, since a test that is
# skipped checks nothing.
REQUIRED = "PYGLOVE_NEEDS_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser():
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None or importlib.util.find_spec("playwright") is None:
        message = (
            "pages are tried in Chromium, driven by Playwright: install Debian's "
            "package `chromium`, and the extra `test`"
        )
        if os.environ.get(REQUIRED):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


class Tab:
    """A page of the browser, which notes what it should not do.

    Attributes:
      page: Playwright's page.
      requests: The URLs that were asked for, but that of the page itself.
      errors: Errors of scripts, and dialogs.
    """

    def __init__(self, page, path):
        self.page, self._path = page, path
        self.requests, self.errors = [], []
        page.set_default_timeout(10_000)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", self._on_dialog)

    def _on_dialog(self, dialog):
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def show(self, html):
        self._path.write_text(html.to_str(), encoding="utf-8")
        self.page.goto(self._path.as_uri())
        return self.page

    def run(self, scripts):
        """Runs scripts as a notebook does."""
        for script in scripts:
            self.page.evaluate(script)

    def style(self, selector, name):
        return self.page.locator(selector).first.evaluate(
            "(element, name) => getComputedStyle(element)[name]", name
        )


@pytest.fixture(params=["light", "dark"])
def tab(request, browser, tmp_path):
    context = browser.new_context(
        color_scheme=request.param, viewport={"width": 1000, "height": 700}
    )
    tab = Tab(context.new_page(), tmp_path / "page.html")
    yield tab
    context.close()
    assert [url for url in tab.requests if not url.startswith("file:")] == []
    assert len(set(tab.requests)) <= 1
    assert tab.errors == []
