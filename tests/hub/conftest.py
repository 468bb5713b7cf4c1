"""The hub that these tests share: it takes a minute to make and half of one to start."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.hub.deck import SECONDS
from tests.hub.environment import alone, hub_environment
from tests.hub.team import PASSWORD, Hub, start_hub, stop_hub


@pytest.fixture(scope="session")
def hub() -> Iterator[Hub]:
    """A JupyterHub with three members: two of the team, and one who may only read."""
    missing = [name for name in ("npm", "useradd") if not shutil.which(name)]
    if os.geteuid() != 0 or missing:
        assert not os.environ.get("CI"), f"CI must be root and have {missing or 'root'}"
        pytest.skip(f"a real hub needs root and {', '.join(missing) or 'unix users'}: run as root, or see CI")
    with alone():
        running = start_hub(hub_environment())
        yield running
        stop_hub(running)


@pytest.fixture
def enter(browser: Browser, hub: Hub) -> Iterator[Callable[[str, str], Page]]:
    """Log a member in, in a window of their own, and go to a path behind the hub's address.

    What JupyterLab had open for them before is closed.
    """
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
        page.goto(f"{hub.url}{path}?reset")
        return page

    yield enter
    for window in windows:
        window.close()
