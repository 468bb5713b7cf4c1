"""What members of a hub see in their browsers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.hub.team import PASSWORD, WRITERS, Hub

pytestmark = [pytest.mark.hub, pytest.mark.browser, pytest.mark.slow]

ADA, BO = WRITERS
SECONDS = 1000.0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        yield (chromium := playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options))
        chromium.close()


@pytest.fixture
def enter(browser: Browser, hub: Hub) -> Iterator[Callable[[str, str], Page]]:
    """Log a member in, in a window of their own, and go to a path behind the hub's address."""
    windows = []

    def enter(name: str, path: str) -> Page:
        windows.append(window := browser.new_context(viewport={"width": 1300, "height": 1000}))
        page = window.new_page()
        page.set_default_timeout(30 * SECONDS)
        page.goto(f"{hub.url}/hub/login")
        page.fill("#username_input", name)
        page.fill("#password_input", PASSWORD)
        page.click("#login_submit")
        page.wait_for_url(f"**/user/{name}/**")
        page.goto(hub.url + path)
        return page

    yield enter
    for window in windows:
        window.close()


def test_the_launcher_has_a_tile(hub: Hub, enter: Callable[[str, str], Page]):
    """In a JupyterLab with nothing but the wheel it opens a fresh copy of the notebook, at its Start."""
    page = enter(ADA, f"/user/{ADA}/lab?reset")
    page.locator(".jp-LauncherCard", has_text="Design spec").click()
    expect(page.locator(".jp-Notebook")).to_contain_text("Draft the spec", timeout=30 * SECONDS)
    copy = hub.ask("GET", f"/user/{ADA}/api/contents/design-spec.ipynb")["content"]
    assert not any(cell.get("outputs") or "injected" in str(cell["metadata"]) for cell in copy["cells"])


def test_the_palette_has_the_command(hub: Hub, enter: Callable[[str, str], Page]):
    """It makes a copy in the folder that is open, and another beside the one that is there."""
    page = enter(BO, f"/user/{BO}/lab?reset")
    page.locator(".jp-LauncherCard", has_text="Design spec").wait_for()
    for name in ("design-spec.ipynb", "design-spec-2.ipynb"):
        page.keyboard.press("Control+Shift+C")
        page.fill(".lm-CommandPalette-input", "Design spec")
        page.keyboard.press("Enter")
        page.locator(".lm-TabBar-tabLabel", has_text=name).wait_for()
    found = hub.ask("GET", f"/user/{BO}/api/contents/")["content"]
    assert {"design-spec.ipynb", "design-spec-2.ipynb"} <= {entry["name"] for entry in found}
