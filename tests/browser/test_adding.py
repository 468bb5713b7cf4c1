"""Adding one's own, and asking who decided what, in a real browser."""

from __future__ import annotations

import pytest
from lab import WHERE, Lab, expect_in_preview, find, option

pytestmark = pytest.mark.browser


def test_a_goal_and_a_question_are_added_by_a_few_keys(lab: Lab):
    """A goal stands in the spec at once; a question comes into sight with its options."""
    deck = lab.run_all()
    deck.press("a")
    deck.get_by_label("What to add").select_option("Goal")
    deck.get_by_label("In your own words").fill("An operator can see who was limited")
    deck.get_by_label("In your own words").press("Enter")
    expect_in_preview(deck, "An operator can see who was limited")

    deck.press("a")
    deck.get_by_label("What to add").select_option("Question")
    deck.get_by_role("textbox", name="Options").fill("Ten — fits a page\nA hundred")
    deck.get_by_label("In your own words").fill("How many limited callers does the page show?")
    deck.get_by_label("In your own words").press("Enter")
    option(deck, "Ten").click()
    expect_in_preview(deck, "Ten")
    assert deck.get_by_label("Question").get_by_text("fits a page").first.is_visible()


def test_the_deck_explains_who_decided_and_what_came_of_it(lab: Lab):
    """`x` tells by whom, how, and the lines of the spec."""
    deck = lab.run_all()
    find(deck, WHERE)
    option(deck, "In Redis").click()
    lab.wait_for_answers(1)
    deck.press("Escape")
    deck.press("x")
    story = deck.get_by_label("Explanation")
    story.get_by_text("decided “In Redis").wait_for()
    assert "by hand" in story.inner_text()
    assert "\n  + " in story.inner_text()
