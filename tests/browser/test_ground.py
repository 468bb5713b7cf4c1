"""The second day in a real browser: an answer whose research says something else now."""

from __future__ import annotations

import pytest
from lab import WHERE, Lab, find, option

pytestmark = pytest.mark.browser


def test_an_answer_whose_ground_moved_is_shown_with_both_texts_and_upheld(lab: Lab):
    """It stays until somebody confirms it; then nothing is told any more."""
    deck = lab.run_all()
    find(deck, WHERE)
    option(deck, "In Redis").click()
    lab.wait_for_answers(1)
    (research,) = (lab.project / "research" / "docs").glob("*.md")
    text = research.read_text("utf-8")
    research.write_text(text.replace(f"{WHERE}?", f"{WHERE}, now that two regions run?"), "utf-8")
    assert research.read_text("utf-8") != text

    deck = lab.run_all()
    find(deck, "two regions")
    told = deck.locator(".sk-side", has_text="Needs confirmation")
    told.wait_for()
    assert "now that two regions run?" in told.locator("ins").inner_text()
    assert "now that two regions" not in told.locator("del").inner_text()
    told.get_by_role("button", name="It holds").click()
    told.wait_for(state="detached")
    assert deck.locator(".sk-where").get_by_text("Answered").is_visible()
