"""README's pictures of the panels, taken of this project's own research.

`pytest tests/browser/test_screenshots.py --screenshots` writes them anew.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import make_project
from lab import Lab

pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).resolve().parents[2]
KEPT = REPOSITORY / ".github" / "screenshots"
PANELS = ("start", "research", "draft", "questions", "overview", "checks", "export")
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
TALLEST = 760  # pixels of a picture


def own_research(project: Path) -> None:
    shutil.copytree(REPOSITORY / "research", project / "research")


def test_every_panel_is_shown_in_light_and_dark(
    server: tuple[str, Path], page: Any, tmp_path: Path, pytestconfig: pytest.Config
):
    """Each has a height and a width, and README shows it."""
    url, root = server
    project = make_project(root / "pictures", own_research)
    lab = Lab(page, url, project, "A papermill engine that forks a warm parent")
    page.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
    deck = lab.run_all()
    deck.get_by_role("button", name="Go on to the open questions").click()
    page.keyboard.press("1")
    lab.wait_for_answers(1)
    page.locator(".speckit-outline").get_by_role("button", name="2.1 Current State").click()
    folder = KEPT if pytestconfig.getoption("--screenshots") else tmp_path
    folder.mkdir(exist_ok=True)
    for theme, name in THEMES.items():
        lab.theme(name)
        for panel in PANELS:
            show(lab, panel)
            take(page, panel, folder / f"{panel}-{theme}.png")
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    for theme in THEMES:
        for panel in PANELS:
            assert f".github/screenshots/{panel}-{theme}.png" in readme
            assert (KEPT / f"{panel}-{theme}.png").stat().st_size > 5_000
    lab.close()


def show(lab: Lab, panel: str) -> None:
    """Bring a panel into sight, in the state that its picture shows."""
    deck = lab.page.locator(".speckit-deck")
    if panel == "overview" or (panel == "checks" and deck.locator(".sk-overview").count()):
        deck.press("v")
    elif panel == "export":
        lab.page.locator(".speckit-export button").first.click()
        lab.page.locator(".speckit-export").get_by_text("Written to").wait_for()
    lab.page.locator(".speckit-" + of(panel)).first.scroll_into_view_if_needed()
    lab.page.wait_for_timeout(600)  # diagrams and the colours of what just changed


def take(page: Any, panel: str, path: Path) -> None:
    """A picture of a panel, cut where it is taller than a reader wants."""
    box = page.locator(".speckit-" + of(panel)).first.bounding_box()
    assert box["width"] > 400
    assert box["height"] > 30
    clip = box | {"y": max(0, box["y"]), "height": min(box["height"], TALLEST)}
    page.screenshot(path=path, clip=clip)
    assert path.stat().st_size > 2_000


def of(panel: str) -> str:
    return "questions" if panel == "overview" else panel
