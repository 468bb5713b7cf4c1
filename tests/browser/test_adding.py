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
    deck.get_by_role("textbox", name="Options").fill("Twelve rows — fits a page\nA hundred")
    deck.get_by_label("In your own words").fill("How many limited callers does the page show?")
    deck.get_by_label("In your own words").press("Enter")
    option(deck, "Twelve rows").click()
    expect_in_preview(deck, "Twelve rows")
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


def test_an_option_is_added_to_the_question_in_sight(lab: Lab):
    """It stands beside the others, and can be chosen."""
    deck = lab.run_all()
    find(deck, WHERE)
    deck.press("a")
    deck.get_by_label("What to add").select_option("Option of the question in sight")
    words = deck.get_by_label("Add your own").get_by_label("In your own words")
    words.fill("In the database — one more thing to run")
    words.press("Enter")
    option(deck, "In the database").click()
    expect_in_preview(deck, "In the database.")
    assert deck.get_by_label("Question").get_by_text("one more thing to run").first.is_visible()


def test_a_choice_is_made_exact_and_written_into_another_section(lab: Lab):
    """The section can be chosen before the answer, and what it will say shows that section."""
    deck = lab.run_all()
    find(deck, WHERE)
    deck.get_by_label("Written into").select_option(label="5.2 Data Model / Schema")
    deck.locator(".sk-option").first.get_by_text("5.2 Data Model / Schema").wait_for()
    option(deck, "In Redis").click()
    deck.press("Escape")
    deck.press("w")
    lab.page.keyboard.type("one key a tenant")
    lab.page.keyboard.press("Enter")
    lab.wait_for_answers(2)
    section = deck.locator(".sk-page [data-section='Data Model / Schema']")
    section.get_by_text("with: one key a tenant").wait_for()
    assert (lab.answers()[-1]["detail"], lab.answers()[-1]["target"]) == ("one key a tenant", "5.2")


def test_a_premise_and_a_moot_question_are_answered_in_words(lab: Lab):
    """The one leaves a non-goal, the other names the question that settles it."""
    deck = lab.run_all()
    find(deck, WHERE)
    deck.press("p")
    deck.get_by_label("What is left").select_option("leave that as it is")
    deck.get_by_label("The premise does not hold, because").fill("nothing is counted")
    deck.get_by_label("The premise does not hold, because").press("Enter")
    lab.wait_for_answers(1)
    assert lab.answers()[0]["choices"] == ["The premise does not hold", "Leave as is"]
    expect_in_preview(deck, "nothing is counted")
    deck.press("m")
    topic = deck.get_by_label("The question that settles it").locator("option").first.inner_text()
    deck.locator(".sk-field", has_text="Moot because of").get_by_role("button").click()
    lab.wait_for_answers(2)
    assert lab.answers()[1]["choices"] == ["Moot because of another question"]
    expect_in_preview(deck, f"Because: “{topic}”")


def test_related_questions_are_asked_about_once_after_an_answer(lab: Lab):
    """Two that name the same file are links to each other; the one may settle the other."""
    deck = lab.run_all()
    for text in ("Should `meter.py` count retries?", "Should `meter.py` log refusals?"):
        deck.press("a")
        words = deck.get_by_label("Add your own").get_by_label("In your own words")
        words.fill(text)
        words.press("Enter")
        deck.locator(".sk-question").get_by_text(text.rpartition("`")[2].strip()).wait_for()
    deck.locator(".sk-hint").get_by_role("button").click()
    deck.locator(".sk-question").get_by_text("count retries?").wait_for()
    assert deck.get_by_text("Do these still stand?").count() == 0
    option(deck, "In scope").click()
    near = deck.locator(".sk-near", has_text="Do these still stand?")
    near.get_by_role("button", name="Moot by this").click()
    near.get_by_text("Do these still stand?").wait_for(state="detached")
    lab.wait_for_answers(4)
    assert lab.answers()[-1]["choices"] == ["Moot because of another question"]
