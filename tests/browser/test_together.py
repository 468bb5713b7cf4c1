"""Several at once: two tabs on one kernel, and colleagues who answer from elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import load_lab
from lab import TOPIC, Lab, expect_in_preview, option

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
    lab.open(page)
    second = page.locator(".speckit-deck").first
    second.wait_for()
    _answer_in_turn(
        first, second, ["In Redis", "Use a token bucket"], ["Rejected with 429", "Not in this version"]
    )
    lab.wait_for_answers(4)
    lab.restart()
    first = lab.run_all()
    lab.save()
    lab.load(page)
    second = page.locator(".speckit-deck").first
    second.wait_for()
    _answer_in_turn(first, second, ["In scope"], ["In scope"])
    lab.wait_for_answers(6)
    for deck in (first, second):
        deck.locator(".sk-count").get_by_text("6 of 15 answered").wait_for()
    page.close()


def _answer_in_turn(first: Any, second: Any, one: list[str], other: list[str]) -> None:
    """Each tab answers the next open question, the two in turn."""
    for deck, label in [
        pair
        for pairs in zip(*([(d, t) for t in ts] for d, ts in ((first, one), (second, other))))
        for pair in pairs
    ]:
        before = deck.locator("progress").get_attribute("value")
        deck.press("Escape")
        deck.press("Enter")
        option(deck, label).click()
        deck.page.wait_for_function(
            "before => document.querySelector('.speckit-deck progress').value != before", arg=before
        )


def test_what_a_colleague_answers_appears_and_touches_no_typing(lab: Lab):
    """An answer from elsewhere is there within seconds; the reason being typed and its caret stay."""
    deck = lab.run_all()
    option(deck, "In Redis").click()
    lab.page.keyboard.type("a limit that")
    lab.wait_for_answers(1)
    other = colleague(lab)
    asked = other.spec.questions[1]
    other.answer(Answer(asked.id, (asked.options[0].label,)))
    expect_in_preview(deck, f"{asked.topic}. {asked.options[0].label}")
    lab.page.keyboard.type(" is not exact")
    assert deck.locator("[data-field=because]").input_value() == "a limit that is not exact"


def test_a_dispute_shows_all_sides_until_it_is_settled(lab: Lab):
    """Two answers that neither saw stand side by side with who gave them; choosing one settles it."""
    deck = lab.run_all()
    other = colleague(lab)
    asked = other.spec.questions[0]
    option(deck, asked.options[0].label).click()
    lab.wait_for_answers(1)
    other.answer(Answer(asked.id, (asked.options[1].label,), because="it costs nothing"))
    deck.locator(".sk-side").nth(1).wait_for()
    assert "it costs nothing" in deck.locator(".sk-sides").inner_text()
    deck.locator(".sk-side").filter(has_text="Noor").get_by_role("button").click()
    deck.locator(".sk-side").first.wait_for(state="detached")
    expect_in_preview(deck, f"{asked.topic}. {asked.options[1].label}")
