"""Answers in, spec out: what they write, what stays open, what a policy may take."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from speckit.clarify import clarify
from speckit.contrast import MOOT
from speckit.errors import UnansweredError
from speckit.model import Answer, Dispute, Option, Question, Section, Spec

DAY = dt.date(2026, 11, 20)
STORE = Question(
    "q00000001", "Which store do answers live in?", "explicit-options", topic="Store",
    options=(Option("SQLite", "one file"), Option("Files", "no locks")), ids=("q00000001", "q0000000a"),
)  # fmt: skip
CACHE = Question(
    "q00000002", "Should we cache the index?", "yes-no", recommended="As the index grows", ids=("q00000002",)
)
SPEC = Spec(
    "Answers", "Answers TDD", "rfc", DAY, DAY, "Ada", "", "Draft (WIP)",
    sections=(
        Section("1", "Summary", "summary"),
        Section("3.1", "Goals", "goals"),
        Section("3.2", "Non-Goals", "non-goals"),
        Section("5", "Design", "design"),
        Section("5.1", "API"),
        Section("6", "Alternatives", "alternatives", columns=("Option", "Pros", "Cons", "Reason")),
        Section("9", "Open Questions", "questions"),
    ),
    questions=(STORE, CACHE),
)  # fmt: skip


def texts(spec: Spec, number: str) -> list[str]:
    section = next(section for section in spec.sections if section.number == number)
    return [passage.text or " | ".join(passage.cells) for passage in section.passages]


def test_an_open_question_stands_with_its_options():
    """Section 9 lists it with boxes; the sections it would fill say what is to be decided."""
    spec = clarify(SPEC, ())
    assert texts(spec, "9")[:3] == [
        "**Store.** Which store do answers live in? <!-- q00000001 -->",
        "(A) SQLite — one file",
        "(B) Files — no locks",
    ]
    assert texts(spec, "6") == ["**Store.** SQLite; Files"]
    assert texts(spec, "1") == ["**Proposal:** 2 decisions open."]


def test_an_answer_writes_its_decision_everywhere_at_once():
    """A design subsection, the alternatives, the item of section 9 and the summary's solution."""
    answer = Answer("q00000001", ("Files",), because="no locks", by="Ada", on=dt.date(2026, 11, 22))
    spec = clarify(SPEC, (answer,))
    assert texts(spec, "5.2") == ["**Store.** Files."]
    assert texts(spec, "9")[0] == (
        "**Store.** Files. Because: no locks. Rejected: SQLite. Decided by Ada. → 5.2, 6 <!-- q00000001 -->"
    )
    assert texts(spec, "1") == ["**Solution:** Store: Files; 1 decision open."]
    assert spec.updated == dt.date(2026, 11, 22)


def test_an_answer_to_a_merged_duplicate_counts():
    """A question keeps the ids of all that were merged into it."""
    assert texts(clarify(SPEC, (Answer("q0000000a", ("Files",)),)), "5.2") == ["**Store.** Files."]


def test_a_question_that_is_its_own_answer_is_told_once():
    """Some research lists as a question what it has decided."""
    settled = replace(STORE, topic="Store", text="SQLite:", resolved=True, answer="SQLite", options=())
    told = texts(clarify(replace(SPEC, questions=(settled,)), ()), "9")[0]
    assert told.startswith("**Store.** The research answers: “SQLite”")


def test_a_dispute_is_open_and_shows_all_sides():
    """Nobody's answer is written while they differ."""
    sides = (Answer("q00000001", ("Files",), by="Ada"), Answer("q00000001", ("SQLite",), by="Bob"))
    spec = clarify(SPEC, (), (Dispute("q00000001", sides),))
    assert "*Disputed:* Ada “Files”; Bob “SQLite”." in texts(spec, "9")[0]
    assert "5.2" not in {section.number for section in spec.sections}
    assert spec.state(STORE) == "disputed"


def test_what_a_policy_takes_is_marked():
    """`recommended` takes what the research recommends, as nobody's decision."""
    spec = clarify(SPEC, (), policy="recommended")
    item = texts(spec, "9")[-1]
    assert "*(provisional)*" in item
    assert "Decided by" not in item
    assert spec.state(CACHE) == "provisional"
    assert spec.state(STORE) == "open"
    assert spec.updated == DAY


def test_fail_refuses_and_names_what_is_open():
    """The refusal says how many and which."""
    with pytest.raises(UnansweredError, match=r"2 questions are unanswered \(q00000001, q00000002\)"):
        clarify(SPEC, (), policy="fail")


def test_a_deferral_names_its_owner():
    """A question for later stays unticked, with who decides it."""
    spec = clarify(SPEC, (Answer("q00000002", later="Bob", because="needs figures"),))
    assert "Later: Bob. Because: needs figures." in texts(spec, "9")[-1]


def test_a_topic_that_its_question_begins_with_is_said_once():
    """An item does not stammer."""
    question = replace(CACHE, topic="Cache", text="Cache: is it kept on disk?")
    (item, *_) = texts(clarify(replace(SPEC, questions=(question,)), ()), "9")
    assert item.count("Cache") == 1


def test_a_question_made_moot_names_the_one_that_did():
    """By its topic, whatever id the reason was given by."""
    answer = Answer("q00000002", (MOOT,), because="q00000001", by="Ada")
    item = texts(clarify(SPEC, (answer,)), "9")[-1]
    assert "Moot because of another question. Because: “Store”. Decided by Ada." in item
