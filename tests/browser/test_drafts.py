"""Nothing that was typed or chosen is lost."""

from __future__ import annotations

import pytest
from lab import WHERE, Lab, expect_in_preview, find, option

pytestmark = pytest.mark.browser


def test_a_reason_that_is_being_typed_survives_a_reload(lab: Lab):
    """What stands in a field and was not sent is there again after the page was loaded anew."""
    deck = lab.run_all()
    find(deck, WHERE)
    option(deck, "In Redis").click()
    lab.page.keyboard.type("a limit that is not exact is")
    lab.wait_for_answers(1)
    lab.save()
    lab.load(lab.page)
    field = lab.page.locator(".speckit-deck [data-field=because]").first
    field.wait_for()
    assert field.input_value() == "a limit that is not exact is"


def test_a_choice_that_no_kernel_heard_is_told_and_kept(lab: Lab):
    """After a restart the old deck says that nothing is saved; the new one offers to save the choice."""
    deck = lab.run_all()
    find(deck, WHERE)
    lab.restart()
    option(deck, "In Redis").click()
    deck.get_by_text("the kernel does not answer").wait_for()
    assert lab.answers() == []

    deck = lab.run_all()
    told = deck.get_by_text("Chosen here but not saved")
    told.wait_for()
    deck.get_by_role("button", name="Save", exact=True).first.click()
    expect_in_preview(deck, "Where the count is kept. In Redis")
    lab.wait_for_answers(1)
