"""Several at once: two tabs on one kernel, and colleagues who answer from elsewhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from conftest import load_lab
from lab import TOPIC, WHERE, Lab, expect_in_preview, find, option

from speckit.authoring import Authoring
from speckit.model import Answer
from speckit.recipe import make_recipe

pytestmark = pytest.mark.browser


def colleague(lab: Lab, name: str = "Noor") -> Authoring:
    """Somebody else at work on the same spec, in a process of their own as far as the ledger knows."""
    other = Authoring(make_recipe({"topic": TOPIC}), lab.project)
    other.by = name
    return other


def test_two_tabs_lose_no_click(lab: Lab):
    """Clicks in two tabs, in turn and after a restart, all reach the ledger, and both tabs show them."""
    first = lab.run_all()
    lab.save()
    page = load_lab(lab.page.context, lab.url)
    second = lab.open(page)
    answer(first, WHERE, "In Redis")
    answer(second, "token bucket", "Use a token bucket")
    answer(first, "rejected with 429", "Rejected with 429")
    answer(second, "nobody has configured", "Not in this version")
    lab.wait_for_answers(4)

    lab.restart()
    first = lab.run_all()
    lab.save()
    second = lab.load(page)
    answer(first, "reads of finished", "In scope")
    answer(second, "exempt", "In scope")
    lab.wait_for_answers(6)
    for deck in (first, second):
        deck.locator(".sk-count").get_by_text(re.compile(r"^6 of \d+ answered")).wait_for()
    page.close()


def answer(deck: Any, words: str, label: str) -> None:
    """Find a question and click an option of it."""
    find(deck, words)
    option(deck, label).click()


def test_what_a_colleague_answers_appears_and_touches_no_typing(lab: Lab):
    """An answer from elsewhere is there within seconds; the reason being typed and its caret stay."""
    deck = lab.run_all()
    find(deck, WHERE)
    option(deck, "In Redis").click()
    lab.page.keyboard.type("a limit that")
    lab.wait_for_answers(1)
    other = colleague(lab)
    asked = next(question for question in other.spec.questions if question.topic == "Kind of limit")
    other.answer(Answer(asked.id, (asked.options[0].label,)))
    expect_in_preview(deck, f"{asked.topic}. {asked.options[0].label}")
    lab.page.keyboard.type(" is not exact")
    assert deck.locator("[data-field=because]").input_value() == "a limit that is not exact"


def test_a_dispute_shows_all_sides_until_it_is_settled(lab: Lab):
    """Two answers that neither saw stand side by side with who gave them; choosing one settles it."""
    deck = lab.run_all()
    other = colleague(lab)
    asked = next(question for question in other.spec.questions if question.text.startswith(WHERE))
    find(deck, WHERE)
    option(deck, asked.options[0].label).click()
    lab.wait_for_answers(1)
    other.answer(Answer(asked.id, (asked.options[1].label,), because="it costs nothing"))
    deck.locator(".sk-side").nth(1).wait_for()
    assert "it costs nothing" in deck.locator(".sk-sides").inner_text()
    deck.press("Escape")
    deck.press("b")
    lab.page.keyboard.type("it is exact")
    lab.page.keyboard.press("Enter")
    lab.wait_for_answers(3)
    find(deck, WHERE)
    deck.locator(".sk-side").filter(has_text="it is exact").wait_for()
    assert deck.locator(".sk-side").count() == 2
    deck.locator(".sk-side").filter(has_text="Noor").get_by_role("button").click()
    deck.locator(".sk-side").first.wait_for(state="detached")
    expect_in_preview(deck, f"{asked.topic}. {asked.options[1].label}")
