"""Two people go from the first question to the document: one without a keyboard, one without a mouse."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lab import Lab

pytestmark = pytest.mark.browser

MOST = 40  # steps of a walk that ends


def left(deck: Any) -> bool:
    """Whether a question waits for an answer."""
    return (
        "open" in deck.locator(".sk-count").inner_text()
        or "to confirm" in deck.locator(".sk-count").inner_text()
    )


def wait_for_document(lab: Lab) -> str:
    """The exported document, once it is written."""
    lab.page.locator(".speckit-export").get_by_text("Written to").wait_for()
    return next(lab.project.glob("specs/*.md")).read_text("utf-8")


def test_a_walk_with_the_mouse(lab: Lab):
    """Every question is answered by clicks, then the document is written and holds each decision."""
    deck = lab.run_all()
    for every in deck.get_by_role("button", name=re.compile(r"All \d in")).all():
        every.click()
    deck.get_by_role("button", name="Go on to the open questions").click()
    for _ in range(MOST):
        if not left(deck):
            break
        deck.locator(".sk-said button, .sk-choose").first.click()
        deck.get_by_role("button", name="Next open").click()
    lab.wait_for_answers(17)
    lab.page.locator(".speckit-export button").first.click()
    text = wait_for_document(lab)
    assert "- [ ]" not in text.partition("## 9.")[2]
    assert "Where the count is kept. In Redis" in text.replace("*", "")
    assert "`Retry-After`" in text.partition("### 3.1")[2].partition("### 3.2")[0]


def test_a_walk_with_the_keyboard(lab: Lab):
    """The same by keys alone: a choice, a reason, the next question, and from the last to the export."""
    deck = lab.run_all()
    keyboard = lab.page.keyboard
    deck.focus()
    for _ in range(MOST):
        if not left(deck):
            break
        keyboard.press("1")
        if deck.locator("textarea:focus").count():  # where several can be chosen, no reason is asked for yet
            keyboard.type("it is the simplest")
        keyboard.press("Enter")
    lab.wait_for_answers(20)
    keyboard.press("e")  # the review of all answers
    deck.get_by_text("Every question is answered.").wait_for()
    keyboard.press("Enter")
    keyboard.press("Enter")
    text = wait_for_document(lab)
    assert "- [ ]" not in text.partition("## 9.")[2]
    assert "Because: it is the simplest." in text
