"""The main road in a real browser: choose, see it in the spec, find it again."""

from __future__ import annotations

import pytest
from lab import WHERE, Lab, expect_in_preview, find, option

pytestmark = pytest.mark.browser

CHOSEN = "In Redis"


def test_a_click_shows_in_the_preview_and_stays(lab: Lab):
    """A chosen option stands in the preview, after a reload of the page, and after a kernel restart."""
    deck = lab.run_all()
    find(deck, WHERE)
    option(deck, CHOSEN).click()
    expect_in_preview(deck, f"Where the count is kept. {CHOSEN}")
    lab.wait_for_answers(1)
    lab.save()

    deck = lab.load(lab.page)
    expect_in_preview(deck, f"Where the count is kept. {CHOSEN}")

    lab.restart()
    deck = lab.run_all()
    expect_in_preview(deck, f"Where the count is kept. {CHOSEN}")
    assert len(lab.answers()) == 1


def test_a_key_chooses_and_lab_does_not_take_it(lab: Lab):
    """`2`, a reason and Enter answer a question; JupyterLab adds no cell and changes none."""
    deck = lab.run_all()
    cells = lab.page.locator(".jp-Cell").count()
    find(deck, WHERE)
    lab.page.keyboard.press("2")
    lab.page.keyboard.type("each gateway is alone anyway, b")
    lab.page.keyboard.press("Enter")
    lab.page.keyboard.press("k")
    for key in "jkjk":
        lab.page.keyboard.press(key)
    lab.wait_for_answers(2)
    assert lab.answers()[-1]["because"] == "each gateway is alone anyway, b"
    assert lab.answers()[-1]["choices"][0].startswith("In the memory of each gateway")
    assert lab.page.locator(".jp-Cell").count() == cells


def test_undo_opens_the_question_again(lab: Lab):
    """`u` takes back what was chosen, in the preview and in the ledger."""
    deck = lab.run_all()
    find(deck, WHERE)
    option(deck, CHOSEN).click()
    expect_in_preview(deck, f"Where the count is kept. {CHOSEN}")
    lab.page.keyboard.press("Escape")
    lab.page.keyboard.press("u")
    deck.locator(".sk-count").get_by_text("0 of").wait_for()
    lab.wait_for_answers(2)
    assert "choices" not in lab.answers()[-1] or not lab.answers()[-1]["choices"]
