"""What is chosen shows at once, and neither a slow hand nor a quick one loses anything."""

from __future__ import annotations

import json
import signal
import urllib.request

import psutil
import pytest
from lab import WHERE, Lab, expect_in_preview, find

pytestmark = pytest.mark.browser

KNOWN = (
    "() => ![...document.querySelectorAll('.sk-option .sk-faint')].some((e) => e.textContent.endsWith('…'))"
)
NEIGHBOURS = 1500  # ms in which the kernel tells what the answers to the next question would change


def test_a_button_held_down_while_the_kernel_answers_is_pressed(lab: Lab):
    """The reply of the kernel paints the card anew only when the button is up again."""
    deck = lab.run_all()
    find(deck, WHERE)
    forward = deck.get_by_role("button", name="Next open")
    forward.hover()
    lab.page.mouse.down()
    lab.page.evaluate("() => document.querySelector('.sk-choose').click()")
    lab.wait_for_answers(1)
    lab.page.wait_for_timeout(NEIGHBOURS)
    lab.page.mouse.up()
    deck.get_by_text(WHERE).first.wait_for(state="hidden")


def test_letters_typed_right_behind_a_choice_become_its_reason(lab: Lab):
    """They are no keys of the deck, though the field opens a moment after the choice."""
    deck = lab.run_all()
    find(deck, WHERE)
    deck.focus()
    lab.page.evaluate("() => document.querySelector('.sk-choose').click()")
    lab.page.keyboard.type("exact")
    assert deck.locator("[data-field=because]").input_value() == "exact"


def test_choices_show_one_behind_the_other_while_the_kernel_is_busy(lab: Lab):
    """The spec holds both before the kernel has either; the kernel records both once it can."""
    deck = lab.run_all()
    find(deck, WHERE)
    lab.page.wait_for_function(KNOWN)
    lab.page.wait_for_timeout(NEIGHBOURS)
    kernel = kernel_of(lab)
    kernel.send_signal(signal.SIGSTOP)
    try:
        deck.focus()
        lab.page.keyboard.press("1")
        expect_in_preview(deck, "Where the count is kept. In Redis")
        lab.page.keyboard.press("Enter")
        second = deck.locator(".sk-choose span").first.inner_text()
        lab.page.keyboard.press("1")
        expect_in_preview(deck, second)
        assert "Where the count is kept. In Redis" in deck.locator(".sk-page").inner_text()
        assert lab.answers() == []
    finally:
        kernel.send_signal(signal.SIGCONT)
    lab.wait_for_answers(2)


def kernel_of(lab: Lab) -> psutil.Process:
    """The process of the notebook's kernel."""
    with urllib.request.urlopen(f"{lab.url}/api/sessions") as reply:  # noqa: S310 - the tests' own server
        name = json.load(reply)[0]["kernel"]["id"]
    processes = psutil.process_iter(["cmdline"])
    return next(one for one in processes if f"kernel-{name}.json" in " ".join(one.info["cmdline"] or ()))
