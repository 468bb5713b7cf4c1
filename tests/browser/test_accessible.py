"""The deck for everybody: axe-core finds nothing serious, in light and in dark."""

from __future__ import annotations

import pytest
from lab import WHERE, Lab, find, option

pytestmark = pytest.mark.browser

GRAVE = {"serious", "critical"}


def violations(lab: Lab) -> list[str]:
    """What axe finds in the deck that is serious or worse."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(lab.page, context=".speckit-deck").response["violations"]
    grave = [one for one in found if one["impact"] in GRAVE]
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
        for one in grave
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast"])
def test_axe_finds_nothing_serious(lab: Lab, theme: str):
    """A card before and after its answer, the keys and the overview have no serious violation."""
    lab.theme(theme)
    deck = lab.run_all()
    found = violations(lab)
    find(deck, WHERE)
    found += violations(lab)
    option(deck, "In Redis").click()
    lab.wait_for_answers(1)
    lab.page.keyboard.press("Escape")
    lab.page.keyboard.press("?")
    found += violations(lab)
    lab.page.keyboard.press("v")
    deck.locator(".sk-overview").wait_for()
    found += violations(lab)
    lab.theme("JupyterLab Light")
    assert found == []
