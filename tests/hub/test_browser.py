"""What members of a hub see in their browsers."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.hub.deck import SECONDS, decide, press, run
from tests.hub.team import READER, WRITERS, Hub

pytestmark = [pytest.mark.hub, pytest.mark.browser, pytest.mark.slow]

ADA, BO = WRITERS
SEEN = 10 * SECONDS  # for others' answers to be in sight; alone on a machine they take less than two
SHARE = """
from speckit.jupyter import Desk
from speckit.jupyter.hub.share import share
from speckit.paths import find_project

authoring = Desk(topic={topic!r}, as_of="2026-11-22").authoring
_ = authoring.export()
link = share(find_project("research", "specs"), authoring.ledger.name)
"""


def test_the_launcher_has_a_tile(hub: Hub, enter: Callable[[str, str], Page]):
    """In a JupyterLab with nothing but the wheel it opens a fresh copy of the notebook, at its Start."""
    page = enter(ADA, f"/user/{ADA}/lab")
    page.locator(".jp-LauncherCard", has_text="Design spec").click()
    expect(page.locator(".jp-Notebook")).to_contain_text("Draft the spec", timeout=30 * SECONDS)
    copy = hub.ask("GET", f"/user/{ADA}/api/contents/design-spec.ipynb")["content"]
    assert not any(cell.get("outputs") or "injected" in str(cell["metadata"]) for cell in copy["cells"])


def test_the_palette_has_the_command(hub: Hub, enter: Callable[[str, str], Page]):
    """It makes a copy in the folder that is open, and another beside the one that is there."""
    page = enter(BO, f"/user/{BO}/lab")
    page.locator(".jp-LauncherCard", has_text="Design spec").wait_for()
    for name in ("design-spec.ipynb", "design-spec-2.ipynb"):
        page.keyboard.press("Control+Shift+C")
        page.fill(".lm-CommandPalette-input", "Design spec")
        page.keyboard.press("Enter")
        page.locator(".lm-TabBar-tabLabel", has_text=name).wait_for()
        shown = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook")
        expect(shown).to_contain_text("Draft the spec", timeout=30 * SECONDS)  # it is run, and has the focus
    found = hub.ask("GET", f"/user/{BO}/api/contents/")["content"]
    assert {"design-spec.ipynb", "design-spec-2.ipynb"} <= {entry["name"] for entry in found}


@pytest.fixture
def decks(hub: Hub, enter: Callable[[str, str], Page]) -> dict[str, Page]:
    """Three members who followed the link to one spec, each with a deck."""
    ada = hub.members[ADA]
    ada.run(SHARE.format(topic=f"A forking engine in {len(list(hub.project.rglob('*.ipynb')))} browsers"))
    pages = {name: enter(name, ada.value("link.url")) for name in hub.members}
    for page in pages.values():
        run(page, "browsers.ipynb")
        decide(page)
    return pages


def choose(page: Page, option: int, because: str) -> None:
    """Choose an option of the question in sight, and say why; the deck goes on to the next."""
    press(page, str(option))
    page.locator("textarea[data-field=because]").fill(because)
    page.keyboard.press("Enter")


def go_to_dispute(page: Page) -> None:
    """Go to the one question that is disputed, by way of the overview."""
    press(page, "v")
    page.locator(".sk-row", has_text="Disputed").click()
    expect(page.locator(".sk-side")).to_have_count(2)


def kill_kernel(hub: Hub, name: str, page: Page) -> None:
    """Kill the kernel of the notebook that a member has open; JupyterLab tells, and starts another."""
    sessions = hub.ask("GET", f"/user/{name}/api/sessions")
    (kernel,) = [one["kernel"]["id"] for one in sessions if "browsers" in one["path"]]
    started = psutil.Process(hub.process.pid).children(recursive=True)
    (process,) = [one for one in started if kernel in " ".join(one.as_dict(["cmdline"])["cmdline"] or ())]
    process.kill()
    page.locator(".jp-Dialog", has_text="appears to have died").get_by_role("button").click()


def test_a_team_resolves_questions_in_their_browsers(hub: Hub, decks: dict[str, Page]):
    """What each does is in sight of all; disputes are settled; a reload and a killed kernel lose nothing."""
    ada, bo, cy = decks[ADA], decks[BO], decks[READER]
    choose(ada, 1, "Ada has measured it")
    for page in (bo, cy):
        expect(page.locator(".sk-count")).to_contain_text("1 of ", timeout=SEEN)

    press(bo, "j")
    expect(bo.locator(".sk-card h3")).to_have_text(ada.locator(".sk-card h3").inner_text())
    bo.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true})")
    time.sleep(2)  # a look at the others' answers that is under way
    choose(ada, 1, "Ada says so")
    choose(bo, 2, "Bo says otherwise")
    bo.evaluate("delete document.visibilityState")
    for page in decks.values():
        expect(page.locator(".sk-count")).to_contain_text("1 disputed", timeout=SEEN)

    press(bo, "o")
    words = bo.locator("textarea[data-field=text]")
    words.fill("Half a sentence")
    choose(ada, 1, "Ada goes on")
    expect(bo.locator(".sk-count")).to_contain_text("2 of ", timeout=SEEN)
    expect(words).to_be_focused()
    expect(words).to_have_value("Half a sentence")
    bo.reload()
    run(bo)
    expect(words).to_have_value("Half a sentence")

    kill_kernel(hub, ADA, ada)
    run(ada)
    for page in decks.values():
        go_to_dispute(page)
        for name in (ADA, BO):
            expect(page.locator(".sk-side strong", has_text=name)).to_have_count(1)
    ada.locator(".sk-side", has_text=BO).get_by_role("button").click()
    for page in decks.values():
        expect(page.locator(".sk-count")).not_to_contain_text("disputed", timeout=SEEN)
        expect(page.locator(".sk-count")).to_contain_text("3 of ")

    before = {path: path.stat().st_mtime_ns for path in hub.project.rglob("*")}
    expect(cy.locator(".speckit-deck .sk-trouble")).to_contain_text("You may look on")
    press(cy, "1")
    expect(cy.locator(".speckit-deck .sk-trouble")).to_contain_text("Permission denied")
    assert {path: path.stat().st_mtime_ns for path in hub.project.rglob("*")} == before
    previews = {page.locator(".speckit-deck .sk-page").inner_text() for page in (ada, bo)}
    assert len(previews) == 1
    assert "Ada has measured it" in previews.pop()
