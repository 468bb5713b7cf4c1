"""The panels before the deck, in a real browser: ranked research, and the outline of the draft."""

from __future__ import annotations

import pytest
from lab import Lab

pytestmark = pytest.mark.browser


def test_research_is_left_out_and_taken_in(lab: Lab):
    """The draft rests on what is ticked, and the last tick cannot be taken away."""
    lab.run_all()
    research = lab.page.locator(".speckit-research")
    boxes = research.get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [True, True]
    cited = lab.page.locator(".speckit-outline .sk-cite")
    boxes.last.uncheck()
    lab.page.wait_for_function("() => document.querySelectorAll('.sk-hits input:checked').length === 1")
    cited.filter(has_text="exports-waited").first.wait_for(state="detached")
    boxes.first.uncheck()
    research.get_by_role("alert").get_by_text("one document at least").wait_for()
    assert boxes.first.is_checked()


def test_a_passage_is_left_out_and_put_back(lab: Lab):
    """In the outline; the preview beside the deck follows, and a second run of the notebook knows it."""
    deck = lab.run_all()
    outline = lab.page.locator(".speckit-outline")
    outline.get_by_role("button", name="2.1 Current State").click()
    passage = outline.locator(".sk-passage", has=lab.page.get_by_role("button", name="Leave out")).first
    words = passage.inner_text().split("\n")[0]
    preview = deck.locator(".sk-page [data-section='Current State']").get_by_text(words)
    preview.wait_for()
    passage.get_by_role("button").click()
    preview.wait_for(state="detached")
    assert lab.answers()[0]["choices"] == ["left out"]

    lab.run_all()
    outline = lab.page.locator(".speckit-outline")
    outline.get_by_role("button", name="2.1 Current State").click()
    outline.get_by_text("Left out (1)").click()
    outline.get_by_role("button", name="Put back").click()
    preview.wait_for()


def test_a_citation_opens_the_document_beside_at_its_line(lab: Lab):
    """From the outline, the deck and the research, all in one place; the notebook stays in sight."""
    deck = lab.run_all()
    outline = lab.page.locator(".speckit-outline")
    outline.get_by_role("button", name="2.1 Current State").click()
    outline.locator(".sk-cite").first.click()
    lab.page.locator(".jp-FileEditor").wait_for()
    lab.page.wait_for_function(
        "() => [...window.jupyterapp.shell.widgets('main')].find((one) => one.context?.path.endsWith('.md'))"
        "?.content.editor.getCursorPosition().line > 1"
    )
    assert deck.is_visible()
    lab.page.locator(".speckit-research .sk-cite").last.click()
    lab.page.wait_for_function("() => document.querySelectorAll('.jp-FileEditor').length === 2")
    assert lab.page.locator(".lm-DockPanel-tabBar").count() == 2
